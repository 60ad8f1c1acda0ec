package docx

import (
	"strconv"
	"strings"
)

// wingdings are the signs of Wingdings and Wingdings 2 that forms use, by the
// code in the font.
var wingdings = map[string]map[int64]string{
	"wingdings": {
		0x6f: "☐", 0x71: "☐", 0x72: "☐", 0xa8: "☐", 0xfb: "✗", 0xfc: "✓", 0xfd: "☒", 0xfe: "☑", 0x78: "☒",
		0xe0: "→", 0xdf: "←", 0xf0: "⇒", 0x4a: "☺", 0x28: "☎", 0x2a: "✉",
	},
	"wingdings 2": {0x4f: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0xa3: "☐"},
}

// symbol returns the character of a w:sym as near as it can be had: the code
// is a place in a font, moved to U+F000 if the font is one of symbols.
func symbol(font, code string) string {
	n, err := strconv.ParseInt(code, 16, 32)
	if err != nil {
		return ""
	}
	if n >= 0xf000 && n <= 0xf0ff {
		n -= 0xf000
	}
	font = strings.ToLower(font)
	switch {
	case wingdings[font] != nil:
		if s, ok := wingdings[font][n]; ok {
			return s
		}
		return "•"
	case strings.HasPrefix(font, "wingdings"), font == "webdings", font == "symbol" && n > 0x7e:
		return "•"
	case n < ' ':
		return ""
	}
	return string(rune(n))
}

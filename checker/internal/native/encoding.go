package native

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"

	"golang.org/x/text/encoding/charmap"
)

// An encoding maps the codes of a simple font to Unicode, 0 where it has none.
type encoding [256]rune

// Encodings of ISO 32000-1, annex D.
var (
	winAnsi  = fromCharmap(charmap.Windows1252, map[byte]rune{0xa0: ' ', 0xad: '-'})
	macRoman = fromCharmap(charmap.Macintosh, map[byte]rune{0xca: ' '})
	standard = fromCharmap(nil, map[byte]rune{
		'\'': '’', '`': '‘',
		0xa1: '¡', 0xa2: '¢', 0xa3: '£', 0xa4: '⁄', 0xa5: '¥', 0xa6: 'ƒ', 0xa7: '§', 0xa8: '¤', 0xa9: '\'', 0xaa: '“',
		0xab: '«', 0xac: '‹', 0xad: '›', 0xae: 'ﬁ', 0xaf: 'ﬂ', 0xb1: '–', 0xb2: '†', 0xb3: '‡', 0xb4: '·', 0xb6: '¶',
		0xb7: '•', 0xb8: '‚', 0xb9: '„', 0xba: '”', 0xbb: '»', 0xbc: '…', 0xbd: '‰', 0xbf: '¿', 0xc1: '`', 0xc2: '´',
		0xc3: 'ˆ', 0xc4: '˜', 0xc5: '¯', 0xc6: '˘', 0xc7: '˙', 0xc8: '¨', 0xca: '˚', 0xcb: '¸', 0xcd: '˝', 0xce: '˛',
		0xcf: 'ˇ', 0xd0: '—', 0xe1: 'Æ', 0xe3: 'ª', 0xe8: 'Ł', 0xe9: 'Ø', 0xea: 'Œ', 0xeb: 'º', 0xf1: 'æ', 0xf5: 'ı',
		0xf8: 'ł', 0xf9: 'ø', 0xfa: 'œ', 0xfb: 'ß',
	})
)

// fromCharmap returns the printable characters of m, or of ASCII if m is nil,
// with exceptions.
func fromCharmap(m *charmap.Charmap, except map[byte]rune) *encoding {
	e := &encoding{}
	for c := ' '; c <= 0xff; c++ {
		switch {
		case m != nil && c != 0x7f:
			if r := m.DecodeByte(byte(c)); r >= ' ' && (r < 0x7f || r >= 0xa0) && r != 0xfffd {
				e[c] = r
			}
		case c < 0x7f:
			e[c] = c
		}
	}
	for c, r := range except {
		e[c] = r
	}
	for _, c := range "\t\n\r" { // some programs leave them in strings
		e[c] = c
	}
	return e
}

// encodingOf returns the encoding of that name, nil if it is none of the
// known.
func encodingOf(name string) *encoding {
	switch name {
	case "WinAnsiEncoding":
		return winAnsi
	case "MacRomanEncoding":
		return macRoman
	case "StandardEncoding":
		return standard
	}
	return nil
}

// glyphList holds the names of Latin letters, signs and symbols from the Adobe
// Glyph List and from TeX, each with its Unicode value in hex. Names of one
// letter stand for themselves and are left out.
//
//go:embed glyphs.txt
var glyphList string

var glyphNames = sync.OnceValue(func() map[string]rune {
	names := make(map[string]rune, 640)
	for line := range strings.Lines(glyphList) {
		n, hex, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		if v, ok := hexRune(hex); ok {
			names[n] = v
		}
	}
	return names
})

// glyphText returns what a glyph of this name stands for, nil if the name does
// not tell, by the rules of the Adobe Glyph List Specification.
func glyphText(name string) []rune {
	if i := strings.IndexByte(name, '.'); i > 0 {
		name = name[:i] // "a.small"
	}
	if strings.Contains(name, "_") {
		var out []rune
		for part := range strings.SplitSeq(name, "_") {
			r := glyphPart(part)
			if r == nil {
				return nil
			}
			out = append(out, r...)
		}
		return out
	}
	return glyphPart(name)
}

func glyphPart(name string) []rune {
	if len(name) == 1 && (name[0]|0x20 >= 'a' && name[0]|0x20 <= 'z') {
		return []rune{rune(name[0])}
	}
	if r, ok := glyphNames()[name]; ok {
		return []rune{r}
	}
	if hex, ok := strings.CutPrefix(name, "uni"); ok && len(hex) >= 4 && len(hex)%4 == 0 {
		var out []rune
		for ; len(hex) > 0; hex = hex[4:] {
			r, ok := hexRune(hex[:4])
			if !ok {
				return nil
			}
			out = append(out, r)
		}
		return out
	}
	if hex, ok := strings.CutPrefix(name, "u"); ok && len(hex) >= 4 && len(hex) <= 6 {
		if r, ok := hexRune(hex); ok {
			return []rune{r}
		}
	}
	return nil
}

// hexRune reads a Unicode scalar value.
func hexRune(hex string) (rune, bool) {
	v, err := strconv.ParseUint(hex, 16, 32)
	if err != nil || v > 0x10ffff || v >= 0xd800 && v < 0xe000 {
		return 0, false
	}
	return rune(v), true
}

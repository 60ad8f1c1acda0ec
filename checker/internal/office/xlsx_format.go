package office

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// builtin are the number formats that workbooks do not spell out (ECMA-376
// part 1, 18.8.30). What depends on the settings of the reader's system, the
// dates 14 and 22, has the day first.
var builtin = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: shortDate, 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
	22: shortDate + " hh:mm", 27: shortDate, 28: shortDate, 29: shortDate, 30: shortDate, 31: shortDate, 36: shortDate,
	37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)",
	41: "#,##0;(#,##0);-", 42: "#,##0;(#,##0);-", 43: "#,##0.00;(#,##0.00);-", 44: "#,##0.00;(#,##0.00);-",
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
	50: shortDate, 51: shortDate, 52: shortDate, 53: shortDate, 54: shortDate, 57: shortDate, 58: shortDate,
}

const (
	shortDate = "dd/mm/yyyy"
	longDate  = "d mmmm yyyy"
	longTime  = "h:mm:ss"
)

// A section of a format is for the numbers that its condition holds for.
type section struct {
	tokens    []token
	compare   string // operator of an explicit condition, else ""
	limit     float64
	malay     bool   // months and days in Indonesian
	system    string // format of the system that stands for the tokens
	date      bool
	general   bool
	text      bool // has a place for text
	percent   int
	thousands bool
	scale     int // thousands that are cut off
	whole     int // places of digits before the point
	decimals  int // and after it
	exponent  bool
	fraction  bool
}

// A token is a piece of a format: literal text, a place for a digit, or a field
// of a date.
type token struct {
	kind byte
	text string
}

// The kinds of tokens.
const (
	tokLiteral  = 'L'
	tokDigit    = '0' // text is 0, # or ?
	tokPoint    = '.'
	tokExponent = 'e'
	tokPlace    = '@'
	tokGeneral  = 'G'
	tokField    = 'D' // y, m, d, h, s, repeated, or n for minutes
	tokElapsed  = 'E' // hours, minutes or seconds altogether
	tokNoon     = 'A'
)

// maxFormat bounds the length of a format, as Excel does.
const maxFormat = 1024

// parseFormat reads a number format.
func parseFormat(code string) []section {
	if len(code) > maxFormat {
		code = ""
	}
	var out []section
	for code, more := code, true; more && len(out) < 4; {
		var sec section
		code, more = sec.parse(code)
		sec.settle()
		out = append(out, sec)
	}
	return out
}

// parse reads one section and returns what is behind its semicolon.
func (sec *section) parse(s string) (rest string, more bool) {
	add := func(kind byte, text string) { sec.tokens = append(sec.tokens, token{kind, text}) }
	for s != "" {
		c := s[0]
		n := 1 // bytes taken
		switch {
		case c == ';':
			return s[1:], true
		case c == '"':
			text, after, _ := strings.Cut(s[1:], `"`)
			add(tokLiteral, text)
			s = after
			continue
		case (c == '\\' || c == '_' || c == '*') && len(s) > 1:
			n = 1 + len(firstRune(s[1:]))
			switch c {
			case '\\':
				add(tokLiteral, s[1:n])
			case '_':
				add(tokLiteral, " ")
			}
		case c == '[':
			inner, after, found := strings.Cut(s[1:], "]")
			if found {
				sec.bracket(inner)
				s = after
				continue
			}
		case hasFold(s, "General"):
			add(tokGeneral, "")
			n = len("General")
		case hasFold(s, "AM/PM"):
			add(tokNoon, s[:5])
			n = 5
		case hasFold(s, "A/P"):
			add(tokNoon, s[:3])
			n = 3
		case strings.IndexByte("yYmMdDhHsSbBgGeE", c) >= 0:
			if (c == 'E' || c == 'e') && len(s) > 1 && (s[1] == '+' || s[1] == '-') {
				add(tokExponent, s[1:2])
				n = 2
				break
			}
			for n < len(s) && s[n]|0x20 == c|0x20 {
				n++
			}
			add(tokField, strings.ToLower(s[:n]))
		case c == '0' || c == '#' || c == '?':
			add(tokDigit, s[:1])
		case c == '.' || c == ',' || c == '%' || c == '@' || c == '/':
			add(c, s[:1])
		default:
			n = len(firstRune(s))
			add(tokLiteral, s[:n])
		}
		s = s[n:]
	}
	return "", false
}

func firstRune(s string) string {
	for i := range s {
		if i > 0 {
			return s[:i]
		}
	}
	return s
}

func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// bracket reads what stands in brackets: a condition, a currency and language,
// an elapsed time, or a colour.
func (sec *section) bracket(s string) {
	switch {
	case strings.HasPrefix(s, "$"):
		sign, lang, _ := strings.Cut(s[1:], "-")
		sec.tokens = append(sec.tokens, token{tokLiteral, sign})
		switch strings.ToUpper(lang) {
		case "F800":
			sec.system = longDate
		case "F400":
			sec.system = longTime
		}
		// The last four digits are the language: 0421 is Indonesian, 043E Malay.
		id, err := strconv.ParseUint(lang, 16, 32)
		sec.malay = sec.malay || err == nil && (id&0xff == 0x21 || id&0xff == 0x3e) || strings.HasPrefix(lang, "id")
	case strings.HasPrefix(s, "<"), strings.HasPrefix(s, ">"), strings.HasPrefix(s, "="):
		number := strings.TrimLeft(s, "<>=")
		if v, err := strconv.ParseFloat(number, 64); err == nil {
			sec.compare, sec.limit = s[:len(s)-len(number)], v
		}
	case s != "" && strings.Trim(strings.ToLower(s), s[:1]) == "" && strings.IndexByte("hms", s[0]|0x20) >= 0,
		strings.EqualFold(s, "h"), strings.EqualFold(s, "hh"):
		sec.tokens = append(sec.tokens, token{tokElapsed, strings.ToLower(s)})
	}
}

// settle finds out what a section is for.
func (sec *section) settle() {
	if sec.system != "" {
		sec.tokens = nil
		sec.parse(sec.system)
	}
	points, exponents := 0, 0
	for i, t := range sec.tokens {
		switch t.kind {
		case tokGeneral:
			sec.general = true
		case tokPlace:
			sec.text = true
		case tokField, tokElapsed:
			sec.date = true
		case tokPoint:
			points++
		case tokExponent:
			exponents++
			sec.exponent = true
		case '%':
			sec.percent++
		case '/':
			sec.fraction = true
		case tokDigit:
			switch {
			case exponents > 0:
			case points > 0:
				sec.decimals++
			default:
				sec.whole++
			}
		case ',':
			sec.comma(i)
		}
	}
	if sec.date {
		sec.minutes()
	}
}

// comma tells a comma between digits, which groups them, from one behind all,
// which cuts off thousands.
func (sec *section) comma(i int) {
	isDigit := func(t token) bool { return t.kind == tokDigit }
	if !slices.ContainsFunc(sec.tokens[:i], isDigit) {
		return
	}
	for _, t := range sec.tokens[i+1:] {
		switch t.kind {
		case tokDigit:
			sec.thousands = true
			return
		case tokPoint:
			sec.scale++
			return
		}
	}
	sec.scale++
}

// minutes tells which m are minutes: those behind hours or before seconds.
func (sec *section) minutes() {
	last := byte(0)
	lastAt := -1
	for i, t := range sec.tokens {
		if t.kind != tokField && t.kind != tokElapsed || t.text == "" {
			continue
		}
		switch c := t.text[0]; {
		case t.kind == tokField && c == 'm' && last == 'h' && len(t.text) <= 2:
			sec.tokens[i].text = strings.Repeat("n", len(t.text))
		case c == 's' && last == 'm' && sec.tokens[lastAt].kind == tokField && len(sec.tokens[lastAt].text) <= 2:
			sec.tokens[lastAt].text = strings.Repeat("n", len(sec.tokens[lastAt].text))
		}
		last, lastAt = t.text[0], i
	}
}

// holds reports whether the condition of a section holds.
func (sec *section) holds(v float64) bool {
	switch sec.compare {
	case "<":
		return v < sec.limit
	case "<=":
		return v <= sec.limit
	case ">":
		return v > sec.limit
	case ">=":
		return v >= sec.limit
	case "=":
		return v == sec.limit
	case "<>":
		return v != sec.limit
	}
	return true
}

// choose returns the section for a number and what of the number it shows: the
// section for negative ones shows no sign of its own.
func choose(format []section, v float64) (*section, float64) {
	if format[0].compare != "" || len(format) > 1 && format[1].compare != "" {
		for i := range format[:min(len(format), 3)] {
			if format[i].holds(v) {
				return &format[i], v
			}
		}
		return &format[len(format)-1], v
	}
	n := min(len(format), 3)
	if n > 1 && format[n-1].text { // that one is for text
		n--
	}
	switch {
	case n >= 2 && v < 0:
		return &format[1], math.Abs(v)
	case n == 3 && v == 0:
		return &format[2], v
	}
	return &format[0], v
}

// formatText returns a text as a format shows it.
func formatText(format []section, s string) string {
	sec := format[len(format)-1]
	if len(format) < 4 && !sec.text {
		return s
	}
	var b strings.Builder
	for _, t := range sec.tokens {
		switch t.kind {
		case tokLiteral:
			b.WriteString(t.text)
		case tokPlace, tokGeneral:
			b.WriteString(s)
		}
	}
	return b.String()
}

// formatNumber returns a number as a format shows it; dates are counted from
// date0 days after the usual start.
func formatNumber(format []section, v float64, date0 int) string {
	if math.IsInf(v, 0) || math.IsNaN(v) {
		return ""
	}
	sec, v := choose(format, v)
	switch {
	case sec.date:
		if s, ok := sec.formatDate(v, date0); ok {
			return s
		}
		return plainNumber(v)
	case sec.fraction:
		return plainNumber(v)
	case sec.whole+sec.decimals > 0:
		return sec.formatDigits(v)
	case len(sec.tokens) == 0 && len(format) > 1: // shows nothing
		return ""
	case len(sec.tokens) == 0:
		return plainNumber(v)
	}
	var b strings.Builder
	for _, t := range sec.tokens {
		switch t.kind {
		case tokLiteral, '%', '.', ',':
			b.WriteString(t.text)
		case tokGeneral, tokPlace:
			b.WriteString(plainNumber(v))
		}
	}
	return b.String()
}

// plainNumber writes a number without a format, to eleven digits as a cell
// shows it; of a whole number all digits are written.
func plainNumber(v float64) string {
	abs := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case abs >= 1e21 || abs < 1e-9:
		return strconv.FormatFloat(v, 'E', 5, 64)
	case v == math.Trunc(v):
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	before := len(strconv.FormatFloat(math.Trunc(abs), 'f', 0, 64))
	s := round(abs, max(10-before, 0))
	if strings.Contains(s, ".") {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if v < 0 && s != "0" {
		s = "-" + s
	}
	return s
}

// round writes a number that is not negative with so many decimals, halves
// rounded up by the fifteen digits that a workbook knows.
func round(v float64, decimals int) string {
	v, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 15, 64), 64)
	if err != nil { // beyond the largest number
		return strconv.FormatFloat(math.MaxFloat64, 'f', decimals, 64)
	}
	s := strconv.FormatFloat(v, 'f', -1, 64)
	whole, frac, _ := strings.Cut(s, ".")
	if len(frac) <= decimals {
		frac += strings.Repeat("0", decimals-len(frac))
		return joinDecimals(whole, frac)
	}
	up := frac[decimals] >= '5'
	digits := []byte(whole + frac[:decimals])
	for i := len(digits) - 1; up && i >= 0; i-- {
		if digits[i] == '9' {
			digits[i] = '0'
			continue
		}
		digits[i]++
		up = false
	}
	if up {
		digits = append([]byte{'1'}, digits...)
	}
	at := len(digits) - decimals
	return joinDecimals(string(digits[:at]), string(digits[at:]))
}

func joinDecimals(whole, frac string) string {
	if frac == "" {
		return whole
	}
	return whole + "." + frac
}

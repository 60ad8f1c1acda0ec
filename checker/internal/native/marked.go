package native

import (
	"strings"
	"unicode"
	"unicode/utf16"
)

// A mark is a stretch of content between BMC or BDC and EMC.
type mark struct {
	start  int    // of its characters
	actual string // what the content says it is to be read as, "" if it does not say
}

// maxMarks bounds the nesting of marks.
const maxMarks = 1000

func (r *reader) mark(actual string) {
	if len(r.marks) < maxMarks {
		r.marks = append(r.marks, mark{len(r.glyphs), actual})
	}
}

// endMark ends a stretch. Text that is to be read as something else than what
// its characters say is in doubt.
func (r *reader) endMark() {
	n := len(r.marks)
	if n == 0 {
		return
	}
	m := r.marks[n-1]
	r.marks = r.marks[:n-1]
	if m.actual == "" {
		return
	}
	var shown strings.Builder
	for _, g := range r.glyphs[min(m.start, len(r.glyphs)):] {
		shown.WriteRune(g.Rune)
	}
	if letters(shown.String()) != letters(m.actual) {
		r.doubt(Replaced)
	}
}

// letters returns s without white space and what cannot be seen.
func letters(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.IsControl(c) || c == softHyphen {
			return -1
		}
		return c
	}, s)
}

// actualText returns the text that the operands of BDC give for what follows.
func actualText(s *scope, args operands) string {
	if len(args) < 2 {
		return ""
	}
	switch last := args[len(args)-1]; last.kind {
	case dictionary:
		l := lexer{data: entry(last.b, "ActualText")}
		return textString(l.next().b)
	case name:
		return textString([]byte(s.resources.Key("Properties").Key(string(last.b)).Key("ActualText").RawString()))
	}
	return ""
}

// textString decodes a text string, ISO 32000-1, 7.9.2.2.
func textString(b []byte) string {
	if len(b) < 2 || b[0] != 0xfe || b[1] != 0xff {
		var out strings.Builder
		for _, c := range b {
			if r := winAnsi[c]; r != 0 {
				out.WriteRune(r)
			}
		}
		return out.String()
	}
	var units []uint16
	for b = b[2:]; len(b) >= 2; b = b[2:] {
		units = append(units, uint16(b[0])<<8|uint16(b[1]))
	}
	return string(utf16.Decode(units))
}

package report

import (
	"bytes"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// A page is where the formats for people write: wrapped lines with an indent
// and a mark that may be coloured.
type page struct {
	bytes.Buffer
	width int
	color bool
}

func newPage(opt Options) *page {
	p := &page{width: opt.Width, color: opt.Color}
	if p.width <= 0 {
		p.width = 100
	}
	return p
}

// Colours of the terminal. They only repeat what a word or symbol says.
const (
	plain  = ""
	bold   = "1"
	red    = "31"
	green  = "32"
	yellow = "33"
	blue   = "36"
)

// style wraps s in the colour if the page has colours.
func (p *page) style(color, s string) string {
	if !p.color || color == plain {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

// blank writes an empty line.
func (p *page) blank() { p.WriteByte('\n') }

// heading writes a bold line after an empty one.
func (p *page) heading(s string) {
	p.blank()
	for _, line := range wrap(clean(s), p.width) {
		p.WriteString(p.style(bold, line) + "\n")
	}
}

// line writes the mark in its colour and the text after it, wrapped. Further
// lines start below the text.
func (p *page) line(indent int, color, mark, text string) {
	hang := indent
	if mark != "" {
		hang += uniseg.StringWidth(mark) + 1
	}
	for i, l := range wrap(clean(text), p.width-hang) {
		switch {
		case i == 0 && mark != "":
			p.WriteString(strings.Repeat(" ", indent) + p.style(color, mark))
			if l != "" {
				p.WriteString(" " + l)
			}
		default:
			p.WriteString(strings.Repeat(" ", hang) + l)
		}
		p.WriteByte('\n')
	}
}

// field writes a named value; values of one table stand below one another.
func (p *page) field(indent, column int, name, value string) {
	pad := max(1, column-uniseg.StringWidth(name))
	p.line(indent, plain, name+strings.Repeat(" ", pad-1), value)
}

// clean makes text from outside safe for a terminal: what would move the
// cursor, change colours or turn the direction of writing becomes a space.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r) || r == unicode.ReplacementChar {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, " "))
	return strings.Join(strings.Fields(s), " ")
}

// wrap breaks s at spaces into lines of at most width columns; a word that is
// wider is broken where it must be. It returns at least one line.
func wrap(s string, width int) []string {
	width = max(width, 20)
	var lines []string
	line, used := "", 0
	for _, word := range strings.Fields(s) {
		w := uniseg.StringWidth(word)
		if used > 0 && used+1+w > width {
			lines = append(lines, line)
			line, used = "", 0
		}
		for w > width {
			var head string
			head, word = cut(word, width)
			lines = append(lines, head)
			w = uniseg.StringWidth(word)
		}
		if used > 0 {
			line, used = line+" ", used+1
		}
		line, used = line+word, used+w
	}
	return append(lines, line)
}

// cut splits s after as many characters as fit into width columns.
func cut(s string, width int) (head, tail string) {
	g := uniseg.NewGraphemes(s)
	used := 0
	for g.Next() {
		used += g.Width()
		if from, _ := g.Positions(); used > width && from > 0 {
			return s[:from], s[from:]
		}
	}
	return s, ""
}

package pdf

import (
	"strings"
	"unicode"

	"dasheval/checker/text"
)

// A Glyph is one character with its place. White space has no box.
type Glyph struct {
	Rune rune
	Box  text.Box
	// Turned is true if the text of this line does not run from left to right
	// on the page as displayed.
	Turned bool
}

// softBreak is the rune of a [Glyph] that is a hyphen at the end of a line, in
// a word that goes on in the next one.
const softBreak = '\u0002'

type runeKind int

const (
	letter runeKind = iota
	space
	lineEnd
	hyphen
	ignored
)

func kindOf(r rune) runeKind {
	switch {
	case r == '\n' || r == '\r':
		return lineEnd
	case r == softBreak:
		return hyphen
	case unicode.IsSpace(r):
		return space
	case r < ' ' || r == '\u007f' || r == '\u00ad' || r == '\ufeff' || r == '\ufffe' || r == '\uffff':
		return ignored
	}
	return letter
}

// Lines builds lines of words from the characters of a page, in the order of
// the file. A line ends at a line end, and where the text jumps back or to
// another baseline. Lines that follow one another on one baseline, as the
// cells of a table row do, become one.
func Lines(glyphs []Glyph) []text.Line {
	var b lineBuilder
	for _, g := range repairLigatures(glyphs) {
		b.add(g)
	}
	b.endLine()
	lines := join(b.lines)
	for i := range lines {
		l := &lines[i].Line
		for _, w := range l.Words {
			l.Box = l.Box.Union(w.Box)
		}
	}
	out := make([]text.Line, len(lines))
	for i := range lines {
		out[i] = lines[i].Line
	}
	return out
}

type builtLine struct {
	text.Line
	turned bool
}

type lineBuilder struct {
	lines []builtLine
	words []text.Word // of this line

	part    strings.Builder // of this word
	box     text.Box        // of this word
	last    Glyph           // the character before, of this line
	started bool            // last is set
	// head is the first part of a word that a hyphen divides; its place is
	// that of the word.
	head    string
	headBox text.Box
}

func (b *lineBuilder) add(g Glyph) {
	switch kindOf(g.Rune) {
	case ignored:
	case space:
		b.endWord()
	case lineEnd:
		b.endLine()
	case hyphen:
		if b.part.Len() == 0 || b.head != "" {
			g.Rune = '-'
			b.put(g)
			return
		}
		b.head, b.headBox = b.part.String(), b.box.Union(g.Box)
		b.part.Reset()
		b.started = false // the rest stands on another line
	default:
		b.put(g)
	}
}

// put adds a character to the word, the line, or a new line.
func (b *lineBuilder) put(g Glyph) {
	if b.started && !b.last.Turned {
		switch {
		case doubled(b.last, g) && b.part.Len() > 0:
			return
		case jumps(b.last, g) && b.head == "":
			b.endLine()
		case g.Box.X0-b.last.Box.X1 > height(b.last.Box):
			b.endWord() // a gap that is no character
		}
	}
	b.part.WriteRune(g.Rune)
	b.box = b.box.Union(g.Box)
	b.last, b.started = g, true
}

func (b *lineBuilder) endWord() {
	switch {
	case b.head != "":
		w := text.Word{Text: rejoin(b.head, b.part.String()), Box: b.headBox}
		b.words = append(b.words, w)
		b.head = ""
		b.part.Reset()
		b.box = text.Box{}
		b.endLine() // what follows stands on the next line
	case b.part.Len() > 0:
		b.words = append(b.words, text.Word{Text: b.part.String(), Box: b.box})
	}
	b.part.Reset()
	b.box = text.Box{}
}

func (b *lineBuilder) endLine() {
	b.endWord()
	if len(b.words) > 0 && !b.repeats() {
		b.lines = append(b.lines, builtLine{text.Line{Words: b.words}, b.last.Turned})
	}
	b.words, b.started = nil, false
}

// repeats reports whether the line is the one before once more, as fake bold
// draws it.
func (b *lineBuilder) repeats() bool {
	if len(b.lines) == 0 {
		return false
	}
	prev := b.lines[len(b.lines)-1].Words
	if len(prev) != len(b.words) {
		return false
	}
	for i, w := range b.words {
		em := height(w.Box)
		if w.Text != prev[i].Text || abs(w.Box.X0-prev[i].Box.X0) > 0.15*em || abs(w.Box.Y0-prev[i].Box.Y0) > 0.15*em {
			return false
		}
	}
	return true
}

// rejoin puts a word together that was divided at the end of a line. The
// hyphen stays if it belongs to the word: in a doubled word ("masing-masing"),
// before a capital, and in numbers and addresses.
func rejoin(head, tail string) string {
	if tail == "" {
		return head + "-"
	}
	first := []rune(tail)[0]
	stem := strings.ToLower(head[strings.LastIndexByte(head, '-')+1:])
	switch {
	case !unicode.IsLower(first),
		len(stem) > 1 && strings.HasPrefix(strings.ToLower(tail), stem),
		strings.ContainsAny(head, "0123456789@/"),
		strings.ContainsAny(strings.TrimRight(tail, ".,;:)"), "0123456789@/."):
		return head + "-" + tail
	}
	return head + tail
}

// doubled reports whether b is a drawn once more, slightly beside it, to look
// bold. The two letters of a ligature such as "tt" have exactly one box.
func doubled(a, b Glyph) bool {
	em := height(b.Box)
	dx, dy := abs(a.Box.X0-b.Box.X0), abs(a.Box.Y0-b.Box.Y0)
	return a.Rune == b.Rune && dx+dy > 0 && max(dx, dy) < 0.15*em
}

// jumps reports whether b cannot follow a in a line.
func jumps(a, b Glyph) bool {
	h := max(height(a.Box), height(b.Box))
	if overlap(a.Box, b.Box) <= 0 {
		return true
	}
	return b.Box.X0 < a.Box.X0-0.5*h && !unicode.In(b.Rune, unicode.Arabic, unicode.Hebrew)
}

// join makes one line of lines that follow one another on one baseline.
func join(lines []builtLine) []builtLine {
	var out []builtLine
	for _, l := range lines {
		if n := len(out); n > 0 && follows(out[n-1], l) {
			out[n-1].Words = append(out[n-1].Words, l.Words...)
			continue
		}
		out = append(out, l)
	}
	return out
}

func follows(a, b builtLine) bool {
	if a.turned || b.turned {
		return false
	}
	end, start := a.Words[len(a.Words)-1].Box, b.Words[0].Box
	h := min(height(end), height(start))
	return overlap(end, start) > 0.6*h && start.X0 >= end.X1-0.3*h
}

func height(b text.Box) float64 { return b.Y1 - b.Y0 }

// overlap is the height that a and b have in common, negative if they are
// apart.
func overlap(a, b text.Box) float64 { return min(a.Y1, b.Y1) - max(a.Y0, b.Y0) }

func abs(x float64) float64 { return max(x, -x) }

package docx

import (
	"fmt"
	"slices"
	"strings"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

// The made-up geometry, in points.
const (
	pageWidth  = 600
	margin     = 50 // on all sides
	runeWidth  = 5.5
	spaceWidth = 3
	lineHeight = 12
	linePitch  = 14
	tabWidth   = 40 // least room for a tab
	cellGap    = 20 // least room between neighbour cells; wider than a column gap of package text
)

// A frame is the band that paragraphs are laid out in.
type frame struct {
	x, width float64
	fixed    bool  // breaks start no page in it
	cell     *cell // nil outside of tables
}

var pageFrame = frame{x: margin, width: pageWidth - 2*margin}

// A layout stacks paragraphs on pages.
type layout struct {
	pages      []text.Page // Height is that of the content until finish
	y          float64
	paragraphs int
	tables     int
	left       int64 // text that may still come
	section    sectionStart
}

func newLayout(maxText int64) *layout {
	return &layout{pages: make([]text.Page, 1), y: margin, left: maxText}
}

func (l *layout) page() *text.Page { return &l.pages[len(l.pages)-1] }

// spend counts n bytes against the limit.
func (l *layout) spend(n int) error {
	if l.left -= int64(n); l.left < 0 {
		return fmt.Errorf("%w: too much text", evidence.ErrTooLarge)
	}
	return nil
}

// paragraph lays out a paragraph, behind its number if it has one.
func (l *layout) paragraph(f frame, g *paragraph, number string) error {
	l.paragraphs++
	if b := g.props.pageBreak; b != nil && *b {
		l.newPage(f)
	}
	if err := l.spend(len(number)); err != nil {
		return err
	}
	s := string(g.text)
	if number != "" {
		s = number + " " + s
	}
	ln := newLine(f, g.props, true)
	pictures := g.pictures
	start := -1 // of the word
	for i, r := range s {
		if r != ' ' && r > pictureMark && !isMark(r) && !isSpace(r) {
			if start < 0 {
				start = i
			}
			ln.width += runeWidth
			continue
		}
		if start >= 0 {
			ln.word(s[start:i])
			start = -1
		}
		switch r {
		case tabMark:
			ln.tab()
		case pictureMark:
			ln.picture(pictures[0], l.y, l.paragraphs)
			pictures = pictures[1:]
		case lineMark, pageMark:
			if err := l.end(f, &ln); err != nil {
				return err
			}
			if r == pageMark {
				l.newPage(f)
			}
			ln = newLine(f, g.props, false)
		default:
			ln.x += spaceWidth
		}
	}
	if start >= 0 {
		ln.word(s[start:])
	}
	if strings.HasSuffix(s, string(pageMark)) {
		return nil // nothing is left of the paragraph for the new page
	}
	return l.end(f, &ln)
}

// end puts a line on the page, in the line before it if both are the first
// lines of neighbour cells, and goes below it.
func (l *layout) end(f frame, ln *line) error {
	y := l.y
	ln.align(y)
	page := l.page()
	page.Images = append(page.Images, ln.images...)
	l.y += max(linePitch, ln.height)
	if len(ln.words) == 0 {
		return nil
	}
	if err := l.spend(wordCost*len(ln.words) + lineCost); err != nil {
		return err
	}
	joined := l.neighbour(f.cell, y)
	for c := f.cell; c != nil && c.empty; c = c.parent {
		c.empty = false
	}
	if joined != nil {
		if short := joined.Box.X1 + cellGap - ln.words[0].Box.X0; short > 0 {
			ln.shift(short)
		}
		joined.Words = append(joined.Words, ln.words...)
		joined.Box = joined.Box.Union(ln.box())
		return nil
	}
	out := text.Line{Words: ln.words, Box: ln.box(), Paragraph: l.paragraphs}
	if c := f.cell; c != nil {
		out.Table, out.Row, out.Column = c.row.number, c.row.rows, c.column
	}
	page.Lines = append(page.Lines, out)
	return nil
}

// neighbour returns the line that the first line of cell c continues: the
// last one, if it stands at the same height in the same row.
func (l *layout) neighbour(c *cell, y float64) *text.Line {
	lines := l.page().Lines
	last := len(lines) - 1
	for of := c; of != nil && of.empty; of = of.parent {
		if last < of.row.first || lines[last].Box.Y0 != y {
			continue
		}
		for ; c != of; c = c.parent {
			c.row.first = last // the rows of nested tables go on in that line
		}
		return &lines[last]
	}
	return nil
}

// A state is a place to roll the layout back to, on the same page.
type state struct {
	y                  float64
	lines, images      int
	paragraphs, tables int
}

func (l *layout) mark() state {
	return state{l.y, len(l.page().Lines), len(l.page().Images), l.paragraphs, l.tables}
}

func (l *layout) rollback(s state) {
	page := l.page()
	page.Lines, page.Images = slices.Delete(page.Lines, s.lines, len(page.Lines)), page.Images[:s.images]
	l.y, l.paragraphs, l.tables = s.y, s.paragraphs, s.tables
}

// since returns what has been laid out since s, as text; each image counts as
// a line of its own.
func (l *layout) since(s state) string {
	var b []byte
	for _, line := range l.page().Lines[s.lines:] {
		b = append(append(b, line.Text()...), '\n')
	}
	for range l.page().Images[s.images:] {
		b = append(b, pictureMark, '\n')
	}
	return string(b)
}

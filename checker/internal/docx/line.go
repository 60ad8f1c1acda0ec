package docx

import (
	"unicode"

	"dasheval/checker/text"
)

// A line collects the words of one line.
type line struct {
	frame  frame
	props  props
	x      float64 // where the next word starts
	width  float64 // of the word that is being read
	height float64 // of the highest picture in the line
	words  []text.Word
	images []text.Image
}

// newLine begins a line of a paragraph at its indent.
func newLine(f frame, p props, first bool) line {
	x := f.x
	if p.left != nil {
		x += *p.left
	}
	if first && p.first != nil {
		x += *p.first
	}
	return line{frame: f, props: p, x: max(min(x, f.x+f.width), 0)}
}

// isMark reports whether r stands for something else in a paragraph's text.
func isMark(r rune) bool { return r == tabMark || r == lineMark || r == pageMark }

// isSpace reports whether r separates words.
func isSpace(r rune) bool { return r > '~' && unicode.IsSpace(r) }

// word ends the word that has been read.
func (ln *line) word(s string) {
	box := text.Box{X0: ln.x, X1: ln.x + ln.width}
	ln.words = append(ln.words, text.Word{Text: s, Box: box})
	ln.x, ln.width = box.X1, 0
}

// tab moves to the next tab stop, or farther if that is too near to leave a
// visible gap.
func (ln *line) tab() {
	least := ln.x + tabWidth
	for _, stop := range ln.props.tabs {
		if ln.frame.x+stop > ln.x {
			least = max(least, ln.frame.x+stop)
			break
		}
	}
	ln.x = least
}

// picture puts a picture at the current place.
func (ln *line) picture(p picture, y float64, paragraph int) {
	ln.images = append(ln.images, text.Image{
		Box:       text.Box{X0: ln.x, Y0: y, X1: ln.x + p.width, Y1: y + p.height},
		Paragraph: paragraph,
	})
	if !p.floating {
		ln.x += p.width
		ln.height = max(ln.height, p.height)
	}
}

// align moves the line to its place across the frame and to height y. A line
// that is wider than the frame sticks out, but not beyond the page's left
// edge.
func (ln *line) align(y float64) {
	for i := range ln.words {
		ln.words[i].Box.Y0, ln.words[i].Box.Y1 = y, y+lineHeight
	}
	x0, x1 := ln.extent()
	switch ln.props.align {
	case "center":
		ln.shift(max(ln.frame.x+ln.frame.width/2-(x1-x0)/2, 0) - x0)
	case "right", "end":
		ln.shift(max(ln.frame.x+ln.frame.width-(x1-x0), 0) - x0)
	}
}

// extent returns where the line begins and ends.
func (ln *line) extent() (x0, x1 float64) {
	var box text.Box
	for _, im := range ln.images {
		box = box.Union(im.Box)
	}
	box = box.Union(ln.box())
	return box.X0, box.X1
}

func (ln *line) shift(by float64) {
	for i := range ln.words {
		ln.words[i].Box.X0 += by
		ln.words[i].Box.X1 += by
	}
	for i := range ln.images {
		ln.images[i].Box.X0 += by
		ln.images[i].Box.X1 += by
	}
}

// box returns the box of the words.
func (ln *line) box() text.Box {
	var box text.Box
	for _, w := range ln.words {
		box = box.Union(w.Box)
	}
	return box
}

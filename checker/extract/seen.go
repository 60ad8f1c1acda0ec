package extract

import (
	"cmp"
	"slices"

	"dasheval/checker/internal/ocr"
	"dasheval/checker/internal/scan"
	"dasheval/checker/text"
)

// A seen page turns what stands in pixels into what stands in points.
type seen struct {
	scan *scan.Picture
	box  text.Box
}

func (s seen) x(px int) float64 {
	return s.box.X0 + float64(px)*(s.box.X1-s.box.X0)/float64(s.scan.Width)
}

func (s seen) y(px int) float64 {
	return s.box.Y0 + float64(px)*(s.box.Y1-s.box.Y0)/float64(s.scan.Height)
}

func (s seen) at(x0, y0, x1, y1 int) text.Box {
	return text.Box{X0: s.x(x0), Y0: s.y(y0), X1: s.x(x1), Y1: s.y(y1)}
}

// lines returns the lines of a page from top to bottom. Text recognition reads
// columns one after the other; what stands side by side is one line here.
func (s seen) lines(read []ocr.Word) []text.Line {
	var rows []row
	for i := 0; i < len(read); {
		j := i
		for j < len(read) && read[j].Line == read[i].Line {
			j++
		}
		if r := rowOf(read[i:j]); len(r.words) > 0 {
			rows = append(rows, r)
		}
		i = j
	}
	slices.SortStableFunc(rows, func(a, b row) int { return cmp.Compare(a.y0+a.y1, b.y0+b.y1) })
	var out []text.Line
	for i := 0; i < len(rows); {
		r := rows[i]
		for i++; i < len(rows) && r.beside(rows[i]); i++ {
			r = r.with(rows[i])
		}
		out = append(out, s.line(r))
	}
	return out
}

// A row is a line as text recognition sees it, in pixels.
type row struct {
	words  []ocr.Word
	y0, y1 int
}

// rowOf returns the row of words that were read as one line. Its height is that
// of most words: a signature or a stamp may be read as a tall one.
func rowOf(words []ocr.Word) row {
	var r row
	var heights []int
	for _, w := range words {
		if w.Confidence >= unclear || len(w.Text) > short {
			r.words = append(r.words, w)
			heights = append(heights, w.Y1-w.Y0)
		}
	}
	if len(heights) == 0 {
		return r
	}
	slices.Sort(heights)
	usual := heights[len(heights)/2]
	first := true
	for _, w := range r.words {
		if 5*(w.Y1-w.Y0) > 8*usual {
			continue
		}
		if first {
			r.y0, r.y1, first = w.Y0, w.Y1, false
		}
		r.y0, r.y1 = min(r.y0, w.Y0), max(r.y1, w.Y1)
	}
	return r
}

// beside reports whether o goes on with r: they overlap for more than half of
// the lower one, and no word of the one stands above one of the other.
func (r row) beside(o row) bool {
	if overlap := min(r.y1, o.y1) - max(r.y0, o.y0); 2*overlap <= min(r.y1-r.y0, o.y1-o.y0) {
		return false
	}
	for _, a := range r.words {
		for _, b := range o.words {
			if min(a.X1, b.X1)-max(a.X0, b.X0) > min(a.X1-a.X0, b.X1-b.X0)/4 {
				return false
			}
		}
	}
	return true
}

func (r row) with(o row) row {
	return row{slices.Concat(r.words, o.words), min(r.y0, o.y0), max(r.y1, o.y1)}
}

func (s seen) line(r row) text.Line {
	slices.SortStableFunc(r.words, func(a, b ocr.Word) int { return a.X0 - b.X0 })
	l := text.Line{Words: make([]text.Word, len(r.words))}
	for i, w := range r.words {
		l.Words[i] = text.Word{Text: w.Text, Box: s.at(w.X0, w.Y0, w.X1, w.Y1), Confidence: uint8(max(1, w.Confidence))}
	}
	l.Box = s.at(r.words[0].X0, r.y0, r.words[len(r.words)-1].X1, r.y1)
	return l
}

func (s seen) marks(marks []scan.Mark) []text.Mark {
	var out []text.Mark
	for _, m := range marks {
		kind := text.Ink
		if m.Kind == scan.QR {
			kind = text.QR
		}
		out = append(out, text.Mark{Kind: kind, Box: s.at(m.X0, m.Y0, m.X1, m.Y1), Area: m.Area, Longest: m.Longest, Colour: m.Colour, Payload: m.Payload, Words: m.Words})
	}
	return out
}

// maxCells bounds the cells of a ruled table that are looked into.
const maxCells = 20_000

func (s seen) grids(read []ocr.Word) []text.Grid {
	words := scanned(read)
	var out []text.Grid
	for _, t := range s.scan.Tables() {
		if len(t.Rows) < 2 || len(t.Columns) < 2 || len(t.Rows)*len(t.Columns) > maxCells {
			continue
		}
		var g text.Grid
		for _, y := range t.Rows {
			g.Rows = append(g.Rows, s.y(y))
		}
		for _, x := range t.Columns {
			g.Columns = append(g.Columns, s.x(x))
		}
		for r := range len(t.Rows) - 1 {
			for c := range len(t.Columns) - 1 {
				_, longest := s.scan.Ink(t.Columns[c], t.Rows[r], t.Columns[c+1], t.Rows[r+1], words)
				g.Ink = append(g.Ink, longest)
			}
		}
		out = append(out, g)
	}
	return out
}

func scanned(read []ocr.Word) []scan.Word {
	out := make([]scan.Word, len(read))
	for i, w := range read {
		out[i] = scan.Word{X0: w.X0, Y0: w.Y0, X1: w.X1, Y1: w.Y1, Text: w.Text, Confidence: w.Confidence}
	}
	return out
}

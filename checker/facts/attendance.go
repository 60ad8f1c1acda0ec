package facts

import (
	"strings"

	"dasheval/checker/text"
	"dasheval/rules"
)

// attendance counts the rows of a list with a signature column and those that
// are signed: a picture or a mark stands in the column beside the name.
func (r *Reader) attendance(d *Document) *Attendance {
	if d.Form() != "attendance" && d.Form() != "bundle" {
		return nil
	}
	var a *Attendance
	var column text.Box
	var ruled *ruledList
	for i, row := range d.view.rows {
		if c, ok := r.signColumn(row); ok {
			if a == nil {
				a = &Attendance{At: d.view.place(row.start, row.start+len(row.clean))}
			}
			column = c
			if segs := row.line.Segments(); c.X1 >= segs[len(segs)-1].Box.X1 {
				column.X1 = d.Text.Pages[row.page].Width // the last column reaches to the edge
			}
			ruled = ruledBelow(&d.Text.Pages[row.page], row.page, c)
			a.add(ruled)
			continue
		}
		if a == nil || ruled.holds(row) || !isListRow(row.clean) {
			continue
		}
		top, bottom := row.line.Box.Y0, row.line.Box.Y1
		next := bottom + 30
		for k := i + 1; k < len(d.view.rows); k++ {
			if n := d.view.rows[k]; n.page == row.page && n.line.Box.Y0 > bottom && isListRow(n.clean) {
				next = n.line.Box.Y0
				break
			}
		}
		signed := r.signedRow(d, row, column, top-6, max(next-2, bottom))
		a.Unseen = a.Unseen || !signed && unseen(&d.Text.Pages[row.page])
		a.row(signed)
	}
	if a != nil && a.Rows == 0 {
		return nil
	}
	return a
}

// signColumn returns the box of the heading of the signature column. Wide
// letter spacing may have torn it in two.
func (r *Reader) signColumn(row row) (text.Box, bool) {
	segs := row.line.Segments()
	for i, s := range segs {
		head := strings.TrimSpace(foldSameLength(text.Clean(s.Text())))
		if rules.MatchAny(r.words["attendance.column"], head) {
			return s.Box, true
		}
		if i+1 < len(segs) {
			both := head + " " + strings.TrimSpace(foldSameLength(text.Clean(segs[i+1].Text())))
			if rules.MatchAny(r.words["attendance.column"], both) {
				return s.Box.Union(segs[i+1].Box), true
			}
		}
	}
	return text.Box{}, false
}

// isListRow reports whether a row begins with a running number and goes on
// with a word.
func isListRow(s string) bool {
	fields := strings.Fields(s)
	if len(fields) < 2 {
		return false
	}
	n := strings.Trim(fields[0], ".)")
	return n != "" && len(n) <= 3 && digitsOf(n) == n && len(strings.Trim(fields[1], ".…_-0123456789")) > 1
}

func (r *Reader) signedRow(d *Document, row row, column text.Box, top, bottom float64) bool {
	p := &d.Text.Pages[row.page]
	for _, im := range p.Images {
		cx, cy := (im.Box.X0+im.Box.X1)/2, (im.Box.Y0+im.Box.Y1)/2
		h := im.Box.Y1 - im.Box.Y0
		if cx > column.X0-40 && cx < column.X1+60 && cy > top && cy < bottom && h < 80 {
			return true
		}
	}
	for _, m := range p.Marks {
		if m.Kind == text.Ink && m.Longest >= pen && m.Box.X1 > column.X0-40 && within(m.Box, top, bottom) {
			return true
		}
	}
	for _, s := range row.line.Segments() {
		if s.Box.X0 < column.X0-40 {
			continue
		}
		t := strings.TrimSpace(foldSameLength(text.Clean(s.Text())))
		if rules.MatchAny(r.words["attendance.signed"], t) || rules.MatchAny(r.words["signature.electronic"], t) {
			return true
		}
	}
	return false
}

// within reports whether the middle of b lies between two heights.
func within(b text.Box, top, bottom float64) bool {
	y := (b.Y0 + b.Y1) / 2
	return y > top && y < bottom
}

// pen is the length in mm from which on what stands in the column is a signature
// and no printed number.
const pen = 4

func (a *Attendance) row(signed bool) {
	a.Rows++
	a.Lines = append(a.Lines, signed)
	if signed {
		a.Signed++
	}
}

func (a *Attendance) add(l *ruledList) {
	if l != nil {
		for _, signed := range l.signed {
			a.row(signed)
		}
	}
}

// A ruledList is an attendance list on the picture of a page, counted by its
// lines: a number that recognition missed must not lose its row.
type ruledList struct {
	page        int
	top, bottom float64
	signed      []bool
}

// holds reports whether the row stands in the list.
func (l *ruledList) holds(r row) bool {
	return l != nil && r.page == l.page && within(r.line.Box, l.top, l.bottom)
}

// ruledBelow returns the ruled list below the heading of its signature column, nil
// if there is none.
func ruledBelow(p *text.Page, page int, heading text.Box) *ruledList {
	x, y := (heading.X0+heading.X1)/2, (heading.Y0+heading.Y1)/2
	for _, g := range p.Grids {
		at := -1
		for c := range len(g.Columns) - 1 {
			if x > g.Columns[c] && x < g.Columns[c+1] {
				at = c
			}
		}
		last := len(g.Rows) - 1
		if at < 0 || y < g.Rows[0]-20 || y > g.Rows[last] {
			continue
		}
		l := &ruledList{page: page, top: y, bottom: g.Rows[last]}
		for r := range last {
			if g.Rows[r] < y || !named(p, g, r, at) {
				continue
			}
			l.signed = append(l.signed, signedCell(g, r, at, heading))
		}
		if len(l.signed) > 0 {
			return l
		}
	}
	return nil
}

// named reports whether a word stands in row r, left of column c.
func named(p *text.Page, g text.Grid, r, c int) bool {
	for _, l := range p.Lines {
		if !within(l.Box, g.Rows[r], g.Rows[r+1]) {
			continue
		}
		for _, w := range l.Words {
			if w.Box.X0 < g.Columns[c] && len(strings.Trim(w.Text, ".…_-|0123456789")) > 1 {
				return true
			}
		}
	}
	return false
}

// signedCell reports whether something was written in column c of row r, or beside
// it where the heading reaches over several columns.
func signedCell(g text.Grid, r, c int, heading text.Box) bool {
	for k := c; k < len(g.Columns)-1; k++ {
		if k > c && heading.X1 < g.Columns[k] && k < len(g.Columns)-2 {
			break
		}
		if g.InkAt(r, k) >= pen {
			return true
		}
	}
	return false
}

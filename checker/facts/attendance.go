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
	for i, row := range d.view.rows {
		if c, ok := r.signColumn(row); ok {
			if a == nil {
				a = &Attendance{At: d.view.place(row.start, row.start+len(row.clean))}
			}
			column = c
			if segs := row.line.Segments(); c.X1 >= segs[len(segs)-1].Box.X1 {
				column.X1 = d.Text.Pages[row.page].Width // the last column reaches to the edge
			}
			continue
		}
		if a == nil || !isListRow(row.clean) {
			continue
		}
		a.Rows++
		top, bottom := row.line.Box.Y0, row.line.Box.Y1
		next := bottom + 30
		for k := i + 1; k < len(d.view.rows); k++ {
			if n := d.view.rows[k]; n.page == row.page && n.line.Box.Y0 > bottom && isListRow(n.clean) {
				next = n.line.Box.Y0
				break
			}
		}
		if r.signedRow(d, row, column, top-6, max(next-2, bottom)) {
			a.Signed++
		}
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

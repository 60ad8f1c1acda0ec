package facts

import (
	"strings"

	"dasheval/checker/text"
	"dasheval/rules"
)

// number finds the number of the document itself: the labelled number at its
// top, before the body begins. A number further down belongs to something that
// the document cites.
func (r *Reader) number(d *Document, h heading) {
	if d.Type != nil && d.Type.Number == "none" {
		return
	}
	v := d.view
	end := len(v.fold)
	if h.letterhead[1] < len(v.rows) {
		from := v.rows[h.letterhead[1]].start
		if m := rules.First(r.words["number.stop"], v.fold[from:]); m != nil {
			end = from + m[0]
		}
		if last := h.letterhead[1] + maxSearchRows; last < len(v.rows) {
			end = min(end, v.rows[last].start)
		}
	}
	if len(v.rows) > 0 {
		// The cover or the first page carries the number, or the page after it.
		for _, row := range v.rows {
			if row.page > 1 {
				end = min(end, row.start)
				break
			}
		}
	}
	for _, p := range r.words["number.label"] {
		for _, m := range p.FindAll(v.fold[:end], -1) {
			from, to := m[2], m[3]
			if v.rowAt(m[0]) < h.letterhead[1] {
				continue
			}
			raw := v.fold[from:to]
			if strings.TrimSpace(raw) == "" {
				// The value may be the next column of the row.
				row := v.rows[v.rowAt(m[0])]
				stop := row.start + len(row.clean)
				from, to = min(to, stop), stop
				raw = v.fold[from:to]
				if i := strings.IndexByte(strings.TrimLeft(raw, "\t :"), '\t'); i >= 0 {
					lead := len(raw) - len(strings.TrimLeft(raw, "\t :"))
					to = from + lead + i
					raw = v.fold[from:to]
				}
			}
			if rules.MatchAny(r.words["number.blank"], strings.TrimSpace(raw)) {
				if rules.MatchAny(r.words["template.overlay"], raw) {
					continue
				}
				d.Facts["number_blank"] = Fact{Value: strings.TrimSpace(v.clean[m[0]:to]), At: v.place(m[0], to), Sure: 0.8}
				continue
			}
			val := rules.First(r.words["number.value"], raw)
			if val == nil {
				continue
			}
			s, e := from+val[0], from+val[1]
			delete(d.Facts, "number_blank")
			d.Facts["number"] = v.fact(s, e, 0.9)
			return
		}
	}
}

// fields reads the labelled values of a form, such as the identity box of an
// SOP. A label without a value becomes the fact NAME_blank, so that a check can
// point at it.
func (r *Reader) fields(d *Document) {
	if d.Type == nil {
		return
	}
	for _, f := range d.Type.Fields {
		for _, p := range f.Label {
			if r.field(d, f, p) {
				break
			}
		}
	}
	if f, ok := d.Facts["nomor_sop"]; ok {
		d.Facts["number"] = f
	}
	if _, ok := d.Facts["nomor_sop_blank"]; ok {
		delete(d.Facts, "number")
		d.Facts["number_blank"] = d.Facts["nomor_sop_blank"]
	}
}

func (r *Reader) field(d *Document, f *rules.FieldRule, p *rules.Pattern) bool {
	v := d.view
	for i, row := range v.rows {
		off := 0
		cells := strings.Split(row.clean, "\t")
		for k, fold := range strings.Split(row.fold, "\t") {
			cell := cells[k]
			m := p.Find(fold)
			if m == nil || strings.TrimSpace(fold[:m[0]]) != "" {
				off += len(cell) + 1
				continue
			}
			at := v.place(row.start+off, row.start+off+len(cell))
			value := strings.Trim(cell[m[1]:], " :.\t")
			if value == "" {
				for _, next := range cells[k+1:] {
					if value = strings.Trim(next, " :\t"); value != "" {
						break
					}
				}
			}
			segs := row.line.Segments()
			fits := func(s string) bool {
				return !r.isFieldLabel(d, s) && (f.Kind != "number" || digitsOf(s) != "")
			}
			if !fits(value) {
				value = "" // the head of the next column
			}
			if value == "" && k < len(segs) {
				// A wrapped cell, or a form that puts values below their labels.
				if value = r.valueBeside(d, i, segs[k].Box.X1); !fits(value) || value == "" {
					value = r.valueBelow(d, i, segs[k].Box)
				}
				if value == "" && k == len(segs)-1 {
					value = r.sameCell(d, i)
				}
				if !fits(value) {
					value = ""
				}
			}
			if strings.HasSuffix(value, "/") || strings.HasSuffix(value, "-") && len(value) > 1 {
				value += r.wrapped(d, i) // a narrow cell breaks the value
			}
			switch {
			case f.Kind == "date":
				if day, ok := r.firstDay(foldSameLength(value)); ok {
					d.Facts[f.ID] = Fact{day.iso(), v.place(row.start+off, row.start+len(row.clean)), 0.9}
					return true
				}
				value = strings.Trim(value, "-.…_ ")
			case strings.Trim(value, "-.…_ ") != "":
				d.Facts[f.ID] = Fact{value, v.place(row.start+off, row.start+len(row.clean)), 0.9}
				return true
			}
			d.Facts[f.ID+"_blank"] = Fact{Value: value, At: at, Sure: 0.8}
			return true
		}
	}
	return false
}

// isFieldLabel reports whether s is a label of the form and no value.
func (r *Reader) isFieldLabel(d *Document, s string) bool {
	fold := foldSameLength(s)
	for _, f := range d.Type.Fields {
		for _, p := range f.Label {
			if m := p.Find(fold); m != nil && strings.TrimSpace(fold[:m[0]]) == "" {
				return true
			}
		}
	}
	return false
}

// valueBelow returns the text right below a label, in its column, unless it is
// a label itself.
func (r *Reader) valueBelow(d *Document, i int, label text.Box) string {
	for k := i + 1; k < min(len(d.view.rows), i+4); k++ {
		if d.view.rows[k].page != d.view.rows[i].page {
			return ""
		}
		for _, s := range d.view.rows[k].line.Segments() {
			if s.Box.Y0 <= label.Y1-1 || s.Box.Y0 > label.Y1+14 || !sameColumn(s.Box, label) {
				continue
			}
			value := strings.Trim(text.Clean(s.Text()), " :")
			if r.isFieldLabel(d, value) {
				return ""
			}
			return value
		}
	}
	return ""
}

// sameCell returns the next line if it belongs to the table row of line i: the
// second line of the last cell there.
func (r *Reader) sameCell(d *Document, i int) string {
	if i+1 >= len(d.view.rows) {
		return ""
	}
	a, b := d.view.rows[i].line, d.view.rows[i+1].line
	if a.Table == 0 || a.Table != b.Table || a.Row != b.Row {
		return ""
	}
	return strings.Trim(d.view.rows[i+1].clean, " :")
}

// wrapped returns what the line below row i goes on with, if it stands in the
// column of the last segment of the row.
func (r *Reader) wrapped(d *Document, i int) string {
	segs := d.view.rows[i].line.Segments()
	if i+1 >= len(d.view.rows) || len(segs) == 0 {
		return ""
	}
	next := d.view.rows[i+1]
	if next.page != d.view.rows[i].page || strings.Contains(next.clean, "\t") || strings.Contains(next.clean, " ") ||
		!sameColumn(next.line.Box, segs[len(segs)-1].Box) {
		return ""
	}
	return next.clean
}

// valueBeside returns the text of the nearest line within one line height of
// row i that begins right of x and reads as a value of the same field.
func (r *Reader) valueBeside(d *Document, i int, x float64) string {
	row := d.view.rows[i]
	mid := (row.line.Box.Y0 + row.line.Box.Y1) / 2
	for k := max(0, i-2); k < min(len(d.view.rows), i+3); k++ {
		other := d.view.rows[k]
		if k == i || other.page != row.page || other.line.Box.Y0 > mid || other.line.Box.Y1 < mid {
			continue
		}
		if other.line.Box.X0 >= x {
			return strings.Trim(other.clean, " :\t")
		}
	}
	return ""
}

// sections finds the parts that documents of the type have.
func (r *Reader) sections(d *Document) {
	if d.Type == nil {
		return
	}
	for _, s := range d.Type.Sections {
		for _, p := range s.Pattern {
			if m := p.Find(d.view.fold); m != nil {
				d.Sections[s.ID] = d.view.place(m[0], m[1])
				d.sections[s.ID] = m[0]
				break
			}
		}
	}
}

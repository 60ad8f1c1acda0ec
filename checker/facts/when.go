package facts

import (
	"strings"
	"time"

	"dasheval/rules"
)

// dates finds the date that counts for the type, by its anchor, and the day of
// the event for letters of invitation.
func (r *Reader) dates(d *Document, h heading) {
	anchor := "place_date"
	if d.Type != nil && d.Type.Anchor != "" {
		anchor = d.Type.Anchor
	}
	var found bool
	switch anchor {
	case "determined":
		found = r.determined(d) || r.placeDate(d)
	case "letter":
		found = r.letterDate(d, h) || r.placeDate(d) || r.determined(d)
		r.meetingDay(d, "event_date")
	case "meeting":
		found = r.meetingDay(d, "date") || r.loneDate(d, h) || r.placeDate(d)
		if f, ok := d.Facts["date"]; ok {
			d.Facts["event_date"] = f
		}
	case "effective":
		found = true // the fields of the form carry the dates
	default:
		found = r.placeDate(d) || r.determined(d) || r.loneDate(d, h)
	}
	if !found {
		for _, n := range []string{"date.determined_blank", "date.place_blank"} {
			if m := rules.First(r.words[n], d.view.fold); m != nil {
				d.Facts["date_blank"] = d.view.fact(m[0], m[1], 0.8)
				break
			}
		}
	}
}

// setDay records the first day within bytes start to end under the name.
func (r *Reader) setDay(d *Document, name string, start, end int, sure float64) bool {
	day, ok := r.firstDay(d.view.fold[start:end])
	if !ok {
		return false
	}
	d.Facts[name] = Fact{day.iso(), d.view.place(start+day.start, start+day.end), sure}
	return true
}

// determined finds "ditetapkan di … pada tanggal …". The last one before an
// attachment counts, since a decree may cite how another was determined.
func (r *Reader) determined(d *Document) bool {
	fold := d.view.fold
	for _, p := range r.words["date.determined"] {
		end, found := len(fold), false
		for _, m := range p.FindAll(fold, -1) {
			if m[0] > end || !r.setDay(d, "date", m[2], m[3], 0.95) {
				continue
			}
			found = true
			if a := rules.First(r.words["attachment.heading"], fold[m[1]:]); a != nil {
				end = m[1] + a[0]
			}
		}
		if found {
			return true
		}
	}
	return false
}

// placeDate finds the date beside the place above the first signature:
// "Samudera, 14 Juli 2025".
func (r *Reader) placeDate(d *Document) bool {
	best := -1
	var at [2]int
	for _, p := range r.words["date.place"] {
		for _, m := range p.FindAll(d.view.fold, -1) {
			place, _, _ := strings.Cut(strings.TrimSpace(d.view.fold[m[0]:m[1]]), ",")
			if r.weekdays[place] {
				continue // the day of an activity
			}
			score := 1
			row := d.view.rows[d.view.rowAt(m[0]+1)]
			for i, b := range d.Blocks {
				near := b.At.Page == row.number && b.At.Box.Y0 > row.line.Box.Y0-40 && b.At.Box.Y0-row.line.Box.Y0 < 200
				if !d.Text.Paged {
					near = b.At.Paragraph >= row.line.Paragraph-4 && b.At.Paragraph-row.line.Paragraph < 16
				}
				if near {
					score = 3
					if i == 0 {
						score = 4
					}
					break
				}
			}
			if score > best {
				best, at = score, [2]int{m[2], m[3]}
			}
		}
	}
	if best < 0 {
		return false
	}
	return r.setDay(d, "date", at[0], at[1], 0.6+0.1*float64(best))
}

// letterDate finds the date of a letter: in the row of its number or on a line
// of its own above the addressee.
func (r *Reader) letterDate(d *Document, h heading) bool {
	v := d.view
	for i := h.letterhead[1]; i < min(len(v.rows), h.letterhead[1]+12); i++ {
		row := v.rows[i]
		label := rules.MatchAny(r.words["date.label"], row.fold)
		if rules.MatchAny(r.words["number.stop"], row.fold) &&
			!(rules.MatchAny(r.words["letter.addressee"], row.fold) && strings.Contains(row.fold, ":")) {
			break
		}
		cells := strings.Split(row.fold, "\t")
		last := strings.TrimSpace(cells[len(cells)-1])
		day, ok := r.firstDay(last)
		if !ok || len(last)-(day.end-day.start) > 40 || strings.Contains(last[:day.start], ":") && len(cells) > 1 && !label {
			continue
		}
		// The date ends the row and stands alone or behind the place.
		before := strings.TrimSpace(last[:day.start])
		if strings.TrimSpace(last[day.end:]) != "" || before != "" && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, ":") {
			continue
		}
		// It stands at the right, or among the first lines; a wrapped sentence
		// may begin with a date too.
		segs := row.line.Segments()
		if i >= h.letterhead[1]+4 && !label && segs[len(segs)-1].Box.X0 < 0.4*d.Text.Pages[row.page].Width {
			continue
		}
		off := row.start + strings.LastIndex(row.fold, last)
		d.Facts["date"] = Fact{day.iso(), v.place(off+day.start, off+day.end), 0.9}
		return true
	}
	return false
}

// loneDate finds a date that fills a cell of its own near the top, by itself or
// behind a label, as in the head of a form.
func (r *Reader) loneDate(d *Document, h heading) bool {
	v := d.view
	for i := h.letterhead[1]; i < min(len(v.rows), h.letterhead[1]+10); i++ {
		off := v.rows[i].start
		for _, cell := range strings.Split(v.rows[i].fold, "\t") {
			day, ok := r.firstDay(cell)
			if ok {
				before := cell[:day.start]
				if rules.MatchAny(r.words["date.label"], cell) {
					before = ""
				}
				if len(strings.Trim(before, " :,")) <= 8 && strings.Trim(cell[day.end:], " .") == "" {
					d.Facts["date"] = Fact{day.iso(), v.place(off+day.start, off+day.end), 0.6}
					return true
				}
			}
			off += len(cell) + 1
		}
	}
	return false
}

// meetingDay finds the day of the meeting behind its label.
func (r *Reader) meetingDay(d *Document, name string) bool {
	own, hasOwn := d.Facts["date"]
	for _, p := range r.words["date.meeting"] {
		for _, m := range p.FindAll(d.view.fold, 6) {
			if hasOwn && name != "date" && r.sameRow(d, own, m[2]) {
				continue // the date of the letter itself
			}
			if !r.setDay(d, name, m[2], m[3], 0.9) {
				continue
			}
			r.until(d, name, m[2], m[3])
			return true
		}
	}
	return false
}

// sameRow reports whether a fact stands in the row of byte i.
func (r *Reader) sameRow(d *Document, f Fact, i int) bool {
	row := d.view.rows[d.view.rowAt(i)]
	if d.view.paged {
		return f.At.Page == row.number && f.At.Box.Y0 < row.line.Box.Y1 && f.At.Box.Y1 > row.line.Box.Y0
	}
	return f.At.Paragraph == row.line.Paragraph
}

// until reads a span such as "12 s.d. 13 Agustus 2025": the fact becomes its
// first day, and event_until its last.
func (r *Reader) until(d *Document, name string, start, end int) {
	fold := d.view.fold[start:end]
	m := rules.First(r.words["date.range"], fold)
	if m == nil {
		return
	}
	last, ok := r.firstDay(fold[m[4]:m[5]])
	first := atoi(fold[m[2]:m[3]])
	if !ok || first < 1 || first > last.at.Day() {
		return
	}
	at := d.view.place(start+m[0], start+m[1])
	d.Facts["event_until"] = Fact{last.iso(), at, 0.9}
	d.Facts[name] = Fact{last.at.AddDate(0, 0, first-last.at.Day()).Format(time.DateOnly), at, 0.9}
}

package facts

import (
	"strings"

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
		found = r.letterDate(d, h) || r.placeDate(d)
		r.meetingDay(d, "event_date")
	case "meeting":
		found = r.meetingDay(d, "date") || r.placeDate(d)
		if f, ok := d.Facts["date"]; ok {
			d.Facts["event_date"] = f
		}
	case "effective":
		found = true // the fields of the form carry the dates
	default:
		found = r.placeDate(d) || r.determined(d)
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
		for _, m := range p.FindAll(fold, -1) {
			if r.setDay(d, "date", m[2], m[3], 0.95) {
				return true
			}
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
		if rules.MatchAny(r.words["number.stop"], row.fold) {
			break
		}
		cells := strings.Split(row.fold, "\t")
		last := strings.TrimSpace(cells[len(cells)-1])
		day, ok := r.firstDay(last)
		if !ok || len(last)-(day.end-day.start) > 40 || strings.Contains(last[:day.start], ":") && len(cells) > 1 {
			continue
		}
		// The date ends the row and stands alone or behind the place.
		before := strings.TrimSpace(last[:day.start])
		if strings.TrimSpace(last[day.end:]) != "" || before != "" && !strings.HasSuffix(before, ",") && !strings.HasSuffix(before, ":") {
			continue
		}
		off := row.start + strings.LastIndex(row.fold, last)
		d.Facts["date"] = Fact{day.iso(), v.place(off+day.start, off+day.end), 0.9}
		return true
	}
	return false
}

// meetingDay finds the day of the meeting behind its label.
func (r *Reader) meetingDay(d *Document, name string) bool {
	for _, p := range r.words["date.meeting"] {
		for _, m := range p.FindAll(d.view.fold, 6) {
			if r.setDay(d, name, m[2], m[3], 0.9) {
				return true
			}
		}
	}
	return false
}

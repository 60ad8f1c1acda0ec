package facts

import (
	"strings"

	"dasheval/rules"
)

// subject finds what the document is about: the words after TENTANG of a
// decree, the matter and the occasion of a letter, the activity of minutes and
// lists, the name of an SOP, else the heading.
func (r *Reader) subject(d *Document, h heading) {
	v := d.view
	set := func(name string, start, end int, sure float64) {
		s := strings.Join(strings.Fields(v.clean[start:end]), " ")
		s = strings.Trim(s, " :;,.")
		if s != "" {
			d.Facts[name] = Fact{s, v.place(start, end), sure}
		}
	}
	limit := len(v.fold)
	switch d.Form() {
	case "decree":
		if m := rules.First(r.words["subject.about"], v.fold); m != nil {
			end := min(m[1]+400, limit)
			for _, p := range r.words["subject.end"] {
				if e := p.Find(v.fold[m[1]:end]); e != nil && e[0] > 3 {
					end = m[1] + e[0]
				}
			}
			set("subject", m[1], end, 0.9)
		}
	case "letter":
		if m := rules.First(r.words["subject.about"][:1], v.fold[:min(limit, 1500)]); m != nil {
			// A circular has its subject where a decree has it.
			end := min(m[1]+300, limit)
			if e := rules.First(r.words["subject.end"], v.fold[m[1]:end]); e != nil && e[0] > 3 {
				end = m[1] + e[0]
			}
			set("subject", m[1], end, 0.8)
		} else if m := rules.First(r.words["subject.hal"], v.fold); m != nil {
			set("subject", m[2], m[3], 0.8)
		}
		if m := rules.First(r.words["subject.occasion"], v.fold); m != nil {
			set("event", m[2], m[3], 0.8)
		}
		if m := rules.First(r.words["subject.agenda"], v.fold); m != nil {
			set("agenda", m[2], m[3], 0.7)
		}
	case "minutes", "attendance", "photos":
		if m := rules.First(r.words["subject.activity"], v.fold); m != nil {
			set("event", m[2], m[3], 0.8)
		} else if rest := r.headingRest(d, h); rest != "" {
			d.Facts["event"] = Fact{rest, r.headingPlace(d, h), 0.7}
		}
	case "sop":
		// The name of the procedure is a field of the form.
	default:
		if m := rules.First(r.words["subject.activity"], v.fold[:min(len(v.fold), 1500)]); m != nil && d.Heading == "" {
			set("event", m[2], m[3], 0.5)
		}
	}
	if m := rules.First(r.words["subject.purpose"], v.fold); m != nil {
		d.Purpose = strings.Join(strings.Fields(v.clean[m[2]:m[3]]), " ")
	}
	if _, ok := d.Facts["subject"]; !ok {
		for _, name := range []string{"event", "nama_sop"} {
			if f, ok := d.Facts[name]; ok {
				d.Facts["subject"] = f
				break
			}
		}
	}
	if _, ok := d.Facts["subject"]; !ok && d.Heading != "" {
		d.Facts["subject"] = Fact{d.Heading, r.headingPlace(d, h), 0.6}
	}
	d.Subject = d.Facts["subject"].Value
	if m := rules.First(r.words["meeting.place"], v.fold); m != nil {
		switch d.Form() {
		case "letter", "minutes", "attendance":
			set("place", m[2], m[3], 0.8)
		}
	}
	if m := rules.First(r.words["meeting.leader"], v.fold); m != nil && d.Form() == "minutes" {
		set("leader", m[2], m[3], 0.8)
	}
}

// headingRest returns the heading without the words that name the type.
func (r *Reader) headingRest(d *Document, h heading) string {
	if d.Type == nil {
		return h.text
	}
	for _, p := range d.Type.Title {
		if m := p.Find(h.fold); m != nil {
			return strings.Trim(h.text[m[1]:], " :;,.-")
		}
	}
	return h.text
}

func (r *Reader) headingPlace(d *Document, h heading) Place {
	if h.rows[0] >= h.rows[1] || h.rows[1] > len(d.view.rows) {
		return Place{}
	}
	last := d.view.rows[h.rows[1]-1]
	return d.view.place(d.view.rows[h.rows[0]].start, last.start+len(last.clean))
}

package facts

import (
	"slices"
	"strings"

	"dasheval/rules"
)

// A guess is a document type with the grounds for it.
type guess struct {
	typ    *rules.Type
	start  int // of the title match in the heading
	length int
	strong int // strong patterns found
}

// minGlued is the length from which on a word of a heading may be several that
// lost the gaps between them.
const minGlued = 10

// recognise finds the type of d. The form is what the heading names first: a
// decree on a code of ethics is a decree. What else the heading names, it can
// serve as.
func (r *Reader) recognise(d *Document, h heading, scan *rules.Scan) {
	if d.snapshot() && r.photo != nil {
		d.Type, d.Sure, d.Also, d.Photo = r.photo, 0.5, r.photo.Also, true
		return
	}
	titled := r.guesses(h, func(t *rules.Type) []*rules.Pattern { return t.Title })
	for _, g := range r.guesses(h, func(t *rules.Type) []*rules.Pattern { return r.loose[t] }) {
		// Only where words ran together is the loose form a sign of its own.
		if glued := h.fold[g.start : g.start+g.length]; len(glued) >= minGlued && !strings.Contains(glued, " ") &&
			!slices.ContainsFunc(titled, func(o guess) bool { return o.typ == g.typ && o.start <= g.start }) {
			titled = append(slices.DeleteFunc(titled, func(o guess) bool { return o.typ == g.typ }), g)
		}
	}
	for i := range titled {
		titled[i].strong = scan.Count(titled[i].typ.Strong)
	}
	var bare []guess
	if len(titled) == 0 {
		bare = r.bare(h, scan)
	}
	order := func(a, b guess) int {
		if a.typ.Generic != b.typ.Generic {
			if a.typ.Generic {
				return 1
			}
			return -1
		}
		if a.start != b.start {
			return a.start - b.start
		}
		if a.length != b.length {
			return b.length - a.length
		}
		return b.strong - a.strong
	}
	slices.SortStableFunc(titled, order)
	slices.SortStableFunc(bare, func(a, b guess) int {
		if d := b.strong*max(len(a.typ.Strong), 1) - a.strong*max(len(b.typ.Strong), 1); d != 0 {
			return d
		}
		return len(b.typ.Strong) - len(a.typ.Strong)
	})
	switch {
	case len(titled) > 0:
		best := titled[0]
		d.Type = best.typ
		d.Sure = 0.7
		if n := len(best.typ.Strong); n > 0 {
			d.Sure += 0.3 * float64(best.strong) / float64(n)
		} else {
			d.Sure = 0.85
		}
		for _, g := range titled[1:] {
			if serves(best.typ.Form, g.typ.Form) {
				d.Also = append(d.Also, g.typ.ID)
			}
		}
	case len(bare) > 0:
		d.Type = bare[0].typ
		d.Sure = 0.5
	case d.Text.Photo && r.photo != nil:
		d.Type = r.photo
		d.Sure = 0.5
	default:
		return
	}
	for _, a := range d.Type.Also {
		if !slices.Contains(d.Also, a) {
			d.Also = append(d.Also, a)
		}
	}
}

// fewWords is the number of words from which on a picture file is taken for one of
// a page: signs and banners have fewer.
const fewWords = 40

// snapshot reports whether the file is a photo and not the picture of a page.
func (d *Document) snapshot() bool {
	if !d.Text.Photo {
		return false
	}
	n := 0
	for _, row := range d.view.rows {
		n += len(row.line.Words)
	}
	return n < fewWords
}

// guesses returns the types whose title patterns the heading matches.
func (r *Reader) guesses(h heading, titles func(*rules.Type) []*rules.Pattern) []guess {
	var out []guess
	for _, t := range r.pack.Types {
		g := guess{typ: t, start: -1}
		for _, p := range titles(t) {
			if m := p.Find(h.fold); m != nil && (g.start < 0 || m[0] < g.start || m[0] == g.start && m[1]-m[0] > g.length) {
				g.start, g.length = m[0], m[1]-m[0]
			}
		}
		if g.start >= 0 && !rules.MatchAny(t.Not, h.fold) {
			out = append(out, g)
		}
	}
	return out
}

// bare returns the types that only their signs in the text speak for.
func (r *Reader) bare(h heading, scan *rules.Scan) []guess {
	var out []guess
	for _, t := range r.pack.Types {
		if len(t.Strong) < 2 {
			continue
		}
		g := guess{typ: t, start: -1, strong: scan.Count(t.Strong)}
		if g.strong >= 2 && 3*g.strong >= 2*len(t.Strong) && !rules.MatchAny(t.Not, h.fold) {
			out = append(out, g)
		}
	}
	return out
}

// serves reports whether a document of one form can serve as one of another
// that its heading names too. Reports stand in for reports, and papers of a
// meeting for nothing else; an SOP on complaints is no report of complaints.
func serves(form, as string) bool {
	group := func(f string) int {
		switch f {
		case "report", "survey":
			return 1
		case "letter", "minutes", "attendance", "photos", "bundle":
			return 2
		case "decree", "sop":
			return 3
		}
		return 0
	}
	return group(form) == group(as) || group(as) == 0 || group(form) == 0
}

// orgs reads the bodies of the letterhead, or of the cover where there is
// none, and the facts unit and ministry.
func (r *Reader) orgs(d *Document, h heading) {
	if d.snapshot() {
		return // what a sign says
	}
	rows := d.view.rows
	from, to := h.letterhead[0], h.letterhead[1]
	if to == 0 {
		from, to = 0, min(len(rows), h.rows[1]+6)
	}
	open := false
	for i := from; i < to; i++ {
		for _, seg := range strings.Split(rows[i].clean, "\t") {
			seg = strings.TrimSpace(seg)
			fold := foldSameLength(seg)
			switch {
			case rules.MatchAny(r.words["letterhead.address"], fold) || strings.ContainsAny(seg, ":;") || hasNumber(seg):
				open = false
			case !isUpper(seg) || len(seg) < 3 || rules.MatchAny(r.words["heading.stop"], fold):
				open = false
			case rules.MatchAny(r.words["org.start"], fold) && !(open && strings.HasSuffix(d.Letterhead[len(d.Letterhead)-1].Name, "/")):
				d.Letterhead = append(d.Letterhead, Org{seg, d.view.place(rows[i].start, rows[i].start+len(rows[i].clean))})
				open = true
			case open && r.namesBody(fold, true):
				d.Letterhead[len(d.Letterhead)-1].Name += " " + seg
			default:
				open = false
			}
		}
	}
	n := len(d.Letterhead)
	if n == 0 {
		return
	}
	// The unit is the last body that is not a parent by its kind; one that
	// stands alone at the end is the unit all the same, as with agencies whose
	// offices carry the agency's name.
	own := n - 1
	for i := n - 1; i >= 0; i-- {
		if !rules.MatchAny(r.words["org.parent"], foldSameLength(d.Letterhead[i].Name)) {
			own = i
			break
		}
	}
	sure := 0.9
	if h.letterhead[1] == 0 {
		sure = 0.6
	}
	d.Facts["unit"] = Fact{d.Letterhead[own].Name, d.Letterhead[own].At, sure}
	for _, o := range d.Letterhead[:own] {
		if rules.MatchAny(r.words["org.ministry"], foldSameLength(o.Name)) {
			d.Facts["ministry"] = Fact{o.Name, o.At, 0.9}
			return
		}
	}
	// Covers name the unit first and what is above it below.
	for _, o := range d.Letterhead[own+1:] {
		if rules.MatchAny(r.words["org.ministry"], foldSameLength(o.Name)) {
			d.Facts["ministry"] = Fact{o.Name, o.At, 0.7}
			return
		}
	}
}

// hasNumber reports whether a line holds a number that no name has: schools and
// courts count themselves with up to three digits.
func hasNumber(s string) bool {
	for _, w := range strings.Fields(s) {
		if n := digitsOf(w); n != "" && (n != w || len(n) > 3) {
			return true
		}
	}
	return false
}

// isUpper reports whether most letters of s are capitals.
func isUpper(s string) bool {
	upper, lower := 0, 0
	for _, c := range s {
		if c >= 'a' && c <= 'z' {
			lower++
		} else if c >= 'A' && c <= 'Z' {
			upper++
		}
	}
	return upper > 4*lower
}

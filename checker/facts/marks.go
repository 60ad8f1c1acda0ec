package facts

import (
	"strconv"
	"strings"

	"dasheval/rules"
)

// attachments finds where the text refers to an attachment of its own and
// whether one is there.
func (r *Reader) attachments(d *Document, scan *rules.Scan) {
	for _, p := range r.words["attachment.reference"] {
		for _, m := range scan.FindAll(p, 3) {
			d.AttachmentRefs = append(d.AttachmentRefs, d.view.place(m[0], m[1]))
		}
	}
	from := 0
	if len(d.AttachmentRefs) > 0 || d.Form() == "decree" || d.Form() == "agreement" {
		// An attachment heading stands below the body, not among the labels of
		// a letter.
		if len(d.view.rows) > 6 {
			from = d.view.rows[6].start
		}
	}
	const labels = 16 // rows at the top of a letter
	for _, p := range r.words["attachment.heading"] {
		for _, m := range p.FindAll(d.view.fold[from:], -1) {
			// "Lampiran : 1 lembar" announces an attachment and is none.
			label := d.Form() == "letter" && d.view.rowAt(from+m[0]) < labels && strings.HasSuffix(strings.TrimSpace(d.view.fold[from+m[0]:from+m[1]]), ":")
			d.Attachment = d.Attachment || !label
		}
	}
}

// marks finds signs of an unfinished document. Dots in a table of contents, a
// line for a signature and an attendance list are none.
func (r *Reader) marks(d *Document) {
	fold := d.view.fold
	add := func(kind string, start, end int) {
		if end == start {
			return
		}
		d.Marks = append(d.Marks, Mark{Kind: kind, At: d.view.place(start, end), Sure: kind == "template" && !isDots(fold[start:end])})
	}
	for _, name := range []string{"draft.mark", "draft.blank"} {
		for _, p := range r.words[name] {
			for _, m := range p.FindAll(fold, 2) {
				add("draft", m[0], m[1])
			}
		}
	}
	if m := rules.First(r.words["draft.title"], foldSameLength(d.Heading)); m != nil {
		d.Marks = append(d.Marks, Mark{Kind: "draft", At: Place{Page: d.placePage(), Quote: quote(d.Heading)}})
	}
	if f, ok := d.Facts["date_blank"]; ok {
		d.Marks = append(d.Marks, Mark{Kind: "draft", At: f.At})
	}
	if d.Form() == "attendance" || d.Form() == "table" {
		return
	}
	_, numbered := d.Facts["number"]
	for _, row := range d.view.rows {
		if rules.MatchAny(r.words["contents.line"], row.fold) {
			continue
		}
		for _, p := range r.words["template.placeholder"] {
			for _, m := range p.FindAll(row.fold, -1) {
				if numbered && rules.MatchAny(r.words["template.overlay"], row.fold[m[0]:m[1]]) {
					continue // e-office systems lay the values over their placeholders
				}
				add("template", row.start+m[0], row.start+m[1])
			}
		}
		if rules.MatchAny(r.words["signature.name_blank"], strings.TrimSpace(row.fold)) {
			continue
		}
		for _, p := range r.words["template.dots"] {
			for _, m := range p.FindAll(row.fold, -1) {
				add("template", row.start+m[0], row.start+m[1])
			}
		}
	}
}

// isDots reports whether s is nothing but filling dots or lines.
func isDots(s string) bool { return strings.Trim(s, ".…_ ") == "" }

// pages returns the page numbers that the printed numbering skips, "" if none
// or if pages carry no numbers. A gap counts only between numbers that follow
// one another in the file, or before a stated total.
func (r *Reader) pages(d *Document) string {
	printed, total := r.typedNumbers(d)
	if len(printed) < 2 && d.Text.Paged {
		printed, total = r.printedNumbers(d)
	}
	if len(printed) < 2 {
		return ""
	}
	var missing []string
	add := func(from, to int) {
		for k := from; k < to && len(missing) < 20; k++ {
			missing = append(missing, strconv.Itoa(k))
		}
	}
	last := 0
	for _, n := range printed {
		switch {
		case n == 0: // a page without a number
		case last > 0 && n <= last:
			d.renumbered = true
			return "" // several documents
		case last > 0:
			add(last+1, n)
		}
		last = n
	}
	if last > 0 {
		add(last+1, total+1)
	}
	return strings.Join(missing, ", ")
}

// typedNumbers returns the page numbers that stand in the text with a total, as
// in "Halaman 2 dari 4", in order.
func (r *Reader) typedNumbers(d *Document) (printed []int, total int) {
	for _, row := range d.view.rows {
		if m := rules.First(r.words["page.typed"], row.fold); m != nil {
			printed = append(printed, atoi(row.fold[m[2]:m[3]]))
			total = atoi(row.fold[m[4]:m[5]])
		}
	}
	return printed, total
}

// printedNumbers returns the printed number of each page, 0 where there is
// none, and the total that the numbering states.
func (r *Reader) printedNumbers(d *Document) (printed []int, total int) {
	byPage := map[int]int{}
	for _, f := range d.view.furniture {
		for _, p := range r.words["page.label"] {
			m := p.Find(f.fold)
			if m == nil {
				continue
			}
			byPage[f.page] = atoi(f.fold[m[2]:m[3]])
			if len(m) > 5 && m[4] >= 0 {
				total = atoi(f.fold[m[4]:m[5]])
			}
			break
		}
	}
	if len(byPage) < 2 {
		return nil, 0
	}
	for i := range d.Text.Pages {
		printed = append(printed, byPage[i])
	}
	return printed, total
}

// survey reads the number of respondents, the index and the period of a
// survey.
func (r *Reader) survey(d *Document, scan *rules.Scan) {
	for _, name := range []string{"respondents", "index"} {
		for _, p := range r.words["survey."+name] {
			if m := scan.Find(p); m != nil {
				d.Facts[name] = d.view.fact(m[2], m[3], 0.8)
				break
			}
		}
	}
	for _, p := range r.words["survey.period"] {
		for _, m := range scan.FindAll(p, -1) {
			to, ok := r.firstDay("1 " + strings.TrimLeft(d.view.fold[m[4]:m[5]], "0123456789 "))
			if ok {
				d.Facts["survey_to"] = Fact{to.iso(), d.view.place(m[0], m[1]), 0.7}
				return
			}
		}
	}
}

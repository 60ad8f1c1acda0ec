package report

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"time"
)

// gauge draws points between what is shown and what is possible, with a tick for
// each minimum. Its colours are those of the page; what it shows stands beside it
// in words.
func gauge(points Interval, most float64, mins []Minimum) template.HTML {
	const width = 240.0
	x := func(v float64) float64 {
		if most <= 0 || math.IsNaN(v) {
			return 0
		}
		return width * min(max(v/most, 0), 1)
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="gauge" viewBox="0 0 %g 30" aria-hidden="true" focusable="false">`, width)
	fmt.Fprintf(&b, `<rect class="all" x="0" y="8" width="%g" height="14"/>`, width)
	fmt.Fprintf(&b, `<rect class="high" x="0" y="8" width="%.1f" height="14"/>`, x(points.High))
	fmt.Fprintf(&b, `<rect class="low" x="0" y="8" width="%.1f" height="14"/>`, x(points.Low))
	for i, m := range mins {
		at := min(max(x(m.Min), 1), width-1)
		fmt.Fprintf(&b, `<line class="tick" x1="%.1f" x2="%.1f" y1="%d" y2="%d"/>`, at, at, 4, 26)
		y := 7
		if i%2 == 1 {
			y = 30
		}
		fmt.Fprintf(&b, `<text class="name" x="%.1f" y="%d" text-anchor="end">%s</text>`, at-2, y, template.HTMLEscapeString(m.Predicate))
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// dayOf returns the day that a document is about for the calendar of a line.
func dayOf(d *Document) (time.Time, bool) {
	for _, name := range []string{"event_date", "date", "survey_to"} {
		s, _ := d.Facts[name].(string)
		if t, err := time.Parse(time.DateOnly, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// calendar draws the months of the period of a line that wants evidence again and
// again, and how many of its documents are of each; "" for other lines.
func (p *htmlPage) calendar(q *Requirement) template.HTML {
	if q.Cadence == "" {
		return ""
	}
	year := p.R.Period.Year
	first := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)
	if t, err := time.Parse(time.DateOnly, q.From); err == nil && t.Before(first) {
		first = time.Date(t.Year(), 1, 1, 0, 0, 0, 0, time.UTC)
	}
	if oldest := time.Date(year-1, 1, 1, 0, 0, 0, 0, time.UTC); first.Before(oldest) {
		first = oldest // the picture shows two years, the year of the evaluation last
	}
	count := make([]int, max(12, (year-first.Year()+1)*12))
	undated := 0
	for _, path := range q.Documents {
		d := p.id.documents[path]
		if d == nil {
			continue
		}
		t, ok := dayOf(d)
		i := (t.Year()-first.Year())*12 + int(t.Month()) - 1
		if !ok || i < 0 || i >= len(count) {
			undated++
			continue
		}
		count[i]++
	}
	const cell = 24
	var b strings.Builder
	var said []string
	for i, n := range count {
		class := "none"
		if n > 0 {
			class = "some"
			said = append(said, fmt.Sprintf("%04d-%02d: %d", first.Year()+i/12, i%12+1, n))
		}
		fmt.Fprintf(&b, `<rect class="%s" x="%d" y="1" width="%d" height="20"/>`, class, i*cell+1, cell-2)
		if n > 0 {
			fmt.Fprintf(&b, `<text class="count" x="%d" y="16" text-anchor="middle">%d</text>`, i*cell+cell/2, n)
		}
		fmt.Fprintf(&b, `<text class="name" x="%d" y="33" text-anchor="middle">%d</text>`, i*cell+cell/2, i%12+1)
	}
	b.WriteString("</svg>")
	if undated > 0 {
		said = append(said, fmt.Sprintf("? %d", undated))
	}
	if len(said) == 0 {
		said = []string{"0"}
	}
	head := fmt.Sprintf(`<svg class="calendar" viewBox="0 0 %d 36" width="%d" role="img" aria-label="%s" focusable="false">`,
		len(count)*cell, len(count)*cell, template.HTMLEscapeString(p.Plain(p.Label("html.calendar", joined(", ", said...)))))
	return template.HTML(head + b.String())
}

// mostDecrees is how many decrees the graph shows: more are no picture.
const mostDecrees = 40

// decrees draws which decrees serve which items, and which one replaces which; ""
// if there are none.
func (p *htmlPage) decrees() template.HTML {
	type node struct {
		d    *Document
		date string
	}
	var left []node
	items := map[string]bool{}
	for i := range p.R.Documents {
		d := &p.R.Documents[i]
		if d.Type.Form == "decree" && len(d.Criteria) > 0 {
			date, _ := d.Facts["date"].(string)
			left = append(left, node{d, date})
		}
	}
	if len(left) == 0 {
		return ""
	}
	slices.SortStableFunc(left, func(a, b node) int { return strings.Compare(a.date, b.date) })
	left = left[max(0, len(left)-mostDecrees):] // the newest
	y := map[string]int{}
	for i, n := range left {
		y[n.d.Path] = 16 + i*26
		for _, c := range n.d.Criteria {
			items[c] = true
		}
	}
	var right []*Criterion
	for i := range p.R.Criteria {
		if items[p.R.Criteria[i].Code] {
			right = append(right, &p.R.Criteria[i])
		}
	}
	step := max(26.0, float64(len(left)*26)/float64(max(len(right), 1)))
	height := max(float64(len(left)*26), step*float64(len(right))) + 12
	at := map[string]float64{}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="graph" viewBox="0 0 760 %.0f" role="group" focusable="false">`, height)
	for i, c := range right {
		at[c.Code] = 16 + float64(i)*step
	}
	for _, n := range left {
		for _, c := range n.d.Criteria {
			fmt.Fprintf(&b, `<path class="edge" d="M430 %d C 520 %d 540 %.0f 606 %.0f"/>`, y[n.d.Path], y[n.d.Path], at[c], at[c])
		}
	}
	for _, f := range p.R.Findings {
		if f.ID != "decree.superseded" {
			continue
		}
		for _, n := range left {
			if name := f.Params["by"]; name != "" && n.d.Path != f.Document && strings.HasSuffix(n.d.Path, name) && y[f.Document] > 0 {
				fmt.Fprintf(&b, `<path class="replaced" d="M12 %d C 0 %d 0 %d 12 %d"/>`, y[f.Document], y[f.Document], y[n.d.Path], y[n.d.Path])
			}
		}
	}
	for _, n := range left {
		name := joined(" · ", n.date, nameOf(n.d))
		fmt.Fprintf(&b, `<a href="#f-%d"><title>%s</title><circle cx="14" cy="%d" r="5"/><text x="26" y="%d">%s</text></a>`,
			p.row[n.d.Path], template.HTMLEscapeString(n.d.Path), y[n.d.Path], y[n.d.Path]+4, template.HTMLEscapeString(cutTo(name, 62)))
	}
	for _, c := range right {
		mark, _ := verdictMark(c.Verdict)
		fmt.Fprintf(&b, `<a href="#%s"><title>%s</title><circle class="v-%s" cx="612" cy="%.0f" r="5"/><text x="624" y="%.0f">%s %s</text></a>`,
			template.HTMLEscapeString(ident(c.Code)), template.HTMLEscapeString(c.Title.In(p.Lang)), template.HTMLEscapeString(c.Verdict), at[c.Code], at[c.Code]+4, mark, template.HTMLEscapeString(c.Code))
	}
	b.WriteString("</svg>")
	return template.HTML(b.String())
}

// nameOf names a decree: what it is about, or its file.
func nameOf(d *Document) string {
	if s, _ := d.Facts["subject"].(string); s != "" {
		return clean(s)
	}
	return d.Path[strings.LastIndexAny(d.Path, "/!")+1:]
}

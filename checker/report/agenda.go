package report

import (
	"html/template"
	"io"
	"slices"
	"strconv"
)

// An agendaItem is an item that a visit has to look at, because documents do not
// prove it.
type agendaItem struct {
	Code, Title, Basis string
	// Claim is the answer that is still possible, and what it says.
	Claim string
	// Shown lists the documents that speak for it, with the page.
	Shown []string
	// See and Ask say what to look at and what to ask.
	See, Ask []string
}

// An agendaArea is the items of one area.
type agendaArea struct {
	Title string
	Items []agendaItem
}

// agenda lists what documents cannot prove: answers that take a judgement, what
// could not be read, and what rests on a person's word.
func (v *voice) agenda() []agendaArea {
	var out []agendaArea
	for i := range v.r.Criteria {
		c := &v.r.Criteria[i]
		x, ok := v.visit(c)
		if !ok {
			continue
		}
		title := v.division(c.Area)
		if n := len(out); n == 0 || out[n-1].Title != title {
			out = append(out, agendaArea{Title: title})
		}
		last := &out[len(out)-1]
		last.Items = append(last.Items, x)
	}
	return out
}

// visit tells what is to be seen of an item, and whether anything is.
func (v *voice) visit(c *Criterion) (agendaItem, bool) {
	x := agendaItem{Code: c.Code, Title: c.Title.In(v.lang), Basis: c.Basis}
	shown := -1.0
	for _, a := range c.Answers {
		if a.Level == c.Level.Shown {
			shown = a.Score
		}
	}
	open := c.Verdict == "review" || c.Verdict == "not_evaluated" || c.Decision != nil
	for _, a := range c.Answers {
		if a.Level != c.Level.Possible {
			continue
		}
		x.Claim = v.say.Label("agenda.claim", a.Level, a.Text.In(v.lang))
		if a.Judged && a.Score > shown && c.Verdict != "missing" {
			open = true
			x.Ask = append(x.Ask, v.say.Label("agenda.prove", a.Text.In(v.lang)))
		}
	}
	if !open {
		return x, false
	}
	if c.Decision != nil {
		d := v.r.Decisions[*c.Decision]
		x.Ask = append(x.Ask, v.say.Label("agenda.decision", v.decision(d)))
	}
	for _, q := range c.byNeed() {
		for _, path := range q.Documents {
			x.Shown = append(x.Shown, joined(", ", path, v.pageShowing(path)))
		}
		if q.Need != "supporting" && problem(q.Verdict) && q.Verdict != "missing" {
			x.See = append(x.See, v.asked(q))
		}
	}
	x.Shown = slices.Compact(slices.Sorted(slices.Values(x.Shown)))
	const named = 3
	for _, u := range c.Unread[:min(len(c.Unread), named)] {
		x.See = append(x.See, v.say.Label("agenda.unread", u))
	}
	if more := len(c.Unread) - named; more > 0 {
		x.See = append(x.See, v.say.Label("agenda.unread.more", more))
	}
	for _, n := range v.ofCriterion(c) {
		f := v.r.Findings[n]
		switch f.ID {
		case "signature.unknown", "signature.unjudged", "signature.doubtful", "signature.untrusted", "signature.claimed", "text.hidden_layer", "text.incomplete":
			x.See = append(x.See, v.say.Label("agenda.original", joined(", ", f.Document, v.where(f.Page, f.Paragraph))))
		}
	}
	x.See = slices.Compact(x.See)
	if len(x.See) == 0 && len(x.Ask) == 0 {
		x.Ask = append(x.Ask, v.say.Label("agenda.general"))
	}
	return x, true
}

// pageShowing names the page by which a person finds a document.
func (v *voice) pageShowing(path string) string {
	d := v.documents[path]
	if d == nil {
		return ""
	}
	at := d.Shows()
	return v.where(at.Page, at.Paragraph)
}

// Widths of the columns: item, what is shown, what to see and ask, notes.
var agendaColumns = []int{2266, 2200, 2600, 2800}

// writeAgenda writes the agenda of the visit as a Word document, with room for
// notes.
func writeAgenda(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	b := &letter{voice: v}
	b.English = v.lang == "en"
	b.Paragraph("Title", b.Run(v.say.Label("agenda.title"), ""))
	b.Paragraph("Subtitle", b.Run(joined(" · ", v.unitName(), r.Pack.Title.In(v.lang), strconv.Itoa(r.Period.Year)), ""))
	b.Paragraph("Lead", b.Run(v.say.Label("agenda.intro", v.say.Date(r.Period.Today)), ""))
	if r.Partial {
		b.Paragraph("Lead", b.Run(v.say.Label("report.partial"), "Strong"))
	}
	b.Paragraph("Lead", b.Run(v.say.Label("agenda.who"), ""))
	areas := v.agenda()
	for _, a := range areas {
		b.Heading(2, b.Run(a.Title, ""))
		b.Table(agendaColumns, v.say.Label("agenda.col.item"), v.say.Label("agenda.col.shown"), v.say.Label("agenda.col.see"), v.say.Label("agenda.col.notes"))
		for _, x := range a.Items {
			b.Row(func() { b.visit(x) })
		}
		b.EndTable()
	}
	if len(areas) == 0 {
		b.Paragraph("Lead", b.Run(v.say.Label("agenda.none"), ""))
	}
	b.Paragraph("Tight", "") // a table cannot be the end of a document
	return b.Save(w, nil, [][2]string{{"page", v.say.Label("page")}, {"foot", v.say.Label("agenda.title") + " – " + v.unitName()}})
}

func (b *letter) visit(x agendaItem) {
	list := func(lines []string) {
		for _, s := range lines {
			b.Paragraph("ListBullet", b.Run(clean(s), ""))
		}
	}
	b.Cell(agendaColumns[0], func() {
		b.Paragraph("Cell", b.Run(x.Code+" ", "Strong")+b.Run(x.Title, ""))
		if x.Claim != "" {
			b.Paragraph("Cell", b.Run(x.Claim, ""))
		}
		b.Paragraph("Cell", b.Run(x.Basis, "Soft"))
	})
	b.Cell(agendaColumns[1], func() {
		list(x.Shown[:min(len(x.Shown), shownOnPage)])
		if more := len(x.Shown) - shownOnPage; more > 0 {
			b.Paragraph("Cell", b.Run(b.say.Label("report.more", more), ""))
		}
		if len(x.Shown) == 0 {
			b.Paragraph("Cell", b.Run("–", ""))
		}
	})
	b.Cell(agendaColumns[2], func() {
		list(x.See)
		list(x.Ask)
	})
	b.Cell(agendaColumns[3], func() {
		for range 5 {
			b.Paragraph("Cell", "") // room to write
		}
	})
}

var agendaPage = template.Must(template.New("agenda").Parse(`<!DOCTYPE html>
<html lang="{{.Lang}}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Title}}</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.45 "Segoe UI",Roboto,Arial,sans-serif;max-width:60rem;margin:0 auto;padding:1rem;overflow-wrap:anywhere}h1{font-size:1.5rem}h2{border-bottom:2px solid;padding-bottom:.2rem}article{border:1px solid;border-radius:.4rem;padding:.6rem .9rem;margin:.8rem 0;break-inside:avoid;page-break-inside:avoid}h3{margin:.1rem 0;font-size:1.05rem}h4{margin:.5rem 0 .1rem;font-size:1rem}ul{margin:.1rem 0;padding-left:1.3rem}p{margin:.2rem 0}textarea{width:100%;min-height:5.5rem;font:inherit;box-sizing:border-box}label{font-weight:600}.basis{font-size:.85rem}@media print{body{font-size:9.5pt;padding:0}textarea{border:1px solid #000;min-height:24mm}}</style>
</head>
<body>
<main>
<h1>{{.Title}}</h1>
<p><b>{{.Unit}}</b> · {{.About}}</p>
<p>{{.Intro}}</p>
{{- if .Partial}}
<p><b>{{.Partial}}</b></p>{{end}}
<p>{{.Who}}</p>
{{- range .Areas}}
<h2>{{.Title}}</h2>
{{- range .Items}}
<article id="{{.Code}}">
<h3>{{.Code}} {{.Title}}</h3>
{{- if .Claim}}<p>{{.Claim}}</p>{{end}}
{{- if .Shown}}<h4>{{$.Shown}}</h4><ul>{{range .Shown}}<li>{{.}}</li>{{end}}</ul>{{end}}
<h4>{{$.See}}</h4><ul>{{range .See}}<li>{{.}}</li>{{end}}{{range .Ask}}<li>{{.}}</li>{{end}}</ul>
{{- if .Basis}}<p class="basis">{{.Basis}}</p>{{end}}
<label for="n-{{.Code}}">{{$.Notes}}</label><textarea id="n-{{.Code}}"></textarea>
</article>
{{- end}}
{{- else}}
<p>{{.None}}</p>
{{- end}}
</main>
</body>
</html>
`))

// writeAgendaHTML writes the agenda of the visit as a page to print or to fill in.
func writeAgendaHTML(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	return agendaPage.Execute(w, map[string]any{"Lang": v.lang, "Title": v.say.Label("agenda.title"), "Unit": v.unitName(),
		"About": joined(" · ", r.Pack.Title.In(v.lang), r.Predicate, strconv.Itoa(r.Period.Year)), "Intro": v.say.Label("agenda.intro", v.say.Date(r.Period.Today)),
		"Partial": v.partial(), "Who": v.say.Label("agenda.who"), "Areas": v.agenda(), "Shown": v.say.Label("agenda.col.shown"), "See": v.say.Label("agenda.col.see"), "Notes": v.say.Label("agenda.col.notes"), "None": v.say.Label("agenda.none")})
}

package check

import "dasheval/rules"

var pages = &Check{
	Name: "pages",
	Doc: Doc{
		Title: rules.Text{ID: `the printed page numbers have no gap`, EN: `the printed page numbers have no gap`},
	},
	Scope: Document,
	IDs:   []string{"page.missing"},
	Run: func(p *Pass) {
		if m := p.Document.PagesMissing; m != "" {
			p.report("page.missing", lastPlace(p.Document), map[string]string{"pages": m})
		}
	},
}

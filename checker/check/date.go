package check

import "dasheval/rules"

var date = &Check{
	Name: "date",
	Doc: Doc{
		Title: rules.Text{ID: `the document carries its date`, EN: `the document carries its date`},
	},
	Scope: Document,
	IDs:   []string{"date.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if _, ok := d.Facts["date"]; ok || d.Type.Date != "required" || d.Type.Anchor == "effective" {
			return
		}
		if blank, ok := d.Facts["date_blank"]; ok {
			p.report("date.missing", blank.At, map[string]string{"found": blank.Value})
			return
		}
		p.report("date.missing", lastPlace(d), nil)
	},
}

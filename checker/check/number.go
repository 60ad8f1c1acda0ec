package check

import "dasheval/rules"

var number = &Check{
	Name: "number",
	Doc: Doc{
		Title: rules.Text{ID: `a numbered form carries its number`, EN: `a numbered form carries its number`},
	},
	Scope: Document,
	IDs:   []string{"number.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if _, ok := d.Facts["number"]; ok {
			return
		}
		blank, isBlank := d.Facts["number_blank"]
		switch {
		case isBlank:
			p.report("number.missing", blank.At, map[string]string{"found": blank.Value})
		case d.Type.Number == "required":
			p.report("number.missing", top(d), nil)
		}
	},
}

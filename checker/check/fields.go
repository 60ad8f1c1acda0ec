package check

import "dasheval/rules"

var fields = &Check{
	Name: "fields",
	Doc: Doc{
		Title: rules.Text{ID: `the labelled values that the form demands are filled in`, EN: `the labelled values that the form demands are filled in`},
	},
	Scope: Document,
	IDs:   []string{"field.missing"},
	Run: func(p *Pass) {
		d := p.Document
		for _, f := range d.Type.Fields {
			if _, ok := d.Facts[f.ID]; ok || f.Need != "required" {
				continue
			}
			at := top(d)
			if blank, ok := d.Facts[f.ID+"_blank"]; ok {
				at = blank.At
			}
			p.report("field.missing", at, map[string]string{"field": f.Name.ID, "field_en": f.Name.EN})
		}
	},
}

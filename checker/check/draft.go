package check

import (
	"strconv"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var draft = &Check{
	Name: "draft",
	Doc: Doc{
		Title: rules.Text{ID: `the document is finished`, EN: `the document is finished`},
		About: rules.Text{ID: `No draft mark, no blank number or date, no placeholder of a template. Placeholders that an e-office system has laid the
value over are none.`, EN: `No draft mark, no blank number or date, no placeholder of a template. Placeholders that an e-office system has laid the
value over are none.`},
	},
	Scope: Document,
	IDs:   []string{"draft.unfinished", "template.unfilled"},
	Run: func(p *Pass) {
		d := p.Document
		var drafts, templates []facts.Mark
		strong := false
		for _, m := range d.Marks {
			if m.Kind == "draft" {
				drafts = append(drafts, m)
			} else {
				templates = append(templates, m)
				strong = strong || m.Sure
			}
		}
		if len(drafts) > 0 {
			p.report("draft.unfinished", drafts[0].At, map[string]string{"mark": drafts[0].At.Quote})
		}
		if len(templates) >= 3 || strong {
			p.report("template.unfilled", templates[0].At, map[string]string{"mark": templates[0].At.Quote, "count": strconv.Itoa(len(templates))})
		}
	},
}

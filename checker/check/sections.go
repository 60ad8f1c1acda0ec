package check

import "dasheval/rules"

var sections = &Check{
	Name: "sections",
	Doc: Doc{
		Title: rules.Text{ID: `the parts that the type demands are there`, EN: `the parts that the type demands are there`},
		About: rules.Text{ID: `Paired parts demand one another: recommendations want a follow-up, and a follow-up answers recommendations.`, EN: `Paired parts demand one another: recommendations want a follow-up, and a follow-up answers recommendations.`},
	},
	Scope: Document,
	IDs:   []string{"section.missing"},
	Run: func(p *Pass) {
		d := p.Document
		paired := false
		for _, s := range d.Type.Sections {
			_, ok := d.Sections[s.ID]
			paired = paired || ok && s.Need == "paired"
		}
		for _, s := range d.Type.Sections {
			if _, ok := d.Sections[s.ID]; ok || s.Need != "required" && !(s.Need == "paired" && paired) {
				continue
			}
			p.report("section.missing", top(d), map[string]string{"section": s.Name.ID, "section_en": s.Name.EN})
		}
	},
}

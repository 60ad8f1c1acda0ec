package check

import (
	"strings"

	"dasheval/rules"
)

var misleading = &Check{
	Name: "misleading",
	Doc: Doc{
		Title: rules.Text{ID: `the name of a file does not say that it is another kind of document`, EN: `the name of a file does not say that it is another kind of document`},
	},
	Scope: Pile,
	IDs:   []string{"name.misleading"},
	Run: func(p *Pass) {
		for _, d := range p.World.Pile {
			if d.Type == nil || d.Sure < 0.7 || d.Parts != nil {
				continue
			}
			t := nameType(p.World, p.World.Placed.Hints[d.Path].Name)
			if t == nil || t.Form == d.Type.Form || d.Is(t.ID) {
				continue
			}
			p.Report(Finding{ID: "name.misleading", Document: d, At: top(d), Params: map[string]string{
				"name_type": t.Name.ID, "name_type_en": t.Name.EN, "type": d.Type.Name.ID, "type_en": d.Type.Name.EN}})
		}
	},
}

// nameType returns the specific type that a file name begins with, or nil.
func nameType(w *World, name string) *rules.Type {
	name = strings.TrimLeft(name, "0123456789 ")
	var best *rules.Type
	for _, t := range w.Pack.Types {
		if t.Generic {
			continue
		}
		for _, p := range t.Title {
			if m := p.Find(name); m != nil && m[0] == 0 {
				if best != nil && best != t {
					return nil // the name fits several
				}
				best = t
			}
		}
	}
	return best
}

package check

import (
	"path"
	"slices"

	"dasheval/checker/match"
	"dasheval/rules"
)

var misfiled = &Check{
	Name: "misfiled",
	Doc: Doc{
		Title: rules.Text{ID: `a document stands in the folder of an item that it serves`, EN: `a document stands in the folder of an item that it serves`},
	},
	Scope: Pile,
	IDs:   []string{"place.misfiled"},
	Run: func(p *Pass) {
		for _, d := range p.World.Pile {
			placed := p.World.Placed.Placed[d.Path]
			if len(placed) == 0 || !placed[0].Strong {
				continue
			}
			h := p.World.Placed.Hints[d.Path]
			if h.Item == "" && h.Area == 0 {
				continue
			}
			if slices.ContainsFunc(placed, func(pl match.Placed) bool { return belongs(h, pl.Requirement.Item) }) {
				continue
			}
			p.Report(Finding{ID: "place.misfiled", Document: d, At: top(d), Params: map[string]string{
				"folder": path.Dir(d.Path), "criterion": placed[0].Requirement.Item.Code}})
		}
	},
}

// belongs reports whether a folder is a right one for documents of the item.
func belongs(h match.Hint, it *rules.Item) bool {
	if h.Item != "" {
		return h.Item == it.Code || it.Subarea != nil && h.Subarea == it.Subarea.Code
	}
	return it.Area == nil || it.Area.Number == h.Area
}

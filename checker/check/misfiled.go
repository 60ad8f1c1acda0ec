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
		Title: rules.Text{ID: `dokumen disimpan di folder butir yang dilayaninya`, EN: `a document stands in the folder of an item that it serves`},
		About: rules.Text{
			ID: `Folder dibaca dari kode butir (juga aliases), kode subarea, atau nama dan nomor area. Menjadi temuan bila dokumen jelas melayani butir lain dan tidak satu pun butir yang dilayaninya sesuai dengan folder itu; folder butir lain dalam subarea yang sama masih dianggap sesuai. Dokumennya tetap dinilai pada butir yang dilayaninya. Folder yang tidak menunjuk butir atau area mana pun, dan dokumen yang pemetaannya lemah, dilewati.`,
			EN: `Folders are read by the code of an item (also aliases), the code of a sub-area, or name and number of an area. It is a finding if a document clearly serves another item and none of those that it serves fits the folder; that of another item of the same sub-area will do. It still counts for the items that it serves. A folder that points to no item or area, and a document that fits its item but weakly, are passed over.`},
		Rule:   "- code: A.I.1.i.a\n  aliases: [PPA1A, '6']",
		Before: "A.I.5.i.b/SK Tim Pembangunan Zona Integritas.pdf",
		After:  "A.I.1.i.a/SK Tim Pembangunan Zona Integritas.pdf",
		Since:  "0.1",
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

package check

import (
	"time"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var superseded = &Check{
	Name: "superseded",
	Doc: Doc{
		Title: rules.Text{ID: `tidak ada keputusan lama tentang hal yang sama`, EN: `no older decree on the matter stands beside the new one`},
		About: rules.Text{
			ID: `Membandingkan keputusan (form: decree) yang terpetakan pada satu persyaratan. Yang lebih lama menjadi temuan bila ada yang bertanggal sedikitnya 30 hari sesudahnya dan kata-kata perihalnya hampir sama, tanpa menghitung tahun dan nama unit. Kalimat pencabutan di dalam keputusan tidak dibaca. Keputusan yang tanggalnya tidak terbaca dilewati.`,
			EN: `Compares the decrees (form: decree) given to one evidence line. The older one is a finding if another is dated at least 30 days later and the words of their subjects are nearly the same, years and the name of the unit aside. What a decree says about revoking another is not read. Decrees whose date was not read are passed over.`},
		Rule:   "- id: sk\n  form: decree\n  anchor: determined",
		Before: "SK Tim Zona Integritas 6 Januari 2025 dan SK Perubahan Tim Zona Integritas 14 Juli 2025 pada satu persyaratan",
		After:  "SK Perubahan Tim Zona Integritas 14 Juli 2025 saja",
		Since:  "0.1",
	},
	Scope: Requirement,
	IDs:   []string{"decree.superseded"},
	Run: func(p *Pass) {
		var decrees []*facts.Document
		matter := map[*facts.Document]map[string]bool{}
		for _, s := range p.Match.Documents {
			if d := s.Document; d.Form() == "decree" {
				decrees = append(decrees, d)
				matter[d] = about(p.World, d)
			}
		}
		for _, d := range decrees {
			for _, e := range decrees {
				if d.SHA256 == e.SHA256 {
					continue
				}
				day, newer := d.Date("date"), e.Date("date")
				if day.IsZero() || !newer.After(day) || newer.Sub(day) < 30*24*time.Hour || !sameMatter(matter[d], matter[e]) {
					continue
				}
				p.Report(Finding{ID: "decree.superseded", Document: d, Requirement: p.Requirement, At: d.Facts["date"].At,
					Params: map[string]string{"by": e.Path, "date": e.Facts["date"].Value}})
				break
			}
		}
	},
}

// sameMatter reports whether two subjects have most of their words in common,
// on either side.
func sameMatter(a, b map[string]bool) bool {
	return overlap(a, b) >= 0.8 && 10*min(len(a), len(b)) >= 7*max(len(a), len(b))
}

package check

import (
	"time"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var superseded = &Check{
	Name: "superseded",
	Doc: Doc{
		Title: rules.Text{ID: `no older decree on the same matter stands beside the current one`, EN: `no older decree on the same matter stands beside the current one`},
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

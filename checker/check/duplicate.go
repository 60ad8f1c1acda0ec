package check

import (
	"dasheval/checker/facts"
	"dasheval/rules"
)

var duplicate = &Check{
	Name: "duplicate",
	Doc: Doc{
		Title: rules.Text{ID: `no file is handed in twice under two names`, EN: `no file is handed in twice under two names`},
	},
	Scope: Pile,
	IDs:   []string{"content.duplicate"},
	Run: func(p *Pass) {
		for _, d := range p.World.Pile {
			if of, ok := p.World.Duplicates[d.Path]; ok {
				p.Report(Finding{ID: "content.duplicate", Document: d, At: top(d), Params: map[string]string{"of": of}})
			}
		}
		for _, u := range p.World.Unread {
			if of, ok := p.World.Duplicates[u.Path]; ok {
				p.Report(Finding{ID: "content.duplicate", Document: &facts.Document{Path: u.Path}, Params: map[string]string{"of": of}})
			}
		}
	},
}

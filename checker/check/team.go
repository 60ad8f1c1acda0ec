package check

import (
	"maps"
	"slices"
	"strings"

	"dasheval/checker/facts"
	"dasheval/checker/text"
	"dasheval/rules"
)

var team = &Check{
	Name: "team",
	Doc: Doc{
		Title: rules.Text{ID: `those whom the document appoints are members of the team that it draws on`, EN: `those whom the document appoints are members of the team that it draws on`},
		About: rules.Text{ID: `The evidence line names the decree that lists the team. If that decree could not be read, nothing is said.`, EN: `The evidence line names the decree that lists the team. If that decree could not be read, nothing is said.`},
	},
	Scope: Requirement,
	IDs:   []string{"team.not_member"},
	Run: func(p *Pass) {
		known := Team(p.World, p.Requirement)
		if len(known) == 0 {
			return
		}
		for _, s := range p.Match.Documents {
			var absent []string
			var at facts.Place
			for _, m := range s.Document.People {
				if known[p.World.Reader.BareName(m.Name)] == "" {
					if len(absent) == 0 {
						at = m.At
					}
					absent = append(absent, m.Name)
				}
			}
			if len(absent) > 0 {
				source := slices.Sorted(maps.Values(known))[0]
				p.Report(Finding{ID: "team.not_member", Document: s.Document, Requirement: p.Requirement, At: at,
					Params: map[string]string{"names": strings.Join(absent, "; "), "team": source}})
			}
		}
	},
}

// Team returns the bare names of the members that the decree of the line's
// MembersOf lists, each with the file that names it. It is empty if there is
// none that can be relied on.
func Team(w *World, q *rules.Requirement) map[string]string {
	known := map[string]string{}
	list := w.Placed.Matches[q.MembersOf]
	if list == nil {
		return known
	}
	for _, s := range list.Documents {
		if s.Document.Form() != "decree" || s.Document.Origin == text.Hidden {
			continue
		}
		for _, m := range s.Document.People {
			known[w.Reader.BareName(m.Name)] = s.Document.Path
		}
	}
	return known
}

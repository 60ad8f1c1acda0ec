package check

import (
	"strconv"
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var presence = &Check{
	Name: "presence",
	Doc: Doc{
		Title: rules.Text{ID: `the documents that the line needs are there, and as many as it needs`, EN: `the documents that the line needs are there, and as many as it needs`},
		About: rules.Text{ID: `A line that asks for something periodic counts the periods, not the files. Lines of a one_of group are examined together:
only an empty group is missing.`, EN: `A line that asks for something periodic counts the periods, not the files. Lines of a one_of group are examined together:
only an empty group is missing.`},
	},
	Scope: Requirement,
	IDs:   []string{"cadence.missing", "requirement.missing", "requirement.supporting_missing"},
	Run: func(p *Pass) {
		q := p.Requirement
		if p.World.Partial {
			return
		}
		docs := Distinct(p.World, p.Match.Documents)
		t := p.World.Pack.Type(q.Document)
		params := map[string]string{"shows": q.Shows.ID, "shows_en": q.Shows.EN, "type": t.Name.ID, "type_en": t.Name.EN,
			"unread": strconv.Itoa(len(p.Match.Unread))}
		switch {
		case len(docs) == 0 && q.Need == rules.Required:
			p.report("requirement.missing", facts.Place{}, params)
		case len(docs) == 0 && q.Need == rules.OneOf && p.emptyGroup():
			p.report("requirement.missing", facts.Place{}, params)
		case len(docs) == 0 && q.Need == rules.Supporting:
			p.report("requirement.supporting_missing", facts.Place{}, params)
		case len(docs) > 0 && q.Need != rules.Supporting && q.MinCount > 1:
			have := Count(p.World, q, docs)
			if len(have) < q.MinCount {
				params["have"], params["want"] = strings.Join(have, ", "), strconv.Itoa(q.MinCount)
				params["count"] = strconv.Itoa(len(have))
				p.report("cadence.missing", facts.Place{}, params)
			}
		}
	},
}

// emptyGroup reports whether no line of the item's one_of group has a
// document, and whether this is the first of them, which speaks for all.
func (p *Pass) emptyGroup() bool {
	first := true
	for _, q := range p.Requirement.Item.Evidence {
		if q.Need != rules.OneOf {
			continue
		}
		if len(p.World.Placed.Matches[q.ID].Documents) > 0 {
			return false
		}
		if q == p.Requirement && !first {
			return false
		}
		first = false
	}
	return true
}

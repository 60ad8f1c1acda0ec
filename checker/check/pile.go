package check

import (
	"maps"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/profile"
	"dasheval/checker/text"
	"dasheval/rules"
)

// Distinct returns the documents of the list without those that have the same
// bytes as another.
func Distinct(w *World, list []match.Scored) []*facts.Document {
	var out []*facts.Document
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s.Document.SHA256] {
			seen[s.Document.SHA256] = true
			out = append(out, s.Document)
		}
	}
	return out
}

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

// about returns the significant words of what a document is about: without
// words that say nothing, years, and the name of the unit.
func about(w *World, d *facts.Document) map[string]bool {
	out := map[string]bool{}
	src := d.Facts["event"].Value
	if src == "" {
		src = d.Subject
	}
	own := map[string]bool{}
	for _, x := range strings.Fields(text.Fold(w.Unit.Name)) {
		own[x] = true
	}
	for _, x := range strings.FieldsFunc(text.Fold(src), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if own[x] || w.stop(x) || len(x) == 4 && x[0] == '2' {
			continue
		}
		out[x] = true
	}
	return out
}

func (w *World) stop(x string) bool {
	return slices.Contains(w.Pack.Vocabulary.Words["stop"], x)
}

// sameMatter reports whether two subjects have most of their words in common,
// on either side.
func sameMatter(a, b map[string]bool) bool {
	return overlap(a, b) >= 0.8 && 10*min(len(a), len(b)) >= 7*max(len(a), len(b))
}

// overlap returns the share of the smaller set that is in the larger.
func overlap(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	n := 0
	for x := range a {
		if b[x] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// sameBody reports whether two places of a meeting agree, as far as their
// words tell.
func sameBody(a, b string) bool {
	return profile.Same(a, b) || strings.Contains(profile.Key(a), profile.Key(b)) || strings.Contains(profile.Key(b), profile.Key(a))
}

package match

import (
	"cmp"
	"slices"
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"
)

// Thresholds of the score from which on a document is taken for a line.
const (
	taken     = 0.55 // at least
	within    = 0.1  // of the best item's score, for a further item elsewhere
	sister    = 0.3  // of the best, for a further item of the same sub-area
	untimely  = 0.1  // taken from lines of another period
	maxItems  = 5
	elsewhere = 2 // of them outside of the best item's sub-area
	maxNearby = 3
	enough    = 64 // candidates, of which the nearest are kept
)

// An Unread is a file whose text could not be read.
type Unread struct {
	Path   string
	Reason string // see evidence.Reason
	Kind   string // by content
	// Likely is true, in a Match, if folder or name say that the file belongs
	// to the item; else nothing rules it out.
	Likely bool
}

// A Match is one evidence line with the documents given to it.
type Match struct {
	Requirement *rules.Requirement
	Documents   []Scored // best first
	Candidates  []Scored // the nearest that were not taken, best first
	Unread      []Unread // files that could be what the line asks for
}

// A Placed is one line that a document serves.
type Placed struct {
	Requirement *rules.Requirement
	Scored
}

// A Result is the placement of a whole pile.
type Result struct {
	Matches map[string]*Match   // by requirement id; every line has one
	Placed  map[string][]Placed // by document path, best first
	Nearest map[string][]Placed // by path of a document that serves nothing
	Hints   map[string]Hint     // by path of every document and unread file
}

// Assign gives the documents of the pile to the lines of the pack. The order
// of the pile does not matter. timely tells whether a document is of the period
// of a line: one that is not serves it only if it serves nothing better.
func Assign(pack *rules.Pack, pile []*facts.Document, unread []Unread, timely func(*facts.Document, *rules.Requirement) bool) *Result {
	folders := NewFolders(pack)
	res := &Result{Matches: map[string]*Match{}, Placed: map[string][]Placed{}, Nearest: map[string][]Placed{}, Hints: map[string]Hint{}}
	items := pack.Items()
	for _, it := range items {
		for _, q := range it.Evidence {
			res.Matches[q.ID] = &Match{Requirement: q}
		}
	}
	for _, d := range pile {
		hint := folders.Hint(d.Path)
		res.Hints[d.Path] = hint
		s := newSubject(pack, d, hint)
		placed, rest := s.place(items, timely)
		for _, p := range placed {
			m := res.Matches[p.Requirement.ID]
			m.Documents = append(m.Documents, p.Scored)
		}
		for _, p := range rest {
			m := res.Matches[p.Requirement.ID]
			if m.Candidates = append(m.Candidates, p.Scored); len(m.Candidates) > enough {
				order(m.Candidates)
				m.Candidates = m.Candidates[:maxNearby]
			}
		}
		if len(placed) > 0 {
			res.Placed[d.Path] = placed
		} else {
			res.Nearest[d.Path] = slices.Clone(rest[:min(len(rest), maxNearby)])
		}
	}
	for _, u := range unread {
		hint := folders.Hint(u.Path)
		res.Hints[u.Path] = hint
		told := speaks(pack, hint.Name)
		for _, it := range items {
			for _, q := range it.Evidence {
				may, likely := plausible(pack, q, hint, told)
				m := res.Matches[q.ID]
				// The kind of paper alone makes nobody look for another one where a
				// document was given already.
				if may && (likely || told.silent() || len(m.Documents) == 0) {
					u.Likely = likely
					m.Unread = append(m.Unread, u)
				}
			}
		}
	}
	for _, m := range res.Matches {
		order(m.Documents)
		order(m.Candidates)
		m.Candidates = slices.Clone(m.Candidates[:min(len(m.Candidates), maxNearby)])
	}
	return res
}

func order(list []Scored) {
	slices.SortStableFunc(list, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), strings.Compare(a.Document.Path, b.Document.Path))
	})
}

// place scores the document for every line and decides which it serves: the
// best item, and further ones only with good reason.
func (s *subjectOf) place(items []*rules.Item, timely func(*facts.Document, *rules.Requirement) bool) (placed, rest []Placed) {
	var best []Placed // the best line of each item
	for _, it := range items {
		var top *Placed
		for _, q := range it.Evidence {
			sc, ok := s.score(q)
			if ok && !timely(s.doc, q) {
				sc.Score -= untimely
			}
			if ok && (top == nil || sc.Score > top.Score) {
				top = &Placed{q, sc}
			}
		}
		if top != nil {
			best = append(best, *top)
		}
	}
	slices.SortStableFunc(best, func(a, b Placed) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), need(a)-need(b))
	})
	outside := 0
	for i, p := range best {
		keep := p.Score >= taken && len(placed) < maxItems
		if keep && i > 0 {
			first := best[0]
			same := p.Requirement.Item.Subarea != nil && p.Requirement.Item.Subarea == first.Requirement.Item.Subarea
			// Items directly below a part stand together, but no closer than a
			// whole area does: good reason is asked for, their number is not.
			beside := p.Requirement.Item.Subarea == nil && p.Requirement.Item.Part == first.Requirement.Item.Part
			switch {
			case same:
				keep = keep && p.Score >= first.Score-sister
			default:
				keep = keep && p.Strong && p.Score >= first.Score-within && (beside || outside < elsewhere) && p.Requirement.Need != rules.Supporting
			}
			keep = keep && timely(s.doc, p.Requirement)
			if keep && !same && !beside {
				outside++
			}
		}
		if keep {
			placed = append(placed, p)
		} else if p.Score > 0.3 {
			rest = append(rest, p)
		}
	}
	return placed, rest
}

// need orders lines by how much they matter.
func need(p Placed) int {
	switch p.Requirement.Need {
	case rules.Required:
		return 0
	case rules.OneOf:
		return 1
	}
	return 2
}

// plausible reports whether a file that could not be read may be what a line
// asks for, as far as its path tells, and whether the path says so. A path that
// tells nothing excludes nothing, and one that tells something only what is else.
func plausible(pack *rules.Pack, q *rules.Requirement, h Hint, told speech) (may, likely bool) {
	it := q.Item
	switch {
	case h.Item == it.Code:
		return true, true
	case h.Item != "" && h.Subarea == "", // of another item that stands alone
		h.Subarea != "" && (it.Subarea == nil || it.Subarea.Code != h.Subarea),
		h.Area > 0 && (it.Area == nil || it.Area.Number != h.Area),
		h.Area == 0 && h.Part != "" && it.Part.Code != h.Part:
		return false, false
	}
	topic := q.Topic
	if topic == nil {
		topic = it.Topic
	}
	if topic != nil && rules.MatchAny(topic.Strong, h.Name) && !rules.MatchAny(topic.Not, h.Name) {
		return true, true
	}
	if t := pack.Type(q.Document); t != nil && q.Identified == "type" && rules.MatchAny(t.Title, h.Name) {
		return true, true
	}
	if len(told.subareas) > 0 {
		return it.Subarea != nil && told.subareas[it.Subarea.Code], false
	}
	return len(told.types) == 0 || told.types[q.Document] || slices.ContainsFunc(q.Accepts, func(id string) bool { return told.types[id] }), false
}

// A speech is what the name of a file says: document types, and sub-areas with an
// item whose topic it names.
type speech struct{ types, subareas map[string]bool }

// silent reports whether the name says nothing.
func (s speech) silent() bool { return len(s.types)+len(s.subareas) == 0 }

// speaks reads the name of a file.
func speaks(pack *rules.Pack, name string) speech {
	out := speech{map[string]bool{}, map[string]bool{}}
	for _, t := range pack.Types {
		named := rules.MatchAny(t.Title, name)
		for _, a := range t.Aliases {
			named = named || strings.Contains(" "+name+" ", " "+strings.Join(tokens(a), " ")+" ")
		}
		if named {
			out.types[t.ID] = true
		}
	}
	for _, it := range pack.Items() {
		if it.Topic != nil && rules.MatchAny(it.Topic.Strong, name) {
			code := it.Code // an item of a result stands alone
			if it.Subarea != nil {
				code = it.Subarea.Code
			}
			out.subareas[code] = true
		}
	}
	return out
}

package cases

import (
	"slices"
	"strings"

	"dasheval/checker/check"
	"dasheval/checker/report"
	"dasheval/rules"
)

// A Gap is a check of a document type that the cases do not exercise on both
// sides.
type Gap struct {
	Type  string
	Check string // name of the check, with what it asks for if it has parameters
	Pos   rules.Pos
	Pass  bool // no case shows a document that the check is content with
	Fail  bool // no case wants a finding of the check
}

// A Coverage counts what cases exercise.
type Coverage struct {
	Uses int   // checks of all own types
	Gaps []Gap // of these, in the order of the pack
	// Items is the number of items, and Untold lists those of which no case
	// wants a verdict.
	Items  int
	Untold []string
}

// Cover returns what the outcomes exercise of the checks that the pack itself
// asks for. Packs that it extends have cases of their own.
func Cover(pack *rules.Pack, outcomes []*Outcome) Coverage {
	var out Coverage
	for _, t := range pack.Types {
		for _, u := range t.Checks {
			if !pack.Owns(u.Pos) {
				continue
			}
			out.Uses++
			use, err := check.Bind(pack, u)
			if err != nil {
				continue // the engine refused the pack already
			}
			g := Gap{Type: t.ID, Check: strings.TrimSuffix(u.Name+": "+use.What().ID, ": "), Pos: u.Pos, Pass: true, Fail: true}
			for _, o := range outcomes {
				for _, d := range o.Report.Documents {
					if is(d, t.ID) {
						found := o.finds(use, d)
						g.Pass = g.Pass && found
						g.Fail = g.Fail && !found
					}
				}
			}
			if g.Pass || g.Fail {
				out.Gaps = append(out.Gaps, g)
			}
		}
	}
	told := map[string]bool{}
	for _, o := range outcomes {
		for _, w := range o.Case.Want {
			if w.ID == "" {
				told[w.Where] = true
			}
		}
		for _, code := range o.Suite.Settings.Criteria {
			told[code] = true
		}
	}
	for _, it := range pack.Items() {
		if out.Items++; !told[it.Code] {
			out.Untold = append(out.Untold, it.Code)
		}
	}
	return out
}

// is reports whether a document, or a part of it, is of the type.
func is(d report.Document, id string) bool {
	return d.Type.ID == id || slices.ContainsFunc(d.Parts, func(p report.Part) bool { return p.Type == id })
}

// finds reports whether the use of a check found something in the document.
func (o *Outcome) finds(u check.Use, d report.Document) bool {
	what := u.What().ID
	return slices.ContainsFunc(o.Report.Findings, func(f report.Finding) bool {
		return f.Document == d.Path && slices.Contains(u.IDs, f.ID) && f.Params["what"] == what
	})
}

// Own returns the suites of a pack that begin with one of the names, all of them
// if there is none.
func Own(suites []*Suite, names []string) []*Suite {
	if len(names) == 0 {
		return suites
	}
	return slices.DeleteFunc(slices.Clone(suites), func(s *Suite) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(s.Path, n) })
	})
}

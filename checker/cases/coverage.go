package cases

import (
	"slices"
	"strings"

	"dasheval/checker/check"
	"dasheval/checker/report"
	"dasheval/rules"
)

// A Gap is a check that the cases do not exercise on both sides.
type Gap struct {
	Of    string // document type or evidence line that asks for it
	Check string // name of the check, with what it asks for if it has parameters
	Pos   rules.Pos
	Pass  bool // no case shows a document that the check is content with
	Fail  bool // no case shows a document in which it finds something
}

// A Coverage counts what cases exercise.
type Coverage struct {
	Uses int   // checks that the pack asks for
	Gaps []Gap // of these, in the order of the pack
	// Items is the number of items, and Untold lists those of which no case
	// wants a verdict.
	Items  int
	Untold []string
}

// Cover returns what the outcomes exercise of the checks that the pack itself
// asks for, in document types and in evidence lines. Packs that it extends have
// cases of their own.
func Cover(pack *rules.Pack, outcomes []*Outcome) Coverage {
	var out Coverage
	for _, t := range pack.Types {
		out.uses(pack, t.ID, t.Checks, outcomes, func(_ *report.Report, d report.Document) bool { return is(d, t.ID) })
	}
	for _, it := range pack.Items() {
		for _, q := range it.Evidence {
			out.uses(pack, q.ID, q.Checks, outcomes, func(r *report.Report, d report.Document) bool { return serves(r, q.ID, d.Path) })
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

// uses adds the checks of a document type or evidence line; examined tells the
// documents that they look at.
func (c *Coverage) uses(pack *rules.Pack, of string, checks []rules.CheckUse, outcomes []*Outcome, examined func(*report.Report, report.Document) bool) {
	for _, u := range checks {
		if !pack.Owns(u.Pos) {
			continue
		}
		c.Uses++
		use, err := check.Bind(pack, u)
		if err != nil {
			continue // the engine refused the pack already
		}
		g := Gap{Of: of, Check: strings.TrimSuffix(u.Name+": "+use.What().ID, ": "), Pos: u.Pos, Pass: true, Fail: true}
		for _, o := range outcomes {
			for _, d := range o.Report.Documents {
				if examined(o.Report, d) {
					found := o.finds(use, d)
					g.Pass = g.Pass && found
					g.Fail = g.Fail && !found
				}
			}
		}
		if g.Pass || g.Fail {
			c.Gaps = append(c.Gaps, g)
		}
	}
}

// serves reports whether a document was given to an evidence line.
func serves(r *report.Report, line, path string) bool {
	for _, c := range r.Criteria {
		for _, q := range c.Requirements {
			if q.ID == line {
				return slices.Contains(q.Documents, path)
			}
		}
	}
	return false
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

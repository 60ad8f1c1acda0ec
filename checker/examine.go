package checker

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"dasheval/checker/check"
	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/profile"
	"dasheval/checker/text"
	"dasheval/checker/verdict"
	"dasheval/checker/words"
	"dasheval/rules"
)

// world places the documents of the pile and gathers what checks ask about.
func (p *Engine) world(pile *pile, cfg Config) *check.World {
	facts.Agree(pile.docs)
	unit := profile.Infer(p.pack, pile.docs, cfg.Unit)
	timely := func(d *facts.Document, q *rules.Requirement) bool {
		rule := p.pack.Periods[q.Period]
		_, _, outside := check.Outside(d, rule, rule.Window(cfg.Year, cfg.Today), cfg.Year)
		return !outside
	}
	w := &check.World{
		Pack: p.pack, Reader: p.reader, Unit: unit, Year: cfg.Year, Today: cfg.Today,
		Pile: pile.docs, Unread: pile.unread,
		Placed:  match.Assign(p.pack, pile.docs, pile.unread, timely),
		Parents: map[string]bool{}, Duplicates: map[string]string{},
	}
	for _, d := range pile.docs {
		if !unit.Known(d.Facts["unit"].Value) || d.Facts["ministry"].Value != "" && !profile.Same(d.Facts["ministry"].Value, unit.Ministry) {
			continue
		}
		for _, o := range d.Letterhead {
			w.Parents[profile.Key(o.Name)] = true
		}
	}
	same := map[string][]string{}
	for _, f := range pile.files {
		if f.SHA256 != "" && f.Bytes > 0 && !f.File.Archive && f.File.Ignore == "" {
			same[f.SHA256] = append(same[f.SHA256], f.File.Path)
		}
	}
	for _, paths := range same {
		// The plainer name is the original.
		first := slices.MinFunc(paths, func(a, b string) int { return len(a) - len(b) })
		for _, path := range paths {
			if path != first {
				w.Duplicates[path] = first
			}
		}
	}
	return w
}

// A result is a finding with the severity that the policy of the pack gives
// it.
type result struct {
	check.Finding
	severity string
}

// examine runs all checks, until ctx ends. Findings come in the order of the
// instrument, then of the files.
func (p *Engine) examine(ctx context.Context, w *check.World) []result {
	var out []result
	seen := map[string]bool{}
	report := func(f check.Finding) {
		if f.Document != nil && check.Absence(f.ID) && len(f.Document.Unread) > 0 {
			return // it may stand on a page that was not read
		}
		key := f.ID
		if f.Document != nil {
			key += "\x00" + f.Document.Path
			if !oncePerFile(f.ID) {
				key += "\x00" + f.At.Quote + "\x00" + f.Params["section"] + f.Params["field"] + f.Params["what"]
			}
		}
		if f.Requirement != nil {
			key += "\x00" + f.Requirement.ID
		}
		if seen[key] {
			return
		}
		seen[key] = true
		severity := f.Severity
		if severity == "" {
			severity = p.pack.Severity[f.ID]
		}
		out = append(out, result{f, severity})
	}
	for _, d := range w.Pile {
		p.examineDocument(ctx, w, d, report)
	}
	for _, c := range check.All() {
		if c.Scope == check.Pile {
			c.Run(&check.Pass{World: w, Report: report})
		}
	}
	for _, it := range p.pack.Items() {
		for _, q := range it.Evidence {
			m := w.Placed.Matches[q.ID]
			pass := &check.Pass{Requirement: q, Match: m, World: w, Report: report, Window: p.pack.Periods[q.Period].Window(w.Year, w.Today)}
			for _, c := range check.All() {
				if c.Scope == check.Requirement {
					c.Run(pass)
				}
			}
		}
	}
	return out
}

// oncePerFile reports whether a finding is told once for a file, although
// every part of it may show it.
func oncePerFile(id string) bool {
	return strings.HasPrefix(id, "unit.") || strings.HasPrefix(id, "letterhead.") || strings.HasPrefix(id, "draft.")
}

// examineDocument runs a type's own checks on a document and its parts. What a
// scanner's text layer says is not relied on: it has one remark and no more.
func (p *Engine) examineDocument(ctx context.Context, w *check.World, d *facts.Document, report func(check.Finding)) {
	defer d.Hold()()
	if d.Origin == text.Hidden {
		report(check.Finding{ID: "text.hidden_layer", Document: d, At: d.Place(0, min(80, len(d.Clean())))})
		return
	}
	if len(d.Unread) > 0 {
		report(check.Finding{ID: "text.incomplete", Document: d, Params: map[string]string{"pages": words.Pages(d.Unread)}})
	}
	run := func(x *facts.Document) {
		if x.Type == nil {
			return
		}
		use := func(u check.Use, line *rules.Requirement) {
			if ctx.Err() != nil {
				return
			}
			u.Run(&check.Pass{Document: x, Params: u.Params, World: w, Report: func(f check.Finding) {
				f.Severity, f.Requirement = u.Severity, line
				report(f)
			}})
		}
		for _, u := range p.byType[x.Type.ID] {
			use(u, nil)
		}
		for _, pl := range w.Placed.Placed[d.Path] {
			for _, u := range p.byLine[pl.Requirement.ID] {
				use(u, pl.Requirement)
			}
		}
	}
	for _, part := range d.Parts {
		run(part)
	}
	run(d)
}

// judge gives the verdict on every item, without the findings of dropped.
func (p *Engine) judge(w *check.World, findings []result, dropped *decided) []verdict.Verdict {
	type fault struct {
		line string // "" for all
		at   int
	}
	faults, unknown := map[string][]fault{}, map[string][]fault{}
	for i, f := range findings {
		switch f.ID {
		case "signature.unknown", "signature.unjudged", "signature.doubtful":
			unknown[f.Document.Path] = append(unknown[f.Document.Path], fault{"", i})
		}
		if f.severity != "error" || f.Document == nil || strings.HasPrefix(f.ID, "file.") {
			continue
		}
		line := ""
		if f.Requirement != nil {
			line = f.Requirement.ID
		}
		faults[f.Document.Path] = append(faults[f.Document.Path], fault{line, i})
	}
	counts := func(list []fault, q *rules.Requirement) bool {
		return slices.ContainsFunc(list, func(f fault) bool {
			return (f.line == "" || f.line == q.ID) && (dropped == nil || !dropped.without(f.at, q.Item.Code))
		})
	}
	weak := func(d *facts.Document, q *rules.Requirement) bool {
		return slices.ContainsFunc(w.Placed.Matches[q.ID].Documents, func(s match.Scored) bool { return s.Document == d && s.Weak })
	}
	ev := verdict.Evidence{
		World:   w,
		Faulty:  func(d *facts.Document, q *rules.Requirement) bool { return counts(faults[d.Path], q) },
		Formula: func(it *rules.Item) *verdict.Formula { return p.formulas[it.Code] },
		Uncertain: func(d *facts.Document, q *rules.Requirement) bool {
			return d.Origin == text.Hidden || len(d.Unread) > 0 || counts(unknown[d.Path], q) || weak(d, q) || q.MembersOf != "" && len(check.Team(w, q)) == 0
		},
	}
	if dropped != nil {
		ev.Excused = func(q *rules.Requirement) bool { return dropped.lines[q.ID] }
	}
	var out []verdict.Verdict
	for _, it := range p.pack.Items() {
		out = append(out, verdict.Judge(it, ev))
	}
	return out
}

// sortFindings orders findings by criterion, file, page and id.
func sortFindings(pack *rules.Pack, list []result) {
	rank := map[string]int{}
	for i, it := range pack.Items() {
		rank[it.Code] = i + 1
	}
	slices.SortStableFunc(list, func(a, b result) int {
		var ia, ib int
		if a.Requirement != nil {
			ia = rank[a.Requirement.Item.Code]
		}
		if b.Requirement != nil {
			ib = rank[b.Requirement.Item.Code]
		}
		return cmp.Or(ia-ib, strings.Compare(pathOf(a), pathOf(b)), a.At.Page-b.At.Page, strings.Compare(a.ID, b.ID))
	})
}

func pathOf(f result) string {
	if f.Document == nil {
		return ""
	}
	return f.Document.Path
}

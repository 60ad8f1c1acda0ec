package checker

import (
	"maps"
	"slices"
	"strings"
	"time"

	"dasheval/checker/check"
	"dasheval/checker/decision"
	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/report"
	"dasheval/checker/verdict"
	"dasheval/rules"
)

// A decided is what people's decisions do to one run.
type decided struct {
	list []report.Decision
	// waives holds, by finding, the items for which a decision takes it out of the
	// reckoning; "" stands for all.
	waives [][]waiver
	// lines are the evidence lines that hold by decision, because the finding of
	// their absence is waived.
	lines map[string]bool
	// items holds the decisions on whole items, by code.
	items map[string][]int
	// replaced holds the decisions by item whose document has other bytes now.
	replaced map[string][]int
}

type waiver struct {
	item     string
	decision int
}

// decide finds out what each decision concerns. Those that have expired, or are
// bound to another unit or to other bytes, concern nothing.
func (p *Engine) decide(w *check.World, pile *pile, findings []result, cfg Config) *decided {
	out := &decided{waives: make([][]waiver, len(findings)), lines: map[string]bool{}, items: map[string][]int{}, replaced: map[string][]int{}}
	if len(cfg.Decisions) == 0 {
		return out
	}
	keys, digests := keysOf(findings), map[string]string{}
	for _, f := range pile.files {
		if f.File.Ignore == "" && !f.File.Archive {
			digests[f.File.Path] = f.SHA256
		}
	}
	for i, d := range cfg.Decisions {
		r := report.Decision{Kind: string(d.Kind), Place: d.Place, Item: d.Item, Finding: d.Finding, Unit: d.Unit, Document: d.Document, SHA256: d.SHA256,
			Level: d.Level, Reason: d.Reason, Approver: d.Approver, Letter: d.Letter, Expires: d.Expires, Zone: d.Zone, State: "unused"}
		item := p.item(d.Item)
		switch {
		case cfg.expired(d):
			r.State = "expired"
		case d.Item != "" && item == nil:
			r.Cause = "unknown_item"
		case d.Level != "" && (item == nil || !verdict.Answers(p.pack, item, d.Level)):
			r.Cause = "unknown_level"
		case d.Unit != "" && !w.Unit.Known(d.Unit):
			r.Cause = "other_unit"
		default:
			r.State, r.Cause = out.bind(i, d, digests, findings, keys, w)
		}
		out.list = append(out.list, r)
	}
	return out
}

// bind finds what the decision concerns, and returns its state and cause as far as
// they do not depend on a verdict.
func (out *decided) bind(i int, d decision.Decision, digests map[string]string, findings []result, keys []string, w *check.World) (state, cause string) {
	paths, replaced := bound(d, digests)
	switch {
	case replaced:
		for _, code := range concerned(d, findings, w) {
			out.replaced[code] = append(out.replaced[code], i)
		}
		return "replaced", ""
	case d.Bound() && len(paths) == 0:
		return "unused", "document_gone"
	}
	if d.Finding == "" {
		if d.Bound() && !slices.ContainsFunc(paths, func(p string) bool { return given(p, d.Item, w) }) {
			return "unused", "not_served"
		}
		out.items[d.Item] = append(out.items[d.Item], i)
		return "unused", ""
	}
	state, cause = "unused", "no_finding"
	for n, f := range findings {
		if f.ID != d.Finding && keys[n] != d.Finding || d.Bound() && !slices.Contains(paths, pathOf(f)) {
			continue
		}
		if d.Item != "" && !serves(f, d.Item, w) {
			continue
		}
		if strings.HasPrefix(f.ID, "file.") {
			cause = "unreadable" // nobody knows what does not count then
			continue
		}
		state, cause = "used", ""
		out.waives[n] = append(out.waives[n], waiver{d.Item, i})
		if f.Document == nil && f.Requirement != nil {
			out.lines[f.Requirement.ID] = true
		}
	}
	return state, cause
}

// bound returns the paths of the documents that a decision is bound to, and whether
// its document has other bytes now.
func bound(d decision.Decision, digests map[string]string) (paths []string, replaced bool) {
	if d.Document != "" {
		sum, there := digests[d.Document]
		if !there {
			return nil, false
		}
		return []string{d.Document}, d.SHA256 != "" && sum != d.SHA256
	}
	if d.SHA256 == "" {
		return nil, false
	}
	for _, p := range slices.Sorted(maps.Keys(digests)) {
		if digests[p] == d.SHA256 {
			paths = append(paths, p)
		}
	}
	return paths, false
}

// given reports whether a document was given to the item, or could not be read and
// may belong to it.
func given(path, code string, w *check.World) bool {
	if slices.Contains(itemsOf(path, w), code) {
		return true
	}
	for _, m := range w.Placed.Matches {
		if m.Requirement.Item.Code == code && slices.ContainsFunc(m.Unread, func(u match.Unread) bool { return u.Path == path }) {
			return true
		}
	}
	return false
}

// serves reports whether a finding is about the item, or about a document that
// was given to it.
func serves(f result, code string, w *check.World) bool {
	if f.Requirement != nil {
		return f.Requirement.Item.Code == code
	}
	return f.Document != nil && slices.Contains(itemsOf(f.Document.Path, w), code)
}

// itemsOf lists the items that a document was given to.
func itemsOf(path string, w *check.World) []string {
	var out []string
	for _, pl := range w.Placed.Placed[path] {
		out = append(out, pl.Requirement.Item.Code)
	}
	return out
}

// concerned lists the items that a decision on a document was about.
func concerned(d decision.Decision, findings []result, w *check.World) []string {
	if d.Item != "" {
		return []string{d.Item}
	}
	// Without an item it was about one finding: that one has to be there again.
	if !slices.ContainsFunc(findings, func(f result) bool { return f.ID == d.Finding && pathOf(f) == d.Document }) {
		return nil
	}
	return itemsOf(d.Document, w)
}

// item returns the item with the code, or nil.
func (p *Engine) item(code string) *rules.Item {
	for _, it := range p.pack.Items() {
		if it.Code == code {
			return it
		}
	}
	return nil
}

// expired reports whether the last day of a decision is over: on the day that the
// run was told to judge by, or else now, where the decision was taken.
func (c Config) expired(d decision.Decision) bool {
	if c.now.IsZero() {
		return d.ExpiredOn(c.Today.Format(time.DateOnly))
	}
	return d.Expired(c.now)
}

// without reports whether the finding does not count for the item.
func (out *decided) without(finding int, item string) bool {
	return slices.ContainsFunc(out.waives[finding], func(w waiver) bool { return w.item == "" || w.item == item })
}

// settle applies the decisions to the verdict on one item. plain is the verdict
// without any decision, v the one without the findings that are waived. It returns
// the verdict and the decision that it rests on, -1 if on none.
func (out *decided) settle(pack *rules.Pack, plain, v verdict.Verdict, findings []result) (verdict.Verdict, int) {
	code := v.Item.Code
	used := func(i int) { out.list[i].State, out.list[i].Cause = "used", "" }
	by := -1
	for _, weighing := range []bool{true, false} { // an error is what stood in the way
		for n := range out.waives {
			for _, x := range out.waives[n] {
				if by < 0 && (x.item == "" || x.item == code) && (findings[n].severity == "error") == weighing && concernsItem(findings[n], v) {
					by = x.decision
				}
			}
		}
	}
	switch {
	case by >= 0 && v.State == verdict.Met && plain.State != verdict.Met:
		v.State = verdict.Waived // it holds by what a person has decided
	case plain.State == v.State:
		by = -1
	}
	for _, i := range out.items[code] {
		d := &out.list[i]
		switch {
		case d.Kind == string(decision.Attestation) && (v.State == verdict.Review || v.State == verdict.NotEvaluated):
			used(i)
			v.State, by = verdict.Met, i
			v.Answer(pack, d.Level)
		case d.Kind == string(decision.Attestation) && by >= 0:
			d.Cause = "decided"
		case d.Kind == string(decision.Attestation):
			d.Cause = "judged"
		case v.State == verdict.Met || v.State == verdict.Waived || v.State == verdict.NotApplicable:
			d.Cause = "met"
		default:
			used(i)
			v.State, by = verdict.Waived, i
		}
	}
	switch r := out.replaced[code]; v.State {
	case verdict.Noncompliant, verdict.Partial, verdict.Missing:
		if len(r) > 0 && by < 0 {
			v.Reopen() // what was accepted is not what is there
			by = r[0]
		}
	}
	return v, by
}

// concernsItem reports whether a finding could weigh on the verdict.
func concernsItem(f result, v verdict.Verdict) bool {
	if f.Requirement != nil {
		return f.Requirement.Item == v.Item
	}
	for _, l := range v.Lines {
		for _, s := range l.Match.Documents {
			if f.Document != nil && s.Document.Path == f.Document.Path {
				return true
			}
		}
	}
	return false
}

// replacedID is the finding of a document that was accepted and has other bytes now.
const replacedID = "decision.replaced"

// replacedFindings tells of each document that was accepted and has other bytes
// now.
func (out *decided) replacedFindings(p *Engine) []result {
	var found []result
	severity := p.pack.Severity[replacedID]
	if severity == "" {
		severity = "warning" // of packs that say nothing about it
	}
	for _, it := range p.pack.Items() {
		for _, i := range out.replaced[it.Code] {
			d := out.list[i]
			params := map[string]string{"approver": d.Approver, "letter": d.Letter, "reason": d.Reason}
			if len(it.Evidence) > 0 {
				found = append(found, result{check.Finding{ID: replacedID, Requirement: it.Evidence[0], Document: &facts.Document{Path: d.Document}, Params: params}, severity})
			}
		}
	}
	return found
}

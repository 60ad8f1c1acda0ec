package report

import (
	"maps"
	"slices"
	"strings"
)

// areas writes the criteria by area, each area with what is wrong first.
func (t *text) areas() {
	if len(t.r.Criteria) == 0 {
		return
	}
	t.heading(t.say.Label("report.areas"))
	var codes []string
	byArea := map[string][]*Criterion{}
	for i := range t.r.Criteria {
		c := &t.r.Criteria[i]
		if byArea[c.Area] == nil {
			codes = append(codes, c.Area)
		}
		byArea[c.Area] = append(byArea[c.Area], c)
	}
	for _, code := range codes {
		t.area(code, byArea[code])
	}
}

func (t *text) area(code string, criteria []*Criterion) {
	title := code
	for _, d := range t.r.Score.Sections {
		if d.Code == code {
			title = joined(" ", code, d.Title.In(t.lang)) + " · " +
				t.say.Label("explain.points", t.points(d.Points.Low), t.points(d.Points.High), t.number(d.Weight))
		}
	}
	t.heading(title)
	compact := map[string][]string{}
	for _, verdict := range order {
		for _, c := range criteria {
			if c.Verdict != verdict {
				continue
			}
			if t.all || problem(verdict) || c.Decision != nil || t.places.of(c) > 0 {
				t.criterion(c)
			} else {
				compact[verdict] = append(compact[verdict], c.Code)
			}
		}
	}
	for _, verdict := range order {
		codes := compact[verdict]
		if len(codes) == 0 {
			continue
		}
		mark, color := verdictMark(verdict)
		list := strings.Join(codes, ", ")
		if verdict == "met" {
			t.line(2, color, mark, t.say.Label("report.met", list))
		} else {
			t.line(2, color, mark, t.say.Label("report.other", t.say.Label("verdict."+verdict), list))
		}
	}
}

// problem reports whether a verdict asks somebody to act.
func problem(verdict string) bool {
	return slices.Contains([]string{"missing", "noncompliant", "partial", "review"}, verdict)
}

func verdictMark(verdict string) (mark, color string) {
	switch verdict {
	case "met", "waived":
		return "✓", green
	case "missing", "noncompliant":
		return "✗", red
	case "partial":
		return "◐", yellow
	case "review":
		return "?", yellow
	}
	return "–", plain
}

// criterion writes one criterion with its lines and their findings.
func (t *text) criterion(c *Criterion) {
	mark, color := verdictMark(c.Verdict)
	t.line(2, color, mark, c.Code+"  "+c.Title.In(t.lang))
	t.line(4, plain, "", joined(" · ", t.say.Label("verdict."+c.Verdict), t.level(c.Level),
		t.say.Label("explain.points", t.points(c.Score.Low), t.points(c.Score.High), t.number(c.Weight))))
	if c.Decision != nil {
		t.line(4, plain, "", t.say.Label("decision.rests", t.decision(t.r.Decisions[*c.Decision])))
	}
	acted := t.shown
	for _, q := range c.byNeed() {
		found := t.places.line[lineKey(c.Code, q.ID)]
		if t.all || problem(c.Verdict) || len(found) > 0 {
			t.requirement(c, q)
		}
	}
	for _, i := range t.places.criterion[c.Code] {
		t.finding(4, i)
	}
	elsewhere := t.elsewhere(c)
	if len(c.Unread) > 0 {
		t.line(4, yellow, "?", t.say.Label("report.see.unread", strings.Join(c.Unread, ", ")))
		t.line(6, plain, "→", t.say.Label("report.action.unread"))
	}
	// A verdict that nothing above explains still tells what to do.
	if problem(c.Verdict) && acted == t.shown && !elsewhere && len(c.Unread) == 0 && !c.open() {
		t.line(4, plain, "→", t.action(c.Verdict))
	}
}

// open reports whether a line of the criterion asks somebody to act.
func (c *Criterion) open() bool {
	return slices.ContainsFunc(c.Requirements, func(q Requirement) bool { return problem(q.Verdict) })
}

// byNeed returns the lines of a criterion, needed ones first.
func (c *Criterion) byNeed() []*Requirement {
	var needed, supporting []*Requirement
	for i := range c.Requirements {
		if q := &c.Requirements[i]; q.Need == "supporting" {
			supporting = append(supporting, q)
		} else {
			needed = append(needed, q)
		}
	}
	return append(needed, supporting...)
}

// shownDocuments is how many documents of a line are named.
const shownDocuments = 3

// requirement writes one evidence line: what is asked, how it stands, the
// documents given to it, and the findings.
func (t *text) requirement(c *Criterion, q *Requirement) {
	mark, color := verdictMark(q.Verdict)
	state := t.say.Name("verdict", q.Verdict)
	if q.MinCount > 1 {
		state = joined(", ", state, t.say.Label("report.holding", q.Holding, q.MinCount))
	}
	t.line(4, color, mark, joined(" · ", t.say.Name("need", q.Need)+": "+t.asked(q), state))
	list := q.Documents
	if !t.all {
		list = list[:min(len(list), shownDocuments)]
	}
	for _, d := range list {
		t.line(6, plain, "-", d)
	}
	if more := len(q.Documents) - len(list); more > 0 {
		t.line(6, plain, "", t.say.Label("report.more", more))
	}
	found := t.places.line[lineKey(c.Code, q.ID)]
	for _, i := range found {
		t.finding(6, i)
	}
	switch {
	case len(found) > 0 || !problem(q.Verdict) || len(t.homes(c, q)) > 0:
	case len(q.Documents) == 0 && q.Verdict == "review" && len(c.Unread) > 0:
		t.line(6, plain, "→", t.say.Label("report.action.unread_line"))
	default:
		t.line(6, plain, "→", t.action(q.Verdict))
	}
}

// elsewhere points to findings that concern the criterion and are printed
// below another one. It reports whether there are any.
func (t *text) elsewhere(c *Criterion) bool {
	all := t.allHomes(c)
	for _, d := range slices.Sorted(maps.Keys(all)) {
		t.line(4, plain, "↑", t.say.Label("report.see", d, all[d]))
		t.line(6, plain, "→", t.say.Label("report.see.action", all[d]))
	}
	return len(all) > 0
}

package report

import "strings"

// explainItem writes what a criterion asks, how it stands line by line, and
// what would make it pass.
func (t *text) explainItem(c *Criterion) {
	t.WriteString(t.style(bold, t.say.Label("explain.criterion", c.Code)) + "\n")
	t.line(0, plain, "", c.Title.In(t.lang))
	t.blank()
	mark, color := verdictMark(c.Verdict)
	t.line(0, color, mark, joined(" · ", t.say.Label("verdict."+c.Verdict), t.level(c.Level),
		t.say.Label("explain.points", t.points(c.Score.Low), t.points(c.Score.High), t.number(c.Weight))))
	t.heading(t.say.Label("explain.asked"))
	for _, q := range c.byNeed() {
		t.explainLine(c, q)
	}
	for _, i := range t.places.criterion[c.Code] {
		t.finding(2, i)
	}
	t.explainPass(c)
}

func (t *text) explainLine(c *Criterion, q *Requirement) {
	mark, color := verdictMark(q.Verdict)
	t.line(2, color, mark, t.say.Name("need", q.Need)+": "+t.asked(q)+" · "+t.say.Name("verdict", q.Verdict))
	for _, f := range []struct{ name, value string }{
		{"explain.why", q.Reason.In(t.lang)},
		{"explain.period", t.say.Window(q.From, q.To)},
		{"explain.signer", q.Signer.In(t.lang)},
	} {
		if f.value != "" {
			t.field(4, column+2, t.say.Label(f.name), f.value)
		}
	}
	if q.MinCount > 1 {
		t.field(4, column+2, t.say.Label("explain.count"), t.say.Label("explain.count.value", q.MinCount, q.Holding))
	}
	taken := map[string]bool{}
	for _, path := range q.Documents {
		taken[path] = true
		t.field(4, column+2, t.say.Label("explain.taken"), path)
		for _, d := range t.r.Documents {
			if d.Path == path {
				t.matchReasons(8, d.Matches, q.ID)
			}
		}
		for i, f := range t.r.Findings {
			if f.Document == path && f.serves(c.Code, q.ID) {
				t.finding(8, i)
			}
		}
	}
	if len(q.Documents) == 0 {
		t.field(4, column+2, t.say.Label("explain.taken"), t.say.Label("explain.taken.none"))
	}
	for i, f := range t.r.Findings {
		if f.Criterion == c.Code && f.Requirement == q.ID && !taken[f.Document] {
			t.finding(4, i)
		}
	}
	if len(q.Candidates) > 0 {
		t.line(4, plain, t.say.Label("explain.near")+":", "")
	}
	for _, n := range q.Candidates {
		t.line(6, plain, "-", n.Document+" ("+t.say.Number(n.Score, 2)+")")
		t.reasons(8, n.Reasons)
	}
}

// serves reports whether the finding concerns the line of the criterion, as
// one of its own or of the document alone.
func (f Finding) serves(criterion, requirement string) bool {
	if f.Criterion == "" {
		return true
	}
	return f.Criterion == criterion && (f.Requirement == "" || f.Requirement == requirement)
}

func (t *text) matchReasons(indent int, matches []Match, requirement string) {
	for _, m := range matches {
		if m.Requirement == requirement {
			t.reasons(indent, m.Reasons)
			return
		}
	}
}

// reasons writes why a document was matched, with the words that show it.
func (t *text) reasons(indent int, reasons []Reason) {
	var parts []string
	for _, r := range reasons {
		s := t.say.Name("reason", r.ID)
		if r.Words != "" {
			s += " “" + clean(r.Words) + "”"
		}
		parts = append(parts, s)
	}
	if len(parts) > 0 {
		t.line(indent, plain, "", strings.Join(parts, "; "))
	}
}

// explainPass lists the actions that would make the criterion pass, each once.
func (t *text) explainPass(c *Criterion) {
	t.heading(t.say.Label("explain.pass"))
	if !problem(c.Verdict) {
		t.line(2, plain, "", t.say.Label("explain.pass.none"))
		return
	}
	said := map[string]bool{}
	say := func(action string) {
		if action != "" && !said[action] {
			said[action] = true
			t.line(2, plain, "→", action)
		}
	}
	docs := map[string]bool{}
	for _, q := range c.Requirements {
		for _, d := range q.Documents {
			docs[d] = true
		}
	}
	for _, severity := range []string{"error", "warning"} {
		for _, f := range t.r.Findings {
			mine := f.Criterion == c.Code || f.Criterion == "" && docs[f.Document]
			if mine && f.Severity == severity {
				_, fix := t.message(f)
				say(fix)
			}
		}
	}
	if len(c.Unread) > 0 {
		t.line(2, yellow, "?", t.say.Label("report.see.unread", strings.Join(c.Unread, ", ")))
		say(t.say.Label("report.action.unread"))
	}
	if len(said) == 0 {
		say(t.action(c.Verdict))
	}
}

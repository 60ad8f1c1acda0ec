package report

import (
	"fmt"
	"io"
	"strings"
)

// writeText writes the report for people: who was evaluated, how it stands, what
// to repair first, then every area with its findings.
func writeText(w io.Writer, r *Report, lang string, opt Options) error {
	t, err := newText(r, lang, opt)
	if err != nil {
		return err
	}
	t.header()
	t.summary()
	t.was()
	t.difference()
	t.decisions()
	t.first()
	t.areas()
	t.documents()
	t.unreadable()
	t.misfiled()
	t.unplaced()
	t.ignored()
	t.total()
	_, err = w.Write(t.Bytes())
	return err
}

// A text writes one report on one page.
type text struct {
	*page
	*voice
	all   bool
	shown int // findings printed so far
}

func newText(r *Report, lang string, opt Options) (*text, error) {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return nil, err
	}
	return &text{page: newPage(opt), voice: v, all: opt.All}, nil
}

// column is the width of the names in the tables.
const column = 14

func (t *text) header() {
	r, say := t.r, t.say
	t.WriteString(t.style(bold, clean(joined(" · ", say.Label("report.heading", r.Pack.Title.In(t.lang)), r.Predicate))) + "\n")
	if r.Partial {
		t.line(0, red, "!", say.Label("report.partial"))
	}
	t.blank()
	for _, f := range t.who() {
		t.field(0, column, f[0], f[1])
	}
	t.field(0, column, say.Label("report.pack"), joined(" ", r.Pack.ID, r.Pack.Version))
	if !r.Pack.InForce {
		t.line(0, red, "!", say.Label("report.pack.force", r.Period.Year))
	}
}

// order lists the verdicts as they are counted and shown, worst first.
var order = []string{"missing", "noncompliant", "partial", "review", "not_evaluated", "met", "waived", "not_applicable"}

func (t *text) summary() {
	r, say := t.r, t.say
	t.heading(say.Label("report.summary"))
	for _, f := range [][2]string{t.items(), t.files(), {say.Label("report.score"), t.score()}} {
		t.field(2, column, f[0], f[1])
	}
	t.field(2, column, "", say.Label("report.score.note"))
	if len(r.Gates) > 0 {
		t.line(2, plain, clean(say.Label("report.gates", r.Predicate)), "")
	}
	for _, g := range r.Gates {
		mark, color := "?", yellow
		switch g.State {
		case "passed":
			mark, color = "✓", green
		case "missed":
			mark, color = "✗", red
		}
		t.line(4, color, mark, say.Label("report.gate", g.Text.In(t.lang), say.Name("gate", g.State),
			t.number(g.Min), t.points(g.Points.Low), t.points(g.Points.High)))
	}
}

// difference tells what changed since the run that this one was compared with.
func (t *text) difference() {
	if t.r.Difference == nil {
		return
	}
	t.heading(t.say.Label("diff.since", t.r.Difference.Old.about(t.say)))
	if t.r.Difference.Empty() {
		t.line(2, green, "✓", t.say.Label("diff.none"))
	}
	t.differences(t.r.Difference, t.say)
}

// most is how many fixes are listed.
const most = 10

func (t *text) first() {
	if len(t.r.Fixes) == 0 {
		return
	}
	t.heading(t.say.Label("report.first"))
	for i, f := range t.r.Fixes[:min(most, len(t.r.Fixes))] {
		about := joined("; ", t.say.Name("verdict", f.Verdict), t.say.Label("report.first.points", t.points(f.Points)))
		if len(f.Gates) > 0 {
			names := make([]string, len(f.Gates))
			for j, id := range f.Gates {
				if names[j] = t.gates[id].In(t.lang); names[j] == "" {
					names[j] = id
				}
			}
			about = joined("; ", about, t.say.Label("report.first.gates", strings.Join(names, ", ")))
		}
		mark := fmt.Sprintf("%2d.", i+1)
		t.line(2, plain, mark, f.Criterion+"  "+f.Title.In(t.lang)+" · "+about)
		t.line(6, plain, "→", t.repair(f))
	}
	if more := len(t.r.Fixes) - most; more > 0 {
		t.line(2, plain, "   ", t.say.Label("report.first.more", more))
	}
}

// joined joins those of the parts that are not empty.
func joined(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

func prefixed(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

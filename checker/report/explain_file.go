package report

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// explainFile writes what was read from a file, what it serves and what was
// found in it.
func (t *text) explainFile(d *Document) {
	t.WriteString(t.style(bold, t.say.Label("explain.file", clean(d.Path))) + "\n")
	t.heading(t.say.Label("explain.read"))
	state := t.say.Name("readable", d.Readable)
	if d.Readable == "no" {
		reason, _ := t.unread(*d)
		state = joined(": ", state, reason)
	}
	t.field(2, column, t.say.Label("explain.read.state"), joined(" · ", state, t.say.Name("origin", d.TextOrigin), d.Kind))
	if d.Pages != nil {
		t.field(2, column, t.say.Label("explain.pages"), fmt.Sprint(*d.Pages))
	}
	for _, r := range d.Readings {
		if len(r.Doubts) > 0 {
			doubts := make([]string, len(r.Doubts))
			for i, id := range r.Doubts {
				doubts[i] = t.say.Name("doubt", id)
			}
			t.field(2, column, t.say.Label("explain.reading"), t.say.Label("explain.reading."+r.Engine, pageRun(r.Pages), strings.Join(doubts, ", ")))
		}
	}
	kind := t.say.Label("explain.type.none")
	if d.Type.ID != "" {
		kind = t.say.Label("explain.type.value", t.typeName(d.Type.ID), t.say.Number(d.Type.Confidence, 2))
	}
	t.field(2, column, t.say.Label("explain.type"), kind)
	if len(d.Type.Also) > 0 {
		also := make([]string, len(d.Type.Also))
		for i, id := range d.Type.Also {
			also[i] = t.typeName(id)
		}
		t.field(2, column, "", t.say.Label("explain.type.also")+": "+strings.Join(also, ", "))
	}
	t.explainFacts(d)
	t.explainSignatures(d)
	if len(d.Parts) > 0 {
		t.heading(t.say.Label("explain.parts"))
	}
	for _, p := range d.Parts {
		t.line(2, plain, "-", t.say.Label("explain.part", p.Pages[0], p.Pages[1], t.typeName(p.Type)))
	}
	t.explainServed(d)
	t.heading(t.say.Label("explain.findings"))
	none := true
	for i, f := range t.r.Findings {
		if f.Document == d.Path {
			t.finding(2, i)
			none = false
		}
	}
	if none {
		t.line(2, plain, "", t.say.Label("explain.findings.none"))
	}
}

// pageRun writes a run of pages, such as "3" or "5–9".
func pageRun(run [2]int) string {
	if run[0] == run[1] {
		return fmt.Sprint(run[0])
	}
	return fmt.Sprintf("%d–%d", run[0], run[1])
}

func (t *text) explainFacts(d *Document) {
	if len(d.Facts) == 0 {
		return
	}
	t.heading(t.say.Label("explain.facts"))
	for _, name := range slices.Sorted(maps.Keys(d.Facts)) {
		value := t.value(d.Facts[name])
		if value == "" {
			continue
		}
		if d.TextOrigin == "ocr" {
			value = "≈ " + value // recognised, not read
		}
		if read := d.FactsAt[name].Read; read != "" {
			value += " " + t.say.Label("explain.corrected", read)
		}
		t.field(2, column, t.say.Name("fact", name), value)
		if at, ok := d.FactsAt[name]; ok {
			t.place(2+column, at)
		}
	}
}

// place writes where a fact shows.
func (t *text) place(indent int, at At) {
	quote := ""
	if at.Quote != "" {
		quote = "“" + clean(at.Quote) + "”"
	}
	if s := joined(": ", t.where(at.Page, at.Paragraph), quote); s != "" {
		t.line(indent, plain, "", s)
	}
}

func (t *text) explainSignatures(d *Document) {
	if d.Signature.State == "" && len(d.Signature.Blocks) == 0 {
		return
	}
	t.heading(t.say.Label("explain.signatures"))
	t.line(2, plain, "", t.say.Name("signature", d.Signature.State))
	for _, m := range d.Marks {
		t.line(2, plain, "-", t.say.Label("explain.mark."+m.Kind, m.Page)+prefixed(": ", m.Payload))
	}
	for _, b := range d.Signature.Blocks {
		t.line(2, plain, "-", joined(": ",
			joined(", ", joined(" ", b.Acting, b.Title), b.Name, prefixed("NIP ", b.NIP)), t.say.Name("signature", b.State)))
		t.place(4, b.At)
	}
}

// explainServed lists the items that the file serves, or comes nearest to.
func (t *text) explainServed(d *Document) {
	t.heading(t.say.Label("explain.serves"))
	if len(d.Matches) > 0 {
		for _, m := range d.Matches {
			t.explainMatch(m)
		}
		return
	}
	t.line(2, plain, "", t.say.Label("explain.serves.none"))
	for _, u := range t.r.Unplaced {
		if u.Path == d.Path && len(u.Nearest) > 0 {
			t.heading(t.say.Label("explain.nearest"))
			for _, m := range u.Nearest {
				t.explainMatch(m)
			}
		}
	}
}

func (t *text) explainMatch(m Match) {
	title, verdict := "", ""
	for _, c := range t.r.Criteria {
		if c.Code == m.Criterion {
			title, verdict = c.Title.In(t.lang), t.say.Name("verdict", c.Verdict)
		}
	}
	about := joined(" · ", title, verdict)
	if q := t.r.requirement(m.Criterion, m.Requirement); q != nil {
		about = joined(" · ", about, t.asked(q))
	}
	t.line(2, plain, "-", joined(" ", m.Criterion, about, "("+t.say.Number(m.Score, 2)+")"))
	t.reasons(4, m.Reasons)
}

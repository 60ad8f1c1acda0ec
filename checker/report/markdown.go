package report

import (
	"fmt"
	"io"
	"strings"
)

// markdown writes text from outside so that Markdown shows it and nothing in it
// acts: no link, no picture, no HTML.
func markdown(s string) string {
	var b strings.Builder
	for _, r := range clean(s) {
		switch {
		case strings.ContainsRune("\\`*_{}[]()#|~!", r):
			b.WriteByte('\\')
		case strings.ContainsRune("<>&:", r): // no tag, and no address becomes a link of itself
			fmt.Fprintf(&b, "&#%d;", r)
			continue
		}
		b.WriteRune(r)
	}
	return b.String()
}

// writeMarkdown writes the report for wikis, tickets and chats that render it.
func writeMarkdown(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	m := &mdWriter{voice: v, all: opt.All}
	m.head()
	m.decided()
	m.first()
	m.items()
	m.files()
	_, err = io.WriteString(w, m.String())
	return err
}

type mdWriter struct {
	*voice
	strings.Builder
	all bool
}

func (m *mdWriter) line(format string, args ...any) { fmt.Fprintf(&m.Builder, format+"\n", args...) }

// row writes a row of a table.
func (m *mdWriter) row(cells ...string) { m.line("| %s |", strings.Join(cells, " | ")) }

func (m *mdWriter) head() {
	r, say := m.r, m.say
	m.line("# %s\n", markdown(joined(" · ", say.Label("report.heading", r.Pack.Title.In(m.lang)), r.Predicate)))
	if r.Partial {
		m.line("**%s**\n", markdown(say.Label("report.partial")))
	}
	for _, f := range m.heads() {
		m.line("- **%s:** %s", f[0], markdown(f[1]))
	}
	m.line("")
	if len(r.Gates) > 0 {
		m.row(markdown(say.Label("report.gates", r.Predicate)), "", say.Label("col.min"), say.Label("col.points"))
		m.row("---", "---", "---:", "---:")
	}
	for _, g := range r.Gates {
		m.row(markdown(g.Text.In(m.lang)), markdown(say.Name("gate", g.State)), m.number(g.Min), m.points(g.Points.Low)+" – "+m.points(g.Points.High))
	}
}

// decided tells what changed since an earlier run, and what people decided.
func (m *mdWriter) decided() {
	if d := m.r.Difference; d != nil {
		m.line("\n## %s", markdown(m.say.Label("diff.since", d.Old.about(m.say))))
		for _, s := range d.sections(m.say) {
			if len(s.Lines) > 0 {
				m.line("\n**%s**\n", m.say.Label("diff."+s.Name))
			}
			for _, l := range s.Lines {
				m.line("- %s", markdown(l))
			}
		}
	}
	if len(m.r.Decisions) > 0 {
		m.line("\n## %s\n", m.say.Label("report.decisions"))
	}
	for _, d := range m.r.Decisions {
		m.line("- **%s:** %s", markdown(m.became(d)), markdown(joined(" · ", d.Place, m.decision(d))))
	}
}

func (m *mdWriter) first() {
	if len(m.r.Fixes) == 0 {
		return
	}
	m.line("\n## %s\n", m.say.Label("report.first"))
	for i, f := range m.r.Fixes[:min(most, len(m.r.Fixes))] {
		m.line("%d. **%s** %s · %s: %s", i+1, markdown(f.Criterion), markdown(f.Title.In(m.lang)), m.say.Label("report.first.points", m.points(f.Points)), markdown(m.repair(f)))
	}
}

func (m *mdWriter) items() {
	m.line("\n## %s", m.say.Label("report.areas"))
	for i := range m.r.Criteria {
		c := &m.r.Criteria[i]
		if !m.all && !problem(c.Verdict) && c.Decision == nil && m.places.of(c) == 0 {
			continue
		}
		mark, _ := verdictMark(c.Verdict)
		m.line("\n### %s %s %s\n", mark, markdown(c.Code), markdown(c.Title.In(m.lang)))
		m.line("%s\n", joined(" · ", m.say.Label("verdict."+c.Verdict), markdown(m.level(c.Level)), m.say.Label("explain.points", m.points(c.Score.Low), m.points(c.Score.High), m.number(c.Weight)), markdown(c.Basis)))
		if c.Decision != nil {
			m.line("%s\n", markdown(m.say.Label("decision.rests", m.decision(m.r.Decisions[*c.Decision]))))
		}
		for _, q := range c.byNeed() {
			mark, _ := verdictMark(q.Verdict)
			m.line("- %s %s: %s · %s", mark, m.say.Name("need", q.Need), markdown(m.asked(q)), m.say.Name("verdict", q.Verdict))
			for _, d := range q.Documents[:min(shownDocuments, len(q.Documents))] {
				m.line("  - %s", markdown(d))
			}
			if more := len(q.Documents) - shownDocuments; more > 0 {
				m.line("  - %s", m.say.Label("report.more", more))
			}
			for _, i := range m.places.line[lineKey(c.Code, q.ID)] {
				m.finding("  ", i)
			}
		}
		for _, i := range m.places.criterion[c.Code] {
			m.finding("", i)
		}
		for _, u := range c.Unread {
			m.line("- ? %s", markdown(m.say.Label("report.see.unread", u)))
		}
	}
}

func (m *mdWriter) finding(indent string, i int) {
	f := m.r.Findings[i]
	message, fix := m.message(f)
	if f.Decision != nil {
		message += " [" + m.say.Label("decision.waived") + "]"
	}
	m.line("%s- **%s:** %s %s", indent, m.say.Name("severity", f.Severity), markdown(message), markdown(m.at(f)))
	if fix != "" {
		m.line("%s  → %s", indent, markdown(fix))
	}
}

func (m *mdWriter) files() {
	for _, p := range []struct {
		title string
		list  []int
	}{{"report.misfiled", m.places.misfiled}, {"report.documents", m.places.others()}} {
		if len(p.list) > 0 {
			m.line("\n## %s\n", m.say.Label(p.title))
		}
		for _, i := range p.list {
			m.finding("", i)
		}
	}
	headed := false
	for _, d := range m.r.Documents {
		if d.Readable != "no" {
			continue
		}
		if !headed {
			m.line("\n## %s\n", m.say.Label("report.unreadable"))
			headed = true
		}
		reason, remedy := m.unread(d)
		m.line("- %s: %s → %s", markdown(d.Path), markdown(reason), markdown(remedy))
	}
	if len(m.r.Unplaced) > 0 {
		m.line("\n## %s\n", m.say.Label("report.unplaced"))
	}
	for _, u := range m.r.Unplaced {
		m.line("- %s", markdown(u.Path))
	}
}

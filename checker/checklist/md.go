package checklist

import (
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"

	"dasheval/rules"
)

// writeMarkdown writes GitHub Markdown; documents to upload are a task list.
func writeMarkdown(w io.Writer, c *Checklist, lang string) error {
	m := &markdown{lang: lang}
	m.line("# %s", m.text(c.Title))
	m.line("**%s**", m.text(c.Pack))
	m.heading(2, m.text(c.Label("about")))
	m.facts("", c.About)
	m.heading(2, m.text(c.Label("words")))
	m.facts("", c.Words)
	if len(c.Common) > 0 {
		m.heading(2, m.text(c.Label("common")))
		for _, t := range c.Common {
			m.row("- %s", m.start(t))
		}
		m.row("")
	}
	for _, s := range c.Sections {
		m.heading(s.Depth+1, fmt.Sprintf("%s %s (%s)", markdownText(s.Code), m.text(s.Title), m.text(s.Weight)))
		for _, i := range s.Items {
			m.heading(s.Depth+2, markdownText(i.Code)+" "+m.text(i.Title))
			m.item(c, i)
		}
	}
	for _, p := range c.Gates {
		m.gates(c, p)
	}
	_, err := w.Write(bytes.TrimRight(m.out.Bytes(), "\n"))
	if err == nil {
		_, err = io.WriteString(w, "\n")
	}
	return err
}

// markdown collects lines.
type markdown struct {
	out  bytes.Buffer
	lang string
}

// line writes a paragraph, row a line of a list or table.
func (m *markdown) line(format string, args ...any) { m.row(format+"\n", args...) }

func (m *markdown) row(format string, args ...any) { fmt.Fprintf(&m.out, format+"\n", args...) }

func (m *markdown) heading(level int, text string) {
	m.line("%s %s", strings.Repeat("#", min(level, 6)), text)
}

func (m *markdown) text(t rules.Text) string { return markdownText(t.In(m.lang)) }

// start is text at the start of a line.
func (m *markdown) start(t rules.Text) string {
	return markdownStart.ReplaceAllString(m.text(t), `$1\$2`)
}

func (m *markdown) facts(indent string, facts []Fact) {
	for _, f := range facts {
		values := make([]string, len(f.Values))
		for i, v := range f.Values {
			values[i] = m.text(v)
		}
		m.row("%s- **%s:** %s", indent, m.text(f.Label), strings.Join(values, "; "))
	}
	if indent == "" && len(facts) > 0 {
		m.row("")
	}
}

func (m *markdown) item(c *Checklist, i *Item) {
	m.facts("", i.Facts)
	if len(i.Answers) > 0 {
		m.line("**%s** — %s:", m.text(c.Label("answer")), m.text(i.How))
		for _, a := range i.Answers {
			if a.Name == "" {
				m.row("- %s", m.start(a.Text))
				continue
			}
			m.row("- **%s**: %s (%s)", markdownText(a.Name), m.text(a.Text), m.text(a.Points))
		}
		m.row("")
	}
	if len(i.Lines) == 0 {
		return
	}
	m.line("**%s:**", m.text(c.Label("evidence")))
	for _, l := range i.Lines {
		m.row("- [ ] **%s** (%s)", m.text(l.Name), m.text(l.Label))
		m.facts("  ", l.Facts)
	}
	m.row("")
}

func (m *markdown) gates(c *Checklist, p *Predicate) {
	m.heading(2, m.text(p.Title))
	m.line("%s", m.text(c.Label("gates.note")))
	m.row("| %s | %s | %s | %s |", m.text(c.Label("gate.what")), m.text(c.Label("gate.scope")), m.text(c.Label("gate.min")), m.text(c.Label("gate.survey")))
	m.row("|---|---|--:|--:|")
	for _, g := range p.Gates {
		m.row("| %s | %s | %s | %s |", m.text(g.Text), markdownText(g.Scope), m.text(g.Min), m.text(g.Survey))
	}
	m.row("")
}

var (
	markdownMarks = regexp.MustCompile("[\\\\`*_{}\\[\\]<>|~#&$]")
	// markdownStart is what makes a list or heading of the start of a line.
	markdownStart = regexp.MustCompile(`^(\d*)([-+=.)])`)
)

// markdownText escapes every sign that Markdown or HTML in it would read.
func markdownText(s string) string {
	return markdownMarks.ReplaceAllString(s, `\$0`)
}

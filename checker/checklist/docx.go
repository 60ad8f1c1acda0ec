package checklist

import (
	"fmt"
	"io"

	"dasheval/checker/internal/wordml"
	"dasheval/rules"
)

// writeDOCX writes a Word document: the template, with a table for each item.
func writeDOCX(w io.Writer, c *Checklist, lang string) error {
	b := &wordML{lang: lang}
	b.English = lang == "en" // spelling
	b.checklist(c)
	return b.Save(w, nil, [][2]string{{"page", c.Label("page").In(lang)}, {"foot", c.Title.In(lang) + " – " + c.Pack.In(lang)}})
}

// wordML collects paragraphs and tables.
type wordML struct {
	wordml.Writer
	lang string
}

// Widths of columns, in twentieths of a point; together the width of the text.
var (
	factColumns = []int{2900, 6966}
	lineColumns = []int{900, 2700, 6266}
	gateColumns = []int{3900, 2366, 1700, 1900}
)

func (b *wordML) checklist(c *Checklist) {
	b.Paragraph("Title", b.run(c.Title, ""))
	b.Paragraph("Subtitle", b.run(c.Pack, ""))
	b.Heading(1, b.run(c.Label("about"), ""))
	b.factTable(c.About)
	b.Heading(1, b.run(c.Label("words"), ""))
	b.factTable(c.Words)
	if len(c.Common) > 0 {
		b.Heading(1, b.run(c.Label("common"), ""))
		for _, t := range c.Common {
			b.Paragraph("ListBullet", b.run(t, ""))
		}
	}
	for _, s := range c.Sections {
		props := ""
		if s.Depth == 1 {
			props = wordml.PageBreak
		}
		title := b.Run(s.Code+" ", "") + b.run(s.Title, "") + b.Run(" (", "Soft") + b.run(s.Weight, "Soft") + b.Run(")", "Soft")
		b.Block(fmt.Sprintf("Heading%d", s.Depth), props, title)
		for _, i := range s.Items {
			b.Heading(s.Depth+1, b.Run(i.Code+" ", "")+b.run(i.Title, ""))
			b.item(c, i)
		}
	}
	for n, p := range c.Gates {
		props := ""
		if n == 0 {
			props = wordml.PageBreak
		}
		b.Block("Heading1", props, b.run(p.Title, ""))
		b.gates(c, p)
	}
	b.Paragraph("Tight", "") // a table cannot be the end of a document
}

func (b *wordML) item(c *Checklist, i *Item) {
	facts := ""
	for n, f := range i.Facts {
		if n > 0 {
			facts += b.Run(" · ", "")
		}
		facts += b.run(f.Label, "Strong") + b.Run(": ", "Strong") + b.run(list(f.Values), "")
	}
	if facts != "" {
		b.Paragraph("Lead", facts)
	}
	if len(i.Answers) > 0 {
		b.Paragraph("Lead", b.run(c.Label("answer"), "Strong")+b.Run(": ", "")+b.run(i.How, ""))
	}
	for _, a := range i.Answers {
		if a.Name == "" {
			b.Paragraph("ListBullet", b.run(a.Text, ""))
			continue
		}
		b.Paragraph("ListBullet", b.Run(a.Name, "Strong")+b.Run(": ", "")+b.run(a.Text, "")+b.Run(" (", "Soft")+b.run(a.Points, "Soft")+b.Run(")", "Soft"))
	}
	if len(i.Lines) == 0 {
		return
	}
	b.Paragraph("Lead", b.run(c.Label("evidence"), "Strong"))
	b.table(lineColumns, c.Label("ready"), c.Label("document"), c.Label("asked"))
	for _, l := range i.Lines {
		b.Row(func() {
			b.Cell(lineColumns[0], func() { b.Paragraph("Tick", wordml.TickBox) })
			b.Cell(lineColumns[1], func() {
				b.Paragraph("Cell", b.run(l.Name, "Strong"))
				b.Paragraph("Cell", b.run(l.Label, "Soft"))
			})
			b.Cell(lineColumns[2], func() {
				for _, f := range l.Facts {
					b.fact(f)
				}
				if len(l.Facts) == 0 {
					b.Paragraph("Cell", "") // a cell holds a paragraph
				}
			})
		})
	}
	b.EndTable()
}

func (b *wordML) gates(c *Checklist, p *Predicate) {
	b.Paragraph("Lead", b.run(c.Label("gates.note"), ""))
	b.table(gateColumns, c.Label("gate.what"), c.Label("gate.scope"), c.Label("gate.min"), c.Label("gate.survey"))
	for _, g := range p.Gates {
		b.Row(func() {
			for n, t := range []rules.Text{g.Text, same(g.Scope), g.Min, g.Survey} {
				b.Cell(gateColumns[n], func() { b.Paragraph("Cell", b.run(t, "")) })
			}
		})
	}
	b.EndTable()
}

// fact writes a label with what there is to say, several things as a list.
func (b *wordML) fact(f Fact) {
	label := b.run(f.Label, "Strong") + b.Run(": ", "Strong")
	if len(f.Values) == 1 {
		b.Paragraph("Cell", label+b.run(f.Values[0], ""))
		return
	}
	b.Paragraph("Cell", label)
	for _, v := range f.Values {
		b.Paragraph("ListBullet", b.run(v, ""))
	}
}

func (b *wordML) factTable(facts []Fact) {
	if len(facts) == 0 {
		return
	}
	b.table(factColumns)
	for _, f := range facts {
		b.Row(func() {
			b.Cell(factColumns[0], func() { b.Paragraph("Cell", b.run(f.Label, "Strong")) })
			b.Cell(factColumns[1], func() {
				for _, v := range f.Values {
					b.Paragraph("Cell", b.run(v, ""))
				}
			})
		})
	}
	b.EndTable()
}

// run is text in a character style, "" meaning that of its paragraph.
func (b *wordML) run(t rules.Text, style string) string { return b.Run(t.In(b.lang), style) }

// table opens a table with heads.
func (b *wordML) table(columns []int, heads ...rules.Text) {
	names := make([]string, len(heads))
	for i, h := range heads {
		names[i] = h.In(b.lang)
	}
	b.Table(columns, names...)
}

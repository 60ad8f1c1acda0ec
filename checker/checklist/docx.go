package checklist

import (
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"dasheval/rules"

	template "github.com/nguyenthenguyen/docx"
)

// templateDOCX holds page, styles, list marks and footer. Its text is {{body}},
// a paragraph of its own, and {{foot}} and {{page}} in the footer.
//
//go:embed template.docx
var templateDOCX []byte

// bodyMark is the paragraph of the template that the checklist takes the place of.
const bodyMark = "<w:p><w:r><w:t>{{body}}</w:t></w:r></w:p>"

// writeDOCX writes a Word document: the template, with a table for each item.
func writeDOCX(w io.Writer, c *Checklist, lang string) error {
	read, err := template.ReadDocxFromMemory(bytes.NewReader(templateDOCX), int64(len(templateDOCX)))
	if err != nil {
		return fmt.Errorf("open template of the checklist: %w", err)
	}
	doc := read.Editable()
	b := &wordML{lang: lang}
	b.checklist(c)
	doc.ReplaceRaw(bodyMark, b.out.String(), 1)
	foot := plainXML(c.Title.In(lang) + " – " + c.Pack.In(lang))
	// What the pack says comes last, so that nothing in it is taken for a mark.
	for _, x := range [][2]string{{"{{page}}", plainXML(c.Label("page").In(lang))}, {"{{foot}}", foot}} {
		if err := doc.ReplaceFooter(x[0], x[1]); err != nil {
			return fmt.Errorf("write footer of the checklist: %w", err)
		}
	}
	// The library tells no error of its writer; a buffer gives none.
	var out bytes.Buffer
	if err := doc.Write(&out); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

// plainXML drops what XML cannot hold; the library escapes the rest.
func plainXML(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}

// wordML collects paragraphs and tables.
type wordML struct {
	out  strings.Builder
	lang string
}

// Widths of columns, in twentieths of a point; together the width of the text.
var (
	factColumns = []int{2900, 6966}
	lineColumns = []int{900, 2700, 6266}
	gateColumns = []int{3900, 2366, 1700, 1900}
)

const (
	rowStart  = "<w:tr><w:trPr><w:cantSplit/></w:trPr>" // a row stays on one page
	pageBreak = "<w:pageBreakBefore/>"                  // a paragraph begins one
)

func (b *wordML) checklist(c *Checklist) {
	b.paragraph("Title", b.run(c.Title, ""))
	b.paragraph("Subtitle", b.run(c.Pack, ""))
	b.heading(1, b.run(c.Label("about"), ""))
	b.factTable(c.About)
	b.heading(1, b.run(c.Label("words"), ""))
	b.factTable(c.Words)
	if len(c.Common) > 0 {
		b.heading(1, b.run(c.Label("common"), ""))
		for _, t := range c.Common {
			b.paragraph("ListBullet", b.run(t, ""))
		}
	}
	for _, s := range c.Sections {
		props := ""
		if s.Depth == 1 {
			props = pageBreak
		}
		title := b.plain(s.Code+" ", "") + b.run(s.Title, "") + b.plain(" (", "Soft") + b.run(s.Weight, "Soft") + b.plain(")", "Soft")
		b.block(fmt.Sprintf("Heading%d", s.Depth), props, title)
		for _, i := range s.Items {
			b.heading(s.Depth+1, b.plain(i.Code+" ", "")+b.run(i.Title, ""))
			b.item(c, i)
		}
	}
	for n, p := range c.Gates {
		props := ""
		if n == 0 {
			props = pageBreak
		}
		b.block("Heading1", props, b.run(p.Title, ""))
		b.gates(c, p)
	}
	b.paragraph("Tight", "") // a table cannot be the end of a document
}

func (b *wordML) item(c *Checklist, i *Item) {
	facts := ""
	for n, f := range i.Facts {
		if n > 0 {
			facts += b.plain(" · ", "")
		}
		facts += b.run(f.Label, "Strong") + b.plain(": ", "Strong") + b.run(list(f.Values), "")
	}
	if facts != "" {
		b.paragraph("Lead", facts)
	}
	if len(i.Answers) > 0 {
		b.paragraph("Lead", b.run(c.Label("answer"), "Strong")+b.plain(": ", "")+b.run(i.How, ""))
	}
	for _, a := range i.Answers {
		if a.Name == "" {
			b.paragraph("ListBullet", b.run(a.Text, ""))
			continue
		}
		b.paragraph("ListBullet", b.plain(a.Name, "Strong")+b.plain(": ", "")+b.run(a.Text, "")+b.plain(" (", "Soft")+b.run(a.Points, "Soft")+b.plain(")", "Soft"))
	}
	if len(i.Lines) == 0 {
		return
	}
	b.paragraph("Lead", b.run(c.Label("evidence"), "Strong"))
	b.table(lineColumns, c.Label("ready"), c.Label("document"), c.Label("asked"))
	for _, l := range i.Lines {
		b.out.WriteString(rowStart)
		b.cell(lineColumns[0], func() { b.paragraph("Tick", tickBox) })
		b.cell(lineColumns[1], func() {
			b.paragraph("Cell", b.run(l.Name, "Strong"))
			b.paragraph("Cell", b.run(l.Label, "Soft"))
		})
		b.cell(lineColumns[2], func() {
			for _, f := range l.Facts {
				b.fact(f)
			}
			if len(l.Facts) == 0 {
				b.paragraph("Cell", "") // a cell holds a paragraph
			}
		})
		b.out.WriteString("</w:tr>")
	}
	b.out.WriteString("</w:tbl>")
}

func (b *wordML) gates(c *Checklist, p *Predicate) {
	b.paragraph("Lead", b.run(c.Label("gates.note"), ""))
	b.table(gateColumns, c.Label("gate.what"), c.Label("gate.scope"), c.Label("gate.min"), c.Label("gate.survey"))
	for _, g := range p.Gates {
		b.out.WriteString(rowStart)
		for n, t := range []rules.Text{g.Text, same(g.Scope), g.Min, g.Survey} {
			b.cell(gateColumns[n], func() { b.paragraph("Cell", b.run(t, "")) })
		}
		b.out.WriteString("</w:tr>")
	}
	b.out.WriteString("</w:tbl>")
}

// fact writes a label with what there is to say, several things as a list.
func (b *wordML) fact(f Fact) {
	label := b.run(f.Label, "Strong") + b.plain(": ", "Strong")
	if len(f.Values) == 1 {
		b.paragraph("Cell", label+b.run(f.Values[0], ""))
		return
	}
	b.paragraph("Cell", label)
	for _, v := range f.Values {
		b.paragraph("ListBullet", b.run(v, ""))
	}
}

func (b *wordML) factTable(facts []Fact) {
	if len(facts) == 0 {
		return
	}
	b.table(factColumns)
	for _, f := range facts {
		b.out.WriteString(rowStart)
		b.cell(factColumns[0], func() { b.paragraph("Cell", b.run(f.Label, "Strong")) })
		b.cell(factColumns[1], func() {
			for _, v := range f.Values {
				b.paragraph("Cell", b.run(v, ""))
			}
		})
		b.out.WriteString("</w:tr>")
	}
	b.out.WriteString("</w:tbl>")
}

// table opens a table, with a row of heads that each page repeats if there are
// any.
func (b *wordML) table(columns []int, heads ...rules.Text) {
	total := 0
	for _, w := range columns {
		total += w
	}
	fmt.Fprintf(&b.out, `<w:tbl><w:tblPr><w:tblStyle w:val="Checklist"/><w:tblW w:w="%d" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>`, total)
	for _, w := range columns {
		fmt.Fprintf(&b.out, `<w:gridCol w:w="%d"/>`, w)
	}
	b.out.WriteString("</w:tblGrid>")
	if len(heads) == 0 {
		return
	}
	b.out.WriteString("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
	for n, h := range heads {
		b.cell(columns[n], func() { b.paragraph("Head", b.run(h, "")) })
	}
	b.out.WriteString("</w:tr>")
}

func (b *wordML) cell(width int, content func()) {
	fmt.Fprintf(&b.out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	content()
	b.out.WriteString("</w:tc>")
}

func (b *wordML) heading(level int, runs string) { b.paragraph(fmt.Sprintf("Heading%d", level), runs) }

func (b *wordML) paragraph(style, runs string) { b.block(style, "", runs) }

// block writes a paragraph with properties beside its style.
func (b *wordML) block(style, props, runs string) {
	fmt.Fprintf(&b.out, `<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, props, runs)
}

// run is text in a character style, "" meaning that of its paragraph.
func (b *wordML) run(t rules.Text, style string) string { return b.plain(t.In(b.lang), style) }

func (b *wordML) plain(s, style string) string {
	if s == "" {
		return ""
	}
	props := ""
	if style != "" {
		props = `<w:rStyle w:val="` + style + `"/>`
	}
	if b.lang == "en" { // the template is Indonesian, for the spelling
		props += `<w:lang w:val="en-GB"/>`
	}
	if props != "" {
		props = "<w:rPr>" + props + "</w:rPr>"
	}
	var text strings.Builder
	_ = xml.EscapeText(&text, []byte(s)) // a builder gives no error
	return "<w:r>" + props + `<w:t xml:space="preserve">` + text.String() + "</w:t></w:r>"
}

// tickBox is a box that a click ticks.
const tickBox = `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>` +
	`<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>`

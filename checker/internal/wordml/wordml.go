// Package wordml makes Word documents: it fills a template with paragraphs and
// tables and leaves its styles, page and footer as they are.
//
// The template is ours, or one that a user brings along, in which a paragraph says
// where the text goes. What is put in is escaped, and never taken for a mark of the
// template.
package wordml

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	template "github.com/nguyenthenguyen/docx"
)

// own holds page, styles, list marks and footer. Its text is {{body}}, a paragraph
// of its own, and {{foot}} and {{page}} in the footer.
//
//go:embed template.docx
var own []byte

// ErrTemplate says that a template is no Word document, or has no paragraph
// {{body}}.
var ErrTemplate = errors.New("no Word document with a paragraph {{body}}")

// bodyOf returns where the paragraph begins and ends that what was written takes
// the place of, or false if there is none.
func bodyOf(content string) (start, end int, ok bool) {
	at := strings.Index(content, "{{body}}")
	if at < 0 {
		return 0, 0, false
	}
	start = max(strings.LastIndex(content[:at], "<w:p>"), strings.LastIndex(content[:at], "<w:p "))
	rest := strings.Index(content[at:], "</w:p>")
	if start < 0 || rest < 0 || strings.Contains(content[start:at], "</w:p>") {
		return 0, 0, false
	}
	return start, at + rest + len("</w:p>"), true
}

// A Writer collects paragraphs and tables. The zero Writer is ready to use.
type Writer struct {
	out     strings.Builder
	English bool // the template is Indonesian, for the spelling
}

// PageBreak is a property of a paragraph that begins a page.
const PageBreak = "<w:pageBreakBefore/>"

// Save writes the document: our template, or that of the user if it is not nil.
// The marks, such as "unit" for {{unit}}, are put into text and footer; "page" and
// "foot" are those of our own footer.
func (b *Writer) Save(w io.Writer, custom []byte, marks [][2]string) error {
	source := custom
	if source == nil {
		source = own
	}
	if err := small(source); err != nil {
		return err
	}
	read, err := template.ReadDocxFromMemory(bytes.NewReader(source), int64(len(source)))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrTemplate, err)
	}
	doc := read.Editable()
	start, end, ok := bodyOf(doc.GetContent())
	if !ok {
		return ErrTemplate
	}
	before, after := doc.GetContent()[:start], doc.GetContent()[end:]
	// Marks are replaced around the text and all at once, so that nothing that is put
	// in is taken for one.
	var all []string
	for _, m := range marks {
		all = append(all, "{{"+m[0]+"}}", escape(plain(m[1])))
	}
	replacer := strings.NewReplacer(all...)
	before, after = replacer.Replace(before), replacer.Replace(after)
	for _, m := range marks {
		if err := doc.ReplaceFooter("{{"+m[0]+"}}", plain(m[1])); err != nil {
			return fmt.Errorf("write the footer: %w", err)
		}
		if err := doc.ReplaceHeader("{{"+m[0]+"}}", plain(m[1])); err != nil {
			return fmt.Errorf("write the header: %w", err)
		}
	}
	doc.SetContent(before + b.out.String() + after)
	// The library tells no error of its writer; a buffer gives none.
	var out bytes.Buffer
	if err := doc.Write(&out); err != nil {
		return err
	}
	_, err = out.WriteTo(w)
	return err
}

// small refuses a template that unpacks to more than a letter needs.
func small(doc []byte) error {
	z, err := zip.NewReader(bytes.NewReader(doc), int64(len(doc)))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrTemplate, err)
	}
	const most = 64 << 20
	sum := uint64(0)
	for _, f := range z.File {
		if sum += f.UncompressedSize64; sum > most {
			return fmt.Errorf("%w: more than %d MB", ErrTemplate, most>>20)
		}
	}
	return nil
}

// plain drops what XML cannot hold.
func plain(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xFFFE || r == 0xFFFF {
			return -1
		}
		return r
	}, s)
}

func escape(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s)) // a builder gives no error
	return b.String()
}

// Table opens a table, with a row of heads that each page repeats if there are
// any; EndTable closes it.
func (b *Writer) Table(columns []int, heads ...string) {
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
		b.Cell(columns[n], func() { b.Paragraph("Head", b.Run(h, "")) })
	}
	b.out.WriteString("</w:tr>")
}

// EndTable closes a table.
func (b *Writer) EndTable() { b.out.WriteString("</w:tbl>") }

// Row writes a row that stays on one page; cells writes its cells.
func (b *Writer) Row(cells func()) {
	b.out.WriteString("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
	cells()
	b.out.WriteString("</w:tr>")
}

// Cell writes a cell, which has to hold a paragraph.
func (b *Writer) Cell(width int, content func()) {
	fmt.Fprintf(&b.out, `<w:tc><w:tcPr><w:tcW w:w="%d" w:type="dxa"/></w:tcPr>`, width)
	content()
	b.out.WriteString("</w:tc>")
}

// Heading writes a heading of a level from 1.
func (b *Writer) Heading(level int, runs string) { b.Paragraph(fmt.Sprintf("Heading%d", level), runs) }

// Paragraph writes a paragraph in a style of the template.
func (b *Writer) Paragraph(style, runs string) { b.Block(style, "", runs) }

// Block writes a paragraph with properties beside its style.
func (b *Writer) Block(style, props, runs string) {
	fmt.Fprintf(&b.out, `<w:p><w:pPr><w:pStyle w:val="%s"/>%s</w:pPr>%s</w:p>`, style, props, runs)
}

// Run is text in a character style, "" meaning that of its paragraph.
func (b *Writer) Run(s, style string) string {
	if s == "" {
		return ""
	}
	props := ""
	if style != "" {
		props = `<w:rStyle w:val="` + style + `"/>`
	}
	if b.English {
		props += `<w:lang w:val="en-GB"/>`
	}
	if props != "" {
		props = "<w:rPr>" + props + "</w:rPr>"
	}
	return "<w:r>" + props + `<w:t xml:space="preserve">` + escape(s) + "</w:t></w:r>"
}

// TickBox is a box that a click ticks.
const TickBox = `<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="0"/><w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>` +
	`<w:sdtContent><w:r><w:rPr><w:rFonts w:ascii="MS Gothic" w:eastAsia="MS Gothic" w:hAnsi="MS Gothic" w:hint="eastAsia"/></w:rPr><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>`

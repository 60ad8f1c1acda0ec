package testpile

import (
	"encoding/xml"
	"strings"

	"dasheval/checker/internal/testdocx"
)

// run begins a run of text as an editor writes it.
const run = `<w:r><w:rPr><w:rFonts w:ascii="Bookman Old Style"/><w:sz w:val="22"/></w:rPr>`

// writeDOCX returns a Word file with a paragraph for each line and a row of a
// table for each line of three cells or more.
func writeDOCX(markup string) []byte {
	var b strings.Builder
	table := false
	for line := range strings.Lines(markup) {
		line = strings.TrimRight(line, "\n")
		cells := strings.Split(line, "\t")
		if row := len(cells) > 2 && cells[0] != ""; row != table {
			b.WriteString(map[bool]string{true: "<w:tbl>", false: "</w:tbl>"}[row])
			table = row
		}
		switch {
		case line == "==== page":
			b.WriteString(`<w:p><w:r><w:br w:type="page"/></w:r></w:p>`)
		case table:
			b.WriteString("<w:tr>")
			for _, c := range cells {
				b.WriteString("<w:tc>" + paragraph(c) + "</w:tc>")
			}
			b.WriteString("</w:tr>")
		default:
			b.WriteString(paragraph(line))
		}
	}
	if table {
		b.WriteString("</w:tbl>")
	}
	return testdocx.Archive(b.String())
}

// paragraph breaks a line into runs of three words, as an editor leaves them.
func paragraph(line string) string {
	if strings.Contains(line, "@image") {
		line = ""
	}
	var b strings.Builder
	b.WriteString("<w:p>")
	for i, cell := range strings.Split(line, "\t") {
		if i > 0 {
			b.WriteString("<w:r><w:tab/></w:r>")
		}
		words := strings.SplitAfter(cell, " ")
		for len(words) > 0 {
			n := min(3, len(words))
			b.WriteString(run + `<w:t xml:space="preserve">`)
			_ = xml.EscapeText(&b, []byte(strings.Join(words[:n], ""))) // a builder takes everything
			b.WriteString("</w:t></w:r>")
			words = words[n:]
		}
	}
	return b.String() + "</w:p>"
}

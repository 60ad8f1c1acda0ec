package testpile

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"strings"
)

const (
	contentTypes = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
	packageRels  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`
	bodyStart    = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`
	run          = `<w:r><w:rPr><w:rFonts w:ascii="Bookman Old Style"/><w:sz w:val="22"/></w:rPr>`
)

// writeDOCX returns a Word file with a paragraph for each line and a row of a
// table for each line of three cells or more.
func writeDOCX(markup string) []byte {
	var b strings.Builder
	b.WriteString(bodyStart)
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
	b.WriteString("</w:body></w:document>")

	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{{"[Content_Types].xml", contentTypes}, {"_rels/.rels", packageRels}, {"word/document.xml", b.String()}} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			panic(err) // a buffer takes everything
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return out.Bytes()
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

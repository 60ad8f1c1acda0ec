// Package testdocx writes small Word documents from the markup of package
// testpdf, for tests and for the cases of rule packs.
package testdocx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"strings"
)

// Names of the format, ECMA-376.
const (
	relations = "http://schemas.openxmlformats.org/package/2006/relationships"
	office    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	word      = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	drawing   = "http://schemas.openxmlformats.org/drawingml/2006/"

	picture = `<w:r><w:drawing><p:inline><p:extent cx="1143000" cy="457200"/><a:blip/></p:inline></w:drawing></w:r>`
	stops   = `<w:pPr><w:tabs><w:tab w:val="left" w:pos="1280"/><w:tab w:val="left" w:pos="4280"/><w:tab w:val="left" w:pos="7280"/></w:tabs></w:pPr>`
)

// Write returns a Word document with a paragraph for each line of the markup of
// [dasheval/checker/internal/testpdf.Layout]. Columns are tabs at the stops of
// the PDF, a picture stands in the line of its text, and what stands at the foot
// of a page is a paragraph there.
func Write(markup string) []byte {
	var body bytes.Buffer
	for line := range strings.Lines(markup) {
		body.WriteString(`<w:p>` + stops)
		line = strings.TrimPrefix(line, "@foot ")
		if line == "==== page\n" {
			line = ""
			body.WriteString(`<w:r><w:br w:type="page"/></w:r>`)
		}
		for i, cell := range strings.Split(strings.TrimSuffix(line, "\n"), "\t") {
			if i > 0 {
				body.WriteString(`<w:r><w:tab/></w:r>`)
			}
			if cell == "@image" {
				body.WriteString(picture)
				continue
			}
			body.WriteString(`<w:r><w:t xml:space="preserve">`)
			_ = xml.EscapeText(&body, []byte(cell)) // a buffer takes everything
			body.WriteString(`</w:t></w:r>`)
		}
		body.WriteString(`</w:p>`)
	}
	return Archive(body.String())
}

// Archive returns the Word document whose body is the WordprocessingML given.
func Archive(body string) []byte {
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, f := range []struct{ name, content string }{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + relations + `"><Relationship Id="d" Type="` + office + `/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", `<w:document xmlns:w="` + word + `" xmlns:p="` + drawing + `wordprocessingDrawing" xmlns:a="` + drawing + `main"><w:body>` + body + `</w:body></w:document>`},
	} {
		w, err := z.Create(f.name)
		if err == nil {
			_, err = w.Write([]byte(f.content))
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

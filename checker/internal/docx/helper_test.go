package docx_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/docx"
	"dasheval/checker/text"
)

const (
	ns = `xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"` +
		` xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"` +
		` xmlns:v="urn:schemas-microsoft-com:vml"` +
		` xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"`
	relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
)

// parts are the files of a DOCX by name.
type parts map[string]string

// body returns the parts of a document with the given content and, beside it,
// more parts, which are related to the main one as their names say.
func body(content string, more parts) parts {
	out := parts{
		"_rels/.rels":       `<Relationships>` + rel("d1", "officeDocument", "word/document.xml") + `</Relationships>`,
		"word/document.xml": part("document", `<w:body>`+content+`</w:body>`),
	}
	maps.Copy(out, more)
	var rels strings.Builder
	for _, name := range slices.Sorted(maps.Keys(more)) {
		file, ok := strings.CutPrefix(name, "word/")
		if !ok {
			continue
		}
		kind := strings.TrimRight(strings.TrimSuffix(file, ".xml"), "0123456789")
		if strings.HasPrefix(file, "chunk") {
			kind = "aFChunk"
		}
		rels.WriteString(rel(file, kind, file))
	}
	if _, ok := out["word/_rels/document.xml.rels"]; !ok {
		out["word/_rels/document.xml.rels"] = `<Relationships>` + rels.String() + `</Relationships>`
	}
	return out
}

func rel(id, kind, target string) string {
	return `<Relationship Id="` + id + `" Type="` + relType + kind + `" Target="` + target + `"/>`
}

func part(root, content string) string {
	return `<?xml version="1.0" encoding="UTF-8"?><w:` + root + ` ` + ns + `>` + content + `</w:` + root + `>`
}

// p returns a paragraph of one run; props go into its w:pPr.
func p(s string, props ...string) string {
	return `<w:p><w:pPr>` + strings.Join(props, "") + `</w:pPr>` + r(s) + `</w:p>`
}

func r(s string) string { return `<w:r><w:t xml:space="preserve">` + s + `</w:t></w:r>` }

// tbl returns a table with a grid of the given widths; cells hold blocks.
func tbl(widths []string, rows ...[]string) string {
	var b strings.Builder
	b.WriteString(`<w:tbl><w:tblPr/><w:tblGrid>`)
	for _, w := range widths {
		b.WriteString(`<w:gridCol w:w="` + w + `"/>`)
	}
	b.WriteString(`</w:tblGrid>`)
	for _, row := range rows {
		b.WriteString(`<w:tr>`)
		for _, cell := range row {
			b.WriteString(`<w:tc>` + cell + `</w:tc>`)
		}
		b.WriteString(`</w:tr>`)
	}
	return b.String() + `</w:tbl>`
}

func pack(t testing.TB, files parts) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(files)) {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(files[name]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return buf.Bytes()
}

func read(t testing.TB, files parts) *text.Document {
	t.Helper()
	b := pack(t, files)
	doc, err := docx.Read(bytes.NewReader(b), int64(len(b)), docx.Limits{})
	require.NoError(t, err)
	return doc
}

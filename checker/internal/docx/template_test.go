package docx_test

import (
	"bytes"
	"testing"

	template "github.com/nguyenthenguyen/docx"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/docx"
)

// TestTemplate reads what a template filler wrote.
func TestTemplate(t *testing.T) {
	in := pack(t, body(p("NOMOR {nomor}", `<w:jc w:val="center"/>`)+tbl([]string{"1", "1"}, []string{p("Nama"), p("{nama}")}), parts{
		"word/header1.xml": part("hdr", p("{instansi}")),
	}))
	tmpl, err := template.ReadDocxFromMemory(bytes.NewReader(in), int64(len(in)))
	require.NoError(t, err)
	edit := tmpl.Editable()
	require.NoError(t, edit.Replace("{nomor}", "12/SK/2025", -1))
	require.NoError(t, edit.Replace("{nama}", "Siti & Budi <ZI>", -1))
	require.NoError(t, edit.ReplaceHeader("{instansi}", "BALAI MUTU"))
	var out bytes.Buffer
	require.NoError(t, edit.Write(&out))

	doc, err := docx.Read(bytes.NewReader(out.Bytes()), int64(out.Len()), docx.Limits{})
	require.NoError(t, err)
	assert.Equal(t, "BALAI MUTU\nNOMOR 12/SK/2025\nNama\tSiti & Budi <ZI>\n", doc.Plain())
}

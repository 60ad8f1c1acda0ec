package docx_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/docx"
)

// TestHostile has files that must end in an error, and soon.
func TestHostile(t *testing.T) {
	whole := pack(t, body(p("a"), nil))
	many := body("", nil)
	for i := range 200 {
		many[fmt.Sprintf("x/%d", i)] = ""
	}
	locked := bytes.Clone(whole)
	for i := 0; i+10 < len(locked); i++ {
		if string(locked[i:i+4]) == "PK\x01\x02" {
			locked[i+8] |= 1
		}
	}
	deep := strings.Repeat("<w:tbl><w:tr><w:tc>", 70_000) + p("a") + strings.Repeat("</w:tc></w:tr></w:tbl>", 70_000)
	header := parts{"word/header1.xml": part("hdr", strings.Repeat("<w:sdt>", 200_000))}
	for _, c := range []struct {
		name   string
		in     []byte
		limits docx.Limits
		want   error
	}{
		{"empty", nil, docx.Limits{}, evidence.ErrEmpty},
		{"no zip", []byte("%PDF-1.7"), docx.Limits{}, evidence.ErrCorrupt},
		{"compound file", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"), docx.Limits{}, evidence.ErrEncrypted},
		{"locked entries", locked, docx.Limits{}, evidence.ErrEncrypted},
		{"cut off", whole[:len(whole)/2], docx.Limits{}, evidence.ErrCorrupt},
		{"no main part", pack(t, parts{"a.txt": "a"}), docx.Limits{}, evidence.ErrCorrupt},
		{"spreadsheet", pack(t, parts{"_rels/.rels": `<Relationships>` + rel("a", "officeDocument", "xl/workbook.xml") + `</Relationships>`, "xl/workbook.xml": `<workbook/>`}), docx.Limits{}, evidence.ErrCorrupt},
		{"empty main part", pack(t, parts{"word/document.xml": ""}), docx.Limits{}, evidence.ErrCorrupt},
		{"broken XML", pack(t, parts{"word/document.xml": strings.TrimSuffix(part("document", p("a")), "</w:document>")}), docx.Limits{}, evidence.ErrCorrupt},
		{"unknown entity", pack(t, body(p("&xxe;"), nil)), docx.Limits{}, evidence.ErrCorrupt},
		{"unknown encoding", pack(t, parts{"word/document.xml": `<?xml version="1.0" encoding="x-none"?><document/>`}), docx.Limits{}, evidence.ErrCorrupt},
		{"deep", pack(t, body(deep, nil)), docx.Limits{}, evidence.ErrTooLarge},
		{"deep header", pack(t, body(p("a"), header)), docx.Limits{}, evidence.ErrTooLarge},
		{"entries", pack(t, many), docx.Limits{MaxEntries: 100}, evidence.ErrTooLarge},
		{"part", whole, docx.Limits{MaxPart: 100}, evidence.ErrTooLarge},
		{"text", pack(t, body(strings.Repeat(p("kata kata"), 100), nil)), docx.Limits{MaxText: 500}, evidence.ErrTooLarge},
		{"characters at a stretch", pack(t, body(p(strings.Repeat("x ", 2<<20)), nil)), docx.Limits{MaxText: 1 << 20, MaxRatio: 1 << 20}, evidence.ErrTooLarge},
		{"ratio", pack(t, body(strings.Repeat(p(""), 100_000), nil)), docx.Limits{}, evidence.ErrTooLarge},
		{"chunk", pack(t, body(`<w:altChunk r:id="chunk.txt"/>`, parts{"word/chunk.txt": strings.Repeat("x", 1000)})), docx.Limits{MaxText: 500}, evidence.ErrTooLarge},
		{"relations", pack(t, body("", parts{"word/_rels/document.xml.rels": `<Relationships>` + strings.Repeat(rel("a", "styles", "s.xml"), 101) + `</Relationships>`})), docx.Limits{MaxEntries: 100}, evidence.ErrTooLarge},
		{"chunks without end", pack(t, body(strings.Repeat(`<w:altChunk r:id="chunk.txt"/>`, 1000), parts{"word/chunk.txt": strings.Repeat(" ", 10_000)})), docx.Limits{MaxPart: 1 << 20}, evidence.ErrTooLarge},
	} {
		t.Run(c.name, func(t *testing.T) {
			begin := time.Now()
			doc, err := docx.Read(bytes.NewReader(c.in), int64(len(c.in)), c.limits)
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, doc)
			assert.Less(t, time.Since(begin), 5*time.Second)
		})
	}
}

// TestBomb reads a file that would unpack to 300 MB. It must be given up after
// little of it.
func TestBomb(t *testing.T) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, err := z.Create("word/document.xml")
	require.NoError(t, err)
	_, err = io.WriteString(w, `<document><body><p><r><t>`)
	require.NoError(t, err)
	block := bytes.Repeat([]byte("bom "), 1<<18)
	for range 300 {
		_, err = w.Write(block)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	for name, limits := range map[string]docx.Limits{"by ratio": {MaxText: 8 << 20}, "by text": {MaxRatio: 1 << 30, MaxText: 8 << 20}} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, err = docx.Read(bytes.NewReader(buf.Bytes()), int64(buf.Len()), limits)
		runtime.ReadMemStats(&after)
		assert.ErrorIs(t, err, evidence.ErrTooLarge, name)
		assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(16*8<<20), "%s: bytes allocated", name)
	}
}

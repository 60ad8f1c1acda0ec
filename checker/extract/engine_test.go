package extract_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
)

// onePage is a PDF file of one page that says so many words, with extra entries
// of the page.
func onePage(words, extra string) []byte {
	content := "BT /F1 12 Tf 50 700 Td (" + words + ") Tj ET"
	look := "BT /F1 12 Tf 0 0 Td (Ditandatangani secara elektronik) Tj ET"
	const font = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	table := "0000000000 65535 f \n"
	for i, o := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R " + font + extra + " >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		fmt.Sprintf("<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] %s /Length %d >>\nstream\n%s\nendstream", font, len(look), look),
	} {
		table += fmt.Sprintf("%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := out.Len()
	fmt.Fprintf(&out, "xref\n0 6\n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", table, at)
	return out.Bytes()
}

func TestEngines(t *testing.T) {
	const words = "Keputusan Kepala Balai"
	const stamp = " /Annots [<< /Type /Annot /Subtype /Stamp /Rect [50 100 250 120] /F 4 /AP << /N 5 0 R >> >>]"
	good := onePage(words, "")
	for _, c := range []struct {
		name   string
		data   []byte
		engine string
		want   string
		err    error
	}{
		{"good", good, "", words, nil},
		{"good", good, extract.Pdfium, words, nil},
		{"good", good, extract.Native, words, nil},
		{"good", good, extract.Auto, words, nil},
		{"stamp", onePage(words, stamp), extract.Native, words, nil},
		{"stamp", onePage(words, stamp), extract.Auto, words + "\nDitandatangani secara elektronik", nil},
		{"lost table", bytes.Replace(good, []byte("startxref\n"), []byte("startxref\n9"), 1), extract.Native, "", evidence.ErrUnsupported},
		{"lost table", bytes.Replace(good, []byte("startxref\n"), []byte("startxref\n9"), 1), extract.Auto, words, nil},
		{"damaged", []byte("%PDF-1.4\nnothing more"), extract.Auto, "", evidence.ErrCorrupt},
	} {
		x, err := extract.New(t.Context(), extract.Config{Workers: 1, CacheDir: cacheDir(t), Engine: c.engine, OCR: off})
		require.NoError(t, err)
		r := x.Open(t.Context(), file("a.pdf", c.data))
		assert.ErrorIs(t, r.Err, c.err, "%s, %s", c.name, c.engine)
		if c.err == nil && assert.NotNil(t, r.Doc, c.name) {
			assert.Equal(t, c.want, strings.TrimSpace(r.Doc.Plain()), "%s, %s", c.name, c.engine)
		}
		assert.NoError(t, x.Close())
	}
	_, err := extract.New(t.Context(), extract.Config{Engine: "pdfuim"})
	assert.ErrorContains(t, err, `unknown PDF engine "pdfuim", want one of auto, native, pdfium`)
}

// TestAutoIsNoWorse scores pdfium and auto on the lab's corpus against the text
// of pdftotext.
func TestAutoIsNoWorse(t *testing.T) {
	refs, _ := filepath.Glob(filepath.Join(corpus, "*.pdf.ref.txt"))
	if len(refs) == 0 {
		t.Skip("no corpus")
	}
	mean := map[string]float64{}
	for _, engine := range extract.Engines() {
		x, err := extract.New(t.Context(), extract.Config{Workers: 1, CacheDir: cacheDir(t), MaxSize: 8 << 20, Engine: engine, OCR: off})
		require.NoError(t, err)
		n := 0
		for _, ref := range refs {
			want, err := os.ReadFile(ref)
			require.NoError(t, err)
			wantWords := bag(string(want))
			if size(wantWords) < 10 {
				continue
			}
			n++
			r := x.Open(t.Context(), osFile(strings.TrimSuffix(ref, ".ref.txt")))
			if r.Err != nil {
				continue
			}
			got, both := bag(r.Doc.Plain()), 0
			for w, k := range wantWords {
				both += min(k, got[w])
			}
			mean[engine] += 2 * float64(both) / float64(size(wantWords)+size(got))
		}
		mean[engine] /= float64(n)
		t.Logf("%s: %d files, mean F1 %.4f", engine, n, mean[engine])
		require.NoError(t, x.Close())
	}
	assert.GreaterOrEqual(t, mean[extract.Auto], mean[extract.Pdfium]-0.002)
}

package native_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/native"
	"dasheval/checker/internal/testpdf"
)

func FuzzRead(f *testing.F) {
	var b testpdf.Builder
	f.Add(b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "Undangan"), Extra: "/Rotate 90"}))
	f.Add([]byte("%PDF-"))
	f.Add(packed(""))
	f.Add(fontFile(identityFont, "<0001> Tj"))
	f.Add(nested())
	f.Fuzz(func(t *testing.T, data []byte) {
		check(t, data)
	})
}

// FuzzContent reads well-formed files around any content, mapping to Unicode
// and entries of a font.
func FuzzContent(f *testing.F) {
	f.Add("[(kata) -300 (lain)] TJ 10 0 Td <0001> ' /F1 9 Tf (a\\101) Tj", "1 beginbfrange <00> <FF> <0041> endbfrange", composite)
	f.Add("q 1 0 0 1 2 3 cm BI /W 1 /H 1 ID x EI Q /Fm1 Do 3 Tr (a) Tj", "2 beginbfchar <41> <00660069> <42> /eacute endbfchar", "/Subtype /Type1 /Encoding /WinAnsiEncoding")
	f.Add("/Span << /ActualText (a) >> BDC (b) Tj EMC", "1 begincodespacerange <00> <80> endcodespacerange 1 begincidrange <00> <80> 3 endcidrange",
		"/Subtype /Type3 /Widths [1 2 3] /FirstChar 65 /FontMatrix [0.01 0 0 0.01 0 0] /Encoding << /Differences [65 /a /b] >>")
	f.Fuzz(func(t *testing.T, content, mapping, font string) {
		check(t, fontFile(mapped(font, mapping), content))
	})
}

// check reads data and tests what Read promises whatever the bytes.
func check(t *testing.T, data []byte) {
	start := time.Now()
	r, err := native.Read(t.Context(), data, native.Limits{Time: time.Second, MaxPages: 20, MaxStream: 1 << 20})
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
	if err != nil {
		assert.NotEmpty(t, evidence.Reason(err))
		return
	}
	assert.Len(t, r.Doubts, len(r.Doc.Pages))
	for _, p := range r.Doc.Pages {
		for _, l := range p.Lines {
			assert.NotEmpty(t, l.Words)
			for _, w := range l.Words {
				assert.NotEmpty(t, strings.TrimSpace(w.Text))
				assert.LessOrEqual(t, w.Box.X0, w.Box.X1)
				assert.LessOrEqual(t, w.Box.Y0, w.Box.Y1)
			}
		}
	}
}

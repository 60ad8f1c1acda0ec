package native_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// TestStrokes tells what a hand drew from rules, boxes and circles, with both
// engines.
func TestStrokes(t *testing.T) {
	const dict = "/Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray"
	const box = "20 40 m 60 80 20 10 100 40 c 120 60 90 10 140 40 c 150 50 160 20 180 40 c S"
	for _, c := range []struct {
		name, content string
		want          []text.Box
	}{
		{"a signature", box, []text.Box{{X0: 20, Y0: 20, X1: 180, Y1: 90}}},
		{"slanted lines", "20 40 m 40 60 l 60 30 l 80 70 l 100 20 l 120 60 l 140 40 l S", []text.Box{{X0: 20, Y0: 30, X1: 140, Y1: 80}}},
		{"one that is clipped and not drawn", "20 40 m 60 80 20 10 100 40 c 120 60 90 10 140 40 c 150 50 160 20 180 40 c W n 0 0 9 9 re f", nil},
		{"a circle", "20 40 m 20 50 30 60 40 60 c 50 60 60 50 60 40 c 60 30 50 20 40 20 c 30 20 20 30 20 40 c S", nil},
		{"a table", "20 20 m 180 20 l 180 80 l 20 80 l h S 20 50 m 180 50 l S 10 10 50 50 re f", nil},
	} {
		data := pictured("", c.content, dict, make([]byte, 8))
		r, err := native.Read(t.Context(), data, native.Limits{})
		require.NoError(t, err, c.name)
		var got []text.Box
		for _, im := range r.Doc.Pages[0].Images {
			got = append(got, im.Box)
		}
		assert.Equal(t, len(c.want), len(got), c.name)
		for i := range min(len(got), len(c.want)) {
			// Control points lie about the curve.
			assert.True(t, got[i].Overlaps(c.want[i]) && got[i].X1-got[i].X0 >= 100, "%s: %v", c.name, got[i])
		}
		assert.Less(t, r.Doc.Pages[0].Raster, 0.1, c.name)
		if !pdf.Available {
			continue
		}
		e, err := pdf.NewPdfium(pdf.PdfiumConfig{Workers: 1})
		require.NoError(t, err)
		other, err := e.Read(t.Context(), data, pdf.Limits{})
		require.NoError(t, err, c.name)
		assert.Len(t, other.Pages[0].Images, len(c.want), "%s, by pdfium", c.name)
		require.NoError(t, e.Close())
	}
}

package extract_test

import (
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"testing"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ink counts the dark pixels of a JPEG picture within a part of it.
func ink(t *testing.T, b []byte, part func(image.Rectangle) image.Rectangle) (dark, all int) {
	t.Helper()
	im, err := jpeg.Decode(bytes.NewReader(b))
	require.NoError(t, err)
	r := part(im.Bounds())
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			if v, _, _, _ := im.At(x, y).RGBA(); v < 0x5000 {
				dark++
			}
		}
	}
	return dark, r.Dx() * r.Dy()
}

// TestDraw draws a line of a page: framed, with the number of a person black
// unless it was asked for, and nothing of what cannot be drawn.
func TestDraw(t *testing.T) {
	data := testpdf.Assemble([]string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
		"<< /Length 96 >>\nstream\n" + "BT /F 12 Tf 72 700 Td (Kepala Balai Contoh) Tj 0 -20 Td (NIP 19730821 199804 1 004) Tj ET       \nendstream",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}, "")
	file := func(b []byte) evidence.File {
		return evidence.File{Path: "a.pdf", Size: int64(len(b)), Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(b)), nil }}
	}
	marks := []extract.Mark{{Page: 1, Box: text.Box{X0: 72, Y0: 130, X1: 200, Y1: 146}}, {Page: 7}, {Page: 1, Box: text.Box{X0: 5000, Y0: 5000, X1: 5001, Y1: 5001}}}
	black := map[bool]int{}
	for _, worker := range [][]string{nil, processes()} {
		for _, reveal := range []bool{false, true} {
			d, err := extract.NewDrawer(extract.Config{Workers: 1, CacheDir: cacheDir(t), Worker: worker}, reveal)
			require.NoError(t, err)
			got, err := d.Draw(t.Context(), file(data), marks)
			require.NoError(t, err)
			require.Len(t, got, 3)
			require.NotEmpty(t, got[0])
			assert.Empty(t, got[1], "there is no such page")
			assert.Empty(t, got[2], "it lies outside of the page")
			im, err := jpeg.Decode(bytes.NewReader(got[0]))
			require.NoError(t, err)
			assert.Equal(t, 793, im.Bounds().Dx())
			assert.InDelta(t, 128, im.Bounds().Dy(), 8)
			// The number stands below the box, 20 points further down.
			black[reveal], _ = ink(t, got[0], func(r image.Rectangle) image.Rectangle { return image.Rect(125, 78, 270, 100) })
			dark, _ := ink(t, got[0], func(r image.Rectangle) image.Rectangle { return image.Rect(98, 52, 260, 72) })
			assert.Positive(t, dark, "the words that are shown")

			for _, broken := range [][]byte{nil, []byte("%PDF-1.4"), []byte("no file"), data[:200]} {
				got, err := d.Draw(t.Context(), file(broken), marks[:1])
				assert.True(t, err != nil || got[0] == nil, "%q", broken)
			}
			require.NoError(t, d.Close())
		}
		assert.Greater(t, black[false], 2*black[true], "the number is black")
	}
}

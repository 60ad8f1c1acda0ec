package scan_test

import (
	"image"
	"testing"

	"dasheval/checker/internal/scan"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestUnread passes one of two rows of letters over.
func TestUnread(t *testing.T) {
	const dpi, side = 200, 10
	p := &scan.Picture{Width: 800, Height: 600, DPI: dpi, Luma: make([]byte, 800*600)}
	for i := range p.Luma {
		p.Luma[i] = 255
	}
	row := func(y int) {
		for letter := range 12 {
			for dy := range 2 * side {
				for dx := range side {
					p.Luma[(y+dy)*p.Width+100+letter*2*side+dx] = 0
				}
			}
		}
	}
	row(100)
	row(300)
	first := scan.Word{X0: 98, Y0: 98, X1: 340, Y1: 122, Text: "PENGUMUMAN", Confidence: 95}
	got := p.Unread([]scan.Word{first})
	require.Len(t, got, 1)
	assert.True(t, image.Rect(100, 300, 330, 320).In(got[0].Inset(-2)), got)
	assert.Len(t, p.Unread(nil), 2)
	assert.Empty(t, p.Unread([]scan.Word{first, {X0: 98, Y0: 298, X1: 340, Y1: 322, Text: "PENGUMUMAN", Confidence: 95}}))
	assert.Empty(t, (&scan.Picture{Width: 1, Height: 1, DPI: dpi, Luma: []byte{0}}).Unread(nil))
}

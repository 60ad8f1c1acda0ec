package scan_test

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/scan"
)

func TestCodes(t *testing.T) {
	const payload = "https://tte.contoh.go.id/verifikasi?id=5f0c2a91-77e4"
	for name, c := range map[string]scanner{
		"clean": {}, "usual": {noise: 6, quality: 75}, "poor": {noise: 14, specks: 200, quality: 45},
	} {
		for _, size := range []float64{15, 20, 30} {
			for _, dpi := range []float64{150, 200, 300} {
				s := newPaper(80, 80, dpi, uint64(size+dpi))
				s.code(s.px(30), s.px(20), size, payload)
				p := scan.New(s.scanned(scanner{skew: 0.4, noise: c.noise, specks: c.specks, quality: c.quality}), dpi)
				marks := p.Rotated(0.4).Marks(nil)
				at := fmt.Sprintf("%s, %v mm at %v dpi", name, size, dpi)
				if assert.Len(t, marks, 1, at) {
					assert.Equal(t, scan.QR, marks[0].Kind, at)
					assert.Equal(t, payload, marks[0].Payload, at)
					assert.InDelta(t, size, marks[0].Longest, 1, at)
					assert.InDelta(t, s.px(30), marks[0].X0, 6, at)
				}
			}
		}
	}
}

func TestTwoCodes(t *testing.T) {
	s := newPaper(160, 100, 200, 1)
	s.code(200, 300, 20, "pertama")
	s.code(900, 300, 20, "kedua")
	marks := scan.New(s.scanned(scanner{noise: 5}), 200).Marks(nil)
	require.Len(t, marks, 2)
	assert.Equal(t, []string{"pertama", "kedua"}, []string{marks[0].Payload, marks[1].Payload})
}

func TestTurnedCode(t *testing.T) {
	s := newPaper(160, 100, 200, 1)
	s.code(200, 300, 20, "terbalik")
	p := scan.New(s.scanned(scanner{}), 200)
	for quarters := range 4 {
		marks := p.Turned(quarters).Marks(nil)
		if assert.Len(t, marks, 1, "%d quarters", quarters) {
			assert.Equal(t, "terbalik", marks[0].Payload, "%d quarters", quarters)
		}
	}
}

func TestDamagedCodeIsInk(t *testing.T) {
	s := newPaper(160, 100, 200, 1)
	s.code(200, 300, 20, "rusak")
	for y := 330; y < 430; y++ { // beyond repair, the corners intact
		for x := 255; x < 350; x += 2 {
			s.Set(x, y, color.Gray{Y: uint8(x * y)})
		}
	}
	marks := scan.New(s.scanned(scanner{}), 200).Marks(nil)
	require.NotEmpty(t, marks)
	assert.Equal(t, scan.Ink, marks[0].Kind)
	assert.Empty(t, marks[0].Payload)
}

// FuzzQR draws what the bytes say between three finder patterns.
func FuzzQR(f *testing.F) {
	f.Add([]byte("https://tte.contoh.go.id"), uint8(25))
	f.Add([]byte{0xff, 0, 0xaa, 0x55}, uint8(21))
	f.Add([]byte{}, uint8(177))
	f.Fuzz(func(t *testing.T, data []byte, size uint8) {
		n := 21 + int(size)%40
		const module = 3
		m := image.NewGray(image.Rect(0, 0, (n+8)*module, (n+8)*module))
		for i := range m.Pix {
			m.Pix[i] = 255
		}
		for y := range n {
			for x := range n {
				if isDark(data, x, y, n) {
					for k := range module * module {
						m.Pix[((y+4)*module+k/module)*m.Stride+(x+4)*module+k%module] = 0
					}
				}
			}
		}
		for _, k := range scan.New(m, 100).Marks(nil) {
			assert.True(t, image.Rect(k.X0, k.Y0, k.X1, k.Y1).In(m.Rect.Inset(-module*4)))
		}
	})
}

func isDark(data []byte, x, y, n int) bool {
	for _, c := range [3][2]int{{0, 0}, {n - 7, 0}, {0, n - 7}} {
		if dx, dy := x-c[0], y-c[1]; dx >= 0 && dx < 7 && dy >= 0 && dy < 7 {
			ring := min(dx, dy, 6-dx, 6-dy)
			return ring != 1
		}
		if x-c[0] >= -1 && x-c[0] <= 7 && y-c[1] >= -1 && y-c[1] <= 7 {
			return false
		}
	}
	if len(data) == 0 {
		return (x+y)%2 == 0
	}
	i := y*n + x
	return data[i/8%len(data)]>>(i%8)&1 != 0
}

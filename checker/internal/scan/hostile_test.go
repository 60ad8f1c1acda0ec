package scan_test

import (
	"image"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/scan"
)

// all runs everything that a picture can do.
func all(p *scan.Picture, words []scan.Word) []scan.Mark {
	q := p.Scaled(120).Turned(1).Rotated(p.Skew() + 1).WithoutColour()
	q.PGM()
	q.Tables()
	q.Marks(words)
	p.Tables()
	p.Ink(-5, -5, p.Width/2, p.Height*2, words)
	p.Ink(10, 10, 5, 5, words)
	return p.Marks(words)
}

func TestHostilePictures(t *testing.T) {
	words := []scan.Word{
		{X0: -1 << 40, Y0: -9, X1: 1 << 40, Y1: 3, Text: "lebar", Confidence: 99},
		{X0: 9, Y0: 9, X1: 1, Y1: 1, Text: "terbalik", Confidence: -4},
		{Text: "kosong", Confidence: 1e9},
	}
	for _, size := range [][2]int{{0, 0}, {0, 9}, {1, 1}, {2, 2}, {3, 3}, {1, 5000}, {5000, 1}, {40, 40}} {
		for _, shade := range []uint8{0, 255} {
			m := image.NewGray(image.Rect(0, 0, size[0], size[1]))
			for i := range m.Pix {
				m.Pix[i] = shade
			}
			for _, dpi := range []float64{0, 20, 200, 4800} {
				assert.Empty(t, all(scan.New(m, dpi), words), "%v of %d at %v dpi", size, shade, dpi)
			}
		}
	}
	assert.Empty(t, all(&scan.Picture{}, words), "zero picture")
}

func TestNoiseIsBounded(t *testing.T) {
	rnd := rand.New(rand.NewPCG(3, 3))
	for name, shade := range map[string]func(i int) uint8{
		"even":     func(int) uint8 { return uint8(rnd.IntN(256)) },
		"sparse":   func(int) uint8 { return uint8(255 - rnd.IntN(8)/7*255) },
		"checkers": func(i int) uint8 { return uint8((i/3 + i/(1654*3)) % 2 * 255) },
		"corners": func(i int) uint8 { // nothing but the corners of QR codes
			x, y := i%1654/3%9, i/1654/3%9
			if ring := min(x, y, 6-x, 6-y); ring >= 0 && ring != 1 {
				return 0
			}
			return 255
		},
		"stripes": func(i int) uint8 { return uint8(i / 1654 / 9 % 2 * 255) },
	} {
		m := image.NewGray(image.Rect(0, 0, 1654, 2339))
		for i := range m.Pix {
			m.Pix[i] = shade(i)
		}
		p := scan.New(m, 200)
		start := time.Now()
		p.Marks(nil)
		p.Tables()
		// It takes a fifth of a second; the rest is for busy machines.
		assert.Less(t, time.Since(start), 10*time.Second, name)
	}
}

func FuzzMarks(f *testing.F) {
	f.Add([]byte{0, 255, 128, 7}, uint8(9), uint8(200), 5, 5, 40, 20, "kata")
	f.Add([]byte{}, uint8(0), uint8(0), 0, 0, 0, 0, "")
	f.Fuzz(func(t *testing.T, pix []byte, width, dpi uint8, x, y, w, h int, text string) {
		const larger = 8 // each byte is a square, so that shapes are of some size
		across := max(1, min(int(width), 64))
		down := min(len(pix)/across, 64)
		m := image.NewRGBA(image.Rect(0, 0, across*larger, down*larger))
		for i := range m.Pix {
			at := i / 4
			v := pix[at/m.Rect.Dx()/larger*across+at%m.Rect.Dx()/larger]
			m.Pix[i] = []uint8{v, v << 2, v << 4, 255}[i%4]
		}
		word := scan.Word{X0: x, Y0: y, X1: x + w, Y1: y + h, Text: text, Confidence: float64(dpi)}
		for _, k := range all(scan.New(m, 20+float64(dpi)), []scan.Word{word}) {
			assert.True(t, k.Kind == scan.QR || image.Rect(k.X0, k.Y0, k.X1, k.Y1).In(m.Rect), "%+v", k)
			assert.True(t, k.X0 < k.X1 && k.Y0 < k.Y1 && k.Area >= 0 && k.Colour >= 0 && k.Colour <= 1.001, "%+v", k)
		}
	})
}

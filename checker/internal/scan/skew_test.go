package scan_test

import (
	"image"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/scan"
)

func TestSkew(t *testing.T) {
	for i, angle := range []float64{0, 0.1, -0.35, 0.8, -1.3, 2.15, -3.3, 4.6} {
		s := letter(150, uint64(i), "ink+stamp")
		p := scan.New(s.scanned(scanner{skew: angle, noise: 8, specks: 100, quality: 60, shadow: 0.4}), 150)
		got := p.Skew()
		assert.InDelta(t, angle, got, 0.1, "skew")
		assert.InDelta(t, 0, p.Rotated(got).Skew(), 0.1, "after turning %v back", angle)
	}
}

func TestSkewOfTables(t *testing.T) {
	s := attendance(200, 3, 12, false)
	p := scan.New(s.scanned(scanner{skew: 1.25, noise: 5}), 200)
	assert.InDelta(t, 1.25, p.Skew(), 0.1)
}

func TestSkewNeedsText(t *testing.T) {
	assert.Zero(t, scan.New(newSheet(150, 1).scanned(scanner{specks: 200, noise: 10}), 150).Skew(), "blank")
	noise := image.NewGray(image.Rect(0, 0, 800, 1100))
	rnd := rand.New(rand.NewPCG(1, 1))
	for i := range noise.Pix {
		noise.Pix[i] = uint8(rnd.IntN(256))
	}
	assert.Zero(t, scan.New(noise, 100).Skew(), "noise")
	assert.Zero(t, scan.New(image.NewGray(image.Rect(0, 0, 20, 20)), 100).Skew(), "tiny")
}

func TestRotatedKeepsSize(t *testing.T) {
	p := scan.New(letter(100, 1, "stamp").scanned(scanner{}), 100)
	q := p.Rotated(3)
	assert.Equal(t, [2]int{p.Width, p.Height}, [2]int{q.Width, q.Height})
	assert.EqualValues(t, 255, q.Luma[0], "white outside")
	assert.Len(t, q.Chroma, len(q.Luma))
	assert.Same(t, p, p.Rotated(0))
}

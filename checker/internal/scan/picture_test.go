package scan_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/scan"
)

// sample is a picture of four fields: white, black, red, and one that is
// transparent where the format allows it and white elsewhere.
func sample(m draw.Image) draw.Image {
	b := m.Bounds()
	w, h := b.Dx()/2, b.Dy()/2
	field := func(x, y int, c color.Color) {
		r := image.Rect(x*w, y*h, (x+1)*w, (y+1)*h).Add(b.Min)
		draw.Draw(m, r, image.NewUniform(c), image.Point{}, draw.Src)
	}
	field(0, 0, color.White)
	field(1, 0, color.Black)
	field(0, 1, color.RGBA{200, 0, 0, 255})
	field(1, 1, color.Transparent)
	return m
}

func TestNewReadsEachFormatAlike(t *testing.T) {
	rect := image.Rect(5, 3, 25, 23) // away from the origin
	palette := color.Palette{color.White, color.Black, color.RGBA{200, 0, 0, 255}, color.Transparent}
	compressed := func(m image.Image) image.Image {
		var b bytes.Buffer
		require.NoError(t, jpeg.Encode(&b, m, &jpeg.Options{Quality: 100}))
		out, err := jpeg.Decode(&b)
		require.NoError(t, err)
		return out
	}
	opaque := image.NewRGBA(rect)
	draw.Draw(opaque, rect, image.White, image.Point{}, draw.Src)
	draw.Draw(opaque, rect, sample(image.NewRGBA(rect)), rect.Min, draw.Over)
	for name, img := range map[string]image.Image{
		"rgba":     sample(image.NewRGBA(rect)),
		"nrgba":    sample(image.NewNRGBA(rect)),
		"paletted": sample(image.NewPaletted(rect, palette)),
		"rgba64":   sample(image.NewRGBA64(rect)),
		"jpeg":     compressed(opaque),
		"part": sample(image.NewRGBA(image.Rect(0, 0, 50, 50)).
			SubImage(rect).(*image.RGBA)),
	} {
		p := scan.New(img, 200)
		require.Equal(t, [2]int{20, 20}, [2]int{p.Width, p.Height}, name)
		require.NotNil(t, p.Chroma, name)
		at := func(x, y int) [2]int { return [2]int{int(p.Luma[y*20+x]), int(p.Chroma[y*20+x])} }
		for _, c := range []struct {
			x, y, luma, chroma int
		}{{4, 4, 255, 0}, {15, 4, 0, 0}, {4, 15, 60, 200}, {15, 15, 255, 0}} {
			got := at(c.x, c.y)
			assert.InDelta(t, c.luma, got[0], 4, "%s: luma at %d,%d", name, c.x, c.y)
			assert.InDelta(t, c.chroma, got[1], 6, "%s: chroma at %d,%d", name, c.x, c.y)
		}
	}
}

func TestNewKnowsGrey(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 8, 8))
	grey.Pix[9] = 77
	p := scan.New(grey, 300)
	assert.Nil(t, p.Chroma)
	assert.EqualValues(t, 77, p.Luma[9])
	same := image.NewRGBA(grey.Rect)
	draw.Draw(same, same.Rect, grey, image.Point{}, draw.Src)
	assert.Nil(t, scan.New(same, 300).Chroma, "grey in an RGB picture")
}

func TestNewBoundsMemory(t *testing.T) {
	p := scan.New(image.NewGray(image.Rect(0, 0, 12_000, 6_000)), 600)
	assert.LessOrEqual(t, p.Width*p.Height, 60_000_000)
	assert.InDelta(t, 300, p.DPI, 1, "half of the pixels each way")
	assert.InDelta(t, 6000, p.Width, 1)
}

func TestNewGuessesResolution(t *testing.T) {
	a4 := image.NewGray(image.Rect(0, 0, 1654, 2339))
	for _, dpi := range []float64{0, -1, 5, 1e9, math.NaN(), math.Inf(1)} {
		assert.InDelta(t, 200, scan.New(a4, dpi).DPI, 1, "dpi %v", dpi)
	}
}

func TestScaledAverages(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 300, 150))
	for i := range m.Pix {
		m.Pix[i] = uint8(i % 2 * 200) // stripes, one pixel wide
	}
	p := scan.New(m, 300).Scaled(100)
	assert.Equal(t, [2]int{100, 50}, [2]int{p.Width, p.Height})
	assert.EqualValues(t, 100, p.DPI)
	for _, v := range p.Luma {
		assert.InDelta(t, 100, int(v), 34)
	}
	sum := 0
	for _, v := range p.Luma {
		sum += int(v)
	}
	assert.InDelta(t, 100, float64(sum)/float64(len(p.Luma)), 1)

	uneven := scan.New(m, 300).Scaled(217)
	assert.Equal(t, [2]int{217, 109}, [2]int{uneven.Width, uneven.Height})
	assert.Same(t, p, p.Scaled(100), "no change")
	assert.Same(t, p, p.Scaled(400), "never enlarges")
	assert.Same(t, p, p.Scaled(math.NaN()))
}

func TestTurned(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 3, 2))
	m.Pix = []byte{1, 2, 3, 4, 5, 6}
	p := scan.New(m, 100)
	for quarters, want := range map[int][]byte{
		0: {1, 2, 3, 4, 5, 6}, 1: {4, 1, 5, 2, 6, 3}, 2: {6, 5, 4, 3, 2, 1}, 3: {3, 6, 2, 5, 1, 4},
		-1: {3, 6, 2, 5, 1, 4}, 5: {4, 1, 5, 2, 6, 3},
	} {
		got := p.Turned(quarters)
		assert.Equal(t, want, got.Luma, "%d quarters", quarters)
		if quarters%2 != 0 {
			assert.Equal(t, [2]int{2, 3}, [2]int{got.Width, got.Height})
		}
	}
}

func TestPGM(t *testing.T) {
	m := image.NewGray(image.Rect(0, 0, 2, 1))
	m.Pix = []byte{9, 200}
	assert.Equal(t, "P5\n2 1\n255\n\x09\xc8", string(scan.New(m, 100).PGM()))
}

func TestWithoutColour(t *testing.T) {
	s := newSheet(150, 1)
	s.print("Kepala Bidang", 200, 300, face(typefaces[0], 12, 150), color.Black)
	plain := scan.New(s.scanned(scanner{}), 150)
	s.stamp(260, 290, 15, violetInk)
	stamped := scan.New(s.scanned(scanner{}), 150)
	require.NotNil(t, stamped.Chroma)
	cleared := stamped.WithoutColour()
	assert.Nil(t, cleared.Chroma)
	dark := func(p *scan.Picture) (n int) {
		for _, v := range p.Luma {
			if v < 160 {
				n++
			}
		}
		return n
	}
	assert.Greater(t, dark(stamped), 2*dark(plain))
	assert.InDelta(t, dark(plain), dark(cleared), 0.3*float64(dark(plain)))
	assert.Same(t, cleared, cleared.WithoutColour(), "a grey picture has none")
}

package scan

import (
	"fmt"
	"image"
	"math"
)

// A Picture is a page as a scanner saw it.
type Picture struct {
	Width, Height int
	DPI           float64 // pixels per inch
	Luma          []byte  // brightness, row by row, 0 black
	Chroma        []byte  // max(R,G,B)-min(R,G,B) of each pixel; nil in a grey picture
}

const (
	// maxPixels bounds the memory of a picture: A3 at 600 dpi has 70 million
	// pixels, and nothing here needs more than a quarter of that.
	maxPixels = 60_000_000
	// greyChroma is the chroma up to which a pixel counts as grey, and
	// greyShare the share of other pixels that a grey picture may have:
	// compression colours the edges of black letters a little.
	greyChroma = 24
	greyShare  = 1e-4
)

// New makes a picture of img, seen at dpi pixels per inch; what is transparent
// is white. Of an image beyond 60 million pixels only every second (third, ...)
// pixel is taken. If dpi is not a resolution that scanners have, the page is
// taken to be A4.
func New(img image.Image, dpi float64) *Picture {
	b := img.Bounds()
	w, h := b.Dx(), b.Dy()
	if w <= 0 || h <= 0 {
		return &Picture{DPI: 200}
	}
	if !(dpi >= 20 && dpi <= 4800) {
		dpi = max(20, float64(min(w, h))/8.27)
	}
	step := 1
	for float64((w+step-1)/step)*float64((h+step-1)/step) > maxPixels {
		step++
	}
	p := &Picture{
		Width: (w + step - 1) / step, Height: (h + step - 1) / step,
		DPI: dpi / float64(step),
	}
	p.Luma = make([]byte, p.Width*p.Height)
	read, coloured := rows(img)
	if coloured {
		p.Chroma = make([]byte, p.Width*p.Height)
	}
	var luma, chroma []byte
	if step > 1 {
		luma, chroma = make([]byte, w), make([]byte, w)
	}
	colours := 0
	for y := range p.Height {
		outL := p.Luma[y*p.Width : (y+1)*p.Width]
		var outC []byte
		if coloured {
			outC = p.Chroma[y*p.Width : (y+1)*p.Width]
		}
		if step == 1 {
			read(y, outL, outC)
		} else {
			read(y*step, luma, chroma)
			for x := range outL {
				outL[x] = luma[x*step]
			}
			for x := range outC {
				outC[x] = chroma[x*step]
			}
		}
		for _, c := range outC {
			if c > greyChroma {
				colours++
			}
		}
	}
	if float64(colours) < greyShare*float64(len(p.Luma)) {
		p.Chroma = nil
	}
	return p
}

// PGM returns the brightness as a binary portable greymap (P5).
func (p *Picture) PGM() []byte {
	head := fmt.Sprintf("P5\n%d %d\n255\n", p.Width, p.Height)
	out := make([]byte, 0, len(head)+len(p.Luma))
	return append(append(out, head...), p.Luma...)
}

// WithoutColour returns the picture with all coloured pixels white: stamps and
// blue ink vanish, and the black print below them can be recognised.
func (p *Picture) WithoutColour() *Picture {
	if p.Chroma == nil {
		return p
	}
	out := &Picture{Width: p.Width, Height: p.Height, DPI: p.DPI}
	out.Luma = append([]byte(nil), p.Luma...)
	limit := int(percentile(p.Chroma, 0.5)) + colourContrast
	for i, c := range p.Chroma {
		if int(c) > limit {
			out.Luma[i] = 255
		}
	}
	return out
}

// mm returns the number of pixels in a length of millimetres, at least 1.
func (p *Picture) mm(length float64) int {
	return max(1, int(math.Round(length*p.DPI/25.4)))
}

// percentile returns the value below which the share of samples lies; it looks
// at a few thousand of them.
func percentile(samples []byte, share float64) byte {
	var hist [256]int
	n := 0
	// An odd stride that does not divide the width of usual pages spreads
	// the sample over all columns.
	for i := 0; i < len(samples); i += max(1, len(samples)/50_000) | 1 {
		hist[samples[i]]++
		n++
	}
	return rank(&hist, n, share)
}

// rank returns the value below which the share of the n counted samples lies.
func rank(hist *[256]int, n int, share float64) byte {
	left := int(float64(n) * share)
	for v, c := range hist {
		if left -= c; left < 0 {
			return byte(v)
		}
	}
	return 255
}

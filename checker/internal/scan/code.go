package scan

import (
	"math"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode/decoder"
	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// A code is a QR code on the page.
type code struct {
	box     // with its corners, in pixels
	payload string
}

const (
	// minCode and maxCode are the sides of a code in millimetres.
	minCode, maxCode = 7.0, 80.0
	// maxTries bounds how many groups of three finder patterns are decoded.
	maxTries = 24
)

// codes returns the QR codes of the page. Finder patterns are looked for here,
// in little time on a page that has none, and the code between three of them
// is sampled and decoded by gozxing; its own search would take time cubic in
// the number of things that look like patterns.
func (p *Picture) codes() []code {
	var out []code
	tries := 0
	for _, t := range p.triples(p.patterns()) {
		b := t.box()
		if tries == maxTries || overlapping(out, b) {
			continue
		}
		tries++
		if payload, ok := p.decode(t, b); ok {
			out = append(out, code{b, payload})
		}
	}
	return out
}

func overlapping(codes []code, b box) bool {
	for _, c := range codes {
		if !c.box.intersect(b).empty() {
			return true
		}
	}
	return false
}

// decode reads the code with the given finder patterns. It reports whether
// there is one.
func (p *Picture) decode(t triple, b box) (payload string, ok bool) {
	// gozxing checks few of its indices.
	defer func() {
		if recover() != nil {
			payload, ok = "", false
		}
	}()
	b = b.grown(int(4 * t.module)).intersect(box{0, 0, p.Width, p.Height})
	source, err := gozxing.NewPlanarYUVLuminanceSource(p.Luma, p.Width, p.Height,
		b.x0, b.y0, b.width(), b.height(), false)
	if err != nil {
		return "", false
	}
	info := detector.NewFinderPatternInfo(
		t.low.finder(b), t.corner.finder(b), t.right.finder(b))
	for _, binarizer := range []gozxing.Binarizer{
		gozxing.NewHybridBinarizer(source), gozxing.NewGlobalHistgramBinarizer(source),
	} {
		bits, err := binarizer.GetBlackMatrix()
		if err != nil {
			continue
		}
		if r, err := detector.NewDetector(bits).ProcessFinderPatternInfo(info); err == nil {
			if r, err := decoder.NewDecoder().Decode(r.GetBits(), nil); err == nil {
				return r.GetText(), true
			}
		}
		if text, ok := sample(bits, info, t.modules()); ok {
			return text, true
		}
	}
	return "", false
}

// sample reads a code as if the paper were flat, trying the sizes near the one
// that the distance of the finder patterns tells.
func sample(bits *gozxing.BitMatrix, info *detector.FinderPatternInfo, modules float64) (string, bool) {
	near := int(math.Round((modules-17)/4))*4 + 17
	for _, n := range []int{near, near - 4, near + 4} {
		if n < 21 || n > 177 {
			continue
		}
		transform := detector.Detector_createTransform(
			info.GetTopLeft(), info.GetTopRight(), info.GetBottomLeft(), nil, n)
		grid, err := detector.Detector_sampleGrid(bits, transform, n)
		if err != nil {
			continue
		}
		if r, err := decoder.NewDecoder().Decode(grid, nil); err == nil {
			return r.GetText(), true
		}
	}
	return "", false
}

// codeMark describes a code as a mark.
func (p *Picture) codeMark(m *mask, c code) Mark {
	k := Mark{
		X0: c.x0, Y0: c.y0, X1: c.x1, Y1: c.y1,
		Kind: QR, Longest: p.length(c.longer()), Parts: 1, Payload: c.payload,
	}
	pixels, colours := 0, 0
	b := c.box.intersect(box{0, 0, m.w, m.h})
	for y := b.y0; y < b.y1; y++ {
		for _, v := range m.bits[y*m.w+b.x0 : y*m.w+b.x1] {
			pixels += int(v & dark / dark)
			colours += int(v & coloured / coloured)
		}
	}
	k.Area = p.area(pixels)
	k.Colour = float64(colours) / float64(max(1, pixels))
	return k
}

package scan_test

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"math/rand/v2"
	"strings"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	ximage "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/gomedium"
	"golang.org/x/image/font/gofont/gomono"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/math/fixed"

	"dasheval/checker/internal/scan"
)

// A sheet is a page drawn by a test, with what is on it. Lengths are in
// millimetres, places in pixels.
type sheet struct {
	*image.RGBA
	dpi    float64
	rnd    *rand.Rand
	words  []scan.Word // all printed words, as if recognised without fault
	blocks []block
	rows   []bool // which rows of the attendance list are signed
}

// A block is the room between the title and the name of somebody who signs.
type block struct {
	kind    string // none, ttd, ink, stamp, ink+stamp, picture, qr
	room    image.Rectangle
	payload string
}

var typefaces = [][]byte{goregular.TTF, gobold.TTF, goitalic.TTF, gomedium.TTF, gomono.TTF}

// newSheet returns an empty A4 page.
func newSheet(dpi float64, seed uint64) *sheet { return newPaper(210, 297, dpi, seed) }

func newPaper(width, height, dpi float64, seed uint64) *sheet {
	s := &sheet{dpi: dpi, rnd: rand.New(rand.NewPCG(seed, 7))}
	s.RGBA = image.NewRGBA(image.Rect(0, 0, s.px(width), s.px(height)))
	draw.Draw(s, s.Rect, image.White, image.Point{}, draw.Src)
	return s
}

func (s *sheet) px(mm float64) int { return int(math.Round(mm * s.dpi / 25.4)) }

func (s *sheet) between(low, high float64) float64 { return low + s.rnd.Float64()*(high-low) }

func face(ttf []byte, points, dpi float64) font.Face {
	f, err := opentype.Parse(ttf)
	if err != nil {
		panic(err)
	}
	out, err := opentype.NewFace(f, &opentype.FaceOptions{Size: points, DPI: dpi, Hinting: font.HintingNone})
	if err != nil {
		panic(err)
	}
	return out
}

// print draws a line of text and notes its words. x and y are the left end of
// its baseline; it returns where the line ends.
func (s *sheet) print(text string, x, y int, f font.Face, c color.Color) int {
	d := font.Drawer{Dst: s, Src: image.NewUniform(c), Face: f, Dot: fixed.P(x, y)}
	space := font.MeasureString(f, " ")
	for _, w := range strings.Fields(text) {
		b, _ := d.BoundString(w)
		d.DrawString(w)
		s.words = append(s.words, scan.Word{
			X0: b.Min.X.Floor(), Y0: b.Min.Y.Floor(), X1: b.Max.X.Ceil(), Y1: b.Max.Y.Ceil(),
			Text: w, Confidence: 95,
		})
		d.Dot.X += space
	}
	return d.Dot.X.Floor()
}

// line draws a straight stroke of a pen.
func (s *sheet) line(x0, y0, x1, y1, width float64, c color.RGBA) {
	length := math.Hypot(x1-x0, y1-y0)
	for t := 0.0; t <= length; t += 0.5 {
		s.dot(x0+(x1-x0)*t/max(length, 1), y0+(y1-y0)*t/max(length, 1), width/2, c)
	}
}

// dot draws a disc with a soft edge; it only darkens.
func (s *sheet) dot(x, y, r float64, c color.RGBA) {
	for py := int(y - r - 1); py <= int(y+r+1); py++ {
		for px := int(x - r - 1); px <= int(x+r+1); px++ {
			if !image.Pt(px, py).In(s.Rect) {
				continue
			}
			a := min(1, max(0, r+0.5-math.Hypot(float64(px)-x, float64(py)-y)))
			i := s.PixOffset(px, py)
			for k, v := range [3]uint8{c.R, c.G, c.B} {
				old := s.Pix[i+k]
				s.Pix[i+k] = min(old, uint8(255-a*float64(255-int(v))))
			}
		}
	}
}

// curve draws a smooth line through points, as a pen does.
func (s *sheet) curve(points [][2]float64, width float64, c color.RGBA) {
	at := func(i int) [2]float64 { return points[min(max(i, 0), len(points)-1)] }
	for i := range len(points) - 1 {
		a, b, d, e := at(i-1), at(i), at(i+1), at(i+2)
		steps := int(2*math.Hypot(d[0]-b[0], d[1]-b[1])) + 1
		for k := range steps {
			t := float64(k) / float64(steps)
			var p [2]float64
			for j := range p {
				// Catmull and Rom's spline.
				p[j] = 0.5 * (2*b[j] + (d[j]-a[j])*t + (2*a[j]-5*b[j]+4*d[j]-e[j])*t*t +
					(3*b[j]-a[j]-3*d[j]+e[j])*t*t*t)
			}
			s.dot(p[0], p[1], width/2, c)
		}
	}
}

// sign scribbles a signature into the room.
func (s *sheet) sign(room image.Rectangle, c color.RGBA) {
	width := float64(s.dpi) / 25.4 * s.between(0.3, 0.7)
	x0, y0 := float64(room.Min.X), float64(room.Min.Y)
	w, h := float64(room.Dx()), float64(room.Dy())
	for range 1 + s.rnd.IntN(2) {
		n := 5 + s.rnd.IntN(7)
		var points [][2]float64
		for i := range n {
			x := x0 + w*(0.1+0.8*(float64(i)+s.between(-0.8, 0.8))/float64(n))
			points = append(points, [2]float64{x, y0 + h*s.between(0.05, 0.95)})
		}
		s.curve(points, width, c)
	}
	if s.rnd.IntN(2) == 0 {
		y := y0 + h*s.between(0.6, 0.9)
		s.line(x0+w*0.2, y, x0+w*0.9, y-h*s.between(0, 0.15), width, c)
	}
}

// stamp prints a round stamp of the given radius.
func (s *sheet) stamp(x, y, radius float64, c color.RGBA) {
	r := radius * s.dpi / 25.4
	thin := s.dpi / 25.4 * s.between(0.25, 0.5)
	for _, k := range [3]float64{1, 0.94, 0.62} {
		for a := 0.0; a < 2*math.Pi; a += 0.4 / r {
			s.dot(x+k*r*math.Cos(a), y+k*r*math.Sin(a), thin/2, c)
		}
	}
	f := face(gobold.TTF, radius*0.45, s.dpi)
	text := "PEMERINTAH KABUPATEN CONTOH *"
	for i, letter := range text {
		a := 2 * math.Pi * float64(i) / float64(len(text))
		d := font.Drawer{Dst: s, Src: image.NewUniform(c), Face: f,
			Dot: fixed.P(int(x+0.78*r*math.Cos(a))-int(r/16), int(y+0.78*r*math.Sin(a))+int(r/16))}
		d.DrawString(string(letter))
	}
	d := font.Drawer{Dst: s, Src: image.NewUniform(c), Face: f, Dot: fixed.P(int(x-0.5*r), int(y))}
	d.DrawString("DINAS ARSIP")
}

// code prints a QR code of the given side.
func (s *sheet) code(x, y int, side float64, payload string) {
	n := s.px(side)
	m, err := qrcode.NewQRCodeWriter().Encode(payload, gozxing.BarcodeFormat_QR_CODE, 0, 0,
		map[gozxing.EncodeHintType]any{gozxing.EncodeHintType_MARGIN: 0})
	if err != nil {
		panic(err)
	}
	for j := range n {
		for i := range n {
			if m.Get(i*m.GetWidth()/n, j*m.GetHeight()/n) {
				s.Set(x+i, y+j, color.Black)
			}
		}
	}
}

// A scanner is what a page goes through.
type scanner struct {
	skew    float64 // degrees, counter-clockwise
	noise   float64 // standard deviation of the brightness
	specks  int
	shadow  float64 // darkness of the left edge, 0 to 1
	quality int     // of the JPEG, 0 for none
	grey    bool
}

// scanned returns the page as the scanner delivers it.
func (s *sheet) scanned(c scanner) image.Image {
	out := image.NewRGBA(s.Rect)
	draw.Draw(out, out.Rect, image.White, image.Point{}, draw.Src)
	sin, cos := math.Sincos(-c.skew * math.Pi / 180)
	cx, cy := float64(s.Rect.Dx())/2, float64(s.Rect.Dy())/2
	ximage.BiLinear.Transform(out, f64.Aff3{cos, -sin, cx - cx*cos + cy*sin, sin, cos, cy - cx*sin - cy*cos},
		s.RGBA, s.Rect, draw.Src, nil)
	for range c.specks {
		x, y := s.rnd.IntN(s.Rect.Dx()), s.rnd.IntN(s.Rect.Dy())
		(&sheet{RGBA: out}).dot(float64(x), float64(y), s.between(0.3, 2), color.RGBA{90, 90, 90, 255})
	}
	wide := float64(s.px(12))
	var grain [1 << 12]float64
	for i := range grain {
		grain[i] = s.rnd.NormFloat64() * c.noise
	}
	for i := 0; i < len(out.Pix); i += 4 {
		x := float64(i / 4 % s.Rect.Dx())
		n := grain[s.rnd.Uint32()%uint32(len(grain))] - 255*c.shadow*max(0, 1-x/wide)
		if c.grey {
			grey := color.GrayModel.Convert(color.RGBA{out.Pix[i], out.Pix[i+1], out.Pix[i+2], 255}).(color.Gray).Y
			out.Pix[i], out.Pix[i+1], out.Pix[i+2] = grey, grey, grey
		}
		for k := range 3 {
			// Ink on paper is never quite black, nor paper white.
			v := 20 + float64(out.Pix[i+k])*0.9 + n
			out.Pix[i+k] = uint8(min(255, max(0, v)))
		}
	}
	if c.quality == 0 {
		return out
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, out, &jpeg.Options{Quality: c.quality}); err != nil {
		panic(err)
	}
	img, err := jpeg.Decode(&b)
	if err != nil {
		panic(err)
	}
	return img
}

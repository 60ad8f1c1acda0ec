package scan

import "math"

const (
	maxSkew  = 5.0 // degrees
	skewDPI  = 100 // enough for lines of text, and little work
	stripCol = 8   // columns that share one shift; 0.7 pixels at maxSkew
)

// Skew returns the angle in degrees, counter-clockwise positive, by which the
// lines of the page are turned; [Picture.Rotated] undoes it. It tells angles up
// to 5 degrees with an error of about 0.05, and is 0 if the page has too little
// text or ruling to tell.
//
// Rows of pixels are summed along many slopes. Along the slope of the text the
// sums change most between lines and the gaps between them.
func (p *Picture) Skew() float64 {
	strips, height := p.strips()
	if strips == nil {
		return 0
	}
	sums := make([]int32, height)
	sharpness := func(degrees float64) float64 {
		clear(sums)
		slope := math.Tan(degrees * math.Pi / 180)
		for i, s := range strips {
			centre := (float64(i) - float64(len(strips)-1)/2) * stripCol
			// Text turned counter-clockwise rises to the right.
			shift := int(math.Round(centre * slope))
			from, to := max(0, -shift), min(height, height-shift)
			if from >= to {
				continue
			}
			dst, src := sums[from+shift:to+shift], s[from:to]
			for y, v := range src {
				dst[y] += int32(v)
			}
		}
		total := 0.0
		for y := 1; y < len(sums); y++ {
			d := float64(sums[y] - sums[y-1])
			total += d * d
		}
		return total
	}
	const coarse, fine = 0.25, 0.05
	best, at, all, n := 0.0, 0.0, 0.0, 0
	for a := -maxSkew; a <= maxSkew; a += coarse {
		s := sharpness(a)
		all += s
		n++
		if s > best {
			best, at = s, a
		}
	}
	if best < minSharpness*all/float64(n) {
		return 0
	}
	// The peak is found finely, and taken as the middle of its upper part,
	// because whole-pixel shifts make the very top ragged.
	centre := at
	var scores []float64
	var angles []float64
	for a := centre - coarse; a <= centre+coarse+1e-9; a += fine {
		s := sharpness(a)
		scores, angles = append(scores, s), append(angles, a)
		best = max(best, s)
	}
	weight, moment := 0.0, 0.0
	for i, s := range scores {
		if above := s - 0.8*best; above > 0 {
			weight += above
			moment += above * angles[i]
		}
	}
	if weight == 0 {
		return 0
	}
	return min(maxSkew, max(-maxSkew, moment/weight))
}

// minSharpness is how much sharper than the mean over all angles the best one
// must be. Pages of text reach 1.7 and more, noise 1.1.
const minSharpness = 1.25

// strips returns for each strip of columns the darkness of its rows, and the
// number of rows. The edges of the page, where shadows lie, are left out.
func (p *Picture) strips() ([][]uint16, int) {
	q := p.Scaled(skewDPI)
	mx, my := q.Width/33, q.Height/33
	w, h := q.Width-2*mx, q.Height-2*my
	n := w / stripCol
	if n < 8 || h < 32 {
		return nil, 0
	}
	white := int(percentile(q.Luma, 0.7))
	strips := make([][]uint16, n)
	flat := make([]uint16, n*h)
	for i := range strips {
		strips[i] = flat[i*h : (i+1)*h]
	}
	for y := range h {
		row := q.Luma[(y+my)*q.Width+mx:]
		for i := range strips {
			sum := 0
			for _, v := range row[i*stripCol : (i+1)*stripCol] {
				// Paper and its noise count nothing, all ink the same.
				if d := white - 25 - int(v); d > 0 {
					sum += min(d, 80)
				}
			}
			strips[i][y] = uint16(sum)
		}
	}
	return strips, h
}

// Rotated returns a picture of the same size, turned clockwise about its
// centre by the given degrees, which undoes a skew of that angle. What was
// outside of the page is white.
func (p *Picture) Rotated(degrees float64) *Picture {
	if math.Abs(degrees) < 0.01 || math.IsNaN(degrees) || len(p.Luma) == 0 {
		return p
	}
	out := &Picture{Width: p.Width, Height: p.Height, DPI: p.DPI}
	out.Luma = rotate(p.Luma, p.Width, p.Height, degrees, 255)
	if p.Chroma != nil {
		out.Chroma = rotate(p.Chroma, p.Width, p.Height, degrees, 0)
	}
	return out
}

// rotate turns w by h pixels clockwise, with bilinear interpolation in fixed
// point of 16 bits.
func rotate(src []byte, w, h int, degrees float64, outside byte) []byte {
	out := make([]byte, len(src))
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(w-1)/2, float64(h-1)/2
	const one = 1 << 16
	dx, dy := int(math.Round(cos*one)), int(math.Round(-sin*one))
	for y := range h {
		dst := out[y*w : (y+1)*w]
		v := float64(y) - cy
		sx := int(math.Round((cx - cx*cos + v*sin) * one))
		sy := int(math.Round((cy + cx*sin + v*cos) * one))
		for x := range dst {
			ix, iy := sx>>16, sy>>16
			if uint(ix) < uint(w-1) && uint(iy) < uint(h-1) {
				fx, fy := uint32(sx>>8&255), uint32(sy>>8&255)
				at := iy*w + ix
				top := src[at : at+2 : at+2]
				low := src[at+w : at+w+2 : at+w+2]
				a := uint32(top[0])*(256-fx) + uint32(top[1])*fx
				b := uint32(low[0])*(256-fx) + uint32(low[1])*fx
				dst[x] = byte((a*(256-fy) + b*fy + 1<<15) >> 16)
			} else {
				dst[x] = outside
			}
			sx += dx
			sy += dy
		}
	}
	return out
}

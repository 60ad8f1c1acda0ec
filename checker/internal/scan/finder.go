package scan

import (
	"cmp"
	"math"
	"slices"

	"github.com/makiuchi-d/gozxing/qrcode/detector"
)

// A pattern is what may be a finder pattern: the square in three of the corners
// of a QR code, through whose middle dark and light alternate as 1:1:3:1:1.
type pattern struct {
	x, y   float64 // its middle
	module float64 // size of a module of the code, in pixels
	seen   int     // in how many rows
}

func (f pattern) finder(b box) *detector.FinderPattern {
	return detector.NewFinderPattern1(f.x-float64(b.x0), f.y-float64(b.y0), f.module)
}

// maxPatterns bounds the grouping by threes; a page with ten codes has 30.
const maxPatterns = 60

// patterns returns what look like finder patterns, those seen in most rows
// first. Every second row is looked at: the middle of a pattern is three
// modules high.
func (p *Picture) patterns() []pattern {
	var out []pattern
	limit := p.half()
	var ends []int // where colour changes in the row, beginning with light to dark
	for y := 1; y < p.Height; y += 2 {
		row := p.Luma[y*p.Width : (y+1)*p.Width]
		ends = ends[:0]
		isDark := false
		for x, v := range row {
			if (v < limit) != isDark {
				isDark = !isDark
				ends = append(ends, x)
			}
		}
		for i := 0; i+5 < len(ends); i += 2 {
			if !ratio(ends[i : i+6]) {
				continue
			}
			f, ok := p.check((ends[i+2]+ends[i+3])/2, y, ends[i+5]-ends[i], limit)
			if ok {
				out = merge(out, f)
			}
			if len(out) > 20*maxPatterns {
				return nil // a texture, or noise
			}
		}
	}
	out = slices.DeleteFunc(out, func(f pattern) bool { return f.seen < 2 })
	slices.SortStableFunc(out, func(a, b pattern) int { return b.seen - a.seen })
	return out[:min(len(out), maxPatterns)]
}

// half returns the brightness midway between ink and paper.
func (p *Picture) half() byte {
	white, black := int(percentile(p.Luma, 0.7)), int(percentile(p.Luma, 0.005))
	return byte((white + min(black, white/3)) / 2)
}

// ratio reports whether the five stretches between six ends are as 1:1:3:1:1.
func ratio(ends []int) bool {
	total := ends[5] - ends[0]
	if total < 7 {
		return false
	}
	module := float64(total) / 7
	for i, want := range [5]float64{1, 1, 3, 1, 1} {
		// The pixels of small modules are rounded, hence the constant.
		if math.Abs(float64(ends[i+1]-ends[i])-want*module) > want*module*0.4+0.6 {
			return false
		}
	}
	return true
}

// check looks for the same ratio down the column x, around row y, and across
// the middle of what it finds there.
func (p *Picture) check(x, y, size int, limit byte) (pattern, bool) {
	down, ok := p.cross(x, y, 0, 1, size, limit)
	if !ok {
		return pattern{}, false
	}
	middle := (down[2] + down[3]) / 2
	across, ok := p.cross(x, middle, 1, 0, size, limit)
	if !ok {
		return pattern{}, false
	}
	height, width := down[5]-down[0], across[5]-across[0]
	if 3*min(height, width) < 2*max(height, width) {
		return pattern{}, false
	}
	return pattern{
		x:      float64(across[2]+across[3]) / 2,
		y:      float64(down[2]+down[3]) / 2,
		module: float64(height+width) / 14,
		seen:   1,
	}, true
}

// cross returns the ends of five stretches along (dx, dy), the middle one of
// which holds the dark pixel (x, y), if they are as those of a finder pattern.
func (p *Picture) cross(x, y, dx, dy, size int, limit byte) ([6]int, bool) {
	var ends [6]int
	at := x*dx + y*dy
	length := p.Width*dx + p.Height*dy
	base := y*p.Width*dx + x*dy
	step := dx + p.Width*dy
	isDark := func(i int) bool { return p.Luma[base+i*step] < limit }
	if !isDark(at) {
		return ends, false
	}
	far := max(0, at-size)
	i := at
	for n := 2; n >= 0; n-- {
		for want := n%2 == 0; i >= far && isDark(i) == want; i-- {
		}
		ends[n] = i + 1
	}
	far = min(length, at+size+1)
	i = at
	for n := 3; n < 6; n++ {
		for want := n%2 == 1; i < far && isDark(i) == want; i++ {
		}
		ends[n] = i
	}
	return ends, ratio(ends[:])
}

// merge adds f to the pattern that it is another sight of, or as a new one.
func merge(all []pattern, f pattern) []pattern {
	for i := range all {
		g := &all[i]
		if math.Abs(g.x-f.x) > g.module*1.5 || math.Abs(g.y-f.y) > g.module*2.5 ||
			f.module > 1.6*g.module || g.module > 1.6*f.module {
			continue
		}
		n := float64(g.seen)
		g.x, g.y = (g.x*n+f.x)/(n+1), (g.y*n+f.y)/(n+1)
		g.module = (g.module*n + f.module) / (n + 1)
		g.seen++
		return all
	}
	return append(all, f)
}

// A triple is three finder patterns that may belong to one code.
type triple struct {
	corner, right, low pattern
	module             float64
	error              float64 // how far from a right angle and equal sides
}

// modules returns the number of modules along a side of the code.
func (t triple) modules() float64 {
	side := (math.Hypot(t.right.x-t.corner.x, t.right.y-t.corner.y) +
		math.Hypot(t.low.x-t.corner.x, t.low.y-t.corner.y)) / 2
	return side/t.module + 7
}

// box returns the box around the code.
func (t triple) box() box {
	x, y := t.right.x+t.low.x-t.corner.x, t.right.y+t.low.y-t.corner.y
	r := 3.5 * t.module
	return box{
		int(min(t.corner.x, t.right.x, t.low.x, x) - r), int(min(t.corner.y, t.right.y, t.low.y, y) - r),
		int(math.Ceil(max(t.corner.x, t.right.x, t.low.x, x) + r)), int(math.Ceil(max(t.corner.y, t.right.y, t.low.y, y) + r)),
	}
}

// triples returns the groups of three patterns that lie as those of a code, the
// best first.
func (p *Picture) triples(patterns []pattern) []triple {
	var out []triple
	for i, a := range patterns {
		for j, b := range patterns[:i] {
			for _, c := range patterns[:j] {
				low, high := min(a.module, b.module, c.module), max(a.module, b.module, c.module)
				if high > 1.5*low {
					continue
				}
				for _, o := range [3][3]pattern{{a, b, c}, {b, a, c}, {c, a, b}} {
					if t, ok := p.triple(o[0], o[1], o[2]); ok {
						out = append(out, t)
					}
				}
			}
		}
	}
	slices.SortStableFunc(out, func(a, b triple) int { return cmp.Compare(a.error, b.error) })
	return out
}

// triple tries corner as the one between the other two.
func (p *Picture) triple(corner, a, b pattern) (triple, bool) {
	ax, ay, bx, by := a.x-corner.x, a.y-corner.y, b.x-corner.x, b.y-corner.y
	la, lb := math.Hypot(ax, ay), math.Hypot(bx, by)
	if la == 0 || lb == 0 {
		return triple{}, false
	}
	cosine := math.Abs(ax*bx+ay*by) / (la * lb)
	uneven := math.Abs(la-lb) / max(la, lb)
	module := (corner.module + a.module + b.module) / 3
	side := (la+lb)/2 + 7*module
	if cosine > 0.15 || uneven > 0.15 || (la+lb)/2 < 12*module || (la+lb)/2 > 180*module ||
		p.length(int(side)) < minCode || p.length(int(side)) > maxCode {
		return triple{}, false
	}
	// y grows downward: from right to low is clockwise.
	if ax*by-ay*bx < 0 {
		a, b = b, a
	}
	return triple{corner: corner, right: a, low: b, module: module, error: cosine + uneven}, true
}

package scan

import "sort"

// A box is a rectangle of pixels, its far edges excluded.
type box struct{ x0, y0, x1, y1 int }

func (b box) width() int       { return b.x1 - b.x0 }
func (b box) height() int      { return b.y1 - b.y0 }
func (b box) longer() int      { return max(b.width(), b.height()) }
func (b box) empty() bool      { return b.x1 <= b.x0 || b.y1 <= b.y0 }
func (b box) grown(by int) box { return box{b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by} }

func (b box) union(c box) box {
	if b.empty() {
		return c
	}
	if c.empty() {
		return b
	}
	return box{min(b.x0, c.x0), min(b.y0, c.y0), max(b.x1, c.x1), max(b.y1, c.y1)}
}

func (b box) intersect(c box) box {
	return box{max(b.x0, c.x0), max(b.y0, c.y0), min(b.x1, c.x1), min(b.y1, c.y1)}
}

func (b box) contains(x, y int) bool {
	return x >= b.x0 && x < b.x1 && y >= b.y0 && y < b.y1
}

// A run is a stretch of pixels in one row, its end excluded.
type run struct {
	x0, x1, y int
	part      int32 // index of the component it belongs to
}

// maxRuns bounds the work on a picture of noise. A page full of small print has
// 200,000 runs at 200 dpi.
const maxRuns = 1_500_000

// runs returns the stretches of pixels that have the bit, at least shortest
// long, row by row, bridging gaps of up to bridge pixels.
func (m *mask) runs(bit byte, shortest, bridge int) []run {
	var out []run
	for y := range m.h {
		row := m.bits[y*m.w : (y+1)*m.w]
		start, end := -1, -1
		for x, v := range row {
			if v&bit == 0 {
				continue
			}
			if start < 0 {
				start = x
			} else if x-end > bridge {
				if end-start >= shortest {
					out = append(out, run{x0: start, x1: end, y: y})
				}
				start = x
			}
			end = x + 1
		}
		if start >= 0 && end-start >= shortest {
			out = append(out, run{x0: start, x1: end, y: y})
		}
		if len(out) > maxRuns {
			return nil
		}
	}
	return out
}

// connect groups runs, ordered by row, that touch, also by a corner. It sets
// the part of each and returns the number of parts.
func connect(runs []run) int {
	parent := make([]int32, len(runs))
	find := func(i int32) int32 {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	above, last := 0, 0 // runs[above:last] are those of the row above
	for i := range runs {
		parent[i] = int32(i)
		r := runs[i]
		if i == 0 || runs[i-1].y != r.y {
			above, last = last, i
			if i > 0 && runs[i-1].y != r.y-1 {
				above = last
			}
		}
		for above < last && runs[above].x1 < r.x0 {
			above++
		}
		for j := above; j < last && runs[j].x0 <= r.x1; j++ {
			a, b := find(int32(j)), find(int32(i))
			parent[max(a, b)] = min(a, b)
		}
	}
	n := int32(0)
	for i := range runs {
		// The root of a part is its first run, so its number is known here.
		if root := find(int32(i)); int(root) == i {
			runs[i].part = n
			n++
		} else {
			runs[i].part = runs[root].part
		}
	}
	return int(n)
}

// A component is a connected set of dark pixels.
type component struct {
	box          // of all its pixels, in pixels of the mask
	area     int // its pixels
	black    int // those that are black
	coloured int // those that are coloured

	// The same of the part outside of words; see [mask.free].
	outside         box
	outsideArea     int
	outsideColoured int
}

// components returns the n components that runs, as connected, make up.
func (m *mask) components(runs []run, n int) []component {
	out := make([]component, n)
	for _, r := range runs {
		c := &out[r.part]
		c.box = c.union(box{r.x0, r.y, r.x1, r.y + 1})
		c.area += r.x1 - r.x0
		for _, v := range m.bits[r.y*m.w+r.x0 : r.y*m.w+r.x1] {
			c.black += int(v & black / black)
			c.coloured += int(v & coloured / coloured)
		}
	}
	return out
}

// free measures the parts of components that lie outside of words.
func (m *mask) free(runs []run, components []component) {
	for _, r := range runs {
		c := &components[r.part]
		first, last := -1, 0
		for x, v := range m.bits[r.y*m.w+r.x0 : r.y*m.w+r.x1] {
			if v&worded != 0 {
				continue
			}
			if first < 0 {
				first = r.x0 + x
			}
			last = r.x0 + x + 1
			c.outsideArea++
			c.outsideColoured += int(v & coloured / coloured)
		}
		if first >= 0 {
			c.outside = c.outside.union(box{first, r.y, last, r.y + 1})
		}
	}
}

// An index finds the components in a part of a mask. They are in the order of
// their first rows, as connect numbers them.
type index struct {
	parts []component
	reach int   // pixels; those higher than that are
	high  []int // these
}

func newIndex(parts []component, reach int) *index {
	out := &index{parts: parts, reach: reach}
	for i, c := range parts {
		if c.height() > reach {
			out.high = append(out.high, i)
		}
	}
	return out
}

// each calls f with the components whose boxes meet b.
func (x *index) each(b box, f func(component)) {
	for _, i := range x.high {
		if c := x.parts[i]; !c.intersect(b).empty() {
			f(c)
		}
	}
	first := sort.Search(len(x.parts), func(i int) bool { return x.parts[i].y0 >= b.y0-x.reach })
	for _, c := range x.parts[first:] {
		if c.y0 >= b.y1 {
			break
		}
		if c.height() <= x.reach && !c.intersect(b).empty() {
			f(c)
		}
	}
}

package scan

import "slices"

// clusters groups components of ink that are near each other, and returns the
// groups that are large enough for a mark.
func (p *Picture) clusters(m *mask, runs []run, parts []component, ink []bool, height int) []Mark {
	size := p.mm(gap / 2)
	w, h := m.w/size+3, m.h/size+3
	coarse := &mask{w: w, h: h, bits: make([]byte, w*h)}
	for _, r := range runs {
		if o := parts[r.part].outside; ink[r.part] && meets(r, o) {
			from, to := max(r.x0, o.x0)/size, (min(r.x1, o.x1)-1)/size
			// One cell more to the right and below joins what is two cells apart.
			coarse.set(box{from, r.y / size, to + 2, r.y/size + 2}, dark)
		}
	}
	cells := coarse.runs(dark, 1, 0)
	groups := make([]cluster, connect(cells))
	at := make([]int32, w*h)
	for _, r := range cells {
		for x := r.x0; x < r.x1; x++ {
			at[r.y*w+x] = r.part
		}
	}
	seen := make([]bool, len(parts))
	for _, r := range runs {
		c := &parts[r.part]
		if ink[r.part] && !seen[r.part] && meets(r, c.outside) {
			seen[r.part] = true
			g := &groups[at[r.y/size*w+max(r.x0, c.outside.x0)/size]]
			g.add(c)
			g.seed = g.seed || p.seed(c, height)
		}
	}
	var out []Mark
	for _, g := range groups {
		if g.seed && p.area(g.area) >= minArea {
			out = append(out, Mark{
				X0: g.x0, Y0: g.y0, X1: g.x1, Y1: g.y1, Kind: Ink,
				Area:    p.area(g.area),
				Longest: p.length(g.longest),
				Colour:  float64(g.coloured) / float64(g.area),
				Parts:   g.parts,
			})
		}
	}
	return out
}

// meets reports whether a run has a pixel in the box.
func meets(r run, b box) bool {
	return r.y >= b.y0 && r.y < b.y1 && r.x1 > b.x0 && r.x0 < b.x1
}

// A cluster is a group of components, counted in pixels.
type cluster struct {
	box
	area, coloured, longest, parts int
	seed                           bool // one of them is large enough for a mark
}

func (g *cluster) add(c *component) {
	g.box = g.union(c.outside)
	g.parts++
	g.area += c.outsideArea
	g.coloured += c.outsideColoured
	g.longest = max(g.longest, c.outside.longer())
}

// seed reports whether a component is large enough to make a mark.
func (p *Picture) seed(c *component, height int) bool {
	o := c.outside
	longest := max(float64(p.mm(minLongest)), letterShare*float64(height))
	across := p.length(min(o.width(), o.height()))
	if across < slim || float64(o.longer()) < longest {
		return false
	}
	return p.length(o.longer()) >= short || 2*c.outsideColoured > c.outsideArea ||
		across >= squat && float64(o.height()) >= shortHeight*float64(height)
}

// maxNested bounds the comparison of each mark with each.
const maxNested = 500

// unnested joins each mark to another, as small as a stamp, in whose box it
// lies: the middle of a stamp to its ring.
func (p *Picture) unnested(marks []Mark) []Mark {
	if len(marks) > maxNested {
		return marks
	}
	size := func(k Mark) int { return (k.X1 - k.X0) * (k.Y1 - k.Y0) }
	slices.SortStableFunc(marks, func(a, b Mark) int { return size(b) - size(a) })
	out := marks[:0]
next:
	for _, k := range marks {
		for i := range out {
			o := &out[i]
			if k.X0 >= o.X0 && k.Y0 >= o.Y0 && k.X1 <= o.X1 && k.Y1 <= o.Y1 &&
				max(o.X1-o.X0, o.Y1-o.Y0) <= p.mm(largest) {
				o.Colour = (o.Colour*o.Area + k.Colour*k.Area) / (o.Area + k.Area)
				o.Area += k.Area
				o.Parts += k.Parts
				continue next
			}
		}
		out = append(out, k)
	}
	return out
}

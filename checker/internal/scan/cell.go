package scan

const (
	cellMargin = 6.0  // mm around a cell that are looked at, too
	cellShare  = 0.35 // of a component that must lie in the cell to count
	cellFilled = 0.6  // of the cell's height, likewise
	cellRule   = 0.6  // of the cell's width that a ruled line in it has
	cellSpeck  = 0.8  // mm; smaller components of a cell are dirt
	// penLift is the gap in millimetres that a thin or faint stroke may have.
	penLift = 1.0
	// maxCell bounds the comparison of each component of a cell with each.
	maxCell = 500
)

// Ink returns how much ink a cell of the page holds, the box in pixels, beside
// ruled lines and printed words: its area in mm², and the longer side in mm of
// its largest stroke, across gaps of a millimetre. A stroke that comes in from
// another cell counts only if much of it lies in this one. The number of a row
// that is printed in the cell counts nothing.
func (p *Picture) Ink(x0, y0, x1, y1 int, words []Word) (area, longest float64) {
	margin := p.mm(cellMargin)
	m := p.mask(x0-margin, y0-margin, x1+margin, y1+margin)
	// A shorter line is the stroke below or through a signature.
	p.eraseRules(m, max(p.mm(ruleLength), int(cellRule*float64(x1-x0))))
	runs := m.runs(dark, 1, 0)
	parts := m.components(runs, connect(runs))
	height := p.textHeight(words)
	var near []Word
	for _, w := range words {
		w.X0, w.X1, w.Y0, w.Y1 = w.X0-m.x0, w.X1-m.x0, w.Y0-m.y0, w.Y1-m.y0
		if !w.box().intersect(box{0, 0, m.w, m.h}).empty() {
			near = append(near, w)
		}
	}
	for _, w := range printed(near, parts, height) {
		m.set(w.box().grown(2), worded)
	}
	cell := box{x0 - m.x0, y0 - m.y0, x1 - m.x0, y1 - m.y0}
	for _, b := range []box{
		{0, 0, m.w, cell.y0}, {0, cell.y1, m.w, m.h}, {0, 0, cell.x0, m.h}, {cell.x1, 0, m.w, m.h},
	} {
		m.set(b, worded)
	}
	m.free(runs, parts)
	var inside []component
	for _, c := range parts {
		if c.outside.longer() >= p.mm(cellSpeck) && !p.solid(c) && belongs(c, cell) {
			inside = append(inside, c)
		}
	}
	for _, stroke := range strokes(inside, p.mm(penLift)) {
		if isNumber(stroke, height) {
			continue
		}
		var all box
		for _, c := range stroke {
			all = all.union(c.outside)
			area += p.area(c.outsideArea)
		}
		longest = max(longest, p.length(all.longer()))
	}
	return area, longest
}

// belongs reports whether a component that reaches beyond the cell was written
// into it: much of it lies there, or that part fills the cell. The latter
// are signatures that touch those above and below.
func belongs(c component, cell box) bool {
	filled := cellFilled * float64(cell.height())
	return float64(c.outsideArea) >= cellShare*float64(c.area) ||
		float64(c.outside.height()) >= filled && float64(c.outside.width()) >= filled
}

// strokes groups components between which there is a gap of less than lift
// pixels.
func strokes(parts []component, lift int) [][]component {
	group := make([]int, len(parts))
	for i := range group {
		group[i] = i
	}
	if len(parts) <= maxCell {
		for i, c := range parts {
			for j, d := range parts[:i] {
				if !c.outside.grown(lift).intersect(d.outside).empty() && group[i] != group[j] {
					from, to := max(group[i], group[j]), min(group[i], group[j])
					for k := range group[:i+1] {
						if group[k] == from {
							group[k] = to
						}
					}
				}
			}
		}
	}
	out := make([][]component, len(parts))
	for i, c := range parts {
		out[group[i]] = append(out[group[i]], c)
	}
	return out
}

// isNumber reports whether the components are a few figures and a dot.
func isNumber(parts []component, height int) bool {
	var all box
	for _, c := range parts {
		all = all.union(c.outside)
	}
	return 10*all.height() <= 11*height && 10*all.width() <= 22*height
}

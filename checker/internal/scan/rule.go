package scan

// A rule is a ruled line: an edge of a table, an underline, the line below a
// letterhead. It lies along the rows of its mask.
type rule struct {
	box
	runs []run // its pixels
}

const (
	ruleLength    = 12.0 // mm; shorter than the shortest name that is underlined
	uprightLength = 9.0  // mm; strokes of pens that go straight up are shorter
	ruleThickness = 1.3  // mm; thicker ones are bars
	ruleRun       = 3.0  // mm; a line a little oblique breaks into runs
	// maxLean is the length of a line over its drift: pages that were
	// photographed, or drawn in askew, lean by a degree or two that no
	// rotation of the page undoes.
	maxLean = 30
	// frameLength is the length in millimetres up to which a coloured line is
	// the frame of a stamp rather than of a table.
	frameLength = 75.0
)

// rules finds the lines along the rows of the mask that are at least length
// pixels long.
func (p *Picture) rules(m *mask, length int) []rule {
	runs := m.runs(black, p.mm(ruleRun), 2)
	parts := make([][]run, connect(runs))
	for _, r := range runs {
		parts[r.part] = append(parts[r.part], r)
	}
	var out []rule
	for _, part := range parts {
		l := straight(part)
		area := 0
		for _, r := range l.runs {
			area += r.x1 - r.x0
		}
		shortest := length
		if len(l.runs) < len(part) {
			// A piece of something else is a line only beyond doubt.
			shortest = 2 * length
		}
		if l.width() >= shortest && area <= l.width()*p.mm(ruleThickness) {
			out = append(out, l)
		}
	}
	return out
}

// straight returns the band of rows in which most of the connected runs lie,
// as high as a thin line of their width may lean. It
// parts a line from a stroke that runs along it.
func straight(runs []run) rule {
	var all box
	for _, r := range runs {
		all = all.union(box{r.x0, r.y, r.x1, r.y + 1})
	}
	high := 5 + all.width()/maxLean
	if all.height() <= high {
		return rule{all, runs}
	}
	sums := make([]int, all.height())
	for _, r := range runs {
		sums[r.y-all.y0] += r.x1 - r.x0
	}
	sum, best, top := 0, 0, 0
	for y, s := range sums {
		sum += s
		if y >= high {
			sum -= sums[y-high]
		}
		if sum > best {
			best, top = sum, all.y0+max(0, y-high+1)
		}
	}
	var l rule
	for _, r := range runs {
		if r.y >= top && r.y < top+high {
			l.runs = append(l.runs, r)
			l.box = l.union(box{r.x0, r.y, r.x1, r.y + 1})
		}
	}
	return l
}

// eraseRules takes ruled lines out of the mask, those across from length pixels
// on. Where something crosses a line, its pixels stay.
func (p *Picture) eraseRules(m *mask, length int) {
	t := m.turned()
	across := p.ruled(m, length)
	upright := p.ruled(t, p.mm(uprightLength))
	for _, b := range across {
		m.clear(b)
	}
	for _, b := range upright {
		m.clear(box{b.y0, b.x0, b.y1, b.x1})
	}
}

// ruled returns the pixels of lines along the rows, as boxes of one column each.
func (p *Picture) ruled(m *mask, length int) []box {
	var out []box
	frame := p.mm(frameLength)
	for _, l := range p.rules(m, length) {
		if l.width() <= frame && m.share(l.runs, coloured) > 0.5 {
			continue
		}
		tops := make([]int, l.width())
		lows := make([]int, l.width())
		for _, r := range l.runs {
			for x := r.x0 - l.x0; x < r.x1-l.x0; x++ {
				if lows[x] == 0 {
					tops[x] = r.y
				}
				lows[x] = r.y + 1
			}
		}
		for i := range tops {
			// One pixel more on both sides is the blur of the line.
			x, top, low := l.x0+i, tops[i]-1, lows[i]+1
			if lows[i] > 0 && !m.black(x, top-1) && !m.black(x, low) {
				out = append(out, box{x, top, x + 1, low})
			}
		}
	}
	return out
}

func (m *mask) black(x, y int) bool {
	return y >= 0 && y < m.h && m.bits[y*m.w+x]&black != 0
}

// share returns how many of the dark pixels in runs have the bit, 0 to 1.
func (m *mask) share(runs []run, bit byte) float64 {
	all, with := 0, 0
	for _, r := range runs {
		for _, v := range m.bits[r.y*m.w+r.x0 : r.y*m.w+r.x1] {
			if v&dark != 0 {
				all++
			}
			if v&bit != 0 {
				with++
			}
		}
	}
	return float64(with) / float64(max(1, all))
}

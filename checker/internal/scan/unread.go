package scan

import (
	"image"
	"slices"
)

// Unread returns where rows of letters stand that none of the words covers, from
// the top down. The page must stand upright.
func (p *Picture) Unread(words []Word) []image.Rectangle {
	m := p.mask(0, 0, p.Width, p.Height)
	p.eraseRules(m, p.mm(ruleLength))
	runs := m.runs(dark, 1, 0)
	parts := m.components(runs, connect(runs))
	height := p.textHeight(words)
	for _, w := range words[:min(len(words), maxWords)] {
		m.set(w.box().grown(2), worded)
	}
	m.free(runs, parts)
	var rows []box
	for i, letter := range letterRows(parts, height) {
		if c := parts[i]; letter && 2*c.outsideArea > c.area && c.height() <= 2*height {
			rows = append(rows, c.box)
		}
	}
	slices.SortFunc(rows, func(a, b box) int { return a.x0 - b.x0 })
	var out []image.Rectangle
	for _, b := range joined(rows, 2*height) {
		if b.width() >= 3*height {
			out = append(out, image.Rect(b.x0, b.y0, b.x1, b.y1))
		}
	}
	slices.SortFunc(out, func(a, b image.Rectangle) int { return a.Min.Y - b.Min.Y })
	return out
}

// joined joins boxes, in order from the left, that go on with one another: they
// overlap for half of the lower one's height, and are no further apart than gap.
func joined(boxes []box, gap int) []box {
	var out []box
	for _, b := range boxes {
		i := slices.IndexFunc(out, func(o box) bool {
			overlap := min(b.y1, o.y1) - max(b.y0, o.y0)
			return 2*overlap >= min(b.height(), o.height()) && b.x0-o.x1 <= gap
		})
		if i < 0 {
			out = append(out, b)
			continue
		}
		out[i] = out[i].union(b)
	}
	return out
}

package scan

import (
	"cmp"
	"slices"
	"strings"
)

// A Mark is something on the page that is not printed text.
type Mark struct {
	X0, Y0, X1, Y1 int // pixels
	Kind           MarkKind
	Area           float64 // mm² of dark or coloured pixels
	Longest        float64 // mm: longer side of its largest connected component
	Colour         float64 // share of its pixels that are coloured, 0 to 1
	Parts          int     // connected components
	Payload        string  // of a QR code
	// Words are what recognition read in the mark, joined by spaces. They may
	// be handwriting, or part of a stamp.
	Words string
}

// A MarkKind tells marks apart.
type MarkKind string

const (
	Ink MarkKind = "ink" // a signature, a stamp, a pasted picture, a logo
	QR  MarkKind = "qr"  // a code that could be read; one that could not is ink
)

const (
	minArea    = 1.2 // mm² of a mark
	minLongest = 3.0 // mm
	speck      = 1.6 // mm; dirt, dots and commas are smaller
	// letterShare is how many times the height of words the largest component
	// of a mark must have: a single letter or bracket does not.
	letterShare = 1.25
	// slim is the least extent in millimetres across of something drawn:
	// dashes and the rests of ruled lines are thinner.
	slim = 1.0
	// Something shorter than short, in millimetres, must be coloured, or at
	// least squat across and shortHeight times as high as words: brackets, and
	// a few letters that ran together, are as long.
	short, squat, shortHeight = 7.0, 1.7, 1.15
	largest                   = 80.0 // mm; stamps and signatures are smaller
	// gap is the distance in millimetres up to which components are one mark.
	gap = 2.5
)

// Marks returns the marks of the page, which must stand upright, from the top
// down. What words cover is print, unless the word looks like handwriting or is
// part of a stamp.
func (p *Picture) Marks(words []Word) []Mark {
	m := p.mask(0, 0, p.Width, p.Height)
	var out []Mark
	for _, c := range p.codes() {
		out = append(out, p.codeMark(m, c))
		m.clear(c.box.grown(p.mm(1)))
	}
	p.eraseRules(m, p.mm(ruleLength))
	runs := m.runs(dark, 1, 0)
	parts := m.components(runs, connect(runs))
	height := p.textHeight(words)
	text := printed(words, parts, height)
	for _, w := range text {
		m.set(w.box().grown(2), worded)
	}
	m.free(runs, parts)
	ink := p.ink(m, parts, text, height)
	out = append(out, p.unnested(p.clusters(m, runs, parts, ink, height))...)
	slices.SortStableFunc(out, func(a, b Mark) int {
		return cmp.Or(a.Y0-b.Y0, a.X0-b.X0)
	})
	for i := range out {
		out[i].Words = within(words, text, out[i])
	}
	return out
}

// ink returns which components may belong to a mark.
func (p *Picture) ink(m *mask, parts []component, text []Word, height int) []bool {
	rows := letterRows(parts, height)
	out := make([]bool, len(parts))
	for i, c := range parts {
		o := c.outside
		if rows[i] || o.longer() < p.mm(speck) || p.shadow(m, c) || p.solid(c) || p.frame(c) ||
			isType(c, height) || o.longer() >= p.mm(minLongest) && inText(c, text, height) {
			continue
		}
		if c.outsideArea < c.area {
			// What is left of letters beside their word is no ink; a stroke
			// that runs through words is.
			out[i] = p.area(c.outsideArea) >= minArea && o.longer() >= p.mm(minLongest)
			continue
		}
		out[i] = true
	}
	return out
}

// shadow reports whether a component is the dark edge of a scan: it touches the
// edge of the page and is long, or lies within a few millimetres of it.
func (p *Picture) shadow(m *mask, c component) bool {
	edge := max(2, p.mm(1))
	inner := box{edge, edge, m.w - edge, m.h - edge}
	if c.intersect(inner) == c.box {
		return false
	}
	margin := p.mm(6)
	deep := c.intersect(box{margin, margin, m.w - margin, m.h - margin})
	return deep.empty() || c.longer() > p.mm(50)
}

// solid reports whether a component is filled like a bar, a punched hole, or the
// pale shading of a table, of which the local paper may hide a part.
func (p *Picture) solid(c component) bool {
	full := c.width() * c.height()
	return min(c.width(), c.height()) > p.mm(2) &&
		(4*c.area >= 3*full || 3*c.black < c.area && 5*c.area >= 2*full)
}

// frame reports whether a component is larger than what a hand leaves, and
// hollow: the border of a page, or the ruling of a table that is not straight.
func (p *Picture) frame(c component) bool {
	return c.longer() > p.mm(largest) && 4*c.area < c.width()*c.height()
}

// area returns square millimetres.
func (p *Picture) area(pixels int) float64 {
	mm := 25.4 / p.DPI
	return float64(pixels) * mm * mm
}

// length returns millimetres.
func (p *Picture) length(pixels int) float64 { return float64(pixels) * 25.4 / p.DPI }

// within joins the words whose middle lies in the mark and that are not print.
func within(words, text []Word, k Mark) string {
	var in []string
	b := box{k.X0, k.Y0, k.X1, k.Y1}
	for _, w := range words {
		if b.contains((w.X0+w.X1)/2, (w.Y0+w.Y1)/2) && w.Text != "" && !slices.Contains(text, w) {
			in = append(in, w.Text)
		}
	}
	return strings.Join(in, " ")
}

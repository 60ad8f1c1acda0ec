package native

import (
	"math"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// A path is what is being drawn, as far as it matters whether a hand drew it.
type path struct {
	box    text.Box
	begun  bool
	bends  int
	x0, y0 float64 // where it has come to
}

// maxStrokes bounds the drawings of a page that are kept.
const maxStrokes = 1000

// follow goes on with a path: op is one of m, l, c, v and y.
func (r *reader) follow(op string, args operands) {
	n := map[string]int{"m": 2, "l": 2, "c": 6, "v": 4, "y": 4}[op]
	p := &r.path
	var x, y float64
	for i := 0; i < n; i += 2 {
		x, y = r.ctm.Point(args.num(i, n), args.num(i+1, n))
		b := text.Box{X0: x, Y0: y, X1: x, Y1: y}
		if !p.begun {
			p.box, p.begun = b, true
			continue
		}
		p.box = text.Box{X0: min(p.box.X0, x), Y0: min(p.box.Y0, y), X1: max(p.box.X1, x), Y1: max(p.box.Y1, y)}
	}
	if op == "l" && math.Abs(x-p.x0) > pdf.Slant && math.Abs(y-p.y0) > pdf.Slant || n > 2 {
		p.bends++
	}
	p.x0, p.y0 = x, y
}

// painted ends a path. One that a hand may have drawn is kept.
func (r *reader) painted() {
	p := r.path
	r.path = path{}
	if pdf.ByHand(p.box, p.bends) && pdf.Finite(p.box) && len(r.strokes) < maxStrokes {
		r.strokes = append(r.strokes, text.Image{Box: p.box})
	}
}

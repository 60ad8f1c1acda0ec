package native

import (
	"math"

	"dasheval/checker/text"
)

// A matrix maps (x, y) to (ax+cy+e, bx+dy+f).
type matrix struct{ a, b, c, d, e, f float64 }

var identity = matrix{a: 1, d: 1}

// then returns the matrix that applies m first and n second.
func (m matrix) then(n matrix) matrix {
	return matrix{
		m.a*n.a + m.b*n.c, m.a*n.b + m.b*n.d,
		m.c*n.a + m.d*n.c, m.c*n.b + m.d*n.d,
		m.e*n.a + m.f*n.c + n.e, m.e*n.b + m.f*n.d + n.f,
	}
}

func (m matrix) point(x, y float64) (float64, float64) {
	return m.a*x + m.c*y + m.e, m.b*x + m.d*y + m.f
}

// box returns the bounds of what m makes of the rectangle from (x0, y0) to
// (x1, y1).
func (m matrix) box(x0, y0, x1, y1 float64) text.Box {
	x, y := m.point(x0, y0)
	out := text.Box{X0: x, Y0: y, X1: x, Y1: y}
	for _, corner := range [3][2]float64{{x1, y0}, {x0, y1}, {x1, y1}} {
		x, y := m.point(corner[0], corner[1])
		out = text.Box{X0: min(out.X0, x), Y0: min(out.Y0, y), X1: max(out.X1, x), Y1: max(out.Y1, y)}
	}
	return out
}

// displayed returns the matrix from the coordinates of a page to those in
// which it is displayed (origin top left, y downward), and its size there.
// Rotation is in quarter turns clockwise.
func displayed(crop text.Box, rotation int) (m matrix, width, height float64) {
	width, height = crop.X1-crop.X0, crop.Y1-crop.Y0
	switch rotation {
	case 1:
		return matrix{b: 1, c: 1, e: -crop.Y0, f: -crop.X0}, height, width
	case 2:
		return matrix{a: -1, d: 1, e: crop.X1, f: -crop.Y0}, width, height
	case 3:
		return matrix{b: -1, c: -1, e: crop.Y1, f: crop.X1}, height, width
	default:
		return matrix{a: 1, d: -1, e: -crop.X0, f: crop.Y1}, width, height
	}
}

// finite reports whether every edge of b is a number within the reach of a
// page.
func finite(b text.Box) bool {
	for _, v := range [4]float64{b.X0, b.Y0, b.X1, b.Y1} {
		if !(math.Abs(v) <= 1e6) { // false for NaN too
			return false
		}
	}
	return true
}

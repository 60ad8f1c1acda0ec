package pdf

import (
	"math"

	"dasheval/checker/text"
)

// A Matrix maps (x, y) to (Ax+Cy+E, Bx+Dy+F), ISO 32000-1, 8.3.3.
type Matrix struct{ A, B, C, D, E, F float64 }

// Then returns the matrix that applies m first and n second.
func (m Matrix) Then(n Matrix) Matrix {
	return Matrix{
		m.A*n.A + m.B*n.C, m.A*n.B + m.B*n.D,
		m.C*n.A + m.D*n.C, m.C*n.B + m.D*n.D,
		m.E*n.A + m.F*n.C + n.E, m.E*n.B + m.F*n.D + n.F,
	}
}

// Point returns what m makes of a point.
func (m Matrix) Point(x, y float64) (float64, float64) {
	return m.A*x + m.C*y + m.E, m.B*x + m.D*y + m.F
}

// Finite reports whether every edge of b is a number within the reach of a
// page.
func Finite(b text.Box) bool {
	for _, v := range [4]float64{b.X0, b.Y0, b.X1, b.Y1} {
		if !(math.Abs(v) <= 1e6) { // false for NaN too
			return false
		}
	}
	return true
}

// Slant is by how many points a line leans that a hand draws.
const Slant = 0.5

// ByHand reports whether a path in box with so many bends, which are curves and
// slanted lines, may be a signature. Circles and boxes with round corners have four
// of them; letters drawn as outlines are smaller, and maps larger.
func ByHand(box text.Box, bends int) bool {
	const minWidth, maxWidth, minHeight, maxHeight = 20, 300, 8, 150 // points
	w, h := box.X1-box.X0, box.Y1-box.Y0
	return (bends == 3 || bends > 4) && w >= minWidth && w <= maxWidth && h >= minHeight && h <= maxHeight
}

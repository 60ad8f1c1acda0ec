package native

import (
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

type matrix = pdf.Matrix

var identity = matrix{A: 1, D: 1}

// bounds returns the bounds of what m makes of the rectangle from (x0, y0) to
// (x1, y1).
func bounds(m matrix, x0, y0, x1, y1 float64) text.Box {
	x, y := m.Point(x0, y0)
	out := text.Box{X0: x, Y0: y, X1: x, Y1: y}
	for _, corner := range [3][2]float64{{x1, y0}, {x0, y1}, {x1, y1}} {
		x, y := m.Point(corner[0], corner[1])
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
		return matrix{B: 1, C: 1, E: -crop.Y0, F: -crop.X0}, height, width
	case 2:
		return matrix{A: -1, D: 1, E: crop.X1, F: -crop.Y0}, width, height
	case 3:
		return matrix{B: -1, C: -1, E: crop.Y1, F: crop.X1}, height, width
	default:
		return matrix{A: 1, D: -1, E: -crop.X0, F: crop.Y1}, width, height
	}
}

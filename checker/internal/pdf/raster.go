package pdf

import "dasheval/checker/text"

// grid is the number of cells along each side in which coverage is counted.
const grid = 50

// Raster returns the share of a page of this size that pictures cover, 0 to 1.
func Raster(images []text.Image, width, height float64) float64 {
	if width <= 0 || height <= 0 || len(images) == 0 {
		return 0
	}
	var cells [grid][grid]bool
	covered := 0
	for _, im := range images {
		// A cell counts if its middle is covered.
		x0, x1 := int(im.Box.X0/width*grid+0.5), int(im.Box.X1/width*grid+0.5)
		y0, y1 := int(im.Box.Y0/height*grid+0.5), int(im.Box.Y1/height*grid+0.5)
		for y := y0; y < min(y1, grid); y++ {
			for x := x0; x < min(x1, grid); x++ {
				if !cells[y][x] {
					cells[y][x] = true
					covered++
				}
			}
		}
	}
	return float64(covered) / (grid * grid)
}

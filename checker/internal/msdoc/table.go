package msdoc

import (
	"slices"
	"sort"
)

// A table is a table that is being read. Rows tell their columns at their
// end, so it is kept until its own.
type table struct {
	rows  []row
	cells [][]byte // of the row that is being read
	cell  xmlWriter
}

type row struct {
	cells [][]byte
	edges []int // of the cells, in twentieths of a point
}

// near is how far apart edges of two rows may be that are meant to be one.
const near = 20

// maxEdges bounds the columns of a table; package docx has no more.
const maxEdges = 256

func (t *table) endCell() {
	t.cells = append(t.cells, slices.Clone(t.cell.Bytes()))
	t.cell.Reset()
}

func (t *table) endRow(edges []int) {
	if t.cell.Len() > 0 {
		t.endCell()
	}
	t.rows = append(t.rows, row{t.cells, edges})
	t.cells = nil
}

// write writes the table to its place.
func (t *table) write(w *xmlWriter) {
	if t.cell.Len() > 0 || len(t.cells) > 0 {
		t.endRow(nil) // the file ends in it
	}
	grid := t.grid()
	w.open("w:tbl", "")
	w.open("w:tblGrid", "")
	for i := range max(len(grid)-1, 0) {
		w.empty("w:gridCol", attr("w:w", grid[i+1]-grid[i]))
	}
	w.close("w:tblGrid")
	for _, r := range t.rows {
		r.write(w, grid)
	}
	w.close("w:tbl")
}

// grid returns the edges of all rows.
func (t *table) grid() []int {
	var all []int
	for _, r := range t.rows {
		all = append(all, r.edges...)
		if len(all) > 1<<16 {
			all = distinct(all)
		}
	}
	if all = distinct(all); len(all) > maxEdges {
		return nil
	}
	return all
}

// distinct returns the edges from left to right, one of those that are near
// each other.
func distinct(edges []int) []int {
	slices.Sort(edges)
	out := edges[:0]
	for _, x := range edges {
		if len(out) == 0 || x-out[len(out)-1] >= near {
			out = append(out, x)
		}
	}
	return out
}

// line returns the number of the edge of a grid that x is near.
func line(grid []int, x int) int {
	return max(sort.SearchInts(grid, x+1)-1, 0)
}

func (r *row) write(w *xmlWriter, grid []int) {
	w.open("w:tr", "")
	if len(r.edges) > 0 && len(grid) > 0 {
		if before := line(grid, r.edges[0]); before > 0 {
			w.WriteString("<w:trPr>")
			w.empty("w:gridBefore", attr("w:val", before))
			w.WriteString("</w:trPr>")
		}
	}
	for i, cell := range r.cells {
		w.open("w:tc", "")
		if len(grid) > 0 && i+1 < len(r.edges) {
			if span := line(grid, r.edges[i+1]) - line(grid, r.edges[i]); span > 1 {
				w.WriteString("<w:tcPr>")
				w.empty("w:gridSpan", attr("w:val", span))
				w.WriteString("</w:tcPr>")
			}
		}
		w.Write(cell)
		w.close("w:tc")
	}
	w.close("w:tr")
}

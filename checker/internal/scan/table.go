package scan

import "slices"

// A Table is a ruled table: the edges of its rows and columns, in pixels,
// ascending. It has two rows and one column or more.
type Table struct{ Rows, Columns []int }

// Tables returns the ruled tables of the page, which must stand upright, from
// the top down.
func (p *Picture) Tables() []Table {
	m := p.mask(0, 0, p.Width, p.Height)
	across := p.rules(m, p.mm(15))
	upright := p.rules(m.turned(), p.mm(6))
	lines := make([]box, 0, len(across)+len(upright))
	for _, l := range across {
		lines = append(lines, l.box)
	}
	for _, l := range upright {
		lines = append(lines, box{l.y0, l.x0, l.y1, l.x1})
	}
	var out []Table
	for _, g := range p.grids(lines, len(across)) {
		if t, ok := p.table(lines, g, len(across)); ok {
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b Table) int { return a.Rows[0] - b.Rows[0] })
	return out
}

// maxLines bounds the comparison of each line with each.
const maxLines = 2000

// grids groups the lines, of which the first n go across, that meet.
func (p *Picture) grids(lines []box, n int) [][]int {
	if len(lines) > maxLines {
		return nil
	}
	near := p.mm(1.5)
	group := make([]int, len(lines))
	for i := range group {
		group[i] = i
	}
	find := func(i int) int {
		for group[i] != i {
			i = group[i]
		}
		return i
	}
	for i := range n {
		for j := n; j < len(lines); j++ {
			if !lines[i].grown(near).intersect(lines[j]).empty() {
				a, b := find(i), find(j)
				group[max(a, b)] = min(a, b)
			}
		}
	}
	members := make([][]int, len(lines))
	for i := range lines {
		g := find(i)
		members[g] = append(members[g], i)
	}
	return slices.DeleteFunc(members, func(g []int) bool { return len(g) < 5 })
}

// edgeShare is the part of the table's width that the line below a row covers;
// a shorter one divides cells. Columns are judged likewise, by height.
const edgeShare = 0.5

// table reads the edges of rows and columns from the lines of a group.
func (p *Picture) table(lines []box, group []int, n int) (Table, bool) {
	var all box
	for _, i := range group {
		all = all.union(lines[i])
	}
	near := p.mm(1.5)
	var rows, columns []edge
	for _, i := range group {
		l := lines[i]
		if i < n {
			rows = join(rows, edge{(l.y0 + l.y1) / 2, l.width()}, near)
		} else {
			columns = join(columns, edge{(l.x0 + l.x1) / 2, l.height()}, near)
		}
	}
	t := Table{
		Rows:    places(rows, int(edgeShare*float64(all.width()))),
		Columns: places(columns, int(edgeShare*float64(all.height()))),
	}
	return t, len(t.Rows) >= 3 && len(t.Columns) >= 2
}

// An edge is a place across which lines of some length lie.
type edge struct{ at, length int }

// join adds e to the edge that is near it, or as one more.
func join(edges []edge, e edge, near int) []edge {
	for i, f := range edges {
		if d := e.at - f.at; d <= near && d >= -near {
			total := f.length + e.length
			edges[i] = edge{(f.at*f.length + e.at*e.length) / max(1, total), total}
			return edges
		}
	}
	return append(edges, e)
}

func places(edges []edge, shortest int) []int {
	var out []int
	for _, e := range edges {
		if e.length >= shortest {
			out = append(out, e.at)
		}
	}
	slices.Sort(out)
	return out
}

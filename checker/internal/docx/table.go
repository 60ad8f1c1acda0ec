package docx

// A cell is the place in a table that lines are laid out in.
type cell struct {
	row    *row
	column int
	empty  bool // no line has been laid out in it
	parent *cell
}

// maxColumns bounds the columns of a table. Word has at most 63.
const maxColumns = 256

// defaultColumns is the number of columns that share the width where a table
// does not tell its grid, as it must.
const defaultColumns = 4

// A grid is the left edges of the columns of a table; the last is the right
// edge of the table.
type grid []float64

// column returns the band of span columns from at on. It grows the grid where
// cells go beyond it.
func (g *grid) column(at, span int, missing float64) (x, width float64) {
	for len(*g) <= at+span {
		*g = append(*g, (*g)[len(*g)-1]+missing)
	}
	return (*g)[at], (*g)[at+span] - (*g)[at]
}

// table reads a w:tbl and lays out its cells in bands of the frame.
func (d *reader) table(p *part, f frame) error {
	d.layout.tables++
	t := table{number: d.layout.tables, frame: f, grid: grid{f.x}}
	return d.rows(p, &t)
}

type table struct {
	number int // of the table in the document
	rows   int // rows begun
	frame  frame
	grid   grid
}

func (d *reader) rows(p *part, t *table) error {
	return p.children(func(e element) error {
		switch local := e.Name.Local; {
		case local == "tblGrid":
			return t.readGrid(p)
		case local == "tr":
			t.rows++
			return d.row(p, t)
		case dropped(local):
			return p.skip()
		}
		return d.rows(p, t) // w:sdt and the like around rows
	})
}

// readGrid reads the widths of the columns and scales them to the frame.
func (t *table) readGrid(p *part) error {
	var widths []float64
	total := 0.0
	err := p.children(func(e element) error {
		if e.Name.Local == "gridCol" && len(widths) < maxColumns {
			w := 0.0
			if v := points(e.attr("w")); v != nil {
				w = max(*v, 0)
			}
			widths = append(widths, w)
			total += w
		}
		return p.skip()
	})
	x := t.frame.x
	t.grid = grid{x}
	for _, w := range widths {
		if total > 0 {
			x += w / total * t.frame.width
		} else {
			x += t.frame.width / float64(len(widths))
		}
		t.grid = append(t.grid, x)
	}
	return err
}

// row lays out the cells of a w:tr side by side.
func (d *reader) row(p *part, t *table) error {
	l := d.layout
	r := row{table: t, top: l.y, bottom: l.y, first: len(l.page().Lines)}
	if err := d.cells(p, &r); err != nil {
		return err
	}
	l.y = r.bottom
	return nil
}

type row struct {
	*table
	top, bottom float64
	first       int // index of the first line of the page that the row has a part in
	column      int // next free column of the grid
	deleted     bool
}

func (d *reader) cells(p *part, r *row) error {
	return p.children(func(e element) error {
		switch local := e.Name.Local; {
		case local == "trPr":
			return r.readProps(p)
		case r.deleted, local != "tc" && dropped(local):
			return p.skip()
		case local == "tc":
			return d.cell(p, r)
		}
		return d.cells(p, r)
	})
}

func (r *row) readProps(p *part) error {
	return p.children(func(e element) error {
		switch e.Name.Local {
		case "gridBefore":
			if n := integer(e.attr("val")); n != nil {
				r.column = min(max(*n, 0), maxColumns)
			}
		case "del":
			r.deleted = true
		}
		return p.skip()
	})
}

// cell lays out a w:tc. Its properties come first, so that its band is known
// when its content is read.
func (d *reader) cell(p *part, r *row) error {
	c := cellProps{span: 1}
	e, ok, err := p.first()
	if err != nil || !ok {
		return err
	}
	if e.Name.Local != "tcPr" {
		p.unread(e)
	} else if c, err = readCellProps(p); err != nil {
		return err
	}
	missing := r.frame.width / defaultColumns
	if c.width > 0 {
		missing = c.width / float64(c.span)
	}
	at := r.column
	x, width := r.grid.column(at, c.span, missing)
	r.column = min(at+c.span, maxColumns)
	if c.merged {
		return p.skip()
	}
	d.layout.y = r.top
	err = d.blocks(p, frame{x: x, width: width, fixed: true, cell: &cell{
		row: r, column: at + 1, empty: true, parent: r.frame.cell,
	}})
	r.bottom = max(r.bottom, d.layout.y)
	return err
}

type cellProps struct {
	span   int
	width  float64 // 0 if not told
	merged bool    // continues the cell above or before, or is deleted
}

func readCellProps(p *part) (cellProps, error) {
	c := cellProps{span: 1}
	err := p.children(func(e element) error {
		switch e.Name.Local {
		case "gridSpan":
			if n := integer(e.attr("val")); n != nil {
				c.span = min(max(*n, 1), maxColumns)
			}
		case "tcW":
			if v := points(e.attr("w")); v != nil && e.attr("type") != "pct" {
				c.width = max(*v, 0)
			}
		case "vMerge", "hMerge":
			c.merged = c.merged || e.attr("val") != "restart"
		case "cellDel":
			c.merged = true
		}
		return p.skip()
	})
	return c, err
}

package office

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// An htmlTable is a table being read. Its rows are written when the number of
// its columns is known.
type htmlTable struct {
	flow      *flow // the rows
	row, cell bool  // one is open
	column    int   // next free one of the row
	columns   int
	below     []int // by column: rows that a cell above still goes on for
	widths    []int // of the columns, in any unit, 0 if not told
	told      int   // columns that have a tag of their own
	lists     []htmlList
	num       int
}

// width notes how wide a column is, unless that is known.
func (t *htmlTable) width(column int, tag html.Token) {
	a := attr(tag, "width")
	if a == nil || column >= maxColumns {
		return
	}
	n, err := strconv.Atoi(strings.TrimRight(strings.TrimSpace(*a), "%*px"))
	if err != nil || n <= 0 {
		return
	}
	for len(t.widths) <= column {
		t.widths = append(t.widths, 0)
	}
	if t.widths[column] == 0 {
		t.widths[column] = min(n, maxSpan)
	}
}

// grid returns the widths of all columns; those not told are as wide as the
// others on average.
func (t *htmlTable) grid() []int {
	out := make([]int, min(t.columns, maxColumns))
	sum, known := 0, 0
	for i := range min(len(out), len(t.widths)) {
		if out[i] = t.widths[i]; out[i] > 0 {
			sum += out[i]
			known++
		}
	}
	average := 100
	if known > 0 {
		average = max(sum/known, 1)
	}
	for i, w := range out {
		if w == 0 {
			w = average
		}
		out[i] = w * twipsPerPixel
	}
	return out
}

// twipsPerPixel is the size of a pixel of CSS.
const twipsPerPixel = 15

// column reads the tag of a column.
func (p *htmlPage) column(tag html.Token) {
	if t := p.inner(); t != nil {
		t.width(t.told, tag)
		t.told++
	}
}

// maxSpan bounds how many columns and rows a cell goes over.
const maxSpan = 1000

// table opens a table. Those nested too deep are looked through.
func (p *htmlPage) table() {
	if len(p.tables) >= maxNesting || p.over > 0 {
		p.over++
		return
	}
	p.flow().end()
	p.tables = append(p.tables, &htmlTable{flow: p.body.doc.flow(), lists: p.lists, num: p.num})
	p.lists, p.num = nil, 0
}

// inner returns the table that rows and cells belong to, nil if there is none.
func (p *htmlPage) inner() *htmlTable {
	if len(p.tables) == 0 || p.over > 0 {
		return nil
	}
	return p.tables[len(p.tables)-1]
}

func (p *htmlPage) endTable() {
	p.endRow()
	last := len(p.tables) - 1
	t := p.tables[last]
	p.tables = p.tables[:last]
	p.lists, p.num = t.lists, t.num
	if t.columns == 0 {
		return
	}
	f := p.flow()
	f.table(t.grid())
	f.add(t.flow)
	f.endTable()
}

func (p *htmlPage) row() {
	t := p.inner()
	if t == nil {
		p.flow().end()
		return
	}
	p.endRow()
	t.row, t.column = true, 0
	t.flow.row()
}

func (p *htmlPage) endRow() {
	t := p.inner()
	if t == nil || !t.row {
		return
	}
	p.endCell()
	t.skipCovered(true)
	if t.column == 0 {
		t.flow.cell(1)
		t.flow.endCell()
	}
	t.columns = max(t.columns, t.column)
	t.row = false
	t.flow.endRow()
}

func (p *htmlPage) cell(tag html.Token) {
	t := p.inner()
	if t == nil {
		p.flow().tab()
		return
	}
	p.endCell()
	if !t.row {
		p.row()
	}
	t.skipCovered(false)
	span := func(name string) int {
		if a := attr(tag, name); a != nil {
			return min(max(startOf(strings.TrimSpace(*a)), 1), maxSpan)
		}
		return 1
	}
	columns, rows := span("colspan"), span("rowspan")
	for i := t.column; rows > 1 && i < min(t.column+columns, maxColumns); i++ {
		for len(t.below) <= i {
			t.below = append(t.below, 0)
		}
		t.below[i] = rows - 1
	}
	if columns == 1 {
		t.width(t.column, tag)
	}
	t.column += columns
	t.columns = max(t.columns, t.column)
	t.flow.cell(columns)
	t.cell = true
	p.align = alignment(tag, inlineStyle(tag))
}

// skipCovered writes the cells from here on that belong to one above, at the
// end of a row those behind gaps too.
func (t *htmlTable) skipCovered(all bool) {
	for t.column < len(t.below) {
		n := 0
		for t.column+n < len(t.below) && t.below[t.column+n] > 0 {
			t.below[t.column+n]--
			n++
		}
		if n > 0 {
			t.flow.covered(n)
			t.column += n
			continue
		}
		if !all {
			return
		}
		gap := 0
		for t.column+gap < len(t.below) && t.below[t.column+gap] == 0 {
			gap++
		}
		if t.column+gap == len(t.below) {
			return
		}
		t.flow.cell(gap)
		t.flow.endCell()
		t.column += gap
	}
}

func (p *htmlPage) endCell() {
	t := p.inner()
	if t == nil || !t.cell {
		return
	}
	t.cell = false
	t.flow.endCell()
	p.align = ""
}

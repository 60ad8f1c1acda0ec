package office

import "slices"

// A story is a text of its own: the body, a header or footer, a footnote, or
// what stands in a box.
type story struct {
	kind   storyKind
	flow   *flow
	tables []*rtfTable // that are open, from the outermost
	def    []rtfCell   // of the row, as last told for each depth
	merge  rtfCell     // properties of the cell to be told next
	row    bool        // a row has been told about and not yet ended
}

type storyKind int

const (
	storyBody storyKind = iota
	storySide
	storyNote
	storyBox
)

// An rtfTable is a table being read. Its rows are kept until its end, since
// each of them has columns of its own.
type rtfTable struct {
	rows  []rtfRow
	cells []*flow // of the row being read
	cell  *flow   // that is being read
	def   []rtfCell
}

type rtfRow struct {
	cells []*flow
	def   []rtfCell
}

// An rtfCell is what is told about a cell before its text: its right edge, and
// whether it is one with the cell before it or above it.
type rtfCell struct {
	right         int
	beside, above bool
}

// at returns where text goes, in a paragraph.
func (r *rtf) at() *flow {
	s := r.story
	depth := r.para.nesting
	if depth == 0 && (r.para.inTable || s.row) {
		depth = 1
	}
	f := s.depth(r.document, depth)
	if !f.top().paragraph {
		p := r.para.props
		if r.section && s.kind == storyBody && depth == 0 {
			r.section = false
			p.pageBreak = p.pageBreak || !r.continuous
		}
		f.begin(p)
	}
	return f
}

// depth opens and closes tables until so many are open, and returns where text
// in the innermost goes.
func (s *story) depth(d *document, depth int) *flow {
	for len(s.tables) > depth {
		s.endTable()
	}
	for len(s.tables) < depth {
		s.tables = append(s.tables, &rtfTable{cell: d.flow()})
	}
	return s.innermost()
}

func (s *story) innermost() *flow {
	if n := len(s.tables); n > 0 {
		return s.tables[n-1].cell
	}
	return s.flow
}

// end ends the paragraph that is open.
func (s *story) end() { s.innermost().end() }

// close ends all that is open.
func (s *story) close() {
	for len(s.tables) > 0 {
		s.endTable()
	}
	s.flow.end()
}

// tableWord reads a word about tables.
func (r *rtf) tableWord(name string, n int) bool {
	s := r.story
	switch name {
	case "trowd":
		s.def = nil
		s.merge = rtfCell{}
		s.row = s.row || r.para.nesting < 2
	case "clmrg":
		s.merge.beside = true
	case "clvmrg":
		s.merge.above = true
	case "cellx":
		s.merge.right = n
		if len(s.def) < maxColumns {
			s.def = append(s.def, s.merge)
		}
		s.merge = rtfCell{}
	case "cell":
		r.cell(1)
	case "nestcell":
		r.cell(max(r.para.nesting, 2))
	case "row":
		r.row(1)
		s.row = false
	case "nestrow":
		r.row(max(r.para.nesting, 2))
	default:
		return false
	}
	return true
}

// cell ends a cell.
func (r *rtf) cell(depth int) {
	if r.dest != rtfText {
		return
	}
	f := r.story.depth(r.document, depth)
	f.end()
	t := r.story.tables[depth-1]
	t.cells = append(t.cells, f)
	t.cell = r.document.flow()
}

// row ends a row.
func (r *rtf) row(depth int) {
	if r.dest != rtfText || len(r.story.tables) < depth {
		return
	}
	r.story.depth(r.document, depth)
	t := r.story.tables[depth-1]
	t.def = r.story.def
	t.endRow(r.document)
}

func (t *rtfTable) endRow(d *document) {
	if t.cell.finish(); !t.cell.empty() { // text behind the last cell
		t.cells = append(t.cells, t.cell)
		t.cell = d.flow()
	}
	if len(t.cells) > 0 {
		t.rows = append(t.rows, rtfRow{t.cells, t.def})
		t.cells = nil
	}
}

// endTable ends the innermost table and writes it.
func (s *story) endTable() {
	last := len(s.tables) - 1
	t := s.tables[last]
	s.tables = s.tables[:last]
	t.endRow(s.flow.doc)
	if len(t.rows) > 0 {
		t.write(s.innermost())
	}
}

// edges returns the right edges of all columns that any row has.
func (t *rtfTable) edges() []int {
	var out []int
	for _, r := range t.rows {
		for _, c := range r.def[:min(len(r.def), len(r.cells))] {
			if i, ok := slices.BinarySearch(out, c.right); !ok && len(out) < maxColumns {
				out = slices.Insert(out, i, c.right)
			}
		}
	}
	// Edges that are all but the same are.
	return slices.CompactFunc(out, func(a, b int) bool { return max(a-b, b-a) < nearTwips })
}

// nearTwips is the distance below which two edges are one.
const nearTwips = 30

func (t *rtfTable) write(f *flow) {
	edges := t.edges()
	widths := make([]int, len(edges))
	for i, e := range edges {
		widths[i] = max(e, 0)
		if i > 0 {
			widths[i] = e - edges[i-1]
		}
	}
	f.table(widths)
	for _, r := range t.rows {
		f.row()
		r.write(f, edges)
		f.endRow()
	}
	f.endTable()
}

func (r *rtfRow) write(f *flow, edges []int) {
	at := 0 // columns that are written
	for i := 0; i < len(r.cells); i++ {
		content := []*flow{r.cells[i]}
		def := rtfCell{}
		if i < len(r.def) {
			def = r.def[i]
		}
		for i+1 < len(r.cells) && i+1 < len(r.def) && r.def[i+1].beside {
			i++
			def.right = r.def[i].right
			content = append(content, r.cells[i])
		}
		end, _ := slices.BinarySearch(edges, def.right-nearTwips)
		span := max(end+1-at, 1)
		at += span
		if def.above {
			f.covered(span)
			continue
		}
		f.cell(span)
		for _, c := range content {
			f.add(c)
		}
		f.endCell()
	}
}

package office

// maxColumns bounds the columns of a table.
const maxColumns = 1024

// table reads a table:table.
func (o *odt) table(s *stream, f *flow) error {
	t := odtTable{odt: o, flow: f}
	err := t.rows(s)
	t.begin()
	f.endTable()
	return err
}

// An odtTable is a table being read. It begins with its first row, when the
// columns are known.
type odtTable struct {
	*odt
	flow   *flow
	begun  bool
	widths []int
}

func (t *odtTable) begin() {
	if !t.begun {
		t.begun = true
		t.flow.table(t.widths)
	}
}

// rows reads columns and rows, looking through groups of them.
func (t *odtTable) rows(s *stream) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "table-column":
			w := t.styles.resolve("table-column", e.attr("style-name")).width
			for range e.number("number-columns-repeated", 1, 1, maxColumns) {
				if len(t.widths) < maxColumns {
					t.widths = append(t.widths, w)
				}
			}
			return s.skip()
		case "table-row":
			if v := e.attr("visibility"); v == "collapse" || v == "filter" {
				return s.skip()
			}
			t.begin()
			t.flow.row()
			err := t.cells(s)
			t.flow.endRow()
			return err
		}
		if odtSilent(e) {
			return s.skip()
		}
		return t.rows(s)
	})
}

// cells reads the cells of a row. A covered cell belongs to the one before it,
// as far as that goes, or else to the one above.
func (t *odtTable) cells(s *stream) error {
	beside := 0
	return s.children(func(e element) error {
		repeated := e.number("number-columns-repeated", 1, 1, maxColumns)
		switch e.Name.Local {
		case "table-cell":
			span := e.number("number-columns-spanned", 1, 1, maxColumns)
			beside = span - 1
			t.flow.cell(span)
			err := t.blocks(s, t.flow)
			t.flow.endCell()
			if repeated > 1 { // only empty cells are repeated in texts
				t.flow.cell(repeated - 1)
				t.flow.endCell()
			}
			return err
		case "covered-table-cell":
			taken := min(beside, repeated)
			beside -= taken
			if repeated > taken {
				t.flow.covered(repeated - taken)
			}
		}
		return s.skip()
	})
}

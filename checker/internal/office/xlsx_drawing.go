package office

import "strconv"

// An anchor is what stands at one place of a sheet.
type anchor struct{ row, column int } // of its top left, from 1

// drawing reads the pictures on the sheet, which go to the cells they begin in,
// and its text boxes, which go to boxes.
func (sh *sheet) drawing(s *stream, boxes *flow) error {
	return s.children(func(e element) error {
		var at anchor
		return sh.shapes(s, &at, boxes)
	})
}

func (sh *sheet) shapes(s *stream, at *anchor, boxes *flow) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "from":
			var err error
			at.row, at.column, err = readMarker(s)
			return err
		case "pic":
			p := picture{floating: true}
			if err := readPicture(s, &p); err != nil {
				return err
			}
			sh.place(*at, p)
			return nil
		case "txBody":
			return readText(s, boxes, slideNumbers{})
		case "Fallback": // the same again
			return s.skip()
		}
		return sh.shapes(s, at, boxes)
	})
}

// readMarker reads a cell, counted from 0 in the file.
func readMarker(s *stream) (row, column int, err error) {
	err = s.children(func(e element) error {
		t, err := s.text()
		n, _ := strconv.Atoi(t)
		switch e.Name.Local {
		case "row":
			row = min(max(n, 0), lastRow-1) + 1
		case "col":
			column = min(max(n, 0), lastColumn-1) + 1
		}
		return err
	})
	return row, column, err
}

// place puts a picture into its cell, unless that is not shown.
func (sh *sheet) place(at anchor, p picture) {
	if at.row == 0 || at.column == 0 || sh.hidden[at.column] || sh.unseen[at.row] || sh.cells >= maxCells {
		return
	}
	sh.cells++
	i, ok := sh.index[at.row]
	if !ok {
		i = len(sh.rows)
		sh.index[at.row] = i
		sh.rows = append(sh.rows, sheetRow{number: at.row})
	}
	for j := range sh.rows[i].cells { // there are few
		if c := &sh.rows[i].cells[j]; c.column == at.column {
			c.pictures = append(c.pictures, p)
			return
		}
	}
	sh.rows[i].cells = append(sh.rows[i].cells, sheetCell{column: at.column, pictures: []picture{p}})
}

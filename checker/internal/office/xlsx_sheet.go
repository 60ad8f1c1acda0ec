package office

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/evidence"
)

// A sheet is a worksheet being read. Which cells are merged is told after
// them, so that they are kept until then.
type sheet struct {
	*workbook
	rows     []sheetRow
	index    map[int]int  // of rows by number
	unseen   map[int]bool // hidden rows
	hidden   [lastColumn + 1]bool
	widths   map[int]int // of columns, in twips
	merges   []merge
	drawings []string // ids of relations
}

type sheetRow struct {
	number int // from 1
	cells  []sheetCell
}

type sheetCell struct {
	column   int // from 1
	text     string
	pictures []picture
}

// A span is a run of columns, a merge a block of cells, from first to last.
type span struct{ first, last int }
type merge struct{ rows, columns span }

func (s span) has(n int) bool { return s.first <= n && n <= s.last }

// sheet writes a worksheet, if there is anything on it.
func (w *workbook) sheet(name, member string) error {
	sh := &sheet{workbook: w, index: make(map[int]int), unseen: make(map[int]bool), widths: make(map[int]int)}
	if err := w.archive.read(member, func(s *stream, _ element) error { return sh.read(s) }); err != nil {
		return err
	}
	boxes := w.flow()
	rels, err := w.archive.relations(member)
	if err != nil {
		return err
	}
	for _, id := range sh.drawings {
		if target := rels[id].target; w.archive.has(target) {
			err := w.archive.read(target, func(s *stream, _ element) error { return sh.drawing(s, boxes) })
			if err := w.archive.optional(err); err != nil {
				return err
			}
		}
	}
	if len(sh.rows) == 0 && boxes.empty() {
		return nil
	}
	w.body.begin(props{pageBreak: w.sheets > 0})
	w.body.text(name)
	w.body.end()
	w.sheets++
	sh.write()
	w.body.add(boxes)
	return nil
}

func (sh *sheet) read(s *stream) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "cols":
			return s.children(func(e element) error {
				sh.column(e)
				return s.skip()
			})
		case "sheetData":
			return sh.data(s)
		case "mergeCells":
			return s.children(func(e element) error {
				if m, ok := parseMerge(e.attr("ref")); ok {
					if len(sh.merges) == maxMerges {
						return fmt.Errorf("%w: more than %d merged cells", evidence.ErrTooLarge, maxMerges)
					}
					sh.merges = append(sh.merges, m)
				}
				return s.skip()
			})
		case "drawing":
			sh.drawings = append(sh.drawings, e.attr("id"))
		}
		return s.skip()
	})
}

func (sh *sheet) column(e element) {
	s := span{e.number("min", 1, 1, lastColumn), e.number("max", 1, 1, lastColumn)}
	if e.on("hidden", false) && sh.spend(s.last-s.first+1) {
		for c := s.first; c <= s.last; c++ {
			sh.hidden[c] = true
		}
	}
	width, err := strconv.ParseFloat(e.attr("width"), 64)
	if err != nil || !(width > 0) || s.last-s.first > maxColumns {
		return
	}
	for c := s.first; c <= s.last; c++ {
		sh.widths[c] = int(min(width, 255) * twipsPerCharacter)
	}
}

// twipsPerCharacter is the width of a digit in the usual font.
const twipsPerCharacter = 105

// data reads the rows.
func (sh *sheet) data(s *stream) error {
	number := 0
	return s.children(func(e element) error {
		number = e.number("r", number+1, 1, lastRow)
		if e.Name.Local != "row" {
			return s.skip()
		}
		if e.on("hidden", false) {
			sh.unseen[number] = true
			return s.skip()
		}
		row := sheetRow{number: number}
		column := 0
		err := s.children(func(e element) error {
			if e.Name.Local != "c" {
				return s.skip()
			}
			column++
			if _, c, ok := parseRef(e.attr("r")); ok {
				column = c
			}
			t, err := sh.cell(s, e)
			if t == "" || column > lastColumn || sh.hidden[column] {
				return err
			}
			if !sh.spend(len(t)) { // one long text may stand in many cells
				return sh.err
			}
			if sh.cells++; sh.cells > maxCells {
				return fmt.Errorf("%w: more than %d cells", evidence.ErrTooLarge, maxCells)
			}
			row.cells = append(row.cells, sheetCell{column: column, text: t})
			return err
		})
		if len(row.cells) > 0 {
			sh.index[number] = len(sh.rows)
			sh.rows = append(sh.rows, row)
		}
		return err
	})
}

// cell reads a cell and returns what it shows.
func (sh *sheet) cell(s *stream, c element) (string, error) {
	value, inline := "", ""
	err := s.children(func(e element) (err error) {
		switch e.Name.Local {
		case "v":
			value, err = s.text()
			return err
		case "is":
			inline, err = readRich(s)
			return err
		}
		return s.skip()
	})
	format := sh.sections(c.number("s", 0, -1, maxStyles))
	switch c.attr("t") {
	case "s":
		n, bad := strconv.Atoi(strings.TrimSpace(value))
		if bad != nil || n < 0 || n >= len(sh.strings) {
			return "", err
		}
		return formatText(format, sh.strings[n]), err
	case "inlineStr":
		return formatText(format, inline), err
	case "str":
		return formatText(format, unescapeXstring.Replace(value)), err
	case "b":
		if strings.TrimSpace(value) == "1" {
			return "TRUE", err
		}
		return "FALSE", err
	case "e", "d":
		return value, err
	}
	v, bad := strconv.ParseFloat(strings.TrimSpace(value), 64)
	if bad != nil {
		return value, err
	}
	return formatNumber(format, v, sh.date0), err
}

// write writes the rows as a table.
func (sh *sheet) write() {
	if len(sh.rows) == 0 {
		return
	}
	slices.SortStableFunc(sh.rows, func(a, b sheetRow) int { return cmp.Compare(a.number, b.number) })
	slices.SortStableFunc(sh.merges, func(a, b merge) int { return cmp.Compare(a.rows.first, b.rows.first) })
	used := sh.used()
	widths := make([]int, len(used))
	place := make(map[int]int, len(used)) // of a column among those used
	for i, c := range used {
		place[c] = i
		if widths[i] = sh.widths[c]; widths[i] == 0 {
			widths[i] = 9 * twipsPerCharacter
		}
	}
	f := sh.body
	f.table(widths)
	owner := make([]int, lastColumn+1) // index from 1 of the last merge over a column
	next, before := 0, 0
	for _, row := range sh.rows {
		if sh.err != nil {
			break
		}
		for ; next < len(sh.merges) && sh.merges[next].rows.first <= row.number; next++ {
			m := sh.merges[next].columns
			sh.spend(m.last - m.first + 1)
			for c := m.first; c <= m.last; c++ {
				owner[c] = next + 1
			}
		}
		if before > 0 && row.number > before+1 { // rows without text are one
			f.row()
			sh.gap(len(used))
			f.endRow()
		}
		before = row.number
		f.row()
		sh.writeRow(row, used, place, owner)
		f.endRow()
	}
	f.endTable()
}

// writeRow writes the cells of a row but those that another one covers.
func (sh *sheet) writeRow(row sheetRow, used []int, place map[int]int, owner []int) {
	slices.SortStableFunc(row.cells, func(a, b sheetCell) int { return cmp.Compare(a.column, b.column) })
	at := 0
	for _, c := range row.cells {
		i, wide := place[c.column], 1
		if n := owner[c.column]; n > 0 {
			m := sh.merges[n-1]
			if m.rows.has(row.number) && (m.rows.first != row.number || m.columns.first != c.column) {
				continue
			}
			if m.rows.first == row.number {
				end, _ := slices.BinarySearch(used, m.columns.last+1)
				wide = max(end-i, 1)
			}
		}
		if i < at { // twice in the row
			continue
		}
		sh.gap(i - at)
		at = i + wide
		sh.body.cell(wide)
		if c.text != "" {
			sh.body.text(c.text)
		}
		for _, p := range c.pictures {
			sh.body.picture(p)
		}
		sh.body.endCell()
	}
	sh.gap(len(used) - at)
}

// gap writes n empty cells as one.
func (sh *sheet) gap(n int) {
	if n > 0 {
		sh.body.cell(n)
		sh.body.endCell()
	}
}

// used returns the columns that have a cell with text, in order.
func (sh *sheet) used() []int {
	seen := make([]bool, lastColumn+1)
	for _, r := range sh.rows {
		for _, c := range r.cells {
			seen[c.column] = true
		}
	}
	var out []int
	for c, ok := range seen {
		if ok {
			out = append(out, c)
		}
	}
	return out
}

// parseRef reads the address of a cell, such as AB12.
func parseRef(s string) (row, column int, ok bool) {
	i := 0
	for ; i < len(s) && i < 4; i++ {
		c := s[i] &^ 0x20
		if c < 'A' || c > 'Z' {
			break
		}
		column = column*26 + int(c-'A') + 1
	}
	row, err := strconv.Atoi(s[i:])
	return row, column, err == nil && i > 0 && row > 0 && row <= lastRow && column <= lastColumn
}

// parseMerge reads a block of cells, such as A1:B2.
func parseMerge(s string) (merge, bool) {
	from, to, _ := strings.Cut(s, ":")
	r0, c0, ok0 := parseRef(from)
	r1, c1, ok1 := parseRef(to)
	return merge{span{r0, r1}, span{c0, c1}}, ok0 && ok1 && r0 <= r1 && c0 <= c1
}

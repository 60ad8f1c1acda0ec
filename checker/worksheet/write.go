package worksheet

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/report"
	"dasheval/checker/words"

	"github.com/beevik/etree"
	"github.com/xuri/excelize/v2"
)

// A writer gathers the cells to write, by row.
type writer struct {
	say   *words.Catalogue
	notes map[string]string // by code of the item
	byRow map[int][]cell
}

// A cell is a text or, if number is not nil, a number for one column.
type cell struct {
	column int
	text   string
	number *float64
}

func newWriter(r *report.Report, lang string) (*writer, error) {
	say, err := words.New(lang)
	if err != nil {
		return nil, err
	}
	notes, err := report.Notes(r, lang)
	return &writer{say: say, notes: notes, byRow: map[int][]cell{}}, err
}

func (w *writer) put(row int, c cell) { w.byRow[row] = append(w.byRow[row], c) }

// beside lists the headings of the columns that are added beside the sheet's own.
var beside = []string{"worksheet.verdict", "worksheet.answer", "worksheet.note", "worksheet.evidence"}

func (w *writer) heading(at columns) {
	for i, key := range beside {
		w.put(at.row, cell{column: at.free + i, text: w.say.Label(key)})
	}
}

// cells lists what is written for an item: into the unit's columns the answer that
// the evidence settles, the note and the evidence; beside them all of it again with
// the verdict, because the unit's own words stay where they are.
func (w *writer) cells(c *report.Criterion, at columns) []cell {
	answer, number := report.Answered(c)
	note, evidence := w.notes[c.Code], strings.Join(c.Evidence(), "\n")
	out := []cell{
		{column: at.free, text: w.say.Label("verdict." + c.Verdict)},
		{column: at.free + 1, text: answer, number: number},
		{column: at.free + 2, text: note},
		{column: at.free + 3, text: evidence},
		{column: at.answer, text: answer, number: number},
	}
	if at.note > 0 {
		out = append(out, cell{column: at.note, text: note})
	}
	if at.evidence > 0 {
		out = append(out, cell{column: at.evidence, text: evidence})
	}
	return slices.DeleteFunc(out, func(c cell) bool { return c.text == "" && c.number == nil })
}

// write puts the cells into the part of the sheet. A cell keeps its style.
func (w *writer) write(doc *etree.Document) error {
	root := doc.Root()
	if root == nil || root.SelectElement("sheetData") == nil {
		return fmt.Errorf("%w: the sheet has no rows", ErrFile)
	}
	last := 0
	for _, row := range root.SelectElement("sheetData").SelectElements("row") {
		n, err := strconv.Atoi(row.SelectAttrValue("r", ""))
		if err != nil {
			return fmt.Errorf("%w: a row has no number", ErrFile)
		}
		for _, c := range row.SelectElements("c") {
			if _, _, err := excelize.CellNameToCoordinates(c.SelectAttrValue("r", "")); err != nil {
				return fmt.Errorf("%w: a cell has no name", ErrFile)
			}
		}
		for _, c := range w.byRow[n] {
			set(row, n, c)
			last = max(last, c.column)
		}
		if len(w.byRow[n]) > 0 {
			row.RemoveAttr("spans") // it is a hint, and wrong now
			delete(w.byRow, n)
		}
	}
	if len(w.byRow) > 0 {
		return fmt.Errorf("%w: a row of the sheet is not there", ErrFile)
	}
	return extend(root, last)
}

// extend makes the dimension of the sheet reach the last column.
func extend(root *etree.Element, column int) error {
	d := root.SelectElement("dimension")
	if d == nil {
		return nil
	}
	first, end, ok := strings.Cut(d.SelectAttrValue("ref", ""), ":")
	if !ok {
		return nil
	}
	c, r, err := excelize.CellNameToCoordinates(end)
	if err != nil || c >= column {
		return nil
	}
	name, err := excelize.CoordinatesToCellName(column, r)
	if err != nil {
		return err
	}
	d.CreateAttr("ref", first+":"+name)
	return nil
}

// set writes a cell into a row, at its place among the others.
func set(row *etree.Element, n int, c cell) {
	name, err := excelize.CoordinatesToCellName(c.column, n)
	if err != nil {
		return
	}
	var at *etree.Element
	before := len(row.Child)
	for _, e := range row.SelectElements("c") {
		col, _, err := excelize.CellNameToCoordinates(e.SelectAttrValue("r", ""))
		if err != nil {
			continue
		}
		if col == c.column {
			at = e
			break
		}
		if col > c.column {
			before = e.Index()
			break
		}
	}
	if at == nil {
		at = etree.NewElement("c")
		at.Space = row.Space
		at.CreateAttr("r", name)
		row.InsertChildAt(before, at)
	}
	for _, e := range at.ChildElements() {
		at.RemoveChild(e)
	}
	if c.number != nil {
		at.RemoveAttr("t")
		v := at.CreateElement("v")
		v.Space = row.Space
		v.SetText(strconv.FormatFloat(*c.number, 'g', 10, 64))
		return
	}
	at.CreateAttr("t", "inlineStr")
	is := at.CreateElement("is")
	is.Space = row.Space
	t := is.CreateElement("t")
	t.Space = row.Space
	t.CreateAttr("xml:space", "preserve")
	t.SetText(fit(c.text))
}

// fit cuts what a cell cannot hold.
func fit(s string) string {
	const most = 32_767
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

package decision

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// sheet is the sheet of decisions in a workbook; one that has another name is read
// if it is the first.
const sheet = "Keputusan"

// columns are the headings of the workbook: the kind, then the fields. They are
// the keys of the YAML form, so that both forms are told by the same words.
func columns() []string {
	out := []string{"kind"}
	for _, f := range fields {
		out = append(out, f.key)
	}
	return append(out, "about")
}

// limits for a workbook of decisions, which is small.
var limits = excelize.Options{UnzipSizeLimit: 256 << 20, UnzipXMLSizeLimit: 64 << 20, RawCellValue: true}

func readWorkbook(name string, raw []byte) (out []Decision, err error) {
	defer func() {
		if r := recover(); r != nil { // excelize reads foreign bytes
			out, err = nil, &Mistake{name, "form", fmt.Sprint(r)}
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(raw), limits)
	if err != nil {
		return nil, &Mistake{name, "form", err.Error()}
	}
	defer f.Close()
	from := f.GetSheetName(0)
	if i, err := f.GetSheetIndex(sheet); err == nil && i >= 0 {
		from = sheet
	}
	rows, err := f.GetRows(from)
	if err != nil {
		return nil, &Mistake{name, "form", err.Error()}
	}
	props, err := f.GetWorkbookProps()
	if err != nil {
		return nil, &Mistake{name, "form", err.Error()}
	}
	from1904 := props.Date1904 != nil && *props.Date1904
	var head []string
	var errs []error
	for i, row := range rows {
		place := fmt.Sprintf("%s:%s:%d", name, from, i+1)
		if head == nil {
			if at := find(row, "reason"); at >= 0 {
				head = row
				errs = append(errs, headings(place, row))
			}
			continue
		}
		d := Decision{Place: place}
		for j, cell := range row {
			if j >= len(head) {
				break
			}
			key := strings.ToLower(strings.TrimSpace(head[j]))
			cell = strings.TrimSpace(cell)
			if cell == "" {
				errs = append(errs, computed(f, from, place, key, j+1, i+1))
				continue
			}
			if key == "kind" {
				d.Kind = Kind(strings.ToLower(cell))
			}
			for _, f := range fields {
				if f.key == key {
					*f.at(&d) = cell
				}
			}
		}
		if d.Reason+d.Approver+d.Letter+d.Expires+d.Zone+d.Level == "" {
			continue // a line of the proposal that nobody filled in
		}
		d.Expires = day(d.Expires, from1904)
		errs = append(errs, d.check())
		out = append(out, d)
	}
	if head == nil {
		errs = append(errs, &Mistake{name + ":" + from, "form", strings.Join(columns(), ", ")})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// headings reports a heading that is not known, or stands twice: what it means
// would be passed over, and a decision reach further than it says.
func headings(place string, row []string) error {
	var errs []error
	seen := map[string]bool{}
	for _, cell := range row {
		key := strings.ToLower(strings.TrimSpace(cell))
		if key != "" && (seen[key] || !slices.Contains(columns(), key)) {
			errs = append(errs, &Mistake{place, "key", cell})
		}
		seen[key] = true
	}
	return errors.Join(errs...)
}

// computed reports a cell whose formula no program has computed: it is no value,
// and not empty either.
func computed(f *excelize.File, sheet, place, key string, column, row int) error {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return nil
	}
	if formula, err := f.GetCellFormula(sheet, cell); err == nil && formula != "" {
		return &Mistake{place, "scalar", key}
	}
	return nil
}

func find(row []string, name string) int {
	for i, cell := range row {
		if strings.EqualFold(strings.TrimSpace(cell), name) {
			return i
		}
	}
	return -1
}

// day reads a day that a spreadsheet has turned into its number.
func day(s string, from1904 bool) string {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || n < 20_000 || n > 100_000 {
		return s
	}
	t, err := excelize.ExcelDateToTime(n, from1904)
	if err != nil {
		return s
	}
	return t.Format("2006-01-02")
}

// WriteXLSX writes decisions as a workbook that [Read] takes.
func WriteXLSX(w io.Writer, list []Decision) error {
	f := excelize.NewFile()
	defer f.Close()
	if err := f.SetSheetName(f.GetSheetName(0), sheet); err != nil {
		return err
	}
	bold, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6F0"}}})
	if err != nil {
		return err
	}
	// Text stays text: a code such as 1.10 must not become a number, and no cell is
	// a formula.
	plain, err := f.NewStyle(&excelize.Style{NumFmt: 49, Alignment: &excelize.Alignment{WrapText: true, Vertical: "top"}})
	if err != nil {
		return err
	}
	head := columns()
	last, err := excelize.ColumnNumberToName(len(head))
	if err != nil {
		return err
	}
	const room = 200 // rows to fill in
	rows := len(list) + 1
	errs := []error{
		f.SetSheetRow(sheet, "A1", &head),
		f.SetCellStyle(sheet, "A2", last+strconv.Itoa(rows+room), plain),
		f.SetCellStyle(sheet, "A1", last+"1", bold),
		f.SetColWidth(sheet, "A", last, 18),
		f.SetColWidth(sheet, "E", "E", 40), f.SetColWidth(sheet, "H", "H", 50), f.SetColWidth(sheet, last, last, 60),
		f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}),
		f.AutoFilter(sheet, "A1:"+last+strconv.Itoa(rows), nil),
	}
	for i, d := range list {
		errs = append(errs, f.SetCellStr(sheet, "A"+strconv.Itoa(i+2), string(d.Kind)))
		for j, field := range fields {
			cell, err := excelize.CoordinatesToCellName(j+2, i+2)
			errs = append(errs, err, f.SetCellStr(sheet, cell, *field.at(&d)))
		}
		errs = append(errs, f.SetCellStr(sheet, last+strconv.Itoa(i+2), d.About))
	}
	kinds := excelize.NewDataValidation(true)
	kinds.SetSqref("A2:A" + strconv.Itoa(rows+room))
	errs = append(errs, kinds.SetDropList([]string{string(Waiver), string(Attestation)}), f.AddDataValidation(sheet, kinds),
		f.SetDocProps(&excelize.DocProperties{Creator: "dasheval", LastModifiedBy: "dasheval", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z"}))
	if err := errors.Join(errs...); err != nil {
		return err
	}
	return f.Write(w)
}

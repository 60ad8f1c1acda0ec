// Package worksheet fills the workbook that a unit hands in: it writes the answer,
// the notes and the list of evidence of each item into a copy, and the verdict
// beside them.
//
// Its main idea is to change the file and not to make it anew: the parts of the
// workbook that hold no worksheet are copied byte by byte, and of the worksheet
// only cells change that were empty. It promises that no other cell, style,
// formula, or hidden sheet is touched.
package worksheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/report"
	"dasheval/rules"

	"github.com/beevik/etree"
	"github.com/xuri/excelize/v2"
)

// What [Fill] returns beside errors of the file itself.
var (
	// ErrLayout says that the pack does not tell how its workbook looks.
	ErrLayout = errors.New("the pack tells no worksheet")
	// ErrHeading says that no sheet has the headings of a worksheet.
	ErrHeading = errors.New("no sheet with the headings of the worksheet")
	// ErrItems says that a sheet has the headings, but none of the items.
	ErrItems = errors.New("no item of the instrument was found in the sheet")
	// ErrFile says that the file is no workbook that can be read.
	ErrFile = errors.New("no readable workbook")
)

// A Result tells what was filled.
type Result struct {
	Sheet string
	Items int // found in the sheet
	// Missing are the codes of items that the sheet does not have.
	Missing []string
	// Kept are cells of the columns for answer, note and evidence that hold
	// something of the unit's own, and stayed as they are.
	Kept int
}

// limits for a workbook, which a unit has made.
const (
	maxPart = 128 << 20 // bytes of one part, unpacked
	maxFile = 64 << 20  // bytes of the file
)

// Fill writes a copy of the workbook to w, filled with what the report knows, in
// the language.
func Fill(w io.Writer, book []byte, pack *rules.Pack, r *report.Report, lang string) (res *Result, err error) {
	defer func() {
		if v := recover(); v != nil { // libraries read foreign bytes here
			err = fmt.Errorf("%w: %v", ErrFile, v)
		}
	}()
	if l := pack.Worksheet; l == nil || len(l.Answer) == 0 || len(l.Choice) == 0 {
		return nil, ErrLayout
	}
	if len(book) > maxFile {
		return nil, fmt.Errorf("%w: more than %d MB", ErrFile, maxFile>>20)
	}
	f, err := excelize.OpenReader(bytes.NewReader(book), excelize.Options{UnzipSizeLimit: 4 * maxPart, UnzipXMLSizeLimit: maxPart})
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	defer f.Close()
	sheet, at, rows, err := find(f, pack)
	if err != nil {
		return nil, err
	}
	lines, err := outline(f, sheet, at, rows, pack)
	if err != nil {
		return nil, err
	}
	res = &Result{Sheet: sheet, Items: len(lines)}
	writer, err := newWriter(r, lang)
	if err != nil {
		return nil, err
	}
	for i := range r.Criteria {
		c := &r.Criteria[i]
		row, ok := lines[c.Code]
		if !ok {
			res.Missing = append(res.Missing, c.Code)
			continue
		}
		for _, cell := range writer.cells(c, at) {
			name, err := excelize.CoordinatesToCellName(cell.column, row)
			if err != nil {
				return nil, err
			}
			if taken(f, sheet, name) {
				res.Kept++
				continue
			}
			writer.put(row, cell)
		}
	}
	writer.heading(at)
	return res, rewrite(w, book, sheet, writer)
}

func cellName(column, row int) string {
	name, _ := excelize.CoordinatesToCellName(column, row) // "" is no cell, and taken
	return name
}

// taken reports whether a cell holds something already.
func taken(f *excelize.File, sheet, cell string) bool {
	value, err := f.GetCellValue(sheet, cell)
	if err != nil || value != "" {
		return true
	}
	formula, err := f.GetCellFormula(sheet, cell)
	return err != nil || formula != ""
}

// Columns of a sheet, from 1; row is that of the headings.
type columns struct {
	row                            int
	answer, note, evidence, choice int
	free                           int // first column beside the sheet's own
}

// find looks for the visible sheet that has the headings.
func find(f *excelize.File, pack *rules.Pack) (sheet string, at columns, rows [][]string, err error) {
	const deepest = 30 // rows above the headings
	for _, name := range f.GetSheetList() {
		if visible, err := f.GetSheetVisible(name); err != nil || !visible {
			continue
		}
		rows, err := f.GetRows(name)
		if err != nil {
			continue // another kind of sheet
		}
		for i, row := range rows[:min(len(rows), deepest)] {
			c := columns{row: i + 1}
			c.choice = heading(row, pack.Worksheet.Choice)
			c.answer = heading(row, pack.Worksheet.Answer, c.choice)
			c.evidence = heading(row, pack.Worksheet.Evidence, c.choice, c.answer)
			c.note = heading(row, pack.Worksheet.Note, c.choice, c.answer, c.evidence)
			if c.answer == 0 || c.choice == 0 {
				continue
			}
			for _, r := range rows {
				c.free = max(c.free, len(r)+1)
			}
			for taken(f, name, cellName(c.free, c.row)) && c.free < excelize.MaxColumns-len(beside) {
				c.free++ // a heading whose formula shows nothing
			}
			return name, c, rows, nil
		}
	}
	return "", columns{}, nil, fmt.Errorf("%w (%s, %s)", ErrHeading, strings.Join(pack.Worksheet.Answer, "/"), strings.Join(pack.Worksheet.Choice, "/"))
}

// heading returns the column, from 1, whose heading holds the first of the words
// that any does, 0 if none does. Columns that are known already are passed over.
func heading(row []string, words []string, known ...int) int {
	for _, w := range words {
		for i, cell := range row {
			if strings.Contains(fold(cell), fold(w)) && !slices.Contains(known, i+1) {
				return i + 1
			}
		}
	}
	return 0
}

// fold makes texts alike that people write in different ways.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// outline finds the row of each item by the numbering that stands before the
// titles: each number belongs to a depth by its style, as the codes of the
// instrument show it. Rows move, and copies of the worksheet drift; the numbering
// does not.
func outline(f *excelize.File, sheet string, at columns, rows [][]string, pack *rules.Pack) (map[string]int, error) {
	styles := stylesOf(pack)
	codes, aliases := map[string]bool{}, map[string]string{}
	for _, it := range pack.Items() {
		codes[it.Code], aliases[it.Code] = true, it.Code
		for _, alias := range it.Aliases {
			if _, err := strconv.Atoi(alias); err != nil { // numbers of rows say nothing in another copy
				aliases[alias] = it.Code
			}
		}
	}
	out := map[string]int{}
	path := make([]string, len(styles))
	current := "" // the last item that was named
	for i := at.row; i < len(rows); i++ {
		row := rows[i]
		mark := marker(row, at.choice)
		choice := ""
		if at.choice <= len(row) {
			choice = fold(row[at.choice-1])
		}
		counted := slices.ContainsFunc(pack.Worksheet.Count, func(w string) bool { return choice == fold(w) })
		if code, ok := aliases[mark]; ok && choice != "" && !counted {
			current = code
		} else if d := depth(mark, styles, path); d >= 0 {
			path[d] = strings.Trim(mark, ".)")
			clear(path[d+1:])
			current = ""
			if code := strings.Join(path[:d+1], "."); codes[code] {
				current = code
			}
		} else if mark == "-" && !counted && current == "" {
			// A single item below a division has a dash for a letter.
			if code := strings.Join(append(filled(path), "a"), "."); codes[code] && out[code] == 0 {
				current = code
			}
		}
		if current != "" && choice != "" && !counted && out[current] == 0 {
			out[current] = i + 1
		}
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%w %q", ErrItems, sheet)
	}
	return out, nil
}

// marker returns the number that stands before the title of a row, "" if none does.
func marker(row []string, before int) string {
	const longest = 12
	for i := 1; i < min(len(row), before-1); i++ {
		if s := strings.TrimSpace(row[i]); s != "" {
			if len(s) <= longest && !strings.Contains(s, " ") {
				return s
			}
			return ""
		}
	}
	return ""
}

func filled(path []string) []string {
	var out []string
	for _, s := range path {
		if s == "" {
			break
		}
		out = append(out, s)
	}
	return out
}

// A style is how the numbers of one depth are written.
type style int

const (
	letter   style = iota // a, b, c
	roman                 // i, ii, iii
	number                // 1, 2, 3
	capital               // A, B, C
	bigRoman              // I, II, III
	other
)

func styleOf(s string) style {
	all := func(set string) bool { return s != "" && strings.Trim(s, set) == "" }
	switch {
	case all("0123456789"):
		return number
	case all("IVX"):
		return bigRoman
	case all("ivx"):
		return roman
	case len(s) == 1 && s[0] >= 'A' && s[0] <= 'Z':
		return capital
	case len(s) == 1 && s[0] >= 'a' && s[0] <= 'z':
		return letter
	}
	return other
}

// stylesOf returns the styles of the depths of the instrument's longest codes.
func stylesOf(pack *rules.Pack) []style {
	var longest []string
	for _, it := range pack.Items() {
		if parts := strings.Split(it.Code, "."); len(parts) > len(longest) {
			longest = parts
		}
	}
	out := make([]style, len(longest))
	for i, s := range longest {
		out[i] = styleOf(s)
	}
	return out
}

// depth returns the depth that a number belongs to below what is open, -1 if it is
// no number. The last depth, that of items, also stands right below a part that has
// no areas.
func depth(mark string, styles []style, path []string) int {
	s := styleOf(strings.Trim(mark, ".)"))
	if mark == "" || mark == "-" || s == other {
		return -1
	}
	open := len(filled(path))
	for d, want := range styles {
		if s != want {
			continue
		}
		if d <= open {
			return d
		}
		// Items of a part without areas stand right below it, one after another.
		for i := open - 1; i >= 0; i-- {
			if styleOf(path[i]) == s {
				return i
			}
		}
		return open
	}
	return -1
}

// rewrite copies the workbook, with the sheet changed and everything computed anew
// when it is opened.
func rewrite(w io.Writer, book []byte, sheet string, cells *writer) error {
	in, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		return fmt.Errorf("%w: %w", ErrFile, err)
	}
	part, workbook, err := partOf(in, sheet)
	if err != nil {
		return err
	}
	out := zip.NewWriter(w)
	for _, f := range in.File {
		name := strings.TrimPrefix(f.Name, "/")
		if name != part && name != workbook {
			if err := out.Copy(f); err != nil {
				return fmt.Errorf("%w: %w", ErrFile, err)
			}
			continue
		}
		doc, err := read(f)
		if err != nil {
			return err
		}
		if name == part {
			err = cells.write(doc)
		} else {
			recompute(doc)
		}
		if err != nil {
			return err
		}
		to, err := out.CreateHeader(&zip.FileHeader{Name: f.Name, Method: zip.Deflate, Modified: f.Modified})
		if err != nil {
			return err
		}
		if _, err := doc.WriteTo(to); err != nil {
			return err
		}
	}
	return out.Close()
}

func read(f *zip.File) (*etree.Document, error) {
	in, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	defer in.Close()
	raw, err := io.ReadAll(io.LimitReader(in, maxPart+1))
	if err != nil || len(raw) > maxPart {
		return nil, fmt.Errorf("%w: %s is too large or damaged", ErrFile, f.Name)
	}
	doc := etree.NewDocument()
	doc.ReadSettings = etree.ReadSettings{PreserveCData: true, PreserveDuplicateAttrs: true}
	doc.WriteSettings = etree.WriteSettings{CanonicalEndTags: false, CanonicalText: false, CanonicalAttrVal: false}
	if err := doc.ReadFromBytes(raw); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrFile, err)
	}
	return doc, nil
}

// partOf returns the names of the parts that hold the sheet and the workbook.
func partOf(in *zip.Reader, sheet string) (part, workbook string, err error) {
	byName := map[string]*zip.File{}
	for _, f := range in.File {
		byName[strings.TrimPrefix(f.Name, "/")] = f
	}
	target := func(rels string, match func(*etree.Element) bool) string {
		f := byName[rels]
		if f == nil {
			return ""
		}
		doc, err := read(f)
		if err != nil || doc.Root() == nil {
			return ""
		}
		for _, e := range doc.Root().ChildElements() {
			if match(e) {
				return e.SelectAttrValue("Target", "")
			}
		}
		return ""
	}
	from := func(dir, target string) string {
		if strings.HasPrefix(target, "/") {
			return strings.TrimPrefix(target, "/")
		}
		return path.Join(dir, target)
	}
	workbook = from("", target("_rels/.rels", func(e *etree.Element) bool {
		return strings.HasSuffix(e.SelectAttrValue("Type", ""), "/officeDocument")
	}))
	f := byName[workbook]
	if f == nil {
		return "", "", fmt.Errorf("%w: it has no workbook part", ErrFile)
	}
	doc, err := read(f)
	if err != nil {
		return "", "", err
	}
	id := ""
	for _, e := range doc.FindElements("//sheets/sheet") {
		if e.SelectAttrValue("name", "") == sheet {
			id = e.SelectAttrValue("id", "")
			for _, a := range e.Attr {
				if a.Key == "id" && a.Space != "" {
					id = a.Value
				}
			}
		}
	}
	dir, base := path.Split(workbook)
	part = from(dir, target(dir+"_rels/"+base+".rels", func(e *etree.Element) bool { return id != "" && e.SelectAttrValue("Id", "") == id }))
	if byName[part] == nil {
		return "", "", fmt.Errorf("%w: it has no part for the sheet %q", ErrFile, sheet)
	}
	return part, workbook, nil
}

// recompute has programs compute every formula when they open the workbook: what
// the cells show is of before.
func recompute(doc *etree.Document) {
	root := doc.Root()
	if root == nil {
		return
	}
	calc := root.SelectElement("calcPr")
	if calc == nil {
		calc = etree.NewElement("calcPr")
		calc.Space = root.Space
		// The schema wants it behind the names.
		at := len(root.Child)
		for _, after := range []string{"definedNames", "externalReferences", "functionGroups", "sheets"} {
			if e := root.SelectElement(after); e != nil {
				at = e.Index() + 1
				break
			}
		}
		root.InsertChildAt(at, calc)
	}
	calc.CreateAttr("fullCalcOnLoad", "1")
}

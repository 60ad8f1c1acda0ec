package report

import (
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"
	"github.com/xuri/excelize/v2"
)

// writeXLSX writes a workbook of five sheets: a summary whose gates follow the
// answers, the worksheet in the order and the columns of the official one, the
// findings, the files, and what people have decided. Text stays text: no cell that
// comes from outside is ever a formula.
func writeXLSX(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	b := &book{voice: v, f: excelize.NewFile(), base: opt.Base, points: map[string]string{}}
	defer b.f.Close()
	b.styles()
	summary := b.sheet("summary", true)
	b.worksheet()
	b.summary(summary)
	b.findings()
	b.inventory()
	b.decisions()
	b.keep(b.f.SetDocProps(&excelize.DocProperties{Creator: "dasheval", LastModifiedBy: "dasheval", Created: "2000-01-01T00:00:00Z", Modified: "2000-01-01T00:00:00Z",
		Title: clean(joined(" ", r.Pack.Title.In(v.lang), r.Unit.Name))}))
	// On paper: A4 across, as wide as the sheet. A filter would take this back.
	paper, across, wide, tall, fit := 9, "landscape", 1, 0, true
	for _, name := range b.f.GetSheetList() {
		b.keep(b.f.SetPageLayout(name, &excelize.PageLayoutOptions{Size: &paper, Orientation: &across, FitToWidth: &wide, FitToHeight: &tall}),
			b.f.SetSheetProps(name, &excelize.SheetPropsOptions{FitToPage: &fit}))
	}
	full := true
	b.keep(b.f.SetCalcProps(&excelize.CalcPropsOptions{FullCalcOnLoad: &full}))
	if b.err != nil {
		return b.err
	}
	return b.f.Write(w)
}

// A book is a workbook being written. The first error is kept, and ends it.
type book struct {
	*voice
	f    *excelize.File
	err  error
	base string // from the workbook to the pile, "" if it is not known

	head, wrap, title, number, part, partNumber, share, link, outlined, headLine int               // styles
	points                                                                       map[string]string // cell of the worksheet that holds the points, by code
}

func (b *book) keep(errs ...error) { b.err = errors.Join(append([]error{b.err}, errs...)...) }

func (b *book) style(s *excelize.Style) int {
	id, err := b.f.NewStyle(s)
	b.keep(err)
	return id
}

func (b *book) styles() {
	top := &excelize.Alignment{Vertical: "top", WrapText: true}
	fill := func(colour string) excelize.Fill {
		return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
	}
	b.head = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("DDE6F0"), Alignment: top})
	b.wrap = b.style(&excelize.Style{Alignment: top, NumFmt: 49})
	b.title = b.style(&excelize.Style{Font: &excelize.Font{Bold: true, Size: 14}})
	b.number = b.style(&excelize.Style{Alignment: &excelize.Alignment{Vertical: "top"}, NumFmt: 2})
	b.part = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("F1F4F8"), Alignment: top})
	b.outlined = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("F1F4F8"), Alignment: &excelize.Alignment{Vertical: "top"}})
	b.headLine = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("DDE6F0"), Alignment: &excelize.Alignment{Vertical: "top"}})
	b.partNumber = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("F1F4F8"), Alignment: top, NumFmt: 2})
	b.share = b.style(&excelize.Style{Font: &excelize.Font{Bold: true}, Fill: fill("F1F4F8"), Alignment: top, NumFmt: 10})
	b.link = b.style(&excelize.Style{Font: &excelize.Font{Color: "0B5CAD", Underline: "single"}, Alignment: top})
}

// sheet adds a sheet, the first one in place of the sheet that a new file has.
func (b *book) sheet(name string, first bool) string {
	name = b.say.Label("xlsx.sheet." + name)
	if first {
		b.keep(b.f.SetSheetName(b.f.GetSheetName(0), name))
	} else {
		_, err := b.f.NewSheet(name)
		b.keep(err)
	}
	return name
}

// cell names a cell by column and row, from 1.
func (b *book) cell(column, row int) string {
	name, err := excelize.CoordinatesToCellName(column, row)
	b.keep(err)
	return name
}

// mostChars is how much text a cell holds.
const mostChars = 32_767

// text writes text, whatever it looks like.
func (b *book) text(sheet, cell, s string) {
	if s = xmlText(s); len([]rune(s)) > mostChars {
		s = cutTo(s, mostChars)
	}
	if s != "" {
		b.keep(b.f.SetCellStr(sheet, cell, s))
	}
}

// table writes a heading, freezes it, and lays a filter over so many rows below.
func (b *book) table(sheet string, at int, rows int, columns []string, widths []float64) {
	for i, name := range columns {
		b.text(sheet, b.cell(i+1, at), name)
		col, err := excelize.ColumnNumberToName(i + 1)
		b.keep(err, b.f.SetColWidth(sheet, col, col, widths[min(i, len(widths)-1)]))
	}
	last := b.cell(len(columns), at)
	b.keep(b.f.SetRowHeight(sheet, at, 30), b.f.SetCellStyle(sheet, b.cell(1, at), last, b.head),
		b.f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: at, TopLeftCell: b.cell(1, at+1), ActivePane: "bottomLeft"}))
	if rows > 0 {
		b.keep(b.f.SetCellStyle(sheet, b.cell(1, at+1), b.cell(len(columns), at+rows), b.wrap),
			b.f.AutoFilter(sheet, b.cell(1, at)+":"+b.cell(len(columns), at+rows), nil))
	}
}

// height makes a row as high as its longest cell needs, given how many characters
// stand on a line of each: some programs do not do so by themselves.
func (b *book) height(sheet string, row int, cells []string, widths []float64) {
	const line, highest = 15.0, 405.0 // points
	lines := 1
	for i, s := range cells {
		n := 0
		for part := range strings.SplitSeq(s, "\n") {
			n += 1 + int(float64(uniseg.StringWidth(part))/(widths[min(i, len(widths)-1)]*1.05))
		}
		lines = max(lines, n)
	}
	if lines > 1 {
		b.keep(b.f.SetRowHeight(sheet, row, min(line*float64(lines), highest)))
	}
}

// colours are those of verdicts and severities, as background and text.
var colours = map[string][2]string{
	"missing": {"FBE3E6", "A40E26"}, "noncompliant": {"FBE3E6", "A40E26"}, "partial": {"FFF1D6", "7A4B00"}, "review": {"FFF1D6", "7A4B00"},
	"met": {"DFF3E4", "1A6B33"}, "waived": {"E1EDFA", "0B5CAD"}, "error": {"FBE3E6", "A40E26"}, "warning": {"FFF1D6", "7A4B00"},
}

// coloured gives the cells of a column the colour of the word that stands in them.
func (b *book) coloured(sheet string, column, from, to int, kind string, names []string) {
	if to < from {
		return
	}
	first := b.cell(column, from)
	var rules []excelize.ConditionalFormatOptions
	for _, name := range names {
		c, ok := colours[name]
		if !ok {
			continue
		}
		rules = append(rules, b.when(first+"="+quoted(b.say.Name(kind, name)), c))
	}
	b.keep(b.f.SetConditionalFormat(sheet, first+":"+b.cell(column, to), rules))
}

// when gives a cell a colour while a formula holds.
func (b *book) when(formula string, colour [2]string) excelize.ConditionalFormatOptions {
	style, err := b.f.NewConditionalStyle(&excelize.Style{Font: &excelize.Font{Color: colour[1]}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour[0]}}})
	b.keep(err)
	return excelize.ConditionalFormatOptions{Type: "formula", Format: &style, Criteria: formula}
}

// quoted writes a text as a formula has it.
func quoted(s string) string { return `"` + strings.ReplaceAll(s, `"`, `""`) + `"` }

// summary says who was evaluated and how it stands. Points and gates are formulas
// over the worksheet, so that they follow a corrected answer.
func (b *book) summary(sheet string) {
	row := 1
	b.text(sheet, "A1", joined(" · ", b.r.Pack.Title.In(b.lang), b.r.Predicate))
	b.keep(b.f.SetCellStyle(sheet, "A1", "A1", b.title), b.f.SetColWidth(sheet, "A", "A", 44), b.f.SetColWidth(sheet, "B", "E", 22))
	if b.r.Partial {
		row++
		b.text(sheet, b.cell(1, row), b.say.Label("report.partial"))
	}
	row++
	for _, f := range b.heads() {
		row++
		b.text(sheet, b.cell(1, row), f[0])
		b.text(sheet, b.cell(2, row), f[1])
	}
	row += 2
	var totals []string
	for _, s := range b.r.Score.Sections {
		if s.Depth == 0 && b.points[s.Code] != "" {
			totals = append(totals, b.points[s.Code])
		}
	}
	for i, key := range []string{"xlsx.total", "xlsx.high", "xlsx.weight"} {
		b.text(sheet, b.cell(1, row+i), b.say.Label(key))
	}
	if len(totals) > 0 {
		b.formula(sheet, b.cell(2, row), strings.Join(totals, "+"), b.r.Score.Low)
	}
	b.keep(b.f.SetCellFloat(sheet, b.cell(2, row+1), b.r.Score.High, 2, 64), b.f.SetCellFloat(sheet, b.cell(2, row+2), b.r.Score.Weight, 2, 64),
		b.f.SetCellStyle(sheet, b.cell(2, row), b.cell(2, row+2), b.number))
	row += 4
	if len(b.r.Gates) == 0 {
		return
	}
	for i, key := range []string{"xlsx.gate", "col.min", "xlsx.low", "xlsx.high", "xlsx.state"} {
		b.text(sheet, b.cell(i+1, row), b.say.Label(key))
	}
	b.keep(b.f.SetCellStyle(sheet, b.cell(1, row), b.cell(5, row), b.head))
	first := row + 1
	for _, g := range b.r.Gates {
		row++
		b.text(sheet, b.cell(1, row), g.Text.In(b.lang))
		b.keep(b.f.SetCellFloat(sheet, b.cell(2, row), g.Min, 2, 64))
		var cells []string
		for _, code := range g.Scope {
			if c := b.points[code]; c != "" {
				cells = append(cells, c)
			}
		}
		if len(cells) == len(g.Scope) && len(cells) > 0 {
			b.formula(sheet, b.cell(3, row), strings.Join(cells, "+"), g.Points.Low)
		} else {
			b.keep(b.f.SetCellFloat(sheet, b.cell(3, row), g.Points.Low, 2, 64))
		}
		b.keep(b.f.SetCellFloat(sheet, b.cell(4, row), g.Points.High, 2, 64), b.f.SetCellStyle(sheet, b.cell(2, row), b.cell(4, row), b.number))
		// What the report found out stands until an answer is changed: it knows more
		// than points, such as the minimum of an index.
		b.formula(sheet, b.cell(5, row), fmt.Sprintf(`IF(ROUND(C%d,2)=%s,%s,IF(C%d>=B%d-0.000001,%s,IF(D%d<B%d-0.000001,%s,%s)))`,
			row, strconv.FormatFloat(math.Round(g.Points.Low*100)/100, 'g', -1, 64), quoted(b.say.Name("gate", g.State)),
			row, row, quoted(b.say.Name("gate", "passed")), row, row, quoted(b.say.Name("gate", "missed")), quoted(b.say.Name("gate", "open"))), b.say.Name("gate", g.State))
	}
	green, red := colours["met"], colours["missing"]
	var rules []excelize.ConditionalFormatOptions
	for _, c := range []struct {
		state  string
		colour [2]string
	}{{"passed", green}, {"missed", red}} {
		rules = append(rules, b.when(fmt.Sprintf("$E%d=%s", first, quoted(b.say.Name("gate", c.state))), c.colour))
	}
	b.keep(b.f.SetConditionalFormat(sheet, fmt.Sprintf("E%d:E%d", first, row), rules))
}

// formula writes a formula of ours together with the value that it has.
func (b *book) formula(sheet, cell, formula string, value any) {
	// The library keeps what stands in a cell as the result of its formula, as text;
	// a shared text would leave its number there.
	switch v := value.(type) {
	case float64:
		b.keep(b.f.SetCellFloat(sheet, cell, v, -1, 64))
	case string:
		b.keep(b.f.SetCellDefault(sheet, cell, v))
	}
	b.keep(b.f.SetCellFormula(sheet, cell, formula))
}

// findings lists every finding, once.
func (b *book) findings() {
	sheet := b.sheet("findings", false)
	columns := []string{"area", "item", "title", "verdict", "severity", "message", "fix", "document", "page", "quote", "basis", "decision", "baseline", "finding", "key"}
	var heads []string
	for _, c := range columns {
		heads = append(heads, b.say.Label("xlsx.col."+c))
	}
	rows := slices.DeleteFunc(b.rows(), func(row []string) bool { return row[slices.Index(csvColumns, "message")] == "" })
	widths := []float64{9, 13, 30, 16, 13, 50, 50, 45, 7, 40, 30, 30, 10, 22, 16}
	b.table(sheet, 1, len(rows), heads, widths)
	for i, row := range rows {
		values := make([]string, len(columns))
		for j, name := range columns {
			values[j] = row[slices.Index(csvColumns, name)]
		}
		b.height(sheet, i+2, values, widths)
		for j, name := range columns {
			cell := b.cell(j+1, i+2)
			value := row[slices.Index(csvColumns, name)]
			b.text(sheet, cell, value)
			if name == "document" && value != "" {
				b.hyperlink(sheet, cell, value)
			}
		}
	}
	b.coloured(sheet, 4, 2, len(rows)+1, "verdict", order)
	b.coloured(sheet, 5, 2, len(rows)+1, "severity", []string{"error", "warning"})
}

// mostLinks is how many files of a sheet are linked: the library takes longer for
// each further one.
const mostLinks = 5_000

// archived matches the end of an archive's name before that of its member.
var archived = regexp.MustCompile(`(?i)\.zip!`)

// hyperlink makes the name of a file lead to it, or to the archive that holds it.
func (b *book) hyperlink(sheet, cell, path string) {
	if at := archived.FindStringIndex(path); at != nil {
		path = path[:at[1]-1]
	}
	parts := strings.Split(path, "/")
	for i := range parts {
		parts[i] = url.PathEscape(parts[i])
	}
	base := b.base
	if base == "" {
		base = "."
	}
	target := base + "/" + strings.Join(parts, "/") // and never an address elsewhere
	if row, err := strconv.Atoi(strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")); err != nil || row > mostLinks || len(target) > 2000 {
		return
	}
	b.keep(b.f.SetCellHyperLink(sheet, cell, target, "External"), b.f.SetCellStyle(sheet, cell, cell, b.link))
}

// inventory lists every file, once.
func (b *book) inventory() {
	sheet := b.sheet("inventory", false)
	var heads []string
	for _, c := range []string{"document", "type", "number", "date", "signature", "read", "pages", "items", "findings", "sha256"} {
		heads = append(heads, b.say.Label("xlsx.col."+c))
	}
	n := len(b.r.Documents) + len(b.r.Ignored)
	b.table(sheet, 1, n, heads, []float64{60, 30, 24, 18, 28, 30, 8, 40, 40, 66})
	row := 1
	for i := range b.r.Documents {
		d := &b.r.Documents[i]
		row++
		read := b.say.Name("readable", d.Readable)
		if d.Readable == "no" {
			reason, _ := b.unread(*d)
			read = joined(": ", read, reason)
		}
		pages := ""
		if d.Pages != nil {
			pages = strconv.Itoa(*d.Pages)
		}
		approximate := ""
		if d.TextOrigin == "ocr" {
			approximate = "≈"
		}
		for j, value := range []string{d.Path, b.typeOf(d), prefixed(approximate, b.value(d.Facts["number"])), prefixed(approximate, b.value(d.Facts["date"])),
			b.say.Name("signature", d.Signature.State), read, pages, strings.Join(d.Criteria, ", "), strings.Join(d.Findings, ", "), d.SHA256} {
			b.text(sheet, b.cell(j+1, row), value)
		}
		b.hyperlink(sheet, b.cell(1, row), d.Path)
	}
	for _, f := range b.r.Ignored {
		row++
		b.text(sheet, b.cell(1, row), f.Path)
		b.text(sheet, b.cell(6, row), joined(": ", b.say.Label("html.state.ignored"), b.say.Name("ignored", f.Reason)))
	}
}

// decisions lists what people have decided and what became of it.
func (b *book) decisions() {
	sheet := b.sheet("decisions", false)
	var heads []string
	for _, c := range []string{"kind", "state", "item", "finding", "unit", "document", "reason", "approver", "letter", "expires", "zone", "place"} {
		heads = append(heads, b.say.Label("xlsx.col."+c))
	}
	b.table(sheet, 1, len(b.r.Decisions), heads, []float64{18, 30, 14, 22, 24, 40, 50, 24, 18, 14, 14, 24})
	for i, d := range b.r.Decisions {
		for j, value := range []string{b.say.Name("decision", d.Kind), b.became(d), d.Item, d.Finding, d.Unit, d.Document, d.Reason, d.Approver, d.Letter, d.Expires, d.Zone, d.Place} {
			b.text(sheet, b.cell(j+1, i+2), value)
		}
	}
}

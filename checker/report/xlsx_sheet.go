package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

// Columns of the worksheet. Up to the link they are those of the official one, so
// that answers, notes and evidence paste back; the others follow.
const (
	colID = iota + 1
	colOutline
	_
	_
	_
	_
	colTitle
	colWeight
	colCriteria
	colChoice
	colAnswer
	colNote
	colEvidence
	colLink
	colScore
	colPoints
	colShare
	colVerdict
	colPossible
	colHigh
	colLast = colHigh
)

// worksheet writes divisions and items in the order of the instrument. The points
// of an item follow from its answer, those of a division are the sum of what it
// consists of, as [verdict.Tally] adds them up.
func (b *book) worksheet() {
	sheet := b.sheet("worksheet", false)
	var heads []string
	for _, c := range []string{"id", "outline", "", "", "", "", "", "weight", "criteria", "choice", "answer", "note", "evidence", "link", "score", "points", "share", "verdict", "possible", "high"} {
		if c == "" {
			heads = append(heads, "")
			continue
		}
		heads = append(heads, b.say.Label("xlsx.col."+c))
	}
	items := map[string][]*Criterion{}
	for i := range b.r.Criteria {
		c := &b.r.Criteria[i]
		items[c.Division] = append(items[c.Division], c)
	}
	rows := len(b.r.Score.Sections) + len(b.r.Criteria)
	for _, c := range b.r.Criteria {
		rows += len(c.Inputs)
	}
	b.table(sheet, 1, rows, heads, []float64{6, 4, 4, 4, 4, 4, 44, 9, 50, 12, 11, 50, 50, 16, 8, 9, 8, 17, 12, 10})
	b.keep(b.f.SetCellStyle(sheet, b.cell(colOutline, 1), b.cell(colTitle, 1), b.headLine))
	row := 1
	type open struct {
		code  string
		depth int
		row   int
	}
	var path []open
	children := map[string][]string{} // points of what a division consists of
	var order []open
	for _, s := range b.r.Score.Sections {
		row++
		for len(path) > 0 && path[len(path)-1].depth >= s.Depth {
			path = path[:len(path)-1]
		}
		points := b.cell(colPoints, row)
		if len(path) > 0 {
			parent := path[len(path)-1].code
			children[parent] = append(children[parent], points)
		}
		here := open{s.Code, s.Depth, row}
		path, order = append(path, here), append(order, here)
		b.outline(sheet, row, s.Depth, s.Code, s.Title.In(b.lang))
		b.keep(b.f.SetCellFloat(sheet, b.cell(colWeight, row), s.Weight, -1, 64),
			b.f.SetCellFloat(sheet, b.cell(colHigh, row), s.Points.High, 2, 64),
			b.f.SetCellStyle(sheet, b.cell(1, row), b.cell(colLast, row), b.part),
			b.f.SetCellStyle(sheet, b.cell(colOutline, row), b.cell(colTitle, row), b.outlined), // titles run on over narrow columns
			b.f.SetCellStyle(sheet, b.cell(colPoints, row), b.cell(colPoints, row), b.partNumber),
			b.f.SetCellStyle(sheet, b.cell(colHigh, row), b.cell(colHigh, row), b.partNumber),
			b.f.SetCellStyle(sheet, b.cell(colShare, row), b.cell(colShare, row), b.share))
		b.points[s.Code] = quotedSheet(sheet) + points
		for _, c := range items[s.Code] {
			row++
			children[s.Code] = append(children[s.Code], b.cell(colPoints, row))
			b.points[c.Code] = quotedSheet(sheet) + b.cell(colPoints, row)
			b.item(sheet, row, c, worthOf(c, items[s.Code], s.Weight))
			for _, in := range c.Inputs {
				row++
				b.text(sheet, b.cell(colTitle, row), "- "+in.In(b.lang))
				b.text(sheet, b.cell(colChoice, row), b.say.Label("xlsx.count"))
			}
		}
	}
	low := map[string]float64{}
	for _, s := range b.r.Score.Sections {
		low[s.Code] = s.Points.Low
	}
	for _, d := range order {
		if sum := children[d.code]; len(sum) > 0 {
			b.formula(sheet, b.cell(colPoints, d.row), "SUM("+strings.Join(sum, ",")+")", low[d.code])
			b.formula(sheet, b.cell(colShare, d.row), fmt.Sprintf("IF(%s=0,0,%s/%s)", b.cell(colWeight, d.row), b.cell(colPoints, d.row), b.cell(colWeight, d.row)), nil)
		}
	}
	b.coloured(sheet, colVerdict, 2, row, "verdict", []string{"missing", "noncompliant", "partial", "review", "met", "waived"})
	b.keep(b.f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: colTitle, YSplit: 1, TopLeftCell: b.cell(colWeight, 2), ActivePane: "bottomRight"}))
}

func quotedSheet(sheet string) string { return "'" + strings.ReplaceAll(sheet, "'", "''") + "'!" }

// outline writes the last part of a code and the title, indented by depth.
func (b *book) outline(sheet string, row, depth int, code, title string) {
	b.text(sheet, b.cell(colID, row), strconv.Itoa(row))
	at := min(colOutline+depth, colTitle-1)
	b.text(sheet, b.cell(at, row), code[strings.LastIndexByte(code, '.')+1:]+".")
	to := colTitle
	if depth < 4 {
		to = at + 1
	}
	b.text(sheet, b.cell(to, row), title)
}

// worthOf returns the points of an item with a full score: its share of what the
// division weighs. The weights of the items stand rounded in the report.
func worthOf(c *Criterion, all []*Criterion, weight float64) float64 {
	sum := 0.0
	for _, x := range all {
		sum += x.Weight
	}
	if sum == 0 {
		return 0
	}
	return weight * c.Weight / sum
}

// item writes an item: its answers, the one that the evidence shows, and the
// points that follow from it.
func (b *book) item(sheet string, row int, c *Criterion, worth float64) {
	b.outline(sheet, row, 4, c.Code, c.Title.In(b.lang))
	var texts, names []string
	for _, a := range c.Answers {
		texts = append(texts, a.Level+". "+a.Text.In(b.lang))
		names = append(names, a.Level)
	}
	choice := strings.Join(names, "/")
	switch {
	case choice != "":
	case c.Max == 1:
		choice = "%"
	case c.Max > 0:
		choice = b.say.Label("xlsx.index", b.plainNumber(c.Max))
	}
	b.height(sheet, row, []string{c.Title.In(b.lang), strings.Join(texts, "\n"), b.note(c), strings.Join(c.Evidence(), "\n")}, []float64{44, 50, 50, 50})
	b.text(sheet, b.cell(colCriteria, row), strings.Join(texts, "\n"))
	b.text(sheet, b.cell(colChoice, row), choice)
	b.text(sheet, b.cell(colNote, row), b.note(c))
	b.text(sheet, b.cell(colEvidence, row), strings.Join(c.Evidence(), "\n"))
	b.text(sheet, b.cell(colVerdict, row), b.say.Label("verdict."+c.Verdict))
	b.text(sheet, b.cell(colPossible, row), c.Level.Possible)
	b.keep(b.f.SetCellFloat(sheet, b.cell(colHigh, row), c.Score.High, 2, 64))
	answer, points := b.cell(colAnswer, row), b.cell(colPoints, row)
	share := 0.0
	if c.Weight > 0 {
		share = c.Score.Low / c.Weight
	}
	formula := ""
	switch {
	case len(c.Answers) > 0:
		formula = "0"
		for i := len(c.Answers) - 1; i >= 0; i-- {
			formula = fmt.Sprintf("IF(%s=%s,%s,%s)", answer, quoted(c.Answers[i].Level), strconv.FormatFloat(c.Answers[i].Score, 'g', -1, 64), formula)
		}
		// What could not be judged has no answer; what it shows all the same counts.
		unjudged := c.Verdict == "review" || c.Verdict == "not_evaluated" || c.Decision != nil && c.Level.Shown != c.Level.Possible
		if c.Score.Low > 0 || !unjudged {
			b.text(sheet, answer, c.Level.Shown)
		}
	case c.Max > 0:
		formula = fmt.Sprintf("IF(ISNUMBER(%s),MAX(0,MIN(1,%s/%s)),0)", answer, answer, strconv.FormatFloat(c.Max, 'g', -1, 64))
		switch {
		case c.Index != nil:
			b.keep(b.f.SetCellFloat(sheet, answer, *c.Index, -1, 64))
		case share > 0:
			b.keep(b.f.SetCellFloat(sheet, answer, share*c.Max, 6, 64))
		}
	}
	if formula == "" {
		b.keep(b.f.SetCellFloat(sheet, points, c.Score.Low, -1, 64))
		return
	}
	b.formula(sheet, b.cell(colScore, row), formula, share)
	b.formula(sheet, points, fmt.Sprintf("%s*%s", b.cell(colScore, row), strconv.FormatFloat(worth, 'g', -1, 64)), c.Score.Low)
	b.keep(b.f.SetCellStyle(sheet, b.cell(colScore, row), points, b.number))
}

// plainNumber writes a number without a decimal sign where it has none.
func (b *book) plainNumber(f float64) string { return b.voice.number(f) }

package verdict_test

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"

	"dasheval/checker/verdict"
	"dasheval/rules"
)

// workbookFile is a ministry's worksheet of 2026. It is somebody else's and no
// part of the project, so tests against it can skip.
const workbookFile = "../../../shared/domain/workbooks/lke-esdm-template.xlsx"

const (
	fullVariants    = 20   // every item answered
	reducedVariants = 5    // some items not applicable
	sheetTolerance  = 5e-3 // points; scoring.rounding of the instrument
)

// countRows are the rows of inputs by the row of their item, in the order of the
// item's inputs.
var countRows = map[int][]int{
	125: {126, 127}, 128: {129, 130}, 151: {152, 153, 154}, 157: {158, 159}, 168: {169, 170, 171},
	174: {175, 176, 177, 178, 179}, 181: {182, 183, 184, 185, 186}, 190: {191, 192},
}

// recapAreas are the rows of sheet Unit by area, totalCells its other cells by
// the code that they show.
var (
	recapAreas = map[int]int{1: 6, 2: 7, 3: 8, 4: 9, 5: 10, 6: 11}
	totalCells = map[string]string{"A": "K12", "B": "K20", "B.I": "K15", "B.II": "K18", "B.I.a": "K16", "B.I.b": "K17",
		"B.II.a": "K19", "total": "K22"}
	gateCells = map[string]string{"total": "M22", "enablers": "M12", "clean": "M15", "perception": "M16",
		"performance": "M17", "service": "M19", "area-1": "M6", "area-2": "M7", "area-3": "M8", "area-4": "M9",
		"area-5": "M10", "area-6": "M11"}
)

// A variant is one filled worksheet and the same answers as marks.
type variant struct {
	predicate string
	marks     map[string]verdict.Mark
	file      *excelize.File
}

// TestWorkbook compares Tally and Gates with a real worksheet, computed by
// excelize and, if it is installed, by LibreOffice.
//
// The sheets Unit compute areas, totals and gates from column P of the sheet
// Jawaban, whose formulas the template came without. The test writes these from
// the scoring rules, over the rows, weights and answer types as the workbook
// has them, so that a slip in the instrument's structure shows.
func TestWorkbook(t *testing.T) {
	if _, err := os.Stat(workbookFile); err != nil {
		t.Skip("no workbook at " + workbookFile)
	}
	p, rows := realPack(t)
	var variants []*variant
	for n := range fullVariants + reducedVariants {
		variants = append(variants, newVariant(t, p, rows, n))
	}

	t.Run("excelize", func(t *testing.T) {
		cmp := &comparison{}
		for _, v := range variants {
			cmp.add(t, p, rows, v, func(sheet, cell string) (string, error) {
				return v.file.CalcCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			})
		}
		cmp.report(t, len(variants))
	})
	t.Run("libreoffice", func(t *testing.T) {
		converted := libreoffice(t, variants)
		cmp := &comparison{}
		for i, v := range variants {
			cmp.add(t, p, rows, v, func(sheet, cell string) (string, error) {
				return converted[i].GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
			})
		}
		cmp.report(t, len(variants))
	})
}

// newVariant fills the worksheet with random answers. Every third is generous, so
// that gates are seen from both sides.
func newVariant(t *testing.T, p *rules.Pack, rows map[string]int, n int) *variant {
	t.Helper()
	f, err := excelize.OpenFile(workbookFile)
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	v := &variant{predicate: []string{"WBK", "WBBM"}[n%2], marks: map[string]verdict.Mark{}, file: f}
	require.NoError(t, f.SetCellValue("Unit", "B2", v.predicate))

	rnd := rand.New(rand.NewPCG(uint64(n), 2021))
	for _, item := range p.Items() {
		row := rows[item.Code]
		v.answer(t, p, item, row, rnd, n%3 == 0)
	}
	if n >= fullVariants {
		v.drop(t, p, rows, rnd)
	}
	writeMethod(t, f)
	require.NoError(t, f.UpdateLinkedValue(), "forget cached values")
	return v
}

// answer fills column K of an item, and its counts, and sets the mark.
func (v *variant) answer(t *testing.T, p *rules.Pack, item *rules.Item, row int, rnd *rand.Rand, generous bool) {
	t.Helper()
	set := func(row int, value any) {
		require.NoError(t, v.file.SetCellValue("Jawaban", "K"+strconv.Itoa(row), value))
	}
	if item.Formula == "" {
		scores := p.AnswerTypes[item.Answer].Scores
		var levels []string
		for level := range scores {
			levels = append(levels, level)
		}
		slices.SortFunc(levels, func(a, b string) int { return int(100 * (scores[b] - scores[a])) })
		if generous {
			levels = levels[:2]
		}
		level := levels[rnd.IntN(len(levels))]
		set(row, level)
		v.marks[item.Code] = exact(scores[level])
		return
	}

	values := map[string]float64{}
	if len(item.Inputs) == 0 {
		x := float64(rnd.IntN(401)) / 100
		if generous {
			x = 3.1 + float64(rnd.IntN(91))/100
		}
		set(row, x)
		values["nilai"] = x
	} else {
		require.Len(t, item.Inputs, len(countRows[row]), "rows of counts of %s", item.Code)
		for i, input := range item.Inputs {
			x := rnd.IntN(9)
			set(countRows[row][i], x)
			values[input.ID] = float64(x)
		}
	}
	formula, err := verdict.Compile(item.Formula, inputIDs(item))
	require.NoError(t, err, item.Code)
	score, err := formula.Eval(values)
	if errors.Is(err, verdict.ErrDivisionByZero) {
		score, err = 0, nil
	}
	require.NoError(t, err, item.Code)
	v.marks[item.Code] = exact(score)
}

// drop makes one item of about half of the sub-areas not applicable: a dash in
// column K, which AVERAGE skips. Wealth reports, which the worksheet does not
// average, and sub-areas of one item keep theirs.
func (v *variant) drop(t *testing.T, p *rules.Pack, rows map[string]int, rnd *rand.Rand) {
	t.Helper()
	for _, c := range p.Components {
		for _, part := range c.Parts {
			for _, a := range part.Areas {
				for _, s := range a.Subareas {
					item := s.Items[rnd.IntN(len(s.Items))]
					if len(s.Items) < 2 || s.Code == "A.II.5.iii" || item.Formula != "" || rnd.IntN(2) == 0 {
						continue
					}
					v.marks[item.Code] = notApplicable
					require.NoError(t, v.file.SetCellValue("Jawaban", "K"+strconv.Itoa(rows[item.Code]), "-"))
				}
			}
		}
	}
}

// A comparison collects how far worksheet and package lie apart.
type comparison struct {
	numbers, gates, passed, defect int
	worst                          float64
}

func (c *comparison) add(t *testing.T, p *rules.Pack, rows map[string]int, v *variant, cell func(sheet, cell string) (string, error)) {
	t.Helper()
	number := func(sheet, at string, want float64, what string) {
		s, err := cell(sheet, at)
		require.NoError(t, err, "%s!%s", sheet, at)
		got, err := strconv.ParseFloat(s, 64)
		require.NoError(t, err, "%s!%s (%s)", sheet, at, what)
		c.numbers++
		c.worst = max(c.worst, math.Abs(got-want))
		assert.InDelta(t, got, want, sheetTolerance, "%s!%s (%s)", sheet, at, what)
	}

	s := tally(t, p, v.marks)
	points := byCode(s)
	for _, row := range subareaRows(p, rows) {
		number("Jawaban", "P"+strconv.Itoa(row.row), points[row.code].Points.Low, row.code)
	}
	for n, row := range recapAreas {
		at := strconv.Itoa(row)
		number("Unit", "I"+at, points["A.I."+strconv.Itoa(n)].Points.Low, "fulfilment")
		number("Unit", "J"+at, points["A.II."+strconv.Itoa(n)].Points.Low, "reform")
		number("Unit", "K"+at, s.Areas[n-1].Points.Low, "area")
	}
	for code, at := range totalCells {
		want := points[code].Points.Low
		if code == "total" {
			want = s.Total.Low
		}
		number("Unit", at, want, code)
	}

	gates, err := verdict.Gates(p, s, v.predicate)
	require.NoError(t, err)
	for _, r := range gates {
		at := gateCells[r.Gate.ID[len(v.predicate)+1:]]
		got, err := cell("Unit", at)
		require.NoError(t, err, at)
		c.gates++
		switch {
		case r.Outcome == verdict.GatePassed:
			c.passed++
			assert.Equal(t, "OK", got, "%s at %s", r.Gate.ID, at)
		case at == "M17":
			// The formula of the workbook says "Lulus" (passed) in the branch for
			// a missed minimum, a slip of its author.
			c.defect++
			assert.Equal(t, "Lulus", got, r.Gate.ID)
		default:
			assert.Equal(t, "Tidak Lulus", got, "%s at %s", r.Gate.ID, at)
		}
	}
}

func (c *comparison) report(t *testing.T, variants int) {
	t.Helper()
	t.Logf("%d variants: %d numbers agree, largest difference %.2g points; %d gates agree, %d of them passed; %d times the slip in M17",
		variants, c.numbers, c.worst, c.gates, c.passed, c.defect)
	assert.Positive(t, c.passed, "some gate is passed")
	assert.Less(t, c.passed, c.gates, "some gate is missed")
}

type codeRow struct {
	code string
	row  int
}

// subareaRows are the sub-areas with their rows: the row above the first item.
func subareaRows(p *rules.Pack, rows map[string]int) []codeRow {
	var out []codeRow
	for _, c := range p.Components {
		for _, part := range c.Parts {
			for _, a := range part.Areas {
				for _, s := range a.Subareas {
					row := rows[s.Items[0].Code] - 1
					if s.Code == "A.II.5.iii" {
						row-- // the heading of the LHKPN reports stands between
					}
					out = append(out, codeRow{s.Code, row})
				}
			}
		}
	}
	return out
}

// libreoffice computes the variants by converting them, and opens the results.
func libreoffice(t *testing.T, variants []*variant) []*excelize.File {
	t.Helper()
	program, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no soffice on PATH")
	}
	if testing.Short() {
		t.Skip("takes long")
	}
	in, out := t.TempDir(), t.TempDir()
	args := []string{"-env:UserInstallation=file://" + t.TempDir(), "--headless", "--convert-to", "xlsx", "--outdir", out}
	for i, v := range variants {
		name := filepath.Join(in, fmt.Sprintf("%02d.xlsx", i))
		require.NoError(t, v.file.SaveAs(name))
		args = append(args, name)
	}
	message, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	require.NoError(t, err, "%s", message)
	var files []*excelize.File
	for i := range variants {
		f, err := excelize.OpenFile(filepath.Join(out, fmt.Sprintf("%02d.xlsx", i)))
		require.NoError(t, err)
		t.Cleanup(func() { f.Close() })
		files = append(files, f)
	}
	return files
}

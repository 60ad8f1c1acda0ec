package verdict_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// scoreMethod is what the text gives for the score of an item, as spreadsheet
// formula of row %d, by answer type in column J.
var scoreMethod = map[string]string{
	"Ya/Tidak":    `IF(K%[1]d="Ya",1,IF(K%[1]d="Tidak",0,"Blm Diisi"))`,
	"A/B/C":       `IF(K%[1]d="A",1,IF(K%[1]d="B",0.5,IF(K%[1]d="C",0,"Blm Diisi")))`,
	"A/B/C/D":     `IF(K%[1]d="A",1,IF(K%[1]d="B",0.67,IF(K%[1]d="C",0.33,IF(K%[1]d="D",0,"Blm Diisi"))))`,
	"A/B/C/D/E":   `IF(K%[1]d="A",1,IF(K%[1]d="B",0.75,IF(K%[1]d="C",0.5,IF(K%[1]d="D",0.25,IF(K%[1]d="E",0,"Blm Diisi")))))`,
	"%":           `IF(ISNUMBER(K%[1]d),MIN(1,K%[1]d),"-")`,
	"Nilai (0-4)": `IF(ISNUMBER(K%[1]d),K%[1]d/4,"-")`,
}

// percentMethod computes the answer of a percent row from its rows of counts. A
// zero divisor scores 0, the explicit policy of the instrument. Row 151 asks for
// the zero first, because excelize does not see errors of IF inside IFERROR.
var percentMethod = map[int]string{
	125: "IFERROR(MIN(1,K127/K126),0)",
	128: "IFERROR(MIN(1,K130/K129),0)",
	151: "IF(K152=0,IF(K153=0,1,0),MAX(0,(K152-K153)/K152))",
	157: "IFERROR(MIN(1,K159/K158),0)",
	168: "IFERROR(MIN(1,K171/K169),0)",
	174: "IFERROR(MIN(1,K179/K175),0)",
	181: "IFERROR(MIN(1,K186/K182),0)",
	190: "IFERROR(MIN(1,K192/K191),0)",
}

// writeMethod writes column P of the sheet Jawaban by the outline that columns B
// to G of the workbook show.
func writeMethod(t *testing.T, f *excelize.File) {
	t.Helper()
	const sheet = "Jawaban"
	last := 204
	text := func(column string, row int) string {
		s, err := f.GetCellValue(sheet, column+strconv.Itoa(row))
		require.NoError(t, err)
		return strings.Join(strings.Fields(s), " ")
	}
	set := func(column string, row int, formula string) {
		require.NoError(t, f.SetCellFormula(sheet, column+strconv.Itoa(row), formula))
	}
	depth := func(row int) int { // 0 component, 1 part, 2 area, 3 sub-area, 9 below
		for i, column := range []string{"B", "C", "D", "E"} {
			if text(column, row) != "" {
				return i
			}
		}
		return 9
	}
	for row := 2; row <= last; row++ {
		if formula, ok := percentMethod[row]; ok {
			set("K", row, formula)
		}
		at := depth(row)
		score, isItem := scoreMethod[text("J", row)]
		score = fmt.Sprintf("("+score+")", row)
		switch {
		case row == 195 || row == 203 || row == 204: // totals stand on sheet Unit
		case row == 173 || row == 180: // wealth reports, printed with a weight each
			set("P", row, fmt.Sprintf("P%d*H%d", row+1, row))
		case row == 172:
			set("P", row, "SUM(P173,P180)")
		case at == 9 && isItem:
			set("P", row, score)
		case at == 2 && isItem: // a result: points, not a score
			set("P", row, fmt.Sprintf("%s*H%d", score, row))
		case at == 3:
			end := row
			for end < last && depth(end+1) == 9 {
				end++
			}
			set("P", row, fmt.Sprintf("AVERAGE(P%d:P%d)*H%d", row+1, end, row))
		case at < 3: // sum of what stands one step below
			sum := ""
			for below := row + 1; below <= last && depth(below) > at; below++ {
				if depth(below) == at+1 && text("H", below) != "" && below != 173 && below != 180 {
					sum += fmt.Sprintf("+P%d", below)
				}
			}
			require.NotEmpty(t, sum, "nothing below row %d", row)
			set("P", row, sum[1:])
		}
	}
}

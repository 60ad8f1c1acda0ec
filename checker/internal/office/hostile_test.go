package office_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/office"
)

// TestRefused has files that must end in an error, and soon.
func TestRefused(t *testing.T) {
	whole := odt(`<text:p>a</text:p>`, "")
	locked := []byte(pack(t, whole))
	for i := 0; i+10 < len(locked); i++ {
		if string(locked[i:i+4]) == "PK\x01\x02" {
			locked[i+8] |= 1
		}
	}
	many := make(files)
	for i := range 20_001 {
		many[fmt.Sprintf("x/%d", i)] = ""
	}
	const manifest = `<manifest:manifest ` + odtNames + `><manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry></manifest:manifest>`
	deep := func(open, close string, n int) string { return strings.Repeat(open, n) + strings.Repeat(close, n) }
	bomb := `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>`
	const ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest"
	rows := strings.Repeat(`<row><c><v>1</v></c><c><v>2</v></c></row>`, 500_001)
	for _, c := range []struct {
		name, kind, in string
		want           error
	}{
		{"unknown kind", "xls", "a", evidence.ErrUnsupported},
		{"no zip", "odt", "%PDF-1.7", evidence.ErrCorrupt},
		{"compound file", "xlsx", ole, evidence.ErrEncrypted},
		{"compound file", "pptx", ole, evidence.ErrEncrypted},
		{"encrypted", "odt", pack(t, whole.with(files{"META-INF/manifest.xml": manifest})), evidence.ErrEncrypted},
		{"encrypted as a whole", "odt", pack(t, files{"encrypted-package": "x"}), evidence.ErrEncrypted},
		{"locked members", "odt", string(locked), evidence.ErrEncrypted},
		{"cut off", "odt", pack(t, whole)[:200], evidence.ErrCorrupt},
		{"no content", "odt", pack(t, files{"a": "b"}), evidence.ErrCorrupt},
		{"no text", "odt", pack(t, files{"content.xml": `<document-content><body><spreadsheet/></body></document-content>`}), evidence.ErrUnsupported},
		{"another root", "odt", pack(t, files{"content.xml": `<a/>`}), evidence.ErrCorrupt},
		{"broken XML", "odt", pack(t, files{"content.xml": `<document-content><body>`}), evidence.ErrCorrupt},
		{"entities", "odt", pack(t, files{"content.xml": bomb + `<document-content><body><text><p>&b;</p></text></body></document-content>`}), evidence.ErrCorrupt},
		{"unknown encoding", "odt", pack(t, files{"content.xml": `<?xml version="1.0" encoding="x-none"?><a/>`}), evidence.ErrCorrupt},
		{"deep", "odt", pack(t, odt(deep("<text:section>", "</text:section>", 70_000), "")), evidence.ErrTooLarge},
		{"deep header", "odt", pack(t, whole.with(odtStyles(deep("<a>", "</a>", 5000)))), evidence.ErrTooLarge},
		{"members", "odt", pack(t, many), evidence.ErrTooLarge},
		{"ratio", "odt", pack(t, odt(strings.Repeat("<text:p/>", 1_000_000), "")), evidence.ErrTooLarge},
		{"repeated cells", "odt", pack(t, odt(strings.Repeat(`<table:table><table:table-column table:number-columns-repeated="1000"/></table:table>`, 10_000)+filler(), "")), evidence.ErrTooLarge},
		{"no workbook", "xlsx", pack(t, files{"a": "b"}), evidence.ErrCorrupt},
		{"binary workbook", "xlsx", pack(t, files{"_rels/.rels": rels("r", "officeDocument", "xl/workbook.bin"), "xl/workbook.bin": "x"}), evidence.ErrUnsupported},
		{"cut off sheet", "xlsx", pack(t, book(`<sheetData>`).with(files{"xl/worksheets/sheet1.xml": "<worksheet><sheetData>"})), evidence.ErrCorrupt},
		{"cells", "xlsx", store(t, book(`<sheetData>`+rows+`</sheetData>`)), evidence.ErrTooLarge},
		{"strings", "xlsx", store(t, book(`<sheetData/>`).with(files{"xl/sharedStrings.xml": `<sst>` + strings.Repeat(`<si/>`, 2_000_001) + `</sst>`})), evidence.ErrTooLarge},
		{"merged cells", "xlsx", store(t, book(`<sheetData/><mergeCells>`+strings.Repeat(`<m ref="A1:B1"/>`, 200_001)+`</mergeCells>`)), evidence.ErrTooLarge},
		{"wide merged cells", "xlsx", store(t, book(`<sheetData><row><c><v>1</v></c></row></sheetData><mergeCells>`+strings.Repeat(`<m ref="A1:XFD1"/>`, 100_000)+`</mergeCells>`)), evidence.ErrTooLarge},
		{"entities", "pptx", pack(t, files{"_rels/.rels": rels("r", "officeDocument", "ppt/presentation.xml"), "ppt/presentation.xml": bomb + `<presentation/>`}), evidence.ErrCorrupt},
		{"slides", "pptx", store(t, deck(make([]string, 10_001)...)), evidence.ErrTooLarge},
		{"no RTF", "rtf", "abc", evidence.ErrCorrupt},
		{"cut off", "rtf", `{\rtf1 a{b`, evidence.ErrCorrupt},
		{"deep", "rtf", `{\rtf1 ` + strings.Repeat("{", 2_000_000), evidence.ErrTooLarge},
		{"cells", "rtf", `{\rtf1 ` + strings.Repeat(`\cell`, 3_000_000) + "}", evidence.ErrTooLarge},
		{"no mail", "eml", "abc", evidence.ErrCorrupt},
		{"cut off", "eml", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\r\na", evidence.ErrCorrupt},
		{"deep", "eml", mails(60), evidence.ErrTooLarge},
		{"parts", "eml", "Content-Type: multipart/mixed; boundary=x\r\n\r\n" + strings.Repeat("--x\r\n\r\n", 10_001) + "--x--\r\n", evidence.ErrTooLarge},
		{"binary", "txt", "abc\x00def", evidence.ErrUnsupported},
		{"control characters", "txt", "abc\x01", evidence.ErrUnsupported},
		{"too much", "txt", strings.Repeat("\n", 20_000_000), evidence.ErrTooLarge},
		{"spans", "html", strings.Repeat("<table><tr>"+strings.Repeat("<td rowspan=1000><td>", 500)+strings.Repeat("<tr>", 1000)+"</table>", 5), evidence.ErrTooLarge},
		{"lists", "html", strings.Repeat("<ol><li>a", 1_000_000), evidence.ErrTooLarge},
	} {
		t.Run(c.kind+" "+c.name, func(t *testing.T) {
			begin := time.Now()
			out, err := office.Convert(t.Context(), c.kind, []byte(c.in))
			require.ErrorIs(t, err, c.want)
			assert.Nil(t, out)
			assert.True(t, raced || time.Since(begin) < 20*time.Second, "it takes %s", time.Since(begin))
		})
	}
	for _, kind := range office.Kinds() {
		_, err := office.Convert(t.Context(), kind, nil)
		assert.ErrorIs(t, err, evidence.ErrEmpty, kind)
	}
}

// mails returns mails in one another.
func mails(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "Content-Type: multipart/mixed; boundary=x%dx\r\n\r\n--x%dx\r\n", i, i)
	}
	return b.String() + "\r\na\r\n"
}

// filler is text that does not pack well, so that no limit on ratios is met.
func filler() string {
	var b strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&b, "<text:p>%x</text:p>", uint64(i)*0x9e3779b97f4a7c15)
	}
	return b.String()
}

// store is pack without packing.
func store(t testing.TB, f files) string {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, content := range f {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		require.NoError(t, err)
		_, err = io.WriteString(w, content)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return buf.String()
}

// TestEndured has files that are odd, but no reason to give up: they are read
// in little time and memory.
func TestEndured(t *testing.T) {
	wide := `<sheetData>`
	for i := range 2000 {
		wide += fmt.Sprintf(`<row r="%d"><c r="XFD%d"><v>1</v></c><c r="%s%d"><v>2</v></c></row>`, i*500+1, i*500+1, letters(i), i*500+1)
	}
	for _, c := range []struct{ name, kind, in string }{
		{"far cells", "xlsx", pack(t, book(wide+`</sheetData>`))},
		{"styles in a circle", "odt", pack(t, odt(`<text:p text:style-name="A">a</text:p>`, `<style:style style:name="A" style:family="paragraph" style:parent-style-name="A"/>`))},
		{"spaces", "odt", pack(t, odt(`<text:p>a<text:s text:c="2000000000"/></text:p>`, ""))},
		{"tables in one another", "html", strings.Repeat("<table><tr><td>a", 10_000)},
		{"elements in one another", "html", strings.Repeat("<div>", 100_000) + "a"},
		{"end tags", "html", strings.Repeat("</table></td></li></ol>", 10_000)},
		{"wide spans", "html", strings.Repeat("<table><td colspan=99999999999 rowspan=99999>a", 20)},
		{"tables in one another", "rtf", `{\rtf1 \intbl\itap1000 a\nestcell b\cell}`},
		{"numbers", "rtf", `{\rtf1 \li99999999999999999999\fi-99999999999999\itap-5\uc-3\u99999999 a\bin-5 b\f-1\cellx-9\row\nestrow\cell}`},
		{"shapes at all heights", "pptx", pack(t, deck(slide(sp(-1<<40, ap("a"))+`<sp><spPr><xfrm><off x="x" y="99999999999999999999"/></xfrm></spPr></sp>`+`<pic><ext cx="-5" cy="99999999999999"/></pic>`)))},
		{"layout of itself", "pptx", pack(t, deck(slide(sp(1, ap("a")))).with(files{"ppt/slides/_rels/slide9.xml.rels": rels("l", "slideLayout", "l.xml"), "ppt/slides/l.xml": slide(""), "ppt/slides/_rels/l.xml.rels": rels("m", "slideMaster", "l.xml")}))},
	} {
		t.Run(c.kind+" "+c.name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			begin := time.Now()
			out, err := office.Convert(t.Context(), c.kind, []byte(c.in))
			require.NoError(t, err)
			runtime.ReadMemStats(&after)
			assert.True(t, raced || time.Since(begin) < 5*time.Second, "it takes %s", time.Since(begin))
			assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(256<<20), "bytes allocated")
			_, err = docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
			assert.NoError(t, err)
		})
	}
}

// letters returns the name of a column, from 0.
func letters(n int) string {
	if n < 26 {
		return string(rune('A' + n))
	}
	return letters(n/26-1) + string(rune('A'+n%26))
}

// TestBomb reads a file that would unpack to 300 MB. It must be given up after
// little of it.
func TestBomb(t *testing.T) {
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	w, err := z.Create("content.xml")
	require.NoError(t, err)
	_, err = io.WriteString(w, `<document-content><body><text><p>`)
	require.NoError(t, err)
	block := bytes.Repeat([]byte("bom "), 1<<18)
	for range 300 {
		_, err = w.Write(block)
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = office.Convert(t.Context(), "odt", buf.Bytes())
	runtime.ReadMemStats(&after)
	assert.ErrorIs(t, err, evidence.ErrTooLarge)
	took := after.TotalAlloc - before.TotalAlloc
	assert.True(t, raced || took < 128<<20, "%d bytes allocated", took)
}

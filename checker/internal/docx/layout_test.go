package docx_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/text"
)

const pageBreak = `<w:p><w:r><w:br w:type="page"/></w:r></w:p>`

func section(kind string) string {
	if kind == "" {
		return `<w:sectPr/>`
	}
	return `<w:sectPr><w:type w:val="` + kind + `"/></w:sectPr>`
}

func TestPages(t *testing.T) {
	for _, c := range []struct{ name, content, want string }{
		{"none", p("a") + `<w:p><w:r><w:lastRenderedPageBreak/><w:t>b</w:t></w:r></w:p>`, "a\nb"},
		{"break", p("a") + pageBreak + p("b"), "a|b"},
		{"break in a paragraph", `<w:p>` + r("a") + `<w:r><w:br w:type="page"/></w:r>` + r("b") + `</w:p>`, "a|b"},
		{"column break", `<w:p>` + r("a") + `<w:r><w:br w:type="column"/></w:r>` + r("b") + `</w:p>`, "a\nb"},
		{"break before", p("a") + p("b", `<w:pageBreakBefore/>`) + p("c", `<w:pageBreakBefore w:val="0"/>`), "a|b\nc"},
		{"no empty pages", pageBreak + p("a") + pageBreak + p("b", `<w:pageBreakBefore/>`) + pageBreak, "a|b"},
		{"not in a table", tbl([]string{"1"}, []string{p("a") + pageBreak + p("b")}), "a\nb"},
		{"next section", p("a", section("")) + p("b") + section(""), "a|b"},
		{"odd page", p("a", section("continuous")) + p("b") + section("oddPage"), "a|b"},
		{"continuous section", p("a", section("")) + p("b") + section("continuous"), "a\nb"},
		{"section over pages", p("a", section("")) + p("b") + pageBreak + p("c", section("")) + p("d") + section(""), "a|b|c|d"},
		{"one section", p("a") + section(""), "a"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := read(t, body(c.content, nil))
			pages := strings.Split(doc.Plain(), "\f")
			for i := range pages {
				pages[i] = strings.TrimSuffix(pages[i], "\n")
			}
			assert.Equal(t, c.want, strings.Join(pages, "|"))
			for i, page := range doc.Pages {
				assert.Equal(t, i+1, page.Number)
				assert.Equal(t, 600.0, page.Width)
				assert.Equal(t, text.Layer, page.Origin)
				assert.Equal(t, 50.0, page.Lines[0].Box.Y0)
				assert.GreaterOrEqual(t, page.Height, 50+14*float64(len(page.Lines))+50, "page %d", i+1)
			}
		})
	}
}

func TestNoText(t *testing.T) {
	doc := read(t, body("", nil))
	require.Len(t, doc.Pages, 1)
	assert.Equal(t, text.None, doc.Pages[0].Origin)
	assert.Empty(t, doc.Pages[0].Lines)
}

func TestPlaces(t *testing.T) {
	ind := func(attrs string) string { return `<w:ind ` + attrs + `/>` }
	for _, c := range []struct {
		name, content string
		want          float64 // left edge of the last word
	}{
		{"start", p("abcd"), 50},
		{"second word", p("ab cd"), 50 + 11 + 3},
		{"spaces", p("ab   cd"), 50 + 11 + 9},
		{"indent", p("abcd", ind(`w:left="720"`)), 86},
		{"first line", p("abcd", ind(`w:start="720" w:firstLine="360"`)), 104},
		{"hanging", p("abcd", ind(`w:left="720" w:hanging="360"`)), 68},
		{"second line", `<w:p><w:pPr>` + ind(`w:left="720" w:hanging="360"`) + `</w:pPr>` + r("a") + `<w:r><w:br/></w:r>` + r("b") + `</w:p>`, 86},
		{"strict unit", p("abcd", ind(`w:left="1in"`)), 122},
		{"beyond the left edge", p("abcd", ind(`w:left="-9999"`)), 0},
		{"absurd indent", p("abcd", ind(`w:left="999999999"`)), 550},
		{"centre", p("abcd", `<w:jc w:val="center"/>`), 300 - 11},
		{"right", p("abcd", `<w:jc w:val="right"/>`), 550 - 22},
		{"right in strict", p("abcd", `<w:jc w:val="end"/>`), 550 - 22},
		{"wider than the page", p(strings.Repeat("x", 200), `<w:jc w:val="center"/>`), 0},
		{"tab", `<w:p>` + r("ab") + `<w:r><w:tab/></w:r>` + r("c") + `</w:p>`, 50 + 11 + 40},
		{"tab stop", `<w:p><w:pPr><w:tabs><w:tab w:val="left" w:pos="2000"/><w:tab w:val="clear" w:pos="1000"/></w:tabs></w:pPr>` + r("ab") + `<w:r><w:tab/></w:r>` + r("c") + `</w:p>`, 150},
		{"centre of a cell", tbl([]string{"100", "100"}, []string{p("a"), p("abcd", `<w:jc w:val="center"/>`)}), 425 - 11},
		{"style", p("abcd", `<w:pStyle w:val="T"/>`), 300 - 11},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := read(t, body(c.content, parts{"word/styles.xml": part("styles",
				`<w:style w:type="paragraph" w:styleId="T"><w:basedOn w:val="B"/></w:style><w:style w:type="paragraph" w:styleId="B"><w:pPr><w:jc w:val="center"/></w:pPr></w:style>`)}))
			lines := doc.Pages[0].Lines
			words := lines[len(lines)-1].Words
			assert.InDelta(t, c.want, words[len(words)-1].Box.X0, 0.01)
		})
	}
}

// TestLines checks how rows of tables become lines.
func TestLines(t *testing.T) {
	three := []string{"3000", "300", "6000"}
	for _, c := range []struct{ name, content, want string }{
		{"row", tbl(three, []string{p("Nomor"), p(":"), p("12/AB tahun")}), "Nomor\t:\t12/AB tahun"},
		{"rows", tbl(three, []string{p("a"), p("b"), p("c")}, []string{p("d"), p("e"), p("f")}), "a\tb\tc\nd\te\tf"},
		{"long cell", tbl(three, []string{p(strings.Repeat("x", 99)), p(":"), p("c")}), strings.Repeat("x", 99) + "\t:\tc"},
		{"empty cell", tbl(three, []string{p("a"), p(""), p("c")}), "a\tc"},
		{"second line of the last", tbl(three, []string{p("a"), p(":"), p("c") + p("d")}), "a\t:\tc\nd"},
		{"second line of the first", tbl(three, []string{p("a") + p("b"), p("c") + p("d"), p("")}), "a\nb\nc\nd"},
		{"signatures", tbl([]string{"5000", "5000"}, []string{p(""), p("Kepala,") + p("") + p("Budi")}), "Kepala,\nBudi"},
		{"nested", tbl([]string{"1", "1"}, []string{p("a"), tbl([]string{"1", "1"}, []string{p("b"), p("c")}, []string{p("d"), p("e")})}), "a\tb\tc\nd\te"},
		{"merged downwards", tbl([]string{"1", "1"}, []string{`<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>` + p("a"), p("b")}, []string{`<w:tcPr><w:vMerge/></w:tcPr>` + p("x"), p("c")}), "a\tb\nc"},
		{"no grid", `<w:tbl><w:tr><w:tc>` + p("a") + `</w:tc><w:tc>` + p("b") + `</w:tc></w:tr></w:tbl>`, "a\tb"},
		{"rows in a content control", `<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>` + p("a") + `</w:tc></w:sdtContent></w:sdt><w:tc>` + p("b") + `</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>`, "a\tb"},
		{"below a table", tbl([]string{"1"}, []string{p("a")}) + p("b"), "a\nb"},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc := read(t, body(c.content, nil))
			assert.Equal(t, c.want, strings.TrimSuffix(doc.Plain(), "\n"))
		})
	}
}

func TestTablePlaces(t *testing.T) {
	doc := read(t, body(p("judul")+
		tbl([]string{"100", "100", "200"},
			[]string{p("a"), p("b"), p("c") + p("d")},
			[]string{`<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>` + p(""), p("e")})+
		tbl([]string{"1"}, []string{p("f")})+p("g"), nil))
	lines := doc.Pages[0].Lines
	type place struct{ paragraph, table, row, column int }
	want := map[string]place{
		"judul": {1, 0, 0, 0}, "a\tb\tc": {2, 1, 1, 1}, "d": {5, 1, 1, 3}, "e": {7, 1, 2, 3}, "f": {8, 2, 1, 1}, "g": {9, 0, 0, 0},
	}
	require.Len(t, lines, len(want))
	for _, l := range lines {
		assert.Equal(t, want[l.Text()], place{l.Paragraph, l.Table, l.Row, l.Column}, l.Text())
	}
	assert.Equal(t, text.Box{X0: 300, Y0: 64, X1: 305.5, Y1: 76}, lines[1].Words[2].Box)
	assert.Equal(t, text.Box{X0: 300, Y0: 78, X1: 305.5, Y1: 90}, lines[2].Box)
	assert.Equal(t, 92.0, lines[3].Box.Y0, "the row ends below its highest cell")
	assert.Equal(t, 300.0, lines[3].Box.X0, "behind a cell of two columns")
}

func TestImages(t *testing.T) {
	drawing := func(kind, blip string) string {
		return `<w:p>` + r("ab") + `<w:r><w:drawing><wp:` + kind + `><wp:extent cx="1270000" cy="635000"/><a:graphic>` + blip + `</a:graphic></wp:` + kind + `></w:drawing></w:r></w:p>`
	}
	vml := `<w:p><w:r><w:pict><v:shape style="position:relative; width:100pt;height:50pt"><v:imagedata r:id="x"/></v:shape></w:pict></w:r></w:p>`
	at := func(x float64) []text.Image {
		return []text.Image{{Box: text.Box{X0: x, Y0: 50, X1: x + 100, Y1: 100}, Paragraph: 1}}
	}
	for _, c := range []struct {
		name, content string
		want          []text.Image
		next          float64 // top of the line below
	}{
		{"inline", drawing("inline", `<a:blip r:embed="x"/>`), at(61), 100},
		{"floating", drawing("anchor", `<a:blip r:embed="x"/>`), at(61), 64},
		{"VML", vml, at(50), 100},
		{"no picture", drawing("inline", ""), nil, 64},
		{"hidden", `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:drawing><a:blip/></w:drawing></w:r></w:p>`, nil, 64},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := read(t, body(c.content+p("z"), nil)).Pages[0]
			assert.Equal(t, c.want, page.Images)
			last := page.Lines[len(page.Lines)-1]
			assert.Equal(t, "z", last.Text())
			assert.Equal(t, c.next, last.Box.Y0)
		})
	}
	doc := read(t, body(p("isi"), parts{"word/header1.xml": part("hdr", vml)}))
	assert.Len(t, doc.Pages[0].Images, 1, "logo in a header")
	assert.Positive(t, doc.Pages[0].Raster)
}

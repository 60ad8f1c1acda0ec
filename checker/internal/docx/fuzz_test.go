package docx_test

import (
	"bytes"
	"math"
	"testing"

	"dasheval/checker/internal/docx"
	"dasheval/checker/text"
)

// FuzzRead feeds the reader main parts, lists and styles; bytes that are no
// zip would seldom get as far as the XML.
func FuzzRead(f *testing.F) {
	numbering := part("numbering", `<w:abstractNum w:abstractNumId="0">`+lvl(0, "lowerRoman", "%1.", "")+`</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>`)
	styles := part("styles", `<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:pPr><w:ind w:left="-5in"/><w:jc w:val="right"/></w:pPr></w:style>`)
	for _, content := range []string{
		p("a b\tc", numPr(1, 0)) + pageBreak + p("d", section("")) + section("oddPage"),
		tbl([]string{"1", "x", "-3"}, []string{p("a") + p("b"), tbl(nil, []string{p("c")})}, []string{`<w:tcPr><w:gridSpan w:val="9"/><w:vMerge/></w:tcPr>`}),
		`<w:p><w:r><w:fldChar w:fldCharType="end"/><w:sym w:char="F0B7"/><w:drawing><wp:inline><wp:extent cx="9e99" cy="-1"/><a:blip/></wp:inline></w:drawing></w:r></w:p>`,
		`<w:p><mc:AlternateContent><mc:Choice/><mc:Fallback>` + r("x") + `</mc:Fallback></mc:AlternateContent></w:p><w:altChunk r:id="chunk.html"/>`,
	} {
		f.Add([]byte(part("document", content)), []byte(numbering), []byte(styles), []byte("<p>a<td>b"))
	}
	f.Fuzz(func(t *testing.T, main, numbering, styles, chunk []byte) {
		files := body("", parts{"word/numbering.xml": string(numbering), "word/styles.xml": string(styles), "word/chunk.html": string(chunk)})
		files["word/document.xml"] = string(main)
		b := pack(t, files)
		doc, err := docx.Read(bytes.NewReader(b), int64(len(b)), docx.Limits{MaxText: 1 << 20})
		if (doc == nil) == (err == nil) {
			t.Fatal("document and error, or neither")
		}
		if doc != nil {
			checkBoxes(t, doc)
		}
	})
}

// FuzzContainer feeds the reader bytes.
func FuzzContainer(f *testing.F) {
	f.Add(pack(f, body(p("a"), parts{"word/header1.xml": part("hdr", p("b"))})))
	f.Fuzz(func(t *testing.T, b []byte) {
		if doc, err := docx.Read(bytes.NewReader(b), int64(len(b)), docx.Limits{MaxText: 1 << 20, MaxPart: 1 << 22}); err == nil {
			checkBoxes(t, doc)
		}
	})
}

// checkBoxes checks that all boxes of a document are boxes and stand on their
// page; only to the right lines may stick out.
func checkBoxes(t testing.TB, doc *text.Document) {
	t.Helper()
	check := func(page text.Page, what string, b text.Box) {
		ok := b.X0 >= 0 && b.X0 <= b.X1 && b.X1 < 1e9 && b.Y0 >= 0 && b.Y0 <= b.Y1 && b.Y1 <= page.Height
		if !ok {
			t.Fatalf("page %d of %v: %s at %+v", page.Number, page.Height, what, b)
		}
	}
	for _, page := range doc.Pages {
		if math.IsNaN(page.Height) || page.Raster < 0 || page.Raster > 1 {
			t.Fatalf("page %d: height %v, raster %v", page.Number, page.Height, page.Raster)
		}
		for _, line := range page.Lines {
			if len(line.Words) == 0 {
				t.Fatalf("page %d: line without words", page.Number)
			}
			check(page, "line", line.Box)
			for _, w := range line.Words {
				check(page, "word "+w.Text, w.Box)
			}
		}
		for _, im := range page.Images {
			check(page, "image", im.Box)
		}
	}
}

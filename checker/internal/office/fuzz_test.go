package office_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/office"
)

// FuzzConvert feeds bytes of a kind. Those of a container are also the main
// member of one, since bytes that are no zip would not get far.
func FuzzConvert(f *testing.F) {
	for kind, data := range samples(f) {
		f.Add(slices.Index(office.Kinds(), kind), []byte(data), []byte{})
	}
	for kind, more := range map[string]files{"odt": odt(`<text:p>a<draw:frame><draw:image/></draw:frame></text:p>`, `<style:style style:name="A"/>`), "xlsx": book(`<sheetData><row><c s="1"><v>1.5</v></c></row></sheetData><mergeCells><m ref="A1:B2"/></mergeCells>`, "[h]:mm;#,##0.00"), "pptx": deck(slide(sp(1, ap("a"))))} {
		f.Add(slices.Index(office.Kinds(), kind), []byte(more[mains[kind]]), []byte(more["xl/styles.xml"]))
	}
	f.Fuzz(func(t *testing.T, n int, data, side []byte) {
		kind := office.Kinds()[uint(n)%uint(len(office.Kinds()))]
		check := func(data []byte) {
			out, err := office.Convert(t.Context(), kind, data)
			if err != nil {
				if out != nil || !reasoned(err) {
					t.Fatalf("%s: %v", kind, err)
				}
				return
			}
			doc, err := docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
			if err != nil && !errors.Is(err, evidence.ErrTooLarge) {
				t.Fatalf("%s: %v\n%s", kind, err, out)
			}
			if doc != nil {
				for _, p := range doc.Pages {
					for _, im := range p.Images {
						if im.Box.X1 < im.Box.X0 || im.Box.Y1 < im.Box.Y0 {
							t.Fatalf("%s: picture at %v", kind, im.Box)
						}
					}
				}
			}
		}
		check(data)
		var around files
		switch kind {
		case "odt":
			around = odt("", "").with(files{"styles.xml": string(side)})
		case "xlsx":
			around = book("").with(files{"xl/styles.xml": string(side), "xl/worksheets/_rels/sheet1.xml.rels": rels("d1", "drawing", "d.xml"), "xl/worksheets/d.xml": string(side)})
		case "pptx":
			around = deck("").with(files{"ppt/slides/_rels/slide9.xml.rels": rels("l", "slideLayout", "l.xml"), "ppt/slides/l.xml": string(side)})
		default:
			return
		}
		check([]byte(pack(t, around.with(files{mains[kind]: string(data)}))))
	})
}

// mains are the members with the text.
var mains = map[string]string{"odt": "content.xml", "xlsx": "xl/worksheets/sheet1.xml", "pptx": "ppt/slides/slide9.xml"}

// reasoned reports whether err tells why a file cannot be read.
func reasoned(err error) bool {
	for _, reason := range []error{evidence.ErrCorrupt, evidence.ErrEncrypted, evidence.ErrTooLarge, evidence.ErrUnsupported, evidence.ErrEmpty} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

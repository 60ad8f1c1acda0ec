package testpile

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"unicode/utf16"

	"dasheval/checker/internal/testpdf"
)

// An encoder turns text into the codes of an embedded font, which it numbers in
// the order of their first use, as programs do that embed a part of a font.
type encoder struct {
	codes map[rune]int
	runes []rune
	bytes int // of a code
}

func (e *encoder) code(r rune) int {
	c, ok := e.codes[r]
	if !ok {
		e.runes = append(e.runes, r)
		c = len(e.runes)
		e.codes[r] = c
	}
	return c
}

// hex returns s as the operand of Tj.
func (e *encoder) hex(s string) string {
	var b strings.Builder
	b.WriteByte('<')
	for _, r := range s {
		fmt.Fprintf(&b, "%0*X", 2*e.bytes, e.code(r))
	}
	b.WriteByte('>')
	return b.String()
}

// toUnicode is the mapping of the codes, ISO 32000-1, 9.10.3.
func (e *encoder) toUnicode() string {
	var b strings.Builder
	b.WriteString("/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange ")
	fmt.Fprintf(&b, "<%0*X> <%0*X> endcodespacerange\n", 2*e.bytes, 0, 2*e.bytes, 1<<(8*e.bytes)-1)
	for start := 0; start < len(e.runes); start += 100 {
		part := e.runes[start:min(start+100, len(e.runes))]
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for i, r := range part {
			fmt.Fprintf(&b, "<%0*X> <", 2*e.bytes, start+i+1)
			for _, u := range utf16.Encode([]rune{r}) {
				fmt.Fprintf(&b, "%04X", u)
			}
			b.WriteString(">\n")
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap end end")
	return b.String()
}

// width is the width of every character, in thousandths.
const width = 500

func (e *encoder) widths(sep string) string {
	return strings.Repeat(fmt.Sprintf("%d%s", width, sep), len(e.runes)+1)
}

func deflate(s string) string {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write([]byte(s)) // a buffer takes everything
	_ = z.Close()
	return b.String()
}

func packed(dict, content string) string {
	z := deflate(content)
	return fmt.Sprintf("<< %s /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream", dict, len(z), z)
}

// content shows the page, each run of text with kerning as TJ does it. before
// and after stand around each run.
func content(p testpdf.Page, e *encoder, before, after string) string {
	var b strings.Builder
	for _, q := range p.Pictures {
		fmt.Fprintf(&b, "q %g 0 0 %g %g %g cm /I Do Q\n", q.Width, q.Height, q.X, testpdf.Height-q.Y-q.Height)
	}
	for _, t := range p.Texts {
		fmt.Fprintf(&b, "q 0 0 0 rg %sBT %.1f %.1f Td /F 10 Tf [", before, t.X, testpdf.Height-t.Y)
		for i, word := range strings.SplitAfter(t.Words, " ") {
			if i > 0 {
				fmt.Fprintf(&b, "%d", (i%3)-1)
			}
			b.WriteString(e.hex(word))
		}
		fmt.Fprintf(&b, "]TJ ET %sQ\n", after)
	}
	return b.String()
}

const picture = "<< /Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 2 >>\nstream\n\x80\x90\nendstream"

// Objects that both manners of writing begin with.
const (
	catalog = iota + 1
	tree
	font
	unicode
	image
	descendant
	firstPage
)

func page(e *encoder, pages []testpdf.Page, before, after string) []string {
	objects := make([]string, firstPage-1)
	var kids strings.Builder
	for _, p := range pages {
		n := len(objects) + 1
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F %d 0 R >> /XObject << /I %d 0 R >> >> >>",
				tree, testpdf.Width, testpdf.Height, n+1, font, image),
			packed("", content(p, e, before, after)))
	}
	objects[catalog-1] = fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", tree)
	objects[tree-1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), kids.String())
	objects[unicode-1] = packed("", e.toUnicode())
	objects[image-1] = picture
	objects[descendant-1] = "null"
	return objects
}

// writeSimple writes in the manner of LibreOffice: fonts of one-byte codes, a
// plain cross-reference table.
func writeSimple(pages []testpdf.Page) []byte {
	e := &encoder{codes: map[rune]int{}, bytes: 1}
	objects := page(e, pages, "", "")
	objects[font-1] = fmt.Sprintf("<< /Type /Font /Subtype /TrueType /BaseFont /BAAAAA+Serif /FirstChar 0 /LastChar %d /Widths [%s] /ToUnicode %d 0 R >>",
		len(e.runes), e.widths(" "), unicode)
	return testpdf.Assemble(objects, "")
}

// writeComposite writes in the manner of Word: fonts of two-byte codes, marked
// content, objects and their table in streams.
func writeComposite(pages []testpdf.Page) []byte {
	e := &encoder{codes: map[rune]int{}, bytes: 2}
	objects := page(e, pages, "/P <</MCID 0>> BDC ", "EMC ")
	objects[font-1] = fmt.Sprintf("<< /Type /Font /Subtype /Type0 /BaseFont /BCDEEE+Serif /Encoding /Identity-H /DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>", descendant, unicode)
	objects[descendant-1] = fmt.Sprintf("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /BCDEEE+Serif /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /W [0 [%s]] >>", e.widths(" "))

	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	rows := [][3]int{{0, 0, 0xffff}}
	var inside, head strings.Builder
	inStream, holder := 0, len(objects)+1
	for i, o := range objects {
		if strings.HasSuffix(o, "endstream") {
			rows = append(rows, [3]int{1, out.Len(), 0})
			fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
			continue
		}
		rows = append(rows, [3]int{2, holder, inStream})
		inStream++
		fmt.Fprintf(&head, "%d %d ", i+1, inside.Len())
		inside.WriteString(o + "\n")
	}
	rows = append(rows, [3]int{1, out.Len(), 0})
	fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", holder, packed(fmt.Sprintf("/Type /ObjStm /N %d /First %d", inStream, head.Len()), head.String()+inside.String()))
	start := out.Len()
	rows = append(rows, [3]int{1, start, 0})
	var table strings.Builder
	for _, r := range rows {
		table.Write([]byte{byte(r[0]), byte(r[1] >> 16), byte(r[1] >> 8), byte(r[1]), byte(r[2] >> 8), byte(r[2])})
	}
	fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", holder+1,
		packed(fmt.Sprintf("/Type /XRef /Size %d /W [1 3 2] /Root %d 0 R", len(rows), catalog), table.String()), start)
	return out.Bytes()
}

// Package testpdf writes PDF files for tests: A4 pages with lines of text at
// given places and grey boxes for signatures, stamps and photos. [Layout] makes
// pages of a small markup, so that a test can show a document as text.
//
// The files are small and plain, and the same input gives the same bytes.
package testpdf

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
)

// Size of a page, in points.
const (
	Width  = 595
	Height = 842
)

// A Page is what stands on one page.
type Page struct {
	Texts    []Text
	Pictures []Picture
	// Scan makes the page what a scanner gives: a picture of the whole page
	// with the text invisible in front of it.
	Scan bool
}

// A Text is a run of words that begins at X and stands on a baseline Y points
// below the top of the page.
type Text struct {
	X, Y  float64
	Words string
}

// A Picture is a grey box; X and Y are its upper left corner.
type Picture struct{ X, Y, Width, Height float64 }

// Write returns a PDF file of the pages.
func Write(pages ...Page) []byte { return write(pages, false) }

// WriteLocked returns a PDF file that asks for a password.
func WriteLocked(pages ...Page) []byte { return write(pages, true) }

// The first objects of a file; pages follow.
const (
	catalog = iota + 1
	tree
	font
	image
	lock
)

func write(pages []Page, locked bool) []byte {
	var kids strings.Builder
	objects := []string{
		catalog - 1: fmt.Sprintf("<< /Type /Catalog /Pages %d 0 R >>", tree),
		font - 1:    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		image - 1:   stream("/Type /XObject /Subtype /Image /Width 2 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "\x80\x90"),
		// No password fits these keys, and not the empty one either.
		lock - 1: fmt.Sprintf("<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <%[1]s> /U <%[1]s> >>", strings.Repeat("5a", 32)),
	}
	for _, p := range pages {
		n := len(objects) + 1
		fmt.Fprintf(&kids, "%d 0 R ", n)
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent %d 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << /Font << /F %d 0 R >> /XObject << /I %d 0 R >> >> >>",
				tree, Width, Height, n+1, font, image),
			stream("", p.content()))
	}
	objects[tree-1] = fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(pages), kids.String())

	extra := ""
	if locked {
		extra = fmt.Sprintf(" /Encrypt %d 0 R /ID [<00> <00>]", lock)
	}
	return Assemble(objects, extra)
}

// Assemble makes a file of objects numbered from 1, the catalog first, with
// further entries of the trailer.
func Assemble(objects []string, extra string) []byte {
	var out bytes.Buffer
	var table strings.Builder
	out.WriteString("%PDF-1.7\n")
	for i, o := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root %d 0 R%s >>\nstartxref\n%d\n%%%%EOF\n",
		len(objects)+1, table.String(), len(objects)+1, catalog, extra, out.Len())
	return out.Bytes()
}

func stream(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

// content returns the drawing operators of the page. Pages count upward from
// their lower edge.
func (p Page) content() string {
	var b strings.Builder
	pictures, mode := p.Pictures, 0
	if p.Scan {
		pictures, mode = []Picture{{0, 0, Width, Height}}, 3
	}
	for _, q := range pictures {
		fmt.Fprintf(&b, "q %g 0 0 %g %g %g cm /I Do Q\n", q.Width, q.Height, q.X, Height-q.Y-q.Height)
	}
	for _, t := range p.Texts {
		fmt.Fprintf(&b, "BT %d Tr /F %d Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n", mode, fontSize, t.X, Height-t.Y, literal(t.Words))
	}
	return b.String()
}

// literal returns s as the inside of a PDF string in the encoding of the font.
func literal(s string) string {
	s, _ = encoding.ReplaceUnsupported(charmap.Windows1252.NewEncoder()).String(s)
	return escape(s)
}

// escape returns s as the inside of a PDF string.
func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s)
}

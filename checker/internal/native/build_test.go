package native_test

import (
	"bytes"
	"fmt"
	"strings"
)

// A builder writes small PDF files. The zero builder is an empty file.
type builder struct{ objects []string }

// add appends an object and returns its number. The first is 3,
// because 1 and 2 are the catalog and the page tree.
func (b *builder) add(format string, args ...any) int {
	b.objects = append(b.objects, fmt.Sprintf(format, args...))
	return len(b.objects) + 2
}

func (b *builder) stream(dict, content string) int {
	return b.add("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

// A pageSpec is one page: its content and what it refers to.
type pageSpec struct {
	content   string
	resources string // entries beside the font F1
	extra     string // entries of the page
}

// pdf returns the file with these pages, each 600 x 800 points.
func (b *builder) pdf(catalog string, pages ...pageSpec) []byte {
	font := b.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	var kids []string
	for _, p := range pages {
		content := b.stream("", p.content)
		n := b.add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "+
			"/Resources << /Font << /F1 %d 0 R >> %s >> %s >>", content, font, p.resources, p.extra)
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
	}
	all := append([]string{
		"<< /Type /Catalog /Pages 2 0 R " + catalog + " >>",
		fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " ")),
	}, b.objects...)

	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n")
	offsets := make([]int, len(all))
	for i, o := range all {
		offsets[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	xref := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(all)+1)
	for _, o := range offsets {
		fmt.Fprintf(&out, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&out, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(all)+1, xref)
	return out.Bytes()
}

// show is content that shows s at (x, y) in 10 points.
func show(x, y int, s string) string {
	s = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`).Replace(s)
	return fmt.Sprintf("BT /F1 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n", x, y, s)
}

// picture adds a grey picture and returns the resources that name it Im1.
func (b *builder) picture() string {
	n := b.stream("/Type /XObject /Subtype /Image /Width 2 /Height 3 /ColorSpace /DeviceGray /BitsPerComponent 8", "\x80\x80\x80\x80\x80\x80")
	return fmt.Sprintf("/XObject << /Im1 %d 0 R >>", n)
}

// draw is content that puts Im1 into a box.
func draw(x, y, width, height int) string {
	return fmt.Sprintf("q %d 0 0 %d %d %d cm /Im1 Do Q\n", width, height, x, y)
}

func ref(n int) string { return fmt.Sprintf("%d 0 R", n) }

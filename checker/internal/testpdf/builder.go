package testpdf

import (
	"fmt"
	"strings"
)

// A Builder writes small PDF files object by object, where [Write] is too plain.
// The zero Builder is an empty file.
type Builder struct{ objects []string }

// Next returns the number that the next object gets. The first is 3, because 1
// and 2 are the catalog and the page tree.
func (b *Builder) Next() int { return len(b.objects) + 3 }

// Add appends an object and returns its number.
func (b *Builder) Add(format string, args ...any) int {
	n := b.Next()
	b.objects = append(b.objects, fmt.Sprintf(format, args...))
	return n
}

// Stream appends a stream with these entries beside its length.
func (b *Builder) Stream(dict, content string) int {
	return b.Add("%s", stream(dict, content))
}

// A PageSpec is one page: its content and what it refers to.
type PageSpec struct {
	Content   string
	Resources string // entries beside the font F1
	Extra     string // entries of the page
}

// PDF returns the file with these pages, each 600 x 800 points.
func (b *Builder) PDF(catalog string, pages ...PageSpec) []byte {
	font := b.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	var kids []string
	for _, p := range pages {
		content := b.Stream("", p.Content)
		n := b.Add("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents %d 0 R "+
			"/Resources << /Font << /F1 %d 0 R >> %s >> %s >>", content, font, p.Resources, p.Extra)
		kids = append(kids, fmt.Sprintf("%d 0 R", n))
	}
	all := append([]string{
		"<< /Type /Catalog /Pages 2 0 R " + catalog + " >>",
		fmt.Sprintf("<< /Type /Pages /Count %d /Kids [%s] >>", len(kids), strings.Join(kids, " ")),
	}, b.objects...)
	return Assemble(all, "")
}

// Show is content that shows s at (x, y) in 10 points.
func Show(x, y int, s string) string {
	return fmt.Sprintf("BT /F1 10 Tf 1 0 0 1 %d %d Tm (%s) Tj ET\n", x, y, escape(s))
}

// Picture adds a grey picture and returns the resources that name it Im1.
func (b *Builder) Picture() string {
	n := b.Stream("/Type /XObject /Subtype /Image /Width 2 /Height 3 /ColorSpace /DeviceGray /BitsPerComponent 8", "\x80\x80\x80\x80\x80\x80")
	return fmt.Sprintf("/XObject << /Im1 %d 0 R >>", n)
}

// Draw is content that puts Im1 into a box.
func Draw(x, y, width, height int) string {
	return fmt.Sprintf("q %d 0 0 %d %d %d cm /Im1 Do Q\n", width, height, x, y)
}

// Ref refers to object n.
func Ref(n int) string { return fmt.Sprintf("%d 0 R", n) }

// Report is a file of so many pages with 220 words each.
func Report(pages int) []byte {
	var b Builder
	specs := make([]PageSpec, pages)
	for i := range specs {
		for line := range 22 {
			specs[i].Content += Show(50, 750-30*line, fmt.Sprintf("Kegiatan %d pada triwulan %d dilaksanakan sesuai rencana kerja tahun anggaran", line, i))
		}
	}
	return b.PDF("", specs...)
}

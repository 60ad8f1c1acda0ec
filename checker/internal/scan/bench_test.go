package scan_test

import (
	"image"
	"testing"

	"dasheval/checker/internal/scan"
)

// page returns an A4 page as a JPEG of 300 dpi is decoded, its words at 200.
func page(kinds ...string) (image.Image, []scan.Word) {
	s := letter(300, 4, kinds...)
	words := s.mumbled(0.05)
	for i, w := range words {
		words[i].X0, words[i].Y0, words[i].X1, words[i].Y1 = w.X0*2/3, w.Y0*2/3, w.X1*2/3, w.Y1*2/3
	}
	return s.scanned(scanner{noise: 6, specks: 100, quality: 75}), words
}

func BenchmarkNewScaled(b *testing.B) {
	img, _ := page("ink+stamp")
	b.ReportAllocs()
	for b.Loop() {
		scan.New(img, 300).Scaled(200)
	}
}

func BenchmarkSkew(b *testing.B) {
	img, _ := page("ink+stamp")
	p := scan.New(img, 300).Scaled(200)
	b.ReportAllocs()
	for b.Loop() {
		p.Skew()
	}
}

func BenchmarkRotated(b *testing.B) {
	img, _ := page("ink+stamp")
	p := scan.New(img, 300).Scaled(200)
	b.ReportAllocs()
	for b.Loop() {
		p.Rotated(0.8)
	}
}

func BenchmarkMarks(b *testing.B) {
	for _, kind := range []string{"none", "ink+stamp", "qr"} {
		img, words := page(kind)
		p := scan.New(img, 300).Scaled(200)
		b.Run(kind, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				p.Marks(words)
			}
		})
	}
}

func BenchmarkTables(b *testing.B) {
	p := scan.New(attendance(200, 2, 16, true).scanned(scanner{noise: 6}), 200)
	b.ReportAllocs()
	for b.Loop() {
		p.Tables()
	}
}

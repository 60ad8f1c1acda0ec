package native_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/testpdf"
)

// TestOperators shows each content in 10 points Helvetica on the first line.
func TestOperators(t *testing.T) {
	for _, c := range []struct {
		name, content string
		want          []string
	}{
		{"kerning that spaces", "[(kata) -300 (tanpa) -300 (spasi)] TJ", []string{"kata tanpa spasi"}},
		{"kerning that does not", "[(A) 80 (W) -60 (al)] TJ", []string{"AWal"}},
		{"kerning before the first string", "[-500 (kata)] TJ [-500 (lain)] TJ", []string{"kata lain"}},
		{"moves that space", "(satu) Tj 30 0 Td (dua) Tj 1 0 0 1 110 700 Tm (tiga) Tj", []string{"satu dua tiga"}},
		{"moves that do not", "(satu) Tj 18.9 0 Td (dua) Tj", []string{"satudua"}},
		{"letter spacing", "4 Tc (KEPUTUSAN) Tj ( ) Tj (KEPALA) Tj", []string{"KEPUTUSAN KEPALA"}},
		{"lines", "12 TL (satu) Tj T* (dua) Tj (tiga) ' 1 0.5 (empat) \" 0 -12 TD (lima) Tj T* (enam) Tj",
			[]string{"satu", "dua", "tiga", "empat", "lima", "enam"}},
		{"word spacing", "300 Tw (a b) Tj", []string{"a\tb"}},
		{"horizontal scale", "200 Tz (satu) Tj 37.8 0 Td (dua) Tj", []string{"satudua"}},
		{"rise", "(5 m) Tj 4 Ts (2) Tj 0 Ts ( luas) Tj", []string{"5 m2 luas"}},
		{"size below zero", "/F1 -10 Tf 1 0 0 -1 50 700 Tm -1 0 0 1 150 700 Tm (terbalik) Tj", []string{"terbalik"}},
		{"turned", "0 1 -1 0 50 100 Tm (naik dua) Tj 0 -14 Td (baris) Tj", []string{"naik dua", "baris"}},
		{"fake bold", "(TEBAL) Tj 0.3 0 Td (TEBAL) Tj 40 0 Td (lain) Tj", []string{"TEBAL lain"}},
		{"fake bold, by letter", "(T) Tj 0.3 0 Td (T) Tj 6.2 0 Td (U) Tj 0.3 0 Td (U) Tj", []string{"TU"}},
		{"narrow letters", "75 Tz (i) Tj 1.67 0 Td (l) Tj [(l) 10 (ll)] TJ", []string{"illll"}},
		{"word divided", "12 TL (pening-) Tj T* (katan mutu) Tj T* (masing-) Tj T* (masing unit) Tj",
			[]string{"peningkatan", "mutu", "masing-masing", "unit"}},
		{"escapes", `(a\(b\)\\ \101\12\
c (d)) Tj`, []string{`a(b)\ A c (d)`}},
		{"hexadecimal", "<53 616C696> Tj", []string{"Sali`"}},
		{"marked", "/Span << /ActualText (satu) >> BDC (satu) Tj EMC", []string{"satu"}},
		{"cell in the middle of its row", "(Nama SOP) Tj 150 6 Td (Penanganan) Tj 0 -12 Td (Pengaduan) Tj", []string{"Nama SOP\tPenanganan", "Pengaduan"}},
		{"array left open", "[(satu) -300 (dua) TJ", []string{"satu dua"}},
		{"string left open", "(satu) Tj 30 0 Td (dua", []string{"satu"}},
		{"too few operands", "Td Tm (a) Tj cm Tf TJ Tj ' \" Do", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b testpdf.Builder
			p, _ := readPage(t, b.PDF("", testpdf.PageSpec{Content: "BT /F1 10 Tf 50 700 Td " + c.content + " ET"}))
			if c.want != nil {
				assert.Equal(t, c.want, lines(p))
			}
		})
	}
}

func TestGraphicsState(t *testing.T) {
	var b testpdf.Builder
	inner := b.Stream("/Subtype /Form /Matrix [1 0 0 1 0 -100]", "BT /F1 10 Tf 0 0 Td (dalam) Tj ET Q Q q 5 0 0 5 0 0 cm")
	resources := "/XObject << /Fm1 " + testpdf.Ref(inner) + " >>"
	p, d := readPage(t, b.PDF("", testpdf.PageSpec{
		Content: "q 1 0 0 1 100 700 cm q 2 0 0 2 0 0 cm Q /Fm1 Do " + testpdf.Show(0, 0, "luar") + " Q " + testpdf.Show(10, 650, "awal"), Resources: resources,
	}))
	assert.Empty(t, d)
	assert.Equal(t, []string{"dalam", "luar", "awal"}, lines(p))
	got := [][2]float64{}
	for _, l := range p.Lines {
		got = append(got, [2]float64{l.Box.X0, l.Box.Y1 - 2.5})
	}
	assert.Equal(t, [][2]float64{{100, 200}, {100, 100}, {10, 150}}, got)
}

// TestStructuralDoubts holds what each page gives to doubt by how it is made.
func TestStructuralDoubts(t *testing.T) {
	var b testpdf.Builder
	self := b.Next()
	b.Stream("/Subtype /Form /Resources << /XObject << /Fm1 "+testpdf.Ref(self)+" >> >>", "/Fm1 Do")
	lzw := b.Stream("/Subtype /Form /Filter /LZWDecode", "x")
	look := b.Stream("/Subtype /Form", "q Q")
	words := testpdf.Show(50, 700, "Undangan")
	pages := []struct {
		name string
		page testpdf.PageSpec
		want []native.Doubt
	}{
		{"nothing", testpdf.PageSpec{Content: words}, nil},
		{"form in itself", testpdf.PageSpec{Content: words + "/Fm1 Do", Resources: "/XObject << /Fm1 " + testpdf.Ref(self) + " >>"}, []native.Doubt{native.Damaged}},
		{"filter", testpdf.PageSpec{Content: words + "/Fm1 Do", Resources: "/XObject << /Fm1 " + testpdf.Ref(lzw) + " >>"}, []native.Doubt{native.Filter}},
		{"no such form", testpdf.PageSpec{Content: words + "/Fm1 Do"}, []native.Doubt{native.Damaged}},
		{"no such font", testpdf.PageSpec{Content: "BT /F7 10 Tf (a) Tj ET"}, []native.Doubt{native.NoFont, native.NoUnicode, native.OddCharacters}},
		{"no font", testpdf.PageSpec{Content: "BT (a) Tj ET"}, []native.Doubt{native.NoFont}},
		{"link", testpdf.PageSpec{Content: words, Extra: "/Annots [<< /Subtype /Link /A << /S /URI >> >>]"}, nil},
		{"link with a look", testpdf.PageSpec{Content: words, Extra: "/Annots [<< /Subtype /Link /AP << /N " + testpdf.Ref(look) + " >> >>]"}, []native.Doubt{native.Annotations}},
		{"field", testpdf.PageSpec{Content: words, Extra: "/Annots [<< /Subtype /Widget /FT /Tx /V (isi) >>]"}, []native.Doubt{native.Annotations}},
		{"replaced", testpdf.PageSpec{Content: "/Span << /ActualText (lain) >> BDC " + words + "EMC"}, []native.Doubt{native.Replaced}},
		{"replaced by name", testpdf.PageSpec{Content: "/Span /P1 BDC " + words + "EMC", Resources: "/Properties << /P1 << /ActualText (lain) >> >>"}, []native.Doubt{native.Replaced}},
		{"layer", testpdf.PageSpec{Content: "/OC /P1 BDC " + words + "EMC", Resources: "/Properties << /P1 << /Type /OCG >> >>"}, nil},
		{"noise", testpdf.PageSpec{Content: words + "aa bb cc dd ee ff gg hh ii jj kk"}, []native.Doubt{native.Garbled}},
		{"no size", testpdf.PageSpec{Content: "BT /F1 0 Tf (a) Tj ET"}, []native.Doubt{native.Unplaced}},
		{"content that is none", testpdf.PageSpec{Content: words, Extra: "/Contents (no)"}, []native.Doubt{native.Damaged}},
		{"content that is lost", testpdf.PageSpec{Content: words, Extra: "/Contents 999 0 R"}, []native.Doubt{native.Damaged}},
	}
	specs := []testpdf.PageSpec{}
	for _, p := range pages {
		specs = append(specs, p.page)
	}
	r := read(t, b.PDF("", specs...))
	for i, p := range pages {
		assert.Equal(t, p.want, r.Doubts[i], p.name)
	}
	xfa := read(t, b.PDF("/AcroForm << /XFA [] >>", testpdf.PageSpec{Content: words}))
	assert.Equal(t, [][]native.Doubt{{native.XFA}}, xfa.Doubts)
	assert.False(t, xfa.Trusted())
}

package native_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/testpdf"
)

// A fontSpec writes a font into a file and returns its dictionary.
type fontSpec func(b *testpdf.Builder) string

// fontFile is a file that shows content in this font at 10 points.
func fontFile(font fontSpec, content string) []byte {
	var b testpdf.Builder
	f := b.Add("%s", font(&b))
	return b.PDF("", testpdf.PageSpec{Content: "BT /F2 10 Tf 50 700 Td " + content + " ET", Extra: "/Resources << /Font << /F2 " + testpdf.Ref(f) + " >> >>"})
}

func simple(entries string) fontSpec {
	return func(*testpdf.Builder) string {
		return "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica " + entries + " >>"
	}
}

// mapped is a font with a mapping to Unicode.
func mapped(entries, mapping string) fontSpec {
	return func(b *testpdf.Builder) string {
		to := b.Stream("", "/CIDInit /ProcSet findresource begin begincmap\n"+mapping+"\nendcmap")
		return "<< /Type /Font /ToUnicode " + testpdf.Ref(to) + " " + entries + " >>"
	}
}

const composite = "/Subtype /Type0 /BaseFont /ABCDEF+Carlito /Encoding /Identity-H " +
	"/DescendantFonts [<< /Subtype /CIDFontType2 /DW 500 /W [1 [600 700] 10 12 800] >>]"

var identityFont = mapped(composite, `1 begincodespacerange <0000> <FFFF> endcodespacerange
	3 beginbfchar <0001> <0041> <0002> <00660069> <0003> <D83DDE00> endbfchar
	3 beginbfrange <0010> <0012> <0061> <00FE> <0100> <00FF> <0020> <0021> [<0078> <0079 007A>] endbfrange`)

func TestFonts(t *testing.T) {
	noUnicode := []native.Doubt{native.NoUnicode}
	for _, c := range []struct {
		name, content string
		font          fontSpec
		want          string
		doubts        []native.Doubt
	}{
		{"standard", "(`a' \\252b\\272 \\256) Tj", simple(""), "‘a’ “b” fi", nil},
		{"Windows", "(\\223a\\224 \\226 caf\\351 a\\240b) Tj", simple("/Encoding /WinAnsiEncoding"), "“a” – café a b", nil},
		{"Macintosh", "(caf\\216 \\320) Tj", simple("/Encoding /MacRomanEncoding"), "café –", nil},
		{"differences", "(ABCDEFG) Tj", simple("/Encoding << /BaseEncoding /WinAnsiEncoding /Differences [65 /eacute /f_f_i /uni0062 68 /u1F600 /a.alt /g12] >>"),
			"éffib😀a\ufffdG", []native.Doubt{native.NoUnicode, native.OddCharacters}},
		{"in the file, with an encoding of its own", "(abc) Tj", func(b *testpdf.Builder) string {
			file := b.Stream("", "x")
			return "<< /Subtype /Type1 /BaseFont /AAAAAA+CMR10 /FontDescriptor << /Flags 4 /FontFile " + testpdf.Ref(file) + " >> >>"
		}, "abc", noUnicode},
		{"in the file, with letters", "(abc) Tj", func(b *testpdf.Builder) string {
			file := b.Stream("", "x")
			return "<< /Subtype /TrueType /BaseFont /AAAAAA+Arial /FontDescriptor << /Flags 32 /FontFile2 " + testpdf.Ref(file) + " >> >>"
		}, "abc", nil},
		{"signs", "(abc) Tj", func(*testpdf.Builder) string { return "<< /Subtype /TrueType /BaseFont /Wingdings >>" }, "abc", noUnicode},
		{"mapped beside its encoding", "(Ab) Tj", mapped("/Subtype /Type1 /Encoding /WinAnsiEncoding", "1 beginbfchar <41> <0058> endbfchar"), "Xb", nil},
		{"mapped to nothing", "(Ab) Tj", mapped("/Subtype /Type1 /Encoding /WinAnsiEncoding", "1 beginbfchar <41> <0000> endbfchar"), "Ab", nil},
		{"drawings", "(A) Tj", func(*testpdf.Builder) string {
			return "<< /Subtype /Type3 /Encoding << /Differences [65 /a1] >> /FontMatrix [0.01 0 0 0.01 0 0] /FirstChar 65 /Widths [50] >>"
		}, "\ufffd", []native.Doubt{native.Type3, native.NoUnicode, native.OddCharacters}},
		{"composite", "<0001000200030010001200FF010000200021> Tj", identityFont, "Afi😀acĀāxyz", nil},
		{"composite, gap by width", "<0001> Tj 6 0 Td <000A> Tj 10 0 Td <0001> Tj", mapped(composite, "2 beginbfchar <0001> <0041> <000A> <0042> endbfchar"), "AB A", nil},
		{"composite without mapping", "<0001> Tj", func(*testpdf.Builder) string { return "<< " + composite + " >>" },
			"\ufffd", []native.Doubt{native.NoUnicode, native.OddCharacters}},
		{"predefined encoding", "<0001> Tj", func(*testpdf.Builder) string {
			return "<< /Subtype /Type0 /Encoding /90ms-RKSJ-H /DescendantFonts [<< >>] >>"
		}, "\ufffd", []native.Doubt{native.UnknownCMap, native.NoUnicode, native.OddCharacters}},
		{"encoding in the file", "<41 8001 42> Tj", func(b *testpdf.Builder) string {
			codes := b.Stream("", "2 begincodespacerange <00> <7F> <8000> <9FFF> endcodespacerange 2 begincidrange <41> <42> 1 <8000> <80FF> 16 endcidrange")
			to := b.Stream("", "3 beginbfchar <41> <0061> <42> <0062> <8001> <4E2D> endbfchar")
			return "<< /Subtype /Type0 /Encoding " + testpdf.Ref(codes) + " /ToUnicode " + testpdf.Ref(to) + " /DescendantFonts [<< /W [1 [400 400] 17 [1000]] >>] >>"
		}, "a中b", nil},
		{"vertical", "<0001> Tj", mapped("/Subtype /Type0 /Encoding /Identity-V /DescendantFonts [<< >>]", "1 beginbfchar <0001> <0041> endbfchar"),
			"A", []native.Doubt{native.Vertical}},
		{"endless range", "<0001> Tj", mapped(composite, "1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange"), "B", nil},
		{"endless widths", "(a) Tj", func(*testpdf.Builder) string {
			return "<< /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [<< /W [-4611686018427387904 4611686018427387903 5 0 65535 6] >>] >>"
		}, "\ufffd", []native.Doubt{native.NoUnicode, native.OddCharacters}},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, d := readPage(t, fontFile(c.font, c.content))
			assert.Equal(t, []string{c.want}, lines(p))
			assert.Equal(t, c.doubts, d)
		})
	}
}

// TestBuiltinWidths shows that text without widths stands where the fonts that
// every reader has would put it.
func TestBuiltinWidths(t *testing.T) {
	for font, want := range map[string]float64{
		"Helvetica": 22.23, "Arial,Bold": 23.88, "Times-Roman": 21.67, "TimesNewRoman,Bold": 23.89, "Times-BoldItalic": 22.79,
		"Times-Italic": 21.11, "CourierNew": 24,
	} {
		p, d := readPage(t, fontFile(func(*testpdf.Builder) string { return "<< /Subtype /TrueType /BaseFont /" + font + " >>" }, "(Mutu) Tj"))
		assert.Empty(t, d, font)
		box := p.Lines[0].Box
		assert.InDelta(t, want, box.X1-box.X0, 0.001, font)
	}
}

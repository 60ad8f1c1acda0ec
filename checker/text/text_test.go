package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dasheval/checker/text"

	"github.com/stretchr/testify/assert"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"KEPUTUSAN  Kepala":              "keputusan kepala",
		"efek\u00adtif":                  "efektif",
		"e\ufb01sien":                    "efisien",
		"2020\u20132024":                 "2020-2024",
		"\u201ctim\u201d \u2018ZI\u2019": `"tim" 'zi'`,
		"a\u00a0b\tc\nd":                 "a b\tc\nd",
		"tahun 2024\u00b9":               "tahun 2024",
		"Andre\u0301a":                   "andréa",
		"a\u200bb\ufeff":                 "ab",
	} {
		assert.Equal(t, want, text.Fold(in), "%q", in)
	}
}

// words lays the words of s out; three spaces or more are a wide gap.
func words(s string) []text.Word {
	var out []text.Word
	x := 0.0
	for _, f := range strings.Split(s, " ") {
		if f == "" {
			x += 3
			continue
		}
		out = append(out, text.Word{Text: f, Box: text.Box{X0: x, X1: x + 5*float64(len(f)), Y1: 10}})
		x += 5*float64(len(f)) + 3
	}
	return out
}

func TestJoinSpaced(t *testing.T) {
	for in, want := range map[string]string{
		"K E P U T U S A N":               "KEPUTUSAN",
		"M E M U T U S K A N: Menetapkan": "MEMUTUSKAN: Menetapkan",
		"S U R A T    T U G A S":          "SURAT TUGAS",
		"A. B. C.":                        "A. B. C.",
		"Nilai A B C":                     "Nilai A B C",
		"":                                "",
	} {
		var got []string
		for _, w := range text.JoinSpaced(words(in)) {
			got = append(got, w.Text)
		}
		assert.Equal(t, want, strings.Join(got, " "), in)
	}
}

func TestSegments(t *testing.T) {
	l := text.Line{Words: words("Nomor          12/A/2025"), Box: text.Box{Y1: 10}}
	assert.Equal(t, "Nomor\t12/A/2025", l.Text())
	assert.Len(t, l.Segments(), 2)
	assert.Empty(t, text.Line{}.Segments())
}

func TestOrigin(t *testing.T) {
	d := &text.Document{Pages: []text.Page{{Origin: text.Layer}, {Origin: text.Hidden}}}
	assert.Equal(t, text.Hidden, d.Origin(), "one hidden page makes the document one to be careful with")
	assert.Equal(t, text.None, (&text.Document{}).Origin())
}

func FuzzFold(f *testing.F) {
	f.Add("K E P U T U S A N \u00ad\ufb01")
	f.Fuzz(func(t *testing.T, s string) {
		once := text.Fold(s)
		if !utf8.ValidString(once) && utf8.ValidString(s) {
			t.Errorf("%q became invalid", s)
		}
		if strings.ContainsAny(once, "\u00ad\ufeff\u200b") {
			t.Errorf("%q keeps characters without width", once)
		}
	})
}

func TestUnread(t *testing.T) {
	typed := text.Page{Number: 1, Lines: []text.Line{{}}}
	doubted := func(n int, engine string) text.Page {
		return text.Page{Number: n, Lines: typed.Lines, Engine: engine, Doubts: []string{"garbled"}}
	}
	scan := func(n int) text.Page { return text.Page{Number: n, Raster: 0.9} }
	written := func(n int, y float64) text.Page {
		words := []text.Word{{Text: strings.Repeat("kata", 40)}}
		return text.Page{Number: n, Raster: 0.9, Height: 842, Lines: []text.Line{{Words: words, Box: text.Box{Y0: y, Y1: y + 12}}}}
	}
	hidden := written(1, 400)
	hidden.Origin = text.Hidden
	recognised := func(n int, g text.Grade) text.Page {
		return text.Page{Number: n, Raster: 0.9, Engine: text.Tesseract, Grade: g}
	}
	for _, c := range []struct {
		name string
		doc  text.Document
		want [][2]int
	}{
		{"all read", text.Document{Total: 1, Pages: []text.Page{typed}}, nil},
		{"blank page", text.Document{Total: 2, Pages: []text.Page{typed, {Number: 2}}}, nil},
		{"scanned pages", text.Document{Total: 5, Pages: []text.Page{typed, scan(2), scan(3), {Number: 4}, scan(5)}}, [][2]int{{2, 3}, {5, 5}}},
		{"picture below text", text.Document{Total: 1, Pages: []text.Page{written(1, 400)}}, nil},
		{"scan with a footer", text.Document{Total: 1, Pages: []text.Page{written(1, 800)}}, [][2]int{{1, 1}}},
		{"hidden text", text.Document{Total: 1, Pages: []text.Page{hidden}}, [][2]int{{1, 1}}},
		{"recognised", text.Document{Total: 3, Pages: []text.Page{recognised(1, text.Good), recognised(2, text.Poor), recognised(3, text.NoText)}}, [][2]int{{2, 2}}},
		{"pages beyond the limit", text.Document{Total: 300, Pages: []text.Page{typed}}, [][2]int{{2, 300}}},
		{"a page lost", text.Document{Total: 4, Pages: []text.Page{typed, {Number: 3}}}, [][2]int{{2, 2}, {4, 4}}},
		{"part of a file", text.Document{Total: 2, Pages: []text.Page{{Number: 7}, {Number: 8}}}, nil},
		{"in doubt", text.Document{Total: 2, Pages: []text.Page{typed, doubted(2, text.Native)}}, [][2]int{{2, 2}}},
		{"decided on", text.Document{Total: 2, Pages: []text.Page{typed, doubted(2, text.Pdfium)}}, nil},
	} {
		assert.Equal(t, c.want, c.doc.Unread(), c.name)
	}
}

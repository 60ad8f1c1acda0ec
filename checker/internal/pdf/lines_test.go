package pdf_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// at sets s in glyphs of 5 x 10 points from (x, y) on.
func at(x, y float64, s string) []pdf.Glyph {
	var out []pdf.Glyph
	for _, r := range s {
		out = append(out, pdf.Glyph{Rune: r, Box: text.Box{X0: x, Y0: y, X1: x + 5, Y1: y + 10}})
		x += 5
	}
	return out
}

func cat(parts ...[]pdf.Glyph) []pdf.Glyph {
	var out []pdf.Glyph
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// in sets s in one box.
func in(box text.Box, s string) []pdf.Glyph {
	var out []pdf.Glyph
	for _, r := range s {
		out = append(out, pdf.Glyph{Rune: r, Box: box})
	}
	return out
}

func TestLines(t *testing.T) {
	ligature := text.Box{X0: 5, Y0: 0, X1: 13, Y1: 10}
	for _, c := range []struct {
		name   string
		glyphs []pdf.Glyph
		want   []string
	}{
		{"nothing", nil, []string{}},
		{"spaces only", at(0, 0, " \r\n \n"), []string{}},
		{"words", at(0, 0, "tim kerja\r\n"), []string{"tim kerja"}},
		{"hidden characters", at(0, 0, "se\u00admua\u0000\ufffe"), []string{"semua"}},
		{"cells of a row", cat(at(0, 0, "1\r\n"), at(60, 1, "Budi\r\n"), at(200, 0, "L")), []string{"1\tBudi\tL"}},
		{"cell of two lines", cat(at(0, 0, "Analis\r\n"), at(0, 12, "SDM\r\n"), at(200, 0, "L")), []string{"Analis", "SDM", "L"}},
		{"cells from right to left", cat(at(200, 0, "L\r\n"), at(0, 0, "1")), []string{"L", "1"}},
		{"a jump to another baseline", cat(at(0, 0, "satu "), at(50, 30, "dua")), []string{"satu", "dua"}},
		{"a jump back", cat(at(100, 0, "kanan"), at(0, 0, "kiri")), []string{"kanan", "kiri"}},
		{"a gap without a space", cat(at(0, 0, "No"), at(25, 0, "Nama")), []string{"No Nama"}},
		{"fake bold, letter by letter", cat(at(0, 0, "S"), at(0.4, 0, "S"), at(5, 0, "K"), at(5.4, 0, "K")), []string{"SK"}},
		{"fake bold, line by line", cat(at(0, 0, "Surat tugas\n"), at(0.4, 0, "Surat tugas")), []string{"Surat tugas"}},
		{"the same words below", cat(at(0, 0, "Surat\n"), at(0, 12, "Surat")), []string{"Surat", "Surat"}},
		{"ligature", cat(at(0, 0, "a"), in(ligature, "tt"), at(13, 0, "a")), []string{"atta"}},
		{"ligature with swapped bytes", cat(at(0, 0, "a"), in(ligature, "\u7400\u6900"), at(13, 0, "f")), []string{"atif"}},
		{"ligature that lost letters", cat(at(0, 0, "a"), in(ligature, "\u7400\ufffd"), at(13, 0, "n")), []string{"attin"}},
		{"Chinese", at(0, 0, "\u7400\u6900"), []string{"\u7400\u6900"}},
		{"divided word", cat(at(0, 0, "mening\u0002"), at(0, 12, "katkan mutu")), []string{"meningkatkan", "mutu"}},
		{"divided double word", cat(at(0, 0, "masing\u0002"), at(0, 12, "masing unit")), []string{"masing-masing", "unit"}},
		{"divided before a capital", cat(at(0, 0, "Undang\u0002"), at(0, 12, "Undang Dasar")), []string{"Undang-Undang", "Dasar"}},
		{"divided number", cat(at(0, 0, "2024\u0002"), at(0, 12, "2025")), []string{"2024-2025"}},
		{"divided address", cat(at(0, 0, "info@bpmp\u0002"), at(0, 12, "raya.go.id")), []string{"info@bpmp-raya.go.id"}},
		{"hyphen at the end", at(0, 0, "sub\u0002"), []string{"sub-"}},
		{"hyphen alone", at(0, 0, "a \u0002 b"), []string{"a - b"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := []string{}
			for _, l := range pdf.Lines(c.glyphs) {
				got = append(got, l.Text())
			}
			assert.Equal(t, c.want, got)
		})
	}
}

func TestTurnedLinesStayWhole(t *testing.T) {
	var g []pdf.Glyph
	for i, r := range "naik terus" {
		y := 100 - 6*float64(i)
		g = append(g, pdf.Glyph{Rune: r, Turned: true, Box: text.Box{X0: 10, Y0: y - 5, X1: 20, Y1: y}})
	}
	got := pdf.Lines(g)
	if assert.Len(t, got, 1) {
		assert.Equal(t, "naik", got[0].Words[0].Text)
		assert.Equal(t, "terus", got[0].Words[1].Text)
	}
}

func TestDividedWordStandsInItsFirstLine(t *testing.T) {
	got := pdf.Lines(cat(at(300, 0, "mening\u0002"), at(0, 12, "katkan mutu")))
	if assert.Len(t, got, 2) {
		assert.Equal(t, text.Box{X0: 300, Y0: 0, X1: 335, Y1: 10}, got[0].Words[0].Box)
		assert.Equal(t, 12., got[1].Box.Y0)
	}
}

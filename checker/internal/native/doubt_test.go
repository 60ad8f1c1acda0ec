package native_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/testpdf"
)

// TestTextualDoubts holds what the text of a page gives to doubt.
func TestTextualDoubts(t *testing.T) {
	const sentence = "Menetapkan Tim Kerja pembangunan Zona Integritas menuju Wilayah Bebas dari Korupsi pada tahun anggaran 2025 " +
		"sebagaimana tercantum dalam Lampiran yang merupakan bagian tidak terpisahkan dari Keputusan ini. "
	for _, c := range []struct {
		name, text string
		want       []native.Doubt
	}{
		{"a decree", sentence, nil},
		{"names with degrees", strings.Repeat("Dra. Siti Aminah,M.Pd. Budi,S.Kom.,M.T. H. Ahmad,S.H. ", 8), nil},
		{"addresses", sentence + strings.Repeat("surel balai.penjaminan@kemdikbud.go.id laman www.bpmptanjungraya.kemdikbud.go.id/layananpublik ", 2), nil},
		{"one long word", sentence + "pertanggungjawabankeuangannegara", nil},
		{"numbers", strings.Repeat("1 2 3 4 12.500.000 ", 20), nil},
		{"capitals without vowels", strings.Repeat("BPKP PTN BKN KPK LHKPN PPTK ", 20), nil},
		{"no spaces", strings.Repeat("menetapkantimkerjazona ", 10), []native.Doubt{native.FewSpaces}},
		{"long words", strings.Repeat(sentence+"menetapkantimkerjapembangunan ", 3), []native.Doubt{native.LongWords}},
		{"lone letters", strings.Repeat("m e n e t a p k a n tim kerja ", 4), []native.Doubt{native.LoneLetters}},
		{"no vowels", strings.Repeat("mntpkn tm krj zn ntgrts pda thn ", 4), []native.Doubt{native.NoVowels}},
		{"glued", strings.Repeat("timKerja zonaIntegritas menuju wilayah bebas. ", 6), []native.Doubt{native.GluedWords}},
		{"glued stops", strings.Repeat("pertama.Kedua dan ketiga,keempat juga serta ", 6), []native.Doubt{native.GluedWords}},
		{"controls", sentence + "\x80\x81\x82", []native.Doubt{native.OddCharacters}},
		{"few words", "timKerja", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			content, y := "", 750
			words := strings.Fields(c.text)
			for len(words) > 0 {
				n := min(8, len(words))
				content += testpdf.Show(50, y, strings.Join(words[:n], " "))
				words, y = words[n:], y-14
			}
			_, d := readPage(t, fontFile(mapped("/Subtype /Type1 /Encoding /WinAnsiEncoding",
				"3 beginbfchar <80> <E123> <81> <E124> <82> <F8FE> endbfchar"), strings.NewReplacer("/F1", "/F2", "BT", "", "ET", "").Replace(content)))
			assert.Equal(t, c.want, d)
		})
	}
}

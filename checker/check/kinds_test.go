package check

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"

	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/profile"
	"dasheval/checker/text"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestKinds runs uses of the kinds with parameters on a memo, and on a memo with
// another one beside it.
func TestKinds(t *testing.T) {
	const memo = `PEMERINTAH KOTA ARJUNA
DINAS SOSIAL KOTA ARJUNA
Jalan Mawar Nomor 1 Arjuna 40111

NOTA DINAS
Nomor : 12/DS/2025
Hal : Rapat
Tanggal : 3 Februari 2025

Harap hadir. Nilai 3,625 dari 4.

1. Kepala bidang
2. Kepala seksi

Pekerjaan lain disebut penyuluh.
No	Saran	Tindak lanjut
1	Kipas	Sudah dibeli
2	Kursi	Belum
Penutup.
`
	for name, c := range map[string]struct {
		use, more, want string
	}{
		"phrase":                {"phrase: {text: x, any: [harap hadir]}", "", ""},
		"phrase absent":         {"phrase: {text: x, any: [mohon]}", "", "phrase.missing"},
		"phrase counts apart":   {"phrase: {text: x, any: [harap, harap hadir], count: 2}", "", "phrase.missing"},
		"parts within parts":    {"phrase: {text: x, in: [body, table, body], any: [kursi], count: 2}", "", "phrase.missing"},
		"shared patterns":       {"number-format: {text: x, any: ['=number.value']}", "", ""},
		"whole number":          {"number-format: {text: x, any: ['\\d+|\\d+/ds/\\d+']}", "", ""},
		"number of another way": {"number-format: {text: x, any: ['\\d+/[ivx]+/\\d+']}", "", "number.format"},
		"near":                  {"near: {text: x, first: [harap], second: [nilai], within: 20}", "", ""},
		"far":                   {"near: {text: x, first: [harap], second: [penutup], within: 20}", "", "phrase.apart"},
		"ordered":               {"ordered: {text: x, phrases: [harap, nilai, penutup]}", "", ""},
		"out of order":          {"ordered: {text: x, phrases: [penutup, nilai]}", "", "order.wrong"},
		"list":                  {"list: {text: x, in: [body], contains: [seksi]}", "", ""},
		"behind the list":       {"list: {text: x, in: [body], contains: [penyuluh]}", "", "list.lacks"},
		"short list":            {"list: {text: x, in: [body], min: 5}", "", "list.short"},
		"table":                 {"table: {text: x, columns: [saran, tindak lanjut], min_rows: 2}", "", ""},
		"short table":           {"table: {text: x, columns: [saran, tindak lanjut], min_rows: 3}", "", "table.short"},
		"no table":              {"table: {text: x, columns: [saran, biaya]}", "", "table.missing"},
		"date order":            {"date-order: {text: x, first: date, then: date}", "", ""},
		"no number":             {"threshold: {text: x, fact: index, min: 3}", "", "fact.missing"},
		"names the other":       {"cross-reference: {text: x, to: [nota_dinas]}", "12/DS/2025", ""},
		"a part of its number":  {"cross-reference: {text: x, to: [nota_dinas]}", "2/DS/2025", "reference.missing"},
		"nothing to name":       {"cross-reference: {text: x, to: [sk]}", "2/DS/2025", ""},
		"nobody signed":         {"signed-by: {text: x, titles: ['=signature.title']}", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			pack, err := rules.Load(fstest.MapFS{"pack.yaml": {Data: []byte("id: x\nversion: 1.0.0\ntitle: x\nextends: naskah-dinas\noverride:\n  types:\n    nota_dinas: {checks: [{" + c.use + "}]}\n")}}, nil)
			require.NoError(t, err)
			reader, err := facts.NewReader(pack)
			require.NoError(t, err)
			read := func(path, markup string) *facts.Document {
				d, err := reader.Read(context.Background(), path, path, plain(markup))
				require.NoError(t, err)
				require.Equal(t, "nota_dinas", d.Type.ID)
				return d
			}
			d := read("a", memo)
			w := &World{Pack: pack, Reader: reader, Unit: &profile.Unit{}, Placed: &match.Result{}, Pile: []*facts.Document{d}}
			if c.more != "" {
				w.Pile = append(w.Pile, read("b", strings.Replace(memo, "12/DS/2025", c.more, 1)))
			}
			use, err := Bind(pack, pack.Type("nota_dinas").Checks[0])
			require.NoError(t, err)
			got := ""
			use.Run(&Pass{Document: d, Params: use.Params, World: w, Report: func(f Finding) { got += f.ID }})
			assert.Equal(t, c.want, got)
		})
	}
}

// plain is a document without pages, a paragraph for each line.
func plain(s string) *text.Document {
	p := text.Page{Number: 1}
	n := 0
	for line := range strings.Lines(s) {
		n++
		l := text.Line{Paragraph: n}
		x := 0.0
		for i, cell := range strings.Split(strings.TrimRight(line, "\n"), "\t") {
			x = max(x+40, float64(i)*200)
			for _, word := range strings.Fields(cell) {
				width := 6 * float64(len(word))
				l.Words = append(l.Words, text.Word{Text: word, Box: text.Box{X0: x, Y0: 14 * float64(n), X1: x + width, Y1: 14*float64(n) + 10}})
				x += width + 3
			}
		}
		p.Lines = append(p.Lines, l)
	}
	return &text.Document{Pages: []text.Page{p}}
}

// TestDecimal reads numbers as offices write them.
func TestDecimal(t *testing.T) {
	for in, want := range map[string]string{
		"3,625": "3.625", "88,125": "88.125", "1.234": "1234", "1.234,5": "1234.5", "3.62": "3.62", "0.625": "0.625", "12": "12", "97,5 %": "97.5", "12.345.678": "12345678",
	} {
		assert.Equal(t, want, decimal(in), in)
	}
}

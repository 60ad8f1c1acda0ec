package check

import (
	"strconv"
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var table = &Check{
	Name: "table",
	Doc: Doc{
		Title: rules.Text{ID: `ada tabel dengan kolom tertentu dan cukup baris`, EN: `there is a table with certain columns and enough rows`},
		About: rules.Text{
			ID: `Judul kolom dicari dalam satu baris atau dua baris berurutan. Yang dihitung sebagai baris adalah baris sesudahnya dengan sedikitnya dua sel berisi, sampai teks biasa kembali. Tabel dikenal dari kolom-kolomnya; tabel tanpa judul kolom tidak ditemukan. Bila ada halaman yang tidak terbaca, table.missing tidak dilaporkan.`,
			EN: `The heads of the columns are looked for in one line or two that follow one another. Rows are the lines behind it with at least two cells that hold something, up to where plain text goes on. A table is known by its columns; one without heads is not found. If pages could not be read, table.missing is not reported.`},
		Params: []Param{
			{"text", rules.Text{ID: `tabel itu, dalam kalimat temuan`, EN: `the table, as findings word it`}},
			{"columns", rules.Text{ID: `frasa; setiap satu harus ada dalam judul kolom`, EN: `phrases, each of which must stand in the heads of the columns`}},
			{"min_rows", rules.Text{ID: `paling sedikit berapa baris berisi; bawaan 1`, EN: `least number of rows that hold something; 1 by default`}},
		},
		Rule:   "- table:\n    text: {id: matriks tindak lanjut, en: the follow-up matrix}\n    columns: [rekomendasi, tindak lanjut, status]\n    min_rows: 2",
		Before: "No | Rekomendasi | Tindak Lanjut | Status (tabel kosong)",
		After:  "No | Rekomendasi | Tindak Lanjut | Status · 1 | Lengkapi SOP | SOP disahkan | selesai · 2 | Latih petugas | pelatihan 12 Mei | selesai",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"table.missing", "table.short"},
	Params: func() Params { return &tableParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*tableParams)
		d := p.Document
		lines := strings.SplitAfter(d.Folded(), "\n")
		best := -1
		var at facts.Place
		for i, start := 0, 0; i < len(lines); i++ {
			line := lines[i]
			head := headRows(lines[i:], q.Columns)
			if head > 0 {
				n, used := rows(lines[i+head:])
				if n > best {
					best, at = n, d.Place(start, start+len(strings.TrimRight(line, "\n")))
				}
				for range head + used - 1 { // a table is counted once
					start += len(lines[i])
					i++
				}
			}
			if i < len(lines) {
				start += len(lines[i])
			}
		}
		switch want := max(q.MinRows, 1); {
		case best < 0:
			p.ask("table.missing", q.Text, nil, top(d), nil)
		case best < want:
			p.ask("table.short", q.Text, nil, at, map[string]string{"have": strconv.Itoa(best), "want": strconv.Itoa(want)})
		}
	},
}

// headRows returns how many lines the heads of the columns take at the beginning
// of lines: one, two, or none if they are not there.
func headRows(lines []string, columns []*rules.Pattern) int {
	switch {
	case !strings.Contains(lines[0], "\t"):
		return 0
	case holdsAll(lines[0], columns):
		return 1
	case len(lines) > 1 && !holdsAll(lines[1], columns) && holdsAll(lines[0]+lines[1], columns):
		return 2
	}
	return 0
}

func holdsAll(s string, ps []*rules.Pattern) bool {
	for _, p := range ps {
		if !p.Match(s) {
			return false
		}
	}
	return true
}

// rows counts the rows of a table that hold something, and the lines that it
// takes. Two lines of plain text in a row end it.
func rows(lines []string) (n, used int) {
	plain := 0
	for _, line := range lines {
		cells := 0
		for _, c := range strings.Split(line, "\t") {
			if strings.Trim(c, " \n.…_-") != "" {
				cells++
			}
		}
		switch {
		case cells > 1:
			n, plain = n+1, 0
		case cells == 1:
			if plain++; plain > 1 {
				return n, used
			}
		}
		used++
	}
	return n, used
}

// tableParams are the parameters of table.
type tableParams struct {
	Text    rules.Text       `yaml:"text,required"`
	Columns []*rules.Pattern `yaml:"columns,required" pattern:"phrase"`
	MinRows int              `yaml:"min_rows"`
}

func (q *tableParams) What() rules.Text { return q.Text }

func (q *tableParams) Mistakes(_ *rules.Pack, at rules.Pos) []error {
	return wanted(at, len(q.Columns) > 0, "columns")
}

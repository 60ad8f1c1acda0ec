package check

import (
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var signedBy = &Check{
	Name: "signed-by",
	Doc: Doc{
		Title: rules.Text{ID: `pejabat dengan jabatan tertentu menandatangani`, EN: `an official with a certain title signed`},
		About: rules.Text{
			ID: `Melihat jabatan dalam blok tanda tangan. Blok yang kosong dihitung belum ditandatangani; blok yang tidak dapat dilihat dibiarkan bagi signature. Tanpa satu pun blok, tidak ada yang disimpulkan. Dokumen dengan halaman yang tidak terbaca dilewati.`,
			EN: `Looks at the titles in signature blocks. An empty block counts as not signed; one that nobody could look at is left to signature. Without any block nothing is concluded. A document with pages that could not be read is passed over.`},
		Params: []Param{
			{"text", rules.Text{ID: `pejabat itu, dalam kalimat temuan`, EN: `the official, as findings word it`}},
			{"titles", rules.Text{ID: `pola jabatan (RE2, huruf kecil)`, EN: `patterns of the title (RE2, lower case)`}},
		},
		Rule:   "- signed-by:\n    text: {id: bendahara, en: the treasurer}\n    titles: ['\\bbendahara\\b']",
		Before: "Kepala Bagian Umum, (tanda tangan)",
		After:  "Bendahara Pengeluaran, (tanda tangan)",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"signer.absent"},
	Params: func() Params { return &signedByParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*signedByParams)
		d := p.Document
		if len(d.Blocks) == 0 || len(d.Unread) > 0 {
			return
		}
		at := d.Blocks[0].At
		for _, b := range d.Blocks {
			title := strings.TrimSpace(b.Acting + " " + b.Title)
			if !rules.MatchAny(q.Titles, strings.ToLower(title)) && !rules.MatchAny(q.Titles, strings.ToLower(b.Title)) {
				continue
			}
			if b.State != facts.Unsigned && b.State != facts.Typed {
				return
			}
			at = b.At
		}
		p.ask("signer.absent", q.Text, nil, at, nil)
	},
}

// signedByParams are the parameters of signed-by.
type signedByParams struct {
	Text   rules.Text       `yaml:"text,required"`
	Titles []*rules.Pattern `yaml:"titles,required"`
}

func (q *signedByParams) What() rules.Text { return q.Text }

func (q *signedByParams) Mistakes(*rules.Pack, rules.Pos) []error { return nil }

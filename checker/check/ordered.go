package check

import "dasheval/rules"

var ordered = &Check{
	Name: "ordered",
	Doc: Doc{
		Title: rules.Text{ID: `bagian-bagian berurutan`, EN: `things stand in their order`},
		About: rules.Text{
			ID: `Setiap frasa harus ada dan berdiri sesudah frasa sebelumnya: temuan, lalu rekomendasi, lalu tindak lanjut. Temuan menunjuk frasa pertama yang tidak ada atau salah tempat. Bagian yang tidak ada dalam dokumen (in) dihitung kosong.`,
			EN: `Each phrase must be there, behind the one before it: findings, then recommendations, then the follow-up. The finding names the first that is absent or out of place. A part that the document does not have (in) counts as empty.`},
		Params: []Param{
			{"text", rules.Text{ID: `yang diminta, dalam kalimat temuan`, EN: `what is asked for, as findings word it`}},
			{"in", rules.Text{ID: `bagian dokumen yang dilihat; tanpa ini seluruhnya`, EN: `parts of the document that are looked at; all of it without this`}},
			{"phrases", rules.Text{ID: `frasa menurut urutannya`, EN: `phrases in their order`}},
		},
		Rule:   "- ordered:\n    text: {id: 'temuan, rekomendasi, tindak lanjut', en: 'findings, recommendations, follow-up'}\n    phrases: [temuan, rekomendasi, tindak lanjut]",
		Before: "Rekomendasi … Temuan … Tindak lanjut",
		After:  "Temuan … Rekomendasi … Tindak lanjut",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"order.wrong"},
	Params: func() Params { return &orderedParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*orderedParams)
		d := p.Document
		parts := stretches(d, q.In)
		from := -1
		for _, one := range q.Phrases {
			all := findAll(parts, []*rules.Pattern{one})
			i := 0
			for i < len(all) && all[i][0] <= from {
				i++
			}
			if i < len(all) {
				from = all[i][0]
				continue
			}
			at := whereIn(d, parts)
			if len(all) > 0 {
				at = d.Place(all[0][0], all[0][1])
			}
			p.ask("order.wrong", q.Text, q.In, at, map[string]string{"phrase": one.Words()})
			return
		}
	},
}

// orderedParams are the parameters of ordered.
type orderedParams struct {
	Text    rules.Text       `yaml:"text,required"`
	In      []string         `yaml:"in"`
	Phrases []*rules.Pattern `yaml:"phrases,required" pattern:"phrase"`
}

func (q *orderedParams) What() rules.Text { return q.Text }

func (q *orderedParams) Mistakes(pack *rules.Pack, at rules.Pos) []error {
	return append(inMistakes(pack, at, q.In), wanted(at, len(q.Phrases) > 1, "at least two phrases")...)
}

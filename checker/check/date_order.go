package check

import "dasheval/rules"

var dateOrder = &Check{
	Name: "date-order",
	Doc: Doc{
		Title: rules.Text{ID: `tanggal yang satu tidak mendahului yang lain`, EN: `one date does not stand before another`},
		About: rules.Text{
			ID: `Membandingkan dua fakta bertanggal: isian formulir, tanggal dokumen (date), atau hari kegiatan (event_date). Bila salah satunya tidak terbaca, tidak ada yang disimpulkan; isian wajib diperiksa oleh fields.`,
			EN: `Compares two facts that are dates: fields of the form, the date of the document (date) or the day of the event (event_date). If one was not read, nothing is concluded; required fields are examined by fields.`},
		Params: []Param{
			{"text", rules.Text{ID: `kedua tanggal itu, dalam kalimat temuan`, EN: `the two dates, as findings word them`}},
			{"first", rules.Text{ID: `fakta yang lebih dulu`, EN: `the fact that comes first`}},
			{"then", rules.Text{ID: `fakta yang tidak boleh mendahuluinya`, EN: `the fact that may not stand before it`}},
		},
		Rule:   "- date-order:\n    text: {id: pembuatan dan berlaku, en: made and in force}\n    first: tanggal_pembuatan\n    then: tanggal_efektif",
		Before: "Tanggal pembuatan 10 Maret 2025 · Tanggal efektif 1 Maret 2025",
		After:  "Tanggal pembuatan 10 Maret 2025 · Tanggal efektif 17 Maret 2025",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"date.inconsistent"},
	Params: func() Params { return &dateOrderParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*dateOrderParams)
		d := p.Document
		first, then := d.Date(q.First), d.Date(q.Then)
		if !first.IsZero() && !then.IsZero() && then.Before(first) {
			p.ask("date.inconsistent", q.Text, nil, d.Facts[q.Then].At, map[string]string{"a": d.Facts[q.First].Value, "b": d.Facts[q.Then].Value})
		}
	},
}

// dateOrderParams are the parameters of date-order.
type dateOrderParams struct {
	Text  rules.Text `yaml:"text,required"`
	First string     `yaml:"first,required"`
	Then  string     `yaml:"then,required"`
}

func (q *dateOrderParams) What() rules.Text { return q.Text }

func (q *dateOrderParams) Mistakes(pack *rules.Pack, at rules.Pos) []error {
	return factMistakes(pack, at, q.First, q.Then)
}

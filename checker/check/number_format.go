package check

import (
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var numberFormat = &Check{
	Name: "number-format",
	Doc: Doc{
		Title: rules.Text{ID: `nomor dokumen ditulis menurut pola instansi`, EN: `the number is written in the manner of the agency`},
		About: rules.Text{
			ID: `Untuk praktik instansi yang menetapkan susunan nomor, misalnya kode klasifikasi dan bulan Romawi. Nomor yang kosong diperiksa oleh number.`,
			EN: `For agencies that lay down how numbers are made, for example with a classification code and the month in Roman digits. An empty number is examined by number.`},
		Params: []Param{
			{"text", rules.Text{ID: `pola itu, dalam kalimat temuan`, EN: `the pattern, as findings word it`}},
			{"any", rules.Text{ID: `pola (RE2, huruf kecil); seluruh nomor harus cocok dengan salah satunya`, EN: `patterns (RE2, lower case), one of which the whole number must match`}},
		},
		Rule:   "- number-format:\n    text: {id: 'nomor/kode/bulan/tahun', en: number/code/month/year}\n    any: ['\\d+/[a-z0-9.]+/[ivx]+/20\\d\\d']",
		Before: "Nomor: 50-A",
		After:  "Nomor: 50/OT.01/III/2025",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"number.format"},
	Params: func() Params { return &numberFormatParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*numberFormatParams)
		f, ok := p.Document.Facts["number"]
		if !ok {
			return
		}
		number := strings.ToLower(f.Value)
		if rules.MatchAny(q.whole, number) {
			return
		}
		at := f.At
		if at == (facts.Place{}) {
			at = top(p.Document)
		}
		p.ask("number.format", q.Text, nil, at, map[string]string{"number": f.Value})
	},
}

// numberFormatParams are the parameters of number-format.
type numberFormatParams struct {
	Text rules.Text       `yaml:"text,required"`
	Any  []*rules.Pattern `yaml:"any,required"`

	whole []*rules.Pattern // of the whole number
}

func (q *numberFormatParams) What() rules.Text { return q.Text }

func (q *numberFormatParams) Mistakes(_ *rules.Pack, at rules.Pos) []error {
	var errs []error
	for _, one := range q.Any {
		p, err := rules.Compile(`\A(?:` + one.Source + `)\z`)
		if err != nil {
			errs = append(errs, &rules.Mistake{Pos: at, Text: err.Error()})
			continue
		}
		q.whole = append(q.whole, p)
	}
	return errs
}

package check

import (
	"strconv"

	"dasheval/rules"
)

var phrase = &Check{
	Name: "phrase",
	Doc: Doc{
		Title: rules.Text{ID: `kata-kata yang diminta ada, dan yang dilarang tidak ada`, EN: `words asked for are there, forbidden ones are not`},
		About: rules.Text{
			ID: `Frasa dicari pada teks huruf kecil tanpa memandang spasi ganda dan pergantian baris. Batasi dengan in: kata yang sama di konsiderans dan di diktum berbeda artinya. Bagian yang tidak ada dalam dokumen dihitung tidak memuat apa pun. Bila ada halaman yang tidak terbaca, hanya kata terlarang (none) yang menjadi temuan.`,
			EN: `Phrases are looked for in lower case, whatever the spaces and line breaks. Narrow the search with in: the same word means one thing in a preamble and another in the operative part. A part that the document does not have counts as holding nothing. If pages could not be read, only forbidden words (none) are a finding.`},
		Params: []Param{
			{"text", rules.Text{ID: `yang diminta, dalam kalimat temuan`, EN: `what is asked for, as findings word it`}},
			{"in", rules.Text{ID: `bagian dokumen yang dilihat; tanpa ini seluruhnya`, EN: `parts of the document that are looked at; all of it without this`}},
			{"any", rules.Text{ID: `frasa; satu saja cukup`, EN: `phrases of which one suffices`}},
			{"all", rules.Text{ID: `frasa yang semuanya harus ada`, EN: `phrases that must all be there`}},
			{"none", rules.Text{ID: `frasa yang tidak boleh ada`, EN: `phrases that must not be there`}},
			{"count", rules.Text{ID: `berapa kali frasa any paling sedikit muncul; bawaan 1`, EN: `how often the phrases of any must occur; 1 by default`}},
		},
		Rule:   "- phrase:\n    text: {id: kewajiban melapor, en: the duty to report}\n    in: [diktum]\n    any: [wajib ... melapor*]",
		Before: "KEDUA : Unit menerima laporan.",
		After:  "KEDUA : Setiap pegawai wajib melaporkan penerimaan gratifikasi.",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"phrase.forbidden", "phrase.missing"},
	Params: func() Params { return &phraseParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*phraseParams)
		d := p.Document
		parts := stretches(d, q.In)
		if m := find(parts, q.None); m != nil {
			p.ask("phrase.forbidden", q.Text, q.In, d.Place(m[0], m[1]), nil)
		}
		have := len(findAll(parts, q.Any))
		if want := max(q.Count, 1); len(q.Any) > 0 && have < want {
			p.ask("phrase.missing", q.Text, q.In, whereIn(d, parts), map[string]string{"have": strconv.Itoa(have), "want": strconv.Itoa(want)})
			return
		}
		for _, one := range q.All {
			if find(parts, []*rules.Pattern{one}) == nil {
				p.ask("phrase.missing", q.Text, q.In, whereIn(d, parts), map[string]string{"phrase": one.Words()})
				return
			}
		}
	},
}

// phraseParams are the parameters of phrase.
type phraseParams struct {
	Text  rules.Text       `yaml:"text,required"`
	In    []string         `yaml:"in"`
	Any   []*rules.Pattern `yaml:"any" pattern:"phrase"`
	All   []*rules.Pattern `yaml:"all" pattern:"phrase"`
	None  []*rules.Pattern `yaml:"none" pattern:"phrase"`
	Count int              `yaml:"count"`
}

func (q *phraseParams) What() rules.Text { return q.Text }

func (q *phraseParams) Mistakes(pack *rules.Pack, at rules.Pos) []error {
	errs := append(inMistakes(pack, at, q.In), wanted(at, len(q.Any)+len(q.All)+len(q.None) > 0, "any, all or none")...)
	return append(errs, wanted(at, q.Count == 0 || q.Count > 0 && len(q.Any) > 0, "a count above 0, and any to count")...)
}

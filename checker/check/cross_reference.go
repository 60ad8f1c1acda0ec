package check

import (
	"regexp"
	"slices"
	"strings"

	"dasheval/checker/text"
	"dasheval/rules"
)

var crossReference = &Check{
	Name: "cross-reference",
	Doc: Doc{
		Title: rules.Text{ID: `dokumen menyebut dokumen lain dalam berkas`, EN: `the document names another one of the pile`},
		About: rules.Text{
			ID: `Fakta dokumen lain, biasanya nomornya, harus tertulis dalam dokumen ini: laporan menyebut nomor surat tugasnya. Bila berkas tidak memuat dokumen jenis itu, atau masih ada berkas yang tidak terbaca, tidak ada yang disimpulkan.`,
			EN: `A fact of the other document, most often its number, must stand in this one: a report names the number of its assignment letter. If the pile has no document of the type, or files that nobody could read, nothing is concluded.`},
		Params: []Param{
			{"text", rules.Text{ID: `yang harus disebut, dalam kalimat temuan`, EN: `what must be named, as findings word it`}},
			{"to", rules.Text{ID: `jenis dokumen yang dirujuk`, EN: `types of the documents referred to`}},
			{"fact", rules.Text{ID: `fakta yang harus tertulis; bawaan number`, EN: `fact that must be written; number by default`}},
		},
		Rule:   "- cross-reference:\n    text: {id: nomor surat tugas, en: the number of the assignment letter}\n    to: [surat_tugas]",
		Before: "Kegiatan dilaksanakan oleh tim.",
		After:  "Kegiatan dilaksanakan berdasarkan Surat Tugas Nomor 12/ST/III/2025.",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"reference.missing"},
	Params: func() Params { return &crossReferenceParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*crossReferenceParams)
		d := p.Document
		name := q.Fact
		if name == "" {
			name = "number"
		}
		own := d.Folded()
		if p.World.Partial {
			return // the other may not have been read yet
		}
		var named []string
		for _, o := range p.World.Pile {
			f, ok := o.Facts[name]
			if o == d || !ok || f.Value == "" || o.Origin == text.Hidden || !slices.ContainsFunc(q.To, o.Is) {
				continue
			}
			if names(own, strings.ToLower(f.Value)) {
				return
			}
			named = append(named, o.Path)
		}
		if len(named) > 0 && len(p.World.Unread) == 0 {
			p.ask("reference.missing", q.Text, nil, top(d), map[string]string{"of": named[0]})
		}
	},
}

// names reports whether s holds the value and not just as a part of a longer
// number, as "2/ds" is of "12/ds". Scanners and line breaks put white space
// anywhere.
func names(s, value string) bool {
	var parts []string
	for _, r := range strings.Join(strings.Fields(value), "") {
		parts = append(parts, regexp.QuoteMeta(string(r)))
	}
	re, err := regexp.Compile(strings.Join(parts, `\s*`))
	if err != nil || len(parts) == 0 {
		return false
	}
	digit := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= '0' && s[i] <= '9' }
	for _, m := range re.FindAllStringIndex(s, -1) {
		if !(digit(m[0]) && digit(m[0]-1)) && !(digit(m[1]-1) && digit(m[1])) {
			return true
		}
	}
	return false
}

// crossReferenceParams are the parameters of cross-reference.
type crossReferenceParams struct {
	Text rules.Text `yaml:"text,required"`
	To   []string   `yaml:"to,required"`
	Fact string     `yaml:"fact"`
}

func (q *crossReferenceParams) What() rules.Text { return q.Text }

func (q *crossReferenceParams) Mistakes(pack *rules.Pack, at rules.Pos) []error {
	errs := factMistakes(pack, at, q.Fact)
	if strings.HasSuffix(q.Fact, "date") || strings.HasPrefix(q.Fact, "tanggal") {
		errs = append(errs, &rules.Mistake{Pos: at, Text: "papers write days in many ways: fact wants a text or a number"})
	}
	for _, id := range q.To {
		if pack.Type(id) == nil {
			var known []string
			for _, t := range pack.Types {
				known = append(known, t.ID)
			}
			errs = append(errs, rules.UnknownName(at, "document type", id, known))
		}
	}
	return errs
}

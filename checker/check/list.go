package check

import (
	"regexp"
	"strconv"
	"strings"

	"dasheval/rules"
)

var list = &Check{
	Name: "list",
	Doc: Doc{
		Title: rules.Text{ID: `daftar memuat cukup butir, dan butir yang diminta`, EN: `a list has enough entries, and those that are asked for`},
		About: rules.Text{
			ID: `Butir adalah baris yang diawali angka, huruf, atau tanda butir. Batasi dengan in, agar daftar dasar hukum tidak ikut dihitung. Bagian yang tidak ada dalam dokumen dihitung tanpa butir.`,
			EN: `Entries are lines that begin with a number, a letter or a bullet. Narrow the search with in, so that the list of legal bases is not counted. A part that the document does not have counts as having no entries.`},
		Params: []Param{
			{"text", rules.Text{ID: `daftar itu, dalam kalimat temuan`, EN: `the list, as findings word it`}},
			{"in", rules.Text{ID: `bagian dokumen yang dilihat; tanpa ini seluruhnya`, EN: `parts of the document that are looked at; all of it without this`}},
			{"min", rules.Text{ID: `paling sedikit berapa butir`, EN: `least number of entries`}},
			{"contains", rules.Text{ID: `frasa; setiap satu harus ada dalam salah satu butir`, EN: `phrases, each of which must stand in some entry`}},
		},
		Rule:   "- list:\n    text: {id: enam area perubahan, en: the six areas of change}\n    in: [attachment]\n    min: 6\n    contains: [manajemen perubahan, pelayanan publik]",
		Before: "1. Manajemen perubahan",
		After:  "1. Manajemen perubahan … 6. Peningkatan kualitas pelayanan publik",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"list.lacks", "list.short"},
	Params: func() Params { return &listParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*listParams)
		d := p.Document
		parts := stretches(d, q.In)
		var entries []stretch
		for _, s := range parts {
			starts := entry.FindAllStringIndex(s.text, -1)
			for i, m := range starts {
				end := len(s.text)
				if i+1 < len(starts) {
					end = starts[i+1][0]
				}
				if blank := strings.Index(s.text[m[0]:end], "\n\n"); blank >= 0 {
					end = m[0] + blank
				}
				entries = append(entries, stretch{s.start + m[0], s.text[m[0]:end]})
			}
		}
		if len(entries) < q.Min {
			p.ask("list.short", q.Text, q.In, whereIn(d, parts), map[string]string{"have": strconv.Itoa(len(entries)), "want": strconv.Itoa(q.Min)})
			return
		}
		for _, one := range q.Contains {
			if find(entries, []*rules.Pattern{one}) == nil {
				p.ask("list.lacks", q.Text, q.In, whereIn(d, parts), map[string]string{"phrase": one.Words()})
				return
			}
		}
	},
}

// entry is the beginning of an entry: a line with a number, letter or bullet.
var entry = regexp.MustCompile(`(?m)^[ \t]*(?:\(?\d{1,3}[.)]|\d{1,3}\t|\(?[a-z][.)]|[-•·*–])[ \t]*\S`)

// listParams are the parameters of list.
type listParams struct {
	Text     rules.Text       `yaml:"text,required"`
	In       []string         `yaml:"in"`
	Min      int              `yaml:"min"`
	Contains []*rules.Pattern `yaml:"contains" pattern:"phrase"`
}

func (q *listParams) What() rules.Text { return q.Text }

func (q *listParams) Mistakes(pack *rules.Pack, at rules.Pos) []error {
	return append(inMistakes(pack, at, q.In), wanted(at, q.Min > 0 || len(q.Contains) > 0, "min or contains")...)
}

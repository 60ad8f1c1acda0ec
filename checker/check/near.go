package check

import (
	"strconv"
	"unicode/utf8"

	"dasheval/rules"
)

var near = &Check{
	Name: "near",
	Doc: Doc{
		Title: rules.Text{ID: `dua hal disebut berdekatan`, EN: `two things are named close to one another`},
		About: rules.Text{
			ID: `Berguna bila kata-katanya biasa, tetapi hanya berarti bersama: "seluruh" dekat "pegawai". Jarak dihitung dalam karakter di antara keduanya. Bila salah satunya tidak ada, atau bagian yang disebut in tidak ada, itu juga temuan.`,
			EN: `For words that are common but mean something only together: "all" near "staff". The distance counts the characters between the two. If one of them is absent, or the part named by in is, that is a finding too.`},
		Params: []Param{
			{"text", rules.Text{ID: `yang diminta, dalam kalimat temuan`, EN: `what is asked for, as findings word it`}},
			{"in", rules.Text{ID: `bagian dokumen yang dilihat; tanpa ini seluruhnya`, EN: `parts of the document that are looked at; all of it without this`}},
			{"first", rules.Text{ID: `frasa yang satu`, EN: `phrases of the one thing`}},
			{"second", rules.Text{ID: `frasa yang lain`, EN: `phrases of the other`}},
			{"within", rules.Text{ID: `jarak terjauh dalam karakter, paling banyak 1000; bawaan 200`, EN: `longest distance in characters, at most 1000; 200 by default`}},
		},
		Rule:   "- near:\n    text: {id: sasaran seluruh pegawai, en: all staff are meant}\n    first: [seluruh|semua]\n    second: [pegawai|aparatur]\n    within: 20",
		Before: "Seluruh kegiatan terlaksana. Pada bab lain: pegawai hadir.",
		After:  "Sosialisasi diikuti seluruh pegawai.",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"phrase.apart"},
	Params: func() Params { return &nearParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*nearParams)
		d := p.Document
		parts := stretches(d, q.In)
		within := q.Within
		if within == 0 {
			within = 200
		}
		closest, at := -1, whereIn(d, parts)
		for _, s := range parts {
			one := []stretch{s}
			first, second := findAll(one, q.First), findAll(one, q.Second)
			for i, j := 0, 0; i < len(first) && j < len(second); {
				a, b := first[i], second[j]
				gap := distance(d.Folded(), a, b)
				if gap <= within {
					return
				}
				if closest < 0 || gap < closest {
					closest, at = gap, d.Place(a[0], a[1])
				}
				if a[0] < b[0] {
					i++
				} else {
					j++
				}
			}
		}
		more := map[string]string{"within": strconv.Itoa(within)}
		if closest >= 0 {
			more["apart"] = strconv.Itoa(closest)
		}
		p.ask("phrase.apart", q.Text, q.In, at, more)
	},
}

// distance returns the number of characters between two stretches of s, or of
// bytes where they lie far apart.
func distance(s string, a, b [2]int) int {
	if a[0] > b[0] {
		a, b = b, a
	}
	const far = 4096 // bytes from which on nobody counts characters
	switch gap := b[0] - a[1]; {
	case gap <= 0:
		return 0
	case gap > far:
		return gap
	}
	return utf8.RuneCountInString(s[a[1]:b[0]])
}

// nearParams are the parameters of near.
type nearParams struct {
	Text   rules.Text       `yaml:"text,required"`
	In     []string         `yaml:"in"`
	First  []*rules.Pattern `yaml:"first,required" pattern:"phrase"`
	Second []*rules.Pattern `yaml:"second,required" pattern:"phrase"`
	Within int              `yaml:"within"`
}

func (q *nearParams) What() rules.Text { return q.Text }

func (q *nearParams) Mistakes(pack *rules.Pack, at rules.Pos) []error {
	return append(inMistakes(pack, at, q.In), wanted(at, q.Within >= 0 && q.Within <= 1000, "a distance from 1 to 1000")...)
}

package check

import (
	"strconv"
	"strings"

	"dasheval/rules"
)

var threshold = &Check{
	Name: "threshold",
	Doc: Doc{
		Title: rules.Text{ID: `sebuah angka mencapai batasnya`, EN: `a figure keeps its limits`},
		About: rules.Text{
			ID: `Membandingkan fakta berupa angka (index, respondents, isian formulir) dengan batas bawah dan atas. Angka yang tidak terbaca menjadi temuan tersendiri, bukan dianggap tercapai. Bila ada halaman yang tidak terbaca, fact.missing tidak dilaporkan.`,
			EN: `Compares a fact that is a number (index, respondents, a field of the form) with a lower and an upper limit. A number that was not read is a finding of its own and never taken as reached. If pages could not be read, fact.missing is not reported.`},
		Params: []Param{
			{"text", rules.Text{ID: `angka itu, dalam kalimat temuan`, EN: `the figure, as findings word it`}},
			{"fact", rules.Text{ID: `nama faktanya`, EN: `name of the fact`}},
			{"min", rules.Text{ID: `batas bawah`, EN: `lower limit`}},
			{"max", rules.Text{ID: `batas atas`, EN: `upper limit`}},
		},
		Rule:   "- threshold:\n    text: {id: jumlah responden, en: number of respondents}\n    fact: respondents\n    min: 30",
		Before: "Jumlah responden: 12 orang",
		After:  "Jumlah responden: 150 orang",
		Since:  "0.5",
	},
	Scope:  Document,
	IDs:    []string{"fact.missing", "threshold.outside"},
	Params: func() Params { return &thresholdParams{} },
	Run: func(p *Pass) {
		q := p.Params.(*thresholdParams)
		d := p.Document
		f, ok := d.Facts[q.Fact]
		value, err := strconv.ParseFloat(decimal(f.Value), 64)
		switch {
		case !ok || err != nil:
			p.ask("fact.missing", q.Text, nil, top(d), nil)
		case q.Min != nil && value < *q.Min || q.Max != nil && value > *q.Max:
			more := map[string]string{"found": f.Value}
			if q.Min != nil {
				more["min"] = strconv.FormatFloat(*q.Min, 'f', -1, 64)
			}
			if q.Max != nil {
				more["max"] = strconv.FormatFloat(*q.Max, 'f', -1, 64)
			}
			p.ask("threshold.outside", q.Text, nil, place(d, f), more)
		}
	},
}

// decimal reads a number as offices write it. A comma is the decimal sign; a
// point is too, unless three digits follow it: then it divides thousands.
func decimal(s string) string {
	s = strings.TrimRight(strings.Join(strings.Fields(s), ""), "%")
	if whole, rest, ok := strings.Cut(s, ","); ok {
		return strings.ReplaceAll(whole, ".", "") + "." + rest
	}
	i := strings.LastIndexByte(s, '.')
	if i < 0 {
		return s
	}
	whole, rest := strings.ReplaceAll(s[:i], ".", ""), s[i+1:]
	if len(rest) == 3 && whole != "" && whole != "0" {
		return whole + rest
	}
	return whole + "." + rest
}

// thresholdParams are the parameters of threshold.
type thresholdParams struct {
	Text rules.Text `yaml:"text,required"`
	Fact string     `yaml:"fact,required"`
	Min  *float64   `yaml:"min"`
	Max  *float64   `yaml:"max"`
}

func (q *thresholdParams) What() rules.Text { return q.Text }

func (q *thresholdParams) Mistakes(pack *rules.Pack, at rules.Pos) []error {
	return append(factMistakes(pack, at, q.Fact), wanted(at, q.Min != nil || q.Max != nil, "min or max")...)
}

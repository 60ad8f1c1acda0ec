package verdict_test

import (
	"os"
	"strconv"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/require"

	"dasheval/rules"
)

// instrumentFile is the description of the real instrument that the pack was
// written from. It is no part of the project, so tests of it can skip.
const instrumentFile = "../../../shared/domain/lke-zi-2021.yaml"

type yamlItem struct {
	Code    string
	Answer  string `yaml:"answer_type"`
	Weight  float64
	Formula string
	Inputs  []struct{ ID string }
	Refs    struct {
		Row int `yaml:"esdm_id"`
	}
}

type yamlPart struct {
	Code   string
	Weight float64
	Areas  []struct {
		Code     string
		Area     int
		Weight   float64
		Subareas []struct {
			Code   string
			Weight float64
			Items  []yamlItem
		}
	}
	Items []yamlItem
}

type yamlInstrument struct {
	AnswerTypes map[string]struct {
		Scores map[string]float64
		Range  []float64
	} `yaml:"answer_types"`
	Thresholds map[string]any
	Components []struct {
		Code   string
		Weight float64
		Parts  []yamlPart
	}
}

// realPack reads the real instrument, as far as reckoning needs it, and the row
// of each item in the workbook.
func realPack(t *testing.T) (*rules.Pack, map[string]int) {
	t.Helper()
	src, err := os.ReadFile(instrumentFile)
	if os.IsNotExist(err) {
		t.Skip("no instrument at " + instrumentFile)
	}
	require.NoError(t, err)
	var in yamlInstrument
	require.NoError(t, yaml.Unmarshal(src, &in))

	p := &rules.Pack{ID: "real", TotalWeight: 100, AnswerTypes: map[string]*rules.AnswerType{}}
	for id, a := range in.AnswerTypes {
		p.AnswerTypes[id] = &rules.AnswerType{ID: id, Scores: a.Scores}
		if len(a.Range) == 2 {
			p.AnswerTypes[id].Max = a.Range[1]
		}
	}
	rows := map[string]int{}
	items := func(list []yamlItem) (out []*rules.Item) {
		for _, i := range list {
			item := &rules.Item{Code: i.Code, Answer: i.Answer, Weight: i.Weight, Formula: i.Formula}
			for _, input := range i.Inputs {
				item.Inputs = append(item.Inputs, &rules.Input{ID: input.ID})
			}
			rows[i.Code] = i.Refs.Row
			out = append(out, item)
		}
		return out
	}
	for _, c := range in.Components {
		component := &rules.Component{Code: c.Code, Weight: c.Weight}
		for _, q := range c.Parts {
			part := &rules.Part{Code: q.Code, Weight: q.Weight, Items: items(q.Items)}
			for _, a := range q.Areas {
				area := &rules.Area{Code: a.Code, Number: a.Area, Weight: a.Weight}
				for _, s := range a.Subareas {
					area.Subareas = append(area.Subareas,
						&rules.Subarea{Code: s.Code, Weight: s.Weight, Items: items(s.Items)})
				}
				part.Areas = append(part.Areas, area)
			}
			component.Parts = append(component.Parts, part)
		}
		p.Components = append(p.Components, component)
	}
	p.Gates = append(realGates(t, in.Thresholds, "WBK"), realGates(t, in.Thresholds, "WBBM")...)
	return p, rows
}

func realGates(t *testing.T, thresholds map[string]any, predicate string) []*rules.Gate {
	t.Helper()
	number := func(v any) float64 {
		switch v := v.(type) {
		case float64:
			return v
		case uint64:
			return float64(v)
		}
		require.Failf(t, "not a number", "%v (%T)", v, v)
		return 0
	}
	least := thresholds[predicate].(map[string]any)
	gate := func(id, key, survey string, scope ...string) *rules.Gate {
		g := &rules.Gate{ID: predicate + "/" + id, Predicate: predicate, Scope: scope, Min: number(least[key])}
		if survey != "" {
			g.Survey = number(least[survey])
		}
		return g
	}
	out := []*rules.Gate{
		gate("total", "total_min", "", "A", "B"),
		gate("enablers", "pengungkit_min", "", "A"),
		gate("clean", "hasil_bersih_akuntabel_min", "", "B.I"),
		gate("perception", "hasil_ipak_min", "hasil_ipak_survey_min", "B.I.a"),
		gate("performance", "hasil_kinerja_lebih_baik_min", "", "B.I.b"),
		gate("service", "hasil_pelayanan_prima_min", "hasil_pelayanan_survey_min", "B.II.a"),
	}
	areas := thresholds["area_minimum_points"].(map[string]any)
	for n := 1; n <= 6; n++ {
		number := number(areas["area_"+strconv.Itoa(n)].(map[string]any)[predicate])
		out = append(out, &rules.Gate{
			ID: predicate + "/area-" + strconv.Itoa(n), Predicate: predicate, Min: number,
			Scope: []string{"A.I." + strconv.Itoa(n), "A.II." + strconv.Itoa(n)},
		})
	}
	return out
}

// handPack is a small instrument of 20 points. Area 1 stands in both parts of X;
// X.I.1.ii has items of unequal weight; Y has a survey and a letter.
func handPack() *rules.Pack {
	item := func(code, answer string, weight float64) *rules.Item {
		return &rules.Item{Code: code, Answer: answer, Weight: weight}
	}
	sub := func(code string, weight float64, items ...*rules.Item) *rules.Subarea {
		return &rules.Subarea{Code: code, Weight: weight, Items: items}
	}
	return &rules.Pack{
		ID:          "hand",
		TotalWeight: 20,
		AnswerTypes: map[string]*rules.AnswerType{
			"letter": {ID: "letter", Scores: map[string]float64{"A": 1, "B": 0.5, "C": 0}},
			"index":  {ID: "index", Max: 4},
		},
		Components: []*rules.Component{
			{Code: "X", Weight: 10, Parts: []*rules.Part{
				{Code: "X.I", Weight: 7, Areas: []*rules.Area{
					{Code: "X.I.1", Number: 1, Weight: 5, Subareas: []*rules.Subarea{
						sub("X.I.1.i", 3, item("X.I.1.i.a", "letter", 1), item("X.I.1.i.b", "letter", 1),
							item("X.I.1.i.c", "letter", 1)),
						sub("X.I.1.ii", 2, item("X.I.1.ii.a", "letter", 1.5), item("X.I.1.ii.b", "letter", 0.5)),
					}},
					{Code: "X.I.2", Number: 2, Weight: 2, Subareas: []*rules.Subarea{
						sub("X.I.2.i", 2, item("X.I.2.i.a", "letter", 2)),
					}},
				}},
				{Code: "X.II", Weight: 3, Areas: []*rules.Area{
					{Code: "X.II.1", Number: 1, Weight: 3, Subareas: []*rules.Subarea{
						sub("X.II.1.i", 3, item("X.II.1.i.a", "letter", 3)),
					}},
				}},
			}},
			{Code: "Y", Weight: 10, Parts: []*rules.Part{
				{Code: "Y.I", Weight: 10, Items: []*rules.Item{
					item("Y.I.a", "index", 7), item("Y.I.b", "letter", 3),
				}},
			}},
		},
	}
}

package verdict_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/verdict"
	"dasheval/rules"
)

func exact(x float64) verdict.Mark { return between(x, x) }

func between(low, high float64) verdict.Mark {
	return verdict.Mark{Score: verdict.Interval{Low: low, High: high}}
}

var notApplicable = verdict.Mark{NotApplicable: true}

// uniform gives every item of the pack the same mark.
func uniform(p *rules.Pack, m verdict.Mark) map[string]verdict.Mark {
	out := map[string]verdict.Mark{}
	for _, item := range p.Items() {
		out[item.Code] = m
	}
	return out
}

func tally(t *testing.T, p *rules.Pack, marks map[string]verdict.Mark) *verdict.Scores {
	t.Helper()
	s, err := verdict.Tally(p, marks)
	require.NoError(t, err)
	return s
}

func byCode(s *verdict.Scores) map[string]verdict.Score {
	out := map[string]verdict.Score{}
	for _, d := range s.Divisions {
		out[d.Code] = d
	}
	for _, i := range s.Items {
		out[i.Code] = i
	}
	return out
}

func inDelta(t *testing.T, low, high float64, got verdict.Interval, name string) {
	t.Helper()
	assert.InDelta(t, low, got.Low, 1e-9, "%s: low end", name)
	assert.InDelta(t, high, got.High, 1e-9, "%s: high end", name)
}

func TestTally(t *testing.T) {
	marks := map[string]verdict.Mark{
		"X.I.1.i.a": exact(1), "X.I.1.i.b": between(0.5, 1), "X.I.1.i.c": exact(0),
		"X.I.1.ii.a": exact(1), "X.I.1.ii.b": exact(0),
		"X.I.2.i.a":  exact(0.5),
		"X.II.1.i.a": between(0, 0.5),
		"Y.I.a":      exact(0.9),
		// Y.I.b has no mark: it is unknown.
	}
	s := tally(t, handPack(), marks)
	var codes []string
	for _, d := range s.Divisions {
		codes = append(codes, d.Code)
	}
	assert.Equal(t, []string{"X", "X.I", "X.I.1", "X.I.1.i", "X.I.1.ii", "X.I.2", "X.I.2.i",
		"X.II", "X.II.1", "X.II.1.i", "Y", "Y.I"}, codes)

	got := byCode(s)
	for code, want := range map[string]verdict.Interval{
		"X.I.1.i.b": {Low: 0.5, High: 1},
		"X.I.1.i":   {Low: 1.5, High: 2},
		"X.I.1.ii":  {Low: 1.5, High: 1.5}, // by the weights of its items
		"X.I.1":     {Low: 3, High: 3.5},
		"X.I.2":     {Low: 1, High: 1},
		"X.I":       {Low: 4, High: 4.5},
		"X.II":      {Low: 0, High: 1.5},
		"X":         {Low: 4, High: 6},
		"Y.I.a":     {Low: 6.3, High: 6.3},
		"Y.I.b":     {Low: 0, High: 3},
		"Y":         {Low: 6.3, High: 9.3},
	} {
		inDelta(t, want.Low, want.High, got[code].Points, code)
	}
	inDelta(t, 10.3, 15.3, s.Total, "total")

	require.Len(t, s.Areas, 2)
	assert.Equal(t, "1", s.Areas[0].Code)
	assert.InDelta(t, 8, s.Areas[0].Weight, 1e-9)
	inDelta(t, 3, 5, s.Areas[0].Points, "area 1 over both parts")
	inDelta(t, 1, 1, s.Areas[1].Points, "area 2")
}

func TestTallyNotApplicable(t *testing.T) {
	p := handPack()
	marks := uniform(p, exact(1))
	marks["X.I.1.i.a"] = notApplicable
	marks["X.I.1.i.b"] = exact(0)
	marks["X.I.1.ii.a"] = notApplicable
	marks["X.I.2.i.a"] = notApplicable
	marks["Y.I.b"] = notApplicable
	s := tally(t, p, marks)
	got := byCode(s)

	assert.InDelta(t, 0, got["X.I.1.i.a"].Weight, 1e-9)
	assert.InDelta(t, 1.5, got["X.I.1.i.c"].Weight, 1e-9, "the share goes to the other two")
	inDelta(t, 1.5, 1.5, got["X.I.1.i"].Points, "X.I.1.i")
	inDelta(t, 2, 2, got["X.I.1.ii"].Points, "X.I.1.ii: one item is left and carries all")
	inDelta(t, 0, 0, got["X.I.2.i"].Points, "X.I.2.i")
	for code, want := range map[string]float64{
		"X.I.1": 0, "X.I.2.i": 2, "X.I.2": 2, "X.I": 2, "X": 2, "Y.I": 3, "Y": 3,
	} {
		assert.InDelta(t, want, got[code].Unearnable, 1e-9, "unearnable in %s", code)
	}
	assert.InDelta(t, 2, s.Areas[1].Unearnable, 1e-9)
	inDelta(t, 13.5, 13.5, s.Total, "total")
}

func TestTallyOfWeightlessItems(t *testing.T) {
	p := handPack()
	sub := p.Components[0].Parts[0].Areas[1].Subareas[0]
	sub.Items[0].Weight = 0
	s := tally(t, p, uniform(p, exact(1)))
	inDelta(t, 18, 18, s.Total, "total")
	assert.InDelta(t, 2, byCode(s)[sub.Code].Unearnable, 1e-9)
}

func TestTallyErrors(t *testing.T) {
	_, err := verdict.Tally(handPack(), map[string]verdict.Mark{
		"Z.9": exact(1), "X.I.1.i.a": exact(1.25), "X.I.1.i.b": between(0.6, 0.5), "X.I.2.i.a": exact(math.NaN()),
		"Y.I.b": {Score: verdict.Interval{Low: 7, High: 7}, NotApplicable: true},
	})
	assert.EqualError(t, err, "mark for X.I.1.i.a: score 1.25 to 1.25 is not within 0 to 1\n"+
		"mark for X.I.1.i.b: score 0.6 to 0.5 is not within 0 to 1\n"+
		"mark for X.I.2.i.a: score NaN to NaN is not within 0 to 1\n"+
		"mark for Z.9: the instrument has no such item")
}

func TestTallyOfNothing(t *testing.T) {
	p := handPack()
	inDelta(t, 0, 20, tally(t, p, nil).Total, "no marks: all is open")
	inDelta(t, 0, 0, tally(t, &rules.Pack{}, nil).Total, "an empty pack")
}

// TestRealWeights holds what Tally relies on: in each sub-area of the instrument
// item weights are equal, so that the weighted average, the plain average and
// "score times item weight" are one rule, and weights add up at every step.
func TestRealWeights(t *testing.T) {
	p, _ := realPack(t)
	assert.Len(t, p.Items(), 113)
	subareas := 0
	var total float64
	for _, c := range p.Components {
		total += c.Weight
		var parts float64
		for _, part := range c.Parts {
			parts += part.Weight
			var sum float64
			for _, a := range part.Areas {
				sum += a.Weight
				var subs float64
				for _, s := range a.Subareas {
					subareas++
					subs += s.Weight
					for _, item := range s.Items {
						assert.InDelta(t, s.Weight/float64(len(s.Items)), item.Weight, 1e-6, item.Code)
						assert.InDelta(t, s.Items[0].Weight, item.Weight, 0, item.Code)
					}
				}
				assert.InDelta(t, a.Weight, subs, 1e-9, a.Code)
			}
			for _, item := range part.Items {
				sum += item.Weight
			}
			assert.InDelta(t, part.Weight, sum, 1e-9, part.Code)
		}
		assert.InDelta(t, c.Weight, parts, 1e-9, c.Code)
	}
	assert.InDelta(t, 100, total, 1e-9)
	assert.Equal(t, 42, subareas)

	inDelta(t, 100, 100, tally(t, p, uniform(p, exact(1))).Total, "all at best")
	inDelta(t, 0, 0, tally(t, p, uniform(p, exact(0))).Total, "all at worst")
	inDelta(t, 0, 100, tally(t, p, nil).Total, "all unknown")
}

// randomMarks gives every item an interval; about one of ten is not applicable.
func randomMarks(p *rules.Pack, rnd *rand.Rand) map[string]verdict.Mark {
	out := map[string]verdict.Mark{}
	for _, item := range p.Items() {
		a, b := rnd.Float64(), rnd.Float64()
		out[item.Code] = verdict.Mark{
			Score:         verdict.Interval{Low: min(a, b), High: max(a, b)},
			NotApplicable: rnd.IntN(10) == 0,
		}
	}
	return out
}

func allScores(s *verdict.Scores) []verdict.Score {
	out := append(append(append([]verdict.Score{}, s.Divisions...), s.Areas...), s.Items...)
	return append(out, verdict.Score{Code: "total", Points: s.Total, Weight: 100})
}

// TestTallyProperties: raising an end of an item lowers nothing, each end is
// what an evaluation that knows for certain would give, no points exceed their
// weight, and sums are sums.
func TestTallyProperties(t *testing.T) {
	packs := map[string]*rules.Pack{"hand": handPack()}
	t.Run("real", func(t *testing.T) { packs["real"], _ = realPack(t) })
	for name, p := range packs {
		if p == nil {
			continue
		}
		rnd := rand.New(rand.NewPCG(1, 2))
		for range 50 {
			marks := randomMarks(p, rnd)
			s := tally(t, p, marks)
			lows, highs := map[string]verdict.Mark{}, map[string]verdict.Mark{}
			for code, m := range marks {
				lows[code] = verdict.Mark{Score: verdict.Interval{Low: m.Score.Low, High: m.Score.Low}, NotApplicable: m.NotApplicable}
				highs[code] = verdict.Mark{Score: verdict.Interval{Low: m.Score.High, High: m.Score.High}, NotApplicable: m.NotApplicable}
			}
			worst, best := allScores(tally(t, p, lows)), allScores(tally(t, p, highs))
			for i, got := range allScores(s) {
				require.Equal(t, worst[i].Points.Low, got.Points.Low, "%s %s", name, got.Code)
				require.Equal(t, best[i].Points.High, got.Points.High, "%s %s", name, got.Code)
				require.LessOrEqual(t, got.Points.Low, got.Points.High, "%s %s", name, got.Code)
				require.LessOrEqual(t, got.Points.High+got.Unearnable, got.Weight+1e-9, "%s %s", name, got.Code)
			}

			code := p.Items()[rnd.IntN(len(p.Items()))].Code
			raised := marks[code]
			raised.Score.High += (1 - raised.Score.High) * rnd.Float64()
			raised.Score.Low += (raised.Score.High - raised.Score.Low) * rnd.Float64()
			marks[code] = raised
			before := allScores(s)
			for i, after := range allScores(tally(t, p, marks)) {
				require.GreaterOrEqual(t, after.Points.Low, before[i].Points.Low, "%s: raise %s, see %s", name, code, after.Code)
				require.GreaterOrEqual(t, after.Points.High, before[i].Points.High, "%s: raise %s, see %s", name, code, after.Code)
			}

			var top, items, areas verdict.Interval
			for _, d := range s.Divisions {
				if d.Depth == 0 {
					top.Low, top.High = top.Low+d.Points.Low, top.High+d.Points.High
				}
			}
			for _, i := range s.Items {
				items.Low, items.High = items.Low+i.Points.Low, items.High+i.Points.High
			}
			for _, a := range s.Areas {
				areas.Low, areas.High = areas.Low+a.Points.Low, areas.High+a.Points.High
			}
			inDelta(t, s.Total.Low, s.Total.High, top, "components")
			inDelta(t, s.Total.Low, s.Total.High, items, "items")
			first := s.Divisions[0].Points
			inDelta(t, first.Low, first.High, areas, "areas make up the first component")
		}
	}
}

package verdict_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/verdict"
	"dasheval/rules"
)

func TestGates(t *testing.T) {
	all := map[string]verdict.Mark{}
	for name, c := range map[string]struct {
		gate    rules.Gate
		marks   map[string]verdict.Mark
		outcome verdict.GateOutcome
		points  verdict.Interval
		gap     verdict.Interval
	}{
		"exactly at the minimum": {
			rules.Gate{Scope: []string{"X.I.1.i"}, Min: 1.5},
			map[string]verdict.Mark{"X.I.1.i.a": exact(1), "X.I.1.i.b": exact(0.5), "X.I.1.i.c": exact(0)},
			verdict.GatePassed, verdict.Interval{Low: 1.5, High: 1.5}, verdict.Interval{},
		},
		"a minimum that binary numbers miss by rounding": {
			rules.Gate{Scope: []string{"X.I.1.i"}, Min: 0.3 + 0.6},
			map[string]verdict.Mark{"X.I.1.i.a": exact(0.1), "X.I.1.i.b": exact(0.2), "X.I.1.i.c": exact(0.6)},
			verdict.GatePassed, verdict.Interval{Low: 0.9, High: 0.9}, verdict.Interval{},
		},
		"just below": {
			rules.Gate{Scope: []string{"X.I.1.i"}, Min: 1.5 + 1e-6},
			map[string]verdict.Mark{"X.I.1.i.a": exact(1), "X.I.1.i.b": exact(0.5), "X.I.1.i.c": exact(0)},
			verdict.GateMissed, verdict.Interval{Low: 1.5, High: 1.5}, verdict.Interval{Low: 1e-6, High: 1e-6},
		},
		"open: only the high end meets it": {
			rules.Gate{Scope: []string{"X.I.1", "X.II.1"}, Min: 5},
			map[string]verdict.Mark{"X.I.1.i.a": exact(1), "X.I.1.i.b": exact(1), "X.I.1.i.c": exact(1),
				"X.I.1.ii.a": exact(0), "X.I.1.ii.b": exact(0), "X.II.1.i.a": between(0.5, 1)},
			verdict.GateOpen, verdict.Interval{Low: 4.5, High: 6}, verdict.Interval{Low: 0, High: 0.5},
		},
		"open: the high end is exactly there": {
			rules.Gate{Scope: []string{"Y.I.b"}, Min: 3}, all,
			verdict.GateOpen, verdict.Interval{Low: 0, High: 3}, verdict.Interval{Low: 0, High: 3},
		},
		"missed from both ends": {
			rules.Gate{Scope: []string{"Y.I.b"}, Min: 3},
			map[string]verdict.Mark{"Y.I.b": between(0, 0.5)},
			verdict.GateMissed, verdict.Interval{Low: 0, High: 1.5}, verdict.Interval{Low: 1.5, High: 3},
		},
		"survey index at its minimum": {
			rules.Gate{Scope: []string{"Y.I.a"}, Min: 1, Survey: 3.6},
			map[string]verdict.Mark{"Y.I.a": exact(3.6 / 4)},
			verdict.GatePassed, verdict.Interval{Low: 6.3, High: 6.3}, verdict.Interval{},
		},
		"survey index below, points enough": {
			rules.Gate{Scope: []string{"Y.I.a"}, Min: 1, Survey: 3.6},
			map[string]verdict.Mark{"Y.I.a": exact(3.2 / 4)},
			verdict.GateMissed, verdict.Interval{Low: 5.6, High: 5.6}, verdict.Interval{Low: 0.7, High: 0.7},
		},
		"survey index enough, points not": {
			rules.Gate{Scope: []string{"Y.I.a"}, Min: 6.9, Survey: 3.6},
			map[string]verdict.Mark{"Y.I.a": exact(3.8 / 4)},
			verdict.GateMissed, verdict.Interval{Low: 6.65, High: 6.65}, verdict.Interval{Low: 0.25, High: 0.25},
		},
		"survey index that is not applicable": {
			rules.Gate{Scope: []string{"Y.I.a"}, Min: 1, Survey: 3.6},
			map[string]verdict.Mark{"Y.I.a": notApplicable},
			verdict.GateMissed, verdict.Interval{}, verdict.Interval{Low: 6.3, High: 6.3},
		},
	} {
		p := handPack()
		c.gate.ID, c.gate.Predicate = "g", "WBK"
		p.Gates = []*rules.Gate{&c.gate, {ID: "other", Predicate: "WBBM", Scope: []string{"nowhere"}}}
		got, err := verdict.Gates(p, tally(t, p, c.marks), "WBK")
		require.NoError(t, err, name)
		require.Len(t, got, 1, name)
		assert.Equal(t, c.outcome, got[0].Outcome, name)
		inDelta(t, c.points.Low, c.points.High, got[0].Points, name)
		inDelta(t, c.gap.Low, c.gap.High, got[0].Gap, name+": gap")
	}
}

func TestGateIndex(t *testing.T) {
	p := handPack()
	p.Gates = []*rules.Gate{{ID: "g", Predicate: "WBK", Scope: []string{"Y.I.a"}, Min: 6.3, Survey: 3.6}}
	got, err := verdict.Gates(p, tally(t, p, map[string]verdict.Mark{"Y.I.a": between(0.8, 0.95)}), "WBK")
	require.NoError(t, err)
	inDelta(t, 3.2, 3.8, got[0].Index, "index")
	assert.InDelta(t, 6.3, got[0].Need, 1e-9)
	assert.Equal(t, verdict.GateOpen, got[0].Outcome)
}

func TestGateErrors(t *testing.T) {
	p := handPack()
	s := tally(t, p, nil)
	got, err := verdict.Gates(p, s, "WBK")
	require.NoError(t, err, "a pack without gates")
	assert.Empty(t, got)

	p.Gates = []*rules.Gate{
		{ID: "g", Predicate: "WBK", Scope: []string{"X", "Q"}, Min: 1},
		{ID: "h", Predicate: "WBK", Scope: []string{"Y.I.b"}, Survey: 3},
	}
	_, err = verdict.Gates(p, s, "WBK")
	assert.EqualError(t, err, "gate g: the instrument has no Q\n"+
		"gate h demands a survey index, but its scope has no numeric item")
	_, err = verdict.Gates(p, s, "wbk")
	assert.EqualError(t, err, `pack hand has no gates for "wbk"`)
}

// TestRealGates: the survey minima of the instrument are the point minima told
// on another scale, and a unit can reach the total and fail one area.
func TestRealGates(t *testing.T) {
	p, _ := realPack(t)
	marks := uniform(p, exact(1))
	marks["B.I.a"], marks["B.II.a"] = exact(3.6/4), exact(3.2/4)
	for _, item := range []string{"A.II.1.i.a", "A.II.1.i.b", "A.II.1.ii.a", "A.II.1.iii.a"} {
		marks[item] = exact(0.19) // area 1: 4 + 0.76 of the 4.8 needed
	}
	got, err := verdict.Gates(p, tally(t, p, marks), "WBK")
	require.NoError(t, err)
	require.Len(t, got, 12)
	for _, r := range got {
		want := verdict.GatePassed
		if r.Gate.ID == "WBK/area-1" {
			want = verdict.GateMissed
			inDelta(t, 0.04, 0.04, r.Gap, r.Gate.ID)
		}
		assert.Equal(t, want, r.Outcome, r.Gate.ID)
		assert.InDelta(t, r.Gate.Min, r.Need, 1e-9, r.Gate.ID)
	}
}

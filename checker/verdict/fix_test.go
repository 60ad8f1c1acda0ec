package verdict_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/verdict"
	"dasheval/rules"
)

// gainsOf is what each item would gain at full score.
func gainsOf(s *verdict.Scores) []verdict.ItemGain {
	var out []verdict.ItemGain
	for _, i := range s.Items {
		out = append(out, verdict.ItemGain{Code: i.Code, Points: i.Weight - i.Points.Low})
	}
	return out
}

func TestFixes(t *testing.T) {
	p := handPack()
	p.Gates = []*rules.Gate{
		{ID: "area-1", Predicate: "WBK", Scope: []string{"X.I.1", "X.II.1"}, Min: 4.5},
		{ID: "area-2", Predicate: "WBK", Scope: []string{"X.I.2"}, Min: 1},
		{ID: "total", Predicate: "WBK", Scope: []string{"X", "Y"}, Min: 5},
	}
	marks := uniform(p, exact(0))
	marks["X.II.1.i.a"] = exact(1)       // area 1 has 3 of 4.5
	marks["Y.I.a"] = exact(0.5)          // 3.5: the total of 6.5 is enough
	marks["X.I.2.i.a"] = between(0, 0.5) // area 2 is open
	s := tally(t, p, marks)
	gates, err := verdict.Gates(p, s, "WBK")
	require.NoError(t, err)
	got, err := verdict.Fixes(p, gainsOf(s), gates)
	require.NoError(t, err)

	var list []string
	for _, f := range got {
		list = append(list, fmt.Sprintf("%s +%.2f closer %.2f %v", f.Code, f.Points, f.Closer, f.Gates))
	}
	assert.Equal(t, []string{
		"X.I.1.ii.a +1.50 closer 1.50 [area-1]",
		"X.I.2.i.a +2.00 closer 1.00 [area-2]", // more than needed, so the gap counts
		"X.I.1.i.a +1.00 closer 1.00 [area-1]",
		"X.I.1.i.b +1.00 closer 1.00 [area-1]",
		"X.I.1.i.c +1.00 closer 1.00 [area-1]",
		"X.I.1.ii.b +0.50 closer 0.50 [area-1]",
		"Y.I.a +3.50 closer 0.00 []", // most points, but no gate needs them
		"Y.I.b +3.00 closer 0.00 []",
	}, list)

	gains := gainsOf(s)
	slices.Reverse(gains)
	again, err := verdict.Fixes(p, gains, gates)
	require.NoError(t, err)
	assert.Equal(t, got, again, "the order of the gains does not matter")
}

func TestFixesErrors(t *testing.T) {
	_, err := verdict.Fixes(handPack(), []verdict.ItemGain{{Code: "Z", Points: 1}}, nil)
	assert.EqualError(t, err, "gain of Z: the instrument has no such item")
	got, err := verdict.Fixes(handPack(), nil, nil)
	require.NoError(t, err)
	assert.Empty(t, got)
}

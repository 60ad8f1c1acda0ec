package verdict_test

import (
	"testing"
	"time"

	"dasheval/checker/check"
	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/text"
	"dasheval/checker/verdict"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A case describes the documents of an item in short: "sk+" is a sound
// document of the line sk, "sk-" a faulty one, "sk?" an uncertain one, "sk!"
// an unread file that may be one, "sk*" one that is likely to be.
func judge(t *testing.T, it *rules.Item, docs ...string) verdict.Verdict {
	t.Helper()
	pack := &rules.Pack{AnswerTypes: map[string]*rules.AnswerType{
		"abc": {ID: "abc"}, "value_0_4": {ID: "value_0_4", Max: 4}}, Types: []*rules.Type{{ID: "sk", Form: "decree"}}}
	w := &check.World{Pack: pack, Placed: &match.Result{Matches: map[string]*match.Match{}, Hints: map[string]match.Hint{}}}
	faulty, uncertain := map[string]bool{}, map[string]bool{}
	for _, q := range it.Evidence {
		w.Placed.Matches[q.ID] = &match.Match{Requirement: q}
	}
	for i, d := range docs {
		line, mark := d[:len(d)-1], d[len(d)-1]
		m := w.Placed.Matches[it.Code+"/"+line]
		path := d + string(rune('a'+i))
		if mark == '!' || mark == '*' {
			m.Unread = append(m.Unread, match.Unread{Path: path, Likely: mark == '*'})
			continue
		}
		doc := &facts.Document{Path: path, SHA256: path, Text: &text.Document{}, Facts: map[string]facts.Fact{"index": {Value: "3,60"}}}
		m.Documents = append(m.Documents, match.Scored{Document: doc})
		faulty[path], uncertain[path] = mark == '-', mark == '?'
	}
	formula, err := verdict.Compile("nilai / 4", []string{"nilai"})
	require.NoError(t, err)
	return verdict.Judge(it, verdict.Evidence{World: w,
		Formula:   func(*rules.Item) *verdict.Formula { return formula },
		Faulty:    func(d *facts.Document, _ *rules.Requirement) bool { return faulty[d.Path] },
		Uncertain: func(d *facts.Document, _ *rules.Requirement) bool { return uncertain[d.Path] }})
}

func item(levels []*rules.Level, lines ...*rules.Requirement) *rules.Item {
	it := &rules.Item{Code: "X", Answer: "abc", Levels: levels, Evidence: lines}
	for _, q := range lines {
		q.Item, q.ID = it, "X/"+q.ID
		if q.MinCount == 0 {
			q.MinCount = 1
		}
	}
	return it
}

func line(id string, need rules.Need) *rules.Requirement {
	return &rules.Requirement{ID: id, Need: need}
}

var abc = []*rules.Level{
	{Name: "A", Score: 1, Hold: "all", Judged: true}, {Name: "B", Score: 0.5, Hold: "any"}, {Name: "C", Score: 0, Hold: "none"},
}

func TestJudge(t *testing.T) {
	both := func() *rules.Item {
		return item(abc, line("sk", rules.Required), line("a", rules.OneOf), line("b", rules.OneOf), line("foto", rules.Supporting))
	}
	for _, c := range []struct {
		name            string
		docs            []string
		state           verdict.State
		shown, possible string
	}{
		{"nothing", nil, verdict.Missing, "C", "C"},
		{"all needed", []string{"sk+", "b+"}, verdict.Met, "B", "A"},
		{"one of the group is enough", []string{"sk+", "a+", "b+"}, verdict.Met, "B", "A"},
		{"required alone", []string{"sk+"}, verdict.Partial, "B", "B"},
		{"only faulty", []string{"sk-", "a-"}, verdict.Noncompliant, "C", "C"},
		{"surplus faulty does not break the line but shows", []string{"sk+", "sk-", "a+"}, verdict.Partial, "B", "A"},
		{"faulty supporting shows", []string{"sk+", "a+", "foto-"}, verdict.Partial, "B", "A"},
		{"supporting alone is nothing", []string{"foto+"}, verdict.Missing, "C", "C"},
		{"unread could be it", []string{"a+", "sk!"}, verdict.Review, "B", "A"},
		{"uncertain is not met", []string{"sk?", "a+"}, verdict.Review, "B", "A"},
		{"all hold, something likely unread", []string{"sk+", "a+", "foto*"}, verdict.Review, "B", "A"},
		{"all hold, something unread but unlikely", []string{"sk+", "a+", "foto!"}, verdict.Met, "B", "A"},
		{"faulty, and nothing unread helps", []string{"sk-", "a+"}, verdict.Partial, "B", "B"},
	} {
		t.Run(c.name, func(t *testing.T) {
			v := judge(t, both(), c.docs...)
			assert.Equal(t, c.state, v.State)
			assert.Equal(t, c.shown, v.Shown, "shown")
			assert.Equal(t, c.possible, v.Possible, "possible")
			assert.LessOrEqual(t, v.Score.Low, v.Score.High)
		})
	}
}

func TestCountsAndNumbers(t *testing.T) {
	q := line("skm", rules.Required)
	levels := []*rules.Level{{Name: "A", Score: 1, Line: "skm", Count: 2}, {Name: "B", Score: 0.5, Line: "skm", Count: 1}, {Name: "C", Hold: "none"}}
	v := judge(t, item(levels, q), "skm+", "skm!")
	assert.Equal(t, "B", v.Shown)
	assert.Equal(t, "A", v.Possible, "the unread file may be the second")

	number := item(nil, line("spak", rules.Required))
	number.Answer, number.Inputs = "value_0_4", []*rules.Input{{ID: "nilai"}}
	v = judge(t, number, "spak+")
	assert.Equal(t, verdict.Interval{Low: 0.9, High: 0.9}, v.Score, "3,60 of 4")
	number = item(nil, line("spak", rules.Required))
	number.Answer, number.Inputs = "value_0_4", []*rules.Input{{ID: "nilai"}}
	v = judge(t, number, "spak-")
	assert.Equal(t, verdict.Interval{}, v.Score, "a faulty report shows nothing")

	v = judge(t, item([]*rules.Level{{Name: "A", Score: 1}, {Name: "B"}}, line("x", rules.Required)), "x+")
	assert.Equal(t, []string{"B", "A"}, []string{v.Shown, v.Possible}, "an item without conditions is open")
}

func TestReviewOnlyWhereItMatters(t *testing.T) {
	three := func() *rules.Item {
		return item(abc, line("a", rules.Required), line("b", rules.Required), line("c", rules.Required))
	}
	assert.Equal(t, verdict.Partial, judge(t, three(), "a+", "b-", "c!").State, "partial whatever c is")
	assert.Equal(t, verdict.Review, judge(t, three(), "a-", "b-", "c!").State, "c may be the only one that holds")
	assert.Equal(t, verdict.Review, judge(t, three(), "a+", "b+", "c!").State)

	two := line("x", rules.Required)
	two.MinCount = 2
	assert.Equal(t, verdict.Review, judge(t, item(abc, two), "x!").State, "one of two may be there, so nothing is missing")
}

func TestNeedsNothing(t *testing.T) {
	v := judge(t, item(abc, line("foto", rules.Supporting)), "foto+")
	assert.Equal(t, verdict.Met, v.State, "supporting lines count where there is nothing else")
	assert.Equal(t, verdict.NotEvaluated, judge(t, item(abc)).State)
}

func TestWindowsOfPeriods(t *testing.T) {
	last, this := -1, 0
	today := time.Date(2025, 6, 30, 0, 0, 0, 0, time.UTC)
	w := (&rules.PeriodRule{FromYear: &last, ToYear: &this}).Window(2025, today)
	assert.Equal(t, "2024-01-01 2025-06-30", w.From.Format(time.DateOnly)+" "+w.To.Format(time.DateOnly))
	w = (&rules.PeriodRule{}).Window(2025, today)
	assert.True(t, w.From.IsZero(), "in force: any day")
}

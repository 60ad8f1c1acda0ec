package checker_test

import (
	"testing"
	"time"

	"dasheval/checker/decision"
	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// find returns the criterion with the code.
func find(t *testing.T, rep *report.Report, code string) *report.Criterion {
	t.Helper()
	for i := range rep.Criteria {
		if rep.Criteria[i].Code == code {
			return &rep.Criteria[i]
		}
	}
	t.Fatalf("no %s", code)
	return nil
}

// first returns the first criterion with the verdict.
func first(t *testing.T, rep *report.Report, verdict string) *report.Criterion {
	t.Helper()
	for i := range rep.Criteria {
		if rep.Criteria[i].Verdict == verdict {
			return &rep.Criteria[i]
		}
	}
	t.Fatalf("no item is %s", verdict)
	return nil
}

// TestDecisions takes decisions on the sample pile. None may touch what it does not
// name, and none is taken for a judgement.
func TestDecisions(t *testing.T) {
	dir := samplePile + "/files"
	plain := run(t, dir, config(t))
	digest := map[string]string{}
	for _, d := range plain.Documents {
		digest[d.Path] = d.SHA256
	}
	with := func(list ...decision.Decision) *report.Report {
		cfg := config(t)
		for _, d := range list {
			d.Reason = "x"
			cfg.Decisions = append(cfg.Decisions, d)
		}
		rep := run(t, dir, cfg)
		require.Len(t, rep.Decisions, len(list))
		return rep
	}
	verdicts := func(rep *report.Report) map[string]string {
		out := map[string]string{}
		for _, c := range rep.Criteria {
			out[c.Code] = c.Verdict
		}
		return out
	}
	const waiver, attestation = decision.Waiver, decision.Attestation

	t.Run("an item", func(t *testing.T) {
		code := first(t, plain, "missing").Code
		rep := with(decision.Decision{Kind: waiver, Item: code})
		want := verdicts(plain)
		want[code] = "waived"
		assert.Equal(t, want, verdicts(rep), "no other")
		assert.Equal(t, plain.Score, rep.Score, "it scores what its evidence shows")
		assert.Equal(t, "used", rep.Decisions[0].State)
	})

	t.Run("a finding for one item", func(t *testing.T) {
		// A document with an error of its own that serves two items.
		var doc, id string
		var items []string
		for _, f := range plain.Findings {
			if f.Severity != "error" || f.Criterion != "" || f.Document == "" {
				continue
			}
			for _, d := range plain.Documents {
				if d.Path == f.Document && len(d.Criteria) > 1 {
					doc, id, items = d.Path, f.ID, d.Criteria
				}
			}
		}
		require.NotEmpty(t, doc)
		rep := with(decision.Decision{Kind: waiver, Item: items[0], Finding: id, Document: doc})
		assert.Equal(t, find(t, plain, items[1]).Verdict, find(t, rep, items[1]).Verdict)
		for _, f := range rep.Findings {
			if f.Document == doc && f.ID == id {
				assert.Nil(t, f.Decision, "it counts for the other items")
			}
		}
		rep = with(decision.Decision{Kind: waiver, Finding: id, Document: doc})
		for _, f := range rep.Findings {
			if f.Document == doc && f.ID == id {
				assert.NotNil(t, f.Decision)
			}
		}
	})

	t.Run("an attestation", func(t *testing.T) {
		c := first(t, plain, "review")
		rep := with(decision.Decision{Kind: attestation, Item: c.Code})
		assert.Equal(t, "met", find(t, rep, c.Code).Verdict)
		assert.NotNil(t, find(t, rep, c.Code).Decision, "the report says by whose word")
		require.NotEmpty(t, c.Answers)
		rep = with(decision.Decision{Kind: attestation, Item: c.Code, Level: c.Answers[0].Level})
		assert.Equal(t, report.Level{Shown: c.Answers[0].Level, Possible: c.Answers[0].Level}, find(t, rep, c.Code).Level)
		assert.Greater(t, rep.Score.Low, plain.Score.Low)

		// It overrules nothing that the program could judge.
		for _, verdict := range []string{"missing", "noncompliant"} {
			code := first(t, plain, verdict).Code
			rep := with(decision.Decision{Kind: attestation, Item: code})
			assert.Equal(t, verdict, find(t, rep, code).Verdict)
			assert.Equal(t, "judged", rep.Decisions[0].Cause)
		}
		rep = with(decision.Decision{Kind: attestation, Item: "B.II.a", Level: "4,5"}, decision.Decision{Kind: attestation, Item: "A.I.1.i.a", Level: "Z"})
		assert.Equal(t, "unknown_level", rep.Decisions[0].Cause)
		assert.Equal(t, "unknown_level", rep.Decisions[1].Cause)
	})

	t.Run("bound to bytes", func(t *testing.T) {
		c := first(t, plain, "noncompliant")
		doc := c.Requirements[0].Documents
		for _, q := range c.Requirements {
			if len(doc) == 0 {
				doc = q.Documents
			}
		}
		require.NotEmpty(t, doc)
		same := with(decision.Decision{Kind: waiver, Item: c.Code, Document: doc[0], SHA256: digest[doc[0]]})
		assert.Equal(t, "waived", find(t, same, c.Code).Verdict)
		other := with(decision.Decision{Kind: waiver, Item: c.Code, Document: doc[0], SHA256: digest["none"] + "00"})
		assert.Equal(t, "replaced", other.Decisions[0].State)
		again := find(t, other, c.Code)
		assert.Equal(t, "review", again.Verdict, "it returns to review")
		assert.Equal(t, again.Answers[0].Level, again.Level.Possible)
		want := verdicts(plain)
		want[c.Code] = "review"
		assert.Equal(t, want, verdicts(other), "and no other")
	})

	t.Run("in vain", func(t *testing.T) {
		met := first(t, plain, "met").Code
		cases := map[string]decision.Decision{
			"met": {Kind: waiver, Item: met}, "unknown_item": {Kind: waiver, Item: "Z.9"}, "other_unit": {Kind: waiver, Item: met, Unit: "Balai Lain"},
			"document_gone": {Kind: waiver, Item: met, Document: "nowhere.pdf"}, "no_finding": {Kind: waiver, Finding: "no.such"},
		}
		for cause, d := range cases {
			rep := with(d)
			assert.Equal(t, cause, rep.Decisions[0].Cause)
			assert.Equal(t, verdicts(plain), verdicts(rep), cause)
		}
		rep := with(decision.Decision{Kind: waiver, Item: first(t, plain, "missing").Code, Expires: "2025-12-30"})
		assert.Equal(t, "expired", rep.Decisions[0].State)
		assert.Equal(t, verdicts(plain), verdicts(rep))
		assert.Empty(t, rep.Unused())
	})

	t.Run("the same with eight workers", func(t *testing.T) {
		list := []decision.Decision{{Kind: waiver, Item: first(t, plain, "missing").Code, Reason: "x"}, {Kind: waiver, Finding: "signature.none", Reason: "x"}, {Kind: attestation, Item: first(t, plain, "review").Code, Reason: "x"}}
		var outs [][]byte
		for _, workers := range []int{1, 8} {
			cfg := config(t)
			cfg.Workers, cfg.Decisions, cfg.Today = workers, list, time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
			outs = append(outs, write(t, run(t, dir, cfg), "json"))
		}
		assert.Equal(t, string(outs[0]), string(outs[1]))
	})
}

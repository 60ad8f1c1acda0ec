package report_test

import (
	"encoding/json"
	"testing"

	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// run is a run of one item and two files, which each test changes.
func run() *report.Report {
	return &report.Report{
		Unit: report.Unit{Name: "Balai"}, Pack: report.Pack{ID: "demo", Version: "1.0.0"},
		Criteria:  []report.Criterion{{Code: "A", Verdict: "noncompliant", Requirements: []report.Requirement{{ID: "A/sk", Verdict: "noncompliant", Documents: []string{"sk.pdf"}}}}},
		Documents: []report.Document{{Path: "sk.pdf", SHA256: "1", Readable: "text"}, {Path: "x.pdf", SHA256: "2", Readable: "text"}},
		Findings:  []report.Finding{{Key: "k1", ID: "signature.none", Severity: "error", Document: "sk.pdf"}},
	}
}

// TestDiffTellsNoProgress holds that what could not be looked at is neither fixed,
// nor better, nor gone.
func TestDiffTellsNoProgress(t *testing.T) {
	unread := run()
	unread.Documents[0].Readable = "no"
	unread.Criteria[0].Verdict = "review"
	unread.Findings = []report.Finding{{Key: "k2", ID: "file.too_large", Severity: "error", Document: "sk.pdf"}}
	d := report.Diff(run(), unread)
	assert.Empty(t, d.Fixed)
	assert.Len(t, d.Unjudged, 1)
	assert.Empty(t, d.Improved)
	assert.Len(t, d.Reopened, 1)

	partial := run()
	partial.Partial, partial.Documents, partial.Findings = true, nil, nil
	d = report.Diff(run(), partial)
	assert.Empty(t, d.Fixed)
	assert.Empty(t, d.Vanished)
	assert.Len(t, d.Unjudged, 1)
	assert.False(t, d.Empty(), "an interrupted run is no equal one")
}

func TestDiff(t *testing.T) {
	same := report.Diff(run(), run())
	assert.True(t, same.Empty())
	assert.False(t, same.Worse())

	now := run()
	now.Criteria[0].Verdict, now.Findings = "met", nil
	d := report.Diff(run(), now)
	assert.Len(t, d.Fixed, 1)
	assert.Len(t, d.Improved, 1)
	assert.False(t, d.Worse())
	back := report.Diff(now, run())
	assert.Len(t, back.Found, 1)
	assert.Len(t, back.Regressed, 1)
	assert.True(t, back.Worse())

	moved := run()
	moved.Documents[1].Path = "y/x.pdf"
	moved.Documents = append(moved.Documents, report.Document{Path: "new.pdf", SHA256: "3"})
	d = report.Diff(run(), moved)
	assert.Equal(t, []report.Move{{From: "x.pdf", To: "y/x.pdf"}}, d.Moved)
	assert.Equal(t, []string{"new.pdf"}, d.Added)
	assert.Empty(t, d.Vanished)

	other := run()
	other.Pack.ID, other.Unit.Name, other.Criteria = "lain", "Unit Lain", nil
	d = report.Diff(run(), other)
	assert.Equal(t, []report.Change{{Criterion: "A", Before: "noncompliant"}}, d.Regressed, "an item that the instrument has no more")
	assert.False(t, d.Empty(), "other rules, another unit")
}

// TestDiffUnderDecision holds that evidence replaced under a verdict that rests on a
// person's word is told, also where the program could not read it.
func TestDiffUnderDecision(t *testing.T) {
	at := 0
	old := run()
	old.Decisions = []report.Decision{{Kind: "attestation", Item: "A", State: "used", Document: "foto.jpg"}}
	old.Documents = append(old.Documents, report.Document{Path: "foto.jpg", SHA256: "4", Readable: "no"})
	old.Criteria[0].Verdict, old.Criteria[0].Decision = "met", &at
	now := run()
	now.Decisions, now.Criteria = old.Decisions, old.Criteria
	now.Documents = append(now.Documents, report.Document{Path: "foto.jpg", SHA256: "5", Readable: "no"})
	now.Documents[0].SHA256 = "9"
	d := report.Diff(old, now)
	assert.Equal(t, []report.Replacement{{Criterion: "A", Path: "foto.jpg", Now: "met"}, {Criterion: "A", Path: "sk.pdf", Now: "met"}}, d.Replaced)
	assert.True(t, d.Worse())
}

func TestAgainst(t *testing.T) {
	old, now := run(), run()
	old.Findings = append(old.Findings, report.Finding{Key: "k3", ID: "date.missing", Severity: "error", Document: "x.pdf"})
	now.Findings = append(now.Findings, report.Finding{Key: "k2", ID: "number.missing", Severity: "error", Document: "x.pdf"})
	report.Against(now, old)
	assert.Equal(t, "unchanged", now.Findings[0].Baseline)
	assert.Equal(t, "new", now.Findings[1].Baseline)
	assert.Len(t, now.Findings, 2, "none is left out")
	now.Documents[0].SHA256 = "other"
	report.Against(now, old)
	assert.Equal(t, "updated", now.Findings[0].Baseline)
}

// TestSound holds that a file that leads nowhere is told, and that an older one
// without keys is given some.
func TestSound(t *testing.T) {
	old := run()
	old.Findings[0].Key = ""
	require.NoError(t, report.Sound(old))
	assert.Len(t, old.Findings[0].Key, 12)
	again := run()
	again.Findings[0].Key = ""
	require.NoError(t, report.Sound(again))
	assert.True(t, report.Diff(old, again).Empty())

	for _, bad := range []string{
		`{"criteria": [{"decision": 0}]}`, `{"criteria": [{"decision": -1}]}`, `{"criteria": [{"verdict": "<img>"}]}`, `{"findings": [{"decision": 9}]}`,
		`{"findings": [{"severity": "\u001b[31m"}]}`, `{"findings": [{"page": -1}]}`, `{"fixes": [{"findings": [3]}]}`, `{"score": {"sections": [{"depth": -50}]}}`,
		`{"was": {"items": [{"documents": [{"findings": [999]}]}]}}`, `{"predicate": "WBK\u0007"}`, `{"gates": [{"state": "a b"}]}`,
		`{"criteria": [{"requirements": [{"need": "x\ny"}]}]}`, `{"criteria": [{"level": {"shown": "\u001b"}}]}`, `{"decisions": [{"state": "!"}]}`,
	} {
		var r report.Report
		require.NoError(t, json.Unmarshal([]byte(bad), &r), bad)
		assert.Error(t, report.Sound(&r), bad)
	}
	for _, good := range []*report.Report{{}, decided(t), sample(t)} {
		assert.NoError(t, report.Sound(good))
	}
}

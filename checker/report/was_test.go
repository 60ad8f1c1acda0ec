package report_test

import (
	"testing"

	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
)

// TestCompare holds what may become of evidence that was accepted.
func TestCompare(t *testing.T) {
	line := func(verdict string, docs ...string) []report.Requirement {
		return []report.Requirement{{ID: "A/sk", Verdict: verdict, Documents: docs}}
	}
	earlier := &report.Report{
		Pack: report.Pack{ID: "old", Version: "1.0.0"},
		Criteria: []report.Criterion{
			{Code: "A", Verdict: "met", Requirements: line("met", "holds", "fails", "unplaced", "changed", "gone", "faulty")},
			{Code: "B", Verdict: "met", Requirements: line("met", "dropped")},
			{Code: "C", Verdict: "noncompliant", Requirements: line("noncompliant", "never")},
		},
		Findings: []report.Finding{{Document: "faulty", Severity: "error"}, {Document: "holds", Severity: "warning"}},
	}
	for _, name := range []string{"holds", "fails", "unplaced", "changed", "gone", "faulty", "dropped", "never"} {
		earlier.Documents = append(earlier.Documents, report.Document{Path: name, SHA256: name})
	}
	now := &report.Report{
		Criteria: []report.Criterion{
			{Code: "A", Verdict: "partial", Requirements: line("partial", "holds", "fails", "changed")},
			{Code: "C", Verdict: "met", Requirements: line("met", "never")},
		},
		Findings: []report.Finding{
			{Document: "other", Severity: "error"},
			{Document: "fails", Severity: "error", Requirement: "A/sk"},
			{Document: "holds", Severity: "error", Requirement: "B/sk"},
		},
	}
	for _, name := range []string{"holds", "fails", "unplaced", "dropped", "never"} {
		now.Documents = append(now.Documents, report.Document{Path: name, SHA256: name})
	}
	now.Documents = append(now.Documents, report.Document{Path: "changed", SHA256: "other bytes"})
	report.Compare(now, earlier)
	assert.Equal(t, &report.Was{Pack: report.Layer{ID: "old", Version: "1.0.0"}, Items: []report.WasItem{
		{Criterion: "A", Before: "met", Now: "partial", Documents: []report.WasDocument{
			{Path: "holds", State: "holds"},
			{Path: "fails", State: "fails", Findings: []int{1}},
			{Path: "unplaced", State: "unplaced"},
			{Path: "changed", State: "changed"},
			{Path: "gone", State: "gone"},
		}},
		{Criterion: "B", Before: "met", Documents: []report.WasDocument{{Path: "dropped", State: "dropped"}}},
	}}, now.Was)
}

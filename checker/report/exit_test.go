package report_test

import (
	"testing"

	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
)

func TestExitCode(t *testing.T) {
	criteria := func(verdicts ...string) []report.Criterion {
		out := make([]report.Criterion, len(verdicts))
		for i, v := range verdicts {
			out[i].Verdict = v
		}
		return out
	}
	docs := []report.Document{{Path: "a.pdf"}}
	unread := []report.Criterion{{Verdict: "met", Unread: []string{"b.pdf"}}}
	missed := []report.Gate{{State: "missed"}}
	cases := []struct {
		name string
		in   report.Report
		want int
	}{
		{"nothing at all", report.Report{}, 4},
		{"no document", report.Report{Criteria: criteria("missing")}, 4},
		{"no applicable criterion", report.Report{Documents: docs, Criteria: criteria("not_applicable", "not_evaluated")}, 4},
		{"all met or waived", report.Report{Documents: docs, Criteria: criteria("met", "waived", "not_applicable")}, 0},
		{"an open gate", report.Report{Documents: docs, Criteria: criteria("met"), Gates: []report.Gate{{State: "open"}}}, 0},
		{"missing", report.Report{Documents: docs, Criteria: criteria("met", "missing", "review")}, 1},
		{"noncompliant", report.Report{Documents: docs, Criteria: criteria("noncompliant")}, 1},
		{"partial", report.Report{Documents: docs, Criteria: criteria("partial")}, 1},
		{"a missed gate", report.Report{Documents: docs, Criteria: criteria("met"), Gates: missed}, 1},
		{"review", report.Report{Documents: docs, Criteria: criteria("met", "review")}, 3},
		{"unread that matters", report.Report{Documents: docs, Criteria: unread}, 3},
		{"unread, but a gate is missed", report.Report{Documents: docs, Criteria: unread, Gates: missed}, 1},
		{"interrupted", report.Report{Partial: true, Criteria: criteria("missing")}, 130},
	}
	for _, c := range cases {
		assert.Equal(t, c.want, report.ExitCode(&c.in), c.name)
	}
}

// Package report holds the result of a run and writes it, one file per format.
//
// A report is enough by itself: whoever has it needs neither the evidence nor
// the rules to show it. It promises the same bytes for the same report.
package report

// Package checker tells which documents of a pile of evidence are missing or
// do not comply with the criteria of an instrument.
//
// A run takes rules and evidence and gives a report:
//
//	pack, err := rules.Builtin()
//	...
//	rep, err := checker.Run(ctx, pack, evidence.Dir("pile", evidence.Options{}), checker.Config{})
//
// # How a run works
//
// The run is a line of stages, one package each. Every stage takes values of
// the type on its left and makes values of the type on its right:
//
//	evidence.File → text.Document → facts.Document → match.Match → check.Finding → verdict.Verdict → report.Report
//
// Files are read and their facts found several at a time, in order. Matching is
// the one stage that needs all documents at once, because a document given to
// one criterion may be missing at another.
//
// # What is an error
//
// [Run] returns an error only if it could not do its work: the rules do not fit
// the engine, the pile cannot be listed, or ctx is done. All else is part of
// the report. That a file is damaged is something the evaluator must see, not a
// reason to stop.
//
// # Same input, same report
//
// A report depends on the rules, the bytes and paths of the evidence, and
// Config, and on nothing else: not on the number of workers. Checks judge by
// Config.Today, never by the clock; if it is zero, Run sets it once, at the
// start, and the report records it.
package checker

// Package facts turns what a file says into what it states: its document type,
// number, dates, subject, unit, signature blocks, sections and lists, each
// with the place that shows it.
//
// The patterns come from the rule pack; this package holds the machinery that
// knows where on a page a fact may stand. It promises that a fact is absent
// rather than guessed: a number that belongs to a cited regulation is not the
// document's number.
package facts

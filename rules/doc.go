// Package rules reads a rule pack: an instrument as data that a domain expert
// can read and change.
//
// A pack has three layers. Document types say how to recognise a kind of
// document and what its own form demands. Checks are named there and in the
// criteria; what they do is code, and the engine binds the names. Criteria say
// which documents an item asks for, from which period, signed by whom, and
// which answer they support.
//
// The package knows nothing of the engine. It promises that a pack that loads
// is complete and consistent: every mistake is reported at once, with file,
// line and column, and nothing is guessed.
package rules

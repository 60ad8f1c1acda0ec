// Package verdict turns what was found about the items of an instrument into
// results: verdicts, points, gates and what to repair first.
//
// The main idea is to reckon from both ends. Documents rarely fix the score of
// an item: they show one level for certain and leave better ones possible. So
// every score is an [Interval] from what is shown to what is still possible,
// [Tally] rolls both ends up by the formulas of the instrument, and a gate is
// passed or missed only when both ends agree.
//
// The rules of reckoning are those of PermenPANRB 90/2021, Lampiran III. The
// numbers (weights, minima, formulas of items) stand in the pack and never here.
// Nothing in this package rounds: as in the worksheet, rounding is for display.
// All functions are pure and safe for concurrent use.
package verdict

// Package extract reads the text of evidence files, whatever their format.
//
// The main idea is that a file is what its bytes say it is: the kind is found
// by content, never by the ending of the name, and each kind has one reader in
// the table of formats. All limits on a single file (size, memory, time) and
// the guard against broken parsers stand here.
//
// The result for a file depends on its bytes alone, not on other files, on the
// number of workers or on the order of calls; it may be kept by digest.
package extract

// Package testpile writes piles of any size for benchmarks: letters, decrees,
// minutes, attendance lists, procedures and reports of one to six pages, as PDF
// files in the manner of three programs and as Word files.
//
// The words are drawn at random from lists, so that no two files are the same,
// and the same seed gives the same bytes.
package testpile

// Package cases runs the tests of a rule pack.
//
// A case is evidence as text and every finding that the pack must make of it:
// one that does not come fails, and so does one that nobody wants. The evidence
// is made into a PDF and a Word document, and goes the way of all evidence.
//
// A suite is one file below the folder tests of a pack. It begins with a whole
// case; further ones are told by what they change in it, so that each shows one
// thing.
package cases

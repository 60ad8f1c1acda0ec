// Package pdfsig verifies the cryptographic signatures of PDF files.
//
// The main idea is that a signature is worth what the reader sees. Three
// questions are asked of each: does its dictionary say without ambiguity which
// bytes are signed (ranges.go); is it a signature over these bytes (cms.go); and
// if bytes were added later, does each page still show what it showed at the
// end of the signed revision (compare.go)? Only then comes the question whether
// the certificate leads to a root that the user trusts (chain.go).
//
// The answer prefers strictness. Where two readers of PDF could see different
// things in one file, the signature is altered or undecided, never valid.
//
// The detail of a signature is a number, a name or one of these words. With
// [text.CausePages]: numbers of pages, "signature" (its own field), "catalog"
// (layers, actions, attachments) and "objects" (such as only some readers see).
// With [text.CauseRange] and [text.CauseContents]: what of the dictionary is wrong.
// With [text.CauseFormat]: "xref", "revision", "pages", "form" and "header" for
// what cannot be read.
//
// Nothing is fetched: certificates, revocation lists and timestamps are those
// in the file. Whatever the bytes, Verify ends in bounded time, within bounded
// memory, and without a panic.
package pdfsig

// Package docxsig verifies the package signatures of a Word document: digital
// signatures of the Open Packaging Conventions (ECMA-376 part 2, chapter 13) as
// Office makes them, which are XML signatures with a manifest of the signed
// parts.
//
// The main idea is that two questions are asked, and both answers must be good.
// Is what the signature names unchanged? And does it name all that the document
// shows? The second is asked of the file as it is now: from the main part along
// the relationships, every part and every relationship must be signed, so that
// what was added after signing is noticed. Parts that nobody sees on a page, and
// those that Office itself leaves out, are excepted; see hidden.
//
// What the verifier does not understand makes a signature undecided. It is
// altered only if a digest or a signature was computed by the rules and differs.
//
// Only what SignedInfo leads to is believed: an element is taken by its Id if
// no other element has it, a manifest if it stands directly in an object that
// is signed, a claim if it is in one. Hostile files end in a judgement, in
// bounded time and memory.
package docxsig

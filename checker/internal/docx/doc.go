// Package docx reads the text of a Word document (ECMA-376, transitional or
// strict) as it is finally shown: with tracked insertions and without
// deletions, with list numbers, without hidden text.
//
// The main idea is one pass. The parts of the package are streamed, each
// element is laid out as soon as its end is read, and nothing but the text and
// its places is kept. What a DOCX lacks, geometry, is made up: paragraphs
// stand below one another on a strip, the cells of a row side by side in their
// bands, and explicit breaks start a page. See package text for what that is
// good for.
//
// Hostile files end in an error that wraps a reason of package evidence, in
// bounded time and memory; see [Limits]. Elements are known by their local
// names alone, so it does not matter which of the namespaces a producer uses.
package docx

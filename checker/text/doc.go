// Package text holds what an evidence file says: pages of lines of words, each
// with its place, whatever the format of the file was.
//
// The main idea is one geometry for all formats. A PDF page has real boxes. A
// DOCX has none, so its reader lays paragraphs and table cells out on a strip
// of synthetic pages: cells of a row stand side by side, paragraphs below one
// another. What looks for a label beside a value, or a name below a title, is
// then written once. [Document.Paged] tells which of the two a document is;
// boxes of an unpaged document must never be shown to a reader.
//
// Text is kept as the file has it. [Fold] makes the form that patterns are
// matched against, and is the only place where text is normalised.
package text

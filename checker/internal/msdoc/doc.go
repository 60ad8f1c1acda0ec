// Package msdoc turns a document of Word 97 to 2003 ([MS-DOC]) into a DOCX, so
// that it is read by the reader of DOCX files and nothing has to know two
// kinds of Word document.
//
// The main idea is that nothing is laid out here. The characters of the file
// are walked once, paragraph by paragraph, and written as the elements that
// package docx looks at: paragraphs with indents, tabs and list numbers,
// tables with their columns, breaks, headers, notes, text boxes and the places
// and sizes of pictures. Fonts, colours and the pictures themselves are left
// out. The text is that which is finally shown: hidden and deleted characters
// and the instructions of fields are left out as well.
//
// Hostile files end in an error that wraps a reason of package evidence, in
// bounded time and memory. Offsets and lengths of the file are never trusted;
// see [block].
//
// Names such as sprmPIlfo and numbers of sections in comments are those of
// [MS-DOC], unless another document is named.
package msdoc

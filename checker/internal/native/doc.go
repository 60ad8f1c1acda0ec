// Package native reads the text of PDF files in Go alone, several times faster
// than pdfium, and knows when not to be trusted.
//
// The main idea is to be quick where a page is ordinary and honest where it is
// not. An interpreter of content streams follows the pen over the page and
// hands characters with their places to [pdf.Lines], as the pdfium engine
// does. Beside the text of each page stand the reasons to doubt it: fonts
// without a mapping to Unicode, form fields, damage, text that does not read
// like text. A caller who finds a doubt asks pdfium. The tests compare both on
// every file at hand: a page without a doubt reads alike.
//
// The objects of the file come from github.com/ledongthuc/pdf. That package
// hangs or runs out of memory on some damaged cross-reference tables and
// unpacks an object stream anew for each object in it, so the file is
// flattened first: xref.go reads the tables within limits, flatten.go unpacks
// object streams once and appends one plain table that covers all.
//
// Whatever the bytes, Read ends in the time given, within the limits given,
// and without a panic.
package native

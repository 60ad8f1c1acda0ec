// Package office turns the files of other office programs into DOCX files:
// OpenDocument texts, RTF, workbooks, presentations, mails, plain text and web
// pages.
//
// The main idea is that nothing is laid out here. Each format is streamed into
// a minimal Word document in memory, written by one small writer, which package
// docx then reads and lays out as any other. So paragraphs, tables, list
// numbers, tabs, page breaks, headers, footnotes and the places of pictures
// come out alike, whatever program a text was written with. The pictures
// themselves, fonts and colours are left out, and so is what a reader of the
// file does not see: deleted and hidden text, hidden sheets, rows and slides.
//
// Hostile files end in an error that wraps a reason of package evidence, in
// bounded time and memory; see the constants in limits.go. A file beyond a
// limit is too large; it is never cut short.
package office

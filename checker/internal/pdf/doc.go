// Package pdf reads PDF files into text documents.
//
// The main idea is an [Engine] that is given bytes and limits and gives back
// pages of words with their boxes as displayed, or one of the reasons of
// package evidence. The engine here is pdfium, compiled to WebAssembly and run
// in a sandbox that has no file system, a bounded memory and a clock that
// stops it; a file that breaks it costs one sandbox, never the process.
//
// What pdfium returns is a stream of characters; lines.go turns the stream
// into lines and knows nothing of pdfium, so that a second engine can share it.
package pdf

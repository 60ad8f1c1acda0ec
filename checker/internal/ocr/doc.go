// Package ocr reads pictures of pages with the program tesseract.
//
// The main idea is that text recognition is a program beside this one: it is
// looked for, asked once what it can do, and given one picture of a page at a
// time. It runs as a process of its own, so that it can be stopped, and it sees
// nothing but pixels that dasheval made. What it read is kept in a [Cache].
//
// tesseract 5 as a process was measured beside its build for WebAssembly, which
// takes four times as long: docs/architecture.md.
package ocr

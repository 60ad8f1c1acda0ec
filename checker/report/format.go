package report

import (
	"io"
	"slices"
)

// Options adjusts how a report is shown. The zero Options is ready to use.
type Options struct {
	Color bool // mark with colours, beside the words and symbols
	All   bool // show met criteria in detail too
	Width int  // columns; 0 means 100
}

// A Format is one way to write a report.
type Format struct {
	Name string // as given on the command line
	Doc  string // one line about it, in English
	// Write writes r for a reader of the language, "id" or "en". Formats for
	// programs may ignore language and options.
	Write func(w io.Writer, r *Report, lang string, opt Options) error
}

// formats is the registry. Adding a format is one file and one line here.
var formats = []Format{
	{"json", "the whole report for programs, by docs/report.schema.json", writeJSON},
	{"text", "the report for people", writeText},
}

// Formats returns every format, sorted by name.
func Formats() []Format { return slices.Clone(formats) }

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
	// RevealPII shows numbers that identify people, as far as the report holds
	// them; see [Mask].
	RevealPII bool
	// CSVMark begins a table with a byte order mark, and CSVSeparator parts its
	// cells, 0 meaning a comma. Excel in Indonesia wants both, and a semicolon.
	CSVMark      bool
	CSVSeparator rune
	// Questions are the numbers of the portal's questions (soal_id) by item.
	Questions map[string]int
	// Base leads from the place of the output to the pile, as a relative address,
	// for formats that link files; "" if they lie side by side.
	Base string
	// Template is the Word document that a letter is written into; nil means ours.
	Template []byte
	// Picture draws pages for the formats that can show them; nil means none.
	Picture PictureFunc
}

// A Format is one way to write a report.
type Format struct {
	Name string // as given on the command line
	Doc  string // one line about it, in English
	// Ext is the ending of a file's name that stands for the format, with its
	// dot; "" if none does.
	Ext string
	// Binary is true if a terminal cannot show it.
	Binary bool
	// Pictures is true if it can show pictures of pages.
	Pictures bool
	// Write writes r for a reader of the language, "id" or "en". Formats for
	// programs may ignore language and options.
	Write func(w io.Writer, r *Report, lang string, opt Options) error
}

// formats is the registry. Adding a format is one file and one line here.
var formats = []Format{
	{Name: "agenda", Binary: true, Doc: "a Word document: what a visit has to see and ask", Write: writeAgenda},
	{Name: "agenda-html", Doc: "the agenda of the visit as a page", Write: writeAgendaHTML},
	{Name: "csv", Ext: ".csv", Doc: "a table of findings and items", Write: writeCSV},
	{Name: "digest", Doc: "a short message", Write: writeDigest},
	{Name: "html", Ext: ".html", Pictures: true, Doc: "one page for a browser, with search and filters", Write: writeHTML},
	{Name: "json", Ext: ".json", Doc: "the whole report for programs, by docs/report.schema.json", Write: writeJSON},
	{Name: "jsonl", Ext: ".jsonl", Doc: "run, documents, criteria and summary, an object a line", Write: writeJSONL},
	{Name: "junit", Ext: ".xml", Doc: "a test suite for each area, for build servers", Write: writeJUnit},
	{Name: "letter", Ext: ".docx", Binary: true, Doc: "a Word document: notes to the unit, by person responsible", Write: writeLetter},
	{Name: "markdown", Ext: ".md", Doc: "the report for wikis, tickets and chats that render Markdown", Write: writeMarkdown},
	{Name: "portalrb", Doc: "answers as PortalRB takes them", Write: writePortalRB},
	{Name: "prometheus", Ext: ".prom", Doc: "numbers for the textfile collector of Prometheus", Write: writePrometheus},
	{Name: "sarif", Ext: ".sarif", Doc: "findings and verdicts as SARIF 2.1.0", Write: writeSARIF},
	{Name: "text", Ext: ".txt", Doc: "the report for people", Write: writeText},
	{Name: "xlsx", Ext: ".xlsx", Binary: true, Doc: "a workbook: summary, worksheet, findings, files, decisions", Write: writeXLSX},
}

// Formats returns every format, sorted by name.
func Formats() []Format { return slices.Clone(formats) }

// FormatNamed returns the format with the name, or nil.
func FormatNamed(name string) *Format {
	if i := slices.IndexFunc(formats, func(f Format) bool { return f.Name == name }); i >= 0 {
		f := formats[i]
		return &f
	}
	return nil
}

package checklist

import (
	"io"
	"slices"
)

// A Format is one way to write a checklist.
type Format struct {
	Name string // as given on the command line, and the ending of files
	// Write writes c for a reader of the language, "id" or "en".
	Write func(w io.Writer, c *Checklist, lang string) error
}

// formats is the registry. Adding a format is one file and one line here.
var formats = []Format{
	{"docx", writeDOCX},
	{"html", writeHTML},
	{"md", writeMarkdown},
}

// Formats returns every format, sorted by name.
func Formats() []Format { return slices.Clone(formats) }

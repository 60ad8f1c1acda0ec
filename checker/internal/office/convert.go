package office

import (
	"context"
	"fmt"

	"dasheval/checker/evidence"
)

// A format is a kind of file and how it is written into a document.
type format struct {
	kind    string
	convert func(d *document, data []byte) error
}

var formats = []format{
	{"odt", convertODT},
	{"rtf", convertRTF},
	{"xlsx", convertXLSX},
	{"pptx", convertPPTX},
	{"eml", convertEML},
	{"txt", convertTXT},
	{"html", convertHTML},
}

// Kinds lists the kinds of files that [Convert] takes.
func Kinds() []string {
	out := make([]string, len(formats))
	for i, f := range formats {
		out[i] = f.kind
	}
	return out
}

// Convert returns a file of the kind as a DOCX file with its text, its tables
// and the places of its pictures. A file without any text gives a document
// without any.
//
// An error wraps evidence.ErrCorrupt, ErrEncrypted, ErrTooLarge, ErrUnsupported
// or ErrEmpty, or that of ctx once it is done.
func Convert(ctx context.Context, kind string, data []byte) ([]byte, error) {
	for _, f := range formats {
		if f.kind != kind {
			continue
		}
		if len(data) == 0 {
			return nil, fmt.Errorf("convert %s: %w", kind, evidence.ErrEmpty)
		}
		d := newDocument(ctx.Err)
		err := f.convert(d, data)
		if d.err != nil { // what came first, and why the rest went wrong
			err = d.err
		}
		if err != nil {
			return nil, fmt.Errorf("convert %s: %w", kind, err)
		}
		return d.pack()
	}
	return nil, fmt.Errorf("convert %q: %w", kind, evidence.ErrUnsupported)
}

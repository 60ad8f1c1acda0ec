package office

import (
	"fmt"
	"strings"

	"dasheval/checker/evidence"
)

// convertTXT writes each line of a plain text as a paragraph. Form feeds break
// pages.
func convertTXT(d *document, data []byte) error {
	s, err := decodeText(data)
	if err != nil {
		return fmt.Errorf("%w: %w", evidence.ErrUnsupported, err)
	}
	if strings.ContainsFunc(s, binary) {
		return fmt.Errorf("%w: control characters in the text", evidence.ErrUnsupported)
	}
	d.body.lines(s)
	return nil
}

// binary reports whether a character is none of any text. Escape begins the
// colours of a terminal's log; substitute ended files once.
func binary(r rune) bool {
	switch r {
	case '\t', '\n', '\v', '\f', '\r', '\b', 0x1a, 0x1b:
		return false
	}
	return r < ' '
}

// lines adds the lines of a text as paragraphs.
func (f *flow) lines(s string) {
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.ReplaceAll(s, "\r", "\n")
	s = strings.TrimSuffix(s, "\n")
	for line := range strings.SplitSeq(s, "\n") {
		if f.doc.err != nil {
			return
		}
		f.begin(props{})
		f.text(line)
		f.end()
	}
}

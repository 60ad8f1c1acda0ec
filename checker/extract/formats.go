package extract

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"unicode"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/msdoc"
	"dasheval/checker/internal/office"
	"dasheval/checker/internal/photo"
	"dasheval/checker/text"
)

// A reader reads the text of a file of one kind, and finds the pictures of its
// pages.
type reader func(ctx context.Context, p *parser, data []byte) (*text.Document, pictures, error)

// formats holds the kinds whose text can be read.
var formats = func() map[string]reader {
	out := map[string]reader{"pdf": readPDF, "docx": readDOCX, "doc": converted("doc", msdoc.Convert)}
	for _, kind := range office.Kinds() {
		out[kind] = converted(kind, func(ctx context.Context, data []byte) ([]byte, error) { return office.Convert(ctx, kind, data) })
	}
	for _, kind := range photo.Kinds() {
		out[kind] = readPhoto(kind)
	}
	return out
}()

// converted returns a reader of files that become DOCX files first.
func converted(kind string, convert func(context.Context, []byte) ([]byte, error)) reader {
	return func(ctx context.Context, p *parser, data []byte) (*text.Document, pictures, error) {
		ctx, cancel := context.WithTimeoutCause(ctx, p.cfg.MaxTime, evidence.ErrTimeout)
		defer cancel()
		out, err := convert(ctx, data)
		if err != nil && context.Cause(ctx) != nil {
			return nil, nil, context.Cause(ctx)
		}
		if err != nil {
			return nil, nil, err
		}
		doc, err := docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
		if err != nil {
			return nil, nil, err
		}
		doc.Format = kind
		return doc, nil, nil
	}
}

func readDOCX(_ context.Context, _ *parser, data []byte) (*text.Document, pictures, error) {
	doc, err := docx.Read(bytes.NewReader(data), int64(len(data)), docx.Limits{})
	return doc, nil, err
}

const (
	// minLetters is the number of letters from which on a document has text. A
	// scan may carry a page number or the mark of a scanning program.
	minLetters = 20
	// minRaster is the share of a page that a picture of a whole page covers
	// at least.
	minRaster = 0.5
)

// readable returns an error if there is too little text in doc to judge it by.
func readable(doc *text.Document) error {
	if doc.Photo {
		return shown(doc)
	}
	total := 0
	pictures := doc.Paged // what is no picture on a page is drawn as outlines
	scans := 0
	for _, p := range doc.Pages {
		n := letters(p)
		total += n
		pictures = pictures || len(p.Images) > 0
		if p.Engine != text.Tesseract && p.Origin != text.Hidden && p.Pictured() {
			scans++
		}
	}
	unsure := slices.ContainsFunc(doc.Pages, func(p text.Page) bool { return p.Engine == Native && len(p.Doubts) > 0 })
	switch {
	case total < minLetters && unsure:
		return fmt.Errorf("%w by the native engine", evidence.ErrUnsupported)
	case total == 0 && !pictures:
		return evidence.ErrEmpty
	case pictures && (total < minLetters || scans == len(doc.Pages)):
		return evidence.ErrImageOnly
	}
	return nil
}

func letters(p text.Page) int {
	n := 0
	for _, l := range p.Lines {
		for _, w := range l.Words {
			for _, r := range w.Text {
				if unicode.IsLetter(r) {
					n++
				}
			}
		}
	}
	return n
}

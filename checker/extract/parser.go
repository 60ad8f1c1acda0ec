package extract

import (
	"context"
	"errors"
	"fmt"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/ocr"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// A parser finds out what bytes say, in the process it is in. It is safe for
// concurrent use, but for the first use of ask.
type parser struct {
	cfg Config
	pdf pdf.Engine
	// ask, if not nil, waits until the parent has filled the cache of pdfium.
	ask      func() error
	prepared bool
	// read, if not nil, returns the table of the words of a page, a PGM file of so
	// many pixels per inch. It is safe for concurrent use, and is called for side
	// pages at a time.
	read func(ctx context.Context, pgm []byte, dpi int, layout ocr.Layout) ([]byte, error)
	side int
}

func newParser(cfg Config) (*parser, error) {
	engine, err := pdf.NewPdfium(pdf.PdfiumConfig{Workers: cfg.Workers, CacheDir: cfg.CacheDir, MaxMemory: cfg.MaxMemory / 4 * 3})
	if err != nil {
		return nil, err
	}
	return &parser{cfg: cfg, pdf: engine, side: cfg.Workers}, nil
}

// maxLines bounds the lines of a file, by which the memory that its facts take is
// bounded. A report of 2,000 pages has half as many.
const maxLines = 200_000

func (p *parser) close() error { return p.pdf.Close() }

// parse returns the kind of the file, by content, and what it says. data holds
// one byte more than the limit on its size if there are more. Its errors wrap a
// reason, or are failures.
func (p *parser) parse(ctx context.Context, data []byte) (kind string, doc *text.Document, err error) {
	err = evidence.Guard("", func() error {
		switch {
		case len(data) == 0:
			return evidence.ErrEmpty
		case int64(len(data)) > p.cfg.MaxSize:
			kind, _ = sniff(data[:p.cfg.MaxSize])
			return fmt.Errorf("%w of %d MB", evidence.ErrTooLarge, p.cfg.MaxSize>>20)
		}
		var err error
		if kind, err = sniff(data); err != nil {
			return err
		}
		read := formats[kind]
		if read == nil {
			return evidence.ErrUnsupported
		}
		var pics pictures
		if doc, pics, err = read(ctx, p, data); err == nil {
			err = p.recognise(ctx, doc, pics)
		}
		if err != nil {
			doc = nil
			return err
		}
		p.verify(ctx, doc, data)
		if doc.Lines() > maxLines {
			doc = nil
			return fmt.Errorf("%w of %d lines", evidence.ErrTooLarge, maxLines)
		}
		doc.Round()
		return readable(doc)
	})
	var re *evidence.ReadError
	if errors.As(err, &re) {
		err = re.Err // a panic; the file is named by the caller
	}
	return kind, doc, err
}

package extract

import (
	"context"
	"errors"
	"fmt"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/native"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// The engines that read PDF files.
const (
	// Auto reads with the native engine, and leaves to pdfium the pages that
	// that one doubts, and files that it fails on.
	Auto = "auto"
	// Native reads with the native engine alone; what it doubts, stays in doubt.
	Native = text.Native
	// Pdfium reads with pdfium alone.
	Pdfium = text.Pdfium
)

// Engines lists the engines that this build of the program can read PDF files
// with.
func Engines() []string {
	if !pdf.Available {
		return []string{Auto, Native}
	}
	return []string{Auto, Native, Pdfium}
}

// nativeShare is the part of the time for a file that the native engine may
// take before pdfium begins.
const nativeShare = 4

// notOpened is the doubt about every page of a file that the native engine fails
// on.
const notOpened = "unopened"

func readPDF(ctx context.Context, p *parser, data []byte) (*text.Document, pictures, error) {
	doc, r, err := p.readPDF(ctx, data)
	if err != nil {
		return nil, nil, err
	}
	if r != nil {
		codes(ctx, doc, r)
	}
	return doc, p.drawn(data, doc, r), nil
}

// readPDF reads the text of a PDF file. What the native engine found is nil if it
// found nothing.
func (p *parser) readPDF(ctx context.Context, data []byte) (*text.Document, *native.Result, error) {
	limit := p.cfg.MaxTime
	if p.cfg.Engine == Pdfium {
		doc, err := p.pdfium(ctx, data, pdf.Limits{Time: limit}, nil)
		return doc, nil, err
	}
	alone := p.cfg.Engine == Native || !pdf.Available
	start := time.Now()
	first := native.Limits{Time: limit}
	if !alone {
		first.Time /= nativeShare
	}
	r, err := native.Read(ctx, data, first)
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case err != nil && alone && errors.Is(err, evidence.ErrCorrupt):
		return nil, nil, fmt.Errorf("%w by the native engine: %v", evidence.ErrUnsupported, err) // another one may repair it
	case err != nil && alone:
		return nil, nil, err
	}
	left := pdf.Limits{Time: max(limit-time.Since(start), time.Second)}
	if err != nil {
		doc, err := p.pdfium(ctx, data, left, func(int) []string { return []string{notOpened} })
		return doc, nil, err
	}
	doc := r.Doc
	doubts := func(i int) []string {
		var out []string
		for _, d := range r.Doubts[i] {
			out = append(out, string(d))
		}
		return out
	}
	for i := range doc.Pages {
		doc.Pages[i].Engine, doc.Pages[i].Doubts = Native, doubts(i)
		if len(r.Doubts[i]) > 0 {
			left.Only = append(left.Only, i+1)
		}
	}
	if alone || len(left.Only) == 0 {
		return doc, r, nil
	}
	second, err := p.pdfium(ctx, data, left, func(page int) []string { return doubts(page - 1) })
	if err != nil {
		return nil, nil, err
	}
	if second.Total != doc.Total {
		// The engines do not agree what the pages are.
		left.Only, left.Time = nil, max(limit-time.Since(start), time.Second)
		doc, err := p.pdfium(ctx, data, left, func(int) []string { return []string{notOpened} })
		return doc, nil, err
	}
	for _, page := range second.Pages {
		doc.Pages[page.Number-1] = page
	}
	return doc, r, nil
}

// pdfium reads pages with pdfium. doubts tells why, by number of the page; nil
// means no reason.
func (p *parser) pdfium(ctx context.Context, data []byte, limits pdf.Limits, doubts func(page int) []string) (*text.Document, error) {
	if err := p.prepare(); err != nil {
		return nil, err
	}
	doc, err := p.pdf.Read(ctx, data, limits)
	if errors.Is(err, evidence.ErrEmpty) && doubts != nil {
		// The other engine saw something there.
		return nil, fmt.Errorf("%w: nothing can be drawn", evidence.ErrCorrupt)
	}
	if err != nil {
		return nil, err
	}
	for i := range doc.Pages {
		doc.Pages[i].Engine = Pdfium
		if doubts != nil {
			doc.Pages[i].Doubts = doubts(doc.Pages[i].Number)
		}
	}
	return doc, nil
}

// prepare waits until pdfium can be started, at the first call.
func (p *parser) prepare() error {
	if p.prepared || p.ask == nil {
		return nil
	}
	if err := p.ask(); err != nil {
		return fmt.Errorf("start the PDF engine: %w", err)
	}
	p.prepared = true
	return nil
}

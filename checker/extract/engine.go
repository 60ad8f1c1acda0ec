package extract

import (
	"context"
	"time"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// The engines that read PDF files.
const (
	// Auto reads with the native engine, and leaves a file to pdfium where
	// that one doubts a page or fails.
	Auto = "auto"
	// Native reads with the native engine alone, whatever it doubts.
	Native = "native"
	// Pdfium reads with pdfium alone.
	Pdfium = "pdfium"
)

// Engines lists the engines that read PDF files.
var Engines = []string{Auto, Native, Pdfium}

// nativeShare is the part of the time for a file that the native engine may
// take before pdfium begins.
const nativeShare = 4

func readPDF(ctx context.Context, x *Extractor, data []byte) (*text.Document, error) {
	limit := x.cfg.MaxTime
	switch x.cfg.Engine {
	case Native:
		r, err := native.Read(ctx, data, native.Limits{Time: limit})
		if err != nil {
			return nil, err
		}
		return r.Doc, nil
	case Auto:
		start := time.Now()
		r, err := native.Read(ctx, data, native.Limits{Time: limit / nativeShare})
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case err == nil && r.Trusted():
			return r.Doc, nil
		}
		limit -= time.Since(start)
	}
	return x.pdf.Read(ctx, data, pdf.Limits{Time: max(limit, time.Second)})
}

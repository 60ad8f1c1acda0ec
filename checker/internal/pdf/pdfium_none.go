//go:build nopdfium

package pdf

import (
	"context"
	"fmt"
	"image"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

// Available reports whether pdfium is in this build of the program.
const Available = false

// NewPdfium returns an engine that reads nothing.
func NewPdfium(PdfiumConfig) (Engine, error) { return absent{}, nil }

type absent struct{}

var errAbsent = fmt.Errorf("%w: this build of the program has no pdfium", evidence.ErrUnsupported)

func (absent) Read(context.Context, []byte, Limits) (*text.Document, error) {
	return nil, errAbsent
}
func (absent) Render(context.Context, []byte, []int, float64, Limits, func(int, image.Image) error) error {
	return errAbsent
}
func (absent) Warm() error  { return nil }
func (absent) Close() error { return nil }

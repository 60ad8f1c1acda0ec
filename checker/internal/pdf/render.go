//go:build !nopdfium

package pdf

import (
	"context"
	"fmt"
	"image"
	"time"

	"dasheval/checker/evidence"
)

// renderWithNotes is FPDF_ANNOT.
const renderWithNotes = 1

// Render implements [Engine].
func (e *engine) Render(ctx context.Context, data []byte, pages []int, dpi float64, limits Limits, yield func(page int, im image.Image) error) error {
	data, ok := Trim(data)
	if !ok {
		return fmt.Errorf("%w: no PDF header", evidence.ErrCorrupt)
	}
	m, err := e.acquire(ctx)
	if err != nil {
		return err
	}
	defer func() { e.release(m) }()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	if limits.Time > 0 {
		timer := time.AfterFunc(limits.Time, func() { cancel(evidence.ErrTimeout) })
		defer timer.Stop()
		inner := yield
		yield = func(page int, im image.Image) error {
			timer.Stop() // what the caller does with a picture does not count
			defer timer.Reset(limits.Time)
			return inner(page, im)
		}
	}
	err = render(ctx, m, data, pages, dpi, yield)
	if cause := context.Cause(ctx); m.err != nil && cause != nil {
		return cause
	}
	if m.err != nil {
		return fmt.Errorf("%w: pdfium: %w", evidence.ErrCorrupt, m.err)
	}
	return err
}

func render(ctx context.Context, m *module, data []byte, pages []int, dpi float64, yield func(page int, im image.Image) error) error {
	file, closeFile, err := openFile(ctx, m, data)
	if err != nil {
		return err
	}
	defer closeFile()
	for _, n := range pages {
		im, ok := m.picture(ctx, file, n-1, dpi)
		if m.err != nil {
			return m.err
		}
		if !ok {
			continue
		}
		if err := yield(n, im); err != nil {
			return err
		}
	}
	return nil
}

// maxSide bounds the sides of a picture, in pixels: those of A2 at 200 dpi.
const maxSide = 4700

// picture draws page n, from 0. It fails for a page that is not there, or has no
// extent.
func (m *module) picture(ctx context.Context, file uint64, n int, dpi float64) (image.Image, bool) {
	page := m.call(ctx, "FPDF_LoadPage", file, uint64(n))
	if page == 0 {
		return nil, false
	}
	defer m.call(ctx, "FPDF_ClosePage", page)
	width, height := m.float(ctx, "FPDF_GetPageWidthF", page), m.float(ctx, "FPDF_GetPageHeightF", page)
	if most := max(width, height) * dpi / 72; most > maxSide {
		dpi *= maxSide / most // some programs give the size of a page in pixels
	}
	w, h := int(width*dpi/72+0.5), int(height*dpi/72+0.5)
	if w < 1 || h < 1 {
		return nil, false
	}
	const white = 0xffffffff
	bitmap := m.call(ctx, "FPDFBitmap_Create", uint64(w), uint64(h), 0)
	if bitmap == 0 {
		return nil, false
	}
	defer m.call(ctx, "FPDFBitmap_Destroy", bitmap)
	m.call(ctx, "FPDFBitmap_FillRect", bitmap, 0, 0, uint64(w), uint64(h), white)
	m.call(ctx, "FPDF_RenderPageBitmap", bitmap, page, 0, 0, uint64(w), uint64(h), 0, renderWithNotes)
	buf := uint32(m.call(ctx, "FPDFBitmap_GetBuffer", bitmap))
	stride := m.count(ctx, "FPDFBitmap_GetStride", bitmap)
	if m.err != nil || buf == 0 || stride < 4*w {
		return nil, false
	}
	raw, ok := m.mem.Read(buf, uint32(stride*h))
	if !ok {
		return nil, false
	}
	im := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		in, out := raw[y*stride:y*stride+4*w], im.Pix[y*im.Stride:y*im.Stride+4*w]
		for i := 0; i < len(in); i += 4 { // blue, green, red, nothing
			out[i], out[i+1], out[i+2], out[i+3] = in[i+2], in[i+1], in[i], 0xff
		}
	}
	return im, true
}

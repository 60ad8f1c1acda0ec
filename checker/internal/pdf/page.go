//go:build !nopdfium

package pdf

import (
	"context"
	"slices"

	"dasheval/checker/text"
)

// A pageReader reads one page.
type pageReader struct {
	m          *module
	file, form uint64
	left       int // characters it may read

	page    uint64
	place   placement
	chars   int // characters it has read
	objects int // objects it has drawn
}

// A placement maps the coordinates of a page (origin anywhere, y upward) to
// those in which it is displayed (origin top left, y downward).
type placement struct {
	crop          text.Box // in page coordinates, Y0 below Y1
	rotation      int      // quarter turns clockwise
	width, height float64  // as displayed
}

// box returns the box as displayed of a rectangle in page coordinates.
func (p placement) box(left, bottom, right, top float64) text.Box {
	x0, y0 := p.point(left, bottom)
	x1, y1 := p.point(right, top)
	return text.Box{X0: min(x0, x1), Y0: min(y0, y1), X1: max(x0, x1), Y1: max(y0, y1)}
}

func (p placement) point(x, y float64) (float64, float64) {
	switch p.rotation {
	case 1:
		return y - p.crop.Y0, x - p.crop.X0
	case 2:
		return p.crop.X1 - x, y - p.crop.Y0
	case 3:
		return p.crop.Y1 - y, p.crop.X1 - x
	default:
		return x - p.crop.X0, p.crop.Y1 - y
	}
}

// flattenForDisplay is FLAT_NORMALDISPLAY; flattenSuccess is FLATTEN_SUCCESS.
const (
	flattenForDisplay = 0
	flattenSuccess    = 1
)

// read reads page n, from 0. It returns an empty page and false if the page
// cannot be opened.
func (p *pageReader) read(ctx context.Context, n int) (text.Page, bool) {
	out := text.Page{Number: n + 1, Origin: text.None}
	if !p.open(ctx, n) {
		return out, false
	}
	defer func() { p.m.call(ctx, "FPDF_ClosePage", p.page) }()

	var drawnOn []text.Image // by a pen on the screen
	if notes := p.m.count(ctx, "FPDFPage_GetAnnotCount", p.page); notes > 0 {
		out.Fields, drawnOn = p.fields(ctx, min(notes, maxFields))
		// Flattening draws what fields and annotations show into the page.
		// The text of the page comes from its objects as parsed, so it has to
		// be parsed again.
		if p.m.call(ctx, "FPDFPage_Flatten", p.page, flattenForDisplay) == flattenSuccess {
			p.m.call(ctx, "FPDF_ClosePage", p.page)
			if !p.open(ctx, n) {
				return out, false
			}
		}
	}
	out.Width, out.Height = p.place.width, p.place.height

	drawn := p.drawing(ctx)
	out.Images = slices.Concat(drawn.images, drawn.strokes, drawnOn)
	out.Raster = Raster(drawn.images, out.Width, out.Height)
	glyphs, hidden, shown := p.glyphs(ctx, drawn.hidden)
	out.Lines = Lines(glyphs)
	switch {
	case len(out.Lines) == 0:
	case hidden > shown:
		out.Origin = text.Hidden
	default:
		out.Origin = text.Layer
	}
	return out, true
}

// open loads page n and finds out how it is displayed.
func (p *pageReader) open(ctx context.Context, n int) bool {
	m := p.m
	p.page = m.call(ctx, "FPDF_LoadPage", p.file, uint64(n))
	if p.page == 0 {
		return false
	}
	p.place = placement{
		width:    m.float(ctx, "FPDF_GetPageWidthF", p.page),
		height:   m.float(ctx, "FPDF_GetPageHeightF", p.page),
		rotation: m.count(ctx, "FPDFPage_GetRotation", p.page) & 3,
	}
	if m.ok(ctx, "FPDF_GetPageBoundingBox", p.page, m.out(0)) {
		p.place.crop = text.Box{X0: m.f32(0), Y1: m.f32(4), X1: m.f32(8), Y0: m.f32(12)}
	} else {
		p.place.crop = text.Box{X1: p.place.width, Y1: p.place.height}
	}
	return m.err == nil
}

// maxFields bounds the annotations of a page that are listed.
const maxFields = 2000

// Kinds of annotations and fields, fpdf_annot.h and fpdf_formfill.h.
const (
	annotLink   = 2
	annotStamp  = 13
	annotInk    = 15
	annotWidget = 20
	annotPopup  = 16
)

var fieldKinds = map[int]string{1: "button", 2: "checkbox", 3: "radio", 4: "choice", 5: "choice", 6: "text", 7: "signature"}

// fields lists the form fields and annotations of the page, and the places of those
// that are drawn by a pen or are a stamp: signatures are.
func (p *pageReader) fields(ctx context.Context, n int) ([]text.Field, []text.Image) {
	m := p.m
	var out []text.Field
	var drawn []text.Image
	for i := range n {
		a := m.call(ctx, "FPDFPage_GetAnnot", p.page, uint64(i))
		if a == 0 {
			continue
		}
		var f text.Field
		kind := m.count(ctx, "FPDFAnnot_GetSubtype", a)
		switch kind {
		case annotLink, annotPopup:
		case annotWidget:
			f.Kind = "field"
			if p.form != 0 {
				if kind := fieldKinds[m.count(ctx, "FPDFAnnot_GetFormFieldType", p.form, a)]; kind != "" {
					f.Kind = kind
				}
				f.Name = m.text(ctx, "FPDFAnnot_GetFormFieldName", p.form, a)
				f.Value = m.text(ctx, "FPDFAnnot_GetFormFieldValue", p.form, a)
			}
		default:
			f.Kind = "note"
			f.Value = m.text(ctx, "FPDFAnnot_GetStringValue", a, m.cstring("Contents"))
		}
		if f.Kind != "" && m.ok(ctx, "FPDFAnnot_GetRect", a, m.out(0)) {
			f.Box = p.place.box(m.f32(0), m.f32(12), m.f32(8), m.f32(4))
			out = append(out, f)
			if kind == annotInk || kind == annotStamp {
				drawn = append(drawn, text.Image{Box: f.Box})
			}
		}
		m.call(ctx, "FPDFPage_CloseAnnot", a)
	}
	return out, drawn
}

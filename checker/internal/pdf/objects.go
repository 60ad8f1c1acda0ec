//go:build !nopdfium

package pdf

import (
	"context"
	"math"

	"dasheval/checker/text"
)

// drawing is what the objects of a page show besides their text.
type drawing struct {
	images  []text.Image
	strokes []text.Image // drawings that a hand may have made
	// hidden holds the text objects that a reader does not see: drawn in
	// invisible mode, or under a picture of the whole page.
	hidden map[uint64]bool
}

// Types of page objects and render modes of text, fpdf_edit.h.
const (
	objectText  = 1
	objectPath  = 2
	objectImage = 3
	objectForm  = 5

	renderInvisible = 3
	renderClip      = 7
)

const (
	maxFormDepth = 5
	maxObjects   = 200_000 // of one page; more are not looked at
	// fullPage is the share of the page from which on a picture is one of the
	// whole page.
	fullPage = 0.8
)

// drawing walks the objects of the page, and those of the forms they place.
func (p *pageReader) drawing(ctx context.Context) drawing {
	w := objectWalk{p: p, left: maxObjects}
	w.hidden = map[uint64]bool{}
	n := p.m.count(ctx, "FPDFPage_CountObjects", p.page)
	p.objects = n
	w.walk(ctx, n, func(i int) uint64 {
		return p.m.call(ctx, "FPDFPage_GetObject", p.page, uint64(i))
	}, Matrix{A: 1, D: 1}, 0)
	return w.drawing
}

type objectWalk struct {
	drawing
	p     *pageReader
	left  int
	texts []uint64 // visible text objects so far
}

func (w *objectWalk) walk(ctx context.Context, n int, object func(int) uint64, place Matrix, depth int) {
	m := w.p.m
	for i := range n {
		if w.left--; w.left < 0 || m.err != nil {
			return
		}
		o := object(i)
		switch m.count(ctx, "FPDFPageObj_GetType", o) {
		case objectText:
			switch m.count(ctx, "FPDFTextObj_GetTextRenderMode", o) {
			case renderInvisible, renderClip:
				w.hidden[o] = true
			default:
				w.texts = append(w.texts, o)
			}
		case objectPath:
			w.path(ctx, o, place)
		case objectImage:
			w.image(ctx, o, place)
		case objectForm:
			if depth == maxFormDepth || !m.ok(ctx, "FPDFPageObj_GetMatrix", o, m.out(0)) {
				continue
			}
			inner := Matrix{m.f32(0), m.f32(4), m.f32(8), m.f32(12), m.f32(16), m.f32(20)}.Then(place)
			k := m.count(ctx, "FPDFFormObj_CountObjects", o)
			w.walk(ctx, k, func(i int) uint64 {
				return m.call(ctx, "FPDFFormObj_GetObject", o, uint64(i))
			}, inner, depth+1)
		}
	}
}

// Types of segments, fpdf_edit.h.
const (
	segmentLine  = 0
	segmentCurve = 1
	maxSegments  = 400 // of a path that are looked at
)

// path adds the path o if it bends as often as a signature does.
func (w *objectWalk) path(ctx context.Context, o uint64, place Matrix) {
	m := w.p.m
	n := min(m.count(ctx, "FPDFPath_CountSegments", o), maxSegments)
	bends, curved := 0, 0
	var x, y float64
	for i := range n {
		s := m.call(ctx, "FPDFPath_GetPathSegment", o, uint64(i))
		if s == 0 || !m.ok(ctx, "FPDFPathSegment_GetPoint", s, m.out(0), m.out(4)) {
			return
		}
		nx, ny := m.f32(0), m.f32(4)
		switch m.count(ctx, "FPDFPathSegment_GetType", s) {
		case segmentLine:
			if math.Abs(nx-x) > Slant && math.Abs(ny-y) > Slant {
				bends++
			}
		case segmentCurve:
			if curved++; curved%3 == 0 { // three points make a curve
				bends++
			}
		}
		x, y = nx, ny
	}
	if box, ok := w.bounds(ctx, o, place); ok && ByHand(box, bends) {
		w.strokes = append(w.strokes, text.Image{Box: box})
	}
}

// bounds returns where the object o stands on the page, on which place puts it; false
// if it is not seen.
func (w *objectWalk) bounds(ctx context.Context, o uint64, place Matrix) (box text.Box, ok bool) {
	m := w.p.m
	if !m.ok(ctx, "FPDFPageObj_GetBounds", o, m.out(0), m.out(4), m.out(8), m.out(12)) {
		return box, false
	}
	left, bottom, right, top := m.f32(0), m.f32(4), m.f32(8), m.f32(12)
	for i, corner := range [4][2]float64{{left, bottom}, {right, bottom}, {left, top}, {right, top}} {
		x, y := place.Point(corner[0], corner[1])
		b := w.p.place.box(x, y, x, y)
		if i == 0 {
			box = b
		}
		box = text.Box{X0: min(box.X0, b.X0), Y0: min(box.Y0, b.Y0), X1: max(box.X1, b.X1), Y1: max(box.Y1, b.Y1)}
	}
	if !Finite(box) {
		return box, false
	}
	box = text.Box{X0: max(box.X0, 0), Y0: max(box.Y0, 0), X1: min(box.X1, w.p.place.width), Y1: min(box.Y1, w.p.place.height)}
	return box, !box.Empty()
}

// image adds the picture o, which place puts on the page.
func (w *objectWalk) image(ctx context.Context, o uint64, place Matrix) {
	m := w.p.m
	box, ok := w.bounds(ctx, o, place)
	if !ok {
		return
	}
	im := text.Image{Box: box}
	if m.ok(ctx, "FPDFImageObj_GetImagePixelSize", o, m.out(0), m.out(4)) {
		im.Width, im.Height = int(m.u32(0)), int(m.u32(4))
	}
	w.images = append(w.images, im)

	// Scanning programs that do not know the invisible mode draw their text
	// first and the picture over it.
	area := (box.X1 - box.X0) * (box.Y1 - box.Y0)
	if area >= fullPage*w.p.place.width*w.p.place.height && !m.ok(ctx, "FPDFPageObj_HasTransparency", o) {
		for _, t := range w.texts {
			w.hidden[t] = true
		}
		w.texts = nil
	}
}

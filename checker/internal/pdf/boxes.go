//go:build !nopdfium

package pdf

import (
	"context"
	"math"

	"github.com/tetratelabs/wazero/api"

	"dasheval/checker/text"
)

// An em is the square of the font of a word: the boxes of its characters take
// their height from it, so that a full stop overlaps a capital beside it.
type em struct {
	box     text.Box
	upright bool // its height is the height of the page as displayed
}

// em returns the square of the font of character i.
func (p *pageReader) em(ctx context.Context, tp uint64, i int) em {
	m := p.m
	size := api.DecodeF64(m.call(ctx, "FPDFText_GetFontSize", tp, uint64(i)))
	if !m.ok(ctx, "FPDFText_GetMatrix", tp, uint64(i), m.out(0)) {
		return em{}
	}
	upX, upY := m.f32(8)*size, m.f32(12)*size
	if !m.ok(ctx, "FPDFText_GetCharOrigin", tp, uint64(i), m.out(0), m.out(8)) {
		return em{}
	}
	x, y := m.f64(0), m.f64(8)
	const ascent, descent = 0.75, 0.25
	return em{
		box:     p.place.box(x-descent*upX, y-descent*upY, x+ascent*upX, y+ascent*upY),
		upright: (math.Abs(upY) >= math.Abs(upX)) == (p.place.rotation&1 == 0),
	}
}

// fit stretches the box of a character to the em. It reports false if
// the character does not stand on the baseline of the em.
func (e em) fit(b text.Box) (text.Box, bool) {
	const most = 4 // ems that the box of one character may reach over
	switch sq := e.box; {
	case e.upright && min(b.Y1, sq.Y1) >= max(b.Y0, sq.Y0) && b.Y1-b.Y0 < most*(sq.Y1-sq.Y0):
		b.Y0, b.Y1 = sq.Y0, sq.Y1
	case !e.upright && min(b.X1, sq.X1) >= max(b.X0, sq.X0) && b.X1-b.X0 < most*(sq.X1-sq.X0):
		b.X0, b.X1 = sq.X0, sq.X1
	default:
		return b, false
	}
	return b, true
}

// charBox returns the box of character i: as wide as the character advances if
// its baseline is level in page coordinates, else around its ink.
func (p *pageReader) charBox(ctx context.Context, tp uint64, i int, e em) text.Box {
	m := p.m
	if level := e.upright == (p.place.rotation&1 == 0); level &&
		m.ok(ctx, "FPDFText_GetLooseCharBox", tp, uint64(i), m.out(0)) && m.f32(8) > m.f32(0) {
		return p.place.box(m.f32(0), m.f32(12), m.f32(8), m.f32(4))
	}
	if !m.ok(ctx, "FPDFText_GetCharBox", tp, uint64(i), m.out(0), m.out(8), m.out(16), m.out(24)) {
		return text.Box{}
	}
	left, right, bottom, top := m.f64(0), m.f64(8), m.f64(16), m.f64(24)
	return p.place.box(left, bottom, right, top)
}

// isTurned reports whether character i stands at more than 30 degrees to the
// level as displayed.
func (p *pageReader) isTurned(ctx context.Context, tp uint64, i int) bool {
	angle := p.m.float(ctx, "FPDFText_GetCharAngle", tp, uint64(i))
	if angle < 0 { // unknown
		return false
	}
	// The angle runs counter-clockwise, the rotation of the page clockwise.
	return math.Cos(angle-float64(p.place.rotation)*math.Pi/2) < math.Cos(math.Pi/6)
}

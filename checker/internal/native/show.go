package native

import (
	"hash/maphash"
	"math"
	"unicode"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// How the pen came to where it is.
type motion uint8

const (
	notMoved motion = iota
	byKern          // by a number in TJ
	byMove
)

// A pen is where the last character ended, as displayed.
type pen struct {
	set        bool
	moved      motion
	x, y       float64
	dirX, dirY float64 // of the baseline, of length 1
	em         float64
	width      float64 // of the last character, in thousandths of an em
	count      int     // characters of the last operator
}

// Modes of text that leave no ink, ISO 32000-1, table 106.
const (
	modeInvisible = 3
	modeClip      = 7
)

// A setting holds what stays the same over a string.
type setting struct {
	origin     matrix  // of text space, from where the string begins
	dirX, dirY float64 // of the baseline, of length 1
	upX, upY   float64 // the height of the em
	em         float64
	unit       float64 // displayed length of one unit of text space along the baseline
	turned     bool
}

// begin works out how a string that is shown now will stand. It reports false
// if it has no size or place.
func (r *reader) begin() (setting, bool) {
	m := r.tm.Then(r.ctm)
	m.E, m.F = m.Point(0, r.rise)
	s := setting{origin: m, upX: m.C * r.size, upY: m.D * r.size}
	s.unit = math.Hypot(m.A, m.B)
	s.em = math.Hypot(s.upX, s.upY)
	forward := s.unit
	if r.size*r.scale < 0 {
		forward = -forward
	}
	s.dirX, s.dirY = m.A/forward, m.B/forward
	s.turned = s.dirX < math.Cos(math.Pi/6)
	ok := s.unit > 0 && s.em > 1e-3 && s.em < 1e5 && math.Abs(m.E) < 1e6 && math.Abs(m.F) < 1e6
	return s, ok
}

// showOne shows the string of a Tj.
func (r *reader) showOne(s []byte) {
	r.count = 0
	r.show(s)
}

// showSpaced shows the strings of a TJ.
func (r *reader) showSpaced(args operands) {
	r.count = 0
	for _, a := range args {
		switch a.kind {
		case stringToken:
			r.show(a.b)
		case number:
			r.advance(-a.num / 1000 * r.size * r.scale)
			if r.pen.moved == notMoved {
				r.pen.moved = byKern
			}
		}
	}
}

// advance moves the pen along the line, in units of text space.
func (r *reader) advance(x float64) {
	r.tm.E += x * r.tm.A
	r.tm.F += x * r.tm.B
}

// show shows a string.
func (r *reader) show(s []byte) {
	f := r.font
	if len(s) == 0 {
		return
	}
	if f == nil {
		r.doubt(NoFont)
		return
	}
	if len(f.doubts) > 0 {
		r.doubt(f.doubts...)
	}
	r.drawn++
	at, ok := r.begin()
	if !ok {
		r.doubt(Unplaced)
	}
	drawn := ok && !r.again(s, at)
	x := 0.0
	for len(s) > 0 {
		if len(r.glyphs) >= maxGlyphs {
			r.doubt(TooMuch)
			return
		}
		code, n := f.next(s)
		w := float64(f.width(code))
		tx := w/1000*r.size + r.char
		if n == 1 && s[0] == ' ' {
			tx += r.word
		}
		s = s[n:]
		if drawn {
			r.character(code, at, x, w, tx*r.scale)
		}
		x += tx * r.scale
	}
	r.advance(x)
}

// character adds the character of a code that stands x along the string, is w
// thousandths of an em wide, and moves the pen by advance.
func (r *reader) character(code uint32, at setting, x, w, advance float64) {
	f := r.font
	one, many := f.unicode.get(code)
	if one == 0 && many == nil {
		r.doubt(NoUnicode)
		one = unicode.ReplacementChar
	} else if !f.composite && f.guessed[code] {
		r.doubt(NoUnicode)
	}
	ox, oy := at.origin.A*x+at.origin.E, at.origin.B*x+at.origin.F
	if r.pen.set && r.pen.moved != notMoved {
		next := one
		if next == 0 {
			next = many[0]
		}
		r.gap(at, ox, oy, w, next)
	}
	box := at.box(ox, oy, w/1000*r.size*r.scale)
	if one != 0 {
		r.put(one, box, at.turned)
	}
	for _, c := range many {
		r.put(c, box, at.turned)
	}
	r.count++
	r.pen = pen{
		set: true, count: r.count, x: ox + advance*at.origin.A, y: oy + advance*at.origin.B,
		dirX: at.dirX, dirY: at.dirY, em: at.em, width: w,
	}
}

func (r *reader) put(c rune, box text.Box, turned bool) {
	if unicode.IsSpace(c) {
		r.glyphs = append(r.glyphs, pdf.Glyph{Rune: ' '})
		return
	}
	if r.mode == modeInvisible || r.mode == modeClip {
		r.hidden++
	} else {
		r.shown++
	}
	if pdf.Finite(box) {
		r.glyphs = append(r.glyphs, pdf.Glyph{Rune: c, Box: box, Turned: turned})
	}
}

// The square of a font reaches from its descent to its ascent, the same for
// all, so that a full stop overlaps a capital beside it.
const ascent, descent = 0.75, 0.25

// box returns the place of a character that advances by width: as wide as that,
// and as high as the em.
func (s setting) box(x, y, width float64) text.Box {
	ex, ey := x+width*s.origin.A, y+width*s.origin.B
	if !s.turned {
		y0, y1 := y-descent*s.upY, y+ascent*s.upY
		return text.Box{X0: min(x, ex), Y0: min(y0, y1), X1: max(x, ex), Y1: max(y0, y1)}
	}
	return text.Box{
		X0: min(x, ex) + min(-descent*s.upX, ascent*s.upX), Y0: min(y, ey) + min(-descent*s.upY, ascent*s.upY),
		X1: max(x, ex) + max(-descent*s.upX, ascent*s.upX), Y1: max(y, ey) + max(-descent*s.upY, ascent*s.upY),
	}
}

// A shownText is a string shown a moment ago.
type shownText struct {
	hash uint64
	font *font
	x, y float64
}

var seed = maphash.MakeSeed()

// again reports whether the same string was just shown in this place, as fake
// bold does. Single characters are left to [pdf.Lines]: a narrow one may well
// stand twice in a row.
func (r *reader) again(s []byte, at setting) bool {
	if _, n := r.font.next(s); n == len(s) {
		return false
	}
	now := shownText{maphash.Bytes(seed, s), r.font, at.origin.E, at.origin.F}
	for _, t := range r.recent {
		if t.hash == now.hash && t.font == now.font && max(math.Abs(t.x-now.x), math.Abs(t.y-now.y)) < 0.15*at.em {
			return true
		}
	}
	r.recent[r.shows%len(r.recent)] = now
	r.shows++
	return false
}

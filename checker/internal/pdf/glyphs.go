//go:build !nopdfium

package pdf

import (
	"context"
	"unicode/utf16"

	"dasheval/checker/text"
)

// A glyphReader reads the characters of one page.
type glyphReader struct {
	*pageReader
	page   uint64          // pdfium's text page
	hidden map[uint64]bool // text objects that a reader does not see
	runes  []rune

	object    uint64 // text object of the last word
	square    em     // of that object
	turned    bool   // the line is
	out       []Glyph
	invisible int
	visible   int
}

// glyphs returns the characters of the page in the order of the file, with
// spaces and line ends as pdfium finds them, and how many of them are hidden
// and shown.
func (p *pageReader) glyphs(ctx context.Context, hiddenObjects map[uint64]bool) (out []Glyph, hidden, shown int) {
	m := p.m
	tp := m.call(ctx, "FPDFText_LoadPage", p.page)
	if tp == 0 {
		return nil, 0, 0
	}
	defer m.call(ctx, "FPDFText_ClosePage", tp)
	p.chars = min(m.count(ctx, "FPDFText_CountChars", tp), p.left)
	g := glyphReader{pageReader: p, page: tp, hidden: hiddenObjects, runes: p.runes(ctx, tp, p.chars)}
	g.read(ctx)
	return g.out, g.invisible, g.visible
}

// runes returns the first n characters. Where one is half of a surrogate pair,
// the pair stands in the place of the second half.
func (p *pageReader) runes(ctx context.Context, tp uint64, n int) []rune {
	if r := p.plainRunes(ctx, tp, n); r != nil {
		return r
	}
	out := make([]rune, n)
	var high rune
	for i := range out {
		r := rune(uint32(p.m.call(ctx, "FPDFText_GetUnicode", tp, uint64(i))))
		switch {
		case utf16.IsSurrogate(r) && r < 0xdc00:
			high, r = r, 0
		case utf16.IsSurrogate(r):
			r = utf16.DecodeRune(high, r)
		}
		out[i] = r
	}
	return out
}

// plainRunes fetches the characters in one call, which saves most of the time
// of reading a page. It returns nil if they do not map one to one to those
// that pdfium counts.
func (p *pageReader) plainRunes(ctx context.Context, tp uint64, n int) []rune {
	m := p.m
	if n == 0 {
		return nil
	}
	buf := m.alloc(ctx, 2*(n+1))
	defer m.free(ctx, buf)
	if got := m.count(ctx, "FPDFText_GetText", tp, 0, uint64(n), uint64(buf)); got != n+1 {
		return nil
	}
	raw, ok := m.mem.Read(buf, uint32(2*n))
	if !ok {
		return nil
	}
	out := make([]rune, n)
	for i := range out {
		r := rune(raw[2*i]) | rune(raw[2*i+1])<<8
		switch {
		case r == 0 || utf16.IsSurrogate(r):
			return nil
		case r == 0xfffe: // what this call says for a hyphen at the end of a line
			r = softBreak
		}
		out[i] = r
	}
	return out
}

// read splits the characters into words and reads the place of each.
func (g *glyphReader) read(ctx context.Context) {
	g.out = make([]Glyph, 0, len(g.runes))
	start, newLine := -1, true
	flush := func(end int) {
		if start < 0 {
			return
		}
		if newLine {
			g.turned = g.isTurned(ctx, g.page, start)
		}
		g.word(ctx, start, end)
		start, newLine = -1, false
	}
	for i, r := range g.runes {
		switch kind := kindOf(r); kind {
		case letter:
			if start < 0 {
				start = i
			}
			continue
		case ignored: // may stand in a word
			continue
		case hyphen:
			flush(i)
			g.out = append(g.out, Glyph{Rune: r, Box: g.charBox(ctx, g.page, i, g.square), Turned: g.turned})
		default:
			flush(i)
			g.out = append(g.out, Glyph{Rune: r})
			newLine = newLine || kind == lineEnd
		}
	}
	flush(len(g.runes))
}

// word adds the characters from start to end, which no space divides.
func (g *glyphReader) word(ctx context.Context, start, end int) {
	if object := g.m.call(ctx, "FPDFText_GetTextObject", g.page, uint64(start)); object != g.object || object == 0 {
		g.object, g.square = object, g.em(ctx, g.page, start)
	}
	if g.hidden[g.object] {
		g.invisible += end - start
	} else {
		g.visible += end - start
	}
	if g.evenly(ctx, start, end) {
		return
	}
	for i := start; i < end; i++ {
		if kindOf(g.runes[i]) == ignored {
			continue
		}
		raw := g.charBox(ctx, g.page, i, g.square)
		box, ok := g.square.fit(raw)
		if !ok {
			g.square = g.em(ctx, g.page, i)
			box, _ = g.square.fit(raw)
			g.object = 0 // the em is no longer that of the object
		}
		if Finite(box) {
			g.out = append(g.out, Glyph{Rune: g.runes[i], Box: box, Turned: g.turned})
		}
	}
}

// evenly adds the characters of an ordinary word with the places of its first
// and last, and those between at equal distances: every call of pdfium counts.
// It reports false, and adds nothing, if the word may not be ordinary.
func (g *glyphReader) evenly(ctx context.Context, start, end int) bool {
	n := end - start
	if n < 3 || g.turned || !g.square.upright {
		return false
	}
	for _, r := range g.runes[start:end] {
		if r > 0x24f { // beyond Latin
			return false
		}
	}
	a, okA := g.square.fit(g.charBox(ctx, g.page, start, g.square))
	b, okB := g.square.fit(g.charBox(ctx, g.page, end-1, g.square))
	step := (b.X0 - a.X0) / float64(n-1)
	if size := height(g.square.box); !okA || !okB || !Finite(a) || !Finite(b) || step < 0.2*size || step > size {
		return false
	}
	for i := range n {
		box := text.Box{X0: a.X0 + float64(i)*step, Y0: a.Y0, X1: a.X0 + float64(i+1)*step, Y1: a.Y1}
		switch i {
		case 0:
			box.X0 = a.X0
		case n - 1:
			box.X1 = b.X1
		}
		if kindOf(g.runes[start+i]) != ignored {
			g.out = append(g.out, Glyph{Rune: g.runes[start+i], Box: box})
		}
	}
	return true
}

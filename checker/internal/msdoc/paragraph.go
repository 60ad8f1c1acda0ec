package msdoc

import (
	"context"
	"fmt"
	"unicode/utf16"
)

// The signs of the text that are no letters (2.4.1, 2.4.2, 2.6.1).
const (
	signPicture    = 0x01
	signNote       = 0x02
	signCell       = 0x07
	signShape      = 0x08
	signTab        = 0x09
	signLine       = 0x0b
	signPage       = 0x0c
	signParagraph  = 0x0d
	signColumn     = 0x0e
	signFieldBegin = 0x13
	signFieldSep   = 0x14
	signFieldEnd   = 0x15
	signHyphen     = 0x1e // that does not break
	signSoftHyphen = 0x1f

	firstSymbol = 0xf000 // of those that are places in a font of symbols
	lastSymbol  = 0xf0ff
)

// A paragraph writes the characters of a paragraph.
type paragraph struct {
	*story
	style   int
	body    xmlWriter
	units   []uint16 // text that has not been written
	fields  []bool   // per open field: its result has begun
	pending int      // fields whose result has not
	joined  bool     // the mark is hidden or deleted
	held    *size    // of a picture that the next sign stands for
}

// A size is in twentieths of a point.
type size struct{ width, height int }

// chunk is the number of characters after which work is counted.
const chunk = 4096

func (g *paragraph) write(ctx context.Context, cp, end int) error {
	for cp < end {
		if err := ctx.Err(); err != nil {
			return err
		}
		piece := g.piece(cp)
		at := piece.offset(cp)
		run := g.chps.run(at)
		width := max((run.end-at+piece.width-1)/piece.width, 1)
		next := min(cp+min(width, chunk), piece.end, end)
		c := chp{picture: -1}
		if h := g.styles.hidden(g.style); h != nil {
			c.hidden = *h
		}
		c.apply(run.characters(), g.styles)
		c.apply(piece.sprms, g.styles)
		g.joined = c.hidden || c.deleted
		before := g.body.Len()
		work := next - cp + len(run.characters()) + len(piece.sprms)
		for ; cp < next; cp++ {
			if err := g.character(ctx, cp, &c); err != nil {
				return err
			}
		}
		if err := g.spend(work + g.body.Len() - before); err != nil {
			return err
		}
	}
	g.flush()
	return nil
}

func (g *paragraph) character(ctx context.Context, cp int, c *chp) error {
	u := g.text[cp]
	shown := !c.hidden && !c.deleted
	if u >= ' ' && c.symbol == 0 && (u < firstSymbol || u > lastSymbol) {
		if shown && g.pending == 0 {
			g.units = append(g.units, u)
		}
		return nil
	}
	switch u {
	case signFieldBegin, signFieldSep, signFieldEnd:
		g.field(u)
		return nil
	case signShape:
		// The text box of a line of text stands in the instruction of a field.
		if shown {
			g.flush()
			return g.shape(ctx, cp, g.pending == 0)
		}
		return nil
	}
	if shown && g.pending == 0 {
		g.sign(cp, c)
	}
	return nil
}

// field follows the signs of a field. Fields are followed within a paragraph
// only: one that runs on into the next is there in its result, which is shown.
func (g *paragraph) field(u uint16) {
	last := len(g.fields) - 1
	switch {
	case u == signFieldBegin:
		g.fields = append(g.fields, false)
		g.pending++
		return
	case last < 0:
		return
	}
	if !g.fields[last] {
		g.fields[last] = true
		g.pending--
	}
	if u == signFieldEnd {
		g.fields = g.fields[:last]
	}
}

// sign writes a sign that is no letter.
func (g *paragraph) sign(cp int, c *chp) {
	u := g.text[cp]
	element := ""
	switch {
	case c.symbol != 0:
		element = g.symbol(c.symbolFont, c.symbol)
	case u >= firstSymbol:
		element = g.symbol(c.font, int(u))
	case u == signTab:
		element = "<w:tab/>"
	case u == signLine, u == signColumn:
		element = "<w:br/>"
	case u == signPage && g.section(cp+1) < 0:
		element = `<w:br w:type="page"/>`
	case u == signHyphen:
		element = "<w:noBreakHyphen/>"
	case u == signSoftHyphen:
		element = "<w:softHyphen/>"
	case u == signNote:
		if _, ok := g.footRefs.exact(cp - g.base); ok {
			element = "<w:footnoteReference/>"
		}
	case u == signPicture && !c.data && !c.object:
		g.picture(c.picture)
	}
	if element != "" {
		g.flush()
		g.body.WriteString("<w:r>" + element + "</w:r>")
	}
}

// picture writes the picture in the text that is described at a place of the
// Data stream.
func (g *paragraph) picture(at int) {
	p, ok := inlinePicture(g.data.from(at))
	if !ok && g.held != nil {
		p, ok = *g.held, true
	}
	g.held = nil
	if ok {
		g.flush()
		g.body.drawing("wp:inline", p, true, nil)
	}
}

// symbol returns a w:sym.
func (d *document) symbol(font, code int) string {
	return "<w:sym" + attr("w:font", d.font(font)) + attr("w:char", fmt.Sprintf("%04X", code)) + "/>"
}

// shape writes what is in the shape that is anchored at cp.
func (g *paragraph) shape(ctx context.Context, cp int, shown bool) error {
	i, ok := g.shapes.exact(cp - g.base)
	if !ok {
		return nil
	}
	anchor := g.shapes.item(i) // an Spa
	id := anchor.i32(0)
	s := g.drawings[id]
	var boxes []byte
	for _, n := range s.boxes {
		b, err := g.box(ctx, n-1)
		if err != nil {
			return err
		}
		boxes = append(boxes, b...)
	}
	s.boxes = nil // each is written once
	g.drawings[id] = s
	at := size{max(anchor.i32(12)-anchor.i32(4), 0), max(anchor.i32(16)-anchor.i32(8), 0)}
	picture := s.picture && shown
	if s.picture && g.inText(cp) {
		g.held, picture = &at, false
	}
	if picture || len(boxes) > 0 {
		g.body.drawing("wp:anchor", at, picture, boxes)
	}
	return nil
}

// inText reports whether the shape at cp stands in the text rather than over
// it. Then it is in a field and a sign for a picture comes next, which is the
// same object once more.
func (g *paragraph) inText(cp int) bool {
	next := g.text[cp+1:]
	if len(next) > 0 && next[0] == signFieldSep {
		next = next[1:]
	}
	return len(g.fields) > 0 && len(next) > 0 && next[0] == signPicture
}

// box returns a text box, each one once.
func (g *paragraph) box(ctx context.Context, i int) ([]byte, error) {
	if i < 0 || i >= len(g.drawn) || g.drawn[i] {
		return nil, nil
	}
	g.drawn[i] = true
	inner := story{document: g.document}
	inner.out.open("w:txbxContent", "")
	if err := inner.write(ctx, g.boxText.part(g.boxes.at(i), g.boxes.at(i+1))); err != nil {
		return nil, err
	}
	inner.out.close("w:txbxContent")
	return inner.out.Bytes(), nil
}

// part returns the stretch of a span between two positions in it. They are
// checked: a text may not reach out of its part.
func (s span) part(from, to int) span {
	from = min(max(from, 0), s.end-s.start)
	to = min(max(to, from), s.end-s.start)
	return span{s.start + from, s.start + to}
}

// flush writes the text that has been read.
func (g *paragraph) flush() {
	if len(g.units) > 0 {
		g.body.characters(string(utf16.Decode(g.units)))
		g.units = g.units[:0]
	}
}

package native

import (
	"bytes"
	"context"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

const (
	// fullPage is the share of the page from which on a picture is one of the
	// whole page.
	fullPage = 0.8

	maxImages = 20_000 // of a page
	maxKept   = 1000   // pictures and forms that are looked up once
)

// do draws the picture or form of that name.
func (r *reader) do(ctx context.Context, s *scope, name []byte, depth int) error {
	v, ok := s.xobjects[string(name)]
	if !ok {
		v = s.resources.Key("XObject").Key(string(name))
		if s.xobjects == nil {
			s.xobjects = map[string]value{}
		}
		if len(s.xobjects) < maxKept {
			s.xobjects[string(name)] = v
		}
	}
	if !isStream(v) {
		r.doubt(Damaged)
		return nil
	}
	switch v.Key("Subtype").Name() {
	case "Image":
		r.only = placed{object: v, at: r.ctm}
		if len(r.squares) < maxSquares && isSquare(bounds(r.ctm, 0, 0, 1, 1)) {
			r.squares = append(r.squares, r.only)
		}
		r.image(int(v.Key("Width").Int64()), int(v.Key("Height").Int64()))
	case "Form":
		return r.form(ctx, s, v, depth)
	}
	return nil
}

// form runs the content of a form in a graphics state of its own.
func (r *reader) form(ctx context.Context, s *scope, v value, depth int) error {
	id := objectNumber(v)
	if depth == maxDepth || r.open[id] {
		r.doubt(Damaged)
		return nil
	}
	content, err := unpacked(ctx, v, nil, r.limits.MaxStream)
	if err != nil {
		r.doubt(doubtOf(err))
	}
	inner := &scope{resources: v.Key("Resources")}
	if !isDict(inner.resources) {
		inner.resources = s.resources
	}
	if r.open == nil {
		r.open = map[uint32]bool{}
	}
	r.open[id] = true
	defer delete(r.open, id)
	outer, stack, tm, line := r.state, r.stack, r.tm, r.line
	r.stack = nil
	r.ctm = transform(v.Key("Matrix")).Then(r.ctm)
	r.pen.moved = byMove
	err = r.run(ctx, content, inner, depth+1)
	r.state, r.stack, r.tm, r.line = outer, stack, tm, line
	r.pen.moved = byMove
	return err
}

// image adds the picture of so many pixels that fills the unit square.
func (r *reader) image(width, height int) {
	r.drawn++
	box := bounds(r.ctm, 0, 0, 1, 1)
	if !pdf.Finite(box) {
		return
	}
	box = text.Box{X0: max(box.X0, 0), Y0: max(box.Y0, 0), X1: min(box.X1, r.width), Y1: min(box.Y1, r.height)}
	if box.Empty() {
		return
	}
	if len(r.images) == maxImages {
		r.doubt(TooMuch)
		return
	}
	r.images = append(r.images, text.Image{Box: box, Width: width, Height: height})

	// Scanning programs that do not know the invisible mode draw their text
	// first and the picture over it. A graphics state may make the picture
	// transparent.
	if (box.X1-box.X0)*(box.Y1-box.Y0) >= fullPage*r.width*r.height && r.shown > 0 {
		r.hidden += r.shown
		r.shown = 0
		if r.graphics {
			r.doubt(Covered)
		}
	}
}

// inlineImage reads a picture in the content, from after BI to after EI.
func (r *reader) inlineImage(l *lexer) {
	var width, height int
	for key := ""; ; {
		t := l.next()
		switch {
		case t.kind == endOfData:
			r.doubt(Damaged)
			return
		case t.kind == name:
			key = string(t.b)
		case t.kind == number && (key == "W" || key == "Width"):
			width = int(t.num)
		case t.kind == number && (key == "H" || key == "Height"):
			height = int(t.num)
		}
		if t.kind == keyword && string(t.b) == "ID" {
			break
		}
	}
	if !l.skipPicture() {
		r.doubt(Damaged)
	}
	r.others++
	r.image(width, height)
}

// skipPicture skips the data of an inline picture and its EI: the first one
// between white space that text follows.
func (l *lexer) skipPicture() bool {
	for l.pos < len(l.data) {
		i := bytes.Index(l.data[l.pos:], []byte("EI"))
		if i < 0 {
			break
		}
		at := l.pos + i
		l.pos = at + 2
		before := at == 0 || class[l.data[at-1]] == white
		after := l.pos == len(l.data) || class[l.data[l.pos]] == white
		if before && after && plain(l.data[l.pos:min(l.pos+16, len(l.data))]) {
			return true
		}
	}
	l.pos = len(l.data)
	return false
}

// plain reports whether b is printable ASCII.
func plain(b []byte) bool {
	for _, c := range b {
		if c >= 0x7f || c < ' ' && class[c] != white {
			return false
		}
	}
	return true
}

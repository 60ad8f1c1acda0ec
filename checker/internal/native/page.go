package native

import (
	"context"
	"slices"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// A file is what the pages of a file share.
type file struct {
	limits Limits
	fonts  map[fontKey]*font
	left   int // characters that may still be read

	// Memory that one page hands to the next.
	content []byte
	glyphs  []pdf.Glyph
	args    []token
}

// A fontKey tells fonts apart: one that is no indirect object stands in one
// that is, under a name.
type fontKey struct {
	object uint32
	name   string
}

// page reads a page. It also returns the number of objects drawn on it, and the
// pictures of note.
func (f *file) page(ctx context.Context, number int, p leaf) (text.Page, int, doubts, pagePictures) {
	base, width, height := displayed(p.shown(), p.rotation)
	out := text.Page{Number: number, Width: width, Height: height, Origin: text.None}
	r := &reader{file: f, width: width, height: height, glyphs: f.glyphs[:0]}
	r.state = state{ctm: base, scale: 1}
	if len(f.fonts) > maxFonts {
		clear(f.fonts)
	}
	if err := r.read(ctx, p); err != nil {
		r.doubt(doubtOf(err))
	}
	f.glyphs = r.glyphs
	f.left -= len(r.glyphs)

	out.Images = r.images
	out.Raster = pdf.Raster(r.images, width, height)
	out.Images = append(out.Images, r.strokes...)
	out.Lines = pdf.Lines(r.glyphs)
	switch {
	case len(out.Lines) == 0:
		if r.shown+r.hidden > 0 {
			r.doubt(Unplaced)
		}
	case r.hidden > r.shown:
		out.Origin = text.Hidden
	default:
		out.Origin = text.Layer
	}
	r.doubt(judge(out.Lines)...)
	if r.others > 0 || len(r.images) != 1 || r.shown > 0 {
		r.only = placed{}
	}
	return out, r.drawn, r.doubts, pagePictures{r.only, r.squares}
}

// read runs the content of the page. Its error does not undo what was read
// before.
func (r *reader) read(ctx context.Context, p leaf) (err error) {
	defer guard(&err)
	if annotated(p.page) {
		r.doubt(Annotations)
	}
	contents := p.page.Key("Contents")
	streams := []value{contents}
	if n := contents.Len(); n > 0 {
		streams = streams[:0]
		for i := range min(n, maxStreams) {
			streams = append(streams, contents.Index(i))
		}
	}
	buf := r.content[:0]
	for _, s := range streams {
		if !isStream(s) {
			if !s.IsNull() || slices.Contains(p.page.Keys(), "Contents") {
				r.doubt(Damaged)
			}
			continue
		}
		if buf, err = unpacked(ctx, s, buf, r.limits.MaxStream-len(buf)); err != nil {
			r.doubt(doubtOf(err))
		}
		buf = append(buf, '\n') // streams are divided between tokens
	}
	r.content = buf
	return r.run(ctx, buf, &scope{resources: p.resources}, 0)
}

const (
	maxStreams = 10_000 // of one page
	maxFonts   = 1000   // kept from page to page, and on one page
)

// annotated reports whether the page has annotations beside plain links: they
// may show text, and pdfium reads it.
func annotated(page value) bool {
	notes := page.Key("Annots")
	for i := range notes.Len() {
		switch a := notes.Index(i); a.Key("Subtype").Name() {
		case "Link", "Popup":
			if isDict(a.Key("AP")) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

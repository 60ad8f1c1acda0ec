package extract

import (
	"context"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/photo"
	"dasheval/checker/text"
)

// paper is the longer side of the page that a picture file is shown on, in
// points: that of A4. What a camera says of its pixels is not about paper.
const paper = 842

// readPhoto returns a document without text, whose pages are the pictures of the
// file.
func readPhoto(kind string) reader {
	return func(ctx context.Context, p *parser, data []byte) (*text.Document, pictures, error) {
		ph, err := photo.Open(data, kind)
		if err != nil {
			return nil, nil, err
		}
		doc := &text.Document{Format: kind, Photo: true, Paged: true, Total: ph.Pages, Meta: map[string]string{}}
		if !ph.Taken.IsZero() {
			doc.Meta["taken"] = ph.Taken.Format(time.DateTime)
		}
		for i := range ph.Pages {
			// The size of a page is known when it is looked at.
			page := text.Page{Number: i + 1, Width: paper, Height: paper, Origin: text.None, Raster: 1}
			page.Images = []text.Image{{Box: text.Box{X1: paper, Y1: paper}}}
			doc.Pages = append(doc.Pages, page)
		}
		return doc, func(ctx context.Context, pages []int, yield func(int, picture) error) error {
			for _, n := range pages {
				if ctx.Err() != nil {
					return context.Cause(ctx)
				}
				im, err := ph.Page(n - 1)
				if err != nil && ph.Pages == 1 {
					return err
				}
				if err != nil {
					continue // the page stays unread
				}
				page := &doc.Pages[n-1]
				w, h := float64(im.Bounds().Dx()), float64(im.Bounds().Dy())
				if ph.Turns%2 == 1 {
					w, h = h, w
				}
				page.Width, page.Height = paper*w/max(w, h), paper*h/max(w, h)
				if min(w, h) < small {
					page.Raster = 0 // an icon
				}
				page.Images[0] = text.Image{Box: text.Box{X1: page.Width, Y1: page.Height}, Width: int(w), Height: int(h)}
				if err := yield(n, pictureOf(im, page.Images[0].Box, ph.Turns)); err != nil {
					return err
				}
			}
			return nil
		}, nil
	}
}

// shown returns an error if nobody looked at the pictures of the document, or there
// is nothing on them. A picture without text is evidence too: a photo.
func shown(doc *text.Document) error {
	looked, empty := false, true
	for _, p := range doc.Pages {
		looked = looked || p.Engine == text.Tesseract
		empty = empty && p.Engine == text.Tesseract && p.Raster == 0
	}
	switch {
	case !looked:
		return evidence.ErrImageOnly
	case empty:
		return evidence.ErrEmpty
	}
	return nil
}

// small is the side, in pixels, that a photo of anything has.
const small = 150

package extract

import (
	"context"
	"image"
	"slices"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/scan"
	"dasheval/checker/text"
)

// resolution is what pages are looked at in, in pixels per inch. More takes text
// recognition longer and reads no better.
const resolution = 200

// A picture is one of a whole page, and where it stands on it.
type picture struct {
	scan *scan.Picture
	box  text.Box // in points, as displayed
}

// pictures hands on the pictures of pages, numbered from 1 and ascending. What
// cannot be drawn is left out. It stops at the error of yield and returns it.
type pictures func(ctx context.Context, pages []int, yield func(page int, p picture) error) error

// longest is the longer side of a page, in inches, from which on its size says
// nothing about paper: some programs give it in pixels.
const longest = 17

// pictureOf returns what is looked at of the picture that stands in box on its
// page.
func pictureOf(im image.Image, box text.Box, turns int) picture {
	b := im.Bounds()
	w, h := b.Dx(), b.Dy()
	if turns%2 == 1 {
		w, h = h, w
	}
	dpi := 72 * float64(w) / max(box.X1-box.X0, 1)
	if side := float64(max(w, h)); side/dpi > longest {
		const paper = 11.7 // A4
		dpi = side / paper
	}
	return picture{scan.New(im, dpi).Turned(turns).Scaled(resolution), box}
}

// drawn returns the pictures of a PDF file: as they stand in the file where a
// page is nothing else, else as pdfium draws them. r may be nil.
func (p *parser) drawn(data []byte, doc *text.Document, r *native.Result) pictures {
	return func(ctx context.Context, pages []int, yield func(int, picture) error) error {
		var rest []int
		for _, n := range pages {
			if r != nil && len(r.Doubts[n-1]) == 0 { // notes are drawn over the picture
				if pic, err := r.Picture(ctx, n-1); err == nil && fills(pic.Box, doc, n) {
					if err := yield(n, pictureOf(pic.Image, pic.Box, pic.Turns)); err != nil {
						return err
					}
					continue
				}
			}
			rest = append(rest, n)
		}
		if len(rest) == 0 || !pdf.Available {
			return nil
		}
		if err := p.prepare(); err != nil {
			return err
		}
		var stopped error
		err := p.pdf.Render(ctx, data, rest, resolution, pdf.Limits{Time: p.cfg.MaxTime}, func(n int, im image.Image) error {
			i, ok := slices.BinarySearchFunc(doc.Pages, n, func(p text.Page, n int) int { return p.Number - n })
			if !ok {
				return nil
			}
			page := text.Box{X1: doc.Pages[i].Width, Y1: doc.Pages[i].Height}
			stopped = yield(n, pictureOf(im, page, 0))
			return stopped
		})
		if stopped != nil {
			return stopped
		}
		if isReason(err) {
			return nil // what was not drawn stays unread
		}
		return err
	}
}

// fills reports whether a picture that stands in box is the whole of page n, from
// 1, as far as it is shown.
func fills(box text.Box, doc *text.Document, n int) bool {
	const slack = 0.02 // of the page, over its edge
	p := doc.Pages[n-1]
	return p.Raster >= minRaster && box.X0 >= -slack*p.Width && box.Y0 >= -slack*p.Height && box.X1 <= (1+slack)*p.Width && box.Y1 <= (1+slack)*p.Height
}

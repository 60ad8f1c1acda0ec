package extract

import (
	"bytes"
	"context"
	"image"
	"slices"

	"dasheval/checker/internal/ocr"
	"dasheval/checker/internal/scan"
)

// underInk reads once more what a stamp or a pen runs over, most often the name and
// number below a signature, with nothing left but what is as dark as print.
func (p *parser) underInk(ctx context.Context, s *scan.Picture, read []ocr.Word, marks []scan.Mark) ([]ocr.Word, error) {
	const (
		stroke = 8   // mm
		head   = 0.2 // share of the page; a logo stands there
	)
	margin := int(s.DPI * 0.4)
	var around image.Rectangle
	var inked []image.Rectangle
	for _, m := range marks {
		if m.Kind == scan.Ink && m.Longest >= stroke && float64(m.Y1) > head*float64(s.Height) {
			inked = append(inked, image.Rect(m.X0, m.Y0, m.X1, m.Y1))
			around = around.Union(image.Rect(m.X0-2*margin, m.Y0-margin, m.X1+5*margin, m.Y1+2*margin))
		}
	}
	around = around.Intersect(image.Rect(0, 0, s.Width, s.Height))
	if around.Empty() || len(read) == 0 {
		return read, nil
	}
	print := printOnly(s, read, around)
	if !hides(print, around.Min, inked, read) {
		return read, nil
	}
	again, err := p.words(ctx, print, ocr.Page)
	if err != nil {
		return nil, err
	}
	return better(read, again, around.Min), nil
}

// hides reports whether print that was not read is left below ink: dark pixels that
// belong to no word. The picture is a part of the page that begins at a point.
func hides(print *scan.Picture, at image.Point, inked []image.Rectangle, read []ocr.Word) bool {
	const (
		dark = 255 // anything but paper
		few  = 0.6 // mm² of print: less than a letter
	)
	var words []image.Rectangle
	for _, w := range read {
		if w.Confidence >= goodRead {
			words = append(words, image.Rect(w.X0, w.Y0, w.X1, w.Y1).Inset(-2))
		}
	}
	n := 0
	for _, r := range inked {
		for y := r.Min.Y; y < r.Max.Y; y++ {
			row := print.Luma[(y-at.Y)*print.Width:]
			for x := r.Min.X; x < r.Max.X; x++ {
				if row[x-at.X] < dark && !slices.ContainsFunc(words, func(w image.Rectangle) bool { return image.Pt(x, y).In(w) }) {
					n++
				}
			}
		}
	}
	mm := 25.4 / print.DPI
	return float64(n)*mm*mm >= few
}

// missed reads the rows of letters that were passed over: recognition takes lone
// labels beside a column of text, and what stands beside a chart, for no text.
func (p *parser) missed(ctx context.Context, s *scan.Picture, read []ocr.Word) ([]ocr.Word, error) {
	rows := s.Unread(scanned(read))
	var around image.Rectangle
	margin := int(s.DPI / 25)
	for i := range rows {
		rows[i] = rows[i].Inset(-margin).Intersect(image.Rect(0, 0, s.Width, s.Height))
		around = around.Union(rows[i])
	}
	if around.Empty() {
		return read, nil
	}
	again, err := p.words(ctx, only(s, around, rows), ocr.Block)
	if err != nil {
		return nil, err
	}
	return better(read, again, around.Min), nil
}

// beside reads the page once more without its pictures, if it has any: patterns
// that a scanner makes of their shades lead recognition astray.
func (p *parser) beside(ctx context.Context, s *scan.Picture, read []ocr.Word) ([]ocr.Word, error) {
	const large = 35 // mm
	var without *scan.Picture
	for _, m := range s.Marks(nil) {
		if m.Longest < large {
			continue
		}
		if without == nil {
			c := *s
			c.Luma = slices.Clone(s.Luma)
			without = &c
		}
		for y := m.Y0; y < m.Y1; y++ {
			row := without.Luma[y*s.Width+m.X0 : y*s.Width+m.X1]
			copy(row, bytes.Repeat([]byte{255}, len(row)))
		}
	}
	if without == nil {
		return read, nil
	}
	again, err := p.words(ctx, without, ocr.Page)
	if err != nil || legible(again) < legible(read) {
		return read, err
	}
	return p.missed(ctx, without, again)
}

// only returns a part of a picture on which there is nothing but some rectangles.
func only(s *scan.Picture, r image.Rectangle, parts []image.Rectangle) *scan.Picture {
	out := &scan.Picture{Width: r.Dx(), Height: r.Dy(), DPI: s.DPI, Luma: bytes.Repeat([]byte{255}, r.Dx()*r.Dy())}
	for _, b := range parts {
		for y := b.Min.Y; y < b.Max.Y; y++ {
			copy(out.Luma[(y-r.Min.Y)*r.Dx()+b.Min.X-r.Min.X:], s.Luma[y*s.Width+b.Min.X:y*s.Width+b.Max.X])
		}
	}
	return out
}

// unsure reads once more what was read with little confidence, alone and without
// specks.
func (p *parser) unsure(ctx context.Context, s *scan.Picture, read []ocr.Word) ([]ocr.Word, error) {
	var parts []image.Rectangle
	var around image.Rectangle
	for _, box := range doubtful(read) {
		if box.Dy() <= int(s.DPI/2) {
			part := box.Inset(-box.Dy() / 2).Intersect(image.Rect(0, 0, s.Width, s.Height))
			parts, around = append(parts, part), around.Union(part)
		}
	}
	if around.Empty() {
		return read, nil
	}
	again, err := p.words(ctx, despeckled(only(s, around, parts)), ocr.Block)
	if err != nil {
		return nil, err
	}
	return better(read, again, around.Min), nil
}

// doubtful returns the stretches of lines that are least sure, a few at most.
func doubtful(read []ocr.Word) []image.Rectangle {
	const most, long = 4, 8 // stretches of a page, characters of one
	var out []image.Rectangle
	for i := 0; i < len(read) && len(out) < most; {
		var box image.Rectangle
		sum, chars, line := 0.0, 0, read[i].Line
		j := i
		for ; j < len(read) && read[j].Line == line && read[j].Confidence < goodRead; j++ {
			w := read[j]
			box = box.Union(image.Rect(w.X0, w.Y0, w.X1, w.Y1))
			sum += w.Confidence * float64(len(w.Text))
			chars += len(w.Text)
		}
		if chars >= long && sum < fairRead*float64(chars) {
			out = append(out, box)
		}
		i = max(j, i+1)
	}
	return out
}

// despeckled returns the picture, each pixel the middle one of its nine neighbours.
func despeckled(s *scan.Picture) *scan.Picture {
	out := &scan.Picture{Width: s.Width, Height: s.Height, DPI: s.DPI, Luma: bytes.Repeat([]byte{255}, len(s.Luma))}
	var near [9]byte
	for y := 1; y < s.Height-1; y++ {
		for x := 1; x < s.Width-1; x++ {
			above, here, below := (y-1)*s.Width+x, y*s.Width+x, (y+1)*s.Width+x
			if s.Luma[here] == 255 && s.Luma[above] == 255 && s.Luma[below] == 255 {
				continue // most of the picture
			}
			copy(near[0:], s.Luma[above-1:above+2])
			copy(near[3:], s.Luma[here-1:here+2])
			copy(near[6:], s.Luma[below-1:below+2])
			slices.Sort(near[:])
			out.Luma[here] = near[4]
		}
	}
	return out
}

// better returns the words of two readings, the second one of a part of the page
// that begins at a point. Where they overlap, the surer one stays, unless it has
// but a piece of what the other one has.
func better(read, again []ocr.Word, at image.Point) []ocr.Word {
	line := 0
	for _, w := range read {
		line = max(line, w.Line)
	}
	var sure []ocr.Word
	for _, w := range again {
		if w.Confidence >= clear {
			w.X0, w.X1, w.Y0, w.Y1, w.Line = w.X0+at.X, w.X1+at.X, w.Y0+at.Y, w.Y1+at.Y, w.Line+line
			sure = append(sure, w)
		}
	}
	box := func(w ocr.Word) image.Rectangle { return image.Rect(w.X0, w.Y0, w.X1, w.Y1) }
	common := func(a, b ocr.Word) int { c := box(a).Intersect(box(b)); return c.Dx() * c.Dy() }
	same := func(a, b ocr.Word) bool {
		return 4*common(a, b) > min(box(a).Dx()*box(a).Dy(), box(b).Dx()*box(b).Dy())
	}
	whole := func(old ocr.Word) bool {
		n := 0
		for _, w := range sure {
			n += common(old, w)
		}
		return 10*n >= 6*box(old).Dx()*box(old).Dy()
	}
	kept := slices.Clone(read)
	for _, w := range sure {
		if slices.ContainsFunc(read, func(old ocr.Word) bool {
			return same(old, w) && (old.Confidence >= min(goodRead, w.Confidence) || !whole(old))
		}) {
			continue
		}
		kept = slices.DeleteFunc(kept, func(k ocr.Word) bool { return k.Line <= line && same(k, w) })
		kept = append(kept, w)
	}
	return kept
}

// printOnly returns a part of a picture without colour, and without what is paler
// than the words that were read for certain.
func printOnly(s *scan.Picture, read []ocr.Word, r image.Rectangle) *scan.Picture {
	var hist [256]int
	n := 0
	for _, w := range read {
		if w.Confidence < goodRead {
			continue
		}
		for y := max(w.Y0, 0); y < min(w.Y1, s.Height); y++ {
			for x := max(w.X0, 0); x < min(w.X1, s.Width); x++ {
				hist[s.Luma[y*s.Width+x]]++
				n++
			}
		}
	}
	// A tenth of a word's box is the core of its strokes, half of it is paper.
	dark, paper := level(&hist, n/10), level(&hist, n/2)
	limit := byte(dark + (paper-dark)*45/100)
	if s.Chroma != nil {
		s = s.WithoutColour()
	}
	out := &scan.Picture{Width: r.Dx(), Height: r.Dy(), DPI: s.DPI, Luma: make([]byte, 0, r.Dx()*r.Dy())}
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for _, v := range s.Luma[y*s.Width+r.Min.X : y*s.Width+r.Max.X] {
			if v > limit && n > 0 {
				v = 255
			}
			out.Luma = append(out.Luma, v)
		}
	}
	return out
}

// level returns the brightness below which so many pixels lie.
func level(hist *[256]int, n int) int {
	for v, k := range hist {
		if n -= k; n < 0 {
			return v
		}
	}
	return 255
}

// within reports whether a word stands between two others of its line that are
// clear, as the figure in a name does.
func within(w ocr.Word, read []ocr.Word) bool {
	before, after := false, false
	for _, o := range read {
		if o.Line != w.Line || o.Confidence < clear {
			continue
		}
		far := 2 * (o.Y1 - o.Y0)
		before = before || o.X1 <= w.X0 && w.X0-o.X1 < far
		after = after || o.X0 >= w.X1 && o.X0-w.X1 < far
	}
	return before && after
}

// likely returns the words of a page without those that are taller than others and
// that recognition is not sure of: it reads signatures as words.
func likely(read []ocr.Word) []ocr.Word {
	usual := usualHeight(read)
	return slices.DeleteFunc(slices.Clone(read), func(w ocr.Word) bool { return w.Confidence < clear && 2*(w.Y1-w.Y0) > 3*usual })
}

// usualHeight returns the middle height of words, in pixels.
func usualHeight(read []ocr.Word) int {
	heights := []int{0}
	for _, w := range read {
		heights = append(heights, w.Y1-w.Y0)
	}
	slices.Sort(heights)
	return heights[len(heights)/2]
}

package extract

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"image"
	"math"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"dasheval/checker/internal/ocr"
	"dasheval/checker/internal/scan"
	"dasheval/checker/text"
)

// When text is recognised.
const (
	OCRAuto  = "auto"  // on pages that are pictures
	OCROff   = "off"   // never
	OCRForce = "force" // on all pages, whatever text they have
)

// OCRModes lists when text can be recognised.
func OCRModes() []string { return []string{OCRAuto, OCROff, OCRForce} }

// recognise reads the pages of doc that are pictures: their words, and what
// else is on them. It reads as many as the limits allow.
func (p *parser) recognise(ctx context.Context, doc *text.Document, pics pictures) error {
	if p.cfg.OCR.Mode == OCROff || pics == nil {
		return nil
	}
	pages := p.chosen(doc)
	if p.read == nil {
		return p.hints(ctx, doc, pics, pages)
	}
	agreed, err := p.pages(ctx, doc, pics, pages)
	if err != nil {
		return err
	}
	// A scanner's text on pages beyond the limit is used if it agrees with what is
	// read on all the others; such pages stay unread.
	for i := range doc.Pages {
		page := &doc.Pages[i]
		switch {
		case page.Origin != text.Hidden:
		case agreed >= fairLayer:
			page.Grade = text.Fair
		default:
			page.Grade = text.Poor
		}
	}
	return nil
}

// hints looks for ink and QR codes on pages that nobody can read: on the first one,
// and on the last ones, where signatures stand. The pages stay unread.
func (p *parser) hints(ctx context.Context, doc *text.Document, pics pictures, pages []int) error {
	const last = 2
	if len(pages) > last+1 {
		pages = slices.Concat(pages[:1], pages[len(pages)-last:])
	}
	return pics(ctx, pages, func(n int, pic picture) error {
		i, ok := slices.BinarySearchFunc(doc.Pages, n, func(p text.Page, n int) int { return p.Number - n })
		if ok && doc.Pages[i].Origin == text.None {
			page := &doc.Pages[i]
			s, skew := straight(pic.scan)
			page.Skew, page.Grade = skew, text.NoText
			page.Marks = seen{scan: s, box: pic.box}.marks(s.Marks(nil))
		}
		return ctx.Err()
	})
}

// fairLayer is the share of the words of a page that what is read and a scanner's
// text have to have in common.
const fairLayer = 0.8

// chosen returns the pages to read. Of more than the limit these are the first and
// the last ones: a document says at its beginning what it is, and at its end who
// signed it.
func (p *parser) chosen(doc *text.Document) []int {
	var out []int
	for i := range doc.Pages {
		page := &doc.Pages[i]
		outlines := letters(*page) == 0 // or text drawn as outlines
		if p.cfg.OCR.Mode == OCRForce || page.Pictured() || outlines {
			out = append(out, page.Number)
		}
	}
	if most := p.cfg.OCR.MaxPages; len(out) > most {
		last := most / 3
		out = slices.Concat(out[:most-last], out[len(out)-last:])
	}
	return out
}

// pages reads pages. agreed is the least share of the words of one page that the
// text it had before and what is read have in common, 0 if no page had any.
func (p *parser) pages(ctx context.Context, doc *text.Document, pics pictures, numbers []int) (agreed float64, err error) {
	if len(numbers) == 0 {
		return 0, nil
	}
	ctx, cancel := context.WithTimeoutCause(ctx, p.cfg.OCR.MaxTime, errBudget)
	defer cancel()
	index := map[int]*text.Page{}
	for i := range doc.Pages {
		index[doc.Pages[i].Number] = &doc.Pages[i]
	}
	var (
		work   sync.WaitGroup
		mu     sync.Mutex // guards the fields below
		failed error
		least  = 1.0
		any    bool
	)
	slots := make(chan struct{}, max(p.side, 1))
	err = pics(ctx, numbers, func(n int, pic picture) error {
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		slots <- struct{}{}
		work.Go(func() {
			defer func() { <-slots }()
			page := index[n] // no two goroutines have the same one
			before := map[string]bool{}
			if page.Origin == text.Hidden {
				before = words(page)
			}
			err := p.page(ctx, page, pic)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				// A page that the program fails on stays unread.
				if ctx.Err() != nil {
					failed = cmp.Or(failed, err)
				}
				return
			}
			if len(before) > 0 {
				least, any = min(least, common(before, words(page))), true
			}
		})
		return nil
	})
	work.Wait()
	err = errors.Join(err, failed)
	if errors.Is(context.Cause(ctx), errBudget) {
		err = nil // what was not read is told page by page
	}
	if !any {
		least = 0
	}
	return least, err
}

// common returns the share of the words of two texts that both have.
func common(a, b map[string]bool) float64 {
	both := 0
	for w := range a {
		if b[w] {
			both++
		}
	}
	return 2 * float64(both) / float64(max(len(a)+len(b), 1))
}

// errBudget says that the time for the pictures of a file is used up.
var errBudget = errors.New("the time for text recognition is used up")

// longWord is the number of letters from which on a word says whether two texts
// are the same.
const longWord = 4

// words returns the longer words of a page.
func words(p *text.Page) map[string]bool {
	out := map[string]bool{}
	for _, l := range p.Lines {
		for _, w := range l.Words {
			if f := strings.Trim(text.Fold(w.Text), ".,:;()"); len(f) >= longWord {
				out[f] = true
			}
		}
	}
	return out
}

// page reads the picture of a page and puts what it says in the place of what
// the page said before.
func (p *parser) page(ctx context.Context, page *text.Page, pic picture) error {
	s := pic.scan
	if blank(s) {
		page.Engine, page.Grade, page.Origin, page.Lines = text.Tesseract, text.NoText, text.None, nil
		page.Raster, page.Images = 0, nil // there is nothing to see
		return nil
	}
	s, skew := straight(s)
	read, err := p.words(ctx, s, ocr.Page)
	if err == nil {
		read, err = p.missed(ctx, s, read)
	}
	if err != nil {
		return err
	}
	if !enough(read) {
		if read, err = p.beside(ctx, s, read); err != nil {
			return err
		}
	}
	if !enough(read) {
		if turned, better, err := p.turned(ctx, pic.scan, read); err != nil {
			return err
		} else if better != nil {
			s, read, skew = turned, better, 0
			if s.Width != pic.scan.Width { // the page lies on its side
				page.Width, page.Height = page.Height, page.Width
				pic.box = text.Box{X1: page.Width, Y1: page.Height}
			}
		}
	}
	seen := seen{scan: s, box: pic.box}
	marks := s.Marks(scanned(likely(read)))
	surer, err := p.underInk(ctx, s, read, marks)
	if err == nil {
		surer, err = p.unsure(ctx, s, surer)
	}
	if err != nil {
		return err
	}
	if !slices.Equal(read, surer) {
		read = surer
		marks = s.Marks(scanned(likely(read)))
	}
	page.Origin, page.Engine, page.Skew = text.OCR, text.Tesseract, skew
	page.Grade = grade(read)
	if page.Grade == text.NoText {
		if len(s.Unread(nil)) >= fewRows {
			page.Grade = text.Poor // there is text, and nobody can read it
		}
		read = nil
	}
	page.Marks, page.Grids = seen.marks(marks), seen.grids(read)
	page.Lines = seen.lines(legend(read, marks))
	if len(page.Lines) == 0 {
		page.Origin = text.None
	}
	return nil
}

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

// legend returns the words of a page without lone signs that recognition is not
// sure of, and without those that it saw in ink: lone ones, and what it is not sure
// of and is tall or part of something larger.
func legend(read []ocr.Word, marks []scan.Mark) []ocr.Word {
	usual := usualHeight(read)
	return slices.DeleteFunc(slices.Clone(read), func(w ocr.Word) bool {
		box := image.Rect(w.X0, w.Y0, w.X1, w.Y1)
		alone := utf8.RuneCountInString(strings.Trim(w.Text, ".,:;-|'")) <= 1
		if alone && w.Confidence < clear && !within(w, read) {
			return true
		}
		return (w.Confidence < fairRead || alone) && slices.ContainsFunc(marks, func(m scan.Mark) bool {
			common := box.Intersect(image.Rect(m.X0, m.Y0, m.X1, m.Y1))
			return 4*common.Dx()*common.Dy() > 3*box.Dx()*box.Dy() && (2*(m.Y1-m.Y0) > 3*box.Dy() || 5*box.Dy() > 8*usual)
		})
	})
}

// straight returns the page set straight, and by how many degrees it stood askew,
// 0 if so little that nothing is gained.
func straight(s *scan.Picture) (*scan.Picture, float64) {
	const little = 0.05
	skew := s.Skew()
	if math.Abs(skew) < little {
		return s, 0
	}
	return s.Rotated(skew), skew
}

// blank reports whether nothing is on a page: fewer dark pixels than a word has.
func blank(s *scan.Picture) bool {
	const pale, most = 40, 200 // steps below the paper, pixels
	var hist [256]int
	for _, v := range s.Luma {
		hist[v]++
	}
	dark := level(&hist, len(s.Luma)*3/4) - pale
	n := 0
	for _, v := range s.Luma {
		if int(v) < dark {
			if n++; n > most {
				return false
			}
		}
	}
	return true
}

// words reads a picture.
func (p *parser) words(ctx context.Context, s *scan.Picture, layout ocr.Layout) ([]ocr.Word, error) {
	table, err := p.read(ctx, s.PGM(), int(s.DPI+0.5), layout)
	if err != nil {
		return nil, err
	}
	return ocr.Parse(table)
}

// fewRows is the number of rows of letters from which on a page has text: a photo has
// fewer.
const fewRows = 3

// turned tries the three other ways in which the page may lie, and returns the
// one that reads far better, nil if there is none.
func (p *parser) turned(ctx context.Context, s *scan.Picture, read []ocr.Word) (*scan.Picture, []ocr.Word, error) {
	const better = 3 // times as much
	most := better*legible(read) + minLetters
	if sideways(read) {
		most = minLetters
	}
	var best *scan.Picture
	var bestRead []ocr.Word
	for _, quarters := range []int{2, 1, 3} {
		t, _ := straight(s.Turned(quarters))
		if len(t.Unread(nil)) < fewRows {
			continue
		}
		words, err := p.words(ctx, t, ocr.Page)
		if err != nil {
			return nil, nil, err
		}
		if n := legible(words); n > most && !sideways(words) {
			best, bestRead, most = t, words, n
		}
		if enough(words) {
			break
		}
	}
	return best, bestRead, nil
}

// Words read with more confidence than clear are right more often than not, and
// what is short and read with less than unclear is no word. Codes and numbers are
// in no dictionary, so that recognition is never sure of them.
const (
	clear   = 60
	unclear = 30
	short   = 3 // characters
)

// legible returns the number of letters of the words that are clear.
func legible(words []ocr.Word) int {
	n := 0
	for _, w := range words {
		if w.Confidence >= clear && len(w.Text) > 2 {
			n += len(w.Text)
		}
	}
	return n
}

// enough reports whether so much of a page is clear that it lies upright.
func enough(words []ocr.Word) bool {
	const upright = 60 // letters
	n := 0
	for _, w := range words {
		n += len(w.Text)
	}
	l := legible(words)
	return l >= upright && 3*l >= n && !sideways(words)
}

// sideways reports whether most longer words are higher than wide: recognition
// reads lines that run up or down the page too, and loses their order.
func sideways(words []ocr.Word) bool {
	high, all := 0, 0
	for _, w := range words {
		if w.Confidence >= clear && utf8.RuneCountInString(w.Text) >= longWord {
			all++
			if w.Y1-w.Y0 > w.X1-w.X0 {
				high++
			}
		}
	}
	return 2*high > all
}

// Confidence, weighed by the length of words, from which on a page is read so
// well, and the number of words that a page of text has.
const (
	goodRead = 80
	fairRead = 65
	fewWords = 12
)

// grade says how well a page was read. The scattered letters that recognition
// sees in a photo are no text.
func grade(words []ocr.Word) text.Grade {
	sum, n, clearWords := 0.0, 0, 0
	for _, w := range words {
		sum += w.Confidence * float64(len(w.Text))
		n += len(w.Text)
		if w.Confidence >= clear {
			clearWords++
		}
	}
	mean := sum / float64(max(n, 1))
	switch {
	case n == 0 || clearWords < fewWords && mean < fairRead:
		return text.NoText
	case mean >= goodRead:
		return text.Good
	case mean >= fairRead:
		return text.Fair
	}
	return text.Poor
}

// pace is how long the pictures of one file are read, at most, if nothing else
// is asked for: a page takes one to three seconds.
const (
	pace     = 10 * time.Minute
	maxPages = 60
)

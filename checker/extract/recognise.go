package extract

import (
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

package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"sync"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/report"
	"dasheval/checker/text"
)

// mostPictures is how many pictures of pages a report holds: more make a file that
// nobody can send.
const mostPictures = 300

// pictureTime is how long they may take together.
const pictureTime = 5 * time.Minute

// An album draws places in the documents of a pile, each when it is asked for.
type album struct {
	ctx    context.Context
	pile   []string
	cfg    extract.Config
	reveal bool

	once    sync.Once
	files   map[string]evidence.File
	digests map[string]string // of the documents as they were evaluated
	same    map[string]bool   // files that still have those bytes
	dull    map[string]bool   // files of which nothing could be drawn
	until   time.Time         // when no more is drawn
	drawer  *extract.Drawer
	drawn   int
	left    int // pictures that there was no more room for
}

// pictures returns an album of the piles at paths, nil if no output can show any.
func (a *app) pictures(ctx context.Context, s *settings, r *report.Report, paths []string, outs []output, c *showing) *album {
	shows := false
	for _, o := range outs {
		shows = shows || o.format.Pictures
	}
	if !shows || c.noPictures || len(paths) == 0 {
		return nil
	}
	digests := map[string]string{}
	for _, d := range r.Documents {
		digests[d.Path] = d.SHA256
	}
	return &album{ctx: ctx, pile: paths, digests: digests, same: map[string]bool{}, dull: map[string]bool{}, reveal: c.reveal, cfg: extract.Config{
		Workers: 1, CacheDir: cacheDir(), MaxSize: s.size("max-size"), MaxTime: s.duration("max-time"), MaxMemory: s.size("max-memory"),
		Engine: s.text("engine"), Worker: workerCommand(), OCR: extract.OCR{Mode: extract.OCROff}, Log: a.log(),
	}}
}

// picture is the [report.PictureFunc] of the album.
func (b *album) picture(document string, page int, box [4]float64) ([]byte, error) {
	b.once.Do(b.open)
	f, ok := b.files[document]
	if !ok || b.drawer == nil || !b.unchanged(document, f) {
		return nil, report.ErrNoPicture
	}
	if b.dull[document] || b.ctx.Err() != nil {
		return nil, report.ErrNoPicture // an interrupted run still gives its report
	}
	if b.drawn >= mostPictures || time.Now().After(b.until) {
		b.left++
		return nil, report.ErrNoPicture
	}
	got, err := b.drawer.Draw(b.ctx, f, []extract.Mark{{Page: page, Box: text.Box{X0: box[0], Y0: box[1], X1: box[2], Y1: box[3]}}})
	if err != nil || got[0] == nil {
		b.dull[document] = true
		return nil, report.ErrNoPicture // the words stand beside it
	}
	b.drawn++
	return got[0], nil
}

// unchanged reports whether a file has the bytes that were evaluated: a finding must
// not stand beside another page.
func (b *album) unchanged(document string, f evidence.File) bool {
	same, known := b.same[document]
	if known {
		return same
	}
	if in, err := f.Open(); err == nil {
		sum := sha256.New()
		_, err = io.Copy(sum, in)
		same = errors.Join(err, in.Close()) == nil && hex.EncodeToString(sum.Sum(nil)) == b.digests[document]
	}
	b.same[document] = same
	return same
}

func (b *album) open() {
	b.until = time.Now().Add(pictureTime)
	b.files, _ = filesOf(b.ctx, b.pile)              // what cannot be listed has no pictures
	b.drawer, _ = extract.NewDrawer(b.cfg, b.reveal) // without one there are no pictures
}

// close releases what the album holds, and tells what it left out.
func (b *album) close(a *app) {
	if b == nil {
		return
	}
	if b.drawer != nil {
		_ = b.drawer.Close()
	}
	if b.left > 0 {
		a.note("note.pictures", b.drawn, b.left)
	}
}

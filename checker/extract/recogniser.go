package extract

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"sync"

	"dasheval/checker/internal/ocr"
)

// What can be wrong with text recognition. Errors of [New] and [FindOCR] wrap
// them.
var (
	ErrNoOCR       = ocr.ErrNone
	ErrOCRLanguage = ocr.ErrLanguage
	ErrOCRFails    = errors.New("text recognition fails")
)

// An OCRProgram is the tesseract that reads pictures.
type OCRProgram struct {
	Path      string
	Version   string
	Language  string   // read with; "" if none fits
	Languages []string // installed
}

// FindOCR returns the program that o asks for, once it has read a blank picture.
// With [ErrOCRLanguage] comes the program that lacks the language, and with
// [ErrOCRFails] one that cannot read.
func FindOCR(ctx context.Context, o OCR) (*OCRProgram, error) {
	p, err := ocr.Find(ctx, o.Program, o.Language)
	if p == nil {
		return nil, err
	}
	if err == nil {
		const side = 64
		blank := append(fmt.Appendf(nil, "P5\n%d %d\n255\n", side, side), bytes.Repeat([]byte{255}, side*side)...)
		table, readErr := p.Read(ctx, blank, resolution, ocr.Block)
		if readErr == nil {
			_, readErr = ocr.Parse(table)
		}
		if readErr != nil {
			err = fmt.Errorf("%w: %w", ErrOCRFails, readErr)
		}
	}
	return &OCRProgram{Path: p.Path, Version: p.Version, Language: p.Language, Languages: p.Languages}, err
}

// A recogniser has tesseract read pictures. It is safe for concurrent use.
type recogniser struct {
	program *ocr.Program
	cache   *ocr.Cache    // nil if nothing is kept
	slots   chan struct{} // one entry for each page being read
	log     *slog.Logger
	failing sync.Once // tells that the program fails
}

// newRecogniser returns nil if pictures are not to be read or cannot be. A
// program or language that was asked for has to be there.
func newRecogniser(ctx context.Context, cfg Config) (*recogniser, error) {
	if cfg.OCR.Mode == OCROff {
		return nil, nil
	}
	program, err := ocr.Find(ctx, cfg.OCR.Program, cfg.OCR.Language)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil && (cfg.OCR.Program != "" || cfg.OCR.Language != "" && program != nil || cfg.OCR.Mode == OCRForce):
		return nil, err
	case err != nil:
		cfg.Log.Info("no text recognition", "reason", err.Error())
		return nil, nil
	}
	r := &recogniser{program: program, slots: make(chan struct{}, cfg.Workers), log: cfg.Log}
	if cfg.OCR.CacheDir != "" {
		if r.cache, err = ocr.NewCache(cfg.OCR.CacheDir); err == nil {
			err = r.cache.Trim()
		}
		if err != nil {
			cfg.Log.Debug("no cache of text recognition", "reason", err.Error())
		}
	}
	return r, nil
}

// read returns the table of the words of a page, a PGM file of so many pixels per
// inch.
func (r *recogniser) read(ctx context.Context, pgm []byte, dpi int, layout ocr.Layout) ([]byte, error) {
	r.slots <- struct{}{}
	defer func() { <-r.slots }()
	table, err := r.cache.Read(r.program, pgm, dpi, layout, func() ([]byte, error) { return r.program.Read(ctx, pgm, dpi, layout) })
	if err != nil && ctx.Err() == nil {
		r.failing.Do(func() { r.log.Warn("text recognition fails; see dasheval doctor", "reason", err.Error()) })
	}
	return table, err
}

// A question of a reading process is the number of pixels per inch, two bytes,
// the layout, one, and the picture. The answer is a byte that says whether there is one, and the
// table or the error.
const (
	questionHead = 3
	answered     = 1
	refused      = 0
)

// maxQuestion bounds a picture, in bytes: A2 at the resolution that is read.
const maxQuestion = 24 << 20

var errQuestion = errors.New("no picture of a page")

// answer answers the question of a reading process, which is not trusted.
func (r *recogniser) answer(ctx context.Context, question []byte) []byte {
	table, err := r.asked(ctx, question)
	if err != nil {
		return append([]byte{refused}, err.Error()...)
	}
	return append([]byte{answered}, table...)
}

func (r *recogniser) asked(ctx context.Context, question []byte) ([]byte, error) {
	if len(question) < questionHead || len(question) > maxQuestion {
		return nil, errQuestion
	}
	dpi := int(binary.LittleEndian.Uint16(question))
	layout := ocr.Layout(question[2])
	pgm := question[questionHead:]
	// tesseract must see pixels and nothing that it would have to parse.
	var w, h, most int
	if _, err := fmt.Sscanf(string(pgm[:min(len(pgm), 32)]), "P5\n%d %d\n%d\n", &w, &h, &most); err != nil || w < 1 || h < 1 || w > maxQuestion || h > maxQuestion || most != 255 {
		return nil, errQuestion
	}
	if len(pgm) != len(fmt.Sprintf("P5\n%d %d\n%d\n", w, h, most))+w*h || dpi < 20 || dpi > 4800 || !layout.Valid() {
		return nil, errQuestion
	}
	return r.read(ctx, pgm, dpi, layout)
}

// asking returns what reads pictures by asking the parent.
func asking(call func(context.Context, []byte) ([]byte, error)) func(context.Context, []byte, int, ocr.Layout) ([]byte, error) {
	return func(ctx context.Context, pgm []byte, dpi int, layout ocr.Layout) ([]byte, error) {
		question := binary.LittleEndian.AppendUint16(make([]byte, 0, questionHead+len(pgm)), uint16(dpi))
		b, err := call(ctx, append(append(question, byte(layout)), pgm...))
		switch {
		case err != nil:
			return nil, err
		case len(b) == 0:
			return nil, errQuestion
		case b[0] == refused:
			return nil, errors.New(string(b[1:]))
		}
		return b[1:], nil
	}
}

package extract

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/worker"
	"dasheval/checker/text"
)

// newPool returns the reading processes that cfg asks for. Where the cache
// cannot be used they share a temporary one, which the caller removes with them:
// compiling pdfium takes each of them seconds and 300 MB.
func newPool(cfg Config, ocr *recogniser) (pool *worker.Pool, temporary string, err error) {
	if !usable(cfg.CacheDir) {
		if temporary, err = os.MkdirTemp("", "dasheval-cache-*"); err != nil {
			cfg.Log.Debug("no cache", "reason", err.Error())
		}
		if cfg.CacheDir = temporary; temporary != "" {
			_ = os.MkdirAll(pdf.CacheDir(temporary), 0o700) // if not, there is no cache
		}
	}
	set := setup{Engine: cfg.Engine, CacheDir: cfg.CacheDir, MaxSize: cfg.MaxSize, MaxTime: cfg.MaxTime, MaxMemory: cfg.MaxMemory,
		Workers: cfg.Workers, OCR: cfg.OCR, Recognises: ocr != nil, Today: cfg.Today, Draws: cfg.drawing}
	for _, c := range cfg.Trust {
		set.Trust = append(set.Trust, c.Raw)
	}
	b, err := json.Marshal(set)
	if err != nil {
		return nil, temporary, err
	}
	set.Compile, set.MaxMemory = true, compileMemory
	compile, err := json.Marshal(set)
	if err != nil {
		return nil, temporary, err
	}
	pooled := worker.Config{
		Command: cfg.Worker, Setup: b, Workers: cfg.Workers, MaxTime: cfg.MaxTime + grace, MaxOutput: maxOutput, MaxMemory: cfg.MaxMemory, Log: cfg.Log,
		Prepare: func(ctx context.Context) { fillCache(ctx, cfg, compile) },
	}
	if ocr != nil {
		pooled.Answer, pooled.MaxCalls = ocr.answer, callsPerPage*cfg.OCR.MaxPages
	}
	return worker.New(pooled), temporary, nil
}

// usable reports whether the cache below dir holds pdfium or can be filled. The
// folder is there then, which it has to be before a process is confined to it.
func usable(dir string) bool {
	if dir == "" {
		return false
	}
	own := pdf.CacheDir(dir)
	if os.MkdirAll(own, 0o700) != nil {
		return false
	}
	f, err := os.CreateTemp(own, "*.tmp")
	if err != nil {
		return pdf.Cached(dir)
	}
	return errors.Join(f.Close(), os.Remove(f.Name())) == nil
}

const (
	// grace is what the parent waits beyond the time that a process itself stops
	// at.
	grace = 5 * time.Second
	// callsPerPage is more than how often a page is read: once, in the three other
	// ways that it may lie, and parts of it once more.
	callsPerPage = 10
	// compileMemory bounds the process that compiles pdfium, which reads no
	// foreign byte.
	compileMemory = 1 << 30
)

// fillCache has a process compile pdfium that reads no foreign byte, and that
// alone may write to the cache. What cannot be cached is compiled by each
// reading process for itself, which takes longer and does no harm.
func fillCache(ctx context.Context, cfg Config, set []byte) {
	if cfg.CacheDir == "" || pdf.Cached(cfg.CacheDir) {
		return
	}
	const enough = 5 * time.Minute
	p := worker.New(worker.Config{Command: cfg.Worker, Setup: set, Workers: 1, MaxTime: enough, Log: cfg.Log})
	defer p.Close()
	out, err := p.Do(ctx, 0, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(nil)), nil })
	if err == nil {
		_, err = decode(out)
	}
	if errors.Is(err, errNoDocument) { // which is what it should give
		err = pdf.Seal(cfg.CacheDir)
	}
	if err != nil {
		cfg.Log.Debug("no cache", "reason", err.Error())
	}
}

// remote has a process read the file.
func (x *Extractor) remote(ctx context.Context, r *Result) error {
	var s *stream
	defer func() {
		if s != nil {
			_ = s.in.Close() // was only read
		}
	}()
	out, err := x.pool.Do(ctx, r.File.Size, func() (io.ReadCloser, error) {
		if s != nil {
			_ = s.in.Close()
		}
		in, err := r.File.Open()
		if err != nil {
			return nil, err
		}
		s = &stream{ctx: ctx, in: in, sum: sha256.New(), limit: x.cfg.MaxSize}
		return io.NopCloser(s), nil
	})
	fault := x.fault(err)
	if s != nil && (err == nil || fault != nil) {
		if restErr := s.rest(x.cfg.MaxTime); restErr != nil {
			err, fault = &worker.SourceError{Err: restErr}, nil
		} else {
			r.SHA256 = s.digest()
		}
	}
	if s != nil {
		r.Bytes = s.n
	}
	var source *worker.SourceError
	switch {
	case fault != nil:
		return fault
	case errors.As(err, &source):
		return unopened(source.Err)
	case err != nil:
		return err
	}
	a, err := decode(out)
	r.Kind, r.Doc = a.Kind, a.doc
	return err
}

// fault gives what a file did to a process a reason, nil if err is of another
// kind.
func (x *Extractor) fault(err error) error {
	switch {
	case errors.Is(err, worker.ErrTime):
		return evidence.ErrTimeout
	case errors.Is(err, worker.ErrMemory):
		return fmt.Errorf("%w: it takes more than %d MB of memory", evidence.ErrTooLarge, x.cfg.MaxMemory>>20)
	case errors.Is(err, worker.ErrKilled): // for want of memory, most likely
		return fmt.Errorf("%w: %w", evidence.ErrTooLarge, err)
	case errors.Is(err, worker.ErrOutput):
		return fmt.Errorf("%w: its text is longer than %d MB", evidence.ErrTooLarge, maxOutput>>20)
	case errors.Is(err, worker.ErrCrash):
		return fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	return nil
}

var errNoDocument = fmt.Errorf("%w: the process that reads it gave no document", evidence.ErrCorrupt)

// decode takes in the answer of a process, which is not trusted more than the
// file: whatever it holds, it ends in a sound document or in a reason.
func decode(b []byte) (answer, error) {
	head, rest, ok := bytes.Cut(b, []byte("\n"))
	var a answer
	if !ok || json.Unmarshal(head, &a) != nil || len(a.Kind) > maxKind {
		return answer{}, errNoDocument
	}
	if a.Doc {
		a.doc = &text.Document{}
		if a.doc.UnmarshalBinary(rest) != nil || !sound(a.doc) {
			return answer{Kind: a.Kind}, errNoDocument
		}
	}
	switch reason := evidence.Named(a.Reason); {
	case a.Reason == "" && a.doc == nil:
		return a, errNoDocument
	case a.Reason == "":
		return a, nil
	case reason != nil && isReason(reason):
		return a, &told{a.Error, reason}
	}
	a.doc = nil
	return a, fmt.Errorf("%w: %s", evidence.ErrUnsupported, a.Error)
}

// maxKind is the length that no name of a kind has.
const maxKind = 16

// sound reports whether a document is one that a parser could have made, as far
// as others rely on it.
func sound(doc *text.Document) bool {
	finite := func(v float64) bool { return !math.IsNaN(v) && math.Abs(v) < 1e9 }
	last := 0
	for _, p := range doc.Pages {
		if p.Number <= last || !finite(p.Width) || !finite(p.Height) || !finite(p.Raster) || !finite(p.Skew) {
			return false
		}
		last = p.Number
		if !slices.Contains([]text.Origin{text.Layer, text.Hidden, text.OCR, text.None}, p.Origin) ||
			!slices.Contains([]string{"", text.Native, text.Pdfium, text.Tesseract}, p.Engine) {
			return false
		}
	}
	return doc.Total >= 0 && doc.Total <= maxTotal && (doc.Total == 0 || last <= doc.Total)
}

// maxTotal is a number of pages that no file has: each takes some bytes.
const maxTotal = 100_000_000

// A told error is one of another process.
type told struct {
	text   string
	reason error
}

func (e *told) Error() string { return e.text }
func (e *told) Unwrap() error { return e.reason }

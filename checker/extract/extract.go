package extract

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"strings"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// Config adjusts an [Extractor]. The zero Config is ready to use.
type Config struct {
	Workers  int           // PDF files read at a time; 0 means one per processor
	CacheDir string        // keeps the compiled PDF engine between runs, 20 MB; "" means none
	MaxSize  int64         // bytes of a file; 0 means 200 MB
	MaxTime  time.Duration // for the text of one file, at most; 0 means 60 s
	Engine   string        // what reads PDF files, one of [Engines]; "" means Auto
	Log      *slog.Logger  // nil means no log
}

func (c Config) withDefaults() Config {
	if c.MaxSize <= 0 {
		c.MaxSize = 200 << 20
	}
	if c.MaxTime <= 0 {
		c.MaxTime = 60 * time.Second
	}
	if c.Engine == "" {
		c.Engine = Auto
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// An Extractor reads files. It is safe for concurrent use.
type Extractor struct {
	cfg Config
	pdf pdf.Engine
}

// New returns an extractor. The PDF engine starts with the first PDF.
func New(cfg Config) (*Extractor, error) {
	cfg = cfg.withDefaults()
	if !slices.Contains(Engines, cfg.Engine) {
		return nil, fmt.Errorf("unknown PDF engine %q, want one of %s", cfg.Engine, strings.Join(Engines, ", "))
	}
	engine, err := pdf.NewPdfium(pdf.PdfiumConfig{Workers: cfg.Workers, CacheDir: cfg.CacheDir})
	if err != nil {
		return nil, err
	}
	return &Extractor{cfg: cfg, pdf: engine}, nil
}

// Close waits for the files being read and releases what the extractor holds.
func (x *Extractor) Close() error { return x.pdf.Close() }

// A Result is what became of one file.
type Result struct {
	File   evidence.File
	SHA256 string // of all its bytes, in hex; "" if they cannot be read
	Bytes  int64  // its length, as far as it could be read
	Kind   string // by content: "pdf", "docx", "jpg", …; "" if unknown
	// Doc is what the file says. It is nil if Err is set, but for files
	// without text whose pages can be shown.
	Doc *text.Document
	// Err is nil or a [*evidence.ReadError] around one of its reasons. It is
	// the error of the context if that ended, and any other error is a failure
	// of the program's surroundings; neither says anything about the file.
	Err error
}

// Open reads one file: its digest, its kind, and its text.
func (x *Extractor) Open(ctx context.Context, f evidence.File) Result {
	r := Result{File: f, Err: f.Err}
	if f.Err != nil || f.Open == nil {
		return r
	}
	if r.Err = ctx.Err(); r.Err != nil {
		return r
	}
	start := time.Now()
	r.Err = evidence.Guard(f.Path, func() error { return x.read(ctx, &r) })
	switch {
	case r.Err == nil:
	case ctx.Err() != nil:
		r.Doc, r.Err = nil, ctx.Err()
	case isReason(r.Err):
		var re *evidence.ReadError
		if !errors.As(r.Err, &re) {
			r.Err = &evidence.ReadError{File: f.Path, Err: r.Err}
		}
	default:
		r.Err = fmt.Errorf("read %s: %w", f.Path, r.Err)
	}
	x.cfg.Log.Debug("read", "file", f.Path, "sha256", r.SHA256, "bytes", r.Bytes, "kind", r.Kind,
		"reason", evidence.Reason(r.Err), "duration", time.Since(start))
	return r
}

// read fills in r. Its errors wrap a reason, or are failures.
func (x *Extractor) read(ctx context.Context, r *Result) error {
	data, err := x.load(ctx, r)
	if err != nil {
		return err
	}
	if r.Kind, err = sniff(data); err != nil {
		return err
	}
	read := formats[r.Kind]
	if read == nil {
		return evidence.ErrUnsupported
	}
	if r.Doc, err = read(ctx, x, data); err != nil {
		r.Doc = nil
		return err
	}
	return readable(r.Doc)
}

// load returns the bytes of the file, and sets their digest and number even if
// they are too many.
func (x *Extractor) load(ctx context.Context, r *Result) ([]byte, error) {
	in, err := r.File.Open()
	if err != nil {
		return nil, unopened(err)
	}
	defer in.Close()

	sum := sha256.New()
	src := io.TeeReader(contextReader{ctx, in}, sum)
	var buf bytes.Buffer
	if n := r.File.Size; n > 0 && n <= x.cfg.MaxSize {
		buf.Grow(int(n) + bytes.MinRead)
	}
	r.Bytes, err = io.Copy(&buf, io.LimitReader(src, x.cfg.MaxSize+1))
	large := r.Bytes > x.cfg.MaxSize
	if err == nil && large {
		var rest int64
		rest, err = io.Copy(io.Discard, src)
		r.Bytes += rest
	}
	if err != nil {
		return nil, unopened(err)
	}
	r.SHA256 = hex.EncodeToString(sum.Sum(nil))
	switch {
	case large:
		r.Kind, _ = sniff(buf.Bytes())
		return nil, fmt.Errorf("%w of %d MB", evidence.ErrTooLarge, x.cfg.MaxSize>>20)
	case r.Bytes == 0:
		return nil, evidence.ErrEmpty
	}
	return buf.Bytes(), nil
}

// unopened gives an error of the file system or an archive a reason.
func unopened(err error) error {
	if isReason(err) {
		return err
	}
	return fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
}

// isReason reports whether err wraps one of the reasons of package evidence.
func isReason(err error) bool {
	for _, reason := range []error{
		evidence.ErrCorrupt, evidence.ErrEncrypted, evidence.ErrEmpty, evidence.ErrImageOnly,
		evidence.ErrTooLarge, evidence.ErrTimeout, evidence.ErrUnsupported,
	} {
		if errors.Is(err, reason) {
			return true
		}
	}
	return false
}

// A contextReader ends reading when its context does; it lives as long as one
// call.
type contextReader struct {
	ctx context.Context
	r   io.Reader
}

func (c contextReader) Read(p []byte) (int, error) {
	if err := c.ctx.Err(); err != nil {
		return 0, err
	}
	return c.r.Read(p)
}

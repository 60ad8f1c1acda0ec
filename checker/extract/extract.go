package extract

import (
	"bytes"
	"context"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/worker"
	"dasheval/checker/text"
)

// Config adjusts an [Extractor]. The zero Config is ready to use.
type Config struct {
	Workers  int           // files read at a time; 0 means one per processor
	CacheDir string        // keeps the compiled PDF engine between runs, 20 MB; "" means none
	MaxSize  int64         // bytes of a file; 0 means 200 MB
	MaxTime  time.Duration // for the text of one file, at most; 0 means 60 s
	// MaxMemory bounds a reading process, in bytes; 0 means 1 GB. Without
	// reading processes it bounds the sandbox of pdfium.
	MaxMemory int64
	Engine    string // what reads PDF files, one of [Engines]; "" means Auto
	// Worker is the program and its arguments that call [ServeWorker]: files
	// are read in processes of it, so that none can harm this one. Empty means
	// that this process reads them.
	Worker []string
	OCR    OCR
	Trust  []*x509.Certificate // roots that signatures may lead to; none means that none is trusted
	Today  time.Time           // day that certificates have to be valid on; zero means the day of the run
	Log    *slog.Logger        // nil means no log

	drawing bool // the processes draw pages and read no files
}

// An OCR says how the text of pictures is recognised. The zero OCR is ready to
// use.
type OCR struct {
	Mode     string        // one of [OCRModes]; "" means OCRAuto
	Program  string        // tesseract or the folder it is in; "" means look for it
	Language string        // such as "ind" or "ind+eng"; "" means ind, or else what there is
	MaxPages int           // pages of one file that are read; 0 means 60
	MaxTime  time.Duration // for the pictures of one file; 0 means 10 minutes
	CacheDir string        // keeps what was read between runs, encrypted; "" means nowhere
}

func (o OCR) withDefaults() OCR {
	if o.Mode == "" {
		o.Mode = OCRAuto
	}
	if o.MaxPages <= 0 {
		o.MaxPages = maxPages
	}
	if o.MaxTime <= 0 {
		o.MaxTime = pace
	}
	return o
}

func (c Config) withDefaults() Config {
	if c.MaxSize <= 0 {
		c.MaxSize = 200 << 20
	}
	if c.MaxTime <= 0 {
		c.MaxTime = 60 * time.Second
	}
	if c.MaxMemory <= 0 {
		c.MaxMemory = 1 << 30
	}
	if c.Engine == "" {
		c.Engine = Auto
	}
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	c.OCR = c.OCR.withDefaults()
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// maxOutput bounds what a reading process tells of one file, in bytes. A page of
// a report takes about 5 KB, and of running text no more is read than fits.
const maxOutput = 32 << 20

// An Extractor reads files. It is safe for concurrent use.
type Extractor struct {
	cfg Config
	// One of these is set: the processes that read, or the parser of this one.
	pool   *worker.Pool
	parser *parser
	ocr    *recogniser // nil if pictures are not read

	temporary string // cache of the processes, removed with them; "" if none
}

// New returns an extractor. Processes, or the PDF engine, start with the first
// file that needs them.
func New(ctx context.Context, cfg Config) (*Extractor, error) {
	cfg = cfg.withDefaults()
	if !slices.Contains(Engines(), cfg.Engine) {
		return nil, fmt.Errorf("unknown PDF engine %q, want one of %s", cfg.Engine, strings.Join(Engines(), ", "))
	}
	if !slices.Contains(OCRModes(), cfg.OCR.Mode) {
		return nil, fmt.Errorf("unknown mode of text recognition %q, want one of %s", cfg.OCR.Mode, strings.Join(OCRModes(), ", "))
	}
	x := &Extractor{cfg: cfg}
	var err error
	if x.ocr, err = newRecogniser(ctx, cfg); err != nil {
		return nil, err
	}
	if len(cfg.Worker) > 0 {
		x.pool, x.temporary, err = newPool(cfg, x.ocr)
	} else if x.parser, err = newParser(cfg); err == nil && x.ocr != nil {
		x.parser.read = x.ocr.read
	}
	if err != nil {
		return nil, err
	}
	return x, nil
}

// Close waits for the files being read and releases what the extractor holds.
func (x *Extractor) Close() error {
	if x.pool == nil {
		return x.parser.close()
	}
	err := x.pool.Close()
	return errors.Join(err, removed(x.temporary))
}

// removed removes a temporary folder, if there is one.
func removed(dir string) error {
	if dir == "" {
		return nil
	}
	return os.RemoveAll(dir)
}

// A Result is what became of one file.
type Result struct {
	File   evidence.File
	SHA256 string // of all its bytes, in hex; "" if they cannot be read in time
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
	if x.pool != nil {
		r.Err = x.remote(ctx, &r)
	} else {
		r.Err = x.local(ctx, &r)
	}
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

// local reads the file in this process.
func (x *Extractor) local(ctx context.Context, r *Result) error {
	data, err := x.load(ctx, r)
	if err != nil {
		return err
	}
	r.Kind, r.Doc, err = x.parser.parse(ctx, data)
	return err
}

// load returns the bytes of the file, up to one more than the limit, and sets
// their digest and number.
func (x *Extractor) load(ctx context.Context, r *Result) ([]byte, error) {
	in, err := r.File.Open()
	if err != nil {
		return nil, unopened(err)
	}
	defer in.Close()
	s := &stream{ctx: ctx, in: in, sum: sha256.New(), limit: x.cfg.MaxSize}
	var buf bytes.Buffer
	if n := r.File.Size; n > 0 && n <= x.cfg.MaxSize {
		buf.Grow(int(n) + bytes.MinRead)
	}
	_, err = io.Copy(&buf, s)
	if err == nil {
		err = s.rest(x.cfg.MaxTime)
	}
	r.Bytes = s.n
	if err != nil {
		return nil, unopened(err)
	}
	r.SHA256 = s.digest()
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

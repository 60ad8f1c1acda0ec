package extract

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/worker"
	"dasheval/checker/text"
)

// newPool returns the reading processes that cfg asks for.
func newPool(cfg Config) (*worker.Pool, error) {
	set := setup{Engine: cfg.Engine, CacheDir: cfg.CacheDir, MaxSize: cfg.MaxSize, MaxTime: cfg.MaxTime, MaxMemory: cfg.MaxMemory}
	b, err := json.Marshal(set)
	if err != nil {
		return nil, err
	}
	set.Compile = true
	compile, err := json.Marshal(set)
	if err != nil {
		return nil, err
	}
	return worker.New(worker.Config{
		Command: cfg.Worker, Setup: b, Workers: cfg.Workers, MaxTime: cfg.MaxTime + grace, MaxOutput: maxOutput, Log: cfg.Log,
		Prepare: func(ctx context.Context) { fillCache(ctx, cfg, compile) },
	}), nil
}

// fillCache has a process compile pdfium that reads no foreign byte, and that
// alone may write to the cache. What cannot be cached is compiled by each
// reading process for itself, which takes longer and does no harm.
func fillCache(ctx context.Context, cfg Config, set []byte) {
	if cfg.CacheDir == "" || pdf.Cached(cfg.CacheDir) {
		return
	}
	if err := os.MkdirAll(pdf.CacheDir(cfg.CacheDir), 0o700); err != nil {
		cfg.Log.Debug("no cache", "reason", err.Error())
		return
	}
	const enough = 5 * time.Minute
	p := worker.New(worker.Config{Command: cfg.Worker, Setup: set, Workers: 1, MaxTime: enough, Log: cfg.Log})
	defer p.Close()
	if _, err := p.Do(ctx, 0, func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(nil)), nil }); err != nil {
		cfg.Log.Debug("no cache", "reason", err.Error())
	}
}

// A stream hands the bytes of a file on, up to one more than limit, and takes
// the digest of all of them.
type stream struct {
	ctx   context.Context
	in    io.ReadCloser
	sum   hash.Hash
	n     int64
	limit int64
}

func (s *stream) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	left := s.limit + 1 - s.n
	if left <= 0 {
		return 0, io.EOF
	}
	n, err := s.in.Read(p[:min(int64(len(p)), left)])
	s.take(p[:n])
	return n, err
}

func (s *stream) take(p []byte) {
	s.sum.Write(p) // never fails
	s.n += int64(len(p))
}

// rest takes the digest of what was not handed on.
func (s *stream) rest() error {
	b := make([]byte, 64<<10)
	for {
		n, err := s.in.Read(b)
		s.take(b[:n])
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return err
		case s.ctx.Err() != nil:
			return s.ctx.Err()
		}
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
		if restErr := s.rest(); restErr != nil {
			err, fault = restErr, nil
		} else {
			r.SHA256 = hex.EncodeToString(s.sum.Sum(nil))
		}
	}
	if s != nil {
		r.Bytes = s.n
	}
	switch {
	case fault != nil:
		return fault
	case errors.Is(err, worker.ErrStart):
		return err
	case err != nil:
		return unopened(err)
	}
	return r.decode(out)
}

// fault gives what a file did to a process a reason, nil if err is of another
// kind.
func (x *Extractor) fault(err error) error {
	switch {
	case errors.Is(err, worker.ErrTime):
		return evidence.ErrTimeout
	case errors.Is(err, worker.ErrMemory):
		return fmt.Errorf("%w: it takes more than %d MB of memory", evidence.ErrTooLarge, x.cfg.MaxMemory>>20)
	case errors.Is(err, worker.ErrOutput):
		return fmt.Errorf("%w: its text is longer than %d MB", evidence.ErrTooLarge, maxOutput>>20)
	case errors.Is(err, worker.ErrCrash):
		return fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	return nil
}

// decode takes in the answer of a process, which is not trusted more than the
// file.
func (r *Result) decode(b []byte) error {
	bad := fmt.Errorf("%w: %w", evidence.ErrCorrupt, errors.New("the process that reads it gave no answer"))
	head, rest, ok := bytes.Cut(b, []byte("\n"))
	var a answer
	if !ok || json.Unmarshal(head, &a) != nil {
		return bad
	}
	r.Kind = a.Kind
	if a.Doc {
		r.Doc = &text.Document{}
		if r.Doc.UnmarshalBinary(rest) != nil {
			r.Doc = nil
			return bad
		}
	}
	switch reason := evidence.Named(a.Reason); {
	case a.Reason == "":
		return nil
	case reason != nil:
		return &told{a.Error, reason}
	}
	return errors.New(a.Error)
}

// A told error is one of another process.
type told struct {
	text   string
	reason error
}

func (e *told) Error() string { return e.text }
func (e *told) Unwrap() error { return e.reason }

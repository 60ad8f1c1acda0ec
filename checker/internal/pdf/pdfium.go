//go:build !nopdfium

package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/experimental"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

const (
	// keepLimit is the memory up to which a sandbox is used again; memory
	// never shrinks inside of one.
	keepLimit = 192 << 20
	wasmPage  = 64 << 10
)

var errClosed = errors.New("the PDF engine is closed")

// Available reports whether pdfium is in this build of the program.
const Available = true

// NewPdfium returns an engine that runs pdfium in WebAssembly. It starts when
// the first file is read.
func NewPdfium(cfg PdfiumConfig) (Engine, error) {
	if cfg.Workers <= 0 {
		cfg.Workers = runtime.GOMAXPROCS(0)
	}
	if cfg.MaxMemory <= 0 {
		cfg.MaxMemory = 1 << 30
	}
	if cfg.CacheDir != "" {
		cfg.CacheDir = CacheDir(cfg.CacheDir)
	}
	e := &engine{cfg: cfg, slots: make(chan *module, cfg.Workers)}
	for range cfg.Workers {
		e.slots <- nil
	}
	return e, nil
}

type engine struct {
	cfg PdfiumConfig
	// slots holds one entry for each worker at rest: its module, or nil if it
	// has to be started. Whoever takes a slot puts one back.
	slots chan *module

	mu     sync.Mutex // guards the fields below
	closed bool
	pool   pdfium.Pool
	cache  wazero.CompilationCache

	memory memory
}

// Read implements [Engine].
func (e *engine) Read(ctx context.Context, data []byte, limits Limits) (*text.Document, error) {
	data, ok := Trim(data)
	if !ok {
		return nil, fmt.Errorf("%w: no PDF header", evidence.ErrCorrupt)
	}
	m, err := e.acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { e.release(m) }()

	limits = limits.withDefaults()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	timer := time.AfterFunc(limits.budget(0), func() { cancel(evidence.ErrTimeout) })
	defer timer.Stop()

	doc, err := readDocument(ctx, m, data, limits, func(pages int) { timer.Reset(limits.budget(pages)) })
	if cause := context.Cause(ctx); m.err != nil && cause != nil {
		return nil, cause
	}
	switch {
	case m.err != nil && (errors.Is(m.err, errNoMemory) || int64(m.mem.Size()) > e.cfg.MaxMemory/4*3):
		return nil, fmt.Errorf("%w: it takes more than %d MB of memory", evidence.ErrTooLarge, e.cfg.MaxMemory>>20)
	case m.err != nil:
		return nil, fmt.Errorf("%w: pdfium: %w", evidence.ErrCorrupt, m.err)
	}
	return doc, err
}

// acquire waits for a worker and starts it if need be.
func (e *engine) acquire(ctx context.Context) (*module, error) {
	var m *module
	select {
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	case m = <-e.slots:
	}
	pool, err := e.start()
	if err == nil && m == nil {
		m, err = newModule(ctx, pool, &e.memory)
	}
	if err != nil {
		e.slots <- m
		return nil, err
	}
	return m, nil
}

// release puts a worker back. One that failed, or has grown, is replaced.
func (e *engine) release(m *module) {
	if m.err != nil || int64(m.mem.Size()) > keepLimit {
		// The module is gone in any case; that killing it failed says no more.
		_ = m.kill()
		m = nil
	}
	e.slots <- m
}

// Warm implements [Engine].
func (e *engine) Warm() error {
	_, err := e.start()
	return err
}

// start compiles pdfium at the first call.
func (e *engine) start() (pdfium.Pool, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.closed {
		return nil, errClosed
	}
	if e.pool != nil {
		return e.pool, nil
	}
	cfg := wazero.NewRuntimeConfig().
		WithMemoryLimitPages(uint32(e.cfg.MaxMemory / wasmPage)).
		WithCloseOnContextDone(true)
	if e.cfg.CacheDir != "" {
		if cache, err := wazero.NewCompilationCacheWithDir(e.cfg.CacheDir); err == nil {
			if pool, err := e.pools(cfg.WithCompilationCache(cache)); err == nil {
				e.cache, e.pool = cache, pool
				return pool, nil
			}
			_ = cache.Close(context.Background())
		}
		// A cache that is damaged or cannot be written saves no time, and costs
		// no more: pdfium is compiled anew.
	}
	pool, err := e.pools(cfg)
	if err != nil {
		return nil, fmt.Errorf("start the PDF engine: %w", err)
	}
	e.pool = pool
	return pool, nil
}

// pools starts the sandboxes of pdfium.
func (e *engine) pools(cfg wazero.RuntimeConfig) (pdfium.Pool, error) {
	return webassembly.Init(webassembly.Config{
		// The workers live as long as the engine, not as the first call.
		Context:       experimental.WithMemoryAllocator(context.Background(), e.memory.allocator()),
		MaxIdle:       e.cfg.Workers,
		MaxTotal:      e.cfg.Workers,
		FSConfig:      wazero.NewFSConfig(), // nil would mount the whole disk
		RuntimeConfig: cfg,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
		ReuseWorkers:  true,
	})
}

// Close implements [Engine].
func (e *engine) Close() error {
	e.mu.Lock()
	closed := e.closed
	e.closed = true
	e.mu.Unlock()
	if closed {
		return nil
	}
	var errs []error
	for range e.cfg.Workers {
		if m := <-e.slots; m != nil {
			errs = append(errs, m.kill())
		}
	}
	for range e.cfg.Workers {
		e.slots <- nil // a Read that still comes meets closed
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.pool != nil {
		errs = append(errs, e.pool.Close())
	}
	if e.cache != nil {
		errs = append(errs, e.cache.Close(context.Background()))
	}
	return errors.Join(errs...)
}

package worker

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"runtime"
	"sync"
	"time"
)

// A Config adjusts a [Pool]. Command must be set.
type Config struct {
	Command   []string      // program and arguments of a child, which calls [Serve]
	Setup     []byte        // given to each child at its start
	Workers   int           // children at a time; 0 means one per processor
	MaxJobs   int           // jobs after which a child is replaced; 0 means 500
	MaxTime   time.Duration // for one job, by the clock; 0 means 65 s
	MaxOutput int           // bytes of one result; 0 means 64 MB
	MaxMemory int64         // bytes of a child, as its handler limits it too; 0 means 1 GB
	// Prepare is called when the first child asks for it, and its work counts for
	// the time of no job. It may be nil.
	Prepare func(context.Context)
	// Answer answers what children ask with [Parent.Call], up to Workers questions
	// at a time. The time it takes counts for no job, so it has to end by itself;
	// an answer of more than 1 MB arrives empty. It may be nil.
	Answer   func(ctx context.Context, question []byte) []byte
	MaxCalls int          // of one job that are answered; further answers are empty; 0 means 1,000
	Log      *slog.Logger // nil means no log
}

func (c Config) withDefaults() Config {
	if c.Workers <= 0 {
		c.Workers = runtime.GOMAXPROCS(0)
	}
	if c.MaxJobs <= 0 {
		c.MaxJobs = 500
	}
	if c.MaxTime <= 0 {
		c.MaxTime = 65 * time.Second
	}
	if c.MaxOutput <= 0 {
		c.MaxOutput = 64 << 20
	}
	if c.MaxMemory <= 0 {
		c.MaxMemory = 1 << 30
	}
	if c.MaxCalls <= 0 {
		c.MaxCalls = 1000
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	return c
}

// What a job can do to a child. Errors of [Pool.Do] wrap one of them.
var (
	ErrTime   = errors.New("it takes more time than a job may")
	ErrMemory = errors.New("it takes more memory than a job may")
	ErrOutput = errors.New("its result is longer than it may be")
	ErrCrash  = errors.New("it ends the process that reads it")
	ErrKilled = errors.New("the system ends the process that reads it, again and again")
	// ErrStart says that no child can be started, which is not for the job.
	ErrStart   = errors.New("start a reading process")
	ErrClosed  = errors.New("the reading processes are closed")
	errAbandon = errors.New("abandoned")
)

// A child that was killed from outside says nothing about its job, but one job
// whose children are killed again and again must come to an end: the system may
// do it for want of memory. A child that lived too short to fill the memory
// counts for less. One that crashes gets a second try on a fresh child.
const (
	maxKilled  = 100
	fullLife   = 10 // what a life of at least shortLife counts
	shortLife  = 300 * time.Millisecond
	maxCrashed = 2
)

// A Pool runs jobs in child processes. It is safe for concurrent use.
type Pool struct {
	cfg Config
	// slots holds one entry for each child at rest, nil for one that has to be
	// started. Whoever takes a slot puts one back.
	slots chan *child
	start starter
	// answers holds one entry for each call being answered, by which their number
	// and the memory for questions is bounded.
	answers chan struct{}

	mu     sync.Mutex // guards closed
	closed bool

	prepare sync.Once
}

// New returns a pool. Children start with the first jobs.
func New(cfg Config) *Pool {
	cfg = cfg.withDefaults()
	p := &Pool{cfg: cfg, slots: make(chan *child, cfg.Workers), start: newStarter(), answers: make(chan struct{}, cfg.Workers)}
	for range cfg.Workers {
		p.slots <- nil
	}
	return p
}

// Do has a child do its job on the bytes of a file, which it reads from what open
// returns, once or more often. size is about how many they are, 0 or less if
// that is not known. Its error wraps one of those above, is that of
// ctx, or is a [*SourceError].
func (p *Pool) Do(ctx context.Context, size int64, open func() (io.ReadCloser, error)) ([]byte, error) {
	var c *child
	select {
	case <-ctx.Done():
		return nil, ctx.Err()
	case c = <-p.slots:
	}
	defer func() { p.slots <- c }()
	killed, crashed := 0, 0
	for {
		if err := p.alive(ctx); err != nil {
			return nil, err
		}
		var out []byte
		var err error
		begun := time.Now()
		if c == nil {
			c, err = p.spawn(ctx)
		}
		if err == nil {
			out, err = c.do(ctx, p, size, open)
		}
		if c != nil && (c.spent || c.jobs >= p.cfg.MaxJobs) {
			c.stop()
			c = nil
		}
		var source *SourceError
		switch {
		case err == nil:
			return out, nil
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case errors.As(err, &source):
			return nil, source
		case errors.Is(err, errKilled):
			killed++
			if time.Since(begun) >= shortLife {
				killed += fullLife - 1
			}
			if killed >= maxKilled {
				return nil, ErrKilled
			}
		case errors.Is(err, ErrCrash):
			if crashed++; crashed >= maxCrashed {
				return nil, err
			}
		default:
			return nil, err
		}
		p.cfg.Log.Debug("reading process replaced", "reason", err.Error())
	}
}

func (p *Pool) alive(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return ErrClosed
	}
	return ctx.Err()
}

// ready does what a child asked for.
func (p *Pool) ready(ctx context.Context) {
	p.prepare.Do(func() {
		if p.cfg.Prepare != nil {
			p.cfg.Prepare(ctx)
		}
	})
}

// Close waits for the jobs and ends all children.
func (p *Pool) Close() error {
	p.mu.Lock()
	closed := p.closed
	p.closed = true
	p.mu.Unlock()
	if closed {
		return nil
	}
	for range p.cfg.Workers {
		if c := <-p.slots; c != nil {
			c.stop()
		}
	}
	for range p.cfg.Workers {
		p.slots <- nil // a job that still comes meets closed
	}
	p.start.close()
	return nil
}

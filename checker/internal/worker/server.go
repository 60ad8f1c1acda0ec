package worker

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// maxGuess bounds the memory that is taken for a file before it has come.
const maxGuess = 256 << 20

// A server is the child's side of the pipe. It always reads, so that it learns
// at once when the parent is gone.
type server struct {
	out    io.Writer
	jobs   chan []byte // files
	grants chan struct{}
	busy   atomic.Bool
	guard  *guard

	mu      sync.Mutex // guards out, and the fields below
	last    uint32     // number of the last call
	waiting map[uint32]chan []byte
}

// read passes on what the parent sends until there is no more.
func (s *server) read(in io.Reader) error {
	var file []byte
	for {
		k, b, err := readFrame(in, maxJob)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch k {
		case job:
			file = nil
			if len(b) == 8 {
				file = make([]byte, 0, min(binary.LittleEndian.Uint64(b), maxGuess))
			}
		case data:
			file = append(file, b...)
		case abandon:
			file = nil
		case dataEnd:
			s.busy.Store(true)
			s.jobs <- file
			file = nil
		case granted:
			select {
			case s.grants <- struct{}{}:
			default: // nobody asked
			}
		case answer:
			if len(b) < callHead {
				return errFrame
			}
			s.answered(binary.LittleEndian.Uint32(b), b[callHead:])
		default:
			return errFrame
		}
	}
}

// do does one job. An error of the pipe is seen by read too.
func (s *server) do(h Handler, file []byte) {
	stop := s.guard.watch()
	b := append([]byte{0}, h.Do(context.Background(), file, Parent{s})...)
	stop()
	if s.guard.grown() {
		b[0] |= flagSpent
	}
	s.busy.Store(false)
	_ = s.send(reply, b)
}

func (s *server) send(k kind, b []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return writeFrame(s.out, k, b)
}

// callHead is the length of the number of a call, in bytes.
const callHead = 4

// answered hands on the answer to call n.
func (s *server) answered(n uint32, b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.waiting[n]; c != nil {
		delete(s.waiting, n)
		c <- b
	}
}

// A Parent is the process that a child works for.
type Parent struct{ s *server }

// Prepare waits until the parent has prepared what its pool is configured to. It
// is for one goroutine.
func (p Parent) Prepare() error {
	if err := p.s.send(want, nil); err != nil {
		return err
	}
	<-p.s.grants
	return nil
}

// Call asks the parent, whose pool is configured to answer, and returns its
// answer. It is safe for concurrent use while a job lasts.
func (p Parent) Call(ctx context.Context, question []byte) ([]byte, error) {
	c := make(chan []byte, 1)
	p.s.mu.Lock()
	p.s.last++
	n := p.s.last
	if p.s.waiting == nil {
		p.s.waiting = map[uint32]chan []byte{}
	}
	p.s.waiting[n] = c
	p.s.mu.Unlock()
	if err := p.s.send(call, append(binary.LittleEndian.AppendUint32(nil, n), question...)); err != nil {
		return nil, err
	}
	select {
	case b := <-c:
		return b, nil
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

// A guard ends the process when it takes more memory than it may. The limits
// of the system are the second fence: not all systems have them, and none
// counts just what is in use.
type guard struct {
	limit int64
	used  func() int64 // bytes in use
}

// guardStep is the time between two looks: at 4 GB a second, which no program
// fills, 20 MB.
const guardStep = 5 * time.Millisecond

// watch looks until stop is called.
func (g *guard) watch() (stop func()) {
	if g.limit <= 0 {
		return func() {}
	}
	done := make(chan struct{})
	go func() {
		t := time.NewTicker(guardStep)
		defer t.Stop()
		for {
			select {
			case <-done:
				return
			case <-t.C:
				if g.used() > g.limit {
					os.Exit(exitMemory)
				}
			}
		}
	}()
	return func() { close(done) }
}

// grown reports whether the process has taken so much memory that a fresh one is
// better.
func (g *guard) grown() bool { return g.limit > 0 && g.used() > g.limit/4 }

package worker

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// exitMemory is the exit code of a child that took too much memory, and
// exitOrphan that of one whose parent is gone.
const (
	exitMemory = 86
	exitOrphan = 87
)

// flagSpent in a reply asks the parent to replace the child.
const flagSpent = 1

// maxJob bounds the frames of setup and job, and those of data.
const maxJob = 1 << 20

// A Handler does the jobs of a child.
type Handler struct {
	// Start is called once, with the setup of the pool, before any foreign
	// byte. It returns what to tell the parent, and the memory that the child
	// may take, in bytes.
	Start func(setup []byte) (hello string, memory int64, err error)
	// Do does the job on a file and returns its result.
	Do func(ctx context.Context, file []byte, parent Parent) []byte
}

// Serve does jobs for the parent at the other ends of in and out until in ends.
// If in ends during a job the process exits: nobody waits for the result.
func Serve(in io.Reader, out io.Writer, h Handler) error {
	// A terminal tells all processes of Ctrl-C. The parent decides.
	signal.Ignore(os.Interrupt, syscall.SIGTERM)
	used := memoryUsed() // before the process is confined
	k, b, err := readFrame(in, maxJob)
	if err != nil || k != setup {
		return fmt.Errorf("wait for the parent: %w", errors.Join(errFrame, err))
	}
	hello, memory, err := h.Start(b)
	if err != nil {
		return err
	}
	if err := writeFrame(out, ready, []byte(hello)); err != nil {
		return err
	}
	s := &server{out: out, grants: make(chan struct{}, 1), jobs: make(chan []byte), guard: &guard{limit: memory, used: used}}
	var work sync.WaitGroup
	work.Go(func() {
		for file := range s.jobs {
			s.do(h, file)
		}
	})
	err = s.read(in)
	if s.busy.Load() {
		os.Exit(exitOrphan)
	}
	close(s.jobs)
	work.Wait()
	return err
}

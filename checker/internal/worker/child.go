package worker

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"sync"
	"time"
)

// A child is a running process, for one job at a time.
type child struct {
	cmd   *exec.Cmd
	in    *os.File
	out   *bufio.Reader
	close func()
	grave func()        // lets go of what the system keeps for it
	died  chan struct{} // closed when it has ended
	notes *tail
	jobs  int
	asked bool // it has asked for what the parent prepares
	spent bool // it must not get a further job

	mu    sync.Mutex
	cause error // why it was killed from here
}

var errKilled = errors.New("killed from outside")

// A SourceError is an error of the file, not of the child.
type SourceError struct{ Err error }

func (e *SourceError) Error() string { return e.Err.Error() }

// Unwrap returns the error of the file.
func (e *SourceError) Unwrap() error { return e.Err }

// A starter starts processes from one thread that lives as long as they do. The
// system can be asked to kill a child when the thread ends that started it.
type starter struct {
	calls chan func()
	done  chan struct{}
}

func newStarter() starter {
	s := starter{make(chan func()), make(chan struct{})}
	go func() {
		defer close(s.done)
		runtime.LockOSThread()
		for f := range s.calls {
			f()
		}
	}()
	return s
}

func (s starter) run(cmd *exec.Cmd) error {
	err := make(chan error, 1)
	s.calls <- func() { err <- cmd.Start() }
	return <-err
}

func (s starter) close() {
	close(s.calls)
	<-s.done
}

// spawn starts a child and waits until it is ready.
func (p *Pool) spawn(ctx context.Context) (*child, error) {
	cmd := exec.Command(p.cfg.Command[0], p.cfg.Command[1:]...)
	if p.cfg.Command[0] == self {
		cmd.Args[0] = os.Args[0]
	}
	// A child needs nothing of the surroundings but where the system lies. One
	// processor reads; the other one answers the pipe and watches.
	if root, ok := os.LookupEnv("SYSTEMROOT"); ok {
		cmd.Env = append(cmd.Env, "SYSTEMROOT="+root)
	}
	cmd.Env = append(cmd.Env, "GOMAXPROCS=2", "GOTRACEBACK=none")
	cmd.SysProcAttr = attributes()
	c := &child{cmd: cmd, died: make(chan struct{}), notes: &tail{}}
	cmd.Stderr = c.notes
	cmd.WaitDelay = time.Second

	inRead, inWrite, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	outRead, outWrite, err := os.Pipe()
	if err != nil {
		_ = errors.Join(inRead.Close(), inWrite.Close())
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	cmd.Stdin, cmd.Stdout = inRead, outWrite
	err = p.start.run(cmd)
	_ = errors.Join(inRead.Close(), outWrite.Close()) // the child has its own
	if err != nil {
		_ = errors.Join(inWrite.Close(), outRead.Close())
		return nil, fmt.Errorf("%w: %w", ErrStart, err)
	}
	c.in, c.out = inWrite, bufio.NewReaderSize(outRead, 64<<10)
	c.close = sync.OnceFunc(func() { _ = errors.Join(inWrite.Close(), outRead.Close()) })
	if c.grave, err = contain(cmd.Process, p.cfg.MaxMemory); err != nil {
		p.cfg.Log.Warn("reading process not confined", "reason", err.Error())
	}
	go func() {
		_ = cmd.Wait() // its state is asked for
		close(c.died)
	}()

	const begin = 30 * time.Second
	defer c.limit(ctx, begin).stop(c)
	k, hello, err := kind(0), []byte(nil), writeFrame(c.in, setup, p.cfg.Setup)
	if err == nil {
		k, hello, err = readFrame(c.out, chunk)
	}
	switch {
	case err != nil:
		err = c.autopsy()
		c.stop()
		if !errors.Is(err, errKilled) {
			err = fmt.Errorf("%w: %s", ErrStart, c.notes.line(err))
		}
		return nil, err
	case k != ready:
		c.stop()
		return nil, fmt.Errorf("%w: it is another version of the program; run again", ErrStart)
	}
	p.cfg.Log.Debug("reading process started", "isolation", string(hello))
	return c, nil
}

// A deadline kills a child that overruns it.
type deadline struct {
	timer *time.Timer
	after time.Duration
	ctx   func() bool
}

// limit kills c after d, or when ctx ends.
func (c *child) limit(ctx context.Context, d time.Duration) *deadline {
	return &deadline{
		timer: time.AfterFunc(d, func() { c.kill(ErrTime) }),
		after: d,
		ctx:   context.AfterFunc(ctx, func() { c.kill(context.Cause(ctx)) }),
	}
}

// renew begins the time anew, and pause stops it until then.
func (d *deadline) renew() { d.timer.Reset(d.after) }
func (d *deadline) pause() { d.timer.Stop() }

// stop ends the deadline. A child that it may have killed at the last moment must
// not get the next job.
func (d *deadline) stop(c *child) {
	d.timer.Stop()
	d.ctx()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.spent = c.spent || c.cause != nil
}

func (c *child) kill(cause error) {
	c.mu.Lock()
	if c.cause == nil {
		c.cause = cause
	}
	c.mu.Unlock()
	_ = c.cmd.Process.Kill() // it may have ended already
}

// stop ends the child, whatever it is doing.
func (c *child) stop() {
	c.close()
	c.kill(errAbandon)
	<-c.died
	c.grave()
}

// do has the child do one job.
func (c *child) do(ctx context.Context, p *Pool, size int64, open func() (io.ReadCloser, error)) ([]byte, error) {
	c.jobs++
	d := c.limit(ctx, p.cfg.MaxTime)
	defer d.stop(c)
	if err := c.send(d, size, open); err != nil {
		var source *SourceError
		if errors.As(err, &source) && writeFrame(c.in, abandon, nil) == nil {
			return nil, err
		}
		if source != nil {
			c.spent = true
			return nil, err
		}
		return nil, c.autopsy()
	}
	d.renew()
	calls := &calls{child: c, deadline: d}
	ctx, cancel := context.WithCancel(ctx)
	defer calls.work.Wait()
	defer cancel() // whoever still looks for an answer may stop
	for {
		k, b, err := readFrame(c.out, p.cfg.MaxOutput)
		switch {
		case errors.Is(err, errFrame):
			c.spent = true
			return nil, ErrOutput
		case err != nil:
			return nil, c.autopsy()
		case k == reply && len(b) > 0:
			c.spent = b[0]&flagSpent != 0
			return b[1:], nil
		case k == want && !c.asked:
			c.asked = true
			d.pause()
			p.ready(ctx)
			d.renew()
			if calls.send(granted, nil) != nil {
				return nil, c.autopsy()
			}
		case k == call && len(b) >= callHead && p.cfg.Answer != nil && calls.made < p.cfg.MaxCalls:
			calls.answer(ctx, p, b)
		case k == call && len(b) >= callHead && p.cfg.Answer != nil: // the time of the job ends this
			if calls.send(answer, b[:callHead]) != nil {
				return nil, c.autopsy()
			}
		default:
			c.spent = true
			return nil, fmt.Errorf("%w: %w", ErrCrash, errFrame)
		}
	}
}

// calls are the questions of a child during one job.
type calls struct {
	child *child
	made  int
	work  sync.WaitGroup

	mu       sync.Mutex // guards what is sent to the child, and the fields below
	open     int
	deadline *deadline
}

func (c *calls) send(k kind, b []byte) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return writeFrame(c.child.in, k, b)
}

// answer answers the call whose number and question b holds. The time of the job
// stands still while an answer is awaited.
func (c *calls) answer(ctx context.Context, p *Pool, b []byte) {
	c.made++
	c.mu.Lock()
	c.open++
	c.deadline.pause()
	c.mu.Unlock()
	p.answers <- struct{}{} // answers end by themselves
	c.work.Go(func() {
		out := p.cfg.Answer(ctx, b[callHead:])
		<-p.answers
		if len(out) > maxJob-callHead {
			out = nil
		}
		// A child that is gone is noticed by who reads from it.
		_ = c.send(answer, append(b[:callHead:callHead], out...))
		c.mu.Lock()
		defer c.mu.Unlock()
		if c.open--; c.open == 0 && ctx.Err() == nil {
			c.deadline.renew()
		}
	})
}

// send sends a job and its file. A slow disk does not count for its time.
func (c *child) send(d *deadline, size int64, open func() (io.ReadCloser, error)) error {
	if err := writeFrame(c.in, job, binary.LittleEndian.AppendUint64(nil, uint64(max(size, 0)))); err != nil {
		return err
	}
	d.pause()
	r, err := open()
	if err != nil {
		return &SourceError{err}
	}
	defer r.Close()
	b := make([]byte, headSize+chunk)
	for {
		n, err := io.ReadFull(r, b[headSize:])
		if n > 0 {
			d.renew()
			putHead(b, data, n)
			if _, err := c.in.Write(b[:headSize+n]); err != nil {
				return err
			}
			d.pause()
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			return writeFrame(c.in, dataEnd, nil)
		case err != nil:
			return &SourceError{err}
		}
	}
}

// autopsy returns why the child no longer answers. If it still runs, it is
// killed. It gets no further job.
func (c *child) autopsy() error {
	c.spent = true
	select {
	case <-c.died:
	case <-time.After(2 * time.Second):
		c.kill(ErrCrash)
		<-c.died
	}
	c.mu.Lock()
	cause := c.cause
	c.mu.Unlock()
	state := c.cmd.ProcessState
	switch {
	case cause != nil:
		return cause
	case state.ExitCode() == exitMemory, c.notes.outOfMemory():
		return ErrMemory
	case killedOutside(state):
		return errKilled
	}
	return fmt.Errorf("%w (%s)", ErrCrash, state)
}

// A tail keeps the end of what a child says on standard error. That may hold
// words of the evidence, so it is looked through and not shown. Only of a child
// that cannot start, and has seen no evidence, the first line is.
type tail struct {
	mu sync.Mutex
	b  []byte
}

const maxTail = 4096

func (t *tail) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.b = append(t.b, b...)
	t.b = t.b[max(0, len(t.b)-maxTail):]
	return len(b), nil
}

func (t *tail) outOfMemory() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, words := range []string{"out of memory", "cannot allocate memory"} {
		if bytes.Contains(t.b, []byte(words)) {
			return true
		}
	}
	return false
}

func (t *tail) line(otherwise error) string {
	t.mu.Lock()
	defer t.mu.Unlock()
	if line, _, _ := bytes.Cut(bytes.TrimSpace(t.b), []byte("\n")); len(line) > 0 {
		return string(line)
	}
	return otherwise.Error()
}

package worker_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/worker"
)

// TestMain makes the test binary a child if it is started as one.
func TestMain(m *testing.M) {
	switch {
	case len(os.Args) > 1 && os.Args[1] == "parent":
		parent()
	case len(os.Args) > 1 && os.Args[1] == "serve":
		if err := worker.Serve(os.Stdin, os.Stdout, handler()); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(3)
		}
	default:
		os.Exit(m.Run())
	}
}

const memory = 256 << 20

var (
	hoard [][]byte
	how   string // how this child is confined
)

// handler does what the file says.
func handler() worker.Handler {
	return worker.Handler{
		Start: func(setup []byte) (string, int64, error) {
			if string(setup) == "refuse" {
				return "", 0, errors.New("the setup is not to be read")
			}
			var err error
			if raced {
				how, err = worker.Confine(worker.Confinement{})
				return how, 0, err
			}
			how, err = worker.Confine(worker.Confinement{Memory: 2 * memory})
			return how, memory, err
		},
		Do: func(ctx context.Context, file []byte, parent worker.Parent) []byte {
			word, rest, _ := strings.Cut(string(file), " ")
			switch word {
			case "echo":
				return []byte(rest)
			case "count":
				return strconv.AppendInt(nil, int64(len(file)), 10)
			case "how":
				return []byte(how)
			case "pid":
				return strconv.AppendInt(nil, int64(os.Getpid()), 10)
			case "ask":
				if parent.Prepare() != nil {
					return []byte("no")
				}
				return []byte("prepared")
			case "call":
				return callAll(ctx, parent, strings.Fields(rest))
			case "mapped":
				eatMapped()
			case "nag":
				for parent.Prepare() == nil {
				}
			case "hang":
				select {}
			case "spin":
				for i := 0; ; i++ {
					if i < 0 {
						return nil
					}
				}
			case "eat":
				for {
					b := make([]byte, 8<<20)
					for i := 0; i < len(b); i += 4096 {
						b[i] = 1
					}
					hoard = append(hoard, b)
				}
			case "panic":
				panic("the words of the evidence")
			case "exit":
				os.Exit(3)
			case "talk":
				return make([]byte, 3<<20)
			case "open":
				_, err := os.ReadFile(rest)
				return fmt.Append(nil, err)
			case "write":
				return fmt.Append(nil, os.WriteFile(rest, []byte("x"), 0o600))
			}
			return nil
		},
	}
}

// callAll asks all questions at once and returns the answers in order.
func callAll(ctx context.Context, parent worker.Parent, questions []string) []byte {
	answers := make([]string, len(questions))
	var all sync.WaitGroup
	for i, q := range questions {
		all.Go(func() {
			b, err := parent.Call(ctx, []byte(q))
			if answers[i] = string(b); err != nil {
				answers[i] = err.Error()
			}
		})
	}
	all.Wait()
	return []byte(strings.Join(answers, " "))
}

func newPool(t *testing.T, change func(*worker.Config)) *worker.Pool {
	t.Helper()
	cfg := worker.Config{Command: worker.Self("serve"), Workers: 1, MaxTime: 10 * time.Second, MaxOutput: 2 << 20}
	if change != nil {
		change(&cfg)
	}
	p := worker.New(cfg)
	t.Cleanup(func() { assert.NoError(t, p.Close()) })
	return p
}

func do(t *testing.T, p *worker.Pool, file string) (string, error) {
	t.Helper()
	out, err := p.Do(t.Context(), int64(len(file)), func() (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(file)), nil
	})
	return string(out), err
}

func TestJobs(t *testing.T) {
	p := newPool(t, nil)
	for _, file := range []string{"echo one", "echo ", "echo two"} {
		out, err := do(t, p, file)
		require.NoError(t, err)
		assert.Equal(t, strings.TrimPrefix(file, "echo "), out)
	}
	big := "count " + strings.Repeat("x", 3<<20)
	out, err := do(t, p, big)
	require.NoError(t, err)
	assert.Equal(t, strconv.Itoa(len(big)), out, "a file in many pieces")
}

// TestFaults gives a child what it cannot stand. The next job is done as if
// nothing had happened.
func TestFaults(t *testing.T) {
	p := newPool(t, func(c *worker.Config) { c.MaxTime = 2 * time.Second })
	for _, c := range []struct {
		file string
		want error
	}{
		{"hang", worker.ErrTime},
		{"spin", worker.ErrTime},
		{"eat", worker.ErrMemory},
		{"mapped", worker.ErrMemory},
		{"nag", worker.ErrCrash},
		{"panic", worker.ErrCrash},
		{"exit", worker.ErrCrash},
		{"talk", worker.ErrOutput},
	} {
		if raced && c.want == worker.ErrMemory {
			continue
		}
		_, err := do(t, p, c.file)
		require.ErrorIs(t, err, c.want, c.file)
		assert.NotContains(t, err.Error(), "evidence", "what a child says is not passed on")
		out, err := do(t, p, "echo still here")
		require.NoError(t, err, c.file)
		assert.Equal(t, "still here", out)
	}
}

func TestConfined(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems leave files open to children")
	}
	p := newPool(t, nil)
	secret := t.TempDir() + "/secret"
	require.NoError(t, os.WriteFile(secret, []byte("x"), 0o600))
	out, err := do(t, p, "write "+secret)
	require.NoError(t, err)
	assert.NotEqual(t, "<nil>", out, "a child writes no file")
	b, err := os.ReadFile(secret)
	require.NoError(t, err)
	assert.Equal(t, "x", string(b))
	out, err = do(t, p, "how")
	require.NoError(t, err)
	if !strings.Contains(out, "landlock") {
		t.Skip("this kernel has no landlock")
	}
	out, err = do(t, p, "open "+secret)
	require.NoError(t, err)
	assert.Contains(t, out, "permission denied", "a child reads no file")
}

func TestReplaced(t *testing.T) {
	p := newPool(t, func(c *worker.Config) { c.MaxJobs = 2 })
	var pids []string
	for range 4 {
		out, err := do(t, p, "pid")
		require.NoError(t, err)
		pids = append(pids, out)
	}
	assert.Equal(t, pids[0], pids[1])
	assert.Equal(t, pids[2], pids[3])
	assert.NotEqual(t, pids[1], pids[2], "a child has served after two jobs")
}

func TestAsked(t *testing.T) {
	var prepared atomic.Int32
	p := newPool(t, func(c *worker.Config) { c.Prepare = func(context.Context) { prepared.Add(1) } })
	out, err := do(t, p, "ask")
	require.NoError(t, err)
	assert.Equal(t, "prepared", out)
	assert.EqualValues(t, 1, prepared.Load())
}

func TestCalls(t *testing.T) {
	var open, most atomic.Int32
	p := newPool(t, func(c *worker.Config) {
		c.Workers, c.MaxCalls, c.MaxTime = 2, 20, 300*time.Millisecond
		c.Answer = func(ctx context.Context, question []byte) []byte {
			n := open.Add(1)
			defer open.Add(-1)
			for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
			}
			time.Sleep(50 * time.Millisecond)
			if string(question) == "long" {
				return make([]byte, 2<<20)
			}
			return bytes.ToUpper(question)
		}
	})
	out, err := do(t, p, "call a b c d e f g h i j k l m n o p")
	require.NoError(t, err, "answers take longer than the job may")
	assert.Equal(t, "A B C D E F G H I J K L M N O P", out)
	assert.LessOrEqual(t, most.Load(), int32(2))
	out, err = do(t, p, "call a long")
	require.NoError(t, err)
	assert.Equal(t, "A ", out)
	out, err = do(t, p, "call "+strings.Repeat("a ", 21))
	require.NoError(t, err)
	assert.Equal(t, 20, strings.Count(out, "A"), "more calls than a job may make")
	_, err = do(t, newPool(t, nil), "call a")
	require.ErrorIs(t, err, worker.ErrCrash, "nobody answers")
}

func TestNoStart(t *testing.T) {
	for name, change := range map[string]func(*worker.Config){
		"no such program":   func(c *worker.Config) { c.Command = []string{"/no/such/program"} },
		"ends at once":      func(c *worker.Config) { c.Command = []string{"/bin/false"} },
		"another program":   func(c *worker.Config) { c.Command = []string{"/bin/cat"} },
		"refuses the setup": func(c *worker.Config) { c.Setup = []byte("refuse") },
	} {
		p := newPool(t, change)
		_, err := do(t, p, "echo one")
		require.ErrorIs(t, err, worker.ErrStart, name)
	}
}

type failing struct{ n int }

func (f *failing) Read(b []byte) (int, error) {
	if f.n++; f.n > 3 {
		return 0, os.ErrPermission
	}
	return len(b), nil
}

func (*failing) Close() error { return nil }

func TestSourceFails(t *testing.T) {
	p := newPool(t, nil)
	before, err := do(t, p, "pid")
	require.NoError(t, err)
	_, err = p.Do(t.Context(), 0, func() (io.ReadCloser, error) { return &failing{}, nil })
	require.ErrorIs(t, err, os.ErrPermission)
	_, err = p.Do(t.Context(), 0, func() (io.ReadCloser, error) { return nil, os.ErrNotExist })
	require.ErrorIs(t, err, os.ErrNotExist)
	after, err := do(t, p, "pid")
	require.NoError(t, err)
	assert.Equal(t, before, after, "the child is none the worse")
}

// A slow file gives its words one by one.
type slow struct{ words []string }

func (s *slow) Read(b []byte) (int, error) {
	if len(s.words) == 0 {
		return 0, io.EOF
	}
	time.Sleep(400 * time.Millisecond)
	n := copy(b, s.words[0])
	s.words = s.words[1:]
	return n, nil
}

func (*slow) Close() error { return nil }

// TestSlowSource reads a file that takes longer to come than a job may take.
func TestSlowSource(t *testing.T) {
	p := newPool(t, func(c *worker.Config) { c.MaxTime = 500 * time.Millisecond })
	out, err := p.Do(t.Context(), 0, func() (io.ReadCloser, error) { return &slow{[]string{"echo ", "a ", "b"}}, nil })
	require.NoError(t, err)
	assert.Equal(t, "a b", string(out))
}

func TestCancelled(t *testing.T) {
	p := newPool(t, nil)
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(200*time.Millisecond, cancel)
	_, err := p.Do(ctx, 0, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("hang")), nil })
	require.ErrorIs(t, err, context.Canceled)
	out, err := do(t, p, "echo on")
	require.NoError(t, err)
	assert.Equal(t, "on", out)
}

func TestClosed(t *testing.T) {
	p := newPool(t, nil)
	_, err := do(t, p, "echo one")
	require.NoError(t, err)
	require.NoError(t, p.Close())
	require.NoError(t, p.Close())
	_, err = do(t, p, "echo two")
	require.ErrorContains(t, err, "closed")
}

// TestKilled kills children while they work. Every job is done all the same.
func TestKilled(t *testing.T) {
	p := newPool(t, func(c *worker.Config) { c.Workers = 2 })
	var mu sync.Mutex
	var pids []int
	kills := 0
	var jobs sync.WaitGroup
	done := make(chan struct{})
	jobs.Go(func() {
		rng := rand.New(rand.NewPCG(1, 1))
		for kills < 50 {
			select {
			case <-done:
				return
			case <-time.After(time.Duration(rng.IntN(8)) * time.Millisecond):
			}
			mu.Lock()
			if len(pids) > 0 {
				if process, err := os.FindProcess(pids[len(pids)-1]); err == nil && process.Kill() == nil {
					kills++
				}
			}
			mu.Unlock()
		}
	})
	var work sync.WaitGroup
	for range 2 {
		work.Go(func() {
			for range 100 {
				out, err := do(t, p, "pid")
				if !assert.NoError(t, err) {
					return
				}
				pid, err := strconv.Atoi(out)
				assert.NoError(t, err)
				mu.Lock()
				pids = append(pids, pid)
				mu.Unlock()
			}
		})
	}
	work.Wait()
	close(done)
	jobs.Wait()
	assert.Positive(t, kills)
}

// parent keeps two children busy, tells their numbers, and waits to be killed.
func parent() {
	p := worker.New(worker.Config{Command: worker.Self("serve"), Workers: 2})
	var work sync.WaitGroup
	for _, task := range []string{"hang", "spin"} {
		work.Go(func() {
			for _, file := range []string{"pid", task} {
				out, _ := p.Do(context.Background(), 0, func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(file)), nil })
				fmt.Println(string(out))
			}
		})
	}
	work.Wait()
}

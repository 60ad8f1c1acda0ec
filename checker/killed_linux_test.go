package checker_test

import (
	"bytes"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/extract"
	"dasheval/checker/report"
)

// children lists the processes that this one has started.
func children(t *testing.T) []int {
	lists, err := filepath.Glob("/proc/self/task/*/children")
	require.NoError(t, err)
	var out []int
	for _, list := range lists {
		b, err := os.ReadFile(list)
		if err != nil {
			continue // the thread is gone
		}
		for _, f := range strings.Fields(string(b)) {
			pid, err := strconv.Atoi(f)
			require.NoError(t, err)
			out = append(out, pid)
		}
	}
	return out
}

// TestKilled kills reading processes at random points, 50 times in all. The
// report stays the same, and in the end no process is left.
func TestKilled(t *testing.T) {
	cfg := inProcesses(config(t))
	cfg.Workers, cfg.Engine = 2, extract.Pdfium // which takes its time
	text := func() string {
		var b bytes.Buffer
		for _, f := range report.Formats() {
			if f.Name == "json" {
				require.NoError(t, f.Write(&b, run(t, samplePile+"/files", cfg), "id", report.Options{}))
			}
		}
		return b.String()
	}
	want := text()
	done := make(chan struct{})
	kills := 0
	var killer sync.WaitGroup
	killer.Go(func() {
		rng := rand.New(rand.NewPCG(7, 7))
		for kills < 50 {
			select {
			case <-done:
				return
			case <-time.After(time.Duration(rng.IntN(150)) * time.Millisecond):
			}
			if pids := children(t); len(pids) > 0 {
				if p, err := os.FindProcess(pids[rng.IntN(len(pids))]); err == nil && p.Kill() == nil {
					kills++
				}
			}
		}
	})
	for range 8 {
		assert.Equal(t, want, text())
	}
	close(done)
	killer.Wait()
	assert.Positive(t, kills)
	t.Logf("%d kills", kills)
	assert.Empty(t, children(t))
}

//go:build unix

package worker_test

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestNoOrphans kills the parent of busy children.
func TestNoOrphans(t *testing.T) {
	cmd := exec.Command(os.Args[0], "parent")
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	var a, b int
	_, err = fmt.Fscan(out, &a, &b)
	require.NoError(t, err)
	require.NotEqual(t, a, b)
	time.Sleep(100 * time.Millisecond) // into their work
	require.NoError(t, cmd.Process.Kill())
	_ = cmd.Wait() // it was killed
	for _, pid := range []int{a, b} {
		assert.Eventually(t, func() bool { return syscall.Kill(pid, 0) != nil }, 5*time.Second, 10*time.Millisecond, "child %d lives on", pid)
	}
}

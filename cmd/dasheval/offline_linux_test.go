package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOffline runs the program where there is no network, not even the computer's
// own, and holds that it says the same as where there is one.
func TestOffline(t *testing.T) {
	self, err := os.Executable()
	require.NoError(t, err)
	pile := filepath.Join("..", "..", "samples", "bpmp", "files")
	cache := t.TempDir()
	run := func(alone bool, args ...string) string {
		cmd := exec.Command(self, args...)
		cmd.Args[0] = "dasheval" // by which the test binary knows what it is
		cmd.Env = append(os.Environ(), "XDG_CACHE_HOME="+cache, "DASHEVAL_TODAY=2025-12-31")
		if alone {
			cmd.SysProcAttr = &syscall.SysProcAttr{
				Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
				UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
				GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
			}
		}
		var stderr bytes.Buffer
		cmd.Stderr = &stderr
		out, err := cmd.Output()
		if alone && errors.Is(err, os.ErrPermission) {
			t.Skip("this system lets nobody leave its network")
		}
		if code := cmd.ProcessState.ExitCode(); code != 0 && code != 1 && code != 3 {
			t.Fatalf("%v: %v\n%s", args, err, stderr.String())
		}
		return string(out)
	}
	for _, args := range [][]string{
		{"check", pile, "--quiet", "--format", "json", "--year", "2025"},
		{"verify", pile, "--quiet", "--format", "json"},
		{"doctor"},
	} {
		there := run(false, args...)
		assert.NotEmpty(t, there)
		assert.Equal(t, there, run(true, args...), args)
	}
}

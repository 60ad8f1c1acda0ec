//go:build unix

package main

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReplaceKeepsWhatIsThere holds that a report follows a link, is written into a
// pipe or a device as it is, takes nobody's file for its own unfinished one, and
// leaves an earlier report if it fails.
func TestReplaceKeepsWhatIsThere(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	say := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	require.NoError(t, os.WriteFile(at("evidence.pdf"), []byte("evidence"), 0o600))
	require.NoError(t, os.Symlink(at("evidence.pdf"), at("r.html.part")))
	require.NoError(t, replace(at("r.html"), say("report")))
	left, err := os.ReadFile(at("evidence.pdf"))
	require.NoError(t, err)
	assert.Equal(t, "evidence", string(left))

	require.NoError(t, os.Symlink(at("r.html"), at("link.html")))
	require.NoError(t, replace(at("link.html"), say("newer")))
	info, err := os.Lstat(at("link.html"))
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeSymlink)
	got, err := os.ReadFile(at("r.html"))
	require.NoError(t, err)
	assert.Equal(t, "newer", string(got))

	require.NoError(t, syscall.Mkfifo(at("pipe"), 0o600))
	read := make(chan string)
	go func() {
		b, _ := os.ReadFile(at("pipe"))
		read <- string(b)
	}()
	require.NoError(t, replace(at("pipe"), say("through")))
	assert.Equal(t, "through", <-read)
	info, err = os.Lstat(at("pipe"))
	require.NoError(t, err)
	assert.NotZero(t, info.Mode()&os.ModeNamedPipe)

	assert.Error(t, replace(at("r.html"), func(io.Writer) error { return io.ErrShortWrite }))
	got, err = os.ReadFile(at("r.html"))
	require.NoError(t, err)
	assert.Equal(t, "newer", string(got), "the earlier one stays")
	names, err := filepath.Glob(at("*.part"))
	require.NoError(t, err)
	assert.Equal(t, []string{at("r.html.part")}, names, "nothing of ours is left")
}

func TestQuestions(t *testing.T) {
	got, err := questions([]byte("\ufeff{\"A.1\": 7, \"A.2\": 8}"))
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"A.1": 7, "A.2": 8}, got)
	for _, bad := range []string{"A.1:", "A.1: 0", "A.1: -1", "A.1: 1.9", "A.1: x", "A.1: 7\nA.2: 7", "- A"} {
		_, err := questions([]byte(bad))
		assert.Error(t, err, bad)
	}
}

//go:build unix

package evidence

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestOpenRegular opens what has taken the place of a file: opening a pipe would
// wait for a writer for ever.
func TestOpenRegular(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.pdf")
	require.NoError(t, syscall.Mkfifo(path, 0o600))
	_, err := openRegular(path)
	require.ErrorContains(t, err, "no longer an ordinary file")
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.WriteFile(path, []byte("x"), 0o600))
	f, err := openRegular(path)
	require.NoError(t, err)
	assert.NoError(t, f.Close())
}

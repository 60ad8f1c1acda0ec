package testpile_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/testpile"
)

// TestWriteTo writes a pile of TESTPILE_N files below the folder TESTPILE_DIR, for
// .ci/bench.
func TestWriteTo(t *testing.T) {
	dir := os.Getenv("TESTPILE_DIR")
	if dir == "" {
		t.Skip("TESTPILE_DIR names no folder")
	}
	n, err := strconv.Atoi(os.Getenv("TESTPILE_N"))
	require.NoError(t, err)
	require.NoError(t, testpile.Write(filepath.Clean(dir), n, 1))
}

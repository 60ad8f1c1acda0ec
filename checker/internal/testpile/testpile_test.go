package testpile_test

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/internal/testpile"
)

// TestWriteTo writes what .ci/bench measures below the folder TESTPILE_DIR: a
// pile of TESTPILE_N files, and one long report.
func TestWriteTo(t *testing.T) {
	dir := os.Getenv("TESTPILE_DIR")
	if dir == "" {
		t.Skip("TESTPILE_DIR names no folder")
	}
	n, err := strconv.Atoi(os.Getenv("TESTPILE_N"))
	require.NoError(t, err)
	pile := filepath.Join(dir, "pile")
	require.NoError(t, os.MkdirAll(pile, 0o755))
	require.NoError(t, testpile.Write(pile, n, 1))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "report.pdf"), testpile.Report(300, 1), 0o644))
}

// TestFiles reads what is written: the letterhead is in
// every file, no page is in doubt, and the same seed gives the same bytes.
func TestFiles(t *testing.T) {
	x, err := extract.New(t.Context(), extract.Config{Workers: 1, Engine: extract.Native})
	require.NoError(t, err)
	defer x.Close()
	names := map[string]bool{}
	for i := range 24 {
		name, data := testpile.File(i, 1)
		_, again := testpile.File(i, 1)
		require.Equal(t, data, again, name)
		require.False(t, names[name], name)
		names[name] = true
		r := x.Open(t.Context(), evidence.File{Path: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }})
		require.NoError(t, r.Err, name)
		assert.Contains(t, r.Doc.Plain(), "KEMENTERIAN PELAYANAN DAN PENGAWASAN NASIONAL", name)
		assert.Empty(t, r.Doc.Unread(), name)
	}
}

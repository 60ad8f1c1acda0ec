//go:build nopdfium

package extract_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
)

// TestLight holds what the build without pdfium promises: it says what it cannot
// read, and calls nothing damaged or empty for that.
func TestLight(t *testing.T) {
	assert.Equal(t, []string{extract.Auto, extract.Native}, extract.Engines())
	_, err := extract.New(t.Context(), extract.Config{Engine: extract.Pdfium})
	require.ErrorContains(t, err, "want one of auto, native")

	x, err := extract.New(t.Context(), extract.Config{Workers: 1, CacheDir: t.TempDir()})
	require.NoError(t, err)
	defer x.Close()
	good := x.Open(t.Context(), file("good.pdf", onePage("Keputusan Kepala Balai", "")))
	require.NoError(t, good.Err)
	assert.Empty(t, good.Doc.Unread())

	stamp := " /Annots [<< /Type /Annot /Subtype /Stamp /Rect [50 100 250 120] /F 4 /AP << /N 5 0 R >> >>]"
	doubted := x.Open(t.Context(), file("stamped.pdf", onePage("Keputusan Kepala Balai", stamp)))
	require.NoError(t, doubted.Err)
	assert.Equal(t, [][2]int{{1, 1}}, doubted.Doc.Unread())

	closed := x.Open(t.Context(), file("closed.pdf", []byte("%PDF-1.4\nnothing more")))
	assert.ErrorIs(t, closed.Err, evidence.ErrUnsupported)
}

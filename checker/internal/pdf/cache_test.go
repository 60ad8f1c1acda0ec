package pdf_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/pdf"
)

// TestCached damages a cache in the ways a disk does.
func TestCached(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(pdf.CacheDir(base), "wazero")
	require.NoError(t, os.MkdirAll(dir, 0o700))
	assert.False(t, pdf.Cached(base), "an empty cache")
	assert.Error(t, pdf.Seal(base), "nothing to seal")
	module := filepath.Join(dir, strings.Repeat("0a", 32))
	for _, damage := range []string{"", "modulE", "module and more"} {
		require.NoError(t, os.WriteFile(module, []byte("module"), 0o600))
		require.NoError(t, pdf.Seal(base))
		assert.True(t, pdf.Cached(base))
		require.NoError(t, os.WriteFile(module, []byte(damage), 0o600))
		assert.False(t, pdf.Cached(base), "%q", damage)
		assert.NoFileExists(t, module, "it would be run")
	}
	require.NoError(t, os.WriteFile(module, []byte("never sealed"), 0o600))
	require.NoError(t, os.Remove(filepath.Join(pdf.CacheDir(base), "digest")))
	assert.False(t, pdf.Cached(base))
}

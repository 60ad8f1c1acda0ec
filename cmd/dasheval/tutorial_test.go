package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTutorial follows "Ten minutes" of docs/rules.md to the letter: an item
// from nothing to a case that fails and one that passes.
func TestTutorial(t *testing.T) {
	raw, err := os.ReadFile("../../docs/rules.md")
	require.NoError(t, err)
	guide := string(raw)
	// block returns the indented block that begins with the line, up to text.
	block := func(first string) string {
		_, rest, found := strings.Cut(guide, "\n    "+first+"\n")
		require.True(t, found, "docs/rules.md lost the block that begins with %q", first)
		out := []string{first}
		for line := range strings.Lines(rest) {
			line = strings.TrimRight(line, "\n")
			if line != "" && !strings.HasPrefix(line, "    ") {
				break
			}
			out = append(out, strings.TrimPrefix(line, "    "))
		}
		return strings.TrimRight(strings.Join(out, "\n"), "\n") + "\n"
	}
	t.Chdir(t.TempDir())
	t.Setenv("DASHEVAL_LANG", "en")
	do := func(want int, args ...string) string {
		t.Helper()
		var out, errs bytes.Buffer
		assert.Equal(t, want, run(t.Context(), args, &out, &errs), "%v: %s%s", args, &out, &errs)
		return out.String()
	}
	put := func(name, content string) {
		require.NoError(t, os.WriteFile(filepath.FromSlash(name), []byte(content), 0o600))
	}
	do(0, "rules", "new", "pack", "coba")
	do(0, "rules", "test", "coba")
	first, err := os.ReadFile("coba/criteria/a.yaml")
	require.NoError(t, err)
	put("coba/criteria/a.yaml", strings.Replace(string(first), "weight: 10", "weight: 5", 1))
	do(0, "rules", "new", "item", "A.1.b", "--in", "coba")
	put("coba/criteria/A.1.b.yaml", block("- code: A.1.b"))
	suite := block("A report of the year shows the training.")
	put("coba/tests/A.1.b.txtar", suite)
	failed := do(1, "rules", "test", "coba", "--run", "A.1.b")
	assert.Contains(t, failed, strings.TrimSuffix(block("✗ A.1.b/pdf  (tests/A.1.b.txtar:1:1)"), "\n"))
	suite = strings.Replace(suite, "verdict A.1.b missing", "verdict A.1.b met", 1) + block("-- case: not signed --")
	put("coba/tests/A.1.b.txtar", suite)
	assert.Equal(t, "coba 0.1.0: 12 cases, 0 failed\n", do(0, "rules", "test", "coba"))
	left := do(1, "rules", "lint", "coba")
	assert.Contains(t, left, "stands in capitals")
	assert.Contains(t, left, "coba 0.1.0: 3 doubts\n", "nothing but the placeholders of the draft")
}

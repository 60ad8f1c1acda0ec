package checker_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// layers is the picture in docs/architecture.md: a package imports only
// packages on lower lines, on one line only what allowed notes.
var layers = map[string]int{
	"cmd/dasheval": 5, "checker/cases": 4,
	"checker": 3, "checker/report": 2, "checker/checklist": 2, "checker/worksheet": 2, "checker/submission": 2,
	"checker/verdict": 1, "checker/check": 1, "checker/match": 1, "checker/profile": 1, "checker/facts": 1, "checker/extract": 1,
	"checker/evidence": 0, "checker/text": 0, "checker/decision": 0, "checker/pii": 0, "rules": 0, "checker/words": 0,
	"checker/internal/pipe": 0, "checker/internal/wordml": 0, "checker/internal/pdf": 0, "checker/internal/docx": 0, "checker/internal/native": 0,
	"checker/internal/ocr": 0, "checker/internal/scan": 0, "checker/internal/photo": 0, "checker/internal/msdoc": 0, "checker/internal/office": 0, "checker/internal/pdfsig": 0, "checker/internal/docxsig": 0,
	"checker/internal/worker": 0, "checker/internal/testpdf": 0, "checker/internal/testdocx": 0, "checker/internal/testpile": 0,
}

var allowed = map[string][]string{
	"checker/worksheet":       {"checker/report"},
	"checker/submission":      {"checker/report"},
	"checker/verdict":         {"checker/check", "checker/match", "checker/facts"},
	"checker/check":           {"checker/match", "checker/facts", "checker/profile"},
	"checker/match":           {"checker/facts", "checker/profile"},
	"checker/profile":         {"checker/facts"},
	"checker/internal/pdf":    {"checker/text", "checker/evidence"},
	"checker/internal/docx":   {"checker/text", "checker/evidence"},
	"checker/internal/native": {"checker/text", "checker/evidence", "checker/internal/pdf"},

	"checker/internal/photo":   {"checker/evidence"},
	"checker/internal/msdoc":   {"checker/evidence"},
	"checker/internal/office":  {"checker/evidence"},
	"checker/internal/pdfsig":  {"checker/text", "checker/evidence", "checker/internal/native", "checker/internal/pdf"},
	"checker/internal/docxsig": {"checker/text"},

	"checker/internal/testpile": {"checker/internal/testpdf", "checker/internal/testdocx"},
}

// TestArrowsPointDown parses the imports of every package and fails on one that
// the picture does not show.
func TestArrowsPointDown(t *testing.T) {
	seen := 0
	err := filepath.WalkDir("..", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		from := filepath.ToSlash(strings.TrimPrefix(filepath.Dir(path), "../"))
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		require.NoError(t, err)
		level, known := layers[from]
		assert.True(t, known, "%s stands on no line of the picture", from)
		seen++
		for _, im := range file.Imports {
			to, err := strconv.Unquote(im.Path.Value)
			require.NoError(t, err)
			assert.NotContains(t, []string{"net", "net/http", "net/rpc", "crypto/tls"}, to, "%s: nothing here talks to a network", path)
			to, own := strings.CutPrefix(to, "dasheval/")
			if !own || layers[to] < level {
				continue
			}
			assert.Contains(t, allowed[from], to, "%s imports %s", path, to)
		}
		return nil
	})
	require.NoError(t, err)
	assert.Greater(t, seen, 50)
}

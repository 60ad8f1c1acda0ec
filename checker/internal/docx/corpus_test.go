package docx_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/docx"
	"dasheval/checker/text"
)

// corpus holds documents with the text that another program finds in them. It
// is not part of the project.
const corpus = "../../../../shared/corpus"

var wordPattern = regexp.MustCompile(`[\pL\pN_]+`)

// marked are documents whose reference is not the text as finally shown: it
// keeps what was deleted, moved away or hidden, and today's date.
var marked = []string{"feature-matrix.docx", "main-part-document2.docx", "track_changes_move.docx"}

// bag counts the words of s.
func bag(s string) map[string]int {
	out := make(map[string]int)
	for _, w := range wordPattern.FindAllString(strings.ToLower(norm.NFKC.String(s)), -1) {
		out[w]++
	}
	return out
}

func TestCorpus(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(corpus, "*.docx"))
	require.NoError(t, err)
	if len(names) == 0 {
		t.Skip("no corpus at " + corpus)
	}
	want := map[string]error{
		"bug53475-password-is-pass.docx": evidence.ErrEncrypted,
		"hostile-deep-nesting.docx":      evidence.ErrTooLarge,
		"truncated62886.docx":            evidence.ErrCorrupt,
		"zero.docx":                      evidence.ErrEmpty,
	}
	total, n := 0.0, 0
	for _, name := range names {
		begin := time.Now()
		doc, err := readFile(t, name)
		assert.Less(t, time.Since(begin), 5*time.Second, name)
		if reason := want[filepath.Base(name)]; reason != nil {
			assert.ErrorIs(t, err, reason, name)
			continue
		}
		if !assert.NoError(t, err, name) {
			continue
		}
		checkBoxes(t, doc)
		ref, err := os.ReadFile(name + ".ref.txt")
		require.NoError(t, err)
		recall, words := recall(bag(string(ref)), bag(doc.Plain()))
		if words < 10 {
			continue
		}
		t.Logf("%.3f %s", recall, filepath.Base(name))
		if slices.Contains(marked, filepath.Base(name)) {
			continue
		}
		total += recall
		n++
	}
	require.Positive(t, n)
	t.Logf("mean recall %.4f of %d files", total/float64(n), n)
	assert.GreaterOrEqual(t, total/float64(n), 0.99)
}

// recall returns which share of the wanted words is there, and their number.
func recall(want, got map[string]int) (float64, int) {
	both, all := 0, 0
	for w, n := range want {
		all += n
		both += min(n, got[w])
	}
	return float64(both) / float64(max(all, 1)), all
}

func readFile(t *testing.T, name string) (*text.Document, error) {
	t.Helper()
	f, err := os.Open(name)
	require.NoError(t, err)
	defer f.Close()
	info, err := f.Stat()
	require.NoError(t, err)
	return docx.Read(f, info.Size(), docx.Limits{})
}

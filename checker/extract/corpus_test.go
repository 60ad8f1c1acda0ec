package extract_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/text/unicode/norm"

	"dasheval/checker/evidence"
)

const corpus = "../../../shared/corpus"

// TestCorpus reads the lab's corpus and scores it as tools/score_text.py does:
// word-level F1 against the text of pdftotext.
func TestCorpus(t *testing.T) {
	refs, _ := filepath.Glob(filepath.Join(corpus, "*.ref.txt"))
	if len(refs) == 0 {
		t.Skip("no corpus")
	}
	x := newExtractor(t)
	var sum, docxSum float64
	var n, docxN int
	for _, ref := range refs {
		path := strings.TrimSuffix(ref, ".ref.txt")
		name := filepath.Base(path)
		r := x.Open(t.Context(), osFile(path))
		var re *evidence.ReadError
		if r.Err != nil {
			require.ErrorAs(t, r.Err, &re, name)
			t.Logf("%s: %v", name, re.Err)
		}
		assert.NotEmpty(t, r.SHA256, name)
		if r.Doc != nil {
			assert.NotZero(t, len(r.Doc.Pages), name)
		}

		want, err := os.ReadFile(ref)
		require.NoError(t, err)
		wantWords := bag(string(want))
		var got map[string]int
		if r.Err == nil {
			got = bag(r.Doc.Plain())
		}
		switch {
		case len(wantWords) == 0 && strings.HasSuffix(name, ".pdf"):
			assert.LessOrEqual(t, size(got), 10, "%s: text where there is none", name)
			continue
		case size(wantWords) < 10:
			continue
		}
		both := 0
		for w, k := range wantWords {
			both += min(k, got[w])
		}
		if !strings.HasSuffix(name, ".pdf") {
			recall := float64(both) / float64(size(wantWords))
			docxSum += recall
			docxN++
			if recall < 0.9 {
				t.Logf("%s: recall %.3f %v", name, recall, r.Err)
			}
			continue
		}
		f1 := 2 * float64(both) / float64(size(wantWords)+size(got))
		if f1 < 0.9 {
			t.Logf("%s: F1 %.3f", name, f1)
		}
		sum += f1
		n++
	}
	t.Logf("%d PDF files, mean F1 %.4f; %d DOCX files, mean recall %.4f", n, sum/float64(n), docxN, docxSum/float64(docxN))
	assert.GreaterOrEqual(t, sum/float64(n), 0.90)
}

var word = regexp.MustCompile(`[\p{L}\p{N}_\p{Mn}]+`)

func bag(s string) map[string]int {
	out := map[string]int{}
	for _, w := range word.FindAllString(strings.ToLower(norm.NFKC.String(s)), -1) {
		out[w]++
	}
	return out
}

func size(bag map[string]int) int {
	n := 0
	for _, k := range bag {
		n += k
	}
	return n
}

// TestWorkersDoNotShow reads the corpus in two orders, one file at a time and
// many, and compares.
func TestWorkersDoNotShow(t *testing.T) {
	paths, _ := filepath.Glob(filepath.Join(corpus, "id-*.pdf"))
	if len(paths) == 0 {
		t.Skip("no corpus")
	}
	x := newExtractor(t)
	one := make([]string, len(paths))
	for i, p := range slices.Backward(paths) {
		one[i] = dump(x.Open(t.Context(), osFile(p)))
	}
	many := make([]string, len(paths))
	t.Run("many", func(t *testing.T) {
		for i, p := range paths {
			t.Run(filepath.Base(p), func(t *testing.T) {
				t.Parallel()
				many[i] = dump(x.Open(t.Context(), osFile(p)))
			})
		}
	})
	assert.Equal(t, one, many)
}

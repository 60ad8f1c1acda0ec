package office_test

import (
	"bytes"
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

	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/office"
	"dasheval/checker/text"
)

// corpusVar names a folder that holds DOCX files and beside them, under the
// same names with other endings, what another program made of them. It is no
// part of the project.
const corpusVar = "OFFICE_CORPUS"

var wordPattern = regexp.MustCompile(`[\pL\pN_]+`)

// bag counts the words of s.
func bag(s string) map[string]int {
	out := make(map[string]int)
	for _, w := range wordPattern.FindAllString(strings.ToLower(norm.NFKC.String(s)), -1) {
		out[w]++
	}
	return out
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

// TestCorpus compares what a file says with what its original says.
func TestCorpus(t *testing.T) {
	dir := os.Getenv(corpusVar)
	originals, err := filepath.Glob(filepath.Join(dir, "*.docx"))
	require.NoError(t, err)
	if dir == "" || len(originals) == 0 {
		t.Skip("no originals in " + corpusVar)
	}
	for _, kind := range []string{"odt", "rtf", "html"} {
		t.Run(kind, func(t *testing.T) {
			total, precision, n := 0.0, 0.0, 0
			images, same, order := 0, 0, 0
			for _, name := range originals {
				data, err := os.ReadFile(name)
				require.NoError(t, err)
				want, err := docx.Read(bytes.NewReader(data), int64(len(data)), docx.Limits{})
				if err != nil {
					continue
				}
				data, err = os.ReadFile(strings.TrimSuffix(name, "docx") + kind)
				if os.IsNotExist(err) {
					continue
				}
				require.NoError(t, err)
				begin := time.Now()
				out, err := office.Convert(t.Context(), kind, data)
				if !assert.NoError(t, err, name) {
					continue
				}
				got, err := docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
				require.NoError(t, err, name)
				assert.Less(t, time.Since(begin), 5*time.Second, name)
				share, words := recall(bag(want.Plain()), bag(got.Plain()))
				back, _ := recall(bag(got.Plain()), bag(want.Plain()))
				t.Logf("%.3f back %.3f words %d images %d of %d %s", share, back, words, pictures(got), pictures(want), filepath.Base(name))
				if words < 10 {
					continue
				}
				total, precision, n = total+share, precision+back, n+1
				images++
				if pictures(got) == pictures(want) {
					same++
				}
				if sameOrder(spots(want), spots(got)) {
					order++
				} else {
					t.Logf("another order: %s", filepath.Base(name))
				}
			}
			require.Positive(t, n)
			t.Logf("%s: mean recall %.4f, precision %.4f of %d files; as many pictures in %d of %d, all in the same order in %d", kind, total/float64(n), precision/float64(n), n, same, images, order)
			assert.GreaterOrEqual(t, total/float64(n), 0.98)
		})
	}
}

func pictures(doc *text.Document) int {
	n := 0
	for _, p := range doc.Pages {
		n += len(p.Images)
	}
	return n
}

// sameOrder reports whether pictures stand between the same lines of text.
func sameOrder(a, b []spot) bool {
	around := func(all []spot) []string {
		var out []string
		for i, s := range all {
			if s.what != "picture" {
				continue
			}
			before, after := "", ""
			if i > 0 {
				before = all[i-1].what
			}
			if i+1 < len(all) {
				after = all[i+1].what
			}
			out = append(out, strings.Join(strings.Fields(before+" | "+after), " "))
		}
		return out
	}
	return slices.Equal(around(a), around(b))
}

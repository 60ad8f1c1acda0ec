package native_test

import (
	"errors"
	"io/fs"
	"maps"
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

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// shared holds the lab's corpus and piles, where they are present.
const shared = "../../../../shared"

// pdfFiles returns the PDF files below a folder, sorted.
func pdfFiles(t testing.TB, folder string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(filepath.Join(shared, folder), func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.EqualFold(filepath.Ext(path), ".pdf") {
			out = append(out, path)
		}
		return nil
	})
	require.NoError(t, err)
	if len(out) == 0 {
		t.Skip("no " + folder)
	}
	return out
}

func newPdfium(t testing.TB) pdf.Engine {
	t.Helper()
	dir, err := os.UserCacheDir()
	require.NoError(t, err)
	e, err := pdf.NewPdfium(pdf.PdfiumConfig{Workers: 1, CacheDir: filepath.Join(dir, "dasheval")})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, e.Close()) })
	return e
}

var word = regexp.MustCompile(`[\p{L}\p{N}_\p{Mn}]+`)

func bag(s string) (words map[string]int, n int) {
	words = map[string]int{}
	for _, w := range word.FindAllString(strings.ToLower(norm.NFKC.String(s)), -1) {
		words[w]++
		n++
	}
	return words, n
}

// f1 is the harmonic mean of precision and recall of the words, 1 for two texts
// without words.
func f1(a, b string) float64 {
	wa, na := bag(a)
	wb, nb := bag(b)
	if na+nb == 0 {
		return 1
	}
	both := 0
	for w, k := range wa {
		both += min(k, wb[w])
	}
	return 2 * float64(both) / float64(na+nb)
}

func plain(p text.Page) string {
	var b strings.Builder
	for _, l := range p.Lines {
		b.WriteString(l.Text())
		b.WriteByte('\n')
	}
	return b.String()
}

// TestAgreesWithPdfium compares both engines page by page. Pages in doubt may
// differ; others must not.
func TestAgreesWithPdfium(t *testing.T) {
	for _, set := range []struct {
		folder string
		least  float64 // mean F1 of the pages without doubt
	}{{"piles/a", 0.99}, {"piles/b", 0.99}, {"corpus", 0.98}} {
		t.Run(set.folder, func(t *testing.T) {
			engine := newPdfium(t)
			var pages, trusted, files, whole, failed int
			var sum, all float64
			reasons := map[native.Doubt]int{}
			for _, path := range pdfFiles(t, set.folder) {
				data, err := os.ReadFile(path)
				require.NoError(t, err)
				files++
				want, err := engine.Read(t.Context(), data, pdf.Limits{Time: 10 * time.Second})
				got, nativeErr := native.Read(t.Context(), data, native.Limits{Time: 10 * time.Second})
				if err != nil || nativeErr != nil {
					if !errors.Is(err, nativeErr) {
						t.Logf("%s: pdfium %v, native %v", filepath.Base(path), err, nativeErr)
					}
					failed++
					continue
				}
				if got.Trusted() {
					whole++
				}
				require.Len(t, got.Doubts, len(got.Doc.Pages))
				if !assert.Len(t, got.Doc.Pages, len(want.Pages), path) {
					continue
				}
				assert.Equal(t, want.Total, got.Doc.Total)
				if got.Trusted() {
					assert.Equal(t, want.Meta, got.Doc.Meta, path)
				}
				for i, w := range want.Pages {
					g, d := got.Doc.Pages[i], got.Doubts[i]
					score := f1(plain(w), plain(g))
					pages++
					all += score
					for _, one := range d {
						reasons[one]++
					}
					if len(d) > 0 {
						if testing.Verbose() && score > 0.99 || score < 0.5 {
							t.Logf("doubt %s page %d: F1 %.3f %q", filepath.Base(path), i+1, score, d)
						}
						continue
					}
					trusted++
					sum += score
					if score < 0.97 {
						t.Logf("%s page %d: F1 %.3f", path, i+1, score)
					}
					if w.Origin != g.Origin || pictures(w) != pictures(g) || max(w.Width-g.Width, g.Width-w.Width, w.Height-g.Height, g.Height-w.Height, w.Raster-g.Raster, g.Raster-w.Raster) > 0.05 {
						t.Errorf("%s page %d: %s %gx%g %d %.2f, want %s %gx%g %d %.2f", path, i+1, g.Origin, g.Width, g.Height, pictures(g), g.Raster,
							w.Origin, w.Width, w.Height, pictures(w), w.Raster)
					}
				}
			}
			for _, d := range slices.Sorted(maps.Keys(reasons)) {
				t.Logf("%4d pages: %s", reasons[d], d)
			}
			t.Logf("%d files, %d trusted as a whole, %d failed; %d pages, %d trusted, F1 %.4f on those, %.4f on all",
				files, whole, failed, pages, trusted, sum/float64(max(trusted, 1)), all/float64(max(pages, 1)))
			assert.GreaterOrEqual(t, sum/float64(max(trusted, 1)), set.least)
		})
	}
}

// pictures counts the pictures of a page. Drawings, which have no pixels, are left
// out: the engines divide them differently.
func pictures(p text.Page) int {
	n := 0
	for _, im := range p.Images {
		if im.Width > 0 {
			n++
		}
	}
	return n
}

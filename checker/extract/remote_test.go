package extract_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/internal/testpile"
	"dasheval/checker/text"
)

// TestProcesses reads files in this process and in others. Nothing tells the
// results apart.
func TestProcesses(t *testing.T) {
	files := []evidence.File{
		file("empty.pdf", nil),
		file("noise", []byte("\x00\x01")),
		file("damaged.pdf", []byte("%PDF-1.4\nnothing more")),
		file("locked.pdf", testpdf.WriteLocked(testpdf.Layout("SURAT")...)),
		file("stamped.pdf", onePage("Keputusan", " /Annots [<< /Type /Annot /Subtype /Stamp /Rect [50 100 250 120] /F 4 /AP << /N 5 0 R >> >>]")),
		file("large.pdf", append([]byte("%PDF-1.4"), make([]byte, 9<<20)...)),
		file("just small enough", make([]byte, 8<<20)),
		{Path: "gone", Open: func() (io.ReadCloser, error) { return nil, fs.ErrPermission }},
		{Path: "breaks off", Size: -1, Open: func() (io.ReadCloser, error) {
			return io.NopCloser(io.MultiReader(strings.NewReader("%PDF-"), broken{})), nil
		}},
	}
	for i := range 8 {
		name, data := testpile.File(i, 1)
		files = append(files, file(name, data))
	}
	paths, err := filepath.Glob(filepath.Join(corpus, "id-*"))
	require.NoError(t, err)
	for _, p := range paths {
		files = append(files, osFile(p))
	}
	cfg := extract.Config{Workers: 1, CacheDir: cacheDir(t), MaxSize: 8 << 20, OCR: off}
	here, err := extract.New(t.Context(), cfg)
	require.NoError(t, err)
	defer here.Close()
	cfg.Worker = processes()
	there, err := extract.New(t.Context(), cfg)
	require.NoError(t, err)
	defer there.Close()
	for _, f := range files {
		want, got := here.Open(t.Context(), f), there.Open(t.Context(), f)
		if want.Err != nil || got.Err != nil {
			require.EqualError(t, got.Err, want.Err.Error(), f.Path)
			assert.Equal(t, evidence.Reason(want.Err), evidence.Reason(got.Err), f.Path)
			var re *evidence.ReadError
			assert.ErrorAs(t, got.Err, &re, f.Path)
		}
		assert.Equal(t, encoded(t, want.Doc), encoded(t, got.Doc), f.Path)
		assert.Equal(t, []any{want.Kind, want.SHA256, want.Bytes}, []any{got.Kind, got.SHA256, got.Bytes}, f.Path)
	}
}

func encoded(t *testing.T, doc *text.Document) string {
	if doc == nil {
		return ""
	}
	b, err := doc.AppendBinary(nil)
	require.NoError(t, err)
	return string(b)
}

type broken struct{}

func (broken) Read([]byte) (int, error) { return 0, errors.New("the disk is gone") }

// TestProcessLimits reads files that take too long and too much.
func TestProcessLimits(t *testing.T) {
	var b testpdf.Builder
	own := b.Next()
	b.Stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X "+testpdf.Ref(own)+" >> >>", strings.Repeat("/X Do ", 50))
	calls := b.PDF("", testpdf.PageSpec{Content: "/X Do", Resources: "/XObject << /X " + testpdf.Ref(own) + " >>"})
	cfg := extract.Config{Workers: 1, CacheDir: cacheDir(t), MaxTime: time.Second, MaxMemory: 256 << 20, OCR: off, Worker: processes()}
	if raced {
		cfg.MaxMemory = 4 << 30
	}
	x, err := extract.New(t.Context(), cfg)
	require.NoError(t, err)
	defer x.Close()
	for name, data := range map[string][]byte{
		"calls itself":  calls,
		"long in a row": bytes.Repeat([]byte("%PDF-1.4 1 0 obj << /A [[[[[[[[ "), 1<<18),
	} {
		start := time.Now()
		r := x.Open(t.Context(), file(name, data))
		require.Error(t, r.Err, name)
		assert.Contains(t, []string{"timeout", "too_large", "corrupt"}, evidence.Reason(r.Err), name)
		assert.Less(t, time.Since(start), 10*time.Second, name)
		assert.NotEmpty(t, r.SHA256, name)
		good := x.Open(t.Context(), file("good.pdf", onePage("Keputusan Kepala Balai", "")))
		require.NoError(t, good.Err, "after "+name)
	}
}

func TestNoProcess(t *testing.T) {
	x, err := extract.New(t.Context(), extract.Config{Worker: []string{"/no/such/program"}})
	require.NoError(t, err)
	defer x.Close()
	r := x.Open(t.Context(), file("good.pdf", onePage("Keputusan", "")))
	var re *evidence.ReadError
	require.Error(t, r.Err)
	assert.False(t, errors.As(r.Err, &re), "that no process starts says nothing about the file")
}

// TestNoCache reads a page in doubt where the cache cannot be used.
func TestNoCache(t *testing.T) {
	if raced {
		t.Skip("compiling pdfium takes a minute with the race detector")
	}
	t.Setenv("TMPDIR", t.TempDir())
	x, err := extract.New(t.Context(), extract.Config{Workers: 1, CacheDir: "/dev/null/none", MaxMemory: 512 << 20, OCR: off, Worker: processes()})
	require.NoError(t, err)
	stamp := " /Annots [<< /Type /Annot /Subtype /Stamp /Rect [50 100 250 120] /F 4 /AP << /N 5 0 R >> >>]"
	r := x.Open(t.Context(), file("stamped.pdf", onePage("Keputusan", stamp)))
	require.NoError(t, r.Err)
	assert.Equal(t, text.Pdfium, r.Doc.Pages[0].Engine)
	require.NoError(t, x.Close())
	left, err := os.ReadDir(os.TempDir())
	require.NoError(t, err)
	assert.Empty(t, left, "the temporary cache is gone")
}

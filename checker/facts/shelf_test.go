package facts

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/text"
	"dasheval/rules"
)

// paper is a document of two pages with a line that cleaning changes.
func paper(paged bool) *text.Document {
	doc := &text.Document{Paged: paged}
	for n, page := range [][]string{{"SURAT  KEPUTUSAN", "Nomor : 7/2025 “é”", ""}, {"Ditetapkan di Ambon", "Kepala,"}} {
		p := text.Page{Number: n + 1, Width: 595, Height: 842, Origin: text.Layer}
		for i, s := range page {
			l := text.Line{Box: text.Box{X0: 50, Y0: float64(20 * i), X1: 300, Y1: float64(20*i + 10)}, Paragraph: 10*n + i + 1}
			for k, w := range strings.Fields(s) {
				l.Words = append(l.Words, text.Word{Text: w, Box: text.Box{X0: float64(50 + 60*k), Y0: l.Box.Y0, X1: float64(100 + 60*k), Y1: l.Box.Y1}})
			}
			p.Lines = append(p.Lines, l)
		}
		doc.Pages = append(doc.Pages, p)
	}
	return doc
}

func TestShelf(t *testing.T) {
	pack, err := rules.Builtin()
	require.NoError(t, err)
	r, err := NewReader(pack)
	require.NoError(t, err)
	for _, memory := range []int{1 << 20, 100, 0} {
		s := NewShelf()
		s.left = memory
		var before, after []*Document
		for i := range 20 {
			for _, list := range []*[]*Document{&before, &after} {
				d, err := r.Read(t.Context(), "a.pdf", "", paper(i%2 == 0))
				require.NoError(t, err)
				*list = append(*list, d)
			}
			s.Put(after[i])
		}
		assert.Equal(t, memory < 1<<20, s.file != nil)
		for i, d := range before {
			k := after[i]
			require.Nil(t, k.Text)
			require.Equal(t, d.Clean(), k.Clean())
			require.Equal(t, d.Folded(), k.Folded())
			for from := range len(d.Clean()) {
				require.Equal(t, d.Place(from, from+9), k.Place(from, from+9), "from byte %d", from)
			}
			assert.Equal(t, []any{d.Facts, d.Blocks, d.Heading, d.First, d.Last, d.Origin}, []any{k.Facts, k.Blocks, k.Heading, k.First, k.Last, k.Origin})
		}
		require.NoError(t, s.Close())
		require.NoError(t, s.Close())
	}
}

// TestShelfHides looks for the words of the evidence in the temporary file.
func TestShelfHides(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the file is open")
	}
	t.Setenv("TMPDIR", t.TempDir())
	s := NewShelf()
	s.left = 0
	r := s.put([]byte(strings.Repeat("rahasia ", 100)))
	left, err := filepath.Glob(filepath.Join(os.TempDir(), "*"))
	require.NoError(t, err)
	assert.Empty(t, left, "the file has no name")
	b := make([]byte, 800)
	_, err = s.file.ReadAt(b, 0)
	require.NoError(t, err)
	assert.NotContains(t, string(b), "rahasia")
	assert.Equal(t, strings.Repeat("rahasia ", 100), string(r.get()))
	require.NoError(t, s.Close())
}

// TestShelfWithoutDisk keeps texts where no file can be made.
func TestShelfWithoutDisk(t *testing.T) {
	t.Setenv("TMPDIR", "/no/such/folder")
	t.Setenv("TMP", "/no/such/folder")
	s := NewShelf()
	s.left = 0
	r := s.put([]byte("kept"))
	assert.Equal(t, "kept", string(r.get()))
	require.NoError(t, s.Close())
}

// TestHold holds that a document answers the same from the shelf, off it and back
// on it.
func TestHold(t *testing.T) {
	pack, err := rules.Builtin()
	require.NoError(t, err)
	r, err := NewReader(pack)
	require.NoError(t, err)
	d, err := r.Read(t.Context(), "a", "a", &text.Document{Pages: []text.Page{{Number: 1, Lines: []text.Line{
		{Paragraph: 1, Words: []text.Word{{Text: "NOTA"}, {Text: "DINAS"}}},
		{Paragraph: 2, Words: []text.Word{{Text: "Harap"}, {Text: "hadir"}}},
	}}}})
	require.NoError(t, err)
	ask := func() [3]string {
		return [3]string{d.Clean(), d.Folded(), d.Place(len("nota dinas\nharap "), len("nota dinas\nharap hadir")).Quote}
	}
	want := ask()
	require.Equal(t, "hadir", want[2])
	s := NewShelf()
	defer s.Close()
	s.Put(d)
	assert.Equal(t, want, ask(), "on the shelf")
	release := d.Hold()
	assert.Equal(t, want, ask(), "held")
	release()
	assert.Equal(t, want, ask(), "back")

}

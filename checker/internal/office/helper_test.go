package office_test

import (
	"archive/zip"
	"bytes"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/office"
	"dasheval/checker/text"
)

// files are the members of a container by name.
type files map[string]string

// with returns a copy of f with more files.
func (f files) with(more files) files {
	out := maps.Clone(f)
	maps.Copy(out, more)
	return out
}

func pack(t testing.TB, f files) string {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range slices.Sorted(maps.Keys(f)) {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(f[name]))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return buf.String()
}

// read converts a file and reads it.
func read(t testing.TB, kind, data string) *text.Document {
	t.Helper()
	out, err := office.Convert(t.Context(), kind, []byte(data))
	require.NoError(t, err)
	doc, err := docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
	require.NoError(t, err)
	return doc
}

// A saying is a file and what it says. Pages are separated by form feeds, cells
// by tabs.
type saying struct{ name, in, want string }

func check(t *testing.T, kind string, cases []saying) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, read(t, kind, c.in).Plain(), "input %.300q", c.in)
		})
	}
}

// A spot is what stands where in a document: a line of text or a picture, and
// its paragraph.
type spot struct {
	what          string
	width, height int // of a picture, in points
}

// spots lists the lines and pictures of a document from top to bottom.
func spots(doc *text.Document) []spot {
	type at struct {
		paragraph int
		spot
	}
	var all []at
	for _, p := range doc.Pages {
		for _, l := range p.Lines {
			all = append(all, at{l.Paragraph, spot{what: l.Text()}})
		}
		for _, im := range p.Images {
			all = append(all, at{im.Paragraph, spot{"picture", int(im.Box.X1 - im.Box.X0 + 0.5), int(im.Box.Y1 - im.Box.Y0 + 0.5)}})
		}
	}
	slices.SortStableFunc(all, func(a, b at) int { return a.paragraph - b.paragraph })
	out := make([]spot, len(all))
	for i, a := range all {
		out[i] = a.spot
	}
	return out
}

// signed is how a signature stands in a decree: the title of who signs, the
// picture of the signature, and the name.
var signed = []spot{{what: "Kepala Dinas"}, {"picture", 72, 36}, {what: "Budi Santoso"}}

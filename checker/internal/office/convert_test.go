package office_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/office"
)

// samples has a small file of each kind, which says "halo".
func samples(t testing.TB) map[string]string {
	return map[string]string{
		"odt":  pack(t, odt(`<text:list><text:list-item><text:p>halo</text:p></text:list-item></text:list><table:table><table:table-row><table:table-cell/></table:table-row></table:table>`, "")),
		"rtf":  `{\rtf1{\fonttbl{\f0 Arial;}}{\header x}\trowd\cellx9\intbl a\cell\row\pard halo{\footnote y}{\pict\picwgoal5 00}}`,
		"xlsx": pack(t, book(`<sheetData><row><c t="inlineStr"><is><t>halo</t></is></c></row></sheetData>`)),
		"pptx": pack(t, deck(slide(sp(1, ap("halo"))))),
		"eml":  "Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhalo\r\n--b--\r\n",
		"txt":  "halo\n\fdua",
		"html": "<ol><li>halo<table><tr><td rowspan=2>a<td>b</table>",
	}
}

func TestKinds(t *testing.T) {
	all := samples(t)
	require.Len(t, office.Kinds(), len(all))
	for _, kind := range office.Kinds() {
		assert.Contains(t, read(t, kind, all[kind]).Plain(), "halo", kind)
	}
}

// TestPackage checks that what comes out is a package whose parts are all
// related, told the type of, and well-formed.
func TestPackage(t *testing.T) {
	for kind, data := range samples(t) {
		out, err := office.Convert(t.Context(), kind, []byte(data))
		require.NoError(t, err, kind)
		again, err := office.Convert(t.Context(), kind, []byte(data))
		require.NoError(t, err, kind)
		assert.Equal(t, out, again, "%s: the same twice", kind)
		z, err := zip.NewReader(bytes.NewReader(out), int64(len(out)))
		require.NoError(t, err, kind)
		for _, f := range z.File {
			r, err := f.Open()
			require.NoError(t, err)
			dec := xml.NewDecoder(r)
			for {
				tok, err := dec.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				require.NoError(t, err, "%s: %s", kind, f.Name)
				if e, ok := tok.(xml.StartElement); ok {
					assert.NotEqual(t, e.Name.Space, "w", "%s: %s: a prefix without a namespace", kind, f.Name)
				}
			}
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for kind, data := range samples(t) {
		out, err := office.Convert(ctx, kind, []byte(data))
		assert.ErrorIs(t, err, context.Canceled, kind)
		assert.Nil(t, out, kind)
	}
}

// TestCancelledOnTheWay ends a long conversion.
func TestCancelledOnTheWay(t *testing.T) {
	for kind, data := range map[string]string{
		"txt": string(bytes.Repeat([]byte("kata kata\n"), 1<<20)),
		"rtf": `{\rtf1` + string(bytes.Repeat([]byte(`\par kata`), 1<<20)),
		"odt": pack(t, odt(string(bytes.Repeat([]byte(`<text:p>kata 1234</text:p>`), 100_000)), "")),
	} {
		ctx := &countdown{Context: t.Context(), left: 5}
		_, err := office.Convert(ctx, kind, []byte(data))
		assert.ErrorIs(t, err, context.Canceled, kind)
	}
}

// A countdown is done after it has been asked a few times.
type countdown struct {
	context.Context
	left int
}

func (c *countdown) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

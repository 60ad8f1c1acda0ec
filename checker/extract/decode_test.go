package extract

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

// TestDecode takes answers that no honest process gives.
func TestDecode(t *testing.T) {
	page := text.Page{Number: 1, Origin: text.Layer}
	with := func(change func(*text.Document)) []byte {
		doc := &text.Document{Format: "pdf", Paged: true, Total: 1, Pages: []text.Page{page}}
		change(doc)
		return encode("pdf", doc, nil)
	}
	a, err := decode(with(func(*text.Document) {}))
	require.NoError(t, err)
	assert.Equal(t, "pdf", a.Kind)
	require.NotNil(t, a.doc)
	for name, b := range map[string][]byte{
		"nothing":              nil,
		"no answer":            []byte("{}"),
		"neither text nor why": []byte("{}\n"),
		"no document":          []byte(`{"Doc":true}` + "\n"),
		"a failure":            []byte(`{"Reason":"failure","Error":"x"}` + "\n"),
		"no permission":        []byte(`{"Reason":"no_permission","Error":"x"}` + "\n"),
		"another reason":       []byte(`{"Reason":"bored","Error":"x"}` + "\n"),
		"many pages":           with(func(d *text.Document) { d.Total = math.MaxInt }),
		"pages below zero":     with(func(d *text.Document) { d.Total = -1 }),
		"a page too far":       with(func(d *text.Document) { d.Pages[0].Number = 2 }),
		"a page twice":         with(func(d *text.Document) { d.Pages = append(d.Pages, page); d.Total = 2 }),
		"endless paper":        with(func(d *text.Document) { d.Pages[0].Height = math.Inf(1) }),
		"no number":            with(func(d *text.Document) { d.Pages[0].Raster = math.NaN() }),
		"an engine":            with(func(d *text.Document) { d.Pages[0].Engine = "steam" }),
		"an origin":            with(func(d *text.Document) { d.Pages[0].Origin = "sky" }),
	} {
		a, err := decode(b)
		require.Error(t, err, name)
		assert.Nil(t, a.doc, name)
		assert.True(t, isReason(err), "%s: %v", name, err)
		assert.NotEqual(t, "no_permission", evidence.Reason(err), name)
	}
}

package text_test

import (
	"runtime"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/text"
)

func sample() *text.Document {
	box := text.Box{X0: 56.123, Y0: 100.005, X1: 120.7777, Y1: 112}
	d := &text.Document{Format: "pdf", Paged: true, Total: 7, Meta: map[string]string{"title": "Keputusan", "producer": ""},
		Pages: []text.Page{
			{Number: 1, Width: 595.276, Height: 841.89, Origin: text.Layer, Raster: 1.0 / 3, Engine: "pdfium", Doubts: []string{"annotations", "type3"},
				Lines: []text.Line{
					{Box: box, Words: []text.Word{{Text: "SURAT", Box: box}, {Text: "–", Box: text.Box{X0: -3}}, {Text: "", Box: box}}},
					{Box: text.Box{X0: 1e9, Y1: -0.1}, Paragraph: 3, Table: 1, Row: 2, Column: 4, Words: []text.Word{{Text: "é"}}},
					{Paragraph: 4},
				},
				Images: []text.Image{{Box: box, Paragraph: 2, Width: 10, Height: 20}},
				Fields: []text.Field{{Kind: "text", Name: "nama", Value: "Rina", Box: box}},
			},
			{Number: 3, Origin: text.None},
		}}
	d.Round()
	return d
}

func TestEncoding(t *testing.T) {
	d := sample()
	assert.Equal(t, 56.12, d.Pages[0].Lines[0].Box.X0)
	b, err := d.AppendBinary([]byte("before"))
	require.NoError(t, err)
	var got text.Document
	require.NoError(t, got.UnmarshalBinary(b[len("before"):]))
	assert.Equal(t, d, &got)

	for n := range len(b) - len("before") {
		require.ErrorIs(t, got.UnmarshalBinary(b[len("before"):len("before")+n]), text.ErrEncoding, "cut after %d bytes", n)
	}
	require.ErrorIs(t, got.UnmarshalBinary(append(b[len("before"):], 0)), text.ErrEncoding)
}

// TestEncodingBounds claims many words on many pages in few bytes.
func TestEncodingBounds(t *testing.T) {
	d := &text.Document{}
	for range 200 {
		d.Pages = append(d.Pages, text.Page{})
	}
	b, err := d.AppendBinary(nil)
	require.NoError(t, err)
	filler := make([]byte, 1<<20)
	// Each page: number, three floats, origin, engine, doubts, then how many words.
	const words = 1 + 3*8 + 1 + 1 + 1
	page := (len(b) - 5) / 200
	var hostile []byte
	hostile = append(hostile, b[:len(b)-200*page]...)
	for range 200 {
		one := append([]byte{}, b[len(b)-200*page:][:words]...)
		one = append(one, 0x80, 0x80, 0x20) // 262,144 words
		hostile = append(hostile, append(one, b[len(b)-200*page:][words+1:page]...)...)
	}
	hostile = append(hostile, filler...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	require.ErrorIs(t, new(text.Document).UnmarshalBinary(hostile), text.ErrEncoding)
	runtime.ReadMemStats(&after)
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<20))
}

// FuzzUnmarshal takes any bytes for a document. One that can be read is encoded
// and read again without change.
func FuzzUnmarshal(f *testing.F) {
	b, err := sample().AppendBinary(nil)
	require.NoError(f, err)
	f.Add(b)
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, b []byte) {
		var d, again text.Document
		if d.UnmarshalBinary(b) != nil {
			return
		}
		d.Round()
		for i := range d.Pages { // NaN is unequal to itself
			d.Pages[i].Width, d.Pages[i].Height, d.Pages[i].Raster = 0, 0, 0
		}
		b, err := d.AppendBinary(nil)
		require.NoError(t, err)
		require.NoError(t, again.UnmarshalBinary(b))
		require.Equal(t, d, again)
	})
}

func BenchmarkEncoding(b *testing.B) {
	d := sample()
	for range 300 {
		d.Pages[1].Lines = append(d.Pages[1].Lines, d.Pages[0].Lines[0])
	}
	b.ReportAllocs()
	var got text.Document
	for b.Loop() {
		data, err := d.AppendBinary(nil)
		require.NoError(b, err)
		require.NoError(b, got.UnmarshalBinary(data))
	}
}

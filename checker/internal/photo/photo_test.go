package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/photo"
)

// tiffOf writes a TIFF file of pages of one grey pixel each, whose directories
// follow one another; after the last one comes the directory number back, from 0,
// if that is not negative.
func tiffOf(greys []byte, back int) []byte {
	const head, entries = 8, 8
	size := 2 + 12*entries + 4
	out := []byte("II*\x00")
	out = binary.LittleEndian.AppendUint32(out, head)
	pixels := head + len(greys)*size
	for i := range greys {
		out = binary.LittleEndian.AppendUint16(out, entries)
		for _, e := range [][3]uint32{
			{256, 3, 1}, {257, 3, 1}, {258, 3, 8}, {259, 3, 1}, {262, 3, 1}, {273, 4, uint32(pixels + i)}, {278, 3, 1}, {279, 4, 1},
		} {
			out = binary.LittleEndian.AppendUint16(out, uint16(e[0]))
			out = binary.LittleEndian.AppendUint16(out, uint16(e[1]))
			out = binary.LittleEndian.AppendUint32(out, 1)
			out = binary.LittleEndian.AppendUint32(out, e[2])
		}
		next := 0
		switch {
		case i+1 < len(greys):
			next = head + (i+1)*size
		case back >= 0:
			next = head + back*size
		}
		out = binary.LittleEndian.AppendUint32(out, uint32(next))
	}
	return append(out, greys...)
}

func TestPages(t *testing.T) {
	for _, back := range []int{-1, 0, 1} {
		p, err := photo.Open(tiffOf([]byte{10, 20, 30}, back), "tiff")
		require.NoError(t, err)
		require.Equal(t, 3, p.Pages, "directories that lead back, %d", back)
		for i, grey := range []byte{10, 20, 30} {
			im, err := p.Page(i)
			require.NoError(t, err)
			assert.Equal(t, color.Gray{grey}, im.At(0, 0))
		}
	}
}

// exif is the block that a camera writes: held upright to the right, taken on a day.
func exif() []byte {
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	entry := func(tag, kind uint16, count, value uint32) {
		tiff = binary.LittleEndian.AppendUint16(tiff, tag)
		tiff = binary.LittleEndian.AppendUint16(tiff, kind)
		tiff = binary.LittleEndian.AppendUint32(tiff, count)
		tiff = binary.LittleEndian.AppendUint32(tiff, value)
	}
	tiff = binary.LittleEndian.AppendUint16(tiff, 2)
	entry(0x112, 3, 1, 6)
	entry(0x8769, 4, 1, 38)
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = binary.LittleEndian.AppendUint16(tiff, 1)
	entry(0x9003, 2, 20, 56)
	tiff = append(tiff, 0, 0, 0, 0)
	tiff = append(tiff, "2025:02:14 09:30:00\x00"...)
	body := append([]byte("Exif\x00\x00"), tiff...)
	return append(binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2)), body...)
}

func TestCamera(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 4)), nil))
	plain := b.Bytes()
	p, err := photo.Open(append(append(bytes.Clone(plain[:2]), exif()...), plain[2:]...), "jpg")
	require.NoError(t, err)
	assert.Equal(t, 1, p.Turns)
	assert.Equal(t, time.Date(2025, 2, 14, 9, 30, 0, 0, time.UTC), p.Taken)
	p, err = photo.Open(plain, "jpg")
	require.NoError(t, err)
	assert.Zero(t, p.Turns)
	assert.True(t, p.Taken.IsZero())
}

func TestLimits(t *testing.T) {
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 4))))
	huge := bytes.Clone(b.Bytes())
	binary.BigEndian.PutUint32(huge[16:], 100_000)
	binary.BigEndian.PutUint32(huge[20:], 100_000)
	_, err := photo.Open(huge, "png")
	require.Error(t, err) // its checksum is wrong too
	for _, data := range [][]byte{nil, []byte("II*\x00"), []byte("II*\x00\xff\xff\xff\xff"), []byte("II*\x00\x08\x00\x00\x00")} {
		_, err := photo.Open(data, "tiff")
		require.ErrorIs(t, err, evidence.ErrCorrupt)
	}
}

func FuzzPhoto(f *testing.F) {
	f.Add(tiffOf([]byte{10, 20}, 0), 4)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 4))); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes(), 1)
	f.Fuzz(func(t *testing.T, data []byte, kind int) {
		kinds := photo.Kinds()
		p, err := photo.Open(data, kinds[max(kind, -kind, 0)%len(kinds)])
		if err != nil {
			return
		}
		require.Positive(t, p.Pages)
		_, _ = p.Page(p.Pages - 1) // it must not panic
	})
}

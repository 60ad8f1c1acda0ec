package native_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/native"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

// pictured makes a PDF file of one page of 200 by 100 points with a content and a
// picture.
func pictured(page, content, dict string, body []byte) []byte {
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R /Resources << /XObject << /P 5 0 R >> >> " + page + " >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
		fmt.Sprintf("<< /Type /XObject /Subtype /Image %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body),
	}
	return testpdf.Assemble(objects, "")
}

func zipped(b []byte) []byte {
	var out bytes.Buffer
	z := zlib.NewWriter(&out)
	_, _ = z.Write(b) // to memory
	_ = z.Close()
	return out.Bytes()
}

const whole = "q 200 0 0 100 0 0 cm /P Do Q"

func TestPicture(t *testing.T) {
	var j bytes.Buffer
	require.NoError(t, jpeg.Encode(&j, image.NewGray(image.Rect(0, 0, 4, 2)), nil))
	const four = "/Width 4 /Height 2 "
	grey := func(v byte) color.Color { return color.Gray{v} }
	for _, c := range []struct {
		name, page, content, dict string
		body                      []byte
		corner                    color.Color // of the picture as it stands in the file; nil if it cannot be taken
		turns                     int
	}{
		{"jpeg", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode", j.Bytes(), grey(0), 0},
		{"packed jpeg", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter [/FlateDecode /DCTDecode]", zipped(j.Bytes()), grey(0), 0},
		{"grey", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", []byte{7, 1, 2, 3, 4, 5, 6, 7}, grey(7), 0},
		{"colour", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode", zipped(bytes.Repeat([]byte{9, 8, 7}, 8)), color.RGBA{9, 8, 7, 255}, 0},
		{"predicted", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 3 /Columns 4 >>",
			zipped(bytes.Repeat(append([]byte{1, 5, 6, 7}, make([]byte, 9)...), 2)), color.RGBA{5, 6, 7, 255}, 0},
		{"one bit", "", whole, four + "/BitsPerComponent 1 /ColorSpace /DeviceGray", []byte{0x80, 0}, grey(255), 0},
		{"one bit, inverted", "", whole, four + "/BitsPerComponent 1 /ColorSpace /DeviceGray /Decode [1 0]", []byte{0x80, 0}, grey(0), 0},
		{"mask", "", whole, four + "/ImageMask true", []byte{0x80, 0}, grey(255), 0},
		{"palette", "", whole, four + "/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1 <010203040506>]", []byte{1, 0, 0, 0, 0, 0, 0, 0}, color.RGBA{4, 5, 6, 255}, 0},
		{"beyond its palette", "", whole, four + "/BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1 <010203040506>]", []byte{200, 0, 0, 0, 0, 0, 0, 0}, color.RGBA{4, 5, 6, 255}, 0},
		{"page turned", "/Rotate 90", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", []byte{7, 1, 2, 3, 4, 5, 6, 7}, grey(7), 1},
		{"on its head", "", "q -200 0 0 -100 200 100 cm /P Do Q", four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", []byte{7, 1, 2, 3, 4, 5, 6, 7}, grey(7), 2},
		{"cut short", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", []byte{7, 1, 2, 3, 4, 5}, grey(7), 0},

		{"mirrored", "", "q -200 0 0 100 200 0 cm /P Do Q", four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 8), nil, 0},
		{"askew", "", "q 180 20 -20 80 20 0 cm /P Do Q", four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 8), nil, 0},
		{"twice", "", whole + " " + whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 8), nil, 0},
		{"beside a drawing", "", whole + " 0 0 9 9 re f", four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 8), nil, 0},
		{"partly transparent", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray /SMask 5 0 R", make([]byte, 8), nil, 0},
		{"of sixteen bits", "", whole, four + "/BitsPerComponent 16 /ColorSpace /DeviceGray", make([]byte, 16), nil, 0},
		{"of an unknown filter", "", whole, four + "/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /JBIG2Decode", make([]byte, 8), nil, 0},
		{"with no data", "", whole, four + "/BitsPerComponent 8 /ColorSpace /DeviceGray", []byte{7}, nil, 0},
		{"too large", "", whole, "/Width 100000 /Height 100000 /BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 8), nil, 0},
		{"broken fax", "", whole, four + "/BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 4 >>", []byte{0, 0}, nil, 0},
	} {
		r, err := native.Read(t.Context(), pictured(c.page, c.content, c.dict, c.body), native.Limits{})
		require.NoError(t, err, c.name)
		p, err := r.Picture(context.Background(), 0)
		if c.corner == nil {
			assert.Error(t, err, c.name)
			continue
		}
		if !assert.NoError(t, err, c.name) {
			continue
		}
		wr, wg, wb, _ := c.corner.RGBA()
		gr, gg, gb, _ := p.Image.At(0, 0).RGBA()
		assert.Equal(t, [3]uint32{wr, wg, wb}, [3]uint32{gr, gg, gb}, c.name)
		assert.Equal(t, c.turns, p.Turns, c.name)
		page := text.Box{X1: 200, Y1: 100}
		if c.turns == 1 {
			page = text.Box{X1: 100, Y1: 200}
		}
		assert.Equal(t, page, p.Box, c.name)
	}
	r, err := native.Read(t.Context(), pictured("", whole, "/Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray", make([]byte, 8)), native.Limits{})
	require.NoError(t, err)
	_, err = r.Picture(t.Context(), 1)
	assert.Error(t, err, "no such page")
}

func FuzzPicture(f *testing.F) {
	f.Add("/Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace /DeviceGray", []byte{7, 1, 2, 3, 4, 5, 6, 7})
	f.Add("/Width 4 /Height 2 /BitsPerComponent 1 /ColorSpace /DeviceGray /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 4 >>", []byte{0x26, 0xa0})
	f.Add("/Width 4 /Height 2 /BitsPerComponent 8 /ColorSpace [/Indexed /DeviceRGB 1 <010203040506>] /Filter /FlateDecode /DecodeParms << /Predictor 12 >>", zipped(make([]byte, 10)))
	f.Fuzz(func(t *testing.T, dict string, body []byte) {
		r, err := native.Read(t.Context(), pictured("", whole, dict, body), native.Limits{})
		if err != nil {
			return
		}
		if p, err := r.Picture(t.Context(), 0); err == nil {
			require.False(t, p.Image.Bounds().Empty())
		}
	})
}

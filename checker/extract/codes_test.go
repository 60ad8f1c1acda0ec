package extract_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"image"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/extract"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

// TestCodes reads QR codes that stand on a page of text: black on white, and black
// on nothing, as programs of signatures place them.
func TestCodes(t *testing.T) {
	const payload = "https://tte.contoh.go.id/v/46dea5b3"
	const side = 200
	code, err := qrcode.NewQRCodeWriter().Encode(payload, gozxing.BarcodeFormat_QR_CODE, side, side, nil)
	require.NoError(t, err)
	grey := image.NewGray(image.Rect(0, 0, side, side))
	var alpha []byte
	for y := range side {
		for x := range side {
			v := byte(255)
			if code.Get(x, y) {
				v = 0
			}
			grey.Pix[y*side+x] = v
			alpha = append(alpha, 255-v)
		}
	}
	zip := func(b []byte) string {
		var out bytes.Buffer
		z := zlib.NewWriter(&out)
		_, _ = z.Write(b) // to memory
		_ = z.Close()
		return out.String()
	}
	stream := func(dict, body string) string {
		return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body)
	}
	picture := fmt.Sprintf("/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode ", side, side)
	for name, objects := range map[string][]string{
		"on white":   {stream(picture, zip(grey.Pix))},
		"on nothing": {stream(picture+"/SMask 7 0 R", zip(make([]byte, side*side))), stream(picture, zip(alpha))},
	} {
		content := "BT /F 12 Tf 72 700 Td (Surat Keputusan Kepala Balai Contoh tentang Tim Kerja) Tj ET q 60 0 0 60 300 400 cm /P Do Q"
		data := testpdf.Assemble(append([]string{
			"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
			"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /P 6 0 R >> >> >>",
			stream("", content), "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
		}, objects...), "")
		x, err := extract.New(t.Context(), extract.Config{Workers: 1, OCR: off, CacheDir: cacheDir(t), Worker: processes()})
		require.NoError(t, err)
		r := x.Open(t.Context(), file("a.pdf", data))
		require.NoError(t, r.Err, name)
		want := []text.Mark{{Kind: text.QR, Payload: payload, Box: text.Box{X0: 300, Y0: 382, X1: 360, Y1: 442}}}
		assert.Equal(t, want, r.Doc.Pages[0].Marks, name)
		require.NoError(t, x.Close())
	}
}

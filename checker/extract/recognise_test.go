package extract_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"golang.org/x/image/tiff"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

const dpi = 150

// sheet draws an A4 page as a scanner sees it. Lines have no more than 60
// characters.
func sheet(t *testing.T, lines ...string) *image.Gray {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	require.NoError(t, err)
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 11, DPI: dpi})
	require.NoError(t, err)
	im := image.NewGray(image.Rect(0, 0, dpi*210*10/254, dpi*297*10/254))
	draw.Draw(im, im.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: im, Src: image.NewUniform(color.Black), Face: face}
	for i, l := range lines {
		d.Dot = fixed.P(dpi, dpi+i*dpi/3)
		d.DrawString(l)
	}
	return im
}

var letter = []string{
	"PEMERINTAH KABUPATEN MUARA TELUK", "KEPUTUSAN KEPALA DINAS", "Nomor 188/17/2025 tentang Tim Kerja Zona Integritas",
	"Menetapkan tim kerja pembangunan zona integritas", "dengan tugas sebagaimana tercantum dalam lampiran", "Ditetapkan di Muara Teluk",
}

// scanned makes a PDF file whose pages are pictures.
func scanned(t *testing.T, pages ...image.Image) []byte {
	t.Helper()
	var objects []string
	kids := ""
	for i, im := range pages {
		var b bytes.Buffer
		require.NoError(t, jpeg.Encode(&b, im, &jpeg.Options{Quality: 90}))
		n := 3 + 3*i
		kids += fmt.Sprintf("%d 0 R ", n)
		content := "q 595 0 0 842 0 0 cm /P Do Q"
		objects = append(objects,
			fmt.Sprintf("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /XObject << /P %d 0 R >> >> >>", n+1, n+2),
			fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content),
			fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream",
				im.Bounds().Dx(), im.Bounds().Dy(), b.Len(), b.String()))
	}
	objects = append([]string{"<< /Type /Catalog /Pages 2 0 R >>", fmt.Sprintf("<< /Type /Pages /Kids [%s] /Count %d >>", kids, len(pages))}, objects...)
	return testpdf.Assemble(objects, "")
}

func withOCR(t *testing.T, o extract.OCR, worker bool) *extract.Extractor {
	t.Helper()
	if _, err := extract.FindOCR(t.Context(), extract.OCR{}); errors.Is(err, extract.ErrNoOCR) && o.Program == "" {
		t.Skip("tesseract is not installed")
	}
	cfg := extract.Config{Workers: 2, OCR: o, MaxTime: 20 * time.Second, CacheDir: cacheDir(t)}
	if worker {
		cfg.Worker = processes()
	}
	x, err := extract.New(t.Context(), cfg)
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, x.Close()) })
	return x
}

func TestScan(t *testing.T) {
	pdf := scanned(t, sheet(t, letter...), sheet(t), sheet(t, "Halaman terakhir dari keputusan ini ditutup dengan", "tanda tangan kepala dinas yang menetapkannya"))
	var both []string
	for _, worker := range []bool{false, true} {
		r := withOCR(t, extract.OCR{}, worker).Open(t.Context(), file("scan.pdf", pdf))
		require.NoError(t, r.Err)
		require.Len(t, r.Doc.Pages, 3)
		assert.Equal(t, text.OCR, r.Doc.Origin())
		assert.Empty(t, r.Doc.Unread())
		p := r.Doc.Pages[0]
		var got []string
		for _, l := range p.Lines {
			got = append(got, l.Text())
		}
		assert.Equal(t, letter, got)
		assert.Equal(t, text.Good, p.Grade)
		assert.Equal(t, text.Tesseract, p.Engine)
		// An inch from the left, and so high that the first line ends above it.
		assert.InDelta(t, 72, p.Lines[0].Box.X0, 2)
		assert.InDelta(t, 72, p.Lines[0].Box.Y1, 4)
		assert.Greater(t, p.Lines[0].Words[0].Confidence, uint8(60))
		assert.Equal(t, text.NoText, r.Doc.Pages[1].Grade)
		assert.Empty(t, r.Doc.Pages[1].Lines)
		assert.Len(t, r.Doc.Pages[2].Lines, 2)
		both = append(both, dump(r))
	}
	assert.Equal(t, both[0], both[1], "a process reads as this one does")
}

func TestScanLimits(t *testing.T) {
	var pages []image.Image
	for i := range 6 {
		pages = append(pages, sheet(t, fmt.Sprintf("Halaman nomor %d dari laporan kegiatan", i+1), "berisi uraian pelaksanaan kegiatan tahun ini"))
	}
	pdf := scanned(t, pages...)
	r := withOCR(t, extract.OCR{MaxPages: 3}, false).Open(t.Context(), file("scan.pdf", pdf))
	require.NoError(t, r.Err)
	assert.Equal(t, [][2]int{{3, 5}}, r.Doc.Unread(), "the first pages and the last one are read")

	r = withOCR(t, extract.OCR{MaxTime: time.Nanosecond}, false).Open(t.Context(), file("scan.pdf", pdf))
	require.ErrorIs(t, r.Err, evidence.ErrImageOnly)
	r = withOCR(t, extract.OCR{Mode: extract.OCROff}, false).Open(t.Context(), file("scan.pdf", pdf))
	require.ErrorIs(t, r.Err, evidence.ErrImageOnly)
	assert.Equal(t, [][2]int{{1, 6}}, r.Doc.Unread())
}

// TestScanLies reads a page that lies on its side, on its head, and one that is
// askew in a picture file.
func TestScanLies(t *testing.T) {
	upright := sheet(t, letter...)
	for name, at := range map[string]func(x, y int) (int, int){
		"on its head": func(x, y int) (int, int) { return upright.Rect.Dx() - 1 - x, upright.Rect.Dy() - 1 - y },
		"on its side": func(x, y int) (int, int) { return y, upright.Rect.Dx() - 1 - x },
		"askew":       func(x, y int) (int, int) { return x + y/40, y - x/40 },
	} {
		im := image.NewGray(image.Rect(0, 0, upright.Rect.Dx(), upright.Rect.Dy()))
		if name == "on its side" {
			im = image.NewGray(image.Rect(0, 0, upright.Rect.Dy(), upright.Rect.Dx()))
		}
		draw.Draw(im, im.Rect, image.White, image.Point{}, draw.Src)
		for y := range upright.Rect.Dy() {
			for x := range upright.Rect.Dx() {
				if v := upright.GrayAt(x, y); v.Y < 255 {
					nx, ny := at(x, y)
					im.SetGray(nx, ny, v)
				}
			}
		}
		var b bytes.Buffer
		require.NoError(t, png.Encode(&b, im))
		r := withOCR(t, extract.OCR{}, false).Open(t.Context(), file("a.png", b.Bytes()))
		require.NoError(t, r.Err, name)
		got := r.Doc.Plain()
		assert.Contains(t, got, "tentang Tim Kerja Zona Integritas", name)
		assert.Less(t, r.Doc.Pages[0].Width, r.Doc.Pages[0].Height, name)
		if name == "askew" {
			assert.InDelta(t, 1.43, r.Doc.Pages[0].Skew, 0.1)
		}
	}
}

func pngOf(t *testing.T, im image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, im))
	return b.Bytes()
}

func TestPictureFiles(t *testing.T) {
	im := sheet(t, letter...)
	var j, g, two bytes.Buffer
	require.NoError(t, jpeg.Encode(&j, im, nil))
	require.NoError(t, png.Encode(&g, im))
	require.NoError(t, tiff.Encode(&two, im, &tiff.Options{Compression: tiff.Deflate}))
	x := withOCR(t, extract.OCR{}, true)
	for kind, data := range map[string][]byte{"jpg": j.Bytes(), "png": g.Bytes(), "tiff": two.Bytes()} {
		r := x.Open(t.Context(), file("a."+kind, data))
		require.NoError(t, r.Err, kind)
		assert.Equal(t, kind, r.Kind)
		assert.True(t, r.Doc.Photo)
		assert.Contains(t, r.Doc.Plain(), "KEPUTUSAN KEPALA DINAS", kind)
	}
	// A photo without text is evidence too, and read.
	shades := func(w, h int) []byte {
		photo := image.NewGray(image.Rect(0, 0, w, h))
		for i := range photo.Pix {
			photo.Pix[i] = byte(i % w * 255 / w)
		}
		var b bytes.Buffer
		require.NoError(t, png.Encode(&b, photo))
		return b.Bytes()
	}
	b := bytes.NewBuffer(shades(300, 200))
	r := x.Open(t.Context(), file("foto.png", b.Bytes()))
	require.NoError(t, r.Err)
	assert.Empty(t, r.Doc.Plain())
	assert.Empty(t, r.Doc.Unread())
	for name, data := range map[string][]byte{"an icon": shades(80, 80), "a blank sheet": pngOf(t, sheet(t))} {
		r = x.Open(t.Context(), file("foto.png", data))
		require.ErrorIs(t, r.Err, evidence.ErrEmpty, name)
	}
	r = x.Open(t.Context(), file("half.png", b.Bytes()[:b.Len()/2]))
	require.ErrorIs(t, r.Err, evidence.ErrCorrupt)
}

// program writes a tesseract that does what the script says for a picture.
func program(t *testing.T, do string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "tesseract")
	require.NoError(t, os.WriteFile(path, []byte("#!/bin/sh\ncase $1 in\n--version) echo tesseract 5.9.9 ;;\n"+
		"--list-langs) printf 'List of languages (1):\\nind\\n' ;;\n*) "+do+" ;;\nesac\n"), 0o700))
	return path
}

// TestBadRecognition holds that a program that fails, lies or hangs costs its page.
func TestBadRecognition(t *testing.T) {
	if _, err := os.Stat("/bin/sh"); err != nil {
		t.Skip("no shell")
	}
	pdf := scanned(t, sheet(t, letter...))
	for name, do := range map[string]string{
		"fails":         "exit 1",
		"says nonsense": "head -c 5000 /dev/urandom",
		"says nothing":  "cat >/dev/null",
		"lies":          "printf '5\\t1\\t1\\t1\\t1\\t1\\t-5\\t0\\t9999999999\\t1\\t90\\tNomor\\n'",
		"hangs":         "exec sleep 30",
	} {
		o := extract.OCR{Program: program(t, do), MaxTime: 2 * time.Second}
		for _, worker := range []bool{false, true} {
			start := time.Now()
			r := withOCR(t, o, worker).Open(t.Context(), file("scan.pdf", pdf))
			require.Error(t, r.Err, name)
			var re *evidence.ReadError
			require.ErrorAs(t, r.Err, &re, "%s: %v", name, r.Err)
			assert.Less(t, time.Since(start), 15*time.Second, name)
		}
	}
	_, err := extract.FindOCR(t.Context(), extract.OCR{Program: program(t, "exit 1")})
	require.ErrorIs(t, err, extract.ErrOCRFails)
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	r := withOCR(t, extract.OCR{Program: program(t, "exec sleep 30")}, true).Open(ctx, file("scan.pdf", pdf))
	require.ErrorIs(t, r.Err, context.DeadlineExceeded)
}

func TestNoSuchRecognition(t *testing.T) {
	_, err := extract.New(t.Context(), extract.Config{OCR: extract.OCR{Program: t.TempDir()}})
	require.ErrorIs(t, err, extract.ErrNoOCR)
	_, err = extract.New(t.Context(), extract.Config{OCR: extract.OCR{Mode: "always"}})
	require.Error(t, err)
	assert.True(t, strings.Contains(err.Error(), "always"), err)
}

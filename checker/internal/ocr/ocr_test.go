package ocr_test

import (
	"context"
	"errors"
	"image"
	"image/color"
	"image/draw"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"dasheval/checker/internal/ocr"
)

// page draws lines of text as a scanner sees them, at 200 dpi.
func page(t *testing.T, lines ...string) []byte {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	require.NoError(t, err)
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 12, DPI: 200})
	require.NoError(t, err)
	im := image.NewGray(image.Rect(0, 0, 1200, 100+60*len(lines)))
	draw.Draw(im, im.Rect, image.White, image.Point{}, draw.Src)
	d := font.Drawer{Dst: im, Src: image.NewUniform(color.Black), Face: face}
	for i, l := range lines {
		d.Dot = fixed.P(60, 90+60*i)
		d.DrawString(l)
	}
	head := "P5\n" + strconv.Itoa(im.Rect.Dx()) + " " + strconv.Itoa(im.Rect.Dy()) + "\n255\n"
	return append([]byte(head), im.Pix...)
}

func program(t *testing.T) *ocr.Program {
	t.Helper()
	p, err := ocr.Find(t.Context(), "", "")
	if errors.Is(err, ocr.ErrNone) {
		t.Skip("tesseract is not installed")
	}
	require.NoError(t, err)
	return p
}

func TestRead(t *testing.T) {
	p := program(t)
	assert.NotEmpty(t, p.Version)
	table, err := p.Read(t.Context(), page(t, "KEPUTUSAN KEPALA BALAI", "Nomor 12 Tahun 2025"), 200, ocr.Page)
	require.NoError(t, err)
	words, err := ocr.Parse(table)
	require.NoError(t, err)
	var all []string
	for _, w := range words {
		all = append(all, w.Text)
		assert.Greater(t, w.Confidence, 60.0, w.Text)
		assert.True(t, w.X0 >= 50 && w.X1 <= 900 && w.Y0 < w.Y1, "%+v", w)
	}
	assert.Equal(t, "KEPUTUSAN KEPALA BALAI Nomor 12 Tahun 2025", strings.Join(all, " "))
	assert.Equal(t, 1, words[2].Line)
	assert.Equal(t, 2, words[3].Line)

	table, err = p.Read(t.Context(), page(t), 200, ocr.Page)
	require.NoError(t, err)
	words, err = ocr.Parse(table)
	require.NoError(t, err)
	assert.Empty(t, words, "a blank page")
}

func TestReadStops(t *testing.T) {
	p := program(t)
	p.PageTime = time.Millisecond
	_, err := p.Read(t.Context(), page(t, "teks"), 200, ocr.Page)
	require.ErrorIs(t, err, ocr.ErrTime)
	p.PageTime = 0
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err = p.Read(ctx, page(t, "teks"), 200, ocr.Page)
	require.ErrorIs(t, err, context.Canceled)
	_, err = p.Read(t.Context(), []byte("no picture"), 200, ocr.Page)
	require.Error(t, err)
}

// script writes a program that answers as tesseract does.
func script(t *testing.T, dir, languages string) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("scripts are no programs there")
	}
	path := filepath.Join(dir, "tesseract")
	body := "#!/bin/sh\ncase $1 in\n--version) echo tesseract 5.9.9 ;;\n--list-langs) printf 'List of available languages in \"/x\" (2):\\n" + languages + "' ;;\nesac\n"
	require.NoError(t, os.WriteFile(path, []byte(body), 0o700))
	return path
}

func TestFind(t *testing.T) {
	t.Setenv("PATH", "/bin:/usr/bin")
	for _, c := range []struct {
		languages, language, want string
		err                       error
	}{
		{`ind\neng\n`, "", "ind", nil},
		{`eng\nosd\n`, "", "eng", nil},
		{`osd\n`, "", "", ocr.ErrLanguage},
		{`ind\neng\n`, "ind+eng", "ind+eng", nil},
		{`ind\n`, "ind+jav", "", ocr.ErrLanguage},
	} {
		dir := t.TempDir()
		path := script(t, dir, c.languages)
		for _, place := range []string{path, dir} {
			p, err := ocr.Find(t.Context(), place, c.language)
			require.ErrorIs(t, err, c.err)
			require.NotNil(t, p)
			assert.Equal(t, c.want, p.Language)
			assert.Equal(t, "5.9.9", p.Version)
		}
	}
	_, err := ocr.Find(t.Context(), t.TempDir(), "")
	require.ErrorIs(t, err, ocr.ErrNone)
	if other, err := exec.LookPath("ls"); err == nil {
		_, err = ocr.Find(t.Context(), other, "")
		require.ErrorIs(t, err, ocr.ErrNone, "another program")
	}
}

const head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n"

func TestParse(t *testing.T) {
	words, err := ocr.Parse([]byte(head +
		"4\t1\t1\t1\t1\t0\t10\t20\t300\t40\t-1\t\n" +
		"5\t1\t1\t1\t1\t1\t10\t20\t100\t40\t96.5\tNomor\n" +
		"5\t1\t1\t1\t1\t2\t120\t20\t50\t40\t-1\t \n" +
		"5\t1\t1\t1\t2\t1\t10\t80\t50\t40\t12\tsatu\tdua\n" +
		"5\t1\t1\t1\t2\t2\t10\t80"))
	require.NoError(t, err)
	assert.Equal(t, []ocr.Word{
		{Text: "Nomor", X0: 10, Y0: 20, X1: 110, Y1: 60, Confidence: 96.5, Line: 1},
		{Text: "satu\tdua", X0: 10, Y0: 80, X1: 60, Y1: 120, Confidence: 12, Line: 2},
	}, words)
	for _, bad := range []string{
		"5\t1\t1\t1\t1\t1\tx\t20\t100\t40\t96\tNomor\n",
		"5\t1\t1\t1\t1\t1\t-10\t20\t100\t40\t96\tNomor\n",
		"5\t1\t1\t1\t1\t1\t10\t20\t100\t40\tNaN\tNomor\n",
		"5\t1\t1\t1\t1\t1\t10\t20\t100\t40\t101\tNomor\n",
	} {
		_, err := ocr.Parse([]byte(head + bad))
		require.ErrorIs(t, err, ocr.ErrTable, bad)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(head + "5\t1\t1\t1\t1\t1\t10\t20\t100\t40\t96.5\tNomor\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		words, err := ocr.Parse(b)
		if err != nil {
			return
		}
		line := 0
		for _, w := range words {
			require.NotEmpty(t, w.Text)
			require.True(t, w.X0 <= w.X1 && w.Y0 <= w.Y1 && w.Confidence >= 0 && w.Confidence <= 100)
			require.True(t, w.Line == line || w.Line == line+1)
			line = w.Line
		}
	})
}

func TestCache(t *testing.T) {
	dir := t.TempDir()
	c, err := ocr.NewCache(dir)
	require.NoError(t, err)
	p := &ocr.Program{Version: "5", Language: "ind"}
	calls := 0
	read := func() ([]byte, error) { calls++; return []byte("Rahasia Negara"), nil }
	for range 3 {
		b, err := c.Read(p, []byte("a page"), 200, ocr.Page, read)
		require.NoError(t, err)
		assert.Equal(t, "Rahasia Negara", string(b))
	}
	assert.Equal(t, 1, calls)
	for name, again := range map[string]func() ([]byte, error){
		"another page":       func() ([]byte, error) { return c.Read(p, []byte("a pagE"), 200, ocr.Page, read) },
		"another resolution": func() ([]byte, error) { return c.Read(p, []byte("a page"), 300, ocr.Page, read) },
		"another language": func() ([]byte, error) {
			return c.Read(&ocr.Program{Version: "5", Language: "eng"}, []byte("a page"), 200, ocr.Page, read)
		},
	} {
		before := calls
		_, err := again()
		require.NoError(t, err)
		assert.Equal(t, before+1, calls, name)
	}
	_, err = c.Read(p, []byte("a fault"), 200, ocr.Page, func() ([]byte, error) { return nil, ocr.ErrTime })
	require.ErrorIs(t, err, ocr.ErrTime)

	// Nothing that was read stands on the disk, and what was spoiled is read anew.
	files := 0
	require.NoError(t, filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		b, err := os.ReadFile(path)
		assert.NotContains(t, string(b), "Rahasia")
		if strings.HasSuffix(path, "-d") {
			files++
			b[len(b)-1] ^= 1
			return errors.Join(err, os.WriteFile(path, b, 0o600))
		}
		return err
	}))
	assert.Equal(t, 4, files)
	before := calls
	b, err := c.Read(p, []byte("a page"), 200, ocr.Page, read)
	require.NoError(t, err)
	assert.Equal(t, "Rahasia Negara", string(b))
	assert.Equal(t, before+1, calls)

	var none *ocr.Cache
	_, err = none.Read(p, []byte("a page"), 200, ocr.Page, read)
	require.NoError(t, err)
	assert.Equal(t, before+2, calls)
	require.NoError(t, none.Trim())
	require.NoError(t, c.Trim())
}

package pdf_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

func newEngine(t testing.TB, workers int) pdf.Engine {
	t.Helper()
	dir, err := os.UserCacheDir()
	require.NoError(t, err)
	e, err := pdf.NewPdfium(pdf.PdfiumConfig{Workers: workers, CacheDir: filepath.Join(dir, "dasheval")})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, e.Close()) })
	return e
}

func read(t *testing.T, data []byte) *text.Document {
	t.Helper()
	doc, err := newEngine(t, 1).Read(t.Context(), data, pdf.Limits{})
	require.NoError(t, err)
	return doc
}

func lines(p text.Page) []string {
	out := []string{}
	for _, l := range p.Lines {
		out = append(out, l.Text())
	}
	return out
}

func TestLinesOfAPage(t *testing.T) {
	var b testpdf.Builder
	doc := read(t, b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "KEPUTUSAN KEPALA BALAI") +
		testpdf.Show(50, 680, "1") + testpdf.Show(100, 680, "Budi Santoso, S.E.") + testpdf.Show(300, 680, "Kepala") + // a row of cells
		testpdf.Show(50, 660, "2") + testpdf.Show(100, 660, "Analis") + testpdf.Show(100, 648, "Kepegawaian") + testpdf.Show(300, 660, "L") + // a wrapped cell
		testpdf.Show(50, 600, "K E P U T U S A N"),
	}, testpdf.PageSpec{}))
	require.Len(t, doc.Pages, 2)
	assert.Equal(t, 2, doc.Total)
	assert.True(t, doc.Paged)
	p := doc.Pages[0]
	assert.Equal(t, []string{
		"KEPUTUSAN KEPALA BALAI", "1\tBudi Santoso, S.E.\tKepala", "2\tAnalis", "Kepegawaian", "L", "K E P U T U S A N",
	}, lines(p))
	assert.Equal(t, text.Layer, p.Origin)
	assert.Equal(t, text.None, doc.Pages[1].Origin)
	box := p.Lines[0].Box
	assert.InDelta(t, 50, box.X0, 0.5)
	assert.InDelta(t, 100, (box.Y0+box.Y1)/2, 5, "the baseline is 100 below the top")
	assert.InDelta(t, 10, box.Y1-box.Y0, 0.5, "as high as the font")
}

func TestRotatedAndCroppedPages(t *testing.T) {
	for _, c := range []struct {
		name, extra, content string
		width                float64
		x0, y1               float64 // of the first word
	}{
		{"upright", "", testpdf.Show(50, 700, "Lampiran SK"), 600, 50, 102.5},
		{"cropped", "/CropBox [40 100 540 750]", testpdf.Show(50, 700, "Lampiran SK"), 500, 10, 52.5},
		{"quarter", "/Rotate 90", "BT /F1 10 Tf 0 1 -1 0 100 50 Tm (Lampiran SK) Tj ET", 800, 50, 102.5},
		{"half", "/Rotate 180", "BT /F1 10 Tf -1 0 0 -1 550 100 Tm (Lampiran SK) Tj ET", 600, 50, 102.5},
		{"three quarters", "/Rotate 270", "BT /F1 10 Tf 0 -1 1 0 500 750 Tm (Lampiran SK) Tj ET", 800, 50, 102.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b testpdf.Builder
			p := read(t, b.PDF("", testpdf.PageSpec{Content: c.content, Extra: c.extra})).Pages[0]
			assert.Equal(t, []string{"Lampiran SK"}, lines(p))
			assert.InDelta(t, c.width, p.Width, 0.1)
			box := p.Lines[0].Words[0].Box
			assert.InDelta(t, c.x0, box.X0, 1)
			assert.InDelta(t, c.y1, box.Y1, 1)
			assert.InDelta(t, 10, box.Y1-box.Y0, 1)
		})
	}
}

func TestPictures(t *testing.T) {
	var b testpdf.Builder
	picture := b.Picture()
	form := b.Stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 100 0] /Resources << "+picture+" >>",
		testpdf.Draw(0, 0, 100, 200))
	doc := read(t, b.PDF("",
		testpdf.PageSpec{Content: testpdf.Draw(0, 400, 600, 600) + testpdf.Show(50, 100, "half a page"), Resources: picture},
		testpdf.PageSpec{Content: "q 2 0 0 1 0 0 cm /Fm1 Do Q", Resources: "/XObject << /Fm1 " + testpdf.Ref(form) + " >>"},
	))
	p := doc.Pages[0]
	require.Len(t, p.Images, 1)
	assert.Equal(t, text.Image{Box: text.Box{X0: 0, Y0: 0, X1: 600, Y1: 400}, Width: 2, Height: 3}, p.Images[0], "clipped to the page")
	assert.InDelta(t, 0.5, p.Raster, 0.01)
	p = doc.Pages[1]
	require.Len(t, p.Images, 1)
	assert.Equal(t, text.Box{X0: 200, Y0: 600, X1: 400, Y1: 800}, p.Images[0].Box)
	assert.InDelta(t, 200.*200/600/800, p.Raster, 0.01)
}

func TestHiddenText(t *testing.T) {
	var b testpdf.Builder
	picture := b.Picture()
	words := testpdf.Show(50, 700, "text recognised by a scanner")
	doc := read(t, b.PDF("",
		testpdf.PageSpec{Content: testpdf.Draw(0, 0, 600, 800) + "3 Tr " + words, Resources: picture},
		testpdf.PageSpec{Content: words + testpdf.Draw(0, 0, 600, 800), Resources: picture},
		testpdf.PageSpec{Content: testpdf.Draw(0, 0, 600, 800) + words, Resources: picture},
		testpdf.PageSpec{Content: words + testpdf.Draw(0, 0, 100, 100), Resources: picture},
	))
	got := []text.Origin{}
	for _, p := range doc.Pages {
		got = append(got, p.Origin)
		assert.Equal(t, []string{"text recognised by a scanner"}, lines(p))
	}
	assert.Equal(t, []text.Origin{text.Hidden, text.Hidden, text.Layer, text.Layer}, got)
}

func TestFields(t *testing.T) {
	var b testpdf.Builder
	look := b.Stream("/Type /XObject /Subtype /Form /BBox [0 0 200 40] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
		testpdf.Show(5, 20, "Ditandatangani secara elektronik"))
	sig := b.Add("<< /Type /Annot /Subtype /Widget /FT /Sig /T (ttd) /Rect [300 100 500 140] /F 4 /AP << /N %d 0 R >> >>", look)
	note := b.Add("<< /Type /Annot /Subtype /Text /Contents (perbaiki tanggal) /Rect [10 10 30 30] >>")
	doc := read(t, b.PDF("/AcroForm << /Fields ["+testpdf.Ref(sig)+"] >>", testpdf.PageSpec{
		Content: testpdf.Show(50, 700, "Kepala Balai,"), Extra: "/Annots [" + testpdf.Ref(sig) + " " + testpdf.Ref(note) + "]",
	}))
	p := doc.Pages[0]
	assert.Equal(t, []text.Field{
		{Kind: "signature", Name: "ttd", Box: text.Box{X0: 300, Y0: 660, X1: 500, Y1: 700}},
		{Kind: "note", Value: "perbaiki tanggal", Box: text.Box{X0: 10, Y0: 770, X1: 30, Y1: 790}},
	}, p.Fields)
	assert.Equal(t, []string{"Kepala Balai,", "Ditandatangani secara elektronik"}, lines(p))
}

func TestUnreadable(t *testing.T) {
	var blank testpdf.Builder
	for _, c := range []struct {
		name string
		data string
		want error
	}{
		{"no header", "hello", evidence.ErrCorrupt},
		{"header alone", "%PDF-1.7\n", evidence.ErrCorrupt},
		{"blank page", string(blank.PDF("", testpdf.PageSpec{})), evidence.ErrEmpty},
		{"header too far", strings.Repeat(" ", 65<<10) + "%PDF-1.7", evidence.ErrCorrupt},
	} {
		_, err := newEngine(t, 1).Read(t.Context(), []byte(c.data), pdf.Limits{})
		assert.ErrorIs(t, err, c.want, c.name)
	}
}

func TestJunkBeforeHeader(t *testing.T) {
	var b testpdf.Builder
	data := append([]byte(strings.Repeat("@PJL SET X=1\r\n", 1000)), b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "Undangan")})...)
	assert.Equal(t, []string{"Undangan"}, lines(read(t, data).Pages[0]))
}

func TestLimits(t *testing.T) {
	var b testpdf.Builder
	page := testpdf.PageSpec{Content: testpdf.Show(50, 700, "Halaman")}
	data := b.PDF("", page, page, page)
	e := newEngine(t, 1)
	doc, err := e.Read(t.Context(), data, pdf.Limits{MaxPages: 2})
	require.NoError(t, err)
	assert.Len(t, doc.Pages, 2)
	assert.Equal(t, 3, doc.Total)
	doc, err = e.Read(t.Context(), data, pdf.Limits{MaxChars: 7})
	require.NoError(t, err)
	assert.Len(t, doc.Pages, 1)
}

// endless is a file whose form places itself over and over again.
func endless() []byte {
	var b testpdf.Builder
	form := b.Next()
	b.Stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /XObject << /Fm1 "+testpdf.Ref(form)+" >> >>",
		strings.Repeat("/Fm1 Do\n", 20))
	return b.PDF("", testpdf.PageSpec{Content: "/Fm1 Do", Resources: "/XObject << /Fm1 " + testpdf.Ref(form) + " >>"})
}

func TestTimeLimit(t *testing.T) {
	e := newEngine(t, 1)
	var b testpdf.Builder
	good := b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "Undangan")})
	_, err := e.Read(t.Context(), good, pdf.Limits{})
	require.NoError(t, err)

	start := time.Now()
	_, err = e.Read(t.Context(), endless(), pdf.Limits{Time: 300 * time.Millisecond})
	assert.ErrorIs(t, err, evidence.ErrTimeout)
	assert.Less(t, time.Since(start), 5*time.Second)

	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, err = e.Read(ctx, endless(), pdf.Limits{})
	assert.ErrorIs(t, err, context.DeadlineExceeded, "the caller's deadline is no fault of the file")

	doc, err := e.Read(t.Context(), good, pdf.Limits{})
	require.NoError(t, err, "a new sandbox takes over")
	assert.Equal(t, []string{"Undangan"}, lines(doc.Pages[0]))
}

func TestClose(t *testing.T) {
	var b testpdf.Builder
	data := b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "Undangan")})
	e := newEngine(t, 2)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() { _, _ = e.Read(context.Background(), data, pdf.Limits{}) })
	}
	assert.NoError(t, e.Close())
	wg.Wait()
	_, err := e.Read(t.Context(), data, pdf.Limits{})
	assert.ErrorContains(t, err, "closed")
	assert.NoError(t, e.Close())
}

func FuzzRead(f *testing.F) {
	var b testpdf.Builder
	f.Add(b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "Undangan"), Extra: "/Rotate 90"}))
	f.Add([]byte("%PDF-"))
	e := newEngine(f, 1)
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := e.Read(t.Context(), data, pdf.Limits{Time: time.Second, MaxPages: 20})
		if err != nil {
			assert.NotContains(t, err.Error(), "start")
			return
		}
		for _, p := range doc.Pages {
			for _, l := range p.Lines {
				assert.NotEmpty(t, l.Words)
				for _, w := range l.Words {
					assert.NotEmpty(t, strings.TrimSpace(w.Text))
					assert.LessOrEqual(t, w.Box.X0, w.Box.X1)
					assert.LessOrEqual(t, w.Box.Y0, w.Box.Y1)
				}
			}
		}
	})
}

// TestCancelAtAnyMoment ends the context at many points of a read: the sandbox
// goes away under the reader, and the next file is read by a new one.
func TestCancelAtAnyMoment(t *testing.T) {
	good := testpdf.Report(3)
	e := newEngine(t, 1)
	for i := range 40 {
		ctx, cancel := context.WithCancel(t.Context())
		timer := time.AfterFunc(time.Duration(i*40)*time.Microsecond, cancel)
		if _, err := e.Read(ctx, good, pdf.Limits{}); err != nil {
			require.ErrorIs(t, err, context.Canceled)
		}
		timer.Stop()
		cancel()
	}
	_, err := e.Read(t.Context(), good, pdf.Limits{})
	require.NoError(t, err)
}

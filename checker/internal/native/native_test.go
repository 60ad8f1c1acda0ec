package native_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/native"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

func read(t *testing.T, data []byte) *native.Result {
	t.Helper()
	r, err := native.Read(t.Context(), data, native.Limits{})
	require.NoError(t, err)
	return r
}

// readPage reads a file of one page.
func readPage(t *testing.T, data []byte) (text.Page, []native.Doubt) {
	t.Helper()
	r := read(t, data)
	require.Len(t, r.Doc.Pages, 1)
	return r.Doc.Pages[0], r.Doubts[0]
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
	r := read(t, b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "KEPUTUSAN KEPALA BALAI") +
		testpdf.Show(50, 680, "1") + testpdf.Show(100, 680, "Budi Santoso, S.E.") + testpdf.Show(300, 680, "Kepala") + // a row of cells
		testpdf.Show(50, 660, "2") + testpdf.Show(100, 660, "Analis") + testpdf.Show(100, 648, "Kepegawaian") + testpdf.Show(300, 660, "L") + // a wrapped cell
		testpdf.Show(50, 600, "K E P U T U S A N"),
	}, testpdf.PageSpec{}))
	require.Len(t, r.Doc.Pages, 2)
	assert.True(t, r.Trusted(), "%q", r.Doubts)
	assert.Equal(t, 2, r.Doc.Total)
	assert.True(t, r.Doc.Paged)
	p := r.Doc.Pages[0]
	assert.Equal(t, []string{
		"KEPUTUSAN KEPALA BALAI", "1\tBudi Santoso, S.E.\tKepala", "2\tAnalis", "Kepegawaian", "L", "K E P U T U S A N",
	}, lines(p))
	assert.Equal(t, text.Layer, p.Origin)
	assert.Equal(t, text.None, r.Doc.Pages[1].Origin)
	box := p.Lines[0].Box
	assert.InDelta(t, 50, box.X0, 0.01)
	assert.InDelta(t, 92.5, box.Y0, 0.01, "the baseline is 100 below the top")
	assert.InDelta(t, 102.5, box.Y1, 0.01)
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
		{"three quarters", "/Rotate -90", "BT /F1 10 Tf 0 -1 1 0 500 750 Tm (Lampiran SK) Tj ET", 800, 50, 102.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			var b testpdf.Builder
			p, _ := readPage(t, b.PDF("", testpdf.PageSpec{Content: c.content, Extra: c.extra}))
			assert.Equal(t, []string{"Lampiran SK"}, lines(p))
			assert.InDelta(t, c.width, p.Width, 0.1)
			box := p.Lines[0].Words[0].Box
			assert.InDelta(t, c.x0, box.X0, 0.1)
			assert.InDelta(t, c.y1, box.Y1, 0.1)
			assert.InDelta(t, 10, box.Y1-box.Y0, 0.1)
		})
	}
}

func TestPictures(t *testing.T) {
	var b testpdf.Builder
	picture := b.Picture()
	form := b.Stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Matrix [1 0 0 1 100 0] /Resources << "+picture+" >>",
		testpdf.Draw(0, 0, 100, 200))
	r := read(t, b.PDF("",
		testpdf.PageSpec{Content: testpdf.Draw(0, 400, 600, 600) + testpdf.Show(50, 100, "half a page"), Resources: picture},
		testpdf.PageSpec{Content: "q 2 0 0 1 0 0 cm /Fm1 Do Q", Resources: "/XObject << /Fm1 " + testpdf.Ref(form) + " >>"},
		testpdf.PageSpec{Content: "q 60 0 0 80 0 0 cm BI /W 4 /H 2 /BPC 8 /CS /G ID (Tj EI\x00 Q\x80 EI Q " + testpdf.Show(50, 100, "after it")},
	))
	assert.True(t, r.Trusted(), "%q", r.Doubts)
	p := r.Doc.Pages[0]
	assert.Equal(t, []text.Image{{Box: text.Box{X0: 0, Y0: 0, X1: 600, Y1: 400}, Width: 2, Height: 3}}, p.Images, "clipped to the page")
	assert.InDelta(t, 0.5, p.Raster, 0.01)
	p = r.Doc.Pages[1]
	require.Len(t, p.Images, 1)
	assert.Equal(t, text.Box{X0: 200, Y0: 600, X1: 400, Y1: 800}, p.Images[0].Box)
	p = r.Doc.Pages[2]
	assert.Equal(t, []text.Image{{Box: text.Box{X0: 0, Y0: 720, X1: 60, Y1: 800}, Width: 4, Height: 2}}, p.Images, "inline")
	assert.Equal(t, []string{"after it"}, lines(p))
}

func TestHiddenText(t *testing.T) {
	var b testpdf.Builder
	picture := b.Picture()
	words := testpdf.Show(50, 700, "text recognised by a scanner")
	r := read(t, b.PDF("",
		testpdf.PageSpec{Content: testpdf.Draw(0, 0, 600, 800) + "3 Tr " + words, Resources: picture},
		testpdf.PageSpec{Content: words + testpdf.Draw(0, 0, 600, 800), Resources: picture},
		testpdf.PageSpec{Content: testpdf.Draw(0, 0, 600, 800) + words, Resources: picture},
		testpdf.PageSpec{Content: words + testpdf.Draw(0, 0, 100, 100), Resources: picture},
		testpdf.PageSpec{Content: "/GS1 gs " + words + testpdf.Draw(0, 0, 600, 800), Resources: picture},
	))
	got := []text.Origin{}
	for _, p := range r.Doc.Pages {
		got = append(got, p.Origin)
		assert.Equal(t, []string{"text recognised by a scanner"}, lines(p))
	}
	assert.Equal(t, []text.Origin{text.Hidden, text.Hidden, text.Layer, text.Layer, text.Hidden}, got)
	assert.Equal(t, [][]native.Doubt{nil, nil, nil, nil, {native.Covered}}, r.Doubts, "a watermark may shine through")
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
		{"no table", "%PDF-1.7\nstartxref\n5\n%%EOF", evidence.ErrCorrupt},
		{"blank page", string(blank.PDF("", testpdf.PageSpec{})), evidence.ErrEmpty},
		{"header too far", strings.Repeat(" ", 65<<10) + "%PDF-1.7", evidence.ErrCorrupt},
	} {
		_, err := native.Read(t.Context(), []byte(c.data), native.Limits{})
		assert.ErrorIs(t, err, c.want, c.name)
	}
}

func TestJunkAroundFile(t *testing.T) {
	var b testpdf.Builder
	data := append([]byte(strings.Repeat("@PJL SET X=1\r\n", 1000)), b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "Undangan")})...)
	data = append(data, strings.Repeat("\x1b%-12345X\r\n", 100)...)
	p, d := readPage(t, data)
	assert.Equal(t, []string{"Undangan"}, lines(p))
	assert.Empty(t, d)
}

func TestLimits(t *testing.T) {
	var b testpdf.Builder
	page := testpdf.PageSpec{Content: testpdf.Show(50, 700, "Halaman")}
	data := b.PDF("", page, page, page)
	for _, c := range []struct {
		name   string
		limits native.Limits
		pages  int
		doubts []native.Doubt
	}{
		{"none", native.Limits{}, 3, nil},
		{"pages", native.Limits{MaxPages: 2}, 2, nil},
		{"characters", native.Limits{MaxChars: 7}, 1, nil},
		{"stream", native.Limits{MaxStream: 20}, 3, []native.Doubt{native.TooMuch}},
	} {
		r, err := native.Read(t.Context(), data, c.limits)
		require.NoError(t, err, c.name)
		assert.Len(t, r.Doc.Pages, c.pages, c.name)
		assert.Equal(t, 3, r.Doc.Total, c.name)
		assert.Equal(t, c.doubts, r.Doubts[0], c.name)
	}
	long := b.PDF("", testpdf.PageSpec{Content: strings.Repeat("q Q ", 2000)})
	r, err := native.Read(t.Context(), long, native.Limits{MaxOperators: 1000})
	require.NoError(t, err)
	assert.Equal(t, []native.Doubt{native.TooMuch}, r.Doubts[0])
}

// nested is a file whose forms each place the next ten times.
func nested() []byte {
	var b testpdf.Builder
	form := b.Stream("/Subtype /Form", "q Q")
	for range 11 {
		form = b.Stream("/Subtype /Form /Resources << /XObject << /Fm1 "+testpdf.Ref(form)+" >> >>", strings.Repeat("/Fm1 Do\n", 10))
	}
	return b.PDF("", testpdf.PageSpec{Content: "/Fm1 Do", Resources: "/XObject << /Fm1 " + testpdf.Ref(form) + " >>"})
}

func TestTimeLimit(t *testing.T) {
	start := time.Now()
	_, err := native.Read(t.Context(), nested(), native.Limits{Time: 100 * time.Millisecond, MaxOperators: 1 << 40})
	assert.ErrorIs(t, err, evidence.ErrTimeout)
	assert.Less(t, time.Since(start), 2*time.Second)

	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err = native.Read(ctx, nested(), native.Limits{})
	assert.ErrorIs(t, err, context.DeadlineExceeded, "the caller's deadline is no fault of the file")
}

// raw writes a file of objects as they are, with a table of them.
func raw(trailer string, all ...string) []byte {
	var out strings.Builder
	out.WriteString("%PDF-1.7\n")
	table := fmt.Sprintf("xref\n0 %d\n0000000000 65535 f \n", len(all)+1)
	for i, o := range all {
		table += fmt.Sprintf("%010d 00000 n \n", out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := out.Len()
	fmt.Fprintf(&out, "%strailer << %s >>\nstartxref\n%d\n%%%%EOF\n", table, trailer, at)
	return []byte(out.String())
}

func TestHostileTrees(t *testing.T) {
	const catalog = "<< /Type /Catalog /Pages 2 0 R >>"
	for _, c := range []struct {
		name    string
		objects []string
	}{
		{"loop", []string{catalog, "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"}},
		{"loop of two", []string{catalog, "<< /Type /Pages /Kids [3 0 R] >>", "<< /Type /Pages /Kids [2 0 R] /Parent 3 0 R >>"}},
		{"no pages", []string{catalog, "<< /Type /Pages /Count 2000000000 >>"}},
		{"no tree", []string{catalog}},
		{"no catalog", []string{"(nothing)"}},
		{"catalog of another number", []string{catalog + " endobj 7 0 obj"}},
	} {
		_, err := native.Read(t.Context(), raw("/Size 9 /Root 1 0 R", c.objects...), native.Limits{})
		assert.ErrorIs(t, err, evidence.ErrCorrupt, c.name)
	}
	inherited := raw("/Root 1 0 R", "<< /Pages 2 0 R >>",
		"<< /Type /Pages /Count 2000000000 /Kids [3 0 R 4 0 R] /MediaBox [0 0 100 200] /Rotate 90 >>",
		"<< /Type /Page >>", "<< /Type /Page /Rotate 0 /CropBox [0 0 50 300] /Contents 5 0 R >>",
		"<< /Length 8 >>\nstream\n1 0 m S\n\nendstream")
	r := read(t, inherited)
	require.Len(t, r.Doc.Pages, 2)
	assert.Equal(t, []float64{200, 100}, []float64{r.Doc.Pages[0].Width, r.Doc.Pages[0].Height})
	assert.Equal(t, []float64{50, 200}, []float64{r.Doc.Pages[1].Width, r.Doc.Pages[1].Height}, "the crop box lies in the media box")
}

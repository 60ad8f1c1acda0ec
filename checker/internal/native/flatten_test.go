package native_test

import (
	"bytes"
	"compress/zlib"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/native"
	"dasheval/checker/internal/testpdf"
)

func deflate(data []byte) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(data)
	_ = w.Close()
	return b.String()
}

// packed is a file with an object stream and a table that is a stream with
// prediction. Extra stands in its trailer.
func packed(extra string) []byte {
	inner := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	head, body := "", ""
	for i, o := range inner {
		head += fmt.Sprintf("%d %d ", i+1, len(body))
		body += o + " "
	}
	var out bytes.Buffer
	out.WriteString("%PDF-2.0 whatever\n")
	stream := func(id int, dict, content string) int {
		at := out.Len()
		fmt.Fprintf(&out, "%d 0 obj << %s /Length %d >> stream\r\n%s\r\nendstream endobj\n", id, dict, len(content), content)
		return at
	}
	content := stream(5, "/Filter /FlateDecode", deflate([]byte(testpdf.Show(50, 700, "Undangan rapat"))))
	objects := stream(6, fmt.Sprintf("/Type /ObjStm /Filter [/FlateDecode] /N %d /First %d", len(inner), len(head)), deflate([]byte(head+body)))
	table := out.Len()
	rows := [][4]byte{{0, 0, 0, 0}, {2, 0, 6, 0}, {2, 0, 6, 1}, {2, 0, 6, 2}, {2, 0, 6, 3},
		{1, byte(content >> 8), byte(content), 0}, {1, byte(objects >> 8), byte(objects), 0}, {1, byte(table >> 8), byte(table), 0}}
	var predicted []byte
	var last [4]byte
	for _, r := range rows {
		predicted = append(predicted, 2)
		for i := range r {
			predicted = append(predicted, r[i]-last[i])
		}
		last = r
	}
	stream(7, "/Type /XRef /Size 8 /W [1 2 1] /Root 1 0 R /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >> "+extra, deflate(predicted))
	fmt.Fprintf(&out, "startxref\n%d\n%%%%EOF\n", table)
	return out.Bytes()
}

func TestObjectStreams(t *testing.T) {
	p, d := readPage(t, packed(""))
	assert.Equal(t, []string{"Undangan rapat"}, lines(p))
	assert.Empty(t, d)

	_, err := native.Read(t.Context(), packed("/Encrypt << >>"), native.Limits{})
	assert.ErrorIs(t, err, evidence.ErrUnsupported)
	_, err = native.Read(t.Context(), packed(""), native.Limits{MaxStream: 100})
	assert.ErrorIs(t, err, evidence.ErrTooLarge)
}

// TestNewerObjects replaces the content in a section appended to the file.
func TestNewerObjects(t *testing.T) {
	var b testpdf.Builder
	data := b.PDF("", testpdf.PageSpec{Content: testpdf.Show(50, 700, "lama")})
	before := bytes.LastIndex(data, []byte("xref\n0"))
	at := len(data)
	content := testpdf.Show(50, 700, "baru")
	data = fmt.Appendf(data, "4 0 obj << /Length %d >> stream\n%s\nendstream endobj\n", len(content), content)
	table := len(data)
	data = fmt.Appendf(data, "xref\n4 1\n%010d 00000 n \ntrailer << /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF", at, before, table)
	p, _ := readPage(t, data)
	assert.Equal(t, []string{"baru"}, lines(p))
}

// TestHostileTables holds tables on which readers hang or take all memory.
func TestHostileTables(t *testing.T) {
	table := func(sections, trailer string) []byte {
		return []byte("%PDF-1.7\nxref\n" + sections + "trailer << /Root 1 0 R " + trailer + " >>\nstartxref\n9\n%%EOF")
	}
	stream := func(dict, content string) []byte {
		return fmt.Appendf(nil, "%%PDF-1.7\n1 0 obj << /Type /XRef /Root 1 0 R %s /Length %d >> stream\n%s\nendstream endobj\nstartxref\n9\n%%%%EOF", dict, len(content), content)
	}
	for name, data := range map[string][]byte{
		"section before itself":      table("0 0\n", "/Prev 9"),
		"number too high":            table("2000000000 1\n0000000009 00000 n \n", ""),
		"count too high":             table("0 2000000000\n0000000009 00000 n \n", ""),
		"count beyond numbers":       table("0 "+strings.Repeat("9", 400)+"\n0000000009 00000 n \n", ""),
		"row too wide":               stream("/W [1 2000000000 1]", "xxxx"),
		"row of nothing":             stream("/W [0 0 0] /Index [0 2000000000]", "xxxx"),
		"index too high":             stream("/W [1 2 1] /Index [2000000000 1]", "\x01\x00\x09\x00"),
		"object stream in itself":    stream("/W [1 2 1] /Index [1 1]", "\x02\x00\x01\x00"),
		"object streams in a circle": stream("/W [1 2 1] /Index [1 2]", "\x02\x00\x02\x00\x02\x00\x01\x00"),
		"bomb":                       stream("/W [1 2 1] /Filter /FlateDecode", deflate(make([]byte, 80<<20))),
	} {
		start := time.Now()
		_, err := native.Read(t.Context(), data, native.Limits{})
		assert.NotEmpty(t, evidence.Reason(err), name)
		assert.Less(t, time.Since(start), 5*time.Second, name)
	}
}

// TestHostileStrings holds objects that hold no end.
func TestHostileStrings(t *testing.T) {
	for _, object := range []string{"<", "(", "[[[", "<< /A << /B (", strings.Repeat("[", 1_000_000), strings.Repeat("<<", 1_000_000), "% <<"} {
		data := raw("/Root 1 0 R", object)
		_, err := native.Read(t.Context(), data, native.Limits{})
		require.Error(t, err)
		_, err = native.Read(t.Context(), raw("/Root 1 0 R /ID ["+object), native.Limits{})
		require.Error(t, err)
	}
}

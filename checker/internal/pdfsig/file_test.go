package pdfsig_test

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/testpdf"
)

// A file is a PDF file that grows by updates.
type file struct {
	t       testing.TB
	data    []byte
	objects map[int]string // as they are now
	changed map[int]bool   // since the last update
	prev    int            // where the last table is
	trailer string         // entries of all further trailers
}

// The objects of a new file: two pages, the first with a text field.
const (
	catalog = iota + 1
	tree
	page1
	content1
	page2
	content2
	font
	filled
	form
)

func newFile(t testing.TB) *file {
	stream := func(s string) string {
		return fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(s), s)
	}
	page := func(content int, more string) string {
		return fmt.Sprintf("<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << /Font << /F1 7 0 R >> >> %s >>", content, more)
	}
	bodies := []string{
		catalog - 1:  "<< /Type /Catalog /Pages 2 0 R /AcroForm 9 0 R /OpenAction [3 0 R /Fit] >>",
		tree - 1:     "<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] /MediaBox [0 0 600 800] >>",
		page1 - 1:    page(content1, "/Annots [8 0 R]"),
		content1 - 1: stream(testpdf.Show(50, 700, "Honorarium Rp 100.000")),
		page2 - 1:    page(content2, "/Rotate 90 /Annots []"),
		content2 - 1: stream(testpdf.Show(50, 700, "Penutup")),
		font - 1:     "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
		filled - 1:   "<< /Type /Annot /Subtype /Widget /FT /Tx /T (catatan) /Rect [50 500 250 520] /P 3 0 R >>",
		form - 1:     "<< /Fields [8 0 R] /SigFlags 3 >>",
	}
	f := &file{t: t, data: testpdf.Assemble(bodies, ""), objects: map[int]string{}, changed: map[int]bool{}}
	for i, b := range bodies {
		f.objects[i+1] = b
	}
	f.prev = bytes.LastIndex(f.data, []byte("\nxref")) + 1
	return f
}

// put changes or adds an object with the next update.
func (f *file) put(n int, body string) *file {
	f.objects[n], f.changed[n] = body, true
	return f
}

// edit replaces text of an object with the next update.
func (f *file) edit(n int, old, new string) *file {
	require.Contains(f.t, f.objects[n], old, "object %d", n)
	return f.put(n, strings.Replace(f.objects[n], old, new, 1))
}

// add adds an object with the next update and returns its number.
func (f *file) add(body string) int {
	n := len(f.objects) + 1
	f.put(n, body)
	return n
}

// addStream adds a stream and returns its number.
func (f *file) addStream(dict, body string) int {
	return f.add(fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(body), body))
}

// update writes what was put since the last one.
func (f *file) update() *file { return f.updateWith("") }

// updateWith is update with further entries of the trailer.
func (f *file) updateWith(trailer string) *file {
	var table strings.Builder
	for _, n := range slices.Sorted(maps.Keys(f.changed)) {
		fmt.Fprintf(&table, "%d 1\n%010d 00000 n \n", n, len(f.data))
		f.data = fmt.Appendf(f.data, "%d 0 obj\n%s\nendobj\n", n, f.objects[n])
	}
	at := len(f.data)
	f.data = fmt.Appendf(f.data, "xref\n%strailer << /Size %d /Root 1 0 R /Prev %d %s >>\nstartxref\n%d\n%%%%EOF\n",
		table.String(), len(f.objects)+1, f.prev, f.trailer+trailer, at)
	f.prev = at
	clear(f.changed)
	return f
}

// A signing is how a signature is put into a file.
type signing struct {
	by     method
	filter string                   // ETSI.CAdES.detached if empty
	name   string                   // of the field; Kepala if empty
	page   int                      // object of the page; the first if 0
	more   string                   // entries of the dictionary
	kept   func(dict string) string // changes the dictionary before it is signed
	into   int                      // object of an empty field, if there is one
	rect   string                   // of the widget; 300 100 500 150 if empty
	hidden bool                     // no page shows the field
	loose  bool                     // the form does not have the field
	widget string                   // entries of the widget beside the usual
}

const (
	contentsRoom = 16 << 10 // hexadecimal digits
	rangeRoom    = "[0 0000000000 0000000000 0000000000]"
)

// sign adds a signature field and signs.
func (f *file) sign(s signing) *file {
	if s.filter == "" {
		s.filter = "ETSI.CAdES.detached"
	}
	if s.name == "" {
		s.name = "Kepala"
	}
	if s.page == 0 {
		s.page = page1
	}
	dict := fmt.Sprintf("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /%s %s /ByteRange %s /Contents <%s> >>",
		s.filter, s.more, rangeRoom, strings.Repeat("0", contentsRoom))
	if s.kept != nil {
		dict = s.kept(dict)
	}
	value := f.add(dict)
	if s.into != 0 {
		f.edit(s.into, "/T", fmt.Sprintf("/V %d 0 R %s /T", value, s.widget))
	} else {
		widget := f.add(fmt.Sprintf("<< /Type /Annot /Subtype /Widget /FT /Sig /T (%s) /V %d 0 R /Rect [%s] /P %d 0 R /F 132 %s >>",
			s.name, value, cmp.Or(s.rect, "300 100 500 150"), s.page, s.widget))
		if !s.hidden {
			f.edit(s.page, "/Annots [", fmt.Sprintf("/Annots [%d 0 R ", widget))
		}
		if !s.loose {
			f.edit(form, "/Fields [", fmt.Sprintf("/Fields [%d 0 R ", widget))
		}
	}
	before := len(f.data)
	f.update()
	if s.by == nil {
		return f
	}
	gap := []byte("<" + strings.Repeat("0", contentsRoom) + ">")
	from := before + bytes.Index(f.data[before:], gap)
	to := from + len(gap)
	span := fmt.Sprintf("[0 %010d %010d %010d]", from, to, len(f.data)-to)
	copy(f.data[before+bytes.Index(f.data[before:], []byte(rangeRoom)):], span)
	message := hex.EncodeToString(s.by(slices.Concat(f.data[:from], f.data[to:])))
	require.Less(f.t, len(message), contentsRoom)
	copy(f.data[from+1:], message)
	f.objects[value] = string(f.data[bytes.LastIndex(f.data[:from], []byte("<< /Type /Sig")):to]) + " >>"
	return f
}

// swap replaces bytes of the file by as many others.
func (f *file) swap(old, new string) *file {
	require.Equal(f.t, len(old), len(new))
	require.Contains(f.t, string(f.data), old)
	f.data = bytes.Replace(f.data, []byte(old), []byte(new), 1)
	return f
}

// append adds bytes to the file as they are.
func (f *file) append(s string) *file {
	f.data = append(f.data, s...)
	return f
}

// updatePacked is update with the objects in an object stream. Their order in
// it is that of their numbers, and edit may change the list of them.
func (f *file) updatePacked(edit func(list string) string) *file {
	numbers := slices.Sorted(maps.Keys(f.changed))
	var list, bodies, rows strings.Builder
	stream := len(f.objects) + 1
	row := func(kind byte, where, index int) {
		rows.Write([]byte{kind, byte(where >> 24), byte(where >> 16), byte(where >> 8), byte(where), byte(index)})
	}
	index := ""
	for i, n := range numbers {
		fmt.Fprintf(&list, "%d %d ", n, bodies.Len())
		fmt.Fprintf(&bodies, "%s ", f.objects[n])
		index += fmt.Sprintf("%d 1 ", n)
		row(2, stream, i)
	}
	head := list.String()
	if edit != nil {
		head = edit(head)
	}
	row(1, len(f.data), 0)
	f.data = fmt.Appendf(f.data, "%d 0 obj\n<< /Type /ObjStm /N %d /First %d /Length %d >>\nstream\n%s%s\nendstream\nendobj\n",
		stream, len(numbers), len(head), len(head)+bodies.Len(), head, bodies.String())
	at := len(f.data)
	f.data = fmt.Appendf(f.data, "%d 0 obj\n<< /Type /XRef /Size %d /Root 1 0 R /Prev %d /W [1 4 1] /Index [%s %d 1] /Length %d >>\nstream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
		stream+1, stream+2, f.prev, index, stream, rows.Len(), rows.String(), at)
	f.prev = at
	f.objects[stream], f.objects[stream+1] = "", ""
	clear(f.changed)
	return f
}

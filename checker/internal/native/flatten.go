package native

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"

	"dasheval/checker/evidence"
)

// flatten returns what to append to the file so that it can be read without
// its own cross-reference tables and object streams: the objects of those
// streams, and one table of all objects.
func flatten(ctx context.Context, data []byte, limit int) (tail []byte, t *table, err error) {
	if t, err = readTable(ctx, data, limit); err != nil {
		return nil, nil, err
	}
	f := flattener{data: data, table: t, left: limit}
	if err := f.unpackAll(ctx); err != nil {
		return nil, nil, err
	}
	return f.finish(), t, nil
}

type flattener struct {
	*table
	data []byte
	tail []byte
	left int // bytes that may still be unpacked, or appended
}

func (f *flattener) unpackAll(ctx context.Context) error {
	streams := map[int]bool{}
	for _, o := range f.objects {
		if o.stream != 0 {
			streams[o.stream] = true
		}
	}
	if len(streams) > 0 && f.encrypted() {
		return fmt.Errorf("%w: encrypted object streams", evidence.ErrUnsupported)
	}
	for _, n := range slices.Sorted(maps.Keys(streams)) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := f.unpack(n); err != nil {
			return fmt.Errorf("%w: object stream %d: %w", evidence.ErrCorrupt, n, err)
		}
	}
	return nil
}

var errStream = errors.New("no stream")

// maxHead bounds the list of the objects of a stream, in bytes.
const maxHead = 8 << 20

// unpack appends the objects of the object stream n.
func (f *flattener) unpack(n int) error {
	if n >= len(f.objects) || f.objects[n].stream != 0 || f.objects[n].offset == 0 {
		return errStream
	}
	dict, body, ok := streamAt(f.data, f.objects[n].offset)
	if !ok {
		return errStream
	}
	raw, err := inflate(dict, body, f.left)
	if err != nil {
		return err
	}
	f.left -= len(raw)
	first := integers(entry(dict, "First"))
	if len(first) != 1 || first[0] < 0 || first[0] > min(len(raw), maxHead) {
		return errStream
	}
	pairs := integers(raw[:first[0]])
	ends := []int{len(raw)}
	for i := 1; i < len(pairs); i += 2 {
		ends = append(ends, first[0]+pairs[i])
	}
	slices.Sort(ends)
	for i := 0; i+1 < len(pairs); i += 2 {
		id, start := pairs[i], first[0]+pairs[i+1]
		if id <= 0 || id >= len(f.objects) || f.objects[id].stream != n || start < 0 || start >= len(raw) {
			continue
		}
		next, _ := slices.BinarySearch(ends, start+1)
		if next == len(ends) {
			return errStream
		}
		f.add(id, raw[start:min(ends[next], len(raw))])
		if f.left < 0 {
			return errLong
		}
	}
	return nil
}

// add appends an object. Bytes that could end it early, or draw the table into
// it, do no harm: each object is parsed alone.
func (f *flattener) add(id int, body []byte) {
	f.objects[id] = object{offset: len(f.data) + len(f.tail), known: true}
	f.tail = strconv.AppendInt(f.tail, int64(id), 10)
	f.tail = append(f.tail, " 0 obj\n"...)
	f.tail = append(f.tail, body...)
	f.tail = append(f.tail, "\nendobj\n"...)
	f.left -= len(body)
}

// finish appends the table and returns the tail.
func (f *flattener) finish() []byte {
	f.tail = append(f.tail, '\n')
	start := len(f.data) + len(f.tail)
	id := len(f.objects)
	const row = 1 + 8 + 2
	f.tail = fmt.Appendf(f.tail, "%d 0 obj\n<< /Type /XRef /Size %d /W [1 8 2] /Length %d", id, id+1, row*(id+1))
	for _, key := range []string{"Root", "Info", "Encrypt", "ID"} {
		if v := entry(f.trailer, key); v != nil {
			f.tail = fmt.Appendf(f.tail, " /%s %s", key, v)
		}
	}
	f.tail = append(f.tail, " >>\nstream\n"...)
	for _, o := range append(f.objects, object{}) {
		kind := byte(1)
		if o.offset == 0 || o.stream != 0 {
			kind, o.offset = 0, 0
		}
		f.tail = append(f.tail, kind)
		for shift := 56; shift >= 0; shift -= 8 {
			f.tail = append(f.tail, byte(o.offset>>shift))
		}
		f.tail = append(f.tail, byte(o.gen>>8), byte(o.gen))
	}
	return fmt.Appendf(f.tail, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", start)
}

// streamAt returns the dictionary and the bytes of the stream whose definition
// begins at offset. Its length must be written in its dictionary, or it goes
// on to the end of the data.
func streamAt(data []byte, offset int) (dict, body []byte, ok bool) {
	l := lexer{data: data, pos: offset}
	id, gen, obj, d := l.next(), l.next(), l.next(), l.next()
	if id.kind != number || gen.kind != number || string(obj.b) != "obj" || d.kind != dictionary {
		return nil, nil, false
	}
	if start := l.next(); start.kind != keyword || string(start.b) != "stream" {
		return nil, nil, false
	}
	l.skip('\r')
	l.skip('\n')
	body = data[l.pos:]
	if n := integers(entry(d.b, "Length")); len(n) == 1 && n[0] >= 0 && n[0] <= len(body) {
		body = body[:n[0]]
	}
	return d.b, body, true
}

var (
	errFilter = fmt.Errorf("%w: filter", evidence.ErrUnsupported)
	errLong   = fmt.Errorf("%w: unpacked stream", evidence.ErrTooLarge)
)

// inflate unpacks the stream of a table or of objects.
func inflate(dict, body []byte, limit int) ([]byte, error) {
	switch filter := string(bytes.Trim(entry(dict, "Filter"), "[] \t\r\n")); filter {
	case "":
		return body, nil
	case "/FlateDecode":
	default:
		return nil, errFilter
	}
	z, err := zlib.NewReader(bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	out, err := io.ReadAll(io.LimitReader(z, int64(max(limit, 0))+1))
	switch {
	case len(out) > limit:
		return nil, errLong
	case errors.Is(err, zlib.ErrChecksum):
		err = nil // every reader of PDF forgives this
	}
	if err != nil {
		return nil, err
	}
	parms := bytes.Trim(entry(dict, "DecodeParms"), "[] \t\r\n")
	parms = bytes.TrimPrefix(parms, []byte("<<"))
	if p := integers(entry(parms, "Predictor")); len(p) == 1 && p[0] > 1 {
		columns := 1
		if c := integers(entry(parms, "Columns")); len(c) == 1 {
			columns = c[0]
		}
		return unpredict(out, p[0], columns, 1)
	}
	return out, nil
}

// unpredict undoes the PNG prediction of rows of so many bytes, each of which
// refers to the one a whole pixel before it.
func unpredict(data []byte, predictor, columns, pixel int) ([]byte, error) {
	if predictor < 10 || columns < 1 || columns > 1<<20 || pixel < 1 {
		return nil, errFilter
	}
	out := make([]byte, 0, len(data))
	prev := make([]byte, columns)
	for ; len(data) > columns; data = data[columns+1:] {
		start := len(out)
		out = append(out, data[1:columns+1]...)
		row := out[start:]
		for i := range row {
			var left, corner byte
			if i >= pixel {
				left, corner = row[i-pixel], prev[i-pixel]
			}
			switch data[0] {
			case 1:
				row[i] += left
			case 2:
				row[i] += prev[i]
			case 3:
				row[i] += byte((int(left) + int(prev[i])) / 2)
			case 4:
				row[i] += paeth(left, prev[i], corner)
			}
		}
		prev = row
	}
	return out, nil
}

// paeth is the predictor of that name, ISO/IEC 15948, 9.4.
func paeth(left, up, corner byte) byte {
	p := int(left) + int(up) - int(corner)
	dl, du, dc := distance(p, left), distance(p, up), distance(p, corner)
	switch {
	case dl <= du && dl <= dc:
		return left
	case du <= dc:
		return up
	}
	return corner
}

func distance(p int, c byte) int { return max(p-int(c), int(c)-p) }

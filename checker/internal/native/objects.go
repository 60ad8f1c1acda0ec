package native

import (
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"

	objects "github.com/ledongthuc/pdf"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// A value is an object of the file, resolved. Its methods give zero where the
// object is of another kind, and panic on some damage.
type value = objects.Value

// openObjects opens the object layer on src and returns the trailer.
func openObjects(src *source, encrypted bool) (value, error) {
	r, err := objects.NewReaderEncrypted(src, src.size(), nil)
	switch {
	case errors.Is(err, objects.ErrInvalidPassword):
		return value{}, evidence.ErrEncrypted
	case err != nil && encrypted:
		return value{}, fmt.Errorf("%w: %w", evidence.ErrUnsupported, err)
	case err != nil:
		return value{}, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	return r.Trailer(), nil
}

// objectNumber returns the number of the indirect object that v is or stands in.
// The object layer keeps it to itself.
func objectNumber(v value) uint32 {
	return uint32(reflect.ValueOf(v).FieldByName("ptr").Field(0).Uint())
}

func isDict(v value) bool   { return v.Kind() == objects.Dict || v.Kind() == objects.Stream }
func isStream(v value) bool { return v.Kind() == objects.Stream }

// filters are those that the object layer undoes.
var filters = map[string]bool{"FlateDecode": true, "ASCII85Decode": true}

// unpacked appends the decoded bytes of a stream to buf. It returns what it
// could read beside an error.
func unpacked(ctx context.Context, v value, buf []byte, limit int) ([]byte, error) {
	f := v.Key("Filter")
	if n := f.Name(); n != "" && !filters[n] {
		return buf, errFilter
	}
	for i := range f.Len() {
		if !filters[f.Index(i).Name()] {
			return buf, errFilter
		}
	}
	if v.Key("Length").IsNull() {
		return buf, errStream
	}
	in := v.Reader()
	defer in.Close()
	for start := len(buf); ; {
		if len(buf) == cap(buf) {
			buf = append(buf, make([]byte, max(16<<10, len(buf)/2))...)[:len(buf)]
		}
		n, err := in.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		switch {
		case err == io.EOF:
			return buf, nil
		case err != nil:
			return buf, err
		case len(buf)-start > limit:
			return buf[:start], errLong
		}
		if err := ctx.Err(); err != nil {
			return buf, err
		}
	}
}

// rectangle returns a box of page coordinates, false if v is none.
func rectangle(v value) (text.Box, bool) {
	if v.Len() != 4 {
		return text.Box{}, false
	}
	var n [4]float64
	for i := range n {
		n[i] = v.Index(i).Float64()
	}
	b := text.Box{X0: min(n[0], n[2]), Y0: min(n[1], n[3]), X1: max(n[0], n[2]), Y1: max(n[1], n[3])}
	return b, pdf.Finite(b) && !b.Empty()
}

// transform returns the matrix that v holds, the identity if it holds none.
func transform(v value) matrix {
	if v.Len() != 6 {
		return identity
	}
	var n [6]float64
	for i := range n {
		n[i] = v.Index(i).Float64()
	}
	return matrix{A: n[0], B: n[1], C: n[2], D: n[3], E: n[4], F: n[5]}
}

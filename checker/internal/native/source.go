package native

import (
	"context"
	"errors"
	"io"
)

// A source is the file as the object layer sees it: its bytes and what
// flatten appended. It ends every read when its context does, or when far more
// was read than any file needs, so that a loop over objects ends as well.
type source struct {
	ctx        context.Context // of the Read or the Picture that uses it
	data, tail []byte
	left       int // bytes that may still be read
}

// versionLine hides the header of the file: the object layer knows few
// versions, all of which read alike.
const versionLine = "%PDF-1.7\n"

// readFactor is how often a file may be read over. Pages refer to the same
// fonts and resources, and each time they are parsed anew.
const readFactor = 200

func newSource(ctx context.Context, data, tail []byte) *source {
	return &source{ctx: ctx, data: data, tail: tail, left: 256<<20 + readFactor*(len(data)+len(tail))}
}

func (s *source) size() int64 { return int64(len(s.data) + len(s.tail)) }

var errReadsTooMuch = errors.New("the objects refer to one another without end")

// ReadAt implements [io.ReaderAt].
func (s *source) ReadAt(p []byte, off int64) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	if off < 0 || off >= s.size() {
		return 0, io.EOF
	}
	n := 0
	if off < int64(len(s.data)) {
		n = copy(p, s.data[off:])
	}
	if n < len(p) {
		if at := off + int64(n) - int64(len(s.data)); at < int64(len(s.tail)) {
			n += copy(p[n:], s.tail[at:])
		}
	}
	if off < int64(len(versionLine)) {
		copy(p[:n], versionLine[off:])
	}
	if s.left -= n; s.left < 0 {
		return 0, errReadsTooMuch
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

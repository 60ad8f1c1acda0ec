package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// A message between parent and child is a frame: one byte for its kind, four
// for the length of what follows, least significant first, and that.
type kind byte

const (
	setup   kind = 'S' // to the child, first: how to work
	ready   kind = 'H' // from the child, first: how it is confined
	job     kind = 'J' // to the child: what is wanted
	data    kind = 'D' // to the child: a piece of the file
	dataEnd kind = 'E' // to the child: the file is complete
	abandon kind = 'X' // to the child: forget this job
	want    kind = 'W' // from the child: prepare what it asks for
	granted kind = 'G' // to the child: it is prepared
	call    kind = 'C' // from the child: a question, four bytes for its number before it
	answer  kind = 'A' // to the child: the answer to one, its number before it
	reply   kind = 'R' // from the child: the result, one byte of flags before it
)

// chunk is the length of a piece of a file, in bytes.
const chunk = 256 << 10

// maxQuestion bounds the question of a child that memory is taken for at once, in
// bytes.
const maxQuestion = 8 << 20

// errFrame says that bytes are no frame, or too long a one.
var errFrame = errors.New("malformed message")

const headSize = 5

// writeFrame writes a frame in one call of Write.
func writeFrame(w io.Writer, k kind, payload []byte) error {
	b := make([]byte, headSize, headSize+len(payload))
	putHead(b, k, len(payload))
	_, err := w.Write(append(b, payload...))
	return err
}

// putHead puts the head of a frame with n bytes at the beginning of b.
func putHead(b []byte, k kind, n int) {
	b[0] = byte(k)
	binary.LittleEndian.PutUint32(b[1:], uint32(n))
}

// readFrame reads a frame of at most limit bytes. It takes memory for what
// comes, not for what a frame says is to come. A stream that ends between two
// frames gives [io.EOF].
func readFrame(r io.Reader, limit int) (kind, []byte, error) {
	var head [headSize]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.LittleEndian.Uint32(head[1:])
	if int64(n) > int64(limit) {
		return 0, nil, errFrame
	}
	if k := kind(head[0]); k == call && n <= maxQuestion {
		// Pictures of pages, as large as the buffers that a growing one would leave
		// behind.
		b := make([]byte, n)
		if _, err := io.ReadFull(r, b); err != nil {
			return 0, nil, io.ErrUnexpectedEOF
		}
		return k, b, nil
	}
	var b bytes.Buffer
	b.Grow(min(int(n), chunk))
	if _, err := io.CopyN(&b, r, int64(n)); err != nil {
		return 0, nil, io.ErrUnexpectedEOF
	}
	return kind(head[0]), b.Bytes(), nil
}

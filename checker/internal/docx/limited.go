package docx

import (
	"bytes"
	"fmt"
	"io"

	"dasheval/checker/evidence"
)

// ratioFloor is the size from which on the packing ratio of a part counts.
// Small parts of repeated markup pack very well.
const ratioFloor = 1 << 20

// limited reads a part and stops where a limit is passed.
type limited struct {
	io.ReadCloser
	archive *archive
	packed  int64 // compressed size
	n       int64 // bytes read
	run     int64 // bytes since the last '<', which the decoder holds at once
}

func (l *limited) Read(b []byte) (int, error) {
	n, err := l.ReadCloser.Read(b)
	l.n += int64(n)
	l.archive.left -= int64(n)
	if i := bytes.LastIndexByte(b[:n], '<'); i >= 0 {
		l.run = int64(n - i)
	} else {
		l.run += int64(n)
	}
	limits := l.archive.limits
	switch {
	case l.n > limits.MaxPart || l.archive.left < 0:
		return 0, fmt.Errorf("%w: more than %d bytes unpacked", evidence.ErrTooLarge, l.n-1)
	case l.n > ratioFloor && l.n/limits.MaxRatio > l.packed:
		return 0, fmt.Errorf("%w: packed more than %d to 1", evidence.ErrTooLarge, limits.MaxRatio)
	case l.run > limits.MaxText+ratioFloor:
		return 0, fmt.Errorf("%w: more than %d bytes of text", evidence.ErrTooLarge, limits.MaxText)
	}
	return n, err
}

package extract

import (
	"context"
	"encoding/hex"
	"errors"
	"hash"
	"io"
	"time"
)

// A stream hands the bytes of a file on, up to one more than limit, and takes
// the digest of all of them.
type stream struct {
	ctx   context.Context
	in    io.ReadCloser
	sum   hash.Hash
	n     int64
	limit int64
	whole bool // the digest is of the whole file
}

func (s *stream) Read(p []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	left := s.limit + 1 - s.n
	if left <= 0 {
		return 0, io.EOF
	}
	n, err := s.in.Read(p[:min(int64(len(p)), left)])
	s.take(p[:n])
	return n, err
}

func (s *stream) take(p []byte) {
	s.sum.Write(p) // never fails
	s.n += int64(len(p))
}

// rest takes the digest of what was not handed on, as far as it comes in time: a
// file may claim to have any length.
func (s *stream) rest(within time.Duration) error {
	b := make([]byte, 64<<10)
	for end := time.Now().Add(within); time.Now().Before(end); {
		n, err := s.in.Read(b)
		s.take(b[:n])
		switch {
		case errors.Is(err, io.EOF):
			s.whole = true
			return nil
		case err != nil:
			return err
		case s.ctx.Err() != nil:
			return s.ctx.Err()
		}
	}
	return nil
}

// digest returns the digest in hex, "" if it is not of the whole file.
func (s *stream) digest() string {
	if !s.whole {
		return ""
	}
	return hex.EncodeToString(s.sum.Sum(nil))
}

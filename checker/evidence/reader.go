package evidence

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"sync"
)

// A sharedFile is a file that is open while it has users. The members of an
// archive share one, so that the list of entries is read only once.
type sharedFile struct {
	path string

	mu    sync.Mutex
	file  *os.File
	users int
}

func (s *sharedFile) acquire() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users == 0 {
		f, err := openRegular(s.path)
		if err != nil {
			return err
		}
		s.file = f
	}
	s.users++
	return nil
}

func (s *sharedFile) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.users--; s.users == 0 {
		_ = s.file.Close() // was only read
		s.file = nil
	}
}

// openRegular opens a file that is still one: a pipe that has taken its place
// since would block for ever.
func openRegular(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDONLY|nonBlocking, 0)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err == nil && !info.Mode().IsRegular() && info.Mode().Type() != fs.ModeIrregular {
		err = errors.New("no longer an ordinary file")
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

// ReadAt implements [io.ReaderAt].
func (s *sharedFile) ReadAt(p []byte, off int64) (int, error) {
	s.mu.Lock()
	f := s.file
	s.mu.Unlock()
	if f == nil {
		return 0, os.ErrClosed
	}
	return f.ReadAt(p, off)
}

// A memberReader reads a member and gives up its share of the file on Close.
type memberReader struct {
	io.ReadCloser
	disk *sharedFile
	once sync.Once
}

// Close implements [io.Closer].
func (r *memberReader) Close() error {
	err := r.ReadCloser.Close()
	r.once.Do(r.disk.release)
	return err
}

// errBound ends a read beyond the bound of a boundedReaderAt.
var errBound = errors.New("bound of the read exceeded")

// A boundedReaderAt reads until left bytes are used up; without end if left
// is negative.
type boundedReaderAt struct {
	at   io.ReaderAt
	left int64
}

// ReadAt implements [io.ReaderAt].
func (b *boundedReaderAt) ReadAt(p []byte, off int64) (int, error) {
	if b.left < 0 {
		return b.at.ReadAt(p, off)
	}
	if int64(len(p)) > b.left {
		return 0, errBound
	}
	n, err := b.at.ReadAt(p, off)
	b.left -= int64(n)
	return n, err
}

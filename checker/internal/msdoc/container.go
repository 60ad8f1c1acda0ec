package msdoc

import (
	"bytes"
	"fmt"
	"io"

	"github.com/richardlehane/mscfb"

	"dasheval/checker/evidence"
)

// maxDirectory bounds the sectors of the directory of a container. A sector
// has 4 entries or, seldom, 32.
const maxDirectory = 512

// chunkSize is how much of a stream is read at a time. mscfb takes time that
// grows with the square of it.
const chunkSize = 64 << 10

// streams are the parts of the container that hold a document.
type streams struct{ word, table0, table1, data block }

// openContainer reads the streams of an OLE2 container ([MS-CFB]). Those of
// embedded documents, which have the same names, lie in storages and are
// passed over.
func openContainer(data []byte) (*streams, error) {
	if err := checkHeader(data); err != nil {
		return nil, err
	}
	m := &meter{Reader: bytes.NewReader(data), left: maxDirectory + block(data).i32(72)}
	r, err := mscfb.New(m)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	m.open = true
	s := new(streams)
	for _, f := range r.File {
		if len(f.Path) > 0 {
			continue
		}
		var to *block
		switch f.Name {
		case "WordDocument":
			to = &s.word
		case "0Table":
			to = &s.table0
		case "1Table":
			to = &s.table1
		case "Data":
			to = &s.data
		case "EncryptedPackage":
			return nil, evidence.ErrEncrypted
		}
		if to == nil || *to != nil {
			continue
		}
		if *to, err = readStream(f, len(data)); err != nil {
			return nil, fmt.Errorf("stream %s: %w: %w", f.Name, evidence.ErrCorrupt, err)
		}
	}
	if s.word == nil {
		return nil, fmt.Errorf("%w: no Word document in the container", evidence.ErrUnsupported)
	}
	return s, nil
}

// checkHeader makes sure that there is a directory, and that the counts of
// sectors in the header, after which memory is allocated, fit into the file.
func checkHeader(data block) error {
	const endOfChain = -2
	shift := data.u16(30)
	if shift != 9 && shift != 12 || data.i32(48) == endOfChain {
		return fmt.Errorf("%w: no compound file", evidence.ErrCorrupt)
	}
	sectors := len(data) >> shift
	for _, at := range []int{40, 44, 64, 72} { // sectors of directory, FAT, mini FAT and DIFAT
		if n := data.i32(at); n < 0 || n > sectors {
			return fmt.Errorf("%w: %d sectors in a compound file of %d", evidence.ErrCorrupt, n, sectors)
		}
	}
	return nil
}

// A meter bounds the whole sectors that are read before the container is
// open: those of its directory, whose entries take memory, and of its DIFAT.
type meter struct {
	*bytes.Reader
	left int
	open bool
}

func (m *meter) ReadAt(b []byte, at int64) (int, error) {
	if !m.open && len(b) >= 512 {
		if m.left--; m.left < 0 {
			return 0, fmt.Errorf("directory of more than %d sectors", maxDirectory)
		}
	}
	return m.Reader.ReadAt(b, at)
}

func readStream(f *mscfb.File, most int) (block, error) {
	if f.Size < 0 || f.Size > int64(most) {
		return nil, fmt.Errorf("%d bytes in a file of %d", f.Size, most)
	}
	b := make(block, f.Size)
	for at := 0; at < len(b); {
		n, err := io.ReadFull(f, b.cut(at, chunkSize))
		if err != nil {
			return nil, err
		}
		at += n
	}
	return b, nil
}

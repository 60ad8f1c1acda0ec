package evidence

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// An archive is an open zip archive, on disk or in memory.
type archive struct {
	zip  *zip.Reader
	size int64
	disk *sharedFile // nil if in memory
}

// diskArchive opens the archive in a file. The caller releases it.
func diskArchive(path string, size int64, opt Options) (*archive, error) {
	disk := &sharedFile{path: path}
	if err := disk.acquire(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, bare(err))
	}
	a := &archive{size: size, disk: disk}
	if err := a.readDirectory(disk, opt); err != nil {
		a.release()
		return nil, err
	}
	return a, nil
}

// memoryArchive opens the archive that f holds, as far as limits allow.
func memoryArchive(f File, opt Options) (*archive, error) {
	if f.Size > opt.MaxNested {
		return nil, fmt.Errorf("%w: an archive inside another one may have %d bytes, this one has %d", ErrTooLarge, opt.MaxNested, f.Size)
	}
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var buf bytes.Buffer
	buf.Grow(int(f.Size) + bytes.MinRead)
	if _, err := io.Copy(&buf, io.LimitReader(r, opt.MaxNested+1)); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	a := &archive{size: int64(buf.Len())}
	if err := a.readDirectory(bytes.NewReader(buf.Bytes()), opt); err != nil {
		return nil, err
	}
	return a, nil
}

// readDirectory reads the list of entries. An archive can claim any number of
// them, so the bytes that may be read for the list are bounded.
func (a *archive) readDirectory(at io.ReaderAt, opt Options) error {
	bounded := &boundedReaderAt{at: at, left: 1<<20 + int64(opt.MaxEntries)<<10}
	z, err := zip.NewReader(bounded, a.size)
	switch {
	case errors.Is(err, errBound):
		return tooManyEntries(opt)
	case err != nil && !errors.Is(err, zip.ErrInsecurePath): // names are cleaned here
		return fmt.Errorf("%w: %w", ErrCorrupt, err)
	}
	bounded.left = -1
	a.zip = z
	return nil
}

func tooManyEntries(opt Options) error {
	return fmt.Errorf("%w: an archive may have %d entries", ErrTooLarge, opt.MaxEntries)
}

// release lets go of what the listing held.
func (a *archive) release() {
	if a.disk != nil {
		a.disk.release()
	}
}

// isDocument reports whether the archive is an office document: OOXML by its
// list of content types (ECMA-376 part 2), OpenDocument by its first entry.
func (a *archive) isDocument() bool {
	if slices.ContainsFunc(a.zip.File, func(f *zip.File) bool { return strings.EqualFold(f.Name, contentTypes) }) {
		return true
	}
	if len(a.zip.File) == 0 || a.zip.File[0].Name != mimeType {
		return false
	}
	r, err := a.open(a.zip.File[0])
	if err != nil {
		return false
	}
	defer r.Close()
	head := make([]byte, headSize)
	n, _ := io.ReadFull(r, head)
	return bytes.Contains(head[:n], []byte(openDocument))
}

// A member is a file in an archive.
type member struct {
	*zip.File
	name string // cleaned and unique in the archive
	rel  string // cleaned
}

// members returns the files, without folders, in order of name. No member of
// the archive at path gets a path that is taken.
func (a *archive) members(path string, taken map[string]bool) []member {
	names := newNamer(func(name string) bool { return taken[path+"!"+name] })
	var list []member
	for _, f := range a.zip.File {
		if isFolder(f) {
			continue
		}
		rel := memberName(f.Name)
		m := member{File: f, rel: rel, name: names.unique(rel, false)}
		if strings.Contains(m.name, "!") {
			taken[path+"!"+m.name] = true // could look like a member of a member
		}
		list = append(list, m)
	}
	slices.SortFunc(list, func(a, b member) int { return strings.Compare(a.name, b.name) })
	return list
}

// isFolder reports whether an entry is a folder; some programs write "\".
func isFolder(f *zip.File) bool {
	return f.Mode().IsDir() || strings.HasSuffix(f.Name, `\`) && f.UncompressedSize64 == 0
}

// open opens a member; it can be read for as long as it is not closed, even
// after the archive was released.
func (a *archive) open(f *zip.File) (io.ReadCloser, error) {
	if a.disk == nil {
		return f.Open()
	}
	if err := a.disk.acquire(); err != nil {
		return nil, err
	}
	r, err := f.Open()
	if err != nil {
		a.disk.release()
		return nil, err
	}
	return &memberReader{ReadCloser: r, disk: a.disk}, nil
}

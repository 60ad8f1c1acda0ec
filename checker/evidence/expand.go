package evidence

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// ratioFree is what any archive may unpack to, whatever its ratio: a page of
// white in a small archive is no bomb.
const ratioFree = 256 << 10

// An expander yields entries as files, and archives with their members. Its
// methods return false when the listing is over.
type expander struct {
	opt    Options
	strict bool            // roots must be archives
	taken  map[string]bool // paths with "!" that members must not get
	yield  func(File, error) bool
}

// A level is where in nested archives a file lies.
type level struct {
	depth int     // number of archives around the file
	top   bool    // the file is the root of the pile
	left  *budget // of the outermost archive; nil outside
}

// A budget is what an outermost archive may still hold.
type budget struct {
	entries int
	bytes   int64
}

// entry yields a file on disk.
func (x *expander) entry(ctx context.Context, e entry) bool {
	if err := ctx.Err(); err != nil {
		x.yield(File{}, err)
		return false
	}
	f := File{Path: e.path, Size: e.size, Ignore: e.ignore, Err: e.err}
	if f.Ignore != "" || f.Err != nil {
		return x.yield(f, nil)
	}
	f.Open = func() (io.ReadCloser, error) {
		r, err := openRegular(e.native)
		if err != nil {
			return nil, unreadable(e.path, ErrCorrupt, err)
		}
		return r, nil
	}
	open := func() (*archive, error) { return diskArchive(e.native, e.size, x.opt) }
	return x.file(ctx, f, open, level{top: e.root})
}

// file yields a file that can be opened, and its members if it is an archive.
func (x *expander) file(ctx context.Context, f File, open func() (*archive, error), at level) bool {
	head, err := readHead(f)
	if err != nil {
		return x.fail(f, ErrCorrupt, err)
	}
	format := sniff(head)
	switch {
	case format == formatOther && x.strict && at.top:
		return x.fail(f, ErrCorrupt, zip.ErrFormat)
	case format == formatOther || format == formatDocument:
		return x.yield(f, nil)
	}
	a, err := open()
	switch {
	case err != nil && format == formatMaybe:
		return x.yield(f, nil) // let the parser of documents say what is wrong
	case err != nil:
		return x.fail(f, reasonOf(err), err)
	}
	defer a.release()
	if a.isDocument() {
		return x.yield(f, nil)
	}
	if at.left == nil {
		at.left = &budget{entries: x.opt.MaxEntries, bytes: x.opt.MaxTotal}
	}
	if err := x.admit(a, at); err != nil {
		return x.fail(f, ErrTooLarge, err)
	}
	members := a.members(f.Path, x.taken)
	if len(members) == 0 {
		return x.fail(f, ErrEmpty, nil)
	}
	f.Archive, f.Open = true, nil
	if !x.yield(f, nil) {
		return false
	}
	for _, m := range members {
		if !x.member(ctx, a, m, f.Path, at) {
			return false
		}
	}
	return true
}

// admit takes an archive off the budget, or tells which limit it exceeds.
func (x *expander) admit(a *archive, at level) error {
	if at.depth >= x.opt.MaxDepth {
		return fmt.Errorf("%w: archives inside each other go deeper than %d", ErrTooLarge, x.opt.MaxDepth)
	}
	if len(a.zip.File) > at.left.entries {
		return tooManyEntries(x.opt)
	}
	var total int64
	for _, f := range a.zip.File {
		if f.UncompressedSize64 > uint64(at.left.bytes-total) {
			return fmt.Errorf("%w: an archive may unpack to %d bytes", ErrTooLarge, x.opt.MaxTotal)
		}
		total += int64(f.UncompressedSize64)
	}
	if total > ratioFree && total/int64(x.opt.MaxRatio) > a.size {
		return fmt.Errorf("%w: an archive may unpack to %d times its size", ErrTooLarge, x.opt.MaxRatio)
	}
	at.left.entries -= len(a.zip.File)
	at.left.bytes -= total
	return nil
}

// member yields a member of the archive at path.
func (x *expander) member(ctx context.Context, a *archive, m member, path string, at level) bool {
	if err := ctx.Err(); err != nil {
		x.yield(File{}, err)
		return false
	}
	path += "!" + m.name
	f := File{Path: path, Size: int64(m.UncompressedSize64)}
	const encrypted = 0x1 // APPNOTE.TXT 4.4.4, bit 0
	switch kind := m.Mode().Type(); {
	case kind == fs.ModeSymlink:
		f.Ignore = IgnoredLink
	case kind != 0:
		f.Ignore = IgnoredSystem
	default:
		f.Ignore = ignored(m.rel, at.top && at.depth == 0)
	}
	switch {
	case f.Ignore != "":
		return x.yield(f, nil)
	case m.Flags&encrypted != 0:
		return x.fail(f, ErrEncrypted, nil)
	case m.Method != zip.Store && m.Method != zip.Deflate:
		return x.fail(f, ErrUnsupported, fmt.Errorf("compression method %d of the zip archive", m.Method))
	}
	f.Open = func() (io.ReadCloser, error) {
		r, err := a.open(m.File)
		if err != nil {
			return nil, unreadable(path, ErrCorrupt, err)
		}
		return r, nil
	}
	open := func() (*archive, error) { return memoryArchive(f, x.opt) }
	return x.file(ctx, f, open, level{depth: at.depth + 1, left: at.left})
}

// fail yields a file that cannot be read.
func (x *expander) fail(f File, reason, cause error) bool {
	if re, ok := errors.AsType[*ReadError](cause); ok {
		cause = re.Err
	}
	f.Open, f.Err = nil, unreadable(f.Path, reason, cause)
	return x.yield(f, nil)
}

// reasonOf returns the reason that err wraps, ErrCorrupt if none.
func reasonOf(err error) error {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.err
		}
	}
	return ErrCorrupt
}

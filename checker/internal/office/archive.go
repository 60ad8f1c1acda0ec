package office

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"dasheval/checker/evidence"
)

// ole2 starts a compound file, the container of encrypted Office documents.
var ole2 = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// An archive is the zip container of a file.
type archive struct {
	files map[string]*zip.File // by folded name
	size  int64
	left  int64 // bytes that all members together may still have
	stop  func() error
}

func openArchive(data []byte, stop func() error) (*archive, error) {
	if bytes.HasPrefix(data, ole2) {
		return nil, fmt.Errorf("compound file: %w", evidence.ErrEncrypted)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	if len(z.File) > maxMembers {
		return nil, fmt.Errorf("%w: %d members", evidence.ErrTooLarge, len(z.File))
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), size: int64(len(data)), left: 2 * maxMember, stop: stop}
	for _, f := range z.File {
		name := foldName(f.Name)
		if _, ok := a.files[name]; !ok {
			a.files[name] = f
		}
	}
	return a, nil
}

// foldName returns the name of a member as it is compared: ECMA-376 part 2 has
// names without regard to case, and some producers write backslashes.
func foldName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (a *archive) has(name string) bool { return a.files[foldName(name)] != nil }

// read opens the member as XML, calls fn with the root element read, and makes
// sure that the member is whole.
func (a *archive) read(name string, fn func(s *stream, root element) error) error {
	f := a.files[foldName(name)]
	if f == nil {
		return fmt.Errorf("%w: no member %s", evidence.ErrCorrupt, name)
	}
	if f.Flags&1 != 0 {
		return fmt.Errorf("member %s: %w", name, evidence.ErrEncrypted)
	}
	rc, err := f.Open()
	if err != nil {
		return fmt.Errorf("member %s: %w: %w", name, evidence.ErrCorrupt, err)
	}
	defer rc.Close()
	// The packed size is what the file claims; it cannot be more than the file.
	packed := min(f.CompressedSize64, uint64(a.size))
	s := newStream(&limited{r: rc, archive: a, packed: int64(packed)})
	root, err := s.start()
	if err == nil {
		err = fn(s, root)
	}
	if err == nil {
		err = s.finish()
	}
	return a.reasoned(name, err)
}

// reasoned gives the error of a member its reason, which is damage unless
// something else says otherwise.
func (a *archive) reasoned(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case a.stop() != nil:
		return a.stop()
	case errors.Is(err, evidence.ErrTooLarge), errors.Is(err, evidence.ErrCorrupt),
		errors.Is(err, evidence.ErrEncrypted), errors.Is(err, evidence.ErrUnsupported):
		return fmt.Errorf("member %s: %w", name, err)
	}
	return fmt.Errorf("member %s: %w: %w", name, evidence.ErrCorrupt, err)
}

// optional drops the error of a member that the text can do without. A broken
// limit stays, and so does the wish to stop.
func (a *archive) optional(err error) error {
	if errors.Is(err, evidence.ErrTooLarge) {
		return err
	}
	return a.stop()
}

// limited reads a member and stops where a limit is passed.
type limited struct {
	r       io.Reader
	archive *archive
	packed  int64 // compressed size
	n       int64 // bytes read
	run     int64 // bytes since the last '<'
}

func (l *limited) Read(b []byte) (int, error) {
	if err := l.archive.stop(); err != nil {
		return 0, err
	}
	n, err := l.r.Read(b)
	l.n += int64(n)
	l.archive.left -= int64(n)
	if i := bytes.LastIndexByte(b[:n], '<'); i >= 0 {
		l.run = int64(n - i)
	} else {
		l.run += int64(n)
	}
	switch {
	case l.n > maxMember || l.archive.left < 0:
		return 0, fmt.Errorf("%w: more than %d bytes unpacked", evidence.ErrTooLarge, l.n-1)
	case l.n > ratioFloor && l.n/maxRatio > l.packed:
		return 0, fmt.Errorf("%w: packed more than %d to 1", evidence.ErrTooLarge, maxRatio)
	case l.run > maxRun:
		return 0, fmt.Errorf("%w: more than %d bytes without a tag", evidence.ErrTooLarge, maxRun)
	}
	return n, err
}

// A relation leads from a member of an Office Open XML package to another.
type relation struct {
	kind   string // last element of the type's address
	target string // name of a member
}

// relations returns the relations of a member by their ids. A member without
// any has none.
func (a *archive) relations(name string) (map[string]relation, error) {
	dir, base := path.Split(name)
	rels := dir + "_rels/" + base + ".rels"
	out := make(map[string]relation)
	if !a.has(rels) {
		return out, nil
	}
	err := a.read(rels, func(s *stream, _ element) error {
		return s.children(func(e element) error {
			target := e.attr("Target")
			if e.Name.Local != "Relationship" || target == "" || e.attr("TargetMode") == "External" {
				return s.skip()
			}
			if len(out) == maxMembers {
				return fmt.Errorf("%w: more than %d relations", evidence.ErrTooLarge, len(out))
			}
			if t, err := url.PathUnescape(target); err == nil && !a.has(path.Join(dir, target)) {
				target = t
			}
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out[e.attr("Id")] = relation{path.Base(e.attr("Type")), strings.TrimPrefix(target, "/")}
			return s.skip()
		})
	})
	return out, a.optional(err)
}

// related returns the member that a relation of a kind leads to, "" if there is
// none. Of several it is the first by name.
func related(rels map[string]relation, kind string) string {
	out := ""
	for _, r := range rels {
		if r.kind == kind && (out == "" || r.target < out) {
			out = r.target
		}
	}
	return out
}

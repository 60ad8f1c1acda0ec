package docx

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"net/url"
	"path"
	"strings"

	"dasheval/checker/evidence"
)

// An archive is the zip container of a document with what is left of its
// limits.
type archive struct {
	files  map[string]*zip.File // by folded name
	size   int64
	limits Limits
	left   int64 // bytes that all parts together may still have
}

func openArchive(r io.ReaderAt, size int64, limits Limits) (*archive, error) {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	if len(z.File) > limits.MaxEntries {
		return nil, fmt.Errorf("%w: %d entries", evidence.ErrTooLarge, len(z.File))
	}
	a := &archive{files: make(map[string]*zip.File, len(z.File)), size: size, limits: limits, left: 2 * limits.MaxPart}
	for _, f := range z.File {
		name := foldName(f.Name)
		if _, ok := a.files[name]; !ok {
			a.files[name] = f
		}
	}
	return a, nil
}

// foldName returns the name of a part as it is compared: ECMA-376 part 2 has
// names without regard to case, and some producers write backslashes.
func foldName(name string) string {
	return strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "/"))
}

func (a *archive) has(name string) bool { return a.files[foldName(name)] != nil }

// open returns the bytes of a part, limited.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.files[foldName(name)]
	if f == nil {
		return nil, fmt.Errorf("%w: no part %s", evidence.ErrCorrupt, name)
	}
	if f.Flags&1 != 0 {
		return nil, fmt.Errorf("part %s: %w", name, evidence.ErrEncrypted)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, fmt.Errorf("part %s: %w: %w", name, evidence.ErrCorrupt, err)
	}
	// The packed size is what the file claims; it cannot be more than the file.
	packed := min(int64(f.CompressedSize64), a.size)
	return &limited{ReadCloser: rc, archive: a, packed: max(packed, 0)}, nil
}

// read opens the part as XML, calls fn with the root element read, and makes
// sure that the part is whole.
func (a *archive) read(name string, fn func(*part) error) error {
	rc, err := a.open(name)
	if err != nil {
		return err
	}
	defer rc.Close()
	p := newPart(rc, a.limits.MaxDepth)
	if err = p.start(); err == nil {
		err = fn(p)
	}
	if err == nil {
		err = p.finish()
	}
	return reasoned(name, err)
}

// reasoned gives the error of a part its reason, which is damage unless a
// limit or a password says otherwise.
func reasoned(name string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, evidence.ErrTooLarge), errors.Is(err, evidence.ErrCorrupt), errors.Is(err, evidence.ErrEncrypted):
		return fmt.Errorf("part %s: %w", name, err)
	}
	return fmt.Errorf("part %s: %w: %w", name, evidence.ErrCorrupt, err)
}

// A relation leads from a part to another.
type relation struct {
	id     string
	kind   string // last element of the type's address
	target string // name of a part
}

// relations returns the relations of a part; "" is the package itself.
func (a *archive) relations(name string) ([]relation, error) {
	dir, base := path.Split(name)
	var out []relation
	err := a.read(dir+"_rels/"+base+".rels", func(p *part) error {
		return p.children(func(e element) error {
			target := e.attr("Target")
			if e.Name.Local != "Relationship" || target == "" || e.attr("TargetMode") == "External" {
				return p.skip()
			}
			if len(out) == a.limits.MaxEntries {
				return fmt.Errorf("%w: more than %d relations", evidence.ErrTooLarge, len(out))
			}
			if s, err := url.PathUnescape(target); err == nil && !a.has(path.Join(dir, target)) {
				target = s
			}
			if !strings.HasPrefix(target, "/") {
				target = path.Join(dir, target)
			}
			out = append(out, relation{
				id: e.attr("Id"), kind: path.Base(e.attr("Type")), target: strings.TrimPrefix(target, "/"),
			})
			return p.skip()
		})
	})
	return out, err
}

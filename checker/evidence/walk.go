package evidence

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// An entry is a file found on disk, before it is opened.
type entry struct {
	path   string // as told in File.Path
	native string // for opening
	size   int64
	ignore Ignored
	err    error // a *ReadError
	root   bool  // a root itself, not found in a folder
}

// walk returns the entries of all roots, sorted by path.
func (p *pile) walk(ctx context.Context) ([]entry, error) {
	var w walker
	for _, r := range p.roots {
		info, err := os.Stat(r.path)
		if err != nil {
			return nil, missing(r.path, err)
		}
		switch {
		case info.IsDir() && p.want != wantAny && p.want != wantFolder:
			return nil, fmt.Errorf(`"%s": is a folder, not a file`, r.path)
		case !info.IsDir() && p.want == wantFolder:
			return nil, fmt.Errorf(`"%s": is a file, not a folder`, r.path)
		case info.IsDir():
			w.root = true
			if err := w.folder(ctx, r.path, r.name, false); err != nil {
				return nil, err
			}
		default:
			w.file(r, info)
		}
	}
	slices.SortFunc(w.entries, func(a, b entry) int { return strings.Compare(a.path, b.path) })
	return w.entries, nil
}

// A walker collects entries.
type walker struct {
	entries []entry
	root    bool // the next folder is a root
}

// file adds a root that is a file.
func (w *walker) file(r place, info fs.FileInfo) {
	base := baseName(r.path)
	e := entry{path: r.name, native: r.path, size: info.Size(), root: true, ignore: ignoredName(base, true)}
	if e.path == "" {
		e.path = base
	}
	if e.ignore == "" && !info.Mode().IsRegular() && info.Mode().Type() != fs.ModeIrregular {
		e.ignore = IgnoredSystem
	}
	w.entries = append(w.entries, e)
}

// folder adds what a folder holds. Everything in a system folder is ignored,
// but listed, so that counts add up.
func (w *walker) folder(ctx context.Context, native, path string, system bool) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	root := w.root
	w.root = false
	list, err := os.ReadDir(native)
	switch {
	case err != nil && root && len(list) == 0:
		return missing(native, err)
	case err != nil && system:
		w.entries = append(w.entries, entry{path: path, size: -1, ignore: IgnoredSystem})
	case err != nil:
		e := entry{path: path, native: native, size: -1}
		if path == "" {
			e.path = baseName(native)
		}
		e.err = unreadable(e.path, ErrCorrupt, err)
		w.entries = append(w.entries, e)
	}
	for _, d := range list {
		if err := ctx.Err(); err != nil {
			return err
		}
		name := d.Name()
		e := entry{path: name, native: filepath.Join(native, name), size: -1}
		if path != "" {
			e.path = path + "/" + name
		}
		if d.IsDir() {
			if err := w.folder(ctx, e.native, e.path, system || systemFolder(name)); err != nil {
				return err
			}
			continue
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted since, so not handed in
		}
		if err == nil {
			e.size = info.Size()
		}
		switch e.ignore = ignoredName(name, root); {
		case system:
			e.ignore = IgnoredSystem
		case linked(d, e.native):
			e.ignore = IgnoredLink
		case e.ignore != "":
		case d.Type()&^fs.ModeIrregular != 0: // a pipe or device: opening it could block
			e.ignore = IgnoredSystem
		}
		w.entries = append(w.entries, e)
	}
	return nil
}

// linked reports whether an entry is a symbolic link or a junction. Windows
// also calls files irregular that wait in the cloud, and those are evidence.
func linked(d fs.DirEntry, native string) bool {
	switch d.Type() {
	case fs.ModeSymlink:
		return true
	case fs.ModeIrregular:
		info, err := os.Stat(native)
		return err == nil && info.IsDir()
	}
	return false
}

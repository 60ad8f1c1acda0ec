package evidence

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Roots returns the paths a user names, folders and files, as one source. The
// paths of a sole folder are relative to it, and a sole file has its base name.
// With several roots, each path starts with the base name of its root, made
// unique by " (2)" where two are the same. A root named twice counts once.
//
// A path that does not exist is an error that names it, and all of them come
// at once.
func Roots(paths []string, opt Options) (Source, error) {
	if len(paths) == 0 {
		return nil, errors.New("no evidence given; name a folder, a zip archive or a file")
	}
	var infos []fs.FileInfo
	var roots []place
	var errs []error
	for _, p := range paths {
		info, err := os.Stat(p)
		if err != nil {
			errs = append(errs, missing(p, err))
			continue
		}
		if !containsFile(infos, info) {
			infos, roots = append(infos, info), append(roots, place{path: p})
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(roots) > 1 {
		names := newNamer(nil)
		for i := range roots {
			roots[i].name = names.unique(baseName(roots[i].path), infos[i].IsDir())
		}
	}
	return &pile{roots: roots, opt: opt}, nil
}

func missing(path string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return &rootError{fmt.Sprintf(`"%s": no such file or folder; check the spelling, and put quotes around a path with spaces`, path), err}
	}
	return &rootError{fmt.Sprintf(`"%s": %v; check that it can be opened by this user`, path, bare(err)), err}
}

// A rootError keeps the cause out of its text, which is for users.
type rootError struct {
	text string
	err  error
}

func (e *rootError) Error() string { return e.text }
func (e *rootError) Unwrap() error { return e.err }

func containsFile(infos []fs.FileInfo, info fs.FileInfo) bool {
	for _, other := range infos {
		if os.SameFile(other, info) {
			return true
		}
	}
	return false
}

// baseName names a root: the last element of its absolute path, or the drive.
func baseName(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		abs = filepath.Clean(path)
	}
	name := filepath.Base(abs)
	if name == string(filepath.Separator) || name == "." {
		name = strings.Trim(filepath.VolumeName(abs), `:\/`)
	}
	if name == "" {
		return "root"
	}
	return filepath.ToSlash(name)
}

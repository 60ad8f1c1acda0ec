package rules

import (
	"archive/zip"
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

//go:embed packs
var packs embed.FS

var (
	// packID is how packs are named: it is also the name of a folder.
	packID = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	// urn is the syntax of RFC 8141, without its rarer parts.
	urn = regexp.MustCompile(`^urn:[A-Za-z0-9][A-Za-z0-9-]{1,31}:[A-Za-z0-9][A-Za-z0-9()+,.:=@;$_!*'%/-]*$`)
)

// maxName is the length of the longest name in an archive, in bytes.
const maxName = 255

// ValidID reports whether a pack may have the id: lower-case letters, digits and
// hyphens between them.
func ValidID(id string) bool { return packID.MatchString(id) && len(id) <= 64 }

// A Library finds the files of packs that others extend, by id.
type Library func(id string) (fs.FS, error)

// Standard is the id of the pack that is used where none is named.
const Standard = "lke-zi-2021"

// Builtin returns the standard pack of the program: LKE ZI 2021.
func Builtin() (*Pack, error) {
	sub, err := Builtins(Standard)
	if err != nil {
		return nil, err
	}
	return Load(sub, nil)
}

// BuiltinIDs lists the packs that the program carries.
func BuiltinIDs() []string {
	entries, err := packs.ReadDir("packs")
	if err != nil {
		panic(err) // it is part of the program
	}
	var out []string
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

// Builtins is the library of the packs that the program carries.
func Builtins(id string) (fs.FS, error) {
	if !slices.Contains(BuiltinIDs(), id) {
		return nil, errors.New(unknown("pack", id, BuiltinIDs()))
	}
	sub, err := fs.Sub(packs, "packs/"+id)
	return carriedFS{sub}, err
}

// carriedFS tells packs of the program from others.
type carriedFS struct{ fs.FS }

// Open returns the files of the pack at path, a folder or a .zip file, and the
// library of its neighbours: what it extends is built in, or stands beside it as
// a folder ID or a file ID.zip. Nothing outside of these can be read, whatever
// the pack says and links to.
func Open(path string) (fs.FS, Library, error) {
	fsys, err := Files(path)
	if err != nil {
		return nil, nil, err
	}
	full, err := filepath.Abs(path)
	if err != nil {
		return nil, nil, err
	}
	return fsys, Beside(filepath.Dir(full)), nil
}

// Beside returns the library of the packs in a folder, and of those that the
// program carries, which come first.
func Beside(dir string) Library {
	return func(id string) (fs.FS, error) {
		found, err := Builtins(id)
		if err == nil {
			return found, nil
		}
		for _, name := range []string{id, id + ".zip"} {
			info, statErr := os.Lstat(filepath.Join(dir, name))
			switch {
			case statErr != nil:
			case info.IsDir() || info.Mode().IsRegular():
				return Files(filepath.Join(dir, name))
			default:
				return nil, fmt.Errorf("%s beside the pack is a link or no file", name)
			}
		}
		return nil, fmt.Errorf("%w; nor is there %s or %s.zip beside the pack", err, id, id)
	}
}

// Files returns the files of one pack on disk, a folder or a .zip file.
func Files(path string) (fs.FS, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("open pack: %w", err)
	}
	if !info.IsDir() && !info.Mode().IsRegular() {
		return nil, fmt.Errorf("open pack: %s is no file", path)
	}
	if info.IsDir() {
		root, err := os.OpenRoot(path)
		if err != nil {
			return nil, fmt.Errorf("open pack: %w", err)
		}
		return root.FS(), nil
	}
	if !strings.EqualFold(filepath.Ext(path), ".zip") {
		return nil, fmt.Errorf("open pack: %s is neither a folder nor a .zip file", path)
	}
	if info.Size() > maxPack {
		return nil, fmt.Errorf("open pack: %s is larger than %d bytes", path, maxPack)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("open pack: %w", err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("open pack: %s: %w", path, err)
	}
	for _, f := range z.File {
		if len(f.Name) > maxName {
			return nil, fmt.Errorf("open pack: %s: an entry has a name of more than %d bytes", path, maxName)
		}
	}
	if len(z.File) > 4*maxFiles {
		return nil, fmt.Errorf("open pack: %s: more than %d entries", path, 4*maxFiles)
	}
	// Archives of a folder hold that folder.
	if tops, err := fs.Glob(z, "*/"+packFile); err == nil && len(tops) == 1 {
		if _, err := fs.Stat(z, packFile); err != nil {
			return fs.Sub(z, filepath.ToSlash(filepath.Dir(tops[0])))
		}
	}
	return z, nil
}

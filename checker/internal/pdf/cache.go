package pdf

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
)

// CacheDir is where the compiled engine is kept below the cache folder of the
// user: a folder of its own for each version of it.
func CacheDir(base string) string {
	version := "unversioned"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == "github.com/klippa-app/go-pdfium" {
				version = m.Version
			}
		}
	}
	return filepath.Join(base, "pdfium-"+version)
}

// compiled is the name of a compiled module.
var compiled = regexp.MustCompile(`^[0-9a-f]{64}$`)

// digestFile holds the digest of what the cache holds.
const digestFile = "digest"

// Seal records the digest of what the cache folder of the user holds.
func Seal(base string) error {
	sum, err := digest(base)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(CacheDir(base), digestFile), []byte(sum), 0o600)
}

// Cached reports whether the cache folder of the user holds the compiled engine
// as it was sealed. What is damaged is removed: the code would be run.
func Cached(base string) bool {
	want, err := os.ReadFile(filepath.Join(CacheDir(base), digestFile))
	if err == nil {
		if sum, err := digest(base); err == nil && sum == string(want) {
			return true
		}
	}
	for _, f := range modules(base) {
		_ = os.Remove(f) // what cannot be removed is met again
	}
	return false
}

func modules(base string) []string {
	files, err := filepath.Glob(filepath.Join(CacheDir(base), "*", "*"))
	if err != nil {
		return nil
	}
	return slices.DeleteFunc(files, func(f string) bool { return !compiled.MatchString(filepath.Base(f)) })
}

var errNoModule = errors.New("no compiled module")

// digest is that of the names and bytes of all modules.
func digest(base string) (string, error) {
	sum := sha256.New()
	files := modules(base)
	for _, f := range files {
		in, err := os.Open(f)
		if err != nil {
			return "", err
		}
		fmt.Fprintln(sum, filepath.Base(f))
		_, err = io.Copy(sum, in)
		if err := errors.Join(err, in.Close()); err != nil {
			return "", err
		}
	}
	if len(files) == 0 {
		return "", errNoModule
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

package pdf

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
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

// digest is the name of a compiled module.
var digest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// Cached reports whether the cache folder of the user holds the compiled engine.
func Cached(base string) bool {
	files, err := filepath.Glob(filepath.Join(CacheDir(base), "*", "*"))
	if err != nil {
		return false
	}
	for _, f := range files {
		info, err := os.Stat(f)
		if err == nil && info.Size() > 0 && digest.MatchString(filepath.Base(f)) {
			return true
		}
	}
	return false
}

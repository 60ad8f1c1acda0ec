package evidence_test

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"dasheval/checker/evidence"
)

// FuzzZip reads any bytes as an archive: no panic, each path once and below
// its archive, and no more than the limits allow.
func FuzzZip(f *testing.F) {
	inner := zipOf(f, "b.pdf", "b", "[x].xml", "y")
	whole := zipOf(f, "../a.pdf", "aaaaaaaaaaaa", "in.zip", inner, "dir/", "", "in.zip!b.pdf", "z")
	f.Add([]byte(whole))
	f.Add([]byte(whole[:len(whole)-7]))
	f.Add([]byte(zipOf(f)))
	f.Add([]byte(zipOf(f, "word/document.xml", "x", "[Content_Types].xml", "y")))
	f.Add([]byte(zipOf(f, "mimetype", "application/vnd.oasis.opendocument.text")))
	f.Add([]byte(zipOf(f, "a", strings.Repeat("\x00", 1<<19))))
	f.Add([]byte(rawZip(f, []zip.FileHeader{{Name: "a\x82", Flags: 1, NonUTF8: true}, {Name: "b", Method: 12}}, []string{"x", "y"})))
	f.Add([]byte("PK\x03\x04"))

	opt := evidence.Options{MaxEntries: 20, MaxDepth: 2, MaxRatio: 100, MaxTotal: 1 << 20, MaxNested: 1 << 14}
	file := filepath.Join(f.TempDir(), "a.zip")
	f.Fuzz(func(t *testing.T, data []byte) {
		if err := os.WriteFile(file, data, 0o644); err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		var total int64
		for got, err := range evidence.Zip(file, opt).Files(t.Context()) {
			if err != nil {
				t.Fatal(err)
			}
			if seen[got.Path] {
				t.Fatalf("%q twice", got.Path)
			}
			seen[got.Path] = true
			if re := new(evidence.ReadError); got.Err != nil && !errors.As(got.Err, &re) {
				t.Fatalf("%q: error %v is no ReadError", got.Path, got.Err)
			}
			member, inside := strings.CutPrefix(got.Path, "a.zip!")
			if !inside {
				if got.Path != "a.zip" {
					t.Fatalf("%q is not in the archive", got.Path)
				}
			} else {
				if clean := strings.TrimPrefix(path.Clean("/"+member), "/"); clean != member || strings.Contains(member, `\`) {
					t.Fatalf("%q is no clean path", member)
				}
				total += got.Size
			}
			if got.Open == nil {
				continue
			}
			r, err := got.Open()
			if err != nil {
				continue
			}
			n, _ := io.Copy(io.Discard, r)
			if n > got.Size {
				t.Fatalf("%q: %d bytes of %d", got.Path, n, got.Size)
			}
			r.Close()
		}
		if len(seen) > 1+opt.MaxEntries || total > opt.MaxTotal {
			t.Fatalf("%d files of %d bytes", len(seen), total)
		}
	})
}

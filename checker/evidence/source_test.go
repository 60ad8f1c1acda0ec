package evidence_test

import (
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
)

func TestDirListsInOrderOfPath(t *testing.T) {
	root := t.TempDir()
	for _, rel := range []string{"b/x.pdf", "a/b/c.pdf", "a.pdf", "a b.pdf", "A.pdf", "z.zip (1).pdf"} {
		write(t, root, rel, rel)
	}
	write(t, root, "z.zip", zipOf(t, "m.pdf", "m"))
	src := evidence.Dir(root, evidence.Options{})
	want := []string{"A.pdf", "a b.pdf", "a.pdf", "a/b/c.pdf", "b/x.pdf", "z.zip +", "z.zip!m.pdf", "z.zip (1).pdf"}
	assert.Equal(t, want, lines(t, src))
	assert.Equal(t, want, lines(t, src), "second time")
	for _, f := range list(t, src) {
		if !f.Archive && !strings.Contains(f.Path, "!") {
			assert.Equal(t, f.Path, content(t, f))
			assert.EqualValues(t, len(f.Path), f.Size)
		}
	}
	assert.Equal(t, root, fmt.Sprint(src))
}

func TestDirKeepsNamesOnDisk(t *testing.T) {
	root := t.TempDir()
	names := []string{"SK Jose\u0301.pdf", "SK José.pdf", strings.Repeat("n", 250) + ".pdf", "資料 ☂.pdf"}
	for _, name := range names {
		write(t, root, name, "x")
	}
	deep := strings.Repeat("folder dalam/", 100) + "x.pdf"
	write(t, root, deep, "deep")
	want := append(slices.Clone(names), deep)
	slices.Sort(want)
	files := list(t, evidence.Dir(root, evidence.Options{}))
	var got []string
	for _, f := range files {
		got = append(got, f.Path)
	}
	assert.Equal(t, want, got)
}

func TestDirOfNothing(t *testing.T) {
	assert.Empty(t, list(t, evidence.Dir(t.TempDir(), evidence.Options{})))
}

func TestIgnored(t *testing.T) {
	tests := []struct {
		path string
		want evidence.Ignored
	}{
		{"~$laporan.docx", evidence.IgnoredLock},
		{".~lock.laporan.odt#", evidence.IgnoredLock},
		{"THUMBS.DB", evidence.IgnoredSystem},
		{"s/ehthumbs.db", evidence.IgnoredSystem},
		{"Desktop.ini", evidence.IgnoredSystem},
		{".DS_Store", evidence.IgnoredSystem},
		{"._laporan.pdf", evidence.IgnoredSystem},
		{"__MACOSX/laporan.pdf", evidence.IgnoredSystem},
		{".git/objects/ab/cd.pdf", evidence.IgnoredSystem},
		{"s/$Recycle.Bin/x.pdf", evidence.IgnoredSystem},
		{"System Volume Information/x.pdf", evidence.IgnoredSystem},
		{"@eaDir/x.zip", evidence.IgnoredSystem},
		{"x.pdf.crdownload", evidence.IgnoredPartial},
		{"x.pdf.PART", evidence.IgnoredPartial},
		{"x.partial", evidence.IgnoredPartial},
		{"x.tmp", evidence.IgnoredPartial},
		{"x.download", evidence.IgnoredPartial},
		{"dasheval.yaml", evidence.IgnoredSettings},
		{"Dasheval.YML", evidence.IgnoredSettings},
		{"s/dasheval.yaml", ""},
		{"catatan.txt", evidence.IgnoredNote},
		{"x.MD", evidence.IgnoredNote},
		{"README", evidence.IgnoredNote},
		{"x.log", evidence.IgnoredNote},
		{"x.ini", evidence.IgnoredNote},
		{"x.lnk", evidence.IgnoredLink},
		{"x.URL", evidence.IgnoredLink},
		{"x.desktop", evidence.IgnoredLink},
		{"x.gdoc", evidence.IgnoredLink},
		{"x.gsheet", evidence.IgnoredLink},
		{"readme.pdf", ""},
		{"tmp/x.pdf", ""},
		{"x.rar", ""},
		{"x.7z", ""},
		{"tanpa ekstensi", ""},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			root := t.TempDir()
			write(t, root, test.path, "x")
			want := test.path
			if test.want != "" {
				want += " ?" + string(test.want)
			}
			assert.Equal(t, []string{want}, lines(t, evidence.Dir(root, evidence.Options{})))
			if test.want == evidence.IgnoredSettings {
				return // in the archive it does not lie at the root of the pile
			}
			root = t.TempDir()
			write(t, root, "a.zip", zipOf(t, test.path, "x"))
			assert.Equal(t, []string{"a.zip +", "a.zip!" + want}, lines(t, evidence.Dir(root, evidence.Options{})))
		})
	}
}

func TestSettingsOnlyAtRootOfPile(t *testing.T) {
	root := t.TempDir()
	path := write(t, root, "a.zip", zipOf(t, "dasheval.yaml", "x", "s/dasheval.yaml", "x"))
	assert.Equal(t, []string{"a.zip +", "a.zip!dasheval.yaml", "a.zip!s/dasheval.yaml"}, lines(t, evidence.Dir(root, evidence.Options{})))
	assert.Equal(t, []string{"a.zip +", "a.zip!dasheval.yaml ?settings", "a.zip!s/dasheval.yaml"}, lines(t, evidence.Zip(path, evidence.Options{})))
}

func TestLinksAreNotFollowed(t *testing.T) {
	root, outside := t.TempDir(), t.TempDir()
	write(t, outside, "x.pdf", "x")
	for name, target := range map[string]string{"dir": outside, "file.pdf": filepath.Join(outside, "x.pdf"), "loop": root, "gone": "nowhere"} {
		if err := os.Symlink(target, filepath.Join(root, name)); err != nil {
			t.Skip(err)
		}
	}
	want := []string{"dir ?link", "file.pdf ?link", "gone ?link", "loop ?link"}
	assert.Equal(t, want, lines(t, evidence.Dir(root, evidence.Options{})))

	rooted := filepath.Join(root, "dir")
	assert.Equal(t, []string{"x.pdf"}, lines(t, evidence.Dir(rooted, evidence.Options{})), "a root that is a link")
}

func TestUnreadableFolderAndFile(t *testing.T) {
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("this user may read everything")
	}
	root := t.TempDir()
	shut := filepath.Dir(write(t, root, "b/x.pdf", "x"))
	file := write(t, root, "c.pdf", "x")
	write(t, root, "a.pdf", "x")
	write(t, root, "d.pdf", "x")
	require.NoError(t, os.Chmod(shut, 0))
	require.NoError(t, os.Chmod(file, 0))
	t.Cleanup(func() { _ = os.Chmod(shut, 0o755) })
	src := evidence.Dir(root, evidence.Options{})
	assert.Equal(t, []string{"a.pdf", "b !corrupt", "c.pdf !corrupt", "d.pdf"}, lines(t, src))
	for _, f := range list(t, src) {
		if f.Err != nil {
			assert.ErrorIs(t, f.Err, fs.ErrPermission)
			assert.NotContains(t, f.Err.Error(), root)
		}
	}
}

func TestSourceOfWrongKindFails(t *testing.T) {
	root := t.TempDir()
	file := write(t, root, "a.pdf", "x")
	for name, src := range map[string]evidence.Source{
		"missing folder":  evidence.Dir(filepath.Join(root, "no"), evidence.Options{}),
		"file as folder":  evidence.Dir(file, evidence.Options{}),
		"folder as file":  evidence.Single(root, evidence.Options{}),
		"folder as zip":   evidence.Zip(root, evidence.Options{}),
		"missing archive": evidence.Zip(file+".zip", evidence.Options{}),
	} {
		n := 0
		for _, err := range src.Files(t.Context()) {
			assert.Error(t, err, name)
			n++
		}
		assert.Equal(t, 1, n, name)
	}
	assert.Equal(t, []string{"a.pdf !corrupt"}, lines(t, evidence.Zip(file, evidence.Options{})))
	assert.Equal(t, []string{"a.pdf"}, lines(t, evidence.Single(file, evidence.Options{})))
}

func TestCancelEndsTheListing(t *testing.T) {
	root := t.TempDir()
	write(t, root, "a.pdf", "x")
	write(t, root, "b.zip", zipOf(t, "1.pdf", "x", "2.pdf", "x", "3.pdf", "x"))
	write(t, root, "c.pdf", "x")
	for after := range 6 {
		ctx, cancel := context.WithCancel(t.Context())
		if after == 0 {
			cancel()
		}
		n := 0
		var last error
		for _, err := range evidence.Dir(root, evidence.Options{}).Files(ctx) {
			if last = err; err == nil {
				n++
			}
			if n == after {
				cancel()
			}
		}
		assert.ErrorIs(t, last, context.Canceled, "after %d", after)
		assert.Equal(t, after, n)
		cancel()
	}
}

func TestBreakOffAtEachFile(t *testing.T) {
	root := t.TempDir()
	write(t, root, "b.zip", zipOf(t, "1.pdf", "x", "in.zip", zipOf(t, "2.pdf", "x")))
	write(t, root, "c.pdf", "x")
	for stop := 1; stop <= 5; stop++ {
		n := 0
		for range evidence.Dir(root, evidence.Options{}).Files(t.Context()) {
			if n++; n == stop {
				break
			}
		}
		assert.Equal(t, stop, n)
	}
}

// Each file made comes out exactly once, under a path of its own, in order.
func TestEachFileExactlyOnce(t *testing.T) {
	for seed := range uint64(30) {
		r := rand.New(rand.NewPCG(seed, 1))
		root := t.TempDir()
		pick := func() string {
			names := []string{"a", "b", "a!b", "A", "é", "e\u0301", "x.zip", "x.zip!a", "lampiran 1", "z (2)"}
			return names[r.IntN(len(names))]
		}
		want := map[string]bool{} // contents, each unique
		for i := range 40 {
			var rel []string
			for range 1 + r.IntN(4) {
				rel = append(rel, pick())
			}
			text := fmt.Sprintf("isi %d", i)
			data, inside := text, []string{text}
			if r.IntN(4) == 0 {
				text2 := text + " dua"
				inside = append(inside, text2)
				data = zipOf(t, "d/"+pick(), text, "d/"+pick(), text2)
			}
			if r.IntN(10) == 0 {
				rel[len(rel)-1], inside = "~$x", nil
			}
			path := filepath.Join(root, filepath.Join(rel...))
			if os.MkdirAll(filepath.Dir(path), 0o755) != nil {
				continue // a file is in the way
			}
			if _, err := os.Lstat(path); err == nil {
				continue
			}
			require.NoError(t, os.WriteFile(path, []byte(data), 0o644))
			for _, s := range inside {
				want[s] = true
			}
		}
		seen := map[string]bool{}
		var disk []string
		for _, f := range list(t, evidence.Dir(root, evidence.Options{})) {
			require.False(t, seen[f.Path], "seed %d: %s twice", seed, f.Path)
			seen[f.Path] = true
			if _, err := os.Lstat(filepath.Join(root, f.Path)); err == nil {
				disk = append(disk, f.Path)
			} else {
				last := disk[len(disk)-1]
				require.True(t, strings.HasPrefix(f.Path, last+"!"), "seed %d: %s behind %s", seed, f.Path, last)
			}
			if f.Open != nil {
				text := content(t, f)
				require.True(t, want[text], "seed %d: %s holds %q", seed, f.Path, text)
				delete(want, text)
			}
		}
		require.Empty(t, want, "seed %d: lost", seed)
		require.True(t, slices.IsSorted(disk), "seed %d: %v", seed, disk)
	}
}

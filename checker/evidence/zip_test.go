package evidence_test

import (
	"archive/zip"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
)

func TestZip(t *testing.T) {
	nested := func(depth int) string { // "d1.zip" holds "d2.zip" and so on
		z := zipOf(t, "x.pdf", "x")
		for i := depth; i > 0; i-- {
			z = zipOf(t, fmt.Sprintf("d%d.zip", i), z)
		}
		return z
	}
	docx := zipOf(t, "word/document.xml", "x", "[Content_Types].xml", "x")
	odt := rawZip(t, []zip.FileHeader{{Name: "mimetype"}, {Name: "content.xml"}},
		[]string{"application/vnd.oasis.opendocument.text", "x"})
	odtDeflated := zipOf(t, "mimetype", "application/vnd.oasis.opendocument.text", "content.xml", "x")
	epub := zipOf(t, "mimetype", "application/epub+zip", "a.html", "x")
	noise := strings.Repeat("bukan zip ", 50)

	tests := []struct {
		name string
		zip  string
		opt  evidence.Options
		want []string // without "a.zip" in front
	}{
		{"members sorted, folders left out", zipOf(t, "b/", "", "b/x.pdf", "x", "b.pdf", "x", "A.pdf", "x"), evidence.Options{},
			[]string{" +", "!A.pdf", "!b.pdf", "!b/x.pdf"}},
		{"nested", zipOf(t, "c.pdf", "x", "in.zip", zipOf(t, "b.pdf", "x", "a.pdf", "x")), evidence.Options{},
			[]string{" +", "!c.pdf", "!in.zip +", "!in.zip!a.pdf", "!in.zip!b.pdf"}},
		{"as deep as the limit", nested(2), evidence.Options{},
			[]string{" +", "!d1.zip +", "!d1.zip!d2.zip +", "!d1.zip!d2.zip!x.pdf"}},
		{"deeper than the limit", nested(3), evidence.Options{},
			[]string{" +", "!d1.zip +", "!d1.zip!d2.zip +", "!d1.zip!d2.zip!d3.zip !too_large"}},
		{"depth of one", nested(1), evidence.Options{MaxDepth: 1}, []string{" +", "!d1.zip !too_large"}},
		{"document at the depth limit", zipOf(t, "x.docx", docx), evidence.Options{MaxDepth: 1}, []string{" +", "!x.docx"}},
		{"documents are not expanded", zipOf(t, "a.docx", docx, "b.odt", odt, "c.odt", odtDeflated, "d.zip", docx), evidence.Options{},
			[]string{" +", "!a.docx", "!b.odt", "!c.odt", "!d.zip"}},
		{"an epub is an archive", zipOf(t, "a.epub", epub), evidence.Options{}, []string{" +", "!a.epub +", "!a.epub!a.html", "!a.epub!mimetype"}},
		{"archive under another name", zipOf(t, "x.pdf", zipOf(t, "y.pdf", "x")), evidence.Options{}, []string{" +", "!x.pdf +", "!x.pdf!y.pdf"}},
		{"document itself", docx, evidence.Options{}, []string{""}},
		{"document cut off", docx[:len(docx)-30], evidence.Options{}, []string{""}},
		{"empty", zipOf(t), evidence.Options{}, []string{" !empty"}},
		{"only folders", zipOf(t, "a/", "", "a/b/", ""), evidence.Options{}, []string{" !empty"}},
		{"cut off", zipOf(t, "a.pdf", noise)[:100], evidence.Options{}, []string{" !corrupt"}},
		{"magic only", "PK\x03\x04", evidence.Options{}, []string{" !corrupt"}},
		{"broken inside", zipOf(t, "b.zip", "PK\x03\x04"+noise, "c.pdf", "x"), evidence.Options{}, []string{" +", "!b.zip !corrupt", "!c.pdf"}},
		{"no zip inside", zipOf(t, "b.zip", noise), evidence.Options{}, []string{" +", "!b.zip"}},
		{"rar and 7z", zipOf(t, "a.rar", "Rar!\x1a\x07\x00x", "b.7z", "7z\xbc\xaf\x27\x1cx"), evidence.Options{}, []string{" +", "!a.rar", "!b.7z"}},
		{"too many entries", zipOf(t, "a", "x", "b", "x", "c", "x"), evidence.Options{MaxEntries: 2}, []string{" !too_large"}},
		{"entries count together", zipOf(t, "a.zip", zipOf(t, "x", "x", "y", "y"), "b.zip", zipOf(t, "x", "x")), evidence.Options{MaxEntries: 4},
			[]string{" +", "!a.zip +", "!a.zip!x", "!a.zip!y", "!b.zip !too_large"}},
		{"too large in all", zipOf(t, "a", noise, "b", noise), evidence.Options{MaxTotal: 600}, []string{" !too_large"}},
		{"large enough", zipOf(t, "a", noise), evidence.Options{MaxTotal: 600}, []string{" +", "!a"}},
		{"bomb", zipOf(t, "a", strings.Repeat("\x00", 10<<20)), evidence.Options{}, []string{" !too_large"}},
		{"bomb allowed", zipOf(t, "a", strings.Repeat("\x00", 10<<20)), evidence.Options{MaxRatio: 2000}, []string{" +", "!a"}},
		{"white page is no bomb", zipOf(t, "a.bmp", strings.Repeat("\xff", 200<<10)), evidence.Options{}, []string{" +", "!a.bmp"}},
		{"bomb inside", zipOf(t, "b.zip", zipOf(t, "a", strings.Repeat("\x00", 10<<20)), "c", "x"), evidence.Options{}, []string{" +", "!b.zip !too_large", "!c"}},
		{"nested archive beyond memory", zipOf(t, "b.zip", zipOf(t, "a.pdf", noise)), evidence.Options{MaxNested: 50}, []string{" +", "!b.zip !too_large"}},
		{"nested document beyond memory", zipOf(t, "b.docx", zipOf(t, "[Content_Types].xml", noise), "c.docx", docx), evidence.Options{MaxNested: 50},
			[]string{" +", "!b.docx", "!c.docx"}},
		{"size beyond any", rawZip(t, []zip.FileHeader{{Name: "a", UncompressedSize64: 1 << 63}}, []string{"x"}), evidence.Options{}, []string{" !too_large"}},
		{"encrypted member", rawZip(t, []zip.FileHeader{{Name: "a.pdf", Flags: 1}, {Name: "b.pdf"}}, []string{"xxxx", "x"}), evidence.Options{},
			[]string{" +", "!a.pdf !encrypted", "!b.pdf"}},
		{"encrypted with AES", rawZip(t, []zip.FileHeader{{Name: "a.pdf", Flags: 1, Method: 99}}, []string{"x"}), evidence.Options{}, []string{" +", "!a.pdf !encrypted"}},
		{"compression method", rawZip(t, []zip.FileHeader{{Name: "a.pdf", Method: 14}, {Name: "b.txt", Method: 14}}, []string{"x", "y"}), evidence.Options{},
			[]string{" +", "!a.pdf !unsupported", "!b.txt ?note"}},
		{"size told too small", rawZip(t, []zip.FileHeader{{Name: "a.pdf", UncompressedSize64: 1}}, []string{"xxxxx"}), evidence.Options{}, []string{" +", "!a.pdf !corrupt"}},
		{"size told too large", rawZip(t, []zip.FileHeader{{Name: "a.pdf", UncompressedSize64: 9}}, []string{"xxxxx"}), evidence.Options{}, []string{" +", "!a.pdf !corrupt"}},
		{"zip slip", zipOf(t, "../x.pdf", "1", "/etc/passwd", "2", `C:\Windows\y.pdf`, "3", `..\..\z.pdf`, "4", "a/../../../b.pdf", "5", "..", "6", "", "7"), evidence.Options{},
			[]string{" +", "!Windows/y.pdf", "!_", "!_ (2)", "!b.pdf", "!etc/passwd", "!x.pdf", "!z.pdf"}},
		{"control characters", zipOf(t, "a\nb\x00.pdf", "1"), evidence.Options{}, []string{" +", "!a_b_.pdf"}},
		{"same name twice", zipOf(t, "a/b.pdf", "1", "a/b.pdf", "2", "a/../a/b.pdf", "3", "a/b (2).pdf", "4"), evidence.Options{},
			[]string{" +", "!a/b (2) (2).pdf", "!a/b (2).pdf", "!a/b (3).pdf", "!a/b.pdf"}},
		{"name like a nested member", zipOf(t, "in.zip", zipOf(t, "c.pdf", "1"), "in.zip!c.pdf", "2"), evidence.Options{},
			[]string{" +", "!in.zip +", "!in.zip!c (2).pdf", "!in.zip!c.pdf"}},
		{"folder with backslash", zipOf(t, `a\`, "", `a\b.pdf`, "x"), evidence.Options{}, []string{" +", "!a/b.pdf"}},
		{"NFC and NFD", zipOf(t, "José.pdf", "1", "Jose\u0301.pdf", "2"), evidence.Options{}, []string{" +", "!Jose\u0301.pdf", "!José.pdf"}},
		{"code page 437", rawZip(t, []zip.FileHeader{{Name: "Jos\x82.pdf", NonUTF8: true}}, []string{"x"}), evidence.Options{}, []string{" +", "!José.pdf"}},
		{"UTF-8 without the flag", rawZip(t, []zip.FileHeader{{Name: "José.pdf", NonUTF8: true}}, []string{"x"}), evidence.Options{}, []string{" +", "!José.pdf"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			root := t.TempDir()
			path := write(t, root, "a.zip", test.zip)
			var want []string
			for _, w := range test.want {
				want = append(want, "a.zip"+w)
			}
			assert.Equal(t, want, lines(t, evidence.Zip(path, test.opt)), "as root")
			assert.Equal(t, want, lines(t, evidence.Single(path, test.opt)), "as file")
			assert.Equal(t, want, lines(t, evidence.Dir(root, test.opt)), "in a folder")
		})
	}
}

func TestZipSymlinkMember(t *testing.T) {
	h := zip.FileHeader{Name: "x.pdf"}
	h.SetMode(fs.ModeSymlink | 0o777)
	path := write(t, t.TempDir(), "a.zip", rawZip(t, []zip.FileHeader{h}, []string{"/etc/passwd"}))
	assert.Equal(t, []string{"a.zip +", "a.zip!x.pdf ?link"}, lines(t, evidence.Zip(path, evidence.Options{})))
}

func TestMembersOnDiskAndInArchiveKeepApart(t *testing.T) {
	root := t.TempDir()
	write(t, root, "a.zip", zipOf(t, "b.pdf", "in the archive"))
	write(t, root, "a.zip!b.pdf", "on disk")
	files := list(t, evidence.Dir(root, evidence.Options{}))
	require.Len(t, files, 3)
	assert.Equal(t, "a.zip!b (2).pdf", files[1].Path)
	assert.Equal(t, "in the archive", content(t, files[1]))
	assert.Equal(t, "a.zip!b.pdf", files[2].Path)
	assert.Equal(t, "on disk", content(t, files[2]))
}

// Members can be opened after the listing, at once and again, and nothing
// stays open.
func TestMembersOpenLater(t *testing.T) {
	path := write(t, t.TempDir(), "a.zip", zipOf(t, "a.pdf", "A", "b.pdf", "B", "in.zip", zipOf(t, "c.pdf", "C")))
	files := list(t, evidence.Zip(path, evidence.Options{}))
	before := openFiles()
	var wg sync.WaitGroup
	for range 20 {
		for _, f := range files {
			if f.Open == nil {
				continue
			}
			wg.Go(func() {
				r, err := f.Open()
				if !assert.NoError(t, err) {
					return
				}
				b, err := io.ReadAll(r)
				assert.NoError(t, err)
				assert.Equal(t, strings.ToUpper(f.Path[len(f.Path)-5:len(f.Path)-4]), string(b))
				assert.NoError(t, r.Close())
				_ = r.Close() // a second Close must not take the share of another
			})
		}
	}
	wg.Wait()
	assert.Equal(t, before, openFiles())

	require.NoError(t, os.Remove(path))
	_, err := files[1].Open()
	var re *evidence.ReadError
	require.ErrorAs(t, err, &re)
	assert.ErrorIs(t, err, evidence.ErrCorrupt)
	assert.ErrorIs(t, err, fs.ErrNotExist)
}

// openFiles counts the open files of this process, -1 where that is not told.
func openFiles() int {
	list, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		return -1
	}
	return len(list)
}

func TestManyEntries(t *testing.T) {
	const n = 60_000
	var pairs []string
	for i := range n {
		pairs = append(pairs, fmt.Sprintf("%06d.pdf", (i*7919)%n), "x")
	}
	path := write(t, t.TempDir(), "a.zip", zipOf(t, pairs...))
	assert.Equal(t, []string{"a.zip !too_large"}, lines(t, evidence.Zip(path, evidence.Options{})))
	assert.Equal(t, []string{"a.zip !too_large"}, lines(t, evidence.Zip(path, evidence.Options{MaxEntries: 1})), "by bytes of the list")

	files := list(t, evidence.Zip(path, evidence.Options{MaxEntries: n}))
	require.Len(t, files, n+1)
	for i, f := range files[1:] {
		require.Equal(t, fmt.Sprintf("a.zip!%06d.pdf", i), f.Path)
	}
	assert.Equal(t, "x", content(t, files[n]))
}

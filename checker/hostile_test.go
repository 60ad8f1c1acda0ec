package checker_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker"
	"dasheval/checker/extract"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/report"
)

// TestMain makes the test binary a reading process if it is started as one.
func TestMain(m *testing.M) {
	if len(os.Args) < 2 || os.Args[1] != "serve" {
		os.Exit(m.Run())
	}
	if err := extract.ServeWorker(os.Stdin, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(3)
	}
}

// inProcesses makes cfg read files as the program does.
func inProcesses(cfg checker.Config) checker.Config {
	cfg.Worker = extract.Self("serve")
	return cfg
}

// zeros is a zlib stream of so many MB of zeros.
func zeros(t testing.TB, mb int) string {
	var b bytes.Buffer
	w, err := flate.NewWriter(&b, flate.BestCompression)
	require.NoError(t, err)
	_, err = w.Write(make([]byte, 1<<20))
	require.NoError(t, err)
	require.NoError(t, w.Flush())
	// A megabyte refers to nothing before it, so it can be repeated.
	one := b.String()
	b.Reset()
	require.NoError(t, w.Close())
	var sum [4]byte
	binary.BigEndian.PutUint32(sum[:], uint32(mb<<20%65521)<<16|1) // Adler-32 of zeros
	return "\x78\xda" + strings.Repeat(one, mb) + b.String() + string(sum[:])
}

// hostile makes files that are meant to hurt.
func hostile(t testing.TB, dir string) {
	write := func(name string, data []byte) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), data, 0o644))
	}
	show := testpdf.Show(50, 700, "Keputusan")

	var bomb testpdf.Builder
	font := bomb.Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	content := bomb.Stream("/Filter /FlateDecode", zeros(t, 2048))
	write("bomb.pdf", bomb.PDF("", testpdf.PageSpec{Extra: fmt.Sprintf("/Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >>", content, font)}))

	var self testpdf.Builder
	n := self.Next()
	uses := "/XObject << /X " + testpdf.Ref(n) + " >>"
	self.Stream("/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << "+uses+" >>", "/X Do /X Do /X Do "+show)
	write("self.pdf", self.PDF("", testpdf.PageSpec{Content: "/X Do", Resources: uses}))

	var deep testpdf.Builder
	write("deep.pdf", deep.PDF("", testpdf.PageSpec{Content: strings.Repeat("[", 1<<20), Extra: "/Deep " + strings.Repeat("[", 1<<20)}))

	loop := bytes.Replace(testpdf.Report(1), []byte("/Kids ["), []byte("/Kids [2 0 R "), 1)
	write("loop.pdf", loop)

	var entries, members, word bytes.Buffer
	z := zip.NewWriter(&entries)
	for i := range 60_000 {
		_, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("%d.txt", i)})
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	write("entries.zip", entries.Bytes())

	z = zip.NewWriter(&members)
	w, err := z.Create("big.pdf")
	require.NoError(t, err)
	for range 256 {
		_, err := w.Write(make([]byte, 1<<20))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	write("bomb.zip", members.Bytes())

	for name, body := range map[string]io.Reader{
		"bomb.docx": io.LimitReader(endless("<w:p><w:r><w:t>keputusan kepala balai</w:t></w:r></w:p>"), 300<<20),
		"deep.docx": io.LimitReader(endless("<w:p>"), 1<<20),
		"row.docx":  io.LimitReader(endless("<w:r><w:t>keputusan </w:t></w:r>"), 30<<20),
	} {
		word.Reset()
		z := zip.NewWriter(&word)
		w, err := z.Create("[Content_Types].xml")
		require.NoError(t, err)
		_, err = io.WriteString(w, "wordprocessingml")
		require.NoError(t, err)
		w, err = z.Create("word/document.xml")
		require.NoError(t, err)
		_, err = io.Copy(w, io.MultiReader(strings.NewReader(`<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`), body))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		write(name, word.Bytes())
	}

	found, err := filepath.Glob("../../shared/corpus/hostile-*[fx]")
	require.NoError(t, err)
	for _, f := range found {
		data, err := os.ReadFile(f)
		require.NoError(t, err)
		write(filepath.Base(f), data)
	}
}

// An endless text says the same again and again.
type endless string

func (e endless) Read(p []byte) (int, error) {
	n := 0
	for n < len(p) {
		n += copy(p[n:], e)
	}
	return n, nil
}

// TestHostile mixes files that are meant to hurt into the sample pile. What the
// report says of the others is the same, byte for byte.
func TestHostile(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, os.DirFS(samplePile+"/files")))
	cfg := inProcesses(config(t))
	cfg.Workers, cfg.MaxTime, cfg.MaxMemory = 2, 2*time.Second, 512<<20
	if raced {
		cfg.MaxMemory = 4 << 30
	}
	before := run(t, dir, cfg)
	require.NoError(t, os.Mkdir(filepath.Join(dir, "zz"), 0o755))
	hostile(t, filepath.Join(dir, "zz"))
	start := time.Now()
	after := run(t, dir, cfg)
	assert.Less(t, time.Since(start), 60*time.Second)

	theirs := func(r *report.Report) (string, int) {
		bad := 0
		var b strings.Builder
		for _, d := range r.Documents {
			if strings.HasPrefix(d.Path, "zz/") {
				bad++
				assert.Equal(t, strings.HasSuffix(d.Path, "/loop.pdf"), d.Readable == "text", d.Path)
				assert.Equal(t, strings.HasSuffix(d.Path, ".zip"), d.SHA256 == "", d.Path)
				continue
			}
			one, err := json.Marshal(d)
			require.NoError(t, err)
			b.Write(one)
		}
		for _, f := range r.Findings {
			if f.Document != "" && !strings.HasPrefix(f.Document, "zz/") {
				one, err := json.Marshal(f)
				require.NoError(t, err)
				b.Write(one)
			}
		}
		return b.String(), bad
	}
	want, none := theirs(before)
	got, bad := theirs(after)
	assert.Zero(t, none)
	assert.GreaterOrEqual(t, bad, 7)
	assert.Equal(t, want, got)
}

package evidence_test

import (
	"archive/zip"
	"bytes"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
)

// write puts a file below root, with its folders.
func write(t testing.TB, root, rel, content string) string {
	t.Helper()
	path := filepath.Join(root, filepath.FromSlash(rel))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
	return path
}

// zipOf makes an archive of names and contents in turn. A name that ends in
// "/" is a folder.
func zipOf(t testing.TB, pairs ...string) string {
	t.Helper()
	var headers []zip.FileHeader
	var contents []string
	for i := 0; i < len(pairs); i += 2 {
		headers = append(headers, zip.FileHeader{Name: pairs[i], Method: zip.Deflate})
		contents = append(contents, pairs[i+1])
	}
	return rawZip(t, headers, contents)
}

// rawZip makes an archive of headers as they are; contents of methods other
// than Deflate are written as they are.
func rawZip(t testing.TB, headers []zip.FileHeader, contents []string) string {
	t.Helper()
	var buf bytes.Buffer
	w := zip.NewWriter(&buf)
	for i := range headers {
		h := &headers[i]
		var m io.Writer
		var err error
		if h.Method == zip.Deflate {
			m, err = w.CreateHeader(h)
		} else {
			h.CRC32 = crc32.ChecksumIEEE([]byte(contents[i]))
			h.CompressedSize64 = uint64(len(contents[i]))
			if h.UncompressedSize64 == 0 {
				h.UncompressedSize64 = uint64(len(contents[i]))
			}
			m, err = w.CreateRaw(h)
		}
		require.NoError(t, err)
		_, err = io.WriteString(m, contents[i])
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return buf.String()
}

// list ranges over a source and requires that it does not fail.
func list(t testing.TB, src evidence.Source) []evidence.File {
	t.Helper()
	var files []evidence.File
	for f, err := range src.Files(t.Context()) {
		require.NoError(t, err)
		files = append(files, f)
	}
	return files
}

// lines shows files as "path", with "+" for an archive, "?reason" for an
// ignored file and "!reason" for an unreadable one.
func lines(t testing.TB, src evidence.Source) []string {
	t.Helper()
	var out []string
	for _, f := range list(t, src) {
		line := f.Path
		switch {
		case f.Archive:
			line += " +"
		case f.Ignore != "":
			line += " ?" + string(f.Ignore)
		case f.Err != nil:
			line += " !" + evidence.Reason(f.Err)
			var re *evidence.ReadError
			require.ErrorAs(t, f.Err, &re)
			require.Equal(t, f.Path, re.File)
		}
		closed := f.Archive || f.Ignore != "" || f.Err != nil
		require.Equal(t, closed, f.Open == nil, "Open of %s", f.Path)
		out = append(out, line)
	}
	return out
}

// content reads a file to its end.
func content(t testing.TB, f evidence.File) string {
	t.Helper()
	r, err := f.Open()
	require.NoError(t, err, f.Path)
	b, err := io.ReadAll(r)
	require.NoError(t, err, f.Path)
	require.NoError(t, r.Close())
	return string(b)
}

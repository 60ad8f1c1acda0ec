package extract_test

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/extract"
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

// processes returns the command line that starts one.
func processes() []string { return extract.Self("serve") }

// cacheDir is shared by all runs of the tests, because compiling the PDF
// engine takes seconds.
func cacheDir(t *testing.T) string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return t.TempDir()
	}
	return filepath.Join(dir, "dasheval")
}

func newExtractor(t *testing.T) *extract.Extractor {
	t.Helper()
	x, err := extract.New(t.Context(), extract.Config{Workers: 2, CacheDir: cacheDir(t), MaxSize: 8 << 20, OCR: off})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, x.Close()) })
	return x
}

func osFile(path string) evidence.File {
	return evidence.File{Path: filepath.Base(path), Size: -1, Open: func() (io.ReadCloser, error) { return os.Open(path) }}
}

// off keeps text recognition out of tests that are not about it.
var off = extract.OCR{Mode: extract.OCROff}

func file(name string, data []byte) evidence.File {
	return evidence.File{Path: name, Size: int64(len(data)), Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(data)), nil
	}}
}

func dump(r extract.Result) string {
	b, err := json.Marshal(r.Doc)
	if err != nil {
		return err.Error()
	}
	return evidence.Reason(r.Err) + " " + r.SHA256 + " " + string(b)
}

func zipOf(members ...string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(members); i += 2 {
		w, _ := z.Create(members[i])
		_, _ = io.WriteString(w, members[i+1])
	}
	_ = z.Close()
	return b.Bytes()
}

func ole(stream string) []byte {
	data := make([]byte, 1536)
	copy(data, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	for i, c := range stream {
		data[1024+2*i] = byte(c)
	}
	return data
}

func TestKinds(t *testing.T) {
	const types = "[Content_Types].xml"
	for _, c := range []struct {
		name string
		data []byte
		kind string
		err  error
	}{
		{"nothing", nil, "", evidence.ErrEmpty},
		{"noise", []byte("\x00\x01\x02\x03"), "", evidence.ErrUnsupported},
		{"pdf, broken", []byte("%PDF-1.4\nnothing more"), "pdf", evidence.ErrCorrupt},
		{"pdf after a printer's lines", []byte("\x1b%-12345X@PJL\r\n%PDF-1.4\n"), "pdf", evidence.ErrCorrupt},
		{"zip that holds a pdf", zipOf("a.pdf", "%PDF-1.4"), "zip", evidence.ErrUnsupported},
		{"zip, cut off", zipOf("a.txt", strings.Repeat("a", 100))[:60], "zip", evidence.ErrCorrupt},
		{"docx, cut off", zipOf("word/document.xml", "<w/>")[:60], "docx", evidence.ErrCorrupt},
		{"xlsx", zipOf(types, "spreadsheetml", "xl/workbook.xml", ""), "xlsx", evidence.ErrCorrupt},
		{"pptx", zipOf("ppt/presentation.xml", ""), "pptx", evidence.ErrCorrupt},
		{"odt", zipOf("mimetype", "application/vnd.oasis.opendocument.text"), "odt", evidence.ErrCorrupt},
		{"locked docx", ole("EncryptedPackage"), "ole2", evidence.ErrEncrypted},
		{"doc", ole("WordDocument"), "doc", evidence.ErrCorrupt},
		{"xls", ole("Workbook"), "xls", evidence.ErrUnsupported},
		{"jpg", []byte("\xff\xd8\xff\xe0....JFIF"), "jpg", evidence.ErrCorrupt},
		{"png", []byte("\x89PNG\r\n\x1a\n"), "png", evidence.ErrCorrupt},
		{"text that begins like a bitmap", []byte("BMKG: laporan cuaca hari ini cerah"), "txt", nil},
		{"webp", []byte("RIFF\x00\x00\x00\x00WEBPVP8 "), "webp", evidence.ErrCorrupt},
		{"heic", []byte("\x00\x00\x00\x18ftypheic"), "heic", evidence.ErrUnsupported},
		{"mp4", []byte("\x00\x00\x00\x18ftypisom"), "mp4", evidence.ErrUnsupported},
		{"html", []byte("\n <!DOCTYPE html><title>x</title>"), "html", evidence.ErrEmpty},
		{"rtf", []byte(`{\rtf1 halo}`), "rtf", nil},
		{"text", []byte("undangan rapat\r\n"), "txt", nil},
		{"text in UTF-16", []byte("\xff\xfeR\x00a\x00p\x00a\x00t\x00"), "txt", nil},
		{"mail", []byte("MIME-Version: 1.0\r\nFrom: a@b.go.id\r\nSubject: Undangan\r\nDate: Mon, 3 Feb 2025 08:00:00 +0700\r\n\r\nDengan hormat"), "eml", nil},
		{"letter that begins like a mail", []byte("Subject: rapat\nTo: semua\n\nisi"), "txt", nil},
		{"text, cut inside a character", []byte(strings.Repeat("a", 4095) + "é"), "txt", nil},
		{"rar", []byte("Rar!\x1a\x07\x00"), "rar", evidence.ErrUnsupported},
	} {
		t.Run(c.name, func(t *testing.T) {
			x := newExtractor(t)
			r := x.Open(t.Context(), file("some.pdf", c.data))
			assert.Equal(t, c.kind, r.Kind)
			assert.ErrorIs(t, r.Err, c.err)
			var re *evidence.ReadError
			if c.err != nil && assert.ErrorAs(t, r.Err, &re) {
				assert.Equal(t, "some.pdf", re.File)
			}
			sum := sha256.Sum256(c.data)
			assert.Equal(t, hex.EncodeToString(sum[:]), r.SHA256)
			assert.EqualValues(t, len(c.data), r.Bytes)
		})
	}
}

func TestTooLarge(t *testing.T) {
	data := append([]byte("%PDF-1.4"), make([]byte, 9<<20)...)
	r := newExtractor(t).Open(t.Context(), file("big.pdf", data))
	assert.ErrorIs(t, r.Err, evidence.ErrTooLarge)
	sum := sha256.Sum256(data)
	assert.Equal(t, hex.EncodeToString(sum[:]), r.SHA256, "the digest covers the whole file")
	assert.EqualValues(t, len(data), r.Bytes)
	assert.Equal(t, "pdf", r.Kind)
}

func TestUnopenable(t *testing.T) {
	f := file("gone.pdf", nil)
	f.Open = func() (io.ReadCloser, error) { return nil, errors.New("gone") }
	r := newExtractor(t).Open(t.Context(), f)
	assert.ErrorIs(t, r.Err, evidence.ErrCorrupt)
	assert.Empty(t, r.SHA256)
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	r := newExtractor(t).Open(ctx, file("a.pdf", []byte("%PDF-1.4")))
	assert.ErrorIs(t, r.Err, context.Canceled)
	var re *evidence.ReadError
	assert.False(t, errors.As(r.Err, &re), "a cancelled run says nothing about the file")
}

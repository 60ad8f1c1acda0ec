package extract

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
)

// magic lists the kinds that their bytes at a fixed place tell.
var magic = []struct {
	at    int
	bytes string
	kind  string
}{
	{0, "\xff\xd8\xff", "jpg"},
	{0, "\x89PNG\r\n\x1a\n", "png"},
	{0, "GIF87a", "gif"},
	{0, "GIF89a", "gif"},
	{0, "II*\x00", "tiff"},
	{0, "MM\x00*", "tiff"},
	{0, "BM", "bmp"},
	{8, "WEBP", "webp"},
	{4, "ftypheic", "heic"},
	{4, "ftypheix", "heic"},
	{4, "ftypmif1", "heic"},
	{4, "ftypavif", "avif"},
	{4, "ftyp", "mp4"},
	{0, "Rar!\x1a\x07", "rar"},
	{0, "7z\xbc\xaf\x27\x1c", "7z"},
	{0, "\x1f\x8b", "gz"},
	{0, "{\\rtf", "rtf"},
	{8, "AVI ", "avi"},
	{0, "\x1a\x45\xdf\xa3", "mkv"},
	{0, "ID3", "mp3"},
	{0, "SQLite format 3\x00", "sqlite"},
}

const (
	magicZip = "PK\x03\x04"
	magicEnd = "PK\x05\x06" // of an archive without members
	magicOLE = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
)

// sniff tells the kind of a file by its content, "" if it is unknown, and the
// reason why a file of this kind cannot be read, if that is known already.
func sniff(data []byte) (kind string, err error) {
	has := func(at int, s string) bool { return len(data) >= at && bytes.HasPrefix(data[at:], []byte(s)) }
	switch {
	case has(0, magicZip) || has(0, magicEnd):
		return sniffZip(data)
	case has(0, magicOLE):
		return sniffOLE(data)
	}
	for _, m := range magic {
		// A bitmap begins with two letters only; its length follows.
		if !has(m.at, m.bytes) || m.kind == "bmp" && !isBitmap(data) {
			continue
		}
		return m.kind, unsupported(m.kind)
	}
	if _, ok := pdf.Trim(data); ok {
		return "pdf", nil
	}
	kind = sniffText(data)
	return kind, unsupported(kind)
}

func isBitmap(data []byte) bool {
	return len(data) >= 26 && bytes.Equal(data[6:10], make([]byte, 4))
}

// parts maps the beginning of a member's name to the kind of its archive.
var parts = []struct{ prefix, kind string }{
	{"word/", "docx"},
	{"xl/", "xlsx"},
	{"ppt/", "pptx"},
}

// contentTypes maps words of [Content_Types].xml to the kind of its archive.
var contentTypes = []struct{ word, kind string }{
	{"wordprocessingml", "docx"},
	{"spreadsheetml", "xlsx"},
	{"presentationml", "pptx"},
}

// openDocuments maps the content of a member named mimetype to a kind.
var openDocuments = map[string]string{
	"application/vnd.oasis.opendocument.text":          "odt",
	"application/vnd.oasis.opendocument.text-template": "odt",
	"application/vnd.oasis.opendocument.spreadsheet":   "ods",
	"application/vnd.oasis.opendocument.presentation":  "odp",
	"application/epub+zip":                             "epub",
}

// maxMembers bounds the members of an archive that are looked at.
const maxMembers = 20_000

func sniffZip(data []byte) (string, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		// The directory at the end is cut off. The names of the members are
		// also in the bytes.
		for _, p := range parts {
			if bytes.Contains(data, []byte(p.prefix)) {
				return p.kind, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
			}
		}
		return "zip", fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	kind := "zip"
	for _, f := range z.File[:min(len(z.File), maxMembers)] {
		name := strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))
		switch name {
		case "mimetype":
			if k := openDocuments[strings.TrimSpace(string(head(f)))]; k != "" {
				kind = k
			}
		case "[content_types].xml":
			types := head(f)
			for _, t := range contentTypes {
				if kind == "zip" && bytes.Contains(types, []byte(t.word)) {
					kind = t.kind
				}
			}
		}
		for _, p := range parts {
			if kind == "zip" && strings.HasPrefix(strings.TrimPrefix(name, "/"), p.prefix) {
				kind = p.kind
			}
		}
	}
	return kind, unsupported(kind)
}

// unsupported returns an error if files of the kind cannot be read.
func unsupported(kind string) error {
	if formats[kind] == nil {
		return evidence.ErrUnsupported
	}
	return nil
}

// head returns the first 64 KB of a member, nothing if it cannot be read.
func head(f *zip.File) []byte {
	r, err := f.Open()
	if err != nil {
		return nil
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, 64<<10))
	if err != nil {
		return nil
	}
	return b
}

// streams maps names of streams in an OLE2 container to the kind of the file.
var streams = []struct {
	name, kind string
	err        error
}{
	{"EncryptedPackage", "ole2", evidence.ErrEncrypted},
	{"WordDocument", "doc", nil}, // a workbook may hold one too; reading it tells
	{"Workbook", "xls", evidence.ErrUnsupported},
	{"PowerPoint Document", "ppt", evidence.ErrUnsupported},
	{"__properties_version1.0", "msg", evidence.ErrUnsupported},
}

func sniffOLE(data []byte) (string, error) {
	for _, s := range streams {
		if bytes.Contains(data, utf16le(s.name)) {
			return s.kind, s.err
		}
	}
	return "ole2", evidence.ErrUnsupported
}

func utf16le(s string) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// header is a line of the head of a mail that tells it from other texts.
var header = regexp.MustCompile(`(?mi)^(?:from|received|return-path|mime-version|message-id|subject|to|date): `)

// isMail reports whether text begins as a mail does: with several header fields,
// RFC 5322, 2.2, one of which only mails have.
func isMail(start []byte) bool {
	head, _, _ := bytes.Cut(bytes.ReplaceAll(start, []byte("\r\n"), []byte("\n")), []byte("\n\n"))
	lower := bytes.ToLower(head)
	only := bytes.Contains(lower, []byte("\nmime-version: ")) || bytes.Contains(lower, []byte("\nmessage-id: ")) || bytes.HasPrefix(lower, []byte("return-path: ")) ||
		bytes.HasPrefix(lower, []byte("received: ")) || bytes.HasPrefix(lower, []byte("mime-version: ")) || bytes.HasPrefix(lower, []byte("message-id: "))
	first, _, _ := bytes.Cut(head, []byte("\n"))
	name, _, colon := bytes.Cut(first, []byte(":"))
	return only && colon && !bytes.ContainsAny(name, " \t") && len(header.FindAll(head, -1)) >= 3
}

// sniffText tells text formats apart, "" if data is no text.
func sniffText(data []byte) string {
	start := data[:min(len(data), 4096)]
	trimmed := bytes.ToLower(bytes.TrimLeft(bytes.TrimPrefix(start, []byte("\ufeff")), " \t\r\n"))
	for _, s := range []string{"<!doctype html", "<html", "<head", "<body"} {
		if bytes.HasPrefix(trimmed, []byte(s)) {
			return "html"
		}
	}
	if bytes.HasPrefix(trimmed, []byte("<?xml")) {
		return "xml"
	}
	if bytes.HasPrefix(start, []byte("\xff\xfe")) || bytes.HasPrefix(start, []byte("\xfe\xff")) {
		return "txt" // UTF-16
	}
	if isMail(start) {
		return "eml"
	}
	for len(start) > 0 && len(start) > len(data[:min(len(data), 4096)])-utf8.UTFMax && !utf8.Valid(start) {
		start = start[:len(start)-1] // a character cut in two
	}
	if len(start) > 0 && utf8.Valid(start) && !bytes.ContainsFunc(start, func(r rune) bool {
		return r < ' ' && r != '\n' && r != '\r' && r != '\t' && r != '\f'
	}) {
		return "txt"
	}
	return ""
}

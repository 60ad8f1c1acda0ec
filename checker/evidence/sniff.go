package evidence

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
)

// Names and marks that tell office documents from other zip archives.
const (
	contentTypes = "[Content_Types].xml"
	mimeType     = "mimetype"
	openDocument = "opendocument"
)

// headSize is how much of a file is looked at to tell its format.
const headSize = 512

// A format is what the first bytes of a file say.
type format int

const (
	formatOther    format = iota
	formatZip             // an archive, as far as one can see
	formatMaybe           // starts like an office document, but so may an archive
	formatDocument        // an office document
)

// documentFolders start the names of entries that office documents begin with.
var documentFolders = []string{"_rels/", "docProps/", "word/", "xl/", "ppt/", "customXml/"}

// sniff tells the format by the first bytes. The first local header is at hand
// there (APPNOTE.TXT 4.3.7), and mostly saves reading the whole document.
func sniff(head []byte) format {
	switch {
	case bytes.HasPrefix(head, []byte("PK\x05\x06")): // an archive of nothing
		return formatZip
	case bytes.HasPrefix(head, []byte("PK\x07\x08PK\x03\x04")): // one part of one
		head = head[4:]
	case !bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return formatOther
	}
	const fixed = 30
	if len(head) < fixed {
		return formatZip
	}
	n := int(binary.LittleEndian.Uint16(head[26:]))
	name := string(head[fixed:min(fixed+n, len(head))])
	rest := head[fixed+len(name):]
	switch {
	case name == contentTypes, name == mimeType && bytes.Contains(rest, []byte(openDocument)):
		return formatDocument
	case slices.ContainsFunc(documentFolders, func(p string) bool { return strings.HasPrefix(name, p) }):
		return formatMaybe
	}
	return formatZip
}

// readHead returns the first bytes of a file, and an error if not even those
// can be read.
func readHead(f File) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	head := make([]byte, headSize)
	n, err := io.ReadFull(r, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		if int64(n) >= f.Size {
			return head[:n], nil
		}
		return nil, io.ErrUnexpectedEOF
	}
	return head[:n], err
}

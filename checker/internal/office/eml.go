package office

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"net/textproto"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"dasheval/checker/evidence"
)

// A letter is a mail (RFC 5322, RFC 2045) being read.
type letter struct {
	*document
	parts       int
	attachments []string
}

// maxParts bounds the parts of a mail.
const maxParts = 10_000

// shownHeaders are the fields of the header that readers of a mail see.
var shownHeaders = []string{"From", "To", "Cc", "Subject", "Date"}

func convertEML(d *document, data []byte) error {
	data = bytes.TrimPrefix(data, markUTF8)
	if bytes.HasPrefix(data, []byte("From ")) { // as kept in a mailbox
		_, data, _ = bytes.Cut(data, []byte("\n"))
	}
	msg, err := mail.ReadMessage(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	for _, name := range shownHeaders {
		if s := decodeHeader(msg.Header.Get(name)); s != "" {
			d.body.begin(props{})
			d.body.words(name + ": " + s)
			d.body.end()
		}
	}
	l := &letter{document: d}
	if _, err := l.part(textproto.MIMEHeader(msg.Header), msg.Body, d.body, 0); err != nil {
		return err
	}
	for _, name := range l.attachments {
		d.body.begin(props{})
		d.body.words("Attachment: " + name)
		d.body.end()
	}
	return nil
}

// headerWords decodes what a header holds in other character sets (RFC 2047).
var headerWords = mime.WordDecoder{CharsetReader: func(charset string, in io.Reader) (io.Reader, error) {
	enc, err := htmlindex.Get(charset)
	if err != nil {
		return nil, err
	}
	return enc.NewDecoder().Reader(in), nil
}}

func decodeHeader(s string) string {
	if out, err := headerWords.DecodeHeader(s); err == nil {
		s = out
	}
	if out, err := decodeText([]byte(s)); err == nil {
		s = out
	}
	return strings.TrimSpace(s)
}

// part reads a part of a mail into a flow and returns its type.
func (l *letter) part(h textproto.MIMEHeader, body io.Reader, f *flow, depth int) (string, error) {
	if l.parts++; l.parts > maxParts || depth > maxNesting {
		return "", fmt.Errorf("%w: more than %d parts or %d in one another", evidence.ErrTooLarge, maxParts, maxNesting)
	}
	if err := l.stop(); err != nil {
		return "", err
	}
	kind, params, err := mime.ParseMediaType(h.Get("Content-Type"))
	if err != nil && kind == "" { // as far as it can be told
		kind, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(h.Get("Content-Type"))), " ")
	}
	multi := strings.HasPrefix(kind, "multipart/")
	if multi && params["boundary"] != "" {
		return kind, l.parted(kind, params["boundary"], body, f, depth)
	}
	if kind == "" || multi {
		kind = "text/plain"
	}
	disposition, dparams, _ := mime.ParseMediaType(h.Get("Content-Disposition"))
	name := dparams["filename"]
	if name == "" {
		name = params["name"]
	}
	if disposition == "attachment" || name != "" || kind != "text/plain" && kind != "text/html" {
		if name = decodeHeader(name); name == "" {
			name = kind
		}
		l.attachments = append(l.attachments, name)
		l.spend(len(name))
		return kind, nil
	}
	data, err := decodeTransfer(h.Get("Content-Transfer-Encoding"), body)
	if err != nil {
		return kind, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	s, err := decodeCharset(params["charset"], data)
	if err != nil {
		return kind, fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
	}
	if kind == "text/html" {
		return kind, readHTML(f, s)
	}
	if strings.TrimSpace(s) != "" {
		f.lines(s)
	}
	return kind, nil
}

// parted reads a multipart. Of alternatives it takes plain text, or else the
// last with any text, which is the best (RFC 2046, 5.1.4).
func (l *letter) parted(kind, boundary string, body io.Reader, f *flow, depth int) error {
	r := multipart.NewReader(body, boundary)
	alternative := kind == "multipart/alternative"
	var best *flow
	plain := false
	for {
		p, err := r.NextRawPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
		}
		if !alternative {
			if _, err := l.part(p.Header, p, f, depth+1); err != nil {
				return err
			}
			continue
		}
		one := l.flow()
		kind, err := l.part(p.Header, p, one, depth+1)
		if err != nil {
			return err
		}
		if one.finish(); plain || one.empty() {
			continue
		}
		best, plain = one, kind == "text/plain"
	}
	if best != nil {
		f.add(best)
	}
	return nil
}

// decodeTransfer undoes the transfer encoding of a part (RFC 2045, 6).
func decodeTransfer(encoding string, r io.Reader) ([]byte, error) {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "quoted-printable":
		r = quotedprintable.NewReader(r)
	case "base64":
		data, err := io.ReadAll(r)
		if err != nil {
			return nil, err
		}
		packed := bytes.Map(func(c rune) rune {
			if c == '\r' || c == '\n' || c == '=' {
				return -1
			}
			return c
		}, data)
		out, err := base64.RawStdEncoding.AppendDecode(nil, packed)
		if err != nil { // it only says so
			return data, nil
		}
		return out, nil
	}
	return io.ReadAll(r)
}

// decodeCharset returns text in a named character set as UTF-8. One that is not
// known, or wrong, is found out.
func decodeCharset(name string, data []byte) (string, error) {
	if enc, err := htmlindex.Get(name); err == nil && name != "" {
		if n, _ := htmlindex.Name(enc); n != "utf-8" {
			b, err := enc.NewDecoder().Bytes(data)
			return string(b), err
		}
	}
	return decodeText(data)
}

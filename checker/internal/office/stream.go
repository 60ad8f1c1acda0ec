package office

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/htmlindex"

	"dasheval/checker/evidence"
)

// A stream is the elements of one XML file. Elements and attributes are known
// by their local names.
type stream struct {
	dec   *xml.Decoder
	depth int
}

// An element is a start tag.
type element struct{ xml.StartElement }

// attr returns the value of the attribute with the given local name, or "".
func (e element) attr(local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// number returns the value of an attribute as a number, within bounds, and
// otherwise if it is none.
func (e element) number(local string, otherwise, least, most int) int {
	n, err := strconv.Atoi(e.attr(local))
	if err != nil {
		return otherwise
	}
	return min(max(n, least), most)
}

// on reports whether an attribute is true, and otherwise if it is not there.
func (e element) on(local string, otherwise bool) bool {
	switch e.attr(local) {
	case "":
		return otherwise
	case "1", "true", "on":
		return true
	}
	return false
}

func newStream(r io.Reader) *stream {
	s := &stream{dec: xml.NewDecoder(unmarked(r))}
	s.dec.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.HasPrefix(strings.ToLower(charset), "utf-16") { // decoded already
			return in, nil
		}
		enc, err := htmlindex.Get(charset)
		if err != nil {
			return nil, fmt.Errorf("encoding %q", charset)
		}
		return enc.NewDecoder().Reader(in), nil
	}
	return s
}

// next returns the next start tag, end tag or characters, in which case the
// bytes are valid until the call after it. At the end it returns io.EOF.
func (s *stream) next() (xml.Token, error) {
	for {
		tok, err := s.dec.Token()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if s.depth++; s.depth > maxDepth {
				return nil, fmt.Errorf("%w: elements nested more than %d deep", evidence.ErrTooLarge, maxDepth)
			}
			return t, nil
		case xml.EndElement:
			s.depth--
			return t, nil
		case xml.CharData:
			return t, nil
		case xml.Directive:
			if bytes.ContainsRune(t, '[') {
				return nil, fmt.Errorf("%w: document type with declarations", evidence.ErrCorrupt)
			}
		}
	}
}

// skip passes over the rest of the current element.
func (s *stream) skip() error {
	for open := 1; open > 0; {
		tok, err := s.next()
		if err != nil {
			return err
		}
		switch tok.(type) {
		case xml.StartElement:
			open++
		case xml.EndElement:
			open--
		}
	}
	return nil
}

// children calls fn for each element in the current one, up to its end. fn has
// to read its element to the end.
func (s *stream) children(fn func(element) error) error {
	return s.content(fn, nil)
}

// content is children that gives the characters between the elements to chars.
func (s *stream) content(fn func(element) error, chars func([]byte)) error {
	for {
		tok, err := s.next()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := fn(element{t}); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			if chars != nil {
				chars(t)
			}
		}
	}
}

// text returns the characters of the current element, without those of elements
// in it, and reads it to the end.
func (s *stream) text() (string, error) {
	var b strings.Builder
	err := s.content(func(element) error { return s.skip() }, func(c []byte) { b.Write(c) })
	return b.String(), err
}

// start reads up to the root element.
func (s *stream) start() (element, error) {
	for {
		tok, err := s.next()
		if errors.Is(err, io.EOF) {
			return element{}, fmt.Errorf("%w: no root element", evidence.ErrCorrupt)
		}
		if err != nil {
			return element{}, err
		}
		if t, ok := tok.(xml.StartElement); ok {
			return element{t}, nil
		}
	}
}

// finish reads to the end, where the checksum is looked at.
func (s *stream) finish() error {
	for {
		if _, err := s.next(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

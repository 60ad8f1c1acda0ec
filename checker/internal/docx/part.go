package docx

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"dasheval/checker/evidence"
)

// A part is the stream of elements of one XML part. Of the variants that
// mc:AlternateContent offers, only the first is in the stream.
type part struct {
	root  element
	dec   *xml.Decoder
	depth int
	max   int
	taken []bool // per open AlternateContent: a variant has been taken
	again *element
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

// on reads a toggle property, which holds unless its value says otherwise
// (ECMA-376 part 1, 17.17.4).
func (e element) on() bool {
	switch e.attr("val") {
	case "0", "false", "off":
		return false
	}
	return true
}

func newPart(r io.Reader, maxDepth int) *part {
	text, decoded := decodeUTF16(r)
	p := &part{dec: xml.NewDecoder(text), max: maxDepth}
	p.dec.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if decoded {
			return in, nil
		}
		switch strings.ToLower(charset) {
		case "us-ascii", "ascii", "utf8", "utf-16": // the last is wrong: see decodeUTF16
			return in, nil
		case "iso-8859-1", "latin1", "windows-1252":
			return transform.NewReader(in, charmap.Windows1252.NewDecoder()), nil
		}
		return nil, fmt.Errorf("encoding %q", charset)
	}
	return p
}

// decodeUTF16 returns r as UTF-8 if its first bytes are those of UTF-16, with
// or without a mark. The mark of UTF-8 is dropped.
func decodeUTF16(r io.Reader) (io.Reader, bool) {
	b := bufio.NewReader(r)
	head, _ := b.Peek(3)
	order := unicode.LittleEndian
	switch s := string(head); {
	case strings.HasPrefix(s, "\xef\xbb\xbf"):
		b.Discard(3)
		return b, false
	case strings.HasPrefix(s, "\xff\xfe"), strings.HasPrefix(s, "<\x00"):
	case strings.HasPrefix(s, "\xfe\xff"), strings.HasPrefix(s, "\x00<"):
		order = unicode.BigEndian
	default:
		return b, false
	}
	return transform.NewReader(b, unicode.UTF16(order, unicode.UseBOM).NewDecoder()), true
}

// next returns the next start tag, end tag or characters, in which case the
// bytes are valid until the call after it. At the end of the part it returns
// io.EOF.
func (p *part) next() (xml.Token, error) {
	if e := p.again; e != nil {
		p.again = nil
		return e.StartElement, nil
	}
	for {
		tok, err := p.dec.Token()
		if err != nil {
			return nil, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if p.depth++; p.depth > p.max {
				return nil, fmt.Errorf("%w: elements nested more than %d deep", evidence.ErrTooLarge, p.max)
			}
			dropped, err := p.alternate(t.Name.Local)
			if err != nil {
				return nil, err
			}
			if !dropped {
				return t, nil
			}
		case xml.EndElement:
			p.depth--
			switch last := len(p.taken) - 1; {
			case t.Name.Local == "AlternateContent":
				p.taken = p.taken[:last]
			case last >= 0 && isVariant(t.Name.Local):
			default:
				return t, nil
			}
		case xml.CharData:
			return t, nil
		}
	}
}

func isVariant(local string) bool { return local == "Choice" || local == "Fallback" }

// alternate takes the tags of mc:AlternateContent out of the stream, with all
// variants but the first.
func (p *part) alternate(local string) (dropped bool, err error) {
	last := len(p.taken) - 1
	switch {
	case local == "AlternateContent":
		p.taken = append(p.taken, false)
	case last < 0 || !isVariant(local):
		return false, nil
	case p.taken[last]:
		return true, p.drop()
	default:
		p.taken[last] = true
	}
	return true, nil
}

// drop passes over the rest of the element whose start tag was read last.
func (p *part) drop() error {
	err := p.dec.Skip()
	p.depth--
	return err
}

// skip passes over the rest of the current element.
func (p *part) skip() error {
	for open := 1; open > 0; {
		tok, err := p.next()
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

// children calls fn for each element in the current one, up to its end. fn
// has to read its element to the end.
func (p *part) children(fn func(element) error) error {
	for {
		tok, err := p.next()
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
		}
	}
}

// first returns the first element in the current one, or false at its end.
func (p *part) first() (e element, ok bool, err error) {
	for {
		tok, err := p.next()
		if err != nil {
			return element{}, false, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			return element{t}, true, nil
		case xml.EndElement:
			return element{}, false, nil
		}
	}
}

// unread makes e the next element once more.
func (p *part) unread(e element) { p.again = &e }

// text returns the characters of the current element, without those of
// elements in it, and reads it to the end.
func (p *part) text() (string, error) {
	var b strings.Builder
	for {
		tok, err := p.next()
		if err != nil {
			return "", err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if err := p.skip(); err != nil {
				return "", err
			}
		case xml.EndElement:
			return b.String(), nil
		case xml.CharData:
			b.Write(t)
		}
	}
}

// start reads up to the root element.
func (p *part) start() error {
	for {
		tok, err := p.next()
		if errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: no root element", evidence.ErrCorrupt)
		}
		if err != nil {
			return err
		}
		if t, ok := tok.(xml.StartElement); ok {
			p.root = element{t}
			return nil
		}
	}
}

// finish reads to the end of the part, where the checksum is looked at.
func (p *part) finish() error {
	for {
		if _, err := p.next(); err != nil {
			if errors.Is(err, io.EOF) {
				return nil
			}
			return err
		}
	}
}

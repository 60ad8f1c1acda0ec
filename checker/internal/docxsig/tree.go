package docxsig

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"github.com/beevik/etree"

	"dasheval/checker/text"
)

// The limits of a tree. A signature by Office has a few hundred tags, twelve
// levels and ten prefixes.
const (
	maxXML      = 8 << 20
	maxTags     = 100_000
	maxEquals   = 200_000 // more than there are attributes
	maxAttrs    = 64      // of one element
	maxDepth    = 64
	maxPrefixes = 64
)

// A tree is the elements of a part.
type tree struct {
	root     *etree.Element
	prefixes map[string]bool // that are declared somewhere
}

// cost is the work of canonicalising e: the canonicaliser copies each node once
// for every level above it, and the prefixes with it.
func (t *tree) cost(e *etree.Element) int { return cost(e, 1+len(t.prefixes)/4, 1) }

func cost(e *etree.Element, each, depth int) int {
	const chars = 8 // that take as long as a node
	n := each * depth
	for _, a := range e.Attr {
		n += 1 + len(a.Value)/chars
	}
	for _, c := range e.Child {
		switch c := c.(type) {
		case *etree.Element:
			n += cost(c, each, depth+1)
		case *etree.CharData:
			n += depth + len(c.Data)/chars
		case *etree.Comment:
			n += depth + len(c.Data)/chars
		}
	}
	return n
}

// parse reads XML. It takes less than XML allows, nothing that a part of a
// package needs: no document type (ECMA-376 part 2, 8.1.4), no encoding but
// UTF-8. name is for messages.
func parse(data []byte, name string) (*tree, error) {
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) { // UTF-16
		return nil, undecided(text.CauseFormat, name)
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	if bytes.Count(data, []byte("<")) > maxTags || bytes.Count(data, []byte("=")) > maxEquals {
		return nil, undecided(text.CauseLimit, name)
	}
	doc := etree.NewDocument()
	doc.ReadSettings = etree.ReadSettings{
		// With two attributes of one name, readers differ in which they take.
		PreserveDuplicateAttrs: true,
		MaxDepth:               maxDepth,
		CharsetReader: func(charset string, _ io.Reader) (io.Reader, error) {
			return nil, undecided(text.CauseFormat, charset)
		},
	}
	var encoding *flaw
	switch err := doc.ReadFromBytes(data); {
	case errors.Is(err, etree.ErrMaxDepth):
		return nil, undecided(text.CauseLimit, name)
	case errors.As(err, &encoding):
		return nil, encoding
	case err != nil:
		return nil, broken(text.CauseFormat, name)
	}
	t := &tree{root: doc.Root(), prefixes: make(map[string]bool)}
	if t.root == nil || len(doc.ChildElements()) != 1 || strings.TrimSpace(content(&doc.Element)) != "" {
		return nil, broken(text.CauseFormat, name)
	}
	if !t.sound(&doc.Element) {
		return nil, broken(text.CauseFormat, name)
	}
	if len(t.prefixes) > maxPrefixes {
		return nil, undecided(text.CauseLimit, name)
	}
	return t, nil
}

// sound checks what the parser lets pass, and collects the prefixes that are
// declared.
func (t *tree) sound(e *etree.Element) bool {
	if len(e.Attr) > maxAttrs {
		return false
	}
	for i, a := range e.Attr {
		for _, b := range e.Attr[:i] {
			if a.Space == b.Space && a.Key == b.Key {
				return false
			}
		}
		switch {
		case a.Space == "xmlns":
			t.prefixes[a.Key] = true
		case a.Space != "" && !bound(e, a.Space):
			return false
		}
	}
	if e.Space != "" && !bound(e, e.Space) {
		return false
	}
	for _, c := range e.Child {
		switch c := c.(type) {
		case *etree.Directive:
			return false
		case *etree.Element:
			if !t.sound(c) {
				return false
			}
		}
	}
	return true
}

// bound tells whether a prefix is declared for e.
func bound(e *etree.Element, prefix string) bool {
	for ; e != nil; e = e.Parent() {
		for _, a := range e.Attr {
			if a.Space == "xmlns" && a.Key == prefix {
				return a.Value != ""
			}
		}
	}
	return prefix == "xml"
}

// is tells whether e has a name.
func is(e *etree.Element, space, local string) bool {
	return e.Tag == local && e.NamespaceURI() == space
}

// children returns the elements of a name directly in e.
func children(e *etree.Element, space, local string) []*etree.Element {
	var out []*etree.Element
	for _, c := range e.ChildElements() {
		if is(c, space, local) {
			out = append(out, c)
		}
	}
	return out
}

// descend follows a path of names in one namespace, each by the only child of
// that name. It returns nil if there is none, or several.
func descend(e *etree.Element, space string, path ...string) *etree.Element {
	for _, local := range path {
		found := children(e, space, local)
		if len(found) != 1 {
			return nil
		}
		e = found[0]
	}
	return e
}

// attr returns the value of an attribute without a prefix, or "".
func attr(e *etree.Element, key string) string {
	for _, a := range e.Attr {
		if a.Space == "" && a.Key == key {
			return a.Value
		}
	}
	return ""
}

// content returns all characters directly in e, also those after a comment.
func content(e *etree.Element) string {
	var b strings.Builder
	for _, c := range e.Child {
		if c, ok := c.(*etree.CharData); ok {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}

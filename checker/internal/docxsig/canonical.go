package docxsig

import (
	"strings"

	"github.com/beevik/etree"
	dsig "github.com/russellhaering/goxmldsig"

	"dasheval/checker/text"
)

// The canonicalization methods that are known.
const (
	inclusive         = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
	inclusiveComments = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments"
	exclusive         = "http://www.w3.org/2001/10/xml-exc-c14n#"
	exclusiveComments = "http://www.w3.org/2001/10/xml-exc-c14n#WithComments"
)

// A canonicalizer turns an element into the bytes that are digested.
type canonicalizer struct {
	dsig.Canonicalizer
	exclusive bool
}

// canonicalizerOf returns the method of a name with the parameters in a
// CanonicalizationMethod or Transform. comments is false where comments are no
// part of what is canonicalised, whatever the method says.
func canonicalizerOf(alg string, params []*etree.Element, comments bool) (canonicalizer, error) {
	prefixes := ""
	for _, c := range params {
		prefixes = attr(c, "PrefixList")
		// The library does not know the default namespace in such a list.
		if !is(c, exclusive, "InclusiveNamespaces") || strings.Contains(prefixes, "#default") ||
			alg == inclusive || alg == inclusiveComments {
			return canonicalizer{}, undecided(text.CauseAlgorithm, alg)
		}
	}
	switch {
	case alg == inclusiveComments && comments:
		return canonicalizer{dsig.MakeC14N10WithCommentsCanonicalizer(), false}, nil
	case alg == inclusive, alg == inclusiveComments:
		return canonicalizer{dsig.MakeC14N10RecCanonicalizer(), false}, nil
	case alg == exclusiveComments && comments:
		return canonicalizer{dsig.MakeC14N10ExclusiveWithCommentsCanonicalizerWithPrefixList(prefixes), true}, nil
	case alg == exclusive, alg == exclusiveComments:
		return canonicalizer{dsig.MakeC14N10ExclusiveCanonicalizerWithPrefixList(prefixes), true}, nil
	}
	return canonicalizer{}, undecided(text.CauseAlgorithm, alg)
}

// bytes returns e in canonical form, in the context of its document. What the
// library is known to get wrong is undecided.
func (c canonicalizer) bytes(e *etree.Element) ([]byte, error) {
	e = c.detach(e)
	if !c.certain(e) {
		return nil, undecided(text.CauseAlgorithm, "canonicalization of "+e.Tag)
	}
	b, err := c.Canonicalize(e)
	if err != nil {
		return nil, undecided(text.CauseAlgorithm, "canonicalization of "+e.Tag)
	}
	return b, nil
}

// detach returns a copy of e that carries what it inherits: declarations of
// namespaces and, in the inclusive form, attributes such as xml:lang (XML-C14N,
// 2.4). The library does so as well, but lets what is inherited overrule what
// e itself says.
func (c canonicalizer) detach(e *etree.Element) *etree.Element {
	out := e.Copy()
	have := make(map[string]bool)
	for _, a := range e.Attr {
		have[a.FullKey()] = true
	}
	for up := e.Parent(); up != nil; up = up.Parent() {
		for _, a := range up.Attr {
			key := a.FullKey()
			if have[key] || a.Space != "xmlns" && key != "xmlns" && (a.Space != "xml" || c.exclusive) {
				continue
			}
			have[key] = true
			if a.Value != "" || a.Space == "xml" {
				out.CreateAttr(key, a.Value)
			}
		}
	}
	return out
}

// certain tells whether the library can canonicalise e. It does not normalise
// white space in attributes, sorts attributes of different prefixes by name
// before namespace, and has its own idea of an empty default namespace in the
// exclusive form.
func (c canonicalizer) certain(e *etree.Element) bool {
	prefix := ""
	for _, a := range e.Attr {
		switch {
		case strings.ContainsAny(a.Value, "\t\n\r"):
			return false
		case a.Space == "xmlns":
			if a.Key == "xml" || a.Key == "xmlns" {
				return false
			}
		case a.Space == "":
			if c.exclusive && a.Key == "xmlns" && a.Value == "" {
				return false
			}
		case prefix != "" && prefix != a.Space:
			return false
		default:
			prefix = a.Space
		}
	}
	for _, child := range e.ChildElements() {
		if !c.certain(child) {
			return false
		}
	}
	return true
}

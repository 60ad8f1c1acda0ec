package docxsig

import (
	"crypto"
	"hash"

	"github.com/beevik/etree"

	"dasheval/checker/text"
)

// A digest is what a Reference says of its target.
type digest struct {
	transforms []*etree.Element
	hash       crypto.Hash
	value      []byte
}

// readDigest reads a Reference. An element in it that is not known could
// change what is digested.
func readDigest(ref *etree.Element) (digest, error) {
	var d digest
	uri := attr(ref, "URI")
	method, value := descend(ref, nsSig, "DigestMethod"), descend(ref, nsSig, "DigestValue")
	if method == nil || value == nil {
		return d, broken(text.CauseFormat, uri)
	}
	for _, e := range ref.ChildElements() {
		switch {
		case e == method, e == value:
		case is(e, nsSig, "Transforms") && d.transforms == nil:
			d.transforms = e.ChildElements()
			if len(children(e, nsSig, "Transform")) != len(d.transforms) {
				return d, undecided(text.CauseFormat, uri)
			}
		default:
			return d, undecided(text.CauseFormat, uri)
		}
	}
	var err error
	if d.hash, err = digestOf(method); err != nil {
		return d, err
	}
	if d.value, err = base64Of(value); err != nil {
		return d, broken(text.CauseFormat, uri)
	}
	return d, nil
}

// hash returns a hash, and remembers it if it is no longer safe.
func (s *signature) hash(h crypto.Hash) hash.Hash {
	if h == crypto.SHA1 {
		s.worry(h.String())
	}
	return h.New()
}

// worry remembers the first weakness.
func (s *signature) worry(what string) {
	if s.weak == "" {
		s.weak = what
	}
}

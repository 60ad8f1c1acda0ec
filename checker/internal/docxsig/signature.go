package docxsig

import (
	"context"
	"crypto/subtle"
	"crypto/x509"
	"errors"
	"strings"

	"github.com/beevik/etree"

	"dasheval/checker/text"
)

// The namespaces of a signature.
const (
	nsSig     = "http://www.w3.org/2000/09/xmldsig#"
	nsPackage = "http://schemas.openxmlformats.org/package/2006/digital-signature"
	nsOffice  = "http://schemas.microsoft.com/office/2006/digsig"
	nsXAdES   = "http://uri.etsi.org/01903/v1.3.2#"
)

// The most that one signature may name.
const (
	maxReferences   = 32 // in SignedInfo; Office writes three to five
	maxCertificates = 32
)

// A signature is one signature part with what is known of it so far.
type signature struct {
	pack *pack
	tree *tree
	info *etree.Element              // SignedInfo
	ids  map[string][]*etree.Element // all elements by the Ids they carry

	certs   []*x509.Certificate
	strange bool              // there is a certificate that cannot be used
	signer  *x509.Certificate // the one whose key verifies; before that, the first
	signed  []*etree.Element  // what the references of SignedInfo lead to, unchanged
	weak    string            // an algorithm that is no longer safe, or ""
}

// load reads a signature part.
func (p *pack) load(ctx context.Context, part string) (*signature, error) {
	t, err := p.tree(ctx, part)
	if err != nil {
		return nil, err
	}
	s := &signature{pack: p, tree: t, ids: make(map[string][]*etree.Element)}
	s.info = descend(t.root, nsSig, "SignedInfo")
	if !is(t.root, nsSig, "Signature") || s.info == nil {
		return nil, broken(text.CauseFormat, p.files[part].Name)
	}
	s.index(t.root)
	if err := s.readCertificates(); err != nil {
		return nil, err
	}
	return s, nil
}

// index collects Ids. Which attributes are Ids depends on a schema; all
// spellings count, so that no reader can take another element than this one.
func (s *signature) index(e *etree.Element) {
	seen := ""
	for _, a := range e.Attr {
		if strings.EqualFold(a.Key, "id") && a.Space != "xmlns" && a.Value != seen {
			seen = a.Value
			s.ids[a.Value] = append(s.ids[a.Value], e)
		}
	}
	for _, c := range e.ChildElements() {
		s.index(c)
	}
}

func (s *signature) readCertificates() error {
	for _, info := range children(s.tree.root, nsSig, "KeyInfo") {
		for _, data := range children(info, nsSig, "X509Data") {
			for _, e := range children(data, nsSig, "X509Certificate") {
				if len(s.certs) == maxCertificates {
					return undecided(text.CauseLimit, "X509Certificate")
				}
				der, err := base64Of(e)
				if err != nil {
					return broken(text.CauseFormat, "X509Certificate")
				}
				cert, err := x509.ParseCertificate(der)
				if err != nil || slow(cert) {
					s.strange = true
					continue
				}
				s.certs = append(s.certs, cert)
			}
		}
	}
	if len(s.certs) > 0 {
		s.signer = s.certs[0]
	}
	return nil
}

// checkValue verifies SignatureValue over SignedInfo and finds the signer, who
// is nowhere named but by having the key.
func (s *signature) checkValue() error {
	method := descend(s.info, nsSig, "CanonicalizationMethod")
	sign := descend(s.info, nsSig, "SignatureMethod")
	value, err := base64Of(descend(s.tree.root, nsSig, "SignatureValue"))
	switch {
	case method == nil || sign == nil || err != nil:
		return broken(text.CauseFormat, "SignedInfo")
	case len(value) == 0:
		return broken(text.CauseContents, "SignatureValue")
	}
	scheme, err := schemeOf(sign)
	if err != nil {
		return err
	}
	c14n, err := canonicalizerOf(attr(method, "Algorithm"), method.ChildElements(), true)
	if err != nil {
		return err
	}
	b, err := s.canonical(c14n, s.info)
	if err != nil {
		return err
	}
	h := s.hash(scheme.hash)
	h.Write(b)
	digest := h.Sum(nil)
	failure := undecided(text.CauseFormat, "X509Certificate") // if there is none
	for _, cert := range s.certs {
		weak, err := scheme.verify(cert, digest, value)
		if err == nil {
			s.signer = cert
			s.worry(weak)
			return nil
		}
		if errors.Is(err, errMismatch) {
			err = altered(text.CauseDigest, "SignedInfo")
		}
		// A mismatch says more than a key of another kind.
		if judged(failure).State != text.Altered {
			failure = err
		}
	}
	if s.strange {
		return undecided(text.CauseFormat, "X509Certificate")
	}
	return failure
}

// checkReferences checks the references of SignedInfo, which all lead to
// elements of the signature (ECMA-376 part 2, 13.2.4.4).
func (s *signature) checkReferences(ctx context.Context) error {
	refs := children(s.info, nsSig, "Reference")
	if len(refs) > maxReferences {
		return undecided(text.CauseLimit, "Reference")
	}
	var changed []string
	for _, ref := range refs {
		if err := ctx.Err(); err != nil {
			return err
		}
		same, err := s.checkReference(ref)
		if err != nil {
			return err
		}
		if !same {
			changed = append(changed, attr(ref, "URI"))
		}
	}
	if len(changed) > 0 {
		return altered(text.CauseDigest, list(changed))
	}
	return nil
}

func (s *signature) checkReference(ref *etree.Element) (same bool, err error) {
	uri := attr(ref, "URI")
	id, ok := strings.CutPrefix(uri, "#")
	if !ok || id == "" || strings.ContainsAny(id, "()") { // a fragment, and no XPointer
		return false, undecided(text.CauseFormat, uri)
	}
	if len(s.ids[id]) != 1 {
		return false, broken(text.CauseFormat, uri)
	}
	target := s.ids[id][0]
	d, err := readDigest(ref)
	if err != nil {
		return false, err
	}
	// Without a transform it is the inclusive form, and in what a fragment
	// leads to there are no comments (XML Signature 1.1, 4.4.3.2 and 4.4.3.3).
	alg, params := inclusive, []*etree.Element(nil)
	switch len(d.transforms) {
	case 0:
	case 1:
		alg, params = attr(d.transforms[0], "Algorithm"), d.transforms[0].ChildElements()
	default:
		return false, undecided(text.CauseAlgorithm, attr(d.transforms[1], "Algorithm"))
	}
	c14n, err := canonicalizerOf(alg, params, false)
	if err != nil {
		return false, err
	}
	b, err := s.canonical(c14n, target)
	if err != nil {
		return false, err
	}
	h := s.hash(d.hash)
	h.Write(b)
	if subtle.ConstantTimeCompare(h.Sum(nil), d.value) == 0 {
		return false, nil
	}
	s.signed = append(s.signed, target)
	return true, nil
}

// canonical canonicalises an element of the signature at the price of it.
func (s *signature) canonical(c canonicalizer, e *etree.Element) ([]byte, error) {
	if err := s.pack.spend(s.tree.cost(e)); err != nil {
		return nil, err
	}
	return c.bytes(e)
}

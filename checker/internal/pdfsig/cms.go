package pdfsig

import (
	"bytes"
	"crypto"
	_ "crypto/sha1"   // digests that signatures name
	_ "crypto/sha256" // likewise
	_ "crypto/sha512" // likewise
	"crypto/subtle"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"slices"
	"time"

	"github.com/smallstep/pkcs7"

	"dasheval/checker/text"
)

// maxMessage bounds a CMS message, in bytes. Those with all revocation lists
// inside take a few megabytes.
const maxMessage = 16 << 20

// A message is a CMS message with one signer, RFC 5652.
type message struct {
	content      []byte // encapsulated, nil if detached
	certificates []*x509.Certificate
	signer       *x509.Certificate
	signed       []attribute
	unsigned     []attribute
	digest       pkix.AlgorithmIdentifier
	method       pkix.AlgorithmIdentifier
	signature    []byte
	weak         string // an unsafe algorithm that it relies on
}

// An attribute is one of a signer; value is the first of its values.
type attribute struct {
	id    asn1.ObjectIdentifier
	value []byte
	raw   asn1.RawValue
}

var (
	idContentType     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 3}
	idMessageDigest   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 4}
	idSigningTime     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 5}
	idSigningCert     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 12}
	idSigningCertV2   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47}
	idTimestampToken  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14}
	idTimestampInfo   = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4}
	idAdobeRevocation = asn1.ObjectIdentifier{1, 2, 840, 113583, 1, 1, 8}
)

// parseMessage reads a message. The certificate of the signer may be among those
// that the file holds beside it.
func parseMessage(raw []byte, beside []*x509.Certificate) (*message, *fault) {
	if len(raw) > maxMessage {
		return nil, undecided(text.CauseLimit, "size")
	}
	der, rest, err := (&encoder{}).reencode(raw, 0)
	if err != nil {
		return nil, broken(text.CauseContents, "encoding")
	}
	if len(bytes.Trim(rest, "\x00")) > 0 {
		return nil, broken(text.CauseContents, "padding")
	}
	var info struct {
		Type    asn1.ObjectIdentifier
		Content asn1.RawValue `asn1:"explicit,optional,tag:0"`
	}
	if _, err := asn1.Unmarshal(der, &info); err != nil || !info.Type.Equal(pkcs7.OIDSignedData) {
		return nil, broken(text.CauseContents, "type")
	}
	p, err := pkcs7.Parse(der)
	if err != nil {
		// Most often a certificate that crypto/x509 refuses.
		return nil, undecided(text.CauseAlgorithm, "certificate")
	}
	if slices.ContainsFunc(p.Certificates, func(c *x509.Certificate) bool { return !usable(c) }) {
		return nil, undecided(text.CauseLimit, "key")
	}
	switch len(p.Signers) {
	case 1:
	case 0: // also a signer that is not named by the issuer of the certificate
		return nil, undecided(text.CauseFormat, "signer")
	default:
		return nil, broken(text.CauseContents, "signers")
	}
	s := p.Signers[0]
	m := &message{
		content: p.Content, certificates: p.Certificates,
		digest: s.DigestAlgorithm, method: s.DigestEncryptionAlgorithm, signature: s.EncryptedDigest,
	}
	for _, a := range s.AuthenticatedAttributes {
		m.signed = append(m.signed, attribute{a.Type, a.Value.Bytes, a.Value})
	}
	for _, a := range s.UnauthenticatedAttributes {
		m.unsigned = append(m.unsigned, attribute{a.Type, a.Value.Bytes, a.Value})
	}
	for _, c := range slices.Concat(m.certificates, beside) {
		if c.SerialNumber.Cmp(s.IssuerAndSerialNumber.SerialNumber) == 0 &&
			bytes.Equal(c.RawIssuer, s.IssuerAndSerialNumber.IssuerName.FullBytes) {
			m.signer = c
			return m, nil
		}
	}
	return nil, undecided(text.CauseSigner, "certificate")
}

// verify reports what is wrong with the message as a signature over parts,
// one after the other.
func (m *message) verify(parts ...[]byte) *fault {
	hash, ok := hashes[m.digest.Algorithm.String()]
	if !ok {
		return undecided(text.CauseAlgorithm, m.digest.Algorithm.String())
	}
	m.note(hash)
	signed := parts
	if len(m.signed) > 0 {
		digests := find(m.signed, idMessageDigest)
		var want []byte
		if len(digests) != 1 {
			return undecided(text.CauseFormat, "digest")
		}
		if _, err := asn1.Unmarshal(digests[0], &want); err != nil {
			return undecided(text.CauseFormat, "digest")
		}
		if subtle.ConstantTimeCompare(want, sum(hash, parts)) != 1 {
			return altered(text.CauseDigest, "")
		}
		signed = [][]byte{m.attributes()}
	}
	if f := m.check(hash, signed); f != nil {
		return f
	}
	return m.checkSigner()
}

// verifyDigest is verify for a message that holds the SHA-1 digest of the parts,
// ISO 32000-1, 12.8.3.3.1.
func (m *message) verifyDigest(parts [][]byte) *fault {
	if !bytes.Equal(m.content, sum(crypto.SHA1, parts)) {
		return altered(text.CauseDigest, "")
	}
	m.note(crypto.SHA1)
	return m.verify(m.content)
}

// attributes returns the signed attributes as they were signed: as a set of
// its own, RFC 5652, 5.4.
func (m *message) attributes() []byte {
	const sequence, set = 0x30, 0x31
	var content []byte
	for _, a := range m.signed {
		id, err := asn1.Marshal(a.id)
		if err != nil {
			return nil
		}
		content = append(content, appendElement(nil, sequence, append(id, a.raw.FullBytes...))...)
	}
	return appendElement(nil, set, content)
}

// certificateID is an ESSCertID of either version, RFC 5035.
type certificateID struct {
	Digest pkix.AlgorithmIdentifier `asn1:"optional"`
	Hash   []byte
	Issuer asn1.RawValue `asn1:"optional"`
}

// checkSigner compares the certificate with the one that the signer named in
// the signed attributes, which keeps another with the same key from being put
// in its place.
func (m *message) checkSigner() *fault {
	for _, kind := range []struct {
		id       asn1.ObjectIdentifier
		standard crypto.Hash
	}{{idSigningCert, crypto.SHA1}, {idSigningCertV2, crypto.SHA256}} {
		for _, value := range find(m.signed, kind.id) {
			var named struct{ Certificates []certificateID }
			if _, err := asn1.Unmarshal(value, &named); err != nil || len(named.Certificates) == 0 {
				return undecided(text.CauseFormat, "certificate")
			}
			first, hash := named.Certificates[0], kind.standard
			if len(first.Digest.Algorithm) > 0 {
				hash = hashes[first.Digest.Algorithm.String()]
			}
			if hash == 0 {
				return undecided(text.CauseAlgorithm, first.Digest.Algorithm.String())
			}
			if !bytes.Equal(first.Hash, sum(hash, [][]byte{m.signer.Raw})) {
				return altered(text.CauseSigner, "")
			}
		}
	}
	return nil
}

// claimed returns the time of signing as the signer says, zero if he does not.
func (m *message) claimed() time.Time {
	var t time.Time
	for _, value := range find(m.signed, idSigningTime) {
		if _, err := asn1.Unmarshal(value, &t); err == nil {
			return t
		}
	}
	return time.Time{}
}

// find returns the values of the attributes of one kind.
func find(all []attribute, id asn1.ObjectIdentifier) (values [][]byte) {
	for _, a := range all {
		if a.id.Equal(id) {
			values = append(values, a.value)
		}
	}
	return values
}

func sum(hash crypto.Hash, parts [][]byte) []byte {
	h := hash.New()
	for _, p := range parts {
		h.Write(p)
	}
	return h.Sum(nil)
}

package pdfsig

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"slices"
	"time"

	"dasheval/checker/text"
)

// A stamp is a timestamp token, RFC 3161: the word of an authority that certain
// bytes existed at a time.
type stamp struct {
	*message
	time time.Time
}

// parseStamp reads a token and reports what is wrong with it as a timestamp of
// parts, one after the other. The stamp is nil only if there is a fault.
func parseStamp(token []byte, beside []*x509.Certificate, parts ...[]byte) (*stamp, *fault) {
	m, f := parseMessage(token, beside)
	if f != nil {
		return nil, f
	}
	var info struct {
		Version int
		Policy  asn1.ObjectIdentifier
		Imprint struct {
			Digest pkix.AlgorithmIdentifier
			Hash   []byte
		}
		Serial *big.Int
		Time   time.Time `asn1:"generalized"`
	}
	if _, err := asn1.Unmarshal(m.content, &info); err != nil || !m.holdsStamp() {
		return nil, broken(text.CauseContents, "timestamp")
	}
	s := &stamp{m, info.Time}
	f = m.verify(m.content)
	hash := hashes[info.Imprint.Digest.Algorithm.String()]
	switch {
	case hash == 0:
		return s, worse(f, undecided(text.CauseAlgorithm, info.Imprint.Digest.Algorithm.String()))
	case !bytes.Equal(info.Imprint.Hash, sum(hash, parts)):
		return s, worse(f, altered(text.CauseDigest, ""))
	}
	if hash == crypto.SHA1 {
		m.weak = hash.String()
	}
	return s, f
}

// holdsStamp reports whether the signer says that the content is what a
// timestamp holds.
func (m *message) holdsStamp() bool {
	var id asn1.ObjectIdentifier
	for _, value := range find(m.signed, idContentType) {
		if _, err := asn1.Unmarshal(value, &id); err == nil && id.Equal(idTimestampInfo) {
			return true
		}
	}
	return false
}

// stamped returns the timestamp of the signature itself, nil if it has none
// that is intact.
func (m *message) stamped(beside []*x509.Certificate) *stamp {
	for _, token := range find(m.unsigned, idTimestampToken) {
		if s, f := parseStamp(token, beside, m.signature); f == nil {
			return s
		}
	}
	return nil
}

// proves reports whether an authority that the user trusts stands behind the
// stamp. Its certificate must say that it is for timestamps, RFC 3161, 2.3: with
// any other of a trusted root, people could date their signatures back.
func (k *keyring) proves(s *stamp) *fault {
	if !slices.Contains(s.signer.ExtKeyUsage, x509.ExtKeyUsageTimeStamping) {
		return untrusted(text.CauseIssuer, name(s.signer.Issuer))
	}
	return k.trusts(s.message, moment{Time: s.time, proven: true}, x509.ExtKeyUsageTimeStamping)
}

package pdfsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509/pkix"
	"encoding/asn1"
	"errors"
	"fmt"
	"slices"

	"dasheval/checker/text"
)

// hashes are the digests by their object identifiers.
var hashes = map[string]crypto.Hash{
	"1.3.14.3.2.26":          crypto.SHA1,
	"2.16.840.1.101.3.4.2.1": crypto.SHA256,
	"2.16.840.1.101.3.4.2.2": crypto.SHA384,
	"2.16.840.1.101.3.4.2.3": crypto.SHA512,
	"2.16.840.1.101.3.4.2.4": crypto.SHA224,
}

// A scheme is a method of signing, with its digest if it names one.
type scheme struct {
	key  string
	hash crypto.Hash
}

const (
	keyRSA     = "rsa"
	keyPSS     = "pss"
	keyECDSA   = "ecdsa"
	keyEd25519 = "ed25519"
)

// schemes are the methods by their object identifiers. Some signers name the
// kind of key, or its curve, where the method belongs.
var schemes = map[string]scheme{
	"1.2.840.113549.1.1.1":  {key: keyRSA},
	"1.2.840.113549.1.1.5":  {keyRSA, crypto.SHA1},
	"1.2.840.113549.1.1.14": {keyRSA, crypto.SHA224},
	"1.2.840.113549.1.1.11": {keyRSA, crypto.SHA256},
	"1.2.840.113549.1.1.12": {keyRSA, crypto.SHA384},
	"1.2.840.113549.1.1.13": {keyRSA, crypto.SHA512},
	"1.2.840.113549.1.1.10": {key: keyPSS},
	"1.2.840.10045.2.1":     {key: keyECDSA},
	"1.2.840.10045.3.1.7":   {key: keyECDSA},
	"1.3.132.0.34":          {key: keyECDSA},
	"1.3.132.0.35":          {key: keyECDSA},
	"1.2.840.10045.4.1":     {keyECDSA, crypto.SHA1},
	"1.2.840.10045.4.3.1":   {keyECDSA, crypto.SHA224},
	"1.2.840.10045.4.3.2":   {keyECDSA, crypto.SHA256},
	"1.2.840.10045.4.3.3":   {keyECDSA, crypto.SHA384},
	"1.2.840.10045.4.3.4":   {keyECDSA, crypto.SHA512},
	"1.3.101.112":           {key: keyEd25519},
}

// safeKey is the length from which on RSA keys are safe, in bits, NIST SP 800-131A.
const safeKey = 2048

// note remembers an unsafe digest.
func (m *message) note(hash crypto.Hash) {
	if hash == crypto.SHA1 {
		m.weak = hash.String()
	}
}

// check verifies the signature over the signed bytes. The digest is the one to
// take where the method names none.
func (m *message) check(digest crypto.Hash, signed [][]byte) *fault {
	id := m.method.Algorithm.String()
	s, ok := schemes[id]
	if !ok {
		return undecided(text.CauseAlgorithm, id)
	}
	if s.key == keyPSS {
		if s.hash = pssHash(m.method); s.hash == 0 {
			return undecided(text.CauseAlgorithm, id)
		}
	}
	if s.hash == 0 {
		s.hash = digest
	}
	m.note(s.hash)
	right := false
	switch key := m.signer.PublicKey.(type) {
	case *rsa.PublicKey:
		if n := key.N.BitLen(); n < safeKey {
			m.weak = fmt.Sprintf("RSA-%d", n)
		}
		var err error
		switch s.key {
		case keyRSA:
			err = rsa.VerifyPKCS1v15(key, s.hash, sum(s.hash, signed), m.signature)
		case keyPSS:
			err = rsa.VerifyPSS(key, s.hash, sum(s.hash, signed), m.signature, nil)
		default:
			return undecided(text.CauseAlgorithm, id)
		}
		if err != nil && !errors.Is(err, rsa.ErrVerification) {
			return undecided(text.CauseAlgorithm, "key") // as one that is too short
		}
		right = err == nil
	case *ecdsa.PublicKey:
		if s.key != keyECDSA {
			return undecided(text.CauseAlgorithm, id)
		}
		right = ecdsa.VerifyASN1(key, sum(s.hash, signed), m.signature)
	case ed25519.PublicKey:
		if s.key != keyEd25519 {
			return undecided(text.CauseAlgorithm, id)
		}
		right = ed25519.Verify(key, slices.Concat(signed...), m.signature)
	default:
		return undecided(text.CauseAlgorithm, "key")
	}
	if !right {
		return altered(text.CauseDigest, "")
	}
	return nil
}

// pssHash returns the digest of RSASSA-PSS, RFC 4055, 3.1, and 0 for one that
// is not known or that differs from the digest of the mask.
func pssHash(method pkix.AlgorithmIdentifier) crypto.Hash {
	var p struct {
		Hash pkix.AlgorithmIdentifier `asn1:"explicit,optional,tag:0"`
		Mask pkix.AlgorithmIdentifier `asn1:"explicit,optional,tag:1"`
		Salt int                      `asn1:"explicit,optional,tag:2,default:20"`
	}
	if _, err := asn1.Unmarshal(method.Parameters.FullBytes, &p); err != nil {
		return 0
	}
	hash, mask := crypto.SHA1, crypto.SHA1
	if len(p.Hash.Algorithm) > 0 {
		hash = hashes[p.Hash.Algorithm.String()]
	}
	if len(p.Mask.Algorithm) > 0 {
		var inner pkix.AlgorithmIdentifier
		if _, err := asn1.Unmarshal(p.Mask.Parameters.FullBytes, &inner); err != nil {
			return 0
		}
		mask = hashes[inner.Algorithm.String()]
	}
	if hash != mask {
		return 0
	}
	return hash
}

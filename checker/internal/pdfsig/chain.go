package pdfsig

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"time"

	"dasheval/checker/text"
)

// A keyring is the certificates that the user trusts, and what the file brings
// along to reach them.
type keyring struct {
	roots        *x509.CertPool
	now          time.Time
	certificates []*x509.Certificate // in the file beside those of the messages
	lists        []*x509.RevocationList
	answers      [][]byte // of OCSP responders, RFC 6960
	left         int      // bytes that may still be added
}

func newKeyring(trust Trust) *keyring {
	// A pool is needed even if it is empty: without one, crypto/x509 takes the
	// roots of the system.
	k := &keyring{roots: x509.NewCertPool(), now: trust.Now, left: maxEvidenceBytes}
	for _, c := range trust.Roots {
		if c != nil {
			k.roots.AddCert(c)
		}
	}
	return k
}

// maxCertificates bounds those of one message that are looked at.
const maxCertificates = 200

// maxKey bounds RSA keys, in bits: the time that they take grows with the
// square, and nothing can end it.
const maxKey = 16 << 10

// usable reports whether the key of a certificate may be used.
func usable(c *x509.Certificate) bool {
	key, ok := c.PublicKey.(*rsa.PublicKey)
	return !ok || key.N.BitLen() <= maxKey
}

// A moment is a time of signing.
type moment struct {
	time.Time
	proven bool // a timestamp authority says so
}

// trusts reports why the signer of a message is not to be believed. At is the
// time to judge by, which is not proven unless a timestamp says so.
func (k *keyring) trusts(m *message, at moment, usage x509.ExtKeyUsage) *fault {
	chain, err := k.chain(m, at.Time, usage)
	if err == nil {
		return k.revoked(chain, at)
	}
	var invalid x509.CertificateInvalidError
	if errors.As(err, &invalid) && invalid.Reason == x509.Expired {
		// A chain that leads nowhere leads nowhere at any time.
		for _, t := range []time.Time{m.claimed(), m.signer.NotBefore, m.signer.NotAfter} {
			if t.IsZero() {
				continue
			}
			if _, err := k.chain(m, t, usage); err == nil {
				return untrusted(text.CauseExpired, invalid.Cert.NotAfter.UTC().Format(time.DateOnly))
			}
		}
	}
	if errors.As(err, new(x509.UnhandledCriticalExtension)) {
		return undecided(text.CauseAlgorithm, "extension")
	}
	c := m.signer
	if bytes.Equal(c.RawIssuer, c.RawSubject) && c.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil {
		return untrusted(text.CauseSelf, "")
	}
	return untrusted(text.CauseIssuer, name(m.signer.Issuer))
}

// chain returns a chain from the signer of m to a root.
func (k *keyring) chain(m *message, at time.Time, usage x509.ExtKeyUsage) ([]*x509.Certificate, error) {
	between := x509.NewCertPool()
	for _, list := range [][]*x509.Certificate{m.certificates, k.certificates} {
		for _, c := range list[:min(len(list), maxCertificates)] {
			between.AddCert(c)
		}
	}
	chains, err := m.signer.Verify(x509.VerifyOptions{
		Roots: k.roots, Intermediates: between, CurrentTime: at,
		KeyUsages: []x509.ExtKeyUsage{usage},
	})
	if err != nil {
		return nil, err
	}
	return chains[0], nil
}

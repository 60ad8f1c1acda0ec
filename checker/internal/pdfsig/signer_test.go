package pdfsig_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"
	"github.com/stretchr/testify/require"
)

// today is the day of all tests. Certificates are valid for the year around.
var today = time.Date(2026, 6, 15, 12, 0, 0, 0, time.UTC)

func year(n int) time.Time { return time.Date(n, 1, 1, 0, 0, 0, 0, time.UTC) }

// An identity is a certificate with its key.
type identity struct {
	t      testing.TB
	cert   *x509.Certificate
	key    crypto.Signer
	parent *identity
}

// newIdentity returns an authority that vouches for itself.
func newIdentity(t testing.TB, name string, key crypto.Signer) *identity {
	i := &identity{t: t, key: key}
	i.cert = certify(t, name, key.Public(), nil, key, func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid, c.NotBefore = true, true, year(2020)
		c.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageCRLSign | x509.KeyUsageDigitalSignature
	})
	return i
}

// issue returns an identity that i vouches for.
func (i *identity) issue(name string, key crypto.Signer, edit func(*x509.Certificate)) *identity {
	return &identity{t: i.t, key: key, parent: i, cert: certify(i.t, name, key.Public(), i.cert, i.key, edit)}
}

func certify(t testing.TB, name string, public any, parent *x509.Certificate, key crypto.Signer, edit func(*x509.Certificate)) *x509.Certificate {
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<60))
	require.NoError(t, err)
	c := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: name, Organization: []string{"Unit Contoh"}},
		NotBefore: year(2026), NotAfter: year(2027), KeyUsage: x509.KeyUsageDigitalSignature,
	}
	if edit != nil {
		edit(c)
	}
	if parent == nil {
		parent = c
	}
	raw, err := x509.CreateCertificate(rand.Reader, c, parent, public, key)
	require.NoError(t, err)
	out, err := x509.ParseCertificate(raw)
	require.NoError(t, err)
	return out
}

func ecKey(t testing.TB) crypto.Signer {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	return key
}

func rsaKey(t testing.TB) crypto.Signer {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	return key
}

func edKey(t testing.TB) crypto.Signer {
	_, key, err := ed25519.GenerateKey(rand.Reader)
	require.NoError(t, err)
	return key
}

// A method turns signed bytes into a CMS message.
type method func(signed []byte) []byte

// An option changes a message before it is written.
type option func(*pkcs7.SignedData)

// cms signs as most programs do.
func (i *identity) cms(edit ...option) method {
	return i.attributed(pkcs7.OIDDigestAlgorithmSHA256, nil, edit...)
}

// attributed signs with a digest and further signed attributes.
func (i *identity) attributed(digest asn1.ObjectIdentifier, attributes []pkcs7.Attribute, edit ...option) method {
	return func(signed []byte) []byte {
		d, err := pkcs7.NewSignedData(signed)
		require.NoError(i.t, err)
		d.SetDigestAlgorithm(digest)
		i.sign(d, attributes)
		d.Detach()
		for _, e := range edit {
			e(d)
		}
		raw, err := d.Finish()
		require.NoError(i.t, err)
		return raw
	}
}

func (i *identity) sign(d *pkcs7.SignedData, attributes []pkcs7.Attribute) {
	var chain []*x509.Certificate
	for p := i.parent; p != nil; p = p.parent {
		chain = append(chain, p.cert)
	}
	key := i.key
	if _, ok := key.(ed25519.PrivateKey); ok {
		key = ecKey(i.t) // resigned signs again
	}
	require.NoError(i.t, d.AddSignerChain(i.cert, key, chain, pkcs7.SignerInfoConfig{ExtraSignedAttributes: attributes}))
}

// resigned replaces the signature by one of an algorithm that the library does
// not know.
func resigned(t testing.TB, algorithm pkix.AlgorithmIdentifier, sign func(attributes []byte) ([]byte, error)) option {
	return func(d *pkcs7.SignedData) {
		s := &d.GetSignedData().SignerInfos[0]
		attributes, err := asn1.MarshalWithParams(s.AuthenticatedAttributes, "set")
		require.NoError(t, err)
		s.DigestEncryptionAlgorithm = algorithm
		s.EncryptedDigest, err = sign(attributes)
		require.NoError(t, err)
	}
}

// pss signs by RSASSA-PSS, and says that the mask is of a digest.
func (i *identity) pss(mask asn1.ObjectIdentifier) method {
	sha := pkix.AlgorithmIdentifier{Algorithm: pkcs7.OIDDigestAlgorithmSHA256}
	inner, err := asn1.Marshal(pkix.AlgorithmIdentifier{Algorithm: mask})
	require.NoError(i.t, err)
	parameters, err := asn1.Marshal(struct {
		Hash pkix.AlgorithmIdentifier `asn1:"explicit,tag:0"`
		Mask pkix.AlgorithmIdentifier `asn1:"explicit,tag:1"`
		Salt int                      `asn1:"explicit,tag:2"`
	}{sha, pkix.AlgorithmIdentifier{
		Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 8}, Parameters: asn1.RawValue{FullBytes: inner},
	}, 32})
	require.NoError(i.t, err)
	return i.cms(resigned(i.t, pkix.AlgorithmIdentifier{
		Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}, Parameters: asn1.RawValue{FullBytes: parameters},
	}, func(attributes []byte) ([]byte, error) {
		sum := sha256.Sum256(attributes)
		return i.key.Sign(rand.Reader, sum[:], &rsa.PSSOptions{SaltLength: 32, Hash: crypto.SHA256})
	}))
}

func (i *identity) ed25519() method {
	return i.cms(resigned(i.t, pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 3, 101, 112}},
		func(attributes []byte) ([]byte, error) { return i.key.Sign(rand.Reader, attributes, crypto.Hash(0)) }))
}

// token makes timestamps of a time.
func (i *identity) token(at time.Time) method {
	return i.signInside(i.stampOf(at), asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 1, 4})
}

// stampOf makes what a timestamp holds.
func (i *identity) stampOf(at time.Time) method {
	return func(signed []byte) []byte {
		type imprint struct {
			Digest pkix.AlgorithmIdentifier
			Hash   []byte
		}
		info, err := asn1.Marshal(struct {
			Version int
			Policy  asn1.ObjectIdentifier
			Imprint imprint
			Serial  int
			Time    time.Time `asn1:"generalized"`
		}{1, asn1.ObjectIdentifier{1, 2, 3}, imprint{pkix.AlgorithmIdentifier{Algorithm: pkcs7.OIDDigestAlgorithmSHA256}, sha256sum(signed)}, 7, at})
		require.NoError(i.t, err)
		return info
	}
}

// signInside signs content of a kind, and holds it.
func (i *identity) signInside(content method, kind asn1.ObjectIdentifier) method {
	return func(signed []byte) []byte {
		d, err := pkcs7.NewSignedData(content(signed))
		require.NoError(i.t, err)
		d.SetDigestAlgorithm(pkcs7.OIDDigestAlgorithmSHA256)
		d.GetSignedData().ContentInfo.ContentType = kind
		i.sign(d, nil)
		raw, err := d.Finish()
		require.NoError(i.t, err)
		return raw
	}
}

// stampedBy adds a timestamp of the signature.
func stampedBy(t testing.TB, token method) option {
	return func(d *pkcs7.SignedData) {
		s := &d.GetSignedData().SignerInfos[0]
		require.NoError(t, s.SetUnauthenticatedAttributes([]pkcs7.Attribute{{
			Type:  asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 14},
			Value: asn1.RawValue{FullBytes: token(s.EncryptedDigest)},
		}}))
	}
}

// indefinite rewrites the outer elements of a message as BER allows.
func indefinite(m method) method {
	return func(signed []byte) []byte {
		var outer, content, inner asn1.RawValue
		_, err := asn1.Unmarshal(m(signed), &outer)
		if err != nil {
			return nil
		}
		rest, _ := asn1.Unmarshal(outer.Bytes, &content)
		_, _ = asn1.Unmarshal(rest, &inner)
		return bytes.Join([][]byte{{0x30, 0x80}, content.FullBytes, {0xa0, 0x80}, inner.Bytes, {0, 0, 0, 0}}, nil)
	}
}

// digestInside signs the SHA-1 digest of the bytes, and holds it.
func (i *identity) digestInside() method {
	return i.signInside(func(signed []byte) []byte {
		sum := sha1.Sum(signed)
		return sum[:]
	}, pkcs7.OIDData)
}

func sha256sum(b []byte) []byte {
	sum := sha256.Sum256(b)
	return sum[:]
}

// The library that signs takes the time from the clock.
const minutes = 5 * time.Minute

func now() time.Time { return time.Now() }

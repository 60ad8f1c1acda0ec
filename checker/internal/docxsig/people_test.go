package docxsig_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"sync"
	"time"

	"dasheval/checker/internal/docxsig"
)

// now is when the tests take place.
var now = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// A person has a key and its certificate, with those between it and the root.
type person struct {
	key   crypto.Signer
	certs []*x509.Certificate
}

// people are made once: RSA keys take time.
var people = sync.OnceValue(func() (p struct {
	root, rsa, small, p256, p521, expired, future, self, stranger, twin, giant person
}) {
	root := person{key: ec(elliptic.P256())}
	root.certs = issue(root, "Test Root", root.key, 2020, 2050)
	inter := person{key: ec(elliptic.P256())}
	inter.certs = issue(root, "Test Authority", inter.key, 2020, 2050)
	made := func(by person, name string, key crypto.Signer, from, to int) person {
		return person{key, append(issue(by, name, key, from, to), by.certs...)}
	}
	other := person{key: ec(elliptic.P256())}
	other.certs = issue(other, "Other Root", other.key, 2020, 2050)
	p.root = root
	p.rsa = made(inter, "Ratna Contoh", rs(2048), 2025, 2030)
	p.small = made(inter, "Kecil Contoh", rs(1024), 2025, 2030)
	p.p256 = made(inter, "Eko Contoh", ec(elliptic.P256()), 2025, 2030)
	p.p521 = made(inter, "Lima Contoh", ec(elliptic.P521()), 2025, 2030)
	p.expired = made(inter, "Lama Contoh", ec(elliptic.P256()), 2021, 2022)
	p.future = made(inter, "Nanti Contoh", ec(elliptic.P256()), 2028, 2030)
	p.stranger = made(other, "Asing Contoh", ec(elliptic.P256()), 2025, 2030)
	p.twin = made(inter, "Kembar Contoh", p.p256.key, 2025, 2030)
	// A key of a million bits, to verify with which takes hours.
	n := new(big.Int).SetBit(big.NewInt(1), 1<<20, 1)
	p.giant = made(inter, "Besar Contoh", giantKey{p.p256.key, &rsa.PublicKey{N: n, E: 65537}}, 2025, 2030)
	self := person{key: ec(elliptic.P256())}
	p.self = person{self.key, issue(self, "Sendiri Contoh", self.key, 2025, 2030)}
	return p
})

// A giantKey has the public key of nobody.
type giantKey struct {
	crypto.Signer
	public *rsa.PublicKey
}

func (k giantKey) Public() crypto.PublicKey { return k.public }

func trust() docxsig.Trust {
	return docxsig.Trust{Roots: people().root.certs, Now: now}
}

func rs(bits int) crypto.Signer {
	key, err := rsa.GenerateKey(rand.Reader, bits)
	if err != nil {
		panic(err)
	}
	return key
}

func ec(curve elliptic.Curve) crypto.Signer {
	key, err := ecdsa.GenerateKey(curve, rand.Reader)
	if err != nil {
		panic(err)
	}
	return key
}

// issue makes a certificate; a person without one issues to itself.
func issue(by person, name string, key crypto.Signer, from, to int) []*x509.Certificate {
	t := &x509.Certificate{
		SerialNumber: big.NewInt(int64(from)), Subject: pkix.Name{CommonName: name, Organization: []string{"Contoh"}},
		NotBefore: time.Date(from, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(to, 1, 1, 0, 0, 0, 0, time.UTC),
		BasicConstraintsValid: true, IsCA: to == 2050,
	}
	parent := t
	if len(by.certs) > 0 {
		parent = by.certs[0]
	}
	der, err := x509.CreateCertificate(rand.Reader, t, parent, key.Public(), by.key)
	if err != nil {
		panic(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return []*x509.Certificate{cert}
}

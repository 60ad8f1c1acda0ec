package docxsig

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/rsa"
	_ "crypto/sha1" // weak, and still in use
	_ "crypto/sha256"
	_ "crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/beevik/etree"

	"dasheval/checker/text"
)

// digestOf reads a DigestMethod (XML Signature 1.1, 6.2).
func digestOf(method *etree.Element) (crypto.Hash, error) {
	if len(method.ChildElements()) == 0 {
		switch attr(method, "Algorithm") {
		case "http://www.w3.org/2000/09/xmldsig#sha1":
			return crypto.SHA1, nil
		case "http://www.w3.org/2001/04/xmlenc#sha256":
			return crypto.SHA256, nil
		case "http://www.w3.org/2001/04/xmldsig-more#sha384":
			return crypto.SHA384, nil
		case "http://www.w3.org/2001/04/xmlenc#sha512":
			return crypto.SHA512, nil
		}
	}
	return 0, undecided(text.CauseAlgorithm, attr(method, "Algorithm"))
}

// A scheme is a way to sign.
type scheme struct {
	name string // "rsa", "pss" or "ecdsa"
	hash crypto.Hash
}

// schemeOf reads a SignatureMethod (XML Signature 1.1, 6.4; RFC 6931, 2.3.10).
func schemeOf(method *etree.Element) (scheme, error) {
	if len(method.ChildElements()) == 0 {
		switch attr(method, "Algorithm") {
		case "http://www.w3.org/2000/09/xmldsig#rsa-sha1":
			return scheme{"rsa", crypto.SHA1}, nil
		case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256":
			return scheme{"rsa", crypto.SHA256}, nil
		case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384":
			return scheme{"rsa", crypto.SHA384}, nil
		case "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512":
			return scheme{"rsa", crypto.SHA512}, nil
		case "http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1":
			return scheme{"pss", crypto.SHA256}, nil
		case "http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1":
			return scheme{"pss", crypto.SHA384}, nil
		case "http://www.w3.org/2007/05/xmldsig-more#sha512-rsa-MGF1":
			return scheme{"pss", crypto.SHA512}, nil
		case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1":
			return scheme{"ecdsa", crypto.SHA1}, nil
		case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256":
			return scheme{"ecdsa", crypto.SHA256}, nil
		case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384":
			return scheme{"ecdsa", crypto.SHA384}, nil
		case "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512":
			return scheme{"ecdsa", crypto.SHA512}, nil
		}
	}
	return scheme{}, undecided(text.CauseAlgorithm, attr(method, "Algorithm"))
}

// The sizes of RSA keys in bits. Smaller ones than minRSA the library refuses.
const (
	minRSA  = 1024
	safeRSA = 2048
	maxRSA  = 16384
)

// slow tells whether to verify with the key of cert would take too long, be it
// the signer's or an issuer's.
func slow(cert *x509.Certificate) bool {
	key, ok := cert.PublicKey.(*rsa.PublicKey)
	return ok && key.N.BitLen() > maxRSA
}

// errMismatch is what verify returns if the value is not the signature.
var errMismatch = errors.New("signature does not match")

// verify tells whether value is the signature by the key of cert over a
// digest. weak names what about the key is no longer safe.
func (s scheme) verify(cert *x509.Certificate, digest, value []byte) (weak string, err error) {
	switch key := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		bits := key.N.BitLen()
		if s.name == "ecdsa" || bits < minRSA {
			return "", undecided(text.CauseAlgorithm, fmt.Sprintf("RSA %d", bits))
		}
		if s.name == "pss" {
			err = rsa.VerifyPSS(key, s.hash, digest, value, nil)
		} else {
			err = rsa.VerifyPKCS1v15(key, s.hash, digest, value)
		}
		if bits < safeRSA {
			weak = fmt.Sprintf("RSA %d", bits)
		}
		switch {
		case errors.Is(err, rsa.ErrVerification):
			return "", errMismatch
		case err != nil:
			return "", undecided(text.CauseAlgorithm, "RSA")
		}
		return weak, nil
	case *ecdsa.PublicKey:
		if s.name != "ecdsa" {
			return "", undecided(text.CauseAlgorithm, "ECDSA")
		}
		// The value is r and s, each as long as the field (RFC 6931, 2.3.6).
		half := (key.Curve.Params().BitSize + 7) / 8
		if len(value) != 2*half {
			return "", errMismatch
		}
		if !ecdsa.Verify(key, digest, new(big.Int).SetBytes(value[:half]), new(big.Int).SetBytes(value[half:])) {
			return "", errMismatch
		}
		return "", nil
	}
	return "", undecided(text.CauseAlgorithm, cert.PublicKeyAlgorithm.String())
}

// base64Of decodes the characters of e, which may be broken into lines.
func base64Of(e *etree.Element) ([]byte, error) {
	if e == nil || len(e.ChildElements()) > 0 {
		return nil, errors.New("no value")
	}
	return base64.StdEncoding.DecodeString(strings.Join(strings.Fields(content(e)), ""))
}

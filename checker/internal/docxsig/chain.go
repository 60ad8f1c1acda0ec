package docxsig

import (
	"bytes"
	"crypto/x509"
	"crypto/x509/pkix"
	"time"

	"dasheval/checker/text"
)

// checkSigner compares the signer with the certificate that was signed along
// (XAdES 1.3.2, 7.2.2), if one was: another certificate of the same key can be
// put in later.
func (s *signature) checkSigner() error {
	for _, props := range s.properties() {
		for _, kind := range []string{"SigningCertificate", "SigningCertificateV2"} {
			certs := descend(props, nsXAdES, kind)
			if certs == nil {
				continue
			}
			found := false
			for _, cert := range children(certs, nsXAdES, "Cert") {
				e := descend(cert, nsXAdES, "CertDigest")
				if e == nil {
					return undecided(text.CauseFormat, kind)
				}
				method, value := descend(e, nsSig, "DigestMethod"), descend(e, nsSig, "DigestValue")
				if method == nil {
					return undecided(text.CauseFormat, kind)
				}
				hash, err := digestOf(method)
				if err != nil {
					return err
				}
				want, err := base64Of(value)
				h := hash.New() // that it is weak does not weaken the signature
				h.Write(s.signer.Raw)
				found = found || err == nil && bytes.Equal(h.Sum(nil), want)
			}
			if !found {
				return altered(text.CauseSigner, kind)
			}
		}
	}
	return nil
}

// checkChain looks for a way from the signer to a root of the user's.
func checkChain(signer *x509.Certificate, others []*x509.Certificate, trust Trust) error {
	opts := x509.VerifyOptions{
		Roots:         x509.NewCertPool(), // nil would mean those of the system
		Intermediates: x509.NewCertPool(),
		KeyUsages:     []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	}
	for _, c := range trust.Roots {
		opts.Roots.AddCert(c)
	}
	for _, c := range others {
		opts.Intermediates.AddCert(c)
	}
	leads := func(at time.Time) bool {
		opts.CurrentTime = at
		_, err := signer.Verify(opts)
		return err == nil
	}
	switch {
	case leads(trust.Now):
		return nil
	// There is a way, but not now.
	case leads(signer.NotAfter), leads(signer.NotBefore):
		from, to := signer.NotBefore.UTC(), signer.NotAfter.UTC()
		return untrusted(text.CauseExpired, from.Format(time.DateOnly)+"/"+to.Format(time.DateOnly))
	case bytes.Equal(signer.RawSubject, signer.RawIssuer):
		return untrusted(text.CauseSelf, "")
	}
	return untrusted(text.CauseIssuer, "")
}

// name returns the common name, or else the organisation.
func name(n pkix.Name) string {
	if n.CommonName == "" && len(n.Organization) > 0 {
		return n.Organization[0]
	}
	return n.CommonName
}

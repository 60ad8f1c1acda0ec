package pdfsig

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"time"

	"golang.org/x/crypto/ocsp"

	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

// Bounds on what a file brings along to judge certificates with.
const (
	maxEvidence      = 500      // certificates, lists and answers of each kind
	maxEvidenceBytes = 16 << 20 // of them all, unpacked
	maxAnswer        = 10 << 10 // bytes; most have two or three thousand
	maxAnswers       = 50
)

// addStore takes what the document security store of a file holds, ISO 32000-2,
// 12.8.4.3. What cannot be read counts as absent.
func (k *keyring) addStore(r *native.Revision) {
	store := r.Dict(r.Dict(r.Trailer().Value("Root")).Value("DSS"))
	for _, kind := range []struct {
		key string
		add func([]byte)
	}{{"Certs", k.addCertificate}, {"CRLs", k.addList}, {"OCSPs", k.addAnswer}} {
		list, _ := r.Get(store.Value(kind.key)).(native.Array)
		for _, v := range list[:min(len(list), maxEvidence)] {
			s, ok := r.Get(v).(*native.Stream)
			if !ok {
				continue
			}
			if raw, err := r.Unpack(s, k.left); err == nil {
				kind.add(raw)
			}
		}
	}
}

func (k *keyring) addCertificate(raw []byte) {
	if k.left -= len(raw); k.left < 0 {
		return
	}
	if c, err := x509.ParseCertificate(raw); err == nil && usable(c) {
		k.certificates = append(k.certificates, c)
	}
}

func (k *keyring) addList(raw []byte) {
	if k.left -= len(raw); k.left < 0 {
		return
	}
	if l, err := x509.ParseRevocationList(raw); err == nil {
		k.lists = append(k.lists, l)
	}
}

// addAnswer takes the answer of a responder. Long ones could hold keys that
// take long, and the library that reads them does not say which key it is.
func (k *keyring) addAnswer(raw []byte) {
	if len(raw) <= maxAnswer && len(k.answers) < maxAnswers {
		k.answers = append(k.answers, raw)
	}
}

// addMessage takes what the signer put into the message itself.
func (k *keyring) addMessage(m *message) {
	for _, value := range find(m.signed, idAdobeRevocation) {
		var archive struct {
			Lists   []asn1.RawValue `asn1:"explicit,optional,tag:0"`
			Answers []asn1.RawValue `asn1:"explicit,optional,tag:1"`
		}
		if _, err := asn1.Unmarshal(value, &archive); err != nil {
			continue
		}
		for _, l := range archive.Lists[:min(len(archive.Lists), maxEvidence)] {
			k.addList(l.FullBytes)
		}
		for _, a := range archive.Answers[:min(len(archive.Answers), maxEvidence)] {
			k.addAnswer(a.FullBytes)
		}
	}
}

// revoked reports whether the issuer of a certificate of the chain took it
// back, as far as the file itself tells.
func (k *keyring) revoked(chain []*x509.Certificate, at moment) *fault {
	for i := range len(chain) - 1 {
		if since, ok := k.revocation(chain[i], chain[i+1]); ok && (!at.proven || !since.After(at.Time)) {
			return untrusted(text.CauseRevoked, since.UTC().Format(time.DateOnly))
		}
	}
	return nil
}

// revocation returns since when a certificate is revoked.
func (k *keyring) revocation(c, issuer *x509.Certificate) (since time.Time, ok bool) {
	for _, l := range k.lists {
		if !bytes.Equal(l.RawIssuer, issuer.RawSubject) {
			continue
		}
		for _, e := range l.RevokedCertificateEntries {
			if e.SerialNumber.Cmp(c.SerialNumber) == 0 && l.CheckSignatureFrom(issuer) == nil {
				return e.RevocationTime, true
			}
		}
	}
	for _, raw := range k.answers {
		if a, err := ocsp.ParseResponseForCert(raw, c, issuer); err == nil && a.Status == ocsp.Revoked {
			return a.RevokedAt, true
		}
	}
	return time.Time{}, false
}

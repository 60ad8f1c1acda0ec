package pdfsig_test

import (
	"crypto"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"testing"
	"time"

	"github.com/smallstep/pkcs7"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/ocsp"

	"dasheval/checker/internal/pdfsig"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

// stamping is a document timestamp of a time.
func (l *lab) stamping(at time.Time) signing {
	return signing{by: l.clock.token(at), filter: "ETSI.RFC3161", name: "Waktu", rect: "0 0 0 0"}
}

// old is a signer whose certificate was valid in 2021 only.
func (l *lab) old() *identity {
	return l.root.issue("Lama Contoh", ecKey(l.t), func(c *x509.Certificate) { c.NotBefore, c.NotAfter = year(2021), year(2022) })
}

var in2021 = year(2021).AddDate(0, 6, 0)

// revocationList is one of an authority that revokes a certificate at a time.
func revocationList(t testing.TB, by, of *identity, at time.Time) []byte {
	raw, err := x509.CreateRevocationList(rand.Reader, &x509.RevocationList{
		Number: big.NewInt(1), ThisUpdate: at, NextUpdate: at.AddDate(1, 0, 0),
		RevokedCertificateEntries: []x509.RevocationListEntry{{SerialNumber: of.cert.SerialNumber, RevocationTime: at}},
	}, by.cert, by.key)
	require.NoError(t, err)
	return raw
}

// store adds revocation data to a file.
func store(f *file, kind string, raw []byte) *file {
	n := f.addStream("", string(raw))
	return f.edit(catalog, "/Pages", "/DSS << /"+kind+" ["+testpdf.Ref(n)+"] >> /Pages").update()
}

func TestTrust(t *testing.T) {
	by := func(s func(l *lab) *identity, edit ...option) func(l *lab) *file {
		return func(l *lab) *file { return newFile(l.t).sign(signing{by: s(l).cms(edit...)}) }
	}
	run(t, []signatureCase{
		{"trusted", by(func(l *lab) *identity { return l.signer }), []string{"valid"}},
		{"unknown issuer", by(func(l *lab) *identity {
			return newIdentity(l.t, "Lain", ecKey(l.t)).issue("Siti", ecKey(l.t), nil)
		}), []string{"valid_untrusted issuer Lain"}},
		{"issuer of the same name", by(func(l *lab) *identity {
			return newIdentity(l.t, "Root Contoh", ecKey(l.t)).issue("Siti", ecKey(l.t), nil)
		}), []string{"valid_untrusted issuer Root Contoh"}},
		{"self-signed", by(func(l *lab) *identity { return newIdentity(l.t, "Sendiri", ecKey(l.t)) }), []string{"valid_untrusted self"}},
		{"critical extension that is not known", by(func(l *lab) *identity {
			return l.root.issue("Siti", ecKey(l.t), func(c *x509.Certificate) {
				c.ExtraExtensions = []pkix.Extension{{Id: asn1.ObjectIdentifier{1, 2, 3}, Critical: true, Value: []byte{5, 0}}}
			})
		}), []string{"unknown algorithm extension"}},
		{"expired", by((*lab).old), []string{"valid_untrusted expired 2022-01-01"}},
		{"expired, of an unknown issuer", by(func(l *lab) *identity {
			return newIdentity(l.t, "Lain", ecKey(l.t)).issue("Siti", ecKey(l.t), func(c *x509.Certificate) { c.NotAfter = today.AddDate(0, -1, 0) })
		}), []string{"valid_untrusted issuer Lain"}},
		{"expired, stamped in time", func(l *lab) *file {
			return newFile(l.t).sign(signing{by: l.old().cms(stampedBy(l.t, l.clock.token(in2021)))})
		}, []string{"valid"}},
		{"expired, stamped too late", func(l *lab) *file {
			return newFile(l.t).sign(signing{by: l.old().cms(stampedBy(l.t, l.clock.token(today)))})
		}, []string{"valid_untrusted expired 2022-01-01"}},
		{"expired, stamped by a stranger", func(l *lab) *file {
			stranger := newIdentity(l.t, "Lain", ecKey(l.t)).issue("Waktu", ecKey(l.t), func(c *x509.Certificate) {
				c.NotBefore, c.ExtKeyUsage = year(2020), []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
			})
			return newFile(l.t).sign(signing{by: l.old().cms(stampedBy(l.t, stranger.token(in2021)))})
		}, []string{"valid_untrusted expired 2022-01-01"}},
		{"expired, stamped by one who may not", func(l *lab) *file {
			other := l.root.issue("Waktu", ecKey(l.t), func(c *x509.Certificate) { c.NotBefore = year(2020) })
			return newFile(l.t).sign(signing{by: l.old().cms(stampedBy(l.t, other.token(in2021)))})
		}, []string{"valid_untrusted expired 2022-01-01"}},
		{"expired, with the stamp of another signature", func(l *lab) *file {
			foreign := func([]byte) []byte { return l.clock.token(in2021)([]byte("another")) }
			return newFile(l.t).sign(signing{by: l.old().cms(stampedBy(l.t, foreign))})
		}, []string{"valid_untrusted expired 2022-01-01"}},
		{"expired, file stamped in time", func(l *lab) *file {
			return newFile(l.t).sign(signing{by: l.old().cms()}).sign(l.stamping(in2021))
		}, []string{"valid later", "valid"}},
		{"expired, file stamped before", func(l *lab) *file {
			return newFile(l.t).sign(l.stamping(in2021)).sign(signing{by: l.old().cms()})
		}, []string{"valid later", "valid_untrusted expired 2022-01-01"}},
		{"file stamp changed", func(l *lab) *file {
			return newFile(l.t).sign(l.stamping(today)).swap("100.000", "900.000")
		}, []string{"altered digest"}},
		{"file stamp that is none", func(l *lab) *file {
			s := l.stamping(today)
			s.by = l.signer.cms()
			return newFile(l.t).sign(s)
		}, []string{"broken contents timestamp"}},
		{"file stamp of other content", func(l *lab) *file {
			s := l.stamping(today)
			s.by = l.clock.signInside(l.clock.stampOf(today), pkcs7.OIDData)
			return newFile(l.t).sign(s)
		}, []string{"broken contents timestamp"}},
		{"file stamp by another key", func(l *lab) *file {
			s := l.stamping(today)
			other := *l.clock
			other.key = ecKey(l.t)
			s.by = other.token(today)
			return newFile(l.t).sign(s)
		}, []string{"altered digest"}},
		{"revoked", func(l *lab) *file {
			return store(l.signed(), "CRLs", revocationList(l.t, l.signer.parent, l.signer, today))
		}, []string{"valid_untrusted revoked 2026-06-15"}},
		{"revoked later, not stamped", func(l *lab) *file {
			return store(l.signed(), "CRLs", revocationList(l.t, l.signer.parent, l.signer, today.AddDate(0, 1, 0)))
		}, []string{"valid_untrusted revoked 2026-07-15"}},
		{"issuer revoked", func(l *lab) *file {
			return store(l.signed(), "CRLs", revocationList(l.t, l.root, l.signer.parent, today))
		}, []string{"valid_untrusted revoked 2026-06-15"}},
		{"revoked by a stranger", func(l *lab) *file {
			stranger := newIdentity(l.t, "CA Contoh", ecKey(l.t))
			return store(l.signed(), "CRLs", revocationList(l.t, stranger, l.signer, today))
		}, []string{"valid later"}},
		{"revoked after the stamp", func(l *lab) *file {
			f := newFile(l.t).sign(signing{by: l.signer.cms(stampedBy(l.t, l.clock.token(today.AddDate(0, 0, -1))))})
			return store(f, "CRLs", revocationList(l.t, l.signer.parent, l.signer, today))
		}, []string{"valid later"}},
		{"revoked before the stamp", func(l *lab) *file {
			f := newFile(l.t).sign(signing{by: l.signer.cms(stampedBy(l.t, l.clock.token(today.AddDate(0, 0, 1))))})
			return store(f, "CRLs", revocationList(l.t, l.signer.parent, l.signer, today))
		}, []string{"valid_untrusted revoked 2026-06-15"}},
		{"revoked, as a responder says", func(l *lab) *file {
			raw, err := ocsp.CreateResponse(l.signer.parent.cert, l.signer.parent.cert, ocsp.Response{
				Status: ocsp.Revoked, SerialNumber: l.signer.cert.SerialNumber, RevokedAt: today, ThisUpdate: today, IssuerHash: crypto.SHA1,
			}, l.signer.parent.key)
			require.NoError(l.t, err)
			return store(l.signed(), "OCSPs", raw)
		}, []string{"valid_untrusted revoked 2026-06-15"}},
		{"revoked, as the message says", func(l *lab) *file {
			list := revocationList(l.t, l.signer.parent, l.signer, today)
			archive := struct {
				Lists []asn1.RawValue `asn1:"explicit,tag:0"`
			}{[]asn1.RawValue{{FullBytes: list}}}
			return newFile(l.t).sign(signing{by: l.signer.attributed(pkcs7.OIDDigestAlgorithmSHA256, []pkcs7.Attribute{
				{Type: asn1.ObjectIdentifier{1, 2, 840, 113583, 1, 1, 8}, Value: archive},
			})})
		}, []string{"valid_untrusted revoked 2026-06-15"}},
	})
}

func TestTimes(t *testing.T) {
	l := newLab(t)
	f := newFile(t).sign(signing{by: l.signer.cms(stampedBy(t, l.clock.token(today)))})
	got := pdfsig.Verify(t.Context(), f.sign(l.stamping(today.AddDate(0, 1, 0))).data, l.trust())
	require.Len(t, got, 2)
	assert.Equal(t, []any{today, text.TimeStamped, false}, []any{got[0].Time, got[0].TimeSource, got[0].Stamp})
	assert.Equal(t, []any{today.AddDate(0, 1, 0), text.TimeStamped, true}, []any{got[1].Time, got[1].TimeSource, got[1].Stamp})
	assert.Equal(t, "Waktu Contoh", got[1].Signer)

	// Without roots, a stamp is the word of anybody.
	got = pdfsig.Verify(t.Context(), f.data, pdfsig.Trust{Now: today})
	require.Len(t, got, 2)
	for _, s := range got {
		assert.Equal(t, text.ValidUntrusted, s.State)
		assert.Equal(t, text.TimeClaimed, s.TimeSource)
	}
	assert.Equal(t, today.AddDate(0, 1, 0), got[1].Time)
}

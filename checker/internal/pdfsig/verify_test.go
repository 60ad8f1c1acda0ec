package pdfsig_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"fmt"
	"math/big"
	"testing"

	"github.com/smallstep/pkcs7"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/pdfsig"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/text"
)

// A lab has what tests sign with.
type lab struct {
	t      testing.TB
	root   *identity
	signer *identity
	clock  *identity // timestamp authority
}

func newLab(t testing.TB) *lab {
	root := newIdentity(t, "Root Contoh", ecKey(t))
	between := root.issue("CA Contoh", ecKey(t), func(c *x509.Certificate) {
		c.IsCA, c.BasicConstraintsValid, c.KeyUsage = true, true, x509.KeyUsageCertSign|x509.KeyUsageCRLSign
	})
	return &lab{
		t: t, root: root,
		signer: between.issue("Siti Contoh", ecKey(t), nil),
		clock: root.issue("Waktu Contoh", ecKey(t), func(c *x509.Certificate) {
			c.NotBefore, c.ExtKeyUsage = year(2020), []x509.ExtKeyUsage{x509.ExtKeyUsageTimeStamping}
		}),
	}
}

// signed is a file with one signature.
func (l *lab) signed() *file { return newFile(l.t).sign(signing{by: l.signer.cms()}) }

func (l *lab) trust() pdfsig.Trust {
	return pdfsig.Trust{Roots: []*x509.Certificate{l.root.cert}, Now: today}
}

// verdicts returns state, cause and detail of each signature.
func (l *lab) verdicts(f *file) []string {
	out := []string{}
	for _, s := range pdfsig.Verify(l.t.Context(), f.data, l.trust()) {
		out = append(out, verdict(s))
	}
	return out
}

func verdict(s text.Signature) string {
	out := string(s.State)
	for _, word := range []string{string(s.Cause), s.Detail} {
		if word != "" {
			out += " " + word
		}
	}
	return out
}

// A signatureCase is a file and the verdicts on its signatures.
type signatureCase struct {
	name string
	file func(l *lab) *file
	want []string
}

func run(t *testing.T, cases []signatureCase) {
	l := newLab(t)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, l.verdicts(c.file(l))) })
	}
}

func TestMessages(t *testing.T) {
	by := func(m func(l *lab) method) func(l *lab) *file {
		return func(l *lab) *file { return newFile(l.t).sign(signing{by: m(l)}) }
	}
	essV2 := func(cert *x509.Certificate) []pkcs7.Attribute {
		type id struct{ Hash []byte }
		return []pkcs7.Attribute{{
			Type:  asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 9, 16, 2, 47},
			Value: struct{ Certificates []id }{[]id{{sha256sum(cert.Raw)}}},
		}}
	}
	run(t, []signatureCase{
		{"ecdsa", by(func(l *lab) method { return l.signer.cms() }), []string{"valid"}},
		{"rsa", by(func(l *lab) method { return l.root.issue("R", rsaKey(l.t), nil).cms() }), []string{"valid"}},
		{"rsa of 1024 bits", by(func(l *lab) method {
			key, err := rsa.GenerateKey(rand.Reader, 1024)
			require.NoError(l.t, err)
			return l.root.issue("R", key, nil).cms()
		}), []string{"valid weak RSA-1024"}},
		{"rsa-pss", by(func(l *lab) method { return l.root.issue("P", rsaKey(l.t), nil).pss(pkcs7.OIDDigestAlgorithmSHA256) }), []string{"valid"}},
		{"rsa-pss with two digests", by(func(l *lab) method { return l.root.issue("P", rsaKey(l.t), nil).pss(pkcs7.OIDDigestAlgorithmSHA1) }),
			[]string{"unknown algorithm 1.2.840.113549.1.1.10"}},
		{"ed25519", by(func(l *lab) method { return l.root.issue("E", edKey(l.t), nil).ed25519() }), []string{"valid"}},
		{"indefinite lengths", by(func(l *lab) method { return indefinite(l.signer.cms()) }), []string{"valid"}},
		{"sha-1", by(func(l *lab) method { return l.signer.attributed(pkcs7.OIDDigestAlgorithmSHA1, nil) }), []string{"valid weak SHA-1"}},
		{"sha-1 of the file only", by(func(l *lab) method {
			i := l.root.issue("R", rsaKey(l.t), nil)
			return i.attributed(pkcs7.OIDDigestAlgorithmSHA1, nil, resigned(l.t,
				pkix.AlgorithmIdentifier{Algorithm: pkcs7.OIDEncryptionAlgorithmRSASHA256},
				func(attributes []byte) ([]byte, error) {
					return i.key.Sign(rand.Reader, sha256sum(attributes), crypto.SHA256)
				}))
		}), []string{"valid weak SHA-1"}},
		{"sha-512", by(func(l *lab) method { return l.signer.attributed(pkcs7.OIDDigestAlgorithmSHA512, nil) }), []string{"valid"}},
		{"signer named", by(func(l *lab) method {
			return l.signer.attributed(pkcs7.OIDDigestAlgorithmSHA256, essV2(l.signer.cert))
		}), []string{"valid"}},
		{"another signer named", by(func(l *lab) method {
			return l.signer.attributed(pkcs7.OIDDigestAlgorithmSHA256, essV2(l.root.cert))
		}), []string{"altered signer"}},
		{"two signers", by(func(l *lab) method {
			return l.signer.cms(func(d *pkcs7.SignedData) {
				all := d.GetSignedData()
				all.SignerInfos = append(all.SignerInfos, all.SignerInfos[0])
			})
		}), []string{"broken contents signers"}},
		{"signature of something else", by(func(l *lab) method {
			return func([]byte) []byte { return l.signer.cms()([]byte("another file")) }
		}), []string{"altered digest"}},
		{"signature by another key", by(func(l *lab) method {
			other := *l.signer
			other.key = ecKey(l.t)
			return l.signer.cms(func(d *pkcs7.SignedData) {
				s := &d.GetSignedData().SignerInfos[0]
				resigned(l.t, s.DigestEncryptionAlgorithm, func(attributes []byte) ([]byte, error) {
					return other.key.Sign(rand.Reader, sha256sum(attributes), crypto.SHA256)
				})(d)
			})
		}), []string{"altered digest"}},
		{"unknown method", by(func(l *lab) method {
			return l.signer.cms(func(d *pkcs7.SignedData) {
				d.GetSignedData().SignerInfos[0].DigestEncryptionAlgorithm.Algorithm = asn1.ObjectIdentifier{1, 2, 3, 4}
			})
		}), []string{"unknown algorithm 1.2.3.4"}},
		{"method of another kind of key", by(func(l *lab) method {
			return l.signer.cms(func(d *pkcs7.SignedData) {
				d.GetSignedData().SignerInfos[0].DigestEncryptionAlgorithm.Algorithm = pkcs7.OIDEncryptionAlgorithmRSASHA256
			})
		}), []string{"unknown algorithm 1.2.840.113549.1.1.11"}},
		{"unknown digest", by(func(l *lab) method {
			return l.signer.cms(func(d *pkcs7.SignedData) {
				d.GetSignedData().SignerInfos[0].DigestAlgorithm.Algorithm = asn1.ObjectIdentifier{1, 2, 840, 113549, 2, 5}
			})
		}), []string{"unknown algorithm 1.2.840.113549.2.5"}},
		{"certificate that cannot be read", by(func(l *lab) method {
			return l.signer.cms(func(d *pkcs7.SignedData) { d.AddCertificate(&x509.Certificate{Raw: []byte{0x30, 0}}) })
		}), []string{"unknown algorithm certificate"}},
		{"certificate elsewhere in the file", func(l *lab) *file {
			bare := &identity{t: l.t, cert: l.signer.cert, key: l.signer.key}
			f := newFile(l.t).sign(signing{by: bare.cms(func(d *pkcs7.SignedData) {
				certificates := &d.GetSignedData().Certificates
				certificates.Raw = nil
			})})
			a, b := f.addStream("", string(l.signer.cert.Raw)), f.addStream("", string(l.signer.parent.cert.Raw))
			return f.edit(catalog, "/Pages", fmt.Sprintf("/DSS << /Certs [%d 0 R %d 0 R] >> /Pages", a, b)).update()
		}, []string{"valid later"}},
		{"key that takes long", by(func(l *lab) method {
			return l.signer.cms(func(d *pkcs7.SignedData) {
				long := &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), 20_000), E: 65537}
				d.AddCertificate(certify(l.t, "Lama", long, l.root.cert, l.root.key, nil))
			})
		}), []string{"unknown limit key"}},
		{"certificate missing", by(func(l *lab) method {
			return l.signer.cms(func(d *pkcs7.SignedData) {
				d.GetSignedData().SignerInfos[0].IssuerAndSerialNumber.SerialNumber = big.NewInt(99)
			})
		}), []string{"unknown signer certificate"}},
		{"no CMS", by(func(*lab) method { return func([]byte) []byte { return []byte("not a signature") } }), []string{"broken contents encoding"}},
		{"other CMS", by(func(*lab) method {
			return func([]byte) []byte { return []byte{0x30, 3, 6, 1, 42} }
		}), []string{"broken contents type"}},
		{"more after the CMS", by(func(l *lab) method {
			return func(signed []byte) []byte { return append(l.signer.cms()(signed), 7) }
		}), []string{"broken contents padding"}},
		{"nested too deep", by(func(*lab) method {
			return func([]byte) []byte {
				deep := []byte{0x30, 0}
				for range 50 {
					deep, _ = asn1.Marshal(asn1.RawValue{Tag: asn1.TagSequence, IsCompound: true, Bytes: deep})
				}
				return deep
			}
		}), []string{"broken contents encoding"}},
		{"raw RSA", func(l *lab) *file {
			return newFile(l.t).sign(signing{by: l.signer.cms(), filter: "adbe.x509.rsa_sha1"})
		}, []string{"unknown algorithm adbe.x509.rsa_sha1"}},
		{"digest inside", func(l *lab) *file {
			return newFile(l.t).sign(signing{filter: "adbe.pkcs7.sha1", by: l.signer.digestInside()})
		}, []string{"valid weak SHA-1"}},
		{"digest inside of something else", func(l *lab) *file {
			return newFile(l.t).sign(signing{filter: "adbe.pkcs7.sha1", by: l.signer.digestInside()}).swap("100.000", "900.000")
		}, []string{"altered digest"}},
	})
}

func TestResult(t *testing.T) {
	l := newLab(t)
	f := newFile(t).sign(signing{
		by: l.signer.cms(), page: page2, name: `\376\377\000K\000e`, more: "/Reason (Atas nama Kepala Dinas) /M (D:20260615120000+07'00')",
	})
	f.sign(signing{by: l.signer.cms(), name: "Paraf", rect: "0 0 0 0"})
	got := pdfsig.Verify(t.Context(), f.data, l.trust())
	require.Len(t, got, 2)
	assert.WithinDuration(t, now(), got[0].Time, minutes)
	got[0].Time = today
	assert.Equal(t, text.Signature{
		State: text.Valid, Cause: text.CauseLater, Signer: "Siti Contoh", Issuer: "CA Contoh", Reason: "Atas nama Kepala Dinas",
		Time: today, TimeSource: text.TimeClaimed,
		// The page is 600 x 800 points and turned clockwise.
		Field: "Ke", Page: 2, Box: text.Box{X0: 100, Y0: 300, X1: 150, Y1: 500}, Revision: 1, Revisions: 2,
	}, got[0])
	assert.Equal(t, "Paraf", got[1].Field)
	assert.Equal(t, 1, got[1].Page)
	assert.Equal(t, text.Box{}, got[1].Box)
	assert.Equal(t, 2, got[1].Revision)
	assert.Equal(t, text.CauseNone, got[1].Cause)
}

// Signed bytes are those of the file, encrypted as they are; of strings, nothing
// is told.
func TestEncrypted(t *testing.T) {
	l := newLab(t)
	f := newFile(t)
	f.trailer = "/Encrypt << /Filter /Standard /V 4 >>"
	f.update().sign(signing{by: l.signer.cms(), name: "x7f", more: "/Reason (a9b1)"})
	f.edit(filled, "/T", "/V (c3) /T").update()
	got := pdfsig.Verify(t.Context(), f.data, l.trust())
	require.Len(t, got, 1)
	assert.Equal(t, "valid later", verdict(got[0]))
	assert.Equal(t, []string{"", ""}, []string{got[0].Field, got[0].Reason})
	assert.Equal(t, 1, got[0].Page)

	f.trailer = ""
	assert.Equal(t, []string{"altered pages catalog"}, l.verdicts(f.put(filled, f.objects[filled]).update()))
}

func TestNoSignatures(t *testing.T) {
	l := newLab(t)
	empty := newFile(t)
	n := empty.add("<< /Type /Annot /Subtype /Widget /FT /Sig /T (Kepala) /Rect [300 100 500 150] >>")
	empty.edit(form, "[", fmt.Sprintf("[%d 0 R ", n)).edit(page1, "/Annots [", fmt.Sprintf("/Annots [%d 0 R ", n)).update()
	for name, f := range map[string]*file{
		"unsigned":          newFile(t),
		"empty field":       empty,
		"filled field":      newFile(t).edit(filled, "/T", "/V (isi) /T").update(),
		"no file":           {},
		"no PDF":            {data: []byte("ByteRange")},
		"words in a stream": newFile(t).put(content1, "<< /Length 49 >>\nstream\n12 0 obj << /Type /Sig /ByteRange [0 1 2 3] >> \nendstream").update(),
		"usage rights":      newFile(t).unlocked(),
		"words only":        newFile(t).append("% /ByteRange [0 1 2 3] /Contents <00>\n"),
	} {
		assert.Empty(t, pdfsig.Verify(t.Context(), f.data, l.trust()), name)
	}
}

// unlocked is a file with the signature that unlocks functions of Adobe Reader.
func (f *file) unlocked() *file {
	n := f.add("<< /Type /Sig /ByteRange [0 1 2 3] /Contents <00> /Reference [<< /TransformMethod /UR3 >>] >>")
	return f.edit(catalog, "/Pages", "/Perms << /UR3 "+testpdf.Ref(n)+" >> /Pages").update()
}

func TestLimits(t *testing.T) {
	l := newLab(t)
	f := l.signed()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	got := pdfsig.Verify(ctx, f.data, l.trust())
	require.Len(t, got, 1)
	assert.Equal(t, "unknown limit time", verdict(got[0]))

	f.data = append([]byte("junk\n"), f.data...)
	assert.Equal(t, []string{"unknown format header"}, l.verdicts(f))

	many := newFile(t)
	for range 300 {
		many.sign(signing{})
	}
	assert.Len(t, l.verdicts(many), 201)
	assert.Contains(t, l.verdicts(many), "unknown limit signatures")
}

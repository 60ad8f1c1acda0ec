package docxsig_test

import (
	"context"
	"crypto"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/docxsig"
	"dasheval/checker/text"
)

const sig1 = "_xmlsignatures/sig1.xml"

// A want is what a signature is judged.
type want struct {
	state  text.Judgement
	cause  text.Cause
	detail string
}

func judge(t *testing.T, p parts) []want {
	t.Helper()
	var out []want
	for _, sig := range docxsig.Verify(t.Context(), p.pack(t), trust()).Signatures {
		out = append(out, want{sig.State, sig.Cause, sig.Detail})
	}
	return out
}

func TestSeveral(t *testing.T) {
	p := document()
	p.sign(t, "sig10.xml", spec{by: people().stranger, comments: "ketiga", xades: true})
	p.sign(t, "sig2.xml", spec{by: people().p521, cover: []string{"word/document.xml"}, hash: crypto.SHA384})
	p.sign(t, "sig1.xml", spec{by: people().rsa, setup: "{A}", comments: "pertama", xades: true, object: func(s string) string {
		return strings.ReplaceAll(s, "mdssi:SignatureTime", "mdssi:OtherTime")
	}})
	p["_xmlsignatures/other.xml"] = "<other/>"
	p["_xmlsignatures/sig3.xml"] = p["_xmlsignatures/sig2.xml"]
	assert.Equal(t, []text.Signature{
		{
			State: text.Valid, Signer: "Ratna Contoh", Issuer: "Test Authority", Reason: "pertama", Field: "{A}",
			Time: time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC), TimeSource: text.TimeClaimed,
		},
		{
			State: text.Undecided, Cause: text.CauseCovered, Detail: "word/header1.xml, word/media/image1.png, word/styles.xml",
			Signer: "Lima Contoh", Issuer: "Test Authority", Reason: "Teks",
			Time: time.Date(2026, 1, 12, 3, 0, 0, 0, time.UTC), TimeSource: text.TimeClaimed,
		},
		{State: text.Broken, Cause: text.CauseFormat, Detail: "_xmlsignatures/sig3.xml"},
		{
			State: text.ValidUntrusted, Cause: text.CauseIssuer, Signer: "Asing Contoh", Issuer: "Other Root", Reason: "ketiga",
			Time: time.Date(2026, 1, 12, 3, 0, 0, 0, time.UTC), TimeSource: text.TimeClaimed,
		},
	}, docxsig.Verify(t.Context(), p.pack(t), trust()).Signatures)
}

// TestTrust has roots other than those of the user.
func TestTrust(t *testing.T) {
	p := document()
	p.sign(t, "sig1.xml", spec{by: people().self})
	p.sign(t, "sig2.xml", spec{})
	data := p.pack(t)
	causes := func(trust docxsig.Trust) (out []text.Cause) {
		for _, sig := range docxsig.Verify(t.Context(), data, trust).Signatures {
			out = append(out, sig.Cause)
		}
		return out
	}
	assert.Equal(t, []text.Cause{text.CauseSelf, text.CauseIssuer}, causes(docxsig.Trust{Now: now}), "no roots")
	assert.Equal(t, []text.Cause{text.CauseNone, text.CauseIssuer}, causes(docxsig.Trust{Roots: people().self.certs, Now: now}), "the signer is a root")
	later := trust()
	later.Now = now.AddDate(10, 0, 0)
	assert.Equal(t, []text.Cause{text.CauseSelf, text.CauseExpired}, causes(later), "ten years later")
}

func TestLimits(t *testing.T) {
	p := document()
	for i := range 70 {
		p.sign(t, "sig"+string(rune('A'+i/26))+string(rune('a'+i%26))+".xml", spec{})
	}
	got := docxsig.Verify(t.Context(), p.pack(t), trust()).Signatures
	require.Len(t, got, 65)
	assert.Equal(t, text.Valid, got[63].State)
	assert.Equal(t, text.CauseLimit, got[64].Cause)
	assert.Equal(t, text.Undecided, got[64].State)
}

// TestCancelled has a run that ended: nothing is said of what was not read.
func TestCancelled(t *testing.T) {
	p := document()
	p.sign(t, "sig1.xml", spec{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	assert.Equal(t, docxsig.Result{Signatures: []text.Signature{
		{State: text.Undecided, Cause: text.CauseLimit, Detail: context.Canceled.Error()},
	}}, docxsig.Verify(ctx, p.pack(t), trust()))
}

func TestNothing(t *testing.T) {
	for name, data := range map[string][]byte{"empty": nil, "no zip": []byte("PK"), "unsigned": document().pack(t), "no parts": parts{}.pack(t)} {
		assert.Equal(t, docxsig.Result{}, docxsig.Verify(t.Context(), data, trust()), name)
	}
}

func BenchmarkVerify(b *testing.B) {
	for name, sign := range map[string]bool{"signed": true, "unsigned": false} {
		b.Run(name, func(b *testing.B) {
			p := document()
			if sign {
				p.sign(b, "sig1.xml", spec{by: people().rsa, xades: true})
			}
			data := p.pack(b)
			b.ReportAllocs()
			for b.Loop() {
				docxsig.Verify(b.Context(), data, trust())
			}
		})
	}
}

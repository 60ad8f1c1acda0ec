package docxsig

import (
	"context"
	"crypto/x509"
	"time"

	"dasheval/checker/text"
)

// Trust says which certificates count.
type Trust struct {
	Roots []*x509.Certificate // the user's; empty means that none is trusted
	Now   time.Time           // when certificates have to be valid; zero means now
}

// A Result is what a document says of its signatures.
type Result struct {
	// Signatures are the package signatures in the order of their part names.
	Signatures []text.Signature
	// Lines are the signature lines of the main part in its order.
	Lines []Line
}

// maxSignatures is how many signatures are judged. The rest share one
// undecided entry.
const maxSignatures = 64

// Verify judges all package signatures of the document in data. Without a
// signature, or if data is no package, the result is empty: what is wrong with
// the package is for its reader to say. A part in _xmlsignatures that holds a
// signature and that no relationship leads to is broken, since no program would
// find it; one that holds something else is ignored.
//
// When ctx is done or a limit is reached, what is left is undecided. Times are
// claims of the signer, see [text.TimeClaimed].
func Verify(ctx context.Context, data []byte, trust Trust) (res Result) {
	defer func() {
		if recover() != nil {
			res = Result{Signatures: []text.Signature{judged(undecided(text.CauseFormat, "panic"))}}
		}
	}()
	return verify(ctx, data, trust)
}

func verify(ctx context.Context, data []byte, trust Trust) Result {
	p, err := newPack(data)
	if err != nil {
		return Result{}
	}
	var res Result
	for i, part := range p.signatureParts(ctx) {
		if i == maxSignatures {
			res.Signatures = append(res.Signatures, judged(undecided(text.CauseLimit, part.name)))
			break
		}
		res.Signatures = append(res.Signatures, p.judge(ctx, part, trust))
	}
	res.Lines = p.lines(ctx, res.Signatures)
	return res
}

// judge asks the questions in the order in which their answers depend on one
// another. The first bad answer is the judgement.
func (p *pack) judge(ctx context.Context, part sigPart, trust Trust) text.Signature {
	if part.err != nil {
		return judged(part.err)
	}
	if p.twice != "" {
		return judged(broken(text.CauseFormat, p.twice))
	}
	s, err := p.load(ctx, part.name)
	if err != nil {
		return judged(err)
	}
	err = s.checkValue()
	if err == nil {
		err = s.checkReferences(ctx)
	}
	if err == nil {
		err = s.checkManifest(ctx)
	}
	if err == nil {
		err = s.checkSigner()
	}
	if err == nil {
		err = checkChain(s.signer, s.certs, trust)
	}
	sig := judged(err)
	if err == nil && s.weak != "" {
		sig.Cause, sig.Detail = text.CauseWeak, s.weak
	}
	s.claims().fill(&sig)
	if s.signer != nil {
		sig.Signer, sig.Issuer = clip(name(s.signer.Subject)), clip(name(s.signer.Issuer))
	}
	return sig
}

// clip bounds words from a file that go into a report.
func clip(s string) string {
	const most = 500
	if r := []rune(s); len(r) > most {
		return string(r[:most])
	}
	return s
}

package check

import (
	"strings"

	"dasheval/checker/facts"
	"dasheval/checker/text"
	"dasheval/rules"
)

var integrity = &Check{
	Name: "integrity",
	Doc: Doc{
		Title: rules.Text{ID: `electronic signatures hold`, EN: `electronic signatures hold`},
		About: rules.Text{ID: `What was signed electronically is what the file shows, and the certificate leads to a root that the user trusts. Words and
QR codes are no such signature: templates print them beforehand, and the state of the block says so.`, EN: `What was signed electronically is what the file shows, and the certificate leads to a root that the user trusts. Words and
QR codes are no such signature: templates print them beforehand, and the state of the block says so.`},
	},
	Scope: Pile,
	IDs:   []string{"signature.altered", "signature.broken", "signature.doubtful", "signature.unjudged", "signature.untrusted"},
	Run: func(p *Pass) {
		for _, d := range p.World.Pile {
			electronic(p, d)
		}
	},
}

// findingOf maps judgements to findings.
var findingOf = map[text.Judgement]string{
	text.Altered: "signature.altered", text.Broken: "signature.broken",
	text.Undecided: "signature.unjudged", text.ValidUntrusted: "signature.untrusted",
}

func electronic(p *Pass, d *facts.Document) {
	for _, s := range d.Signatures {
		id := findingOf[s.State]
		if s.State == text.ValidUntrusted && s.Cause != text.CauseIssuer {
			id = "signature.doubtful" // its own issuer would not stand by it
		}
		if id == "" {
			continue
		}
		params := map[string]string{"signer": s.Signer}
		switch s.State {
		case text.Altered:
			params["cause"], params["detail"] = string(s.Cause), s.Detail
		case text.Undecided:
			params["detail"] = s.Detail
		case text.ValidUntrusted:
			if s.Cause == text.CauseIssuer {
				params["issuer"] = s.Issuer
			} else {
				params["cause"] = string(s.Cause)
			}
		}
		p.Report(Finding{ID: id, Document: d, At: signatureAt(d, s), Params: params})
	}
}

// signatureAt is the place of the field of a signature, or the top of a document
// where it stands on no page.
func signatureAt(d *facts.Document, s text.Signature) facts.Place {
	if s.Page == 0 || s.Box.Empty() {
		return top(d)
	}
	return facts.Place{Page: s.Page, Box: s.Box, Quote: strings.TrimSpace(s.Signer + " " + s.Reason)}
}

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
		Title: rules.Text{ID: `tanda tangan elektronik utuh dan dapat dipercaya`, EN: `electronic signatures hold`},
		About: rules.Text{
			ID: `Memeriksa setiap tanda tangan elektronik di dalam berkas PDF dan DOCX: apakah yang ditandatangani sama dengan yang tampak, dan apakah sertifikatnya sampai ke akar yang dipercaya (--trust). Tulisan “ditandatangani secara elektronik” dan kode QR bukan tanda tangan elektronik, karena templat mencetaknya lebih dulu. Berkas tanpa tanda tangan elektronik dilewati; apakah tanda tangannya wajib, diperiksa oleh signature. Yang tidak dapat diperiksa, atau sertifikatnya kedaluwarsa, dicabut atau dibuat sendiri, menjadikan dokumen perlu ditelaah.`,
			EN: `Examines each electronic signature within PDF and DOCX files: whether what was signed is what the file shows, and whether the certificate leads to a trusted root (--trust). The words “signed electronically” and QR codes are no such signature, since templates print them beforehand. A file without one is passed over; whether it must be signed is for signature to say. What cannot be judged, or has a certificate that was expired, revoked or made by its owner, leaves the document to be reviewed.`},
		Rule:   "severity:\n  signature.altered: error\n  signature.untrusted: info",
		Before: "SK Tim.pdf ditandatangani secara elektronik, lalu satu halaman diganti dan disimpan ulang",
		After:  "SK Tim.pdf persis seperti keluar dari proses penandatanganan",
		Since:  "0.4",
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

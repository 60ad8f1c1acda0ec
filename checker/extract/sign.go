package extract

import (
	"context"

	"dasheval/checker/internal/docxsig"
	"dasheval/checker/internal/pdfsig"
	"dasheval/checker/text"
)

// verify judges the cryptographic signatures of a file.
func (p *parser) verify(ctx context.Context, doc *text.Document, data []byte) {
	ctx, cancel := context.WithTimeout(ctx, p.cfg.MaxTime)
	defer cancel()
	switch doc.Format {
	case "pdf":
		doc.Signatures = pdfsig.Verify(ctx, data, pdfsig.Trust{Roots: p.cfg.Trust, Now: p.cfg.Today})
	case "docx":
		r := docxsig.Verify(ctx, data, docxsig.Trust{Roots: p.cfg.Trust, Now: p.cfg.Today})
		doc.Signatures = r.Signatures
		for _, l := range r.Lines {
			doc.Requests = append(doc.Requests, text.Request{Signer: l.Signer, Title: l.Title, Signed: l.Signed})
		}
	}
}

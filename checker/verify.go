package checker

import (
	"context"
	"fmt"
	"time"

	"dasheval/checker/check"
	"dasheval/checker/evidence"
	"dasheval/checker/facts"
	"dasheval/checker/report"
	"dasheval/checker/text"
	"dasheval/rules"
)

// Verify says how the files of src are signed. Its errors are as of [Run].
func Verify(ctx context.Context, pack *rules.Pack, src evidence.Source, cfg Config) (*report.Verification, error) {
	cfg = cfg.withDefaults(pack)
	plan, err := Bind(pack)
	if err != nil {
		return nil, err
	}
	shelf := facts.NewShelf()
	defer shelf.Close()
	pile, err := plan.read(ctx, src, shelf, cfg)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, fmt.Errorf("%w: %w", ErrReading, err)
	}
	v := &report.Verification{Schema: report.VerificationSchema, Tool: report.Tool{Name: "dasheval", Version: cfg.Version}, Today: cfg.Today.Format(time.DateOnly)}
	for _, f := range pile.files {
		if f.File.Ignore == "" && !f.File.Archive {
			v.Files = append(v.Files, plan.verified(f))
		}
	}
	if len(v.Files) == 0 {
		return nil, ErrNothing
	}
	return v, nil
}

func (p *Engine) verified(f read) report.Verified {
	out := report.Verified{Path: f.File.Path, SHA256: f.SHA256, State: string(facts.Unknown)}
	for _, s := range f.signatures {
		out.Signatures = append(out.Signatures, cryptographicOf(s))
	}
	for _, r := range f.requests {
		out.Requests = append(out.Requests, report.Request{Signer: r.Signer, Title: r.Title, Signed: r.Signed})
	}
	if f.doc == nil {
		// A file may be signed although nobody can read it.
		state := facts.State("")
		for _, s := range f.signatures {
			state = facts.Worse(state, facts.State(s.State))
		}
		reason := evidence.Reason(f.Err)
		if out.UnreadableReason = &reason; state != "" {
			out.State = string(state)
		}
		return out
	}
	d := f.doc
	out.Unread = d.Unread
	out.State = string(d.Signed(check.Signers(p.reader, d)))
	for _, b := range d.Blocks {
		block := report.SignedBlock{State: string(b.State), Title: b.Title, Name: b.Name, NIP: b.NIP, Acting: b.Acting}
		at := atOf(b.At, 0)
		if block.Page, block.Box = at.Page, at.Box; b.Code != "" {
			block.QR = &b.Code
		}
		out.Blocks = append(out.Blocks, block)
	}
	if a := d.Attendance; a != nil {
		out.Attendance = &report.Attendance{Rows: a.Rows, Signed: a.Lines}
	}
	return out
}

func cryptographicOf(s text.Signature) report.Cryptographic {
	out := report.Cryptographic{
		State: string(s.State), Cause: string(s.Cause), Detail: s.Detail, Kind: "signature", Signer: s.Signer, Issuer: s.Issuer,
		Reason: s.Reason, TimeSource: s.TimeSource, Field: s.Field, Revision: s.Revision, Revisions: s.Revisions,
	}
	if s.Stamp {
		out.Kind = "timestamp"
	}
	if !s.Time.IsZero() {
		out.Time = s.Time.UTC().Format(time.RFC3339)
	}
	if s.Page > 0 {
		out.Page = &s.Page
		out.Box = &[4]float64{round(s.Box.X0), round(s.Box.Y0), round(s.Box.X1), round(s.Box.Y1)}
	}
	return out
}

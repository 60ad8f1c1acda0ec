package facts

import (
	"strings"

	"dasheval/checker/text"
)

// sign gives the blocks of d the cryptographic signatures of the file: each to the
// block in whose room its field stands, or whose official its certificate or its
// reason names; one that is alone to the block that is alone.
func (r *Reader) sign(d *Document) {
	d.Signatures, d.Requests = d.Text.Signatures, d.Text.Requests
	var open []text.Signature
	for _, s := range d.Signatures {
		if s.Stamp {
			continue
		}
		if b := r.signedBlock(d, s); b != nil {
			b.give(s)
		} else {
			open = append(open, s)
		}
	}
	if len(open) == 1 && len(d.Blocks) == 1 && d.Blocks[0].Signature == nil {
		d.Blocks[0].give(open[0])
	}
}

func (b *Block) give(s text.Signature) {
	if b.Signature == nil || s.State == text.Altered || s.State == text.Broken {
		b.Signature, b.State = &s, State(s.State)
	}
}

// signedBlock returns the block that a signature belongs to, nil if none can be
// told.
func (r *Reader) signedBlock(d *Document, s text.Signature) *Block {
	for i := range d.Blocks {
		b := &d.Blocks[i]
		if s.Page > 0 && s.Page == b.At.Page && b.At.Box.Overlaps(s.Box) {
			return b
		}
	}
	for i := range d.Blocks {
		if b := &d.Blocks[i]; r.Names(s, b.Name) {
			return b
		}
	}
	return nil
}

// Names reports whether a signature is by the person of that name: government
// certificates may name an application, and the official in the reason only.
func (r *Reader) Names(s text.Signature, name string) bool {
	bare := r.BareName(name)
	return bare != "" && (r.BareName(s.Signer) == bare || strings.Contains(" "+r.BareName(s.Reason)+" ", " "+bare+" "))
}

// States of blocks that carry a cryptographic signature. They are those of
// [text.Judgement].
const (
	Valid          = State(text.Valid)
	ValidUntrusted = State(text.ValidUntrusted)
	Altered        = State(text.Altered)
	Broken         = State(text.Broken)
)

// worst orders states, the one that weighs most first.
var worst = []State{Altered, Broken, Unknown, Unsigned, Typed, Inked, Pictured, Electronic, ValidUntrusted, Valid}

// Worse returns the one of two states that weighs more: "" weighs nothing.
func Worse(a, b State) State {
	for _, s := range worst {
		if a == s || b == s {
			return s
		}
	}
	return a
}

// Signed sums up how the file is signed: by its cryptographic signatures if it has
// any, else by its blocks, one for each of blocks, or its attendance list. It is
// [Unknown] where nothing tells.
func (d *Document) Signed(blocks []Block) State {
	var out State
	for _, s := range d.Signatures {
		out = Worse(out, State(s.State))
	}
	if out != "" {
		return out
	}
	if a := d.Attendance; a != nil && d.Form() == "attendance" {
		switch {
		case 2*a.Signed < a.Rows:
			return Unsigned
		case d.Origin == text.OCR:
			return Inked
		}
		return Pictured
	}
	for _, b := range blocks {
		out = Worse(out, b.State)
	}
	if out == "" && len(d.Requests) > 0 {
		return Unsigned // a line that nobody signed; signed ones are signatures
	}
	if out == "" {
		return Unknown
	}
	return out
}

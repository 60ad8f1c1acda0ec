package facts

import (
	"slices"
	"strings"

	"dasheval/checker/text"
)

// sign gives the blocks of d the cryptographic signatures of the file: each to the
// block in whose room its field stands, or whose official its certificate or its
// reason names. Beside signatures of others an empty block is not known to be
// unsigned.
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
	if len(open) == 0 {
		return
	}
	if len(open) == 1 && len(d.Blocks) == 1 && d.Blocks[0].Signature == nil && r.BareName(d.Blocks[0].Name) == "" {
		d.Blocks[0].give(open[0])
	}
	for i := range d.Blocks {
		// The certificate may name an application, or somebody else: who signed for
		// the official cannot be told.
		if b := &d.Blocks[i]; b.State == Unsigned {
			b.State = Unknown
		}
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

// telling orders states of two blocks of one official, the one that tells more
// first: who signed at one place need not at the other.
var telling = []State{Altered, Broken, Valid, ValidUntrusted, Electronic, Pictured, Inked, Unknown, Typed, Unsigned}

// Tells reports whether state a says more about an official than b.
func Tells(a, b State) bool { return slices.Index(telling, a) < slices.Index(telling, b) }

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
		if !s.Stamp || s.State != text.Valid && s.State != text.ValidUntrusted {
			out = Worse(out, State(s.State))
		}
	}
	if out != "" {
		return out
	}
	if a := d.Attendance; a != nil && d.Form() == "attendance" {
		switch {
		case a.Unseen:
			return Unknown
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
	if out == Unsigned && len(d.Unread) > 0 {
		return Unknown // it may be signed on a page that nobody read
	}
	if out == "" && len(d.Requests) > 0 {
		return Unsigned // a line that nobody signed; signed ones are signatures
	}
	if out == "" {
		return Unknown
	}
	return out
}

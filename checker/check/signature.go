package check

import (
	"slices"
	"strings"
	"time"

	"dasheval/checker/facts"
	"dasheval/checker/profile"
	"dasheval/checker/text"
	"dasheval/rules"
)

var signature = &Check{
	Name: "signature",
	Doc: Doc{
		Title: rules.Text{ID: `whoever must sign the document has signed it`, EN: `whoever must sign the document has signed it`},
		About: rules.Text{ID: `A signature shows as a picture between title and name, or as the mark of an electronic signature. The word "ttd" alone
is the sign of a copy. If several blocks stand on the document and only some are signed, the signature is partial.`, EN: `A signature shows as a picture between title and name, or as the mark of an electronic signature. The word "ttd" alone
is the sign of a copy. If several blocks stand on the document and only some are signed, the signature is partial.`},
	},
	Scope: Document,
	IDs:   []string{"signature.none", "signature.partial", "signature.typed", "signature.unknown"},
	Run: func(p *Pass) {
		d := p.Document
		if d.Type.Signature != "required" {
			return
		}
		groups := Signers(p.World.Reader, d)
		if len(groups) == 0 {
			if d.Origin != text.Hidden {
				p.report("signature.unknown", lastPlace(d), nil)
			}
			return
		}
		var open, dark, typed, signed []facts.Block
		for _, b := range groups {
			switch b.State {
			case facts.Unsigned:
				open = append(open, b)
			case facts.Unknown:
				dark = append(dark, b)
			case facts.Typed:
				typed = append(typed, b)
			default:
				signed = append(signed, b)
			}
		}
		if len(d.Unread) > 0 { // they may be signed on a page that nobody read
			dark, open = append(dark, open...), nil
		}
		if len(dark) > 0 { // of the others nothing more is known than of these
			b := official(p.World, dark)
			p.report("signature.unknown", b.At, map[string]string{"title": b.Title, "name": b.Name})
			return
		}
		wanted := parties(p.World.Pack, d.Type)
		switch {
		case len(open) > 0 && len(signed) > 0:
			b := open[0]
			p.report("signature.partial", b.At, map[string]string{
				"missing": b.Title, "name": b.Name, "have": itoa(len(signed)), "want": itoa(len(groups))})
		case len(open) > 0:
			b := official(p.World, open)
			p.report("signature.none", b.At, map[string]string{"title": b.Title, "name": b.Name})
		case len(typed) > 0:
			b := official(p.World, typed)
			p.report("signature.typed", b.At, map[string]string{"title": b.Title, "name": b.Name})
		case len(groups) < wanted:
			p.report("signature.partial", signed[0].At, map[string]string{
				"have": itoa(len(groups)), "want": itoa(wanted)})
		}
	},
}

// Signers returns one block for each person who is to sign the document: the
// blocks of the body and of its attachments that name the same official are
// one, in the state that tells more: altered, signed, not known, not signed.
func Signers(r *facts.Reader, d *facts.Document) []facts.Block {
	var out []facts.Block
	for _, b := range d.Blocks {
		name := r.BareName(b.Name)
		i := slices.IndexFunc(out, func(o facts.Block) bool {
			switch other := r.BareName(o.Name); {
			case b.NIP != "" && b.NIP == o.NIP:
				return true
			case name != "" || other != "":
				return name == other
			}
			return profile.Key(o.Title) == profile.Key(b.Title)
		})
		switch {
		case i < 0:
			out = append(out, b)
		case facts.Tells(b.State, out[i].State):
			out[i] = b
		}
	}
	return out
}

// parties returns how many must sign documents of the type.
func parties(pack *rules.Pack, t *rules.Type) int {
	if s := pack.Signers[t.Signer]; s != nil {
		return s.Parties
	}
	return 1
}

// official returns the block of the head of the unit if it is among blocks,
// else the first.
func official(w *World, blocks []facts.Block) facts.Block {
	for _, b := range blocks {
		if w.Unit.IsHead(w.Reader, b, time.Time{}) {
			return b
		}
	}
	return blocks[0]
}

// lastPlace is the place of the last words of a document, where a signature
// would stand.
func lastPlace(d *facts.Document) facts.Place {
	s := strings.TrimRight(d.Clean(), "\n \t")
	from := max(strings.LastIndexByte(s, '\n'), 0)
	return d.Place(from+min(1, from), len(s))
}

var signer = &Check{
	Name: "signer",
	Doc: Doc{
		Title: rules.Text{ID: `the official who signed had the authority to`, EN: `the official who signed had the authority to`},
		About: rules.Text{ID: `Where the type names the head of the unit and no evidence line that the document serves names somebody else, one of the signatures must be that of the head, of an
acting head, or given in the head's name.`, EN: `Where the type names the head of the unit and no evidence line that the document serves names somebody else, one of the signatures must be that of the head, of an
acting head, or given in the head's name.`},
	},
	Scope: Document,
	IDs:   []string{"signer.unauthorised"},
	Run: func(p *Pass) {
		d, w := p.Document, p.World
		want := w.Pack.Signers[d.Type.Signer]
		if want == nil || !want.Head || len(w.Unit.Heads) == 0 || len(d.Blocks) == 0 {
			return
		}
		if f, ok := d.Facts["unit"]; ok && !w.Unit.Known(f.Value) && !within(f.Value, w.Unit.Name) {
			return // another body's paper: who signs there is not ours to say
		}
		for _, pl := range w.Placed.Placed[d.Path] {
			if s := w.Pack.Signers[pl.Requirement.Signer]; s != nil && !s.Head {
				return // the line names somebody else
			}
		}
		for _, b := range d.Blocks {
			if w.Unit.IsHead(w.Reader, b, d.Date("date")) {
				return
			}
		}
		head := w.Unit.Head()
		b := d.Blocks[0]
		// Under an inferred profile, the right title may be that of a former head.
		if w.Unit.Inferred && profile.Key(b.Title) != "" && profile.Key(b.Title) == profile.Key(head.Title) {
			return
		}
		p.report("signer.unauthorised", b.At, map[string]string{"title": b.Title, "name": b.Name, "want": head.Title})
	},
}

var nip = &Check{
	Name: "nip",
	Doc: Doc{
		Title: rules.Text{ID: `employee numbers (NIP) have a possible structure`, EN: `employee numbers (NIP) have a possible structure`},
		About: rules.Text{ID: `Eighteen digits: date of birth, month of appointment, sex, serial number.`, EN: `Eighteen digits: date of birth, month of appointment, sex, serial number.`},
	},
	Scope: Document,
	IDs:   []string{"nip.invalid"},
	Run: func(p *Pass) {
		seen := map[string]bool{}
		report := func(n, name string, at facts.Place) {
			if n == "" || seen[n] {
				return
			}
			seen[n] = true
			if why := facts.CheckNIP(n); why != "" {
				p.report("nip.invalid", at, map[string]string{"nip": n, "name": name, "reason": why})
			}
		}
		for _, b := range p.Document.Blocks {
			report(b.NIP, b.Name, b.At)
		}
		for _, n := range p.Document.Numbers {
			report(n.NIP, n.Name, n.At)
		}
		for _, n := range p.Document.People {
			report(n.NIP, n.Name, n.At)
		}
	},
}

var attendance = &Check{
	Name: "attendance",
	Doc: Doc{
		Title: rules.Text{ID: `an attendance list carries signatures beside the names`, EN: `an attendance list carries signatures beside the names`},
	},
	Scope: Document,
	IDs:   []string{"attendance.unsigned"},
	Run: func(p *Pass) {
		a := p.Document.Attendance
		if a == nil || a.Rows == 0 || a.Unseen || 2*a.Signed >= a.Rows {
			return
		}
		p.report("attendance.unsigned", a.At, map[string]string{"rows": itoa(a.Rows), "signed": itoa(a.Signed)})
	},
}

package check

import (
	"dasheval/checker/profile"
	"dasheval/rules"
)

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

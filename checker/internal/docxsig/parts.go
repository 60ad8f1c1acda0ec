package docxsig

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"dasheval/checker/text"
)

// A sigPart is a part with a signature.
type sigPart struct {
	name string // folded
	err  error  // why it is not worth reading
}

// signatureParts returns the parts that the relations of the package lead to,
// by way of the origin, and those that nothing leads to and that hold a
// signature nevertheless. They are in the order of their names, sig2 before
// sig10.
func (p *pack) signatureParts(ctx context.Context) []sigPart {
	named, err := p.namedParts(ctx)
	for _, name := range slices.Sorted(maps.Keys(p.files)) {
		if _, ok := named[name]; ok || !strings.HasPrefix(name, "_xmlsignatures/") || !strings.HasSuffix(name, ".xml") {
			continue
		}
		t, why := p.tree(ctx, name)
		switch {
		case limited(why):
			named[name] = why
		case why != nil || !is(t.root, nsSig, "Signature"):
		case err != nil: // it may be that a relation leads here
			named[name] = err
		default:
			named[name] = broken(text.CauseFormat, p.files[name].Name)
		}
	}
	out := make([]sigPart, 0, len(named))
	for name, err := range named {
		out = append(out, sigPart{name, err})
	}
	slices.SortFunc(out, func(a, b sigPart) int {
		return cmp.Or(cmp.Compare(len(a.name), len(b.name)), strings.Compare(a.name, b.name))
	})
	return out
}

// namedParts returns the parts that relations lead to, each with what is wrong
// with it, and the first relations that cannot be read.
func (p *pack) namedParts(ctx context.Context) (map[string]error, error) {
	const kind = "/digital-signature/"
	named := make(map[string]error)
	origins, err := p.relations(ctx, "")
	for _, origin := range origins {
		if !strings.HasSuffix(origin.kind, kind+"origin") || origin.mode == "External" {
			continue
		}
		// The origin is an empty part and may be left out; its relations count.
		name := fold(from("", origin.raw))
		sigs, why := p.relations(ctx, name)
		err = cmp.Or(err, why)
		for _, sig := range sigs {
			switch {
			case !strings.HasSuffix(sig.kind, kind+"signature"):
			case sig.target == "":
				named[fold(from(name, sig.raw))] = broken(text.CauseContents, sig.raw)
			default:
				named[sig.target] = nil
			}
		}
	}
	return named, err
}

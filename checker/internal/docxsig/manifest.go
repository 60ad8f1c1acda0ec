package docxsig

import (
	"bytes"
	"context"
	"net/url"
	"strings"

	"github.com/beevik/etree"

	"dasheval/checker/text"
)

// A coverage is what a signature names of the package.
type coverage struct {
	parts   map[string]bool       // by folded name
	rels    map[string]*selection // by folded name of the .rels part
	changed []string              // names of parts that are not as they were
}

// checkManifest checks what the signature says of parts, and that it says
// something of all that is shown.
func (s *signature) checkManifest(ctx context.Context) error {
	cov := coverage{parts: make(map[string]bool), rels: make(map[string]*selection)}
	var doubt error // of the first reference that is not understood
	for _, ref := range s.manifest() {
		if err := cov.add(ctx, s, ref); limited(err) {
			return err
		} else if err != nil && doubt == nil {
			doubt = err
		}
	}
	main, err := s.pack.mainPart(ctx)
	if err != nil {
		return err
	}
	switch {
	case doubt == nil && !cov.parts[main.name] && !cov.names(s.pack, main.name):
		return broken(text.CauseCovered, main.name)
	case len(cov.changed) > 0:
		return altered(text.CauseParts, list(cov.changed))
	case doubt != nil:
		return doubt
	}
	bare, err := s.pack.uncovered(ctx, main, cov)
	if err != nil {
		return err
	}
	if len(bare) > 0 {
		return undecided(text.CauseCovered, list(bare))
	}
	return nil
}

// names tells whether the part is among those that changed.
func (c *coverage) names(p *pack, part string) bool {
	for _, name := range c.changed {
		if p.find(name) == part {
			return true
		}
	}
	return false
}

// manifest returns the references of the manifests that are signed. A manifest
// elsewhere than directly in a signed object of this signature is none.
func (s *signature) manifest() []*etree.Element {
	var out []*etree.Element
	for _, object := range s.objects() {
		for _, m := range children(object, nsSig, "Manifest") {
			out = append(out, m.ChildElements()...)
		}
	}
	return out
}

// objects returns the signed objects of the signature, each once.
func (s *signature) objects() []*etree.Element {
	var out []*etree.Element
	seen := make(map[*etree.Element]bool)
	for _, e := range s.signed {
		if is(e, nsSig, "Object") && e.Parent() == s.tree.root && !seen[e] {
			seen[e] = true
			out = append(out, e)
		}
	}
	return out
}

// add checks one reference. A part that changed is no error.
func (c *coverage) add(ctx context.Context, s *signature, ref *etree.Element) error {
	uri := attr(ref, "URI")
	name, media, ok := strings.Cut(uri, "?ContentType=")
	media, err := url.PathUnescape(media)
	if !is(ref, nsSig, "Reference") || !ok || err != nil || !strings.HasPrefix(name, "/") {
		return undecided(text.CauseFormat, uri)
	}
	d, err := readDigest(ref)
	if err != nil {
		return err
	}
	part := s.pack.find(name)
	if part == "" {
		c.changed = append(c.changed, strings.TrimPrefix(name, "/"))
		return nil
	}
	actual, err := s.pack.contentType(ctx, part)
	if err != nil {
		return err
	}
	// A second reference to a part could stand for another reading of it
	// (ECMA-376 part 2, M6.35, says so of relations).
	if _, ok := c.rels[part]; ok || c.parts[part] {
		return undecided(text.CauseFormat, uri)
	}
	value, sel, err := s.sum(ctx, part, d)
	switch {
	case err != nil:
		return err
	case !strings.EqualFold(actual, media) || !bytes.Equal(value, d.value):
		c.changed = append(c.changed, s.pack.files[part].Name)
	case isRelations(part):
		c.rels[part] = sel
	default:
		c.parts[part] = true
	}
	return nil
}

// sum returns the digest of a part and, if it holds relations, which of them
// it is of.
func (s *signature) sum(ctx context.Context, part string, d digest) ([]byte, *selection, error) {
	h := s.hash(d.hash)
	if len(d.transforms) == 0 {
		value, err := s.pack.digest(ctx, part, d.hash)
		return value, nil, err
	}
	// The transform has to come first, and a canonicalization right after it
	// (ECMA-376 part 2, M6.26).
	if alg := attr(d.transforms[0], "Algorithm"); alg != relationTransform || !isRelations(part) {
		return nil, nil, undecided(text.CauseAlgorithm, alg)
	}
	if len(d.transforms) != 2 {
		return nil, nil, undecided(text.CauseFormat, relationTransform)
	}
	sel, err := readSelection(d.transforms[0])
	if err != nil {
		return nil, nil, err
	}
	c14n, err := canonicalizerOf(attr(d.transforms[1], "Algorithm"), d.transforms[1].ChildElements(), true)
	if err != nil {
		return nil, nil, err
	}
	rels, err := s.pack.relations(ctx, relationsOwner(part))
	if err != nil {
		return nil, nil, err
	}
	if err := s.pack.spend(4 * len(rels)); err != nil {
		return nil, nil, err
	}
	b, err := c14n.bytes(rels.transform(sel))
	h.Write(b)
	return h.Sum(nil), sel, err
}

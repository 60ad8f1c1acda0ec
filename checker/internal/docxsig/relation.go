package docxsig

import (
	"context"
	"path"
	"slices"
	"strings"

	"github.com/beevik/etree"

	"dasheval/checker/text"
)

const (
	nsRelations       = "http://schemas.openxmlformats.org/package/2006/relationships"
	relationTransform = "http://schemas.openxmlformats.org/package/2006/RelationshipTransform"
)

// A relation leads from a part to another, or out of the package.
type relation struct {
	id, kind, mode string
	raw            string // target as it is written
	target         string // folded name of the part, "" if it is outside or not there
}

type relations []relation

// relationsName returns the name of the part with the relations of a part; ""
// is the package itself.
func relationsName(part string) string {
	dir, base := path.Split(part)
	return dir + "_rels/" + base + ".rels"
}

func isRelations(part string) bool {
	return path.Ext(part) == ".rels" && path.Base(path.Dir(part)) == "_rels"
}

// relationsOwner is the inverse of relationsName.
func relationsOwner(name string) string {
	dir, base := path.Split(name)
	return strings.TrimSuffix(dir, "_rels/") + strings.TrimSuffix(base, ".rels")
}

// relations returns the relations of a part, none if it has no part for them.
// What the transform would leave out makes an error, so that no reader finds a
// relation that is not signed.
func (p *pack) relations(ctx context.Context, part string) (relations, error) {
	name := relationsName(part)
	if p.files[name] == nil {
		return nil, nil
	}
	if found, ok := p.rels[name]; ok {
		return found, nil
	}
	strange := undecided(text.CauseFormat, p.files[name].Name)
	t, err := p.tree(ctx, name)
	if limited(err) {
		return nil, err
	}
	if err != nil || !is(t.root, nsRelations, "Relationships") || !plain(t.root) {
		return nil, strange
	}
	var out relations
	ids := make(map[string]bool)
	for _, e := range t.root.ChildElements() {
		r := relation{id: attr(e, "Id"), kind: attr(e, "Type"), mode: attr(e, "TargetMode"), raw: attr(e, "Target")}
		if !is(e, nsRelations, "Relationship") || !plain(e, "Id", "Type", "Target", "TargetMode") ||
			len(e.ChildElements()) > 0 || ids[r.id] || !slices.Contains([]string{"", "Internal", "External"}, r.mode) {
			return nil, strange
		}
		ids[r.id] = true
		if r.mode != "External" {
			r.target = p.find(from(part, r.raw))
		}
		out = append(out, r)
	}
	p.rels[name] = out
	return out, nil
}

// plain tells whether e has no attributes but those named and namespaces. A
// prefix of such a name could pass for the attribute where a reader, as that of
// documents, knows attributes by their local names.
func plain(e *etree.Element, keys ...string) bool {
	for _, a := range e.Attr {
		declares := a.Space == "xmlns" || a.FullKey() == "xmlns"
		if declares == slices.Contains(keys, a.Key) || !declares && a.Space != "" {
			return false
		}
	}
	return true
}

// from returns the name of the part that target names in a relation of part.
func from(part, target string) string {
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)
	}
	return path.Join(path.Dir("/"+part), target)
}

// A selection is the relations that a transform keeps; nil keeps all.
type selection struct{ ids, kinds map[string]bool }

func (s *selection) has(r relation) bool { return s == nil || s.ids[r.id] || s.kinds[r.kind] }

// readSelection reads the content of a relationship transform (ECMA-376 part
// 2, 13.2.4.25 and 13.2.4.26).
func readSelection(transform *etree.Element) (*selection, error) {
	s := &selection{make(map[string]bool), make(map[string]bool)}
	for _, e := range transform.ChildElements() {
		id, kind := attr(e, "SourceId"), attr(e, "SourceType")
		switch {
		case is(e, nsPackage, "RelationshipReference") && id != "":
			s.ids[id] = true
		case is(e, nsPackage, "RelationshipsGroupReference") && kind != "":
			s.kinds[kind] = true
		default:
			return nil, undecided(text.CauseFormat, relationTransform)
		}
	}
	return s, nil
}

// transform returns the element that the relationship transform makes of the
// relations it keeps: sorted, with their target modes, and nothing else
// (ECMA-376 part 2, 13.2.4.24).
func (rs relations) transform(s *selection) *etree.Element {
	kept := slices.DeleteFunc(slices.Clone(rs), func(r relation) bool { return !s.has(r) })
	slices.SortFunc(kept, func(a, b relation) int { return strings.Compare(a.id, b.id) })
	out := etree.NewElement("Relationships")
	out.CreateAttr("xmlns", nsRelations)
	for _, r := range kept {
		e := out.CreateElement("Relationship")
		e.CreateAttr("Id", r.id)
		e.CreateAttr("Target", r.raw)
		if r.mode == "" {
			r.mode = "Internal"
		}
		e.CreateAttr("TargetMode", r.mode)
		e.CreateAttr("Type", r.kind)
	}
	return out
}

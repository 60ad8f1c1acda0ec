package pdfsig

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

// A comparison asks whether the final file shows what a signed revision of it
// showed.
type comparison struct {
	comparer
	by      *signature
	widgets []any        // of the signature's own field
	sound   map[int]bool // see compare
	frozen  bool         // the signer allowed no changes at all
}

// Entries that an update may change although the file shows the same.
var (
	pageAside = append([]string{"Parent", "StructParents", "Metadata", "LastModified", "PieceInfo", "Annots", "Tabs"}, inheritable...)
	// The catalog says what is shown by layers, actions and attachments, too.
	catalogAside = []string{
		"Pages", "AcroForm", "DSS", "Metadata", "Extensions", "Version", "Perms", "PieceInfo", "LastModified",
		"StructTreeRoot", "MarkInfo", "Outlines", "PageLabels", "PageMode", "PageLayout", "ViewerPreferences", "Lang", "Legal",
	}
	annotAside = []string{"Parent", "P", "StructParent"}
	// Filling in a form changes these of its fields. The place of a field is
	// not among them.
	filledAside = append([]string{"V", "AP", "AS", "MK", "M", "F", "Ff", "DA", "DS", "RV", "I", "TI", "Lock", "SV"}, annotAside...)
	// A signature may refer to the catalog, to say what it certifies.
	signatureAside = []string{"Reference", "ByteRange", "Contents"}
)

// compare reports what the final file shows otherwise than the revision that
// the signature covers. Sound holds where the dictionaries of later signatures
// begin that are not altered themselves, and whether they are timestamps.
func compare(ctx context.Context, old, final *native.Revision, by *signature, sound map[int]bool) *fault {
	if size := func(r *native.Revision) float64 {
		n, _ := r.Trailer().Value("Size").(native.Number)
		return n.Float()
	}; size(final) < size(old) { // some readers ignore objects beyond
		return undecided(text.CauseFormat, "xref")
	}
	before, err := bookOf(old)
	if err != nil {
		return undecided(causeOf(err), "revision")
	}
	after, err := bookOf(final)
	if err != nil {
		return undecided(causeOf(err), "pages")
	}
	c := comparison{by: by, sound: sound, frozen: frozen(old, by.dict)}
	c.comparer = comparer{
		ctx: ctx, old: old, new: final, oldPages: before.number, newPages: after.number,
		known: map[[2]native.Ref]bool{},
	}
	var changed []string
	if !c.sameSignature() {
		changed = append(changed, "signature")
	}
	if !c.sameCatalog(before, after) {
		changed = append(changed, "catalog")
	}
	changed = append(changed, c.changedPages(before.pages, after.pages)...)
	if err := c.failed(); err != nil {
		return undecided(causeOf(err), "revision")
	}
	if len(changed) > 0 {
		return altered(text.CausePages, strings.Join(changed, ", "))
	}
	return nil
}

// frozen reports whether a signature certifies the file against all changes,
// ISO 32000-2, 12.8.2.2.
func frozen(r *native.Revision, dict *native.Dict) bool {
	list, _ := r.Get(dict.Value("Reference")).(native.Array)
	for _, v := range list {
		d := r.Dict(v)
		if r.Get(d.Value("TransformMethod")) == native.Name("DocMDP") {
			p, _ := r.Get(r.Dict(d.Value("TransformParams")).Value("P")).(native.Number)
			return p.Float() == 1
		}
	}
	return false
}

// sameSignature reports whether the signature is still there, in the same
// field, as it was signed. It also notes the widgets of the field.
func (c *comparison) sameSignature() bool {
	find := func(r *native.Revision) *field {
		fields, err := formOf(r)
		if err != nil {
			c.err = err
		}
		for _, f := range fields {
			if d := r.Dict(f.value); d != nil && d.From == c.by.dict.From {
				return &f
			}
		}
		return nil
	}
	before, after := find(c.old), find(c.new)
	if before == nil {
		return after == nil // a signature that no field shows
	}
	c.widgets = before.widgets
	return after != nil && after.name == before.name && after.kind == before.kind && len(after.widgets) == len(before.widgets) &&
		c.sameBut(c.by.dict, c.new.Dict(after.value), signatureAside)
}

// sameCatalog compares what the file says beside its pages.
func (c *comparison) sameCatalog(before, after *book) bool {
	x, y := c.old.Trailer(), c.new.Trailer()
	a, b := c.old.Dict(x.Value("Root")), c.new.Dict(y.Value("Root"))
	return c.same(x.Value("Encrypt"), y.Value("Encrypt")) &&
		c.sameBut(a, b, catalogAside) &&
		c.same(c.old.Dict(a.Value("AcroForm")).Value("XFA"), c.new.Dict(b.Value("AcroForm")).Value("XFA")) &&
		(len(before.pages) != len(after.pages) || c.same(native.Array(before.counts), native.Array(after.counts)))
}

// maxNamed bounds the pages that are named as changed.
const maxNamed = 20

// changedPages returns the numbers of the pages that differ.
func (c *comparison) changedPages(before, after []page) (numbers []string) {
	for i := range max(len(before), len(after)) {
		if i < len(before) && i < len(after) && c.samePage(before[i], after[i]) {
			continue
		}
		if len(numbers) == maxNamed {
			return append(numbers, "…")
		}
		numbers = append(numbers, strconv.Itoa(i+1))
	}
	return numbers
}

func (c *comparison) samePage(a, b page) bool {
	for _, key := range inheritable {
		if !c.same(a.passed[key], b.passed[key]) {
			return false
		}
	}
	return c.sameBut(a.dict, b.dict, pageAside) && c.sameAnnotations(a, b)
}

// sameAnnotations reports whether the annotations of a page are the same but
// for what may be filled in and for signatures that were added.
func (c *comparison) sameAnnotations(before, after page) bool {
	x, _ := c.old.Get(before.dict.Value("Annots")).(native.Array)
	y, _ := c.new.Get(after.dict.Value("Annots")).(native.Array)
	for _, v := range y {
		switch {
		case len(x) > 0 && c.sameAnnotation(x[0], v, after):
			x = x[1:]
		case !c.harmless(v, after):
			return false
		}
	}
	return len(x) == 0
}

func (c *comparison) sameAnnotation(before, after any, on page) bool {
	a, b := c.old.Dict(before), c.new.Dict(after)
	if a == nil || b == nil {
		return c.same(before, after)
	}
	without := annotAside
	switch {
	case slices.Contains(c.widgets, before):
		without = append([]string{"V"}, annotAside...) // which sameSignature compares
	case !c.frozen && c.old.Get(a.Value("Subtype")) == native.Name("Widget"):
		if widgetField(c.new, after).kind == "Sig" && !c.harmless(after, on) {
			break
		}
		without = filledAside
	}
	return c.sameBut(a, b, without)
}

// maxSeal is the share of a page that a signature may cover. Anybody can sign,
// and what stands in the field hides what is under it.
const maxSeal = 0.25

// harmless reports whether an annotation that was added may be there: the
// field of a later signature of something like a seal, or an empty field that
// draws nothing.
func (c *comparison) harmless(v any, on page) bool {
	d := c.new.Dict(v)
	if c.new.Get(d.Value("Subtype")) != native.Name("Widget") {
		return false
	}
	f := widgetField(c.new, v)
	if f.kind != "Sig" {
		return false
	}
	rect := rectangle(c.new, d.Value("Rect"))
	drawn := d.Value("AP") != nil && !rect.Empty()
	value := c.new.Dict(f.value)
	if value == nil {
		return !c.frozen && !drawn
	}
	stamp, ok := c.sound[value.From]
	return ok && (stamp || !c.frozen) && (!drawn || area(rect) <= maxSeal*area(on.shown(c.new)))
}

func area(b text.Box) float64 { return (b.X1 - b.X0) * (b.Y1 - b.Y0) }

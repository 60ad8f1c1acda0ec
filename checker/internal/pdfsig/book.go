package pdfsig

import (
	"errors"
	"maps"

	"dasheval/checker/internal/native"
)

// A page is a page with what it inherits.
type page struct {
	ref    native.Ref
	dict   *native.Dict
	passed map[string]any // the entries that pages inherit
}

// inheritable are the entries of a page that may stand above it in the tree.
var inheritable = []string{"Resources", "MediaBox", "CropBox", "Rotate"}

// A book is the pages of a file in order.
type book struct {
	file   *native.Revision
	pages  []page
	counts []any // what the nodes of the tree say how many pages they hold
	number map[native.Ref]int
	seen   map[native.Ref]bool
	err    error
}

const maxPages = 100_000

var errPages = errors.New("page tree cannot be walked")

// bookOf returns the pages of a file.
func bookOf(r *native.Revision) (*book, error) {
	b := &book{file: r, number: map[native.Ref]int{}, seen: map[native.Ref]bool{}}
	b.walk(r.Dict(r.Trailer().Value("Root")).Value("Pages"), nil, 0)
	if b.err == nil {
		b.err = r.Err()
	}
	if b.err == nil && len(b.pages) == 0 {
		b.err = errPages
	}
	return b, b.err
}

func (b *book) walk(v any, passed map[string]any, level int) {
	ref, indirect := v.(native.Ref)
	d := b.file.Dict(v)
	if b.err != nil {
		return
	}
	if d == nil || indirect && b.seen[ref] || level > maxLevels || len(b.pages) >= maxPages {
		b.err = errPages
		return
	}
	b.seen[ref] = indirect
	here := map[string]any{}
	maps.Copy(here, passed)
	for _, key := range inheritable {
		if own := d.Value(key); own != nil {
			here[key] = own
		}
	}
	kids, _ := b.file.Get(d.Value("Kids")).(native.Array)
	if len(kids) == 0 {
		if b.file.Get(d.Value("Type")) == native.Name("Pages") {
			return
		}
		b.pages = append(b.pages, page{ref: ref, dict: d, passed: here})
		b.number[ref] = len(b.pages)
		return
	}
	b.counts = append(b.counts, b.file.Get(d.Value("Count")))
	for _, k := range kids {
		b.walk(k, here, level+1)
	}
}

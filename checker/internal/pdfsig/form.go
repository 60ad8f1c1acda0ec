package pdfsig

import (
	"errors"
	"slices"

	"dasheval/checker/internal/native"
)

// A field is a form field that holds a value, with what it inherits.
type field struct {
	name    string // of it and those above it
	kind    native.Name
	value   any
	widgets []any // where it stands on pages
}

// Bounds on what is walked.
const (
	maxFields = 50_000
	maxLevels = 50
)

var errFields = errors.New("form has too many fields or levels")

// A form walks the fields of a file.
type form struct {
	file   *native.Revision
	seen   map[native.Ref]bool
	fields []field
	err    error
}

// formOf returns the fields of the form of a file.
func formOf(r *native.Revision) ([]field, error) {
	f := form{file: r, seen: map[native.Ref]bool{}}
	root := r.Dict(r.Trailer().Value("Root"))
	list, _ := r.Get(r.Dict(root.Value("AcroForm")).Value("Fields")).(native.Array)
	for _, v := range list {
		f.walk(v, field{}, 0)
	}
	return f.fields, f.err
}

// walk adds the fields from one down.
func (f *form) walk(v any, above field, level int) {
	if ref, ok := v.(native.Ref); ok {
		if f.seen[ref] {
			return
		}
		f.seen[ref] = true
	}
	if level > maxLevels || len(f.fields) > maxFields {
		f.err = errFields
		return
	}
	d := f.file.Dict(v)
	if d == nil {
		return
	}
	here := f.inherit(d, above)
	kids, _ := f.file.Get(d.Value("Kids")).(native.Array)
	if len(kids) == 0 {
		here.widgets = []any{v}
		f.fields = append(f.fields, here)
		return
	}
	for _, k := range kids {
		// A kid with a name is a field of its own, ISO 32000-2, 12.7.4.1.
		kid := f.file.Dict(k)
		if kid.Value("T") != nil || kid.Value("Kids") != nil || kid.Value("V") != nil {
			f.walk(k, here, level+1)
			continue
		}
		here.widgets = append(here.widgets, k)
	}
	if len(here.widgets) > 0 {
		f.fields = append(f.fields, here)
	}
}

// inherit returns a field with what those above it say.
func (f *form) inherit(d *native.Dict, above field) field {
	here := field{name: above.name, kind: above.kind, value: above.value}
	if s, ok := f.file.Get(d.Value("T")).(native.String); ok {
		if here.name != "" {
			here.name += "."
		}
		here.name += s.Text()
	}
	if kind, ok := f.file.Get(d.Value("FT")).(native.Name); ok {
		here.kind = kind
	}
	if v := d.Value("V"); v != nil {
		here.value = v
	}
	return here
}

// widgetField returns the field of a widget by way of those above it.
func widgetField(r *native.Revision, widget any) field {
	var up []*native.Dict
	for v := widget; len(up) < maxLevels; {
		d := r.Dict(v)
		if d == nil {
			break
		}
		up = append(up, d)
		v = d.Value("Parent")
	}
	f, out := form{file: r}, field{}
	for _, d := range slices.Backward(up) {
		out = f.inherit(d, out)
	}
	out.widgets = []any{widget}
	return out
}

package pdfsig

import (
	"bytes"

	"dasheval/checker/internal/native"
)

// Bounds on the search for dictionaries that no form leads to.
const (
	maxMarks  = 1000
	scanReach = 2 * maxMessage // bytes between a dictionary's begin and its range
)

// scan adds the signature dictionaries that are found by their bytes, and that
// the file as it is or as it was at the end of the bytes that they cover defines.
// So a signature is found that a later update took out of the form.
func (v *verifier) scan() {
	left := 2*scanReach + 4*len(v.data)
	done := 0 // before which nothing more is looked at
	for range maxMarks {
		i := bytes.Index(v.data[done:], byteRange)
		if i < 0 || left < 0 || v.ctx.Err() != nil {
			return
		}
		mark := done + i
		at, ok := lastDefinition(v.data, max(done, mark-scanReach), mark)
		left -= mark - at
		if done = mark + len(byteRange); !ok {
			continue
		}
		o, err := native.ParseObject(v.data, at)
		left -= o.End - at
		if d, ok := o.Value.(*native.Dict); ok && err == nil && d.Value("ByteRange") != nil && !grantsUsage(d) && v.defines(o, d) {
			done = max(done, o.End)
			v.add(&signature{dict: d, field: v.fieldOf(d)})
		}
	}
}

// lastDefinition finds the last definition of an object that begins in
// data[from:to].
func lastDefinition(data []byte, from, to int) (int, bool) {
	for to > from {
		i := bytes.LastIndex(data[from:to], []byte("obj"))
		if i < 0 {
			break
		}
		to = from + i
		if at, _, ok := definition(data, to); ok && at >= from {
			return at, true
		}
	}
	return from, false
}

// grantsUsage reports whether a signature is not one of the document but of the
// maker of a program, which unlocks functions of it, ISO 32000-1, 12.8.2.3.
func grantsUsage(d *native.Dict) bool {
	list, _ := d.Value("Reference").(native.Array)
	for _, v := range list {
		transform, _ := v.(*native.Dict)
		if method, _ := transform.Value("TransformMethod").(native.Name); method == "UR3" || method == "UR" {
			return true
		}
	}
	return false
}

// defines reports whether a revision of the file uses an object that was found by
// its bytes. If the tables of the file cannot be read, it says yes.
func (v *verifier) defines(o native.Object, d *native.Dict) bool {
	if v.final == nil {
		return true
	}
	used := func(r *native.Revision) bool {
		known, err := r.Load(o.Ref)
		return err == nil && known.At == o.At
	}
	if used(v.final) {
		return true
	}
	c, f := cover(d, v.data)
	if f != nil {
		return false
	}
	r, err := v.revision(c.end)
	return err == nil && used(r)
}

// fieldOf returns the field that has a signature in the revision that it covers.
func (v *verifier) fieldOf(d *native.Dict) field {
	c, f := cover(d, v.data)
	if f != nil {
		return field{}
	}
	r, err := v.revision(c.end)
	if err != nil {
		return field{}
	}
	fields, _ := formOf(r)
	for _, f := range fields {
		if value := r.Dict(f.value); value != nil && value.From == d.From {
			return f
		}
	}
	return field{}
}

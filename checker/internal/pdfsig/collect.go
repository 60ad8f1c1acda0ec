package pdfsig

import (
	"bytes"

	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

var byteRange = []byte("/ByteRange")

// maxSignatures bounds those of a file that are judged.
const maxSignatures = 200

// collect finds the signatures: the values of signature fields of the final
// file, and dictionaries that a revision of the file defines, wherever they
// are referred to. It fails if the file has more than can be judged.
func (v *verifier) collect() *fault {
	if !bytes.HasPrefix(v.data, []byte("%PDF-")) {
		// Offsets in such a file count from elsewhere for each reader.
		return undecided(text.CauseFormat, "header")
	}
	marked := bytes.Contains(v.data, byteRange)
	final, err := native.OpenRevision(v.ctx, v.data)
	if err != nil {
		if marked {
			v.scan()
		}
		return undecided(causeOf(err), "xref")
	}
	v.final = final
	v.locked = final.Trailer().Value("Encrypt") != nil
	fields, err := formOf(final)
	if marked || len(fields) > 0 {
		fields = append(fields, v.loose(fields)...)
	}
	for _, f := range fields {
		v.addField(f)
	}
	if marked {
		v.scan()
	}
	if err != nil {
		v.add(&signature{fault: undecided(causeOf(err), "form")})
	}
	return nil
}

// loose returns the fields that stand on pages and not in the form.
func (v *verifier) loose(known []field) (out []field) {
	seen := map[native.Ref]bool{}
	for _, f := range known {
		for _, w := range f.widgets {
			if ref, ok := w.(native.Ref); ok {
				seen[ref] = true
			}
		}
	}
	b, err := bookOf(v.final)
	if err != nil {
		return nil
	}
	for _, p := range b.pages {
		list, _ := v.final.Get(p.dict.Value("Annots")).(native.Array)
		for _, w := range list {
			ref, ok := w.(native.Ref)
			if ok && seen[ref] || v.final.Get(v.final.Dict(w).Value("Subtype")) != native.Name("Widget") {
				continue
			}
			out = append(out, widgetField(v.final, w))
		}
	}
	return out
}

// addField adds the signature of a field, if it is a field of signatures and
// has one.
func (v *verifier) addField(f field) {
	value := v.final.Get(f.value)
	d, _ := value.(*native.Dict)
	if value == nil || f.kind != "Sig" && (d == nil || d.Value("ByteRange") == nil) {
		return
	}
	v.add(&signature{dict: d, field: f})
}

// add adds a signature unless it is known.
func (v *verifier) add(s *signature) {
	for _, known := range v.found {
		if s.dict != nil && known.dict != nil && s.dict.From == known.dict.From && (s.dict.From != 0 || s.dict == known.dict) {
			return
		}
	}
	switch {
	case len(v.found) > maxSignatures:
		return
	case len(v.found) == maxSignatures: // stands for all that are not judged
		s = &signature{fault: undecided(text.CauseLimit, "signatures")}
	}
	v.found = append(v.found, s)
}

package pdfsig

import (
	"bytes"
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

// A Trust tells which certificates are believed, and at which time.
type Trust struct {
	Roots []*x509.Certificate // the user's; empty means that none is trusted
	Now   time.Time           // day to judge by where no trusted timestamp tells; zero means the present
}

// maxTime bounds the work on one file.
const maxTime = 30 * time.Second

// Verify judges every signature of a PDF file, in the order of the revisions
// that they cover; broken ones, which cover none, come last. A file without
// signatures, or with empty signature fields only, gives none. Where the time
// of ctx or the limits of this package do not suffice, a signature is
// [text.Undecided]. Verify never panics and is safe for concurrent use.
//
// Revisions are counted by what is signed: each length of the file that a
// signature covers is one, and what comes after the last is another.
func Verify(ctx context.Context, data []byte, trust Trust) []text.Signature {
	ctx, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	v := &verifier{ctx: ctx, data: data, keys: newKeyring(trust)}
	if f := v.guard(v.collect); f != nil && len(v.found) == 0 && bytes.Contains(data, byteRange) {
		return []text.Signature{{State: f.state, Cause: f.cause, Detail: f.detail, Revision: 1, Revisions: 1}}
	}
	if v.final != nil && len(v.found) > 0 {
		v.guard(func() *fault { v.keys.addStore(v.final); return nil })
	}
	for _, s := range v.found {
		s.add(v.guard(func() *fault { return v.examine(s) }))
	}
	v.dropCopies()
	v.order()
	for _, s := range v.found {
		s.add(v.guard(func() *fault { return v.compareLater(s) }))
	}
	for _, s := range v.found {
		s.add(v.guard(func() *fault { return v.date(s) }))
	}
	for _, s := range v.found {
		s.add(v.guard(func() *fault { return v.believe(s) }))
	}
	v.guard(v.place)
	var out []text.Signature
	for _, s := range v.found {
		out = append(out, s.judged())
	}
	return out
}

// A verifier is the work on one file.
type verifier struct {
	ctx     context.Context // a verifier lives as long as one Verify
	data    []byte
	keys    *keyring
	final   *native.Revision // nil if the objects cannot be read
	locked  bool             // the file is encrypted, and so are its strings
	found   []*signature
	past    *native.Revision // the revision that was opened last
	pastEnd int
}

// A signature is one of the file and what is found out about it.
type signature struct {
	dict    *native.Dict // nil if there is something else in its place
	field   field
	claim   coverage // what the dictionary says that it covers
	cover   coverage // the same, empty if it is broken
	message *message // nil if it cannot be parsed
	stamp   *stamp   // of a document timestamp, the timestamp
	intact  bool     // it is a signature over the bytes that it covers
	later   bool     // bytes were added later
	proven  *stamp   // the trusted timestamp of the signature itself
	fault   *fault
	text.Signature
}

func (s *signature) add(f *fault) { s.fault = worse(s.fault, f) }

// guard turns what ends work early into a fault: panics of the layers below,
// which read bytes from outside, and the end of the time.
func (v *verifier) guard(work func() *fault) (f *fault) {
	defer func() {
		if r := recover(); r != nil {
			f = undecided(text.CauseFormat, "damage")
		}
	}()
	if v.ctx.Err() != nil {
		return undecided(text.CauseLimit, "time")
	}
	f = work()
	if v.ctx.Err() != nil {
		f = worse(f, undecided(text.CauseLimit, "time"))
	}
	return f
}

// causeOf tells limits from damage.
func causeOf(err error) text.Cause {
	for _, limit := range []error{context.DeadlineExceeded, context.Canceled, evidence.ErrTooLarge, errSteps, errFields} {
		if errors.Is(err, limit) {
			return text.CauseLimit
		}
	}
	return text.CauseFormat
}

// examine finds out what the dictionary covers, and whether it holds a
// signature over that.
func (v *verifier) examine(s *signature) (f *fault) {
	switch {
	case s.fault != nil:
		return nil
	case s.dict == nil:
		return broken(text.CauseContents, "value")
	}
	c, f := cover(s.dict, v.data)
	if f != nil {
		return f
	}
	s.claim = c
	raw, f := embedded(s.dict, c, v.data)
	if f != nil {
		return f
	}
	s.cover = c
	parts := c.parts(v.data)
	switch filter, _ := s.dict.Value("SubFilter").(native.Name); filter {
	case "ETSI.RFC3161":
		s.Stamp = true
		if s.stamp, f = parseStamp(raw, v.keys.certificates, parts...); s.stamp != nil {
			s.message = s.stamp.message
		}
	case "adbe.x509.rsa_sha1":
		return undecided(text.CauseAlgorithm, string(filter))
	case "adbe.pkcs7.sha1":
		if s.message, f = parseMessage(raw, v.keys.certificates); f == nil {
			f = s.message.verifyDigest(parts)
		}
	default:
		if s.message, f = parseMessage(raw, v.keys.certificates); f == nil {
			f = s.message.verify(parts...)
		}
	}
	s.intact = f == nil
	return f
}

// dropCopies gives up later copies of the dictionary of a signature that is
// found where it was signed: they are judged there, as changes.
func (v *verifier) dropCopies() {
	covered := map[coverage]bool{}
	for _, s := range v.found {
		covered[s.cover] = true
	}
	v.found = slices.DeleteFunc(v.found, func(s *signature) bool {
		return s.cover == coverage{} && s.claim != coverage{} && covered[s.claim]
	})
}

// order sorts the signatures and counts revisions.
func (v *verifier) order() {
	slices.SortStableFunc(v.found, func(a, b *signature) int {
		none := func(s *signature) int { return cmp.Compare(0, s.cover.end) + 1 }
		return cmp.Or(cmp.Compare(none(a), none(b)), cmp.Compare(a.cover.end, b.cover.end))
	})
	var ends []int
	for _, s := range v.found {
		if s.cover.end > 0 {
			ends = append(ends, s.cover.end)
		}
	}
	ends = slices.Compact(ends)
	total := len(ends)
	if total == 0 || len(bytes.Trim(v.data[ends[total-1]:], space)) > 0 {
		total++
	}
	for _, s := range v.found {
		i, covered := slices.BinarySearch(ends, s.cover.end)
		s.Revision, s.Revisions = i+1, total
		if !covered {
			s.Revision = total
		}
	}
}

// compareLater judges what was added after the bytes that s covers.
func (v *verifier) compareLater(s *signature) *fault {
	if s.cover.end == 0 {
		return nil
	}
	tail := v.data[s.cover.end:]
	if len(bytes.Trim(tail, space)) == 0 {
		return nil
	}
	s.later = true
	if idle(tail) {
		return nil
	}
	if v.final == nil {
		return undecided(text.CauseFormat, "xref")
	}
	if f := ambiguous(v.final, v.data, s.cover.end); f != nil {
		return f
	}
	old, err := v.revision(s.cover.end)
	if err != nil {
		return undecided(causeOf(err), "revision")
	}
	sound := map[int]bool{}
	for _, o := range v.found {
		if o.cover.end > s.cover.end && (o.fault == nil || o.fault.state == text.Undecided) {
			sound[o.dict.From] = o.Stamp
		}
	}
	return compare(v.ctx, old, v.final, s, sound)
}

// revision opens the file as it was when it was so long. It keeps the last one
// only, because tables of objects can be large.
func (v *verifier) revision(end int) (*native.Revision, error) {
	if v.past != nil && v.pastEnd == end {
		return v.past, nil
	}
	r, err := native.OpenRevision(v.ctx, v.data[:end])
	if err == nil {
		v.past, v.pastEnd = r, end
	}
	return r, err
}

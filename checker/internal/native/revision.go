package native

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"sort"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// A Revision is a file as it was at the end of one of its updates: its objects
// as they are written, with their places. What an encrypted file keeps secret
// stays so. A Revision is not safe for concurrent use.
type Revision struct {
	ctx   context.Context // a Revision lives as long as one judgement
	data  []byte
	table *table
	left  int // bytes that may still be parsed or unpacked
	count int // values that may still be parsed
	cache map[Ref]Object
	packs map[int]*pack
	err   error
}

// The kinds of objects, beside nil for null, [String], [*Dict] and [*Stream].
type (
	Name    string // without its slash
	Number  string // as written
	Keyword string // true and false, and words that are no PDF
	Array   []any
	Ref     struct{ ID, Generation int }
)

// A String is a string, with where its delimiters stand in the file; both are
// 0 if it stands in an object stream.
type String struct {
	Value    string
	From, To int
}

// A Dict is a dictionary as written: in order, and a key may come twice.
type Dict struct {
	Entries []Entry
	From    int // where it begins in the file, 0 if in an object stream
}

// An Entry is one entry of a [Dict].
type Entry struct {
	Key   string
	Value any
}

// A Stream is a stream. Its bytes begin at From in the file.
type Stream struct {
	*Dict
	From int
	at   int // where its object begins
}

// An Object is an indirect object, with where it stands in the file up to the
// body of a stream; both are 0 if it stands in an object stream or does not exist.
type Object struct {
	Ref
	Value   any
	At, End int
}

// Value returns the first value of a key, nil if d is nil or has none.
func (d *Dict) Value(key string) any {
	if d != nil {
		for _, e := range d.Entries {
			if e.Key == key {
				return e.Value
			}
		}
	}
	return nil
}

// Float returns what the number says.
func (n Number) Float() float64 {
	f, _ := parseNumber([]byte(n))
	return f
}

// Text returns a text string as Unicode, ISO 32000-1, 7.9.2.2.
func (s String) Text() string { return textString([]byte(s.Value)) }

// Objects are parsed once, but for those in object streams, which may be long.
const (
	parseFactor   = 4
	parseMinimum  = 64 << 20
	maxValues     = 3_000_000 // in memory, some 60 bytes each
	maxValueDepth = 100
	maxChain      = 10 // references that lead to references
)

// OpenRevision opens a file that begins with its header and ends with the
// update that counts. It fails if the cross-reference tables cannot be read.
func OpenRevision(ctx context.Context, data []byte) (r *Revision, err error) {
	defer guard(&err)
	left := parseMinimum + parseFactor*len(data)
	t, err := readTable(ctx, data, left)
	if err != nil {
		return nil, err
	}
	return &Revision{ctx: ctx, data: data, table: t, left: left, count: maxValues, cache: map[Ref]Object{}, packs: map[int]*pack{}}, nil
}

// Err is the first error of [Revision.Get] and [Revision.Body].
func (r *Revision) Err() error { return r.err }

func (r *Revision) fail(err error) {
	if r.err == nil {
		r.err = err
	}
}

// Trailer returns the newest trailer.
func (r *Revision) Trailer() *Dict {
	written := slices.Concat(r.table.trailer, []byte("\n>>"))
	p := parser{lexer: lexer{data: written}, packed: true, left: maxValues}
	d, err := p.entries(0)
	if err != nil {
		r.fail(err)
	}
	return d
}

// Sections returns the number of cross-reference sections that the file has
// from an offset on. It is false if readers could differ about what they say:
// some skip the hidden sections of hybrid files, ISO 32000-1, 7.5.8.4, and of
// entries that come twice some take the first and others the last.
func (r *Revision) Sections(from int) (n int, clear bool) {
	l := lexer{data: r.data, pos: bytes.LastIndex(r.data, []byte("startxref")) + len("startxref")}
	at := int(l.next().num)
	for ; at >= from && at < len(r.data); n++ {
		t := &table{}
		trailer, err := t.section(r.ctx, r.data, at, r.left)
		if err != nil || n > maxSections || repeats(r.data, at, trailer) {
			return n, false
		}
		p := parser{lexer: lexer{data: slices.Concat(trailer, []byte("\n>>"))}, packed: true, left: maxValues}
		d, err := p.entries(0)
		keys := map[string]bool{}
		for _, e := range d.Entries {
			keys[e.Key] = true
		}
		before := integers(entry(trailer, "Prev"))
		if err != nil || len(keys) < len(d.Entries) || len(before) != 1 || before[0] >= at {
			return n, false
		}
		for _, hidden := range integers(entry(trailer, "XRefStm")) {
			if hidden >= from && !r.agrees(t, hidden) {
				return n, false
			}
		}
		at = before[0]
	}
	return n, true
}

// agrees reports whether a hidden section says nothing but what the section t
// says that leads to it. Programs that update hybrid files write such.
func (r *Revision) agrees(t *table, hidden int) bool {
	h := &table{}
	if _, err := h.section(r.ctx, r.data, hidden, r.left); err != nil {
		return false
	}
	for id, o := range h.objects {
		if o.known && o.offset+o.stream > 0 && (id >= len(t.objects) || t.objects[id] != o) {
			return false
		}
	}
	return true
}

// repeats reports whether a section, which could be read, lists an object twice.
func repeats(data []byte, offset int, trailer []byte) bool {
	var lists []int // pairs of the first object and the number of objects
	l := lexer{data: data, pos: offset}
	if l.next().kind == keyword {
		for first := l.next(); first.kind == number; first = l.next() {
			count := int(l.next().num)
			lists = append(lists, int(first.num), count)
			for range 3 * count {
				l.next()
			}
		}
	} else {
		lists = integers(entry(trailer, "Index"))
	}
	var spans [][2]int
	for i := 1; i < len(lists); i += 2 {
		spans = append(spans, [2]int{lists[i-1], lists[i-1] + lists[i]})
	}
	slices.SortFunc(spans, func(a, b [2]int) int { return cmp.Compare(a[0], b[0]) })
	for i := 1; i < len(spans); i++ {
		if spans[i][0] < spans[i-1][1] {
			return true
		}
	}
	return false
}

// Get returns v, or what it refers to if it is a [Ref]. It returns nil on
// damage, and [Revision.Err] then says why.
func (r *Revision) Get(v any) any {
	for range maxChain {
		ref, ok := v.(Ref)
		if !ok {
			return v
		}
		o, err := r.Load(ref)
		if err != nil {
			r.fail(err)
			return nil
		}
		v = o.Value
	}
	r.fail(errSyntax)
	return nil
}

// Dict returns the dictionary that v is or refers to, that of a stream if it
// is a stream, and nil if it is none.
func (r *Revision) Dict(v any) *Dict {
	switch d := r.Get(v).(type) {
	case *Dict:
		return d
	case *Stream:
		return d.Dict
	}
	return nil
}

var (
	errSyntax = errors.New("object cannot be parsed")
	errNumber = errors.New("object has another number than the table says")
	errLocked = fmt.Errorf("%w: encrypted object streams", evidence.ErrUnsupported)
	errLength = errors.New("stream does not end where it says")
)

// Load returns an object; its value is nil if the file has no such object.
func (r *Revision) Load(ref Ref) (Object, error) {
	if ref.ID < 0 || ref.ID >= len(r.table.objects) {
		return Object{Ref: ref}, nil
	}
	if o, ok := r.cache[ref]; ok {
		return o, nil
	}
	if err := r.ctx.Err(); err != nil {
		return Object{}, err
	}
	if r.left < 0 {
		return Object{}, errLong
	}
	o := Object{Ref: ref}
	at := r.table.objects[ref.ID]
	var err error
	switch {
	case at.stream != 0:
		o.Value, err = r.packed(ref.ID, at)
	case at.offset != 0:
		p := parser{lexer: lexer{data: r.data, pos: at.offset}, left: r.count}
		o, err = p.object()
		r.left, r.count = r.left-(p.pos-at.offset), p.left
		if err == nil && (o.Ref != ref || at.gen != ref.Generation) {
			err = errNumber
		}
	}
	if err != nil {
		return Object{}, err
	}
	r.cache[ref] = o
	return o, nil
}

// Offset returns where the definition of an object begins in the file, give or
// take white space, and 0 if it stands in an object stream or does not exist.
func (r *Revision) Offset(id int) int {
	if id < 0 || id >= len(r.table.objects) || r.table.objects[id].stream != 0 {
		return 0
	}
	return r.table.objects[id].offset
}

// ParseObject returns the object that is defined at an offset of a file,
// whether or not the file uses it.
func ParseObject(data []byte, offset int) (Object, error) {
	p := parser{lexer: lexer{data: data, pos: offset}, left: maxValues}
	return p.object()
}

// Body returns the bytes of a stream as they stand in the file.
func (r *Revision) Body(s *Stream) []byte {
	n, ok := r.Get(s.Value("Length")).(Number)
	end := s.From + int(max(-1, min(n.Float(), 1<<40)))
	if !ok || end < s.From || end > len(r.data) {
		r.fail(errLength)
		return nil
	}
	l := lexer{data: r.data, pos: end}
	if t := l.next(); t.kind != keyword || string(t.b) != "endstream" {
		r.fail(errLength)
		return nil
	}
	return r.data[s.From:end]
}

// Unpack returns the decoded bytes of a stream, at most limit, that is not
// compressed or by the usual method.
func (r *Revision) Unpack(s *Stream, limit int) ([]byte, error) {
	dict, _, ok := streamAt(r.data, s.at)
	if !ok {
		return nil, errStream
	}
	return inflate(dict, r.Body(s), limit)
}

// Displayed returns the box as displayed (origin top left, y downward) of a
// rectangle on a page with these boxes, in points. Rotate is in degrees.
func Displayed(media, crop, rect text.Box, rotate int) (text.Box, bool) {
	p := leaf{media: media, crop: crop, rotation: rotate / 90 & 3}
	if media.Empty() {
		p.media = letter
	}
	m, _, _ := displayed(p.shown(), p.rotation)
	b := bounds(m, rect.X0, rect.Y0, rect.X1, rect.Y1)
	return b, pdf.Finite(b)
}

// A pack is an object stream.
type pack struct {
	raw   []byte
	pairs []int       // number and start of each object
	index map[int]int // of objects by number; -1 if there are several
	first int         // where the first object starts
	ends  []int       // where objects start or end, sorted
	err   error
}

// packed returns an object of an object stream. Its index and its number must
// agree, because readers go by one or by the other.
func (r *Revision) packed(id int, at object) (any, error) {
	k, ok := r.packs[at.stream]
	if !ok {
		k = &pack{}
		r.packs[at.stream] = k
		k.err = r.unpack(k, at.stream)
	}
	if k.err != nil {
		return nil, k.err
	}
	if i, ok := k.index[id]; !ok || i != at.offset {
		return nil, errNumber
	}
	start := k.first + k.pairs[2*at.offset+1]
	if start < 0 || start >= len(k.raw) {
		return nil, errSyntax
	}
	end := k.ends[sort.SearchInts(k.ends, start+1)]
	r.left -= end - start
	p := parser{lexer: lexer{data: k.raw[:end], pos: start}, packed: true, left: r.count}
	defer func() { r.count = p.left }()
	return p.value(0)
}

func (r *Revision) unpack(k *pack, n int) error {
	if entry(r.table.trailer, "Encrypt") != nil {
		return errLocked
	}
	if n >= len(r.table.objects) || r.table.objects[n].stream != 0 || r.table.objects[n].offset == 0 {
		return errStream
	}
	dict, body, ok := streamAt(r.data, r.table.objects[n].offset)
	if !ok {
		return errStream
	}
	var err error
	if k.raw, err = inflate(dict, body, r.left); err != nil {
		return err
	}
	r.left -= len(k.raw)
	first := integers(entry(dict, "First"))
	if len(first) != 1 || first[0] < 0 || first[0] > min(len(k.raw), maxHead) {
		return errStream
	}
	k.first = first[0]
	k.pairs = integers(k.raw[:k.first])
	k.index = map[int]int{}
	for i := 1; i < len(k.pairs); i += 2 {
		id := k.pairs[i-1]
		if _, again := k.index[id]; again {
			k.index[id] = -1
		} else {
			k.index[id] = i / 2
		}
		k.ends = append(k.ends, min(k.first+k.pairs[i], len(k.raw)))
	}
	k.ends = append(k.ends, len(k.raw))
	slices.Sort(k.ends)
	return nil
}

// A parser reads objects one by one.
type parser struct {
	lexer
	packed bool // in an object stream, where nothing has a place in the file
	left   int  // values that may still be read
}

// object reads the definition of an indirect object.
func (p *parser) object() (Object, error) {
	p.skipSpace()
	o := Object{At: p.pos}
	id, generation, word := p.next(), p.next(), p.next()
	if id.kind != number || generation.kind != number || word.kind != keyword || string(word.b) != "obj" {
		return o, errSyntax
	}
	o.Ref = Ref{int(id.num), int(generation.num)}
	v, err := p.value(0)
	o.Value, o.End = v, p.pos
	if d, ok := v.(*Dict); ok && err == nil {
		end := p.pos
		if t := p.next(); t.kind == keyword && string(t.b) == "stream" {
			p.skip('\r')
			p.skip('\n')
			o.Value = &Stream{Dict: d, From: p.pos, at: o.At}
		} else {
			p.pos = end
		}
	}
	return o, err
}

// begins reports whether s comes next.
func (p *parser) begins(s string) bool {
	p.skipSpace()
	return bytes.HasPrefix(p.data[p.pos:], []byte(s))
}

// place is the place in the file of what is at pos.
func (p *parser) place(pos int) int {
	if p.packed {
		return 0
	}
	return pos
}

func (p *parser) value(depth int) (any, error) {
	if p.left--; p.left < 0 {
		return nil, errLong
	}
	if depth > maxValueDepth {
		return nil, errSyntax
	}
	if p.begins("<<") {
		from := p.pos
		p.pos += len("<<")
		d, err := p.entries(depth)
		d.From = p.place(from)
		return d, err
	}
	p.reset()
	from := p.pos
	switch t := p.next(); t.kind {
	case number:
		written := Number(p.data[from:p.pos])
		if ref, ok := p.reference(t.num); ok {
			return ref, nil
		}
		return written, nil
	case name:
		return Name(t.b), nil
	case stringToken:
		return String{Value: string(t.b), From: p.place(from), To: p.place(p.pos)}, nil
	case openArray:
		a := Array{}
		for !p.begins("]") {
			v, err := p.value(depth + 1)
			if err != nil {
				return nil, err
			}
			a = append(a, v)
		}
		p.pos++
		return a, nil
	case keyword:
		if string(t.b) == "null" {
			return nil, nil
		}
		return Keyword(t.b), nil
	}
	return nil, errSyntax
}

// reference reads what makes a reference of a number just read.
func (p *parser) reference(id float64) (Ref, bool) {
	end := p.pos
	if generation := p.next(); generation.kind == number {
		if r := p.next(); r.kind == keyword && string(r.b) == "R" {
			return Ref{int(id), int(generation.num)}, true
		}
	}
	p.pos = end
	return Ref{}, false
}

// entries reads the entries of a dictionary up to its end.
func (p *parser) entries(depth int) (*Dict, error) {
	d := &Dict{}
	for {
		if p.begins(">>") {
			p.pos += len(">>")
			return d, nil
		}
		p.reset()
		key := p.next()
		if key.kind != name {
			return d, errSyntax
		}
		k := string(key.b)
		v, err := p.value(depth + 1)
		if err != nil {
			return d, err
		}
		d.Entries = append(d.Entries, Entry{k, v})
	}
}

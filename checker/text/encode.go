package text

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
	"time"
)

// resolution is how many steps a point has: coordinates are kept to 1/100 pt,
// a thirtieth of a pixel on a screen.
const resolution = 100

func round(v float64) float64 {
	if math.IsNaN(v) || math.Abs(v) > 1e12 {
		return 0
	}
	return math.Round(v*resolution)/resolution + 0 // no negative zero
}

func (b *Box) round() {
	b.X0, b.Y0, b.X1, b.Y1 = round(b.X0), round(b.Y0), round(b.X1), round(b.Y1)
}

// Round rounds all boxes to 1/100 pt, as encoding does, so that a document that
// was encoded is equal to one that was not.
func (d *Document) Round() {
	if len(d.Meta) == 0 {
		d.Meta = nil
	}
	for i := range d.Pages {
		p := &d.Pages[i]
		if len(p.Lines) == 0 {
			p.Lines = nil
		}
		for j := range p.Lines {
			p.Lines[j].Box.round()
			for k := range p.Lines[j].Words {
				p.Lines[j].Words[k].Box.round()
			}
		}
		for j := range p.Images {
			p.Images[j].Box.round()
		}
		for j := range p.Fields {
			p.Fields[j].Box.round()
		}
		for j := range p.Marks {
			m := &p.Marks[j]
			m.Box.round()
			m.Area, m.Longest, m.Colour = round(m.Area), round(m.Longest), round(m.Colour)
		}
		for j := range p.Grids {
			for _, list := range [][]float64{p.Grids[j].Rows, p.Grids[j].Columns, p.Grids[j].Ink} {
				for k := range list {
					list[k] = round(list[k])
				}
			}
		}
	}
	for i := range d.Signatures {
		d.Signatures[i].Box.round()
	}
}

// AppendBinary implements [encoding.BinaryAppender]. Numbers are varints, and
// coordinates stand relative to what comes before them: a word takes about
// eight bytes beside its text.
func (d *Document) AppendBinary(b []byte) ([]byte, error) {
	e := encoder{b}
	e.string(d.Format)
	e.bool(d.Photo)
	e.bool(d.Paged)
	e.int(d.Total)
	e.int(len(d.Meta))
	for _, k := range slices.Sorted(maps.Keys(d.Meta)) {
		e.string(k)
		e.string(d.Meta[k])
	}
	e.int(len(d.Pages))
	for i := range d.Pages {
		e.page(&d.Pages[i])
	}
	e.int(len(d.Signatures))
	for i := range d.Signatures {
		e.signature(&d.Signatures[i])
	}
	e.int(len(d.Requests))
	for _, r := range d.Requests {
		e.strings([]string{r.Signer, r.Title})
		e.bool(r.Signed)
	}
	return e.b, nil
}

func (e *encoder) signature(s *Signature) {
	e.strings([]string{string(s.State), string(s.Cause), s.Detail, s.Signer, s.Issuer, s.Reason, s.TimeSource, s.Field})
	e.bool(!s.Time.IsZero())
	if !s.Time.IsZero() {
		e.b = binary.AppendVarint(e.b, s.Time.Unix())
	}
	e.bool(s.Stamp)
	e.int(s.Page)
	e.box(s.Box, 0, 0)
	e.int(s.Revision)
	e.int(s.Revisions)
}

type encoder struct{ b []byte }

func (e *encoder) int(n int)       { e.b = binary.AppendVarint(e.b, int64(n)) }
func (e *encoder) step(v float64)  { e.b = binary.AppendVarint(e.b, int64(math.Round(v*resolution))) }
func (e *encoder) float(v float64) { e.b = binary.LittleEndian.AppendUint64(e.b, math.Float64bits(v)) }
func (e *encoder) string(s string) { e.int(len(s)); e.b = append(e.b, s...) }
func (e *encoder) strings(s []string) {
	e.int(len(s))
	for _, one := range s {
		e.string(one)
	}
}

func (e *encoder) bool(v bool) {
	n := byte(0)
	if v {
		n = 1
	}
	e.b = append(e.b, n)
}

// box appends b relative to the point (x, y).
func (e *encoder) box(b Box, x, y float64) {
	e.step(b.X0 - x)
	e.step(b.Y0 - y)
	e.step(b.X1 - b.X0)
	e.step(b.Y1 - b.Y0)
}

func (e *encoder) page(p *Page) {
	e.int(p.Number)
	e.float(p.Width)
	e.float(p.Height)
	e.float(p.Raster)
	e.string(string(p.Origin))
	e.string(p.Engine)
	e.strings(p.Doubts)

	size, words := 0, 0
	for _, l := range p.Lines {
		words += len(l.Words)
		for _, w := range l.Words {
			size += len(w.Text)
		}
	}
	e.int(words)
	e.int(size)
	for _, l := range p.Lines {
		for _, w := range l.Words {
			e.b = append(e.b, w.Text...)
		}
	}
	e.int(len(p.Lines))
	y := 0.0
	for _, l := range p.Lines {
		e.box(l.Box, 0, y)
		y = l.Box.Y0
		e.int(l.Paragraph)
		e.int(l.Table)
		if l.Table != 0 {
			e.int(l.Row)
			e.int(l.Column)
		}
		e.int(len(l.Words))
		x := l.Box.X0
		for _, w := range l.Words {
			e.int(len(w.Text))
			e.box(w.Box, x, l.Box.Y0)
			if p.Origin == OCR {
				e.b = append(e.b, w.Confidence)
			}
			x = w.Box.X1
		}
	}
	e.int(len(p.Images))
	for _, m := range p.Images {
		e.box(m.Box, 0, 0)
		e.int(m.Paragraph)
		e.int(m.Width)
		e.int(m.Height)
	}
	e.int(len(p.Fields))
	for _, f := range p.Fields {
		e.strings([]string{f.Kind, f.Name, f.Value})
		e.box(f.Box, 0, 0)
	}
	e.int(len(p.Marks))
	for _, m := range p.Marks {
		e.strings([]string{string(m.Kind), m.Payload, m.Words})
		e.box(m.Box, 0, 0)
		e.step(m.Area)
		e.step(m.Longest)
		e.step(m.Colour)
	}
	e.string(string(p.Grade))
	if p.Grade != Ungraded {
		e.picture(p)
	}
}

// picture appends what only a pictured page has.
func (e *encoder) picture(p *Page) {
	e.float(p.Skew)
	e.int(len(p.Grids))
	for _, g := range p.Grids {
		for _, list := range [][]float64{g.Rows, g.Columns, g.Ink} {
			e.int(len(list))
			for _, v := range list {
				e.step(v)
			}
		}
	}
}

// ErrEncoding says that bytes are no encoded document.
var ErrEncoding = errors.New("not an encoded document")

// UnmarshalBinary implements [encoding.BinaryUnmarshaler]. Whatever the bytes
// are, the memory it takes is in proportion to their number. Its error is
// [ErrEncoding].
func (d *Document) UnmarshalBinary(b []byte) error {
	dec := decoder{b: b, words: len(b) / minWord}
	*d = Document{Format: dec.string(), Photo: dec.bool(), Paged: dec.bool(), Total: dec.int()}
	if n := dec.count(2); n > 0 {
		d.Meta = map[string]string{}
		for range n {
			k := dec.string()
			d.Meta[k] = dec.string()
		}
	}
	d.Pages = make([]Page, dec.count(minPage))
	for i := range d.Pages {
		dec.page(&d.Pages[i])
	}
	if n := dec.count(minSignature); n > 0 {
		d.Signatures = make([]Signature, n)
		for i := range d.Signatures {
			dec.signature(&d.Signatures[i])
		}
	}
	if n := dec.count(minRequest); n > 0 {
		d.Requests = make([]Request, n)
		for i := range d.Requests {
			s := dec.fixed(2)
			d.Requests[i] = Request{s[0], s[1], dec.bool()}
		}
	}
	if dec.failed || len(dec.b) > 0 {
		*d = Document{}
		return ErrEncoding
	}
	return nil
}

// The least numbers of bytes that things take, by which their number is bounded.
const (
	minPage      = 36
	minLine      = 7
	minWord      = 5
	minImage     = 7
	minField     = 8
	minMark      = 11
	minGrid      = 3
	minSignature = 18
	minRequest   = 4
)

// A decoder takes values off b. After a failure it gives zeros.
type decoder struct {
	b      []byte
	words  int // that the rest can hold
	failed bool
}

func (d *decoder) fail() { d.failed, d.b = true, nil }

func (d *decoder) varint() int64 {
	v, n := binary.Varint(d.b)
	if n <= 0 {
		d.fail()
		return 0
	}
	d.b = d.b[n:]
	return v
}

func (d *decoder) int() int { return int(d.varint()) }

// count takes a number of things that take at least size bytes each.
func (d *decoder) count(size int) int {
	n := d.int()
	if n < 0 || n > len(d.b)/size {
		d.fail()
		return 0
	}
	return n
}

func (d *decoder) bytes(n int) []byte {
	if n < 0 || n > len(d.b) {
		d.fail()
		return nil
	}
	out := d.b[:n]
	d.b = d.b[n:]
	return out
}

func (d *decoder) string() string { return string(d.bytes(d.int())) }
func (d *decoder) bool() bool     { b := d.bytes(1); return len(b) > 0 && b[0] != 0 }

func (d *decoder) strings() []string {
	n := d.count(1)
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = d.string()
	}
	return out
}

// fixed takes a list of n strings.
func (d *decoder) fixed(n int) []string {
	if s := d.strings(); len(s) == n {
		return s
	}
	d.fail()
	return make([]string, n)
}

func (d *decoder) step() float64 { return float64(d.varint()) / resolution }

func (d *decoder) float() float64 {
	b := d.bytes(8)
	if len(b) < 8 {
		return 0
	}
	return math.Float64frombits(binary.LittleEndian.Uint64(b))
}

// steps turns a coordinate into steps, exactly as it was encoded.
func steps(v float64) int64 { return int64(math.Round(v * resolution)) }

func (d *decoder) box(x, y float64) Box {
	x0 := steps(x) + d.varint()
	y0 := steps(y) + d.varint()
	x1 := x0 + d.varint()
	y1 := y0 + d.varint()
	return Box{float64(x0) / resolution, float64(y0) / resolution, float64(x1) / resolution, float64(y1) / resolution}
}

func (d *decoder) page(p *Page) {
	*p = Page{Number: d.int(), Width: d.float(), Height: d.float(), Raster: d.float(), Origin: Origin(d.string()), Engine: d.string(), Doubts: d.strings()}
	n := d.count(minWord)
	if d.words -= n; d.words < 0 {
		d.fail()
		return
	}
	words := make([]Word, n)
	all := d.string() // all words of a page share their memory
	lines := d.count(minLine)
	if lines > 0 {
		p.Lines = make([]Line, lines)
	}
	y := 0.0
	for i := range p.Lines {
		l := &p.Lines[i]
		l.Box = d.box(0, y)
		y = l.Box.Y0
		l.Paragraph, l.Table = d.int(), d.int()
		if l.Table != 0 {
			l.Row, l.Column = d.int(), d.int()
		}
		n := d.count(minWord)
		if n > len(words) {
			d.fail()
			return
		}
		if n > 0 {
			l.Words, words = words[:n:n], words[n:]
		}
		x := l.Box.X0
		for k := range l.Words {
			size := d.int()
			if size < 0 || size > len(all) {
				d.fail()
				return
			}
			l.Words[k] = Word{Text: all[:size], Box: d.box(x, l.Box.Y0)}
			if p.Origin == OCR {
				if b := d.bytes(1); len(b) > 0 {
					l.Words[k].Confidence = b[0]
				}
			}
			all = all[size:]
			x = l.Words[k].Box.X1
		}
	}
	if n := d.count(minImage); n > 0 {
		p.Images = make([]Image, n)
		for i := range p.Images {
			p.Images[i] = Image{Box: d.box(0, 0), Paragraph: d.int(), Width: d.int(), Height: d.int()}
		}
	}
	if n := d.count(minField); n > 0 {
		p.Fields = make([]Field, n)
		for i := range p.Fields {
			s := d.fixed(3)
			p.Fields[i] = Field{s[0], s[1], s[2], d.box(0, 0)}
		}
	}
	if n := d.count(minMark); n > 0 {
		p.Marks = make([]Mark, n)
		for i := range p.Marks {
			s := d.fixed(3)
			p.Marks[i] = Mark{Kind: MarkKind(s[0]), Payload: s[1], Words: s[2], Box: d.box(0, 0), Area: d.step(), Longest: d.step(), Colour: d.step()}
		}
	}
	if p.Grade = Grade(d.string()); p.Grade != Ungraded {
		d.picture(p)
	}
}

func (d *decoder) picture(p *Page) {
	p.Skew = d.float()
	if n := d.count(minGrid); n > 0 {
		p.Grids = make([]Grid, n)
		for i := range p.Grids {
			g := &p.Grids[i]
			for _, list := range []*[]float64{&g.Rows, &g.Columns, &g.Ink} {
				for range d.count(1) {
					*list = append(*list, d.step())
				}
			}
			if len(g.Rows) < 2 || len(g.Columns) < 2 || len(g.Ink) != (len(g.Rows)-1)*(len(g.Columns)-1) {
				d.fail()
			}
		}
	}
}

func (d *decoder) signature(s *Signature) {
	f := d.fixed(8)
	*s = Signature{State: Judgement(f[0]), Cause: Cause(f[1]), Detail: f[2], Signer: f[3], Issuer: f[4], Reason: f[5], TimeSource: f[6], Field: f[7]}
	if d.bool() {
		s.Time = time.Unix(d.varint(), 0).UTC()
	}
	s.Stamp, s.Page, s.Box = d.bool(), d.int(), d.box(0, 0)
	s.Revision, s.Revisions = d.int(), d.int()
}

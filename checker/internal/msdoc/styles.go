package msdoc

import "slices"

// The styles of a document. The zero value has none.
type styles struct {
	list   []style
	paps   map[int]pap // what paragraph and hidden have returned
	vanish map[int]*bool
}

type style struct {
	base     int
	pap, chp block
}

// The kinds of styles that are read.
const (
	paragraphStyle = 1
	characterStyle = 2
)

// maxBase bounds how far styles are followed: they may be based on each other
// in a circle.
const maxBase = 20

// maxProps bounds the properties of a style; few have more than 100 bytes.
const maxProps = 4096

// readStyles reads an STSH.
func readStyles(b block) *styles {
	s := &styles{paps: make(map[int]pap), vanish: make(map[int]*bool)}
	n, base := b.u16(2), b.u16(4)
	at := 2 + b.u16(0)
	for range n {
		if at >= len(b) {
			break
		}
		size := b.u16(at)
		s.list = append(s.list, readStyle(b.cut(at+2, size), base))
		at += 2 + size
	}
	return s
}

// readStyle reads an STD, whose fixed part has the given size.
func readStyle(b block, fixed int) style {
	st := style{base: b.u16(2) >> 4}
	at := fixed + 2 + 2*b.u16(fixed) + 2 // the name and its zero
	next := func() block {
		at += at % 2
		v := b.cut(at+2, min(b.u16(at), maxProps))
		at += 2 + b.u16(at)
		return v
	}
	switch b.u16(2) & 15 {
	case paragraphStyle:
		st.pap = next().from(2)
		st.chp = next()
	case characterStyle:
		st.chp = next()
	}
	return st
}

// chain returns a style and those it is based on, the last one first.
func (s *styles) chain(id int) []style {
	var out []style
	for range maxBase {
		if id >= len(s.list) {
			break
		}
		out = append(out, s.list[id])
		id = s.list[id].base
	}
	slices.Reverse(out)
	return out
}

// paragraph returns the properties of a paragraph of a style.
func (s *styles) paragraph(id int) pap {
	p, ok := s.paps[id]
	if !ok {
		for _, st := range s.chain(id) {
			p.apply(st.pap, nil)
		}
		p.cost = 0
		s.paps[id] = p
	}
	return p
}

// hidden reports whether text of a style is hidden, nil if the style says
// nothing about it.
func (s *styles) hidden(id int) *bool {
	if out, ok := s.vanish[id]; ok {
		return out
	}
	var out *bool
	for _, st := range s.chain(id) {
		for op, v := range sprms(st.chp) {
			if op == sprmCFVanish {
				out = new(v.u8(0)&1 != 0)
			}
		}
	}
	s.vanish[id] = out
	return out
}

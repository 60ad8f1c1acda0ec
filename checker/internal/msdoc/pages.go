package msdoc

// Properties lie in pages of 512 bytes, the FKPs, each of which is about a
// stretch of the WordDocument stream.

const pageSize = 512

// A pager finds the properties of what lies at an offset of the stream. It
// keeps no pages: they are read where they lie.
type pager struct {
	word  block
	table plc // of pages by the offsets they are about
	item  int // size of an entry of a page
}

// A run is a stretch of the stream with the same properties.
type run struct {
	end   int   // offset of the first byte after it
	props block // begins with the length of the properties; nil if there are none
}

// run returns the properties at an offset.
func (p pager) run(fc int) run {
	i, ok := p.table.find(fc)
	if !ok {
		return run{end: max(p.table.at(0), fc+1)}
	}
	if i >= p.table.n {
		return run{end: len(p.word)}
	}
	page := p.word.cut(p.table.item(i).i32(0)&0x3fffff*pageSize, pageSize)
	n := page.u8(pageSize - 1)
	if len(page) < pageSize || 4*(n+1)+n*p.item >= pageSize {
		return run{end: fc + 1}
	}
	entries := plc{n: n, size: p.item, data: page}
	j, ok := entries.find(fc)
	if !ok || j >= n {
		return run{end: max(p.table.at(i+1), fc+1)}
	}
	r := run{end: entries.at(j + 1)}
	if at := 2 * entries.item(j).u8(0); at > 0 {
		r.props = page[at : pageSize-1]
	}
	return r
}

// characters returns the properties of a character, which are a grpprl.
func (r run) characters() block { return r.props.cut(1, r.props.u8(0)) }

// paragraph returns the style of a paragraph and its own properties.
func (r run) paragraph() (style int, grpprl block) {
	b := r.props.cut(1, 2*r.props.u8(0)-1)
	if r.props.u8(0) == 0 {
		b = r.props.cut(2, 2*r.props.u8(1))
	}
	return b.u16(0), b.from(2)
}

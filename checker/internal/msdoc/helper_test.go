package msdoc_test

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/msdoc"
	"dasheval/checker/text"
)

// A stretch is text with properties, as a file is put together from it. The
// text of a story ends where the next one begins.
type stretch struct {
	text  string // with the signs of [MS-DOC]
	chars []byte // properties of the characters
	wide  bool   // is a piece of UTF-16
	prm   int    // properties of the piece
}

// A file is what a document is put together from. Paragraphs are told apart
// by their marks; paras has the properties of each, from its style on.
type file struct {
	text    []stretch
	paras   map[int][]byte // by number
	stories [11]int        // lengths; 0 means the main text is all there is
	tables  map[int][]byte
	data    []byte
	prcs    [][]byte
	patch   func(word []byte)
}

func u16(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func u32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

// sprm returns a property.
func sprm(op int, operand ...byte) []byte { return append(u16(op), operand...) }

func join(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

// para returns the properties of a paragraph: its style and others.
func para(style int, sprms ...[]byte) []byte { return join(u16(style), join(sprms...)) }

// at pads b to n bytes.
func at(b []byte, n int) []byte { return append(b, make([]byte, max(n-len(b), 0))...) }

const textStart = 1024

// streams returns the streams of the file: WordDocument, 1Table and Data.
func (f file) streams() (word, table, data []byte) {
	var pcd []byte
	cps := u32(0)
	chars := page{item: 1}
	paras := page{item: 13}
	word = make([]byte, textStart)
	cp, number := 0, 0
	for _, s := range f.text {
		units := utf16.Encode([]rune(s.text))
		fc := len(word)
		if !s.wide {
			fc = fc*2 | 0x40000000
		}
		pcd = join(pcd, u16(0), u32(fc), u16(s.prm))
		chars.start(len(word))
		paras.start(len(word))
		for _, u := range units {
			if s.wide {
				word = append(word, u16(int(u))...)
			} else {
				word = append(word, byte(u))
			}
			if u == 0x0d || u == 0x07 || u == 0x0c && f.paras[number] != nil {
				p := f.paras[number]
				if p == nil {
					p = para(0)
				}
				paras.end(len(word), at(join([]byte{0, byte((len(p) + 1) / 2)}, p), 2+len(p)+len(p)%2))
				number++
			}
		}
		props := []byte(nil)
		if s.chars != nil {
			props = join([]byte{byte(len(s.chars))}, s.chars)
		}
		chars.end(len(word), props)
		cp += len(units)
		cps = append(cps, u32(cp)...)
	}
	end := len(word)
	word = at(word, (len(word)+511)/512*512)
	f.tables = cloned(f.tables)
	for i, p := range map[int]*page{12: &chars, 13: &paras} {
		f.tables[i] = join(u32(textStart), u32(end), u32(len(word)/512))
		word = append(word, p.bytes()...)
	}
	for _, p := range f.prcs {
		f.tables[33] = join(f.tables[33], []byte{1}, u16(len(p)), p)
	}
	f.tables[33] = join(f.tables[33], []byte{2}, u32(len(cps)+len(pcd)), cps, pcd)
	return f.fib(word, cp)
}

func cloned(m map[int][]byte) map[int][]byte {
	out := make(map[int][]byte)
	for k, v := range m {
		out[k] = v
	}
	return out
}

// fib writes the file information block and the tables that it tells of.
func (f file) fib(word []byte, cp int) (_, table, data []byte) {
	copy(word, join(u16(0xa5ec), u16(0xc1)))
	word[11] = 0x02 // 1Table
	word[32], word[62], word[152] = 14, 22, 93
	if f.stories == [11]int{} {
		f.stories[3] = cp
	}
	for i, n := range f.stories {
		copy(word[64+4*i:], u32(n))
	}
	table = make([]byte, 4)
	for i := range 93 {
		if b := f.tables[i]; b != nil {
			size := len(b)
			if i == 73 {
				size = 2 + 28*int(b[0]) // the levels are not counted
			}
			copy(word[154+8*i:], join(u32(len(table)), u32(size)))
			table = append(table, b...)
		}
	}
	if f.patch != nil {
		f.patch(word)
	}
	return word, table, f.data
}

// A page collects what a FKP holds.
type page struct {
	item  int
	fcs   []int
	props [][]byte
}

// start begins what has not been ended, at an offset of the stream.
func (p *page) start(fc int) {
	if len(p.fcs) == 0 {
		p.fcs = append(p.fcs, fc)
	}
}

func (p *page) end(fc int, props []byte) {
	p.fcs = append(p.fcs, fc)
	p.props = append(p.props, props)
}

func (p *page) bytes() []byte {
	out := make([]byte, 512)
	for i, fc := range p.fcs {
		copy(out[4*i:], u32(fc))
	}
	top := 510
	for i, props := range p.props {
		if props == nil {
			continue
		}
		top = (top - len(props)) / 2 * 2
		copy(out[top:], props)
		out[4*len(p.fcs)+i*p.item] = byte(top / 2)
	}
	out[511] = byte(len(p.props))
	return out
}

func (f file) bytes() []byte { return compound(f.streams()) }

// compound returns an OLE2 file with three streams.
func compound(word, table, data []byte) []byte {
	const sector = 512
	streams := []struct {
		name string
		data []byte
	}{{"WordDocument", word}, {"1Table", table}, {"Data", data}}
	entries := 1 + len(streams)
	var body, fat []byte
	dir := entry("Root Entry", 5, 1, -1, -2, 0)
	chain := func(n int) { // of n sectors
		for i := range n {
			if next := len(fat)/4 + 1; i < n-1 {
				fat = append(fat, u32(next)...)
			} else {
				fat = append(fat, u32(-2)...)
			}
		}
	}
	chain((entries*128 + sector - 1) / sector)
	for i, s := range streams {
		b := at(slices.Clone(s.data), 4096)
		b = at(b, (len(b)+sector-1)/sector*sector)
		right := i + 2
		if right == entries {
			right = -1
		}
		dir = append(dir, entry(s.name, 2, -1, right, len(fat)/4, len(b))...)
		chain(len(b) / sector)
		body = append(body, b...)
	}
	dir = at(dir, (len(dir)+sector-1)/sector*sector)
	first := len(fat) / 4
	n := 0
	for n*sector < len(fat)+4*n {
		n++
	}
	for range n {
		fat = append(fat, u32(-3)...)
	}
	for len(fat) < n*sector {
		fat = append(fat, u32(-1)...)
	}
	h := join([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 16), u16(0x3e), u16(3), u16(0xfffe), u16(9), u16(6), make([]byte, 6),
		u32(0), u32(n), u32(0), u32(0), u32(4096), u32(-2), u32(0), u32(-2), u32(0))
	for i := range 109 {
		if i < n {
			h = append(h, u32(first+i)...)
		} else {
			h = append(h, u32(-1)...)
		}
	}
	return join(h, dir, body, fat)
}

// entry returns an entry of the directory of an OLE2 file.
func entry(name string, kind, child, right, start, size int) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(name + "\x00")) {
		b = append(b, u16(int(u))...)
	}
	b = join(at(b, 64), u16(2*len(name)+2), []byte{byte(kind), 1}, u32(-1), u32(right), u32(child), make([]byte, 36), u32(start), u32(size), u32(0))
	return b
}

// lines converts a document and returns its lines. Pages end in a line of
// dashes, and pictures are lines of their own where they begin.
func lines(t testing.TB, data []byte) []string {
	t.Helper()
	out, err := msdoc.Convert(t.Context(), data)
	require.NoError(t, err)
	return laidOut(read(t, out))
}

func read(t testing.TB, data []byte) *text.Document {
	t.Helper()
	doc, err := docx.Read(bytes.NewReader(data), int64(len(data)), docx.Limits{})
	require.NoError(t, err)
	return doc
}

func laidOut(doc *text.Document) []string {
	var out []string
	for i, p := range doc.Pages {
		if i > 0 {
			out = append(out, "---")
		}
		images := p.Images
		for _, l := range p.Lines {
			for len(images) > 0 && images[0].Box.Y0 < l.Box.Y0 {
				out, images = append(out, "[picture]"), images[1:]
			}
			out = append(out, l.Text())
		}
		for range images {
			out = append(out, "[picture]")
		}
	}
	return out
}

// content returns the main part of a converted document.
func content(t testing.TB, f file) string {
	t.Helper()
	out, err := msdoc.Convert(t.Context(), f.bytes())
	require.NoError(t, err)
	body := string(out) // its parts are not packed
	_, body, _ = strings.Cut(body, "<w:body>")
	body, _, _ = strings.Cut(body, "</w:body>")
	return body
}

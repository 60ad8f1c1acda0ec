package msdoc_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// record returns a record of a drawing.
func record(kind, instance int, data ...[]byte) []byte {
	b := join(data...)
	return join(u16(instance<<4|0xf), u16(kind), u32(len(b)), b)
}

// drawn returns a shape of a type with properties, each an id and a value.
func drawn(kind, id int, props ...int) []byte {
	var b []byte
	for i := 0; i < len(props); i += 2 {
		b = join(b, u16(props[i]), u32(props[i+1]))
	}
	return record(0xf004, 0, record(0xf00a, kind, u32(id), u32(0)), record(0xf00b, len(props)/2, b))
}

// drawings returns the table of drawings of the main text.
func drawings(shapes ...[]byte) []byte {
	return join(record(0xf000, 0), []byte{0}, record(0xf002, 0, record(0xf003, 0, drawn(0, 1), join(shapes...))))
}

// anchors returns where shapes of 100 by 50 points lie.
func anchors(end int, cpAndID ...int) []byte {
	var cps, items []byte
	for i := 0; i < len(cpAndID); i += 2 {
		cps = append(cps, u32(cpAndID[i])...)
		items = join(items, u32(cpAndID[i+1]), u32(-100), u32(20), u32(1900), u32(1020), make([]byte, 6))
	}
	return join(cps, u32(end), items)
}

// picf returns the description of a picture in the text of 1000 by 500
// twentieths of a point, shown at half its size and cropped.
func picf(mode int, records []byte) []byte {
	head := join(u16(68), u16(mode), make([]byte, 20), u16(1000), u16(500), u16(500), u16(500), u16(200), u16(0), u16(0), u16(0))
	head = at(head, 64)
	return join(u32(4+len(head)+len(records)), head, records)
}

const (
	picture = 75  // type of shape
	textBox = 202 // likewise
	pib     = 0x0104
	txid    = 0x0080

	inline  = `<w:drawing><wp:inline><wp:extent cx="254000" cy="158750"/><a:blip/></wp:inline></w:drawing>`
	over    = `<w:drawing><wp:anchor><wp:extent cx="1270000" cy="635000"/><a:blip/></wp:anchor></w:drawing>`
	inField = `<w:drawing><wp:inline><wp:extent cx="1270000" cy="635000"/><a:blip/></wp:inline></w:drawing>`
)

func TestPictures(t *testing.T) {
	place := special(sprm(0x6a03, 0, 0, 0, 0)...)
	blip := record(0xf007, 0, make([]byte, 36))
	for _, c := range []struct {
		name   string
		text   []stretch
		data   []byte
		shapes []byte
		at     []byte
		want   string // all drawings
	}{
		{name: "in the text", text: []stretch{{text: "\x01", chars: place}, {text: "\r"}}, data: picf(0x64, join(drawn(picture, 9), blip)), want: inline},
		{name: "with the name of a file", text: []stretch{{text: "\x01", chars: place}, {text: "\r"}}, data: picf(0x66, join([]byte{2, 'a', 'b'}, blip)), want: inline},
		{name: "metafile", text: []stretch{{text: "\x01", chars: place}, {text: "\r"}}, data: picf(8, []byte("data")), want: inline},
		{name: "line", text: []stretch{{text: "\x01", chars: place}, {text: "\r"}}, data: picf(0x64, drawn(1, 9))},
		{name: "data of a form", text: []stretch{{text: "\x01", chars: join(place, sprm(0x0806, 1))}, {text: "\r"}}, data: picf(0x64, blip)},
		{name: "deleted", text: []stretch{{text: "\x01", chars: join(place, deleted())}, {text: "\r"}}, data: picf(0x64, blip)},
		{name: "no description", text: []stretch{{text: "\x01", chars: place}, {text: "\r"}}},
		{name: "over the text", text: []stretch{{text: "a\x08b\r"}}, shapes: drawings(drawn(picture, 5)), at: anchors(4, 1, 5), want: over},
		{name: "filled shape", text: []stretch{{text: "a\x08b\r"}}, shapes: drawings(drawn(1, 5, pib, 1)), at: anchors(4, 1, 5), want: over},
		{name: "frame", text: []stretch{{text: "a\x08b\r"}}, shapes: drawings(drawn(1, 5)), at: anchors(4, 1, 5)},
		{name: "another shape", text: []stretch{{text: "a\x08b\r"}}, shapes: drawings(drawn(picture, 6)), at: anchors(4, 1, 5)},
		{name: "group", text: []stretch{{text: "a\x08b\r"}}, shapes: drawings(record(0xf003, 0, drawn(0, 5), drawn(1, 6), drawn(picture, 7))), at: anchors(4, 1, 5), want: over},
		{name: "shape for a picture in the text", text: []stretch{{text: "\x13 SHAPE \x14\x08"}, {text: "\x01", chars: place}, {text: "\x15\r"}},
			shapes: drawings(drawn(picture, 5)), at: anchors(12, 9, 5), data: picf(0x64, blip), want: inline},
		{name: "shape that tells the size", text: []stretch{{text: "\x13 SHAPE \x08\x14"}, {text: "\x01", chars: place}, {text: "\x15\r"}},
			shapes: drawings(drawn(picture, 5)), at: anchors(12, 8, 5), want: inField},
	} {
		f := file{text: c.text, data: c.data, tables: map[int][]byte{50: c.shapes, 40: c.at}}
		var got strings.Builder
		for s := content(t, f); ; {
			_, after, found := strings.Cut(s, "<w:drawing>")
			if !found {
				break
			}
			one, rest, _ := strings.Cut(after, "</w:drawing>")
			got.WriteString("<w:drawing>" + one + "</w:drawing>")
			s = rest
		}
		assert.Equal(t, c.want, got.String(), c.name)
	}
}

// TestTextBoxes has a box where it is anchored, once, also in a header.
func TestTextBoxes(t *testing.T) {
	f := file{
		text:    []stretch{{text: "a\x08\x08b\rbox\r\r"}},
		stories: [11]int{3: 5, 9: 5},
		tables: map[int][]byte{
			50: drawings(drawn(textBox, 5, txid, 1<<16), drawn(textBox, 6, txid, 1<<16)),
			40: anchors(5, 1, 5, 2, 6),
			56: join(u32(0), u32(4), u32(5), make([]byte, 44)),
		},
	}
	assert.Equal(t, []string{"box", "ab"}, lines(t, f.bytes()))
	f = file{
		text:    []stretch{{text: "a\r\x08h\r\rbox\r"}},
		stories: [11]int{3: 2, 5: 4, 10: 4},
		tables: map[int][]byte{
			11: join(u32(0), u32(0), u32(0), u32(0), u32(0), u32(0), u32(0), u32(0), u32(4)),
			50: drawings(drawn(textBox, 5, txid, 1<<16)),
			41: anchors(4, 0, 5),
			58: join(u32(0), u32(4), make([]byte, 22)),
		},
	}
	assert.Equal(t, []string{"box", "h", "a"}, lines(t, f.bytes()))
}

package msdoc_test

import (
	"testing"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
)

// The properties that the tests use.
func vanish(v byte) []byte     { return sprm(0x083c, v) }
func deleted() []byte          { return sprm(0x0800, 1) }
func inTable() []byte          { return sprm(0x2416, 1) }
func rowEnd() []byte           { return join(inTable(), sprm(0x2417, 1)) }
func depth(n int) []byte       { return sprm(0x6649, u32(n)...) }
func innerCell() []byte        { return sprm(0x244b, 1) }
func innerRow() []byte         { return sprm(0x244c, 1) }
func list(n, l int) []byte     { return join(sprm(0x260a, byte(l)), sprm(0x460b, u16(n)...)) }
func breakBefore() []byte      { return sprm(0x2407, 1) }
func special(b ...byte) []byte { return join(sprm(0x0855, 1), b) }

// columns returns the sprmTDefTable of a row with edges at places.
func columns(edges ...int) []byte {
	n := len(edges) - 1
	b := []byte{byte(n)}
	for _, x := range edges {
		b = append(b, u16(x)...)
	}
	b = append(b, make([]byte, 20*n)...)
	return join(u16(0xd608), u16(len(b)+1), b)
}

func TestText(t *testing.T) {
	for _, c := range []struct {
		name string
		file file
		want []string
	}{
		{"narrow characters", file{text: []stretch{{text: "a \u0093b\u0094 \u0080\r"}}}, []string{"a “b” €"}},
		{"wide characters", file{text: []stretch{{text: "Ж 😀\r", wide: true}}}, []string{"Ж 😀"}},
		{"pieces of both", file{text: []stretch{{text: "ab"}, {text: "Ж", wide: true}, {text: "c\rd\r"}}}, []string{"abЖc", "d"}},
		{"markup", file{text: []stretch{{text: "<w:p> & \"\r"}}}, []string{`<w:p> & "`}},
		{"hidden", file{text: []stretch{{text: "a"}, {text: "b", chars: vanish(1)}, {text: "c\r"}}}, []string{"ac"}},
		{"not hidden after all", file{text: []stretch{{text: "a"}, {text: "b", chars: join(vanish(1), vanish(0))}, {text: "c\r"}}}, []string{"abc"}},
		{"hidden other than the style", file{text: []stretch{{text: "a"}, {text: "b", chars: vanish(0x81)}, {text: "c\r"}}}, []string{"ac"}},
		{"deleted", file{text: []stretch{{text: "a"}, {text: "b", chars: deleted()}, {text: "c\r"}}}, []string{"ac"}},
		{"deleted mark", file{text: []stretch{{text: "a"}, {text: "\r", chars: deleted()}, {text: "b\r"}}}, []string{"ab"}},
		{"hidden piece", file{text: []stretch{{text: "a"}, {text: "b", prm: 0x5c<<1 | 1<<8}, {text: "c\r"}}}, []string{"ac"}},
		{"deleted piece", file{text: []stretch{{text: "a"}, {text: "b", prm: 1}, {text: "c\r"}}, prcs: [][]byte{deleted()}}, []string{"ac"}},
		{"field", file{text: []stretch{{text: "a \x13 PAGE \x147\x15 b\r"}}}, []string{"a 7 b"}},
		{"field in a field", file{text: []stretch{{text: "\x13 IF \x13 X \x14y\x15 \x14r\x13 N \x14s\x15\x15 b\r"}}}, []string{"rs b"}},
		{"field without an end", file{text: []stretch{{text: "\x13 TOC\rb\r"}}}, []string{"b"}},
		{"signs", file{text: []stretch{{text: "a\tb\x0bc\x1ed\x1fe\x05\x02\x03f\r"}}}, []string{"a\tb", "c-d\u00adef"}},
		{"symbol", file{text: []stretch{{text: "a"}, {text: "(", chars: special(sprm(0x6a09, join(u16(1), u16(0xf0fe))...)...)}, {text: "\r"}},
			tables: map[int][]byte{15: fonts("Arial", "Wingdings")}}, []string{"a☑"}},
		{"letter of a font of symbols", file{text: []stretch{{text: "\uf0fe", wide: true, chars: sprm(0x4a4f, 1, 0)}, {text: "b\r"}},
			tables: map[int][]byte{15: fonts("Arial", "Wingdings")}}, []string{"☑b"}},
		{"page break in a paragraph", file{text: []stretch{{text: "a\x0cb\r"}}}, []string{"a", "---", "b"}},
		{"page break for a mark", file{text: []stretch{{text: "a\x0cb\r"}}, paras: map[int][]byte{0: para(0, sprm(0x2461, 1))}}, []string{"a", "---", "b"}},
		{"page break before", file{text: []stretch{{text: "a\rb\r"}}, paras: map[int][]byte{1: para(0, breakBefore())}}, []string{"a", "---", "b"}},
		{"sections", file{text: []stretch{{text: "a\x0cb\x0cc\r"}}, tables: map[int][]byte{6: join(u32(0), u32(2), u32(4), u32(6), make([]byte, 36))}},
			[]string{"a", "---", "b", "---", "c"}},
		{"headers", file{text: []stretch{{text: "a\rnotes\r\reven\r\rodd\r\rfoot\r\r\r"}}, stories: [11]int{3: 2, 5: 26},
			tables: map[int][]byte{11: join(u32(0), u32(7), u32(7), u32(7), u32(7), u32(7), u32(7), u32(13), u32(18), u32(24))}},
			[]string{"even", "odd", "a", "foot"}},
		{"footnote", file{text: []stretch{{text: "a\x02\r\x02note\r"}}, stories: [11]int{3: 3, 4: 6},
			tables: map[int][]byte{2: join(u32(1), u32(3), u16(1))}}, []string{"a¹", "note"}},
		{"comment", file{text: []stretch{{text: "a\rcomment\r"}}, stories: [11]int{3: 2, 7: 8}}, []string{"a"}},
	} {
		assert.Equal(t, c.want, lines(t, c.file.bytes()), c.name)
	}
}

func TestTables(t *testing.T) {
	for _, c := range []struct {
		name string
		file file
		want []string
	}{
		{"row", file{text: []stretch{{text: "a\x07b\rc\x07\x07d\r"}}, paras: map[int][]byte{
			0: para(0, inTable()), 1: para(0, inTable()), 2: para(0, inTable()), 3: para(0, rowEnd()),
		}}, []string{"a\tb", "c", "d"}},
		{"in another", file{text: []stretch{{text: "a\x07b\rc\r\rd\x07\x07"}}, paras: map[int][]byte{
			0: para(0, depth(1), inTable()), 1: para(0, depth(2), inTable(), innerCell()), 2: para(0, depth(2), inTable(), innerCell()),
			3: para(0, depth(2), inTable(), innerCell(), innerRow(), columns(0, 1000, 2000)), 4: para(0, depth(1), inTable()), 5: para(0, rowEnd()),
		}}, []string{"a\tb\tc", "d"}},
		{"told in the Data stream", file{text: []stretch{{text: "a\x07b\x07\x07c\r"}}, data: join(make([]byte, 6), u16(6), inTable(), rowEnd()[3:]), paras: map[int][]byte{
			0: para(0, inTable()), 1: para(0, inTable()), 2: para(0, sprm(0x6646, u32(6)...)),
		}}, []string{"a\tb", "c"}},
		{"row on a new page", file{text: []stretch{{text: "a\x07\x07b\x07\x07"}}, paras: map[int][]byte{
			0: para(0, inTable()), 1: para(0, rowEnd()), 2: para(0, inTable(), breakBefore()), 3: para(0, rowEnd()),
		}}, []string{"a", "---", "b"}},
		{"cut off", file{text: []stretch{{text: "a\x07b"}}, paras: map[int][]byte{0: para(0, inTable())}}, []string{"a", "b"}},
	} {
		assert.Equal(t, c.want, lines(t, c.file.bytes()), c.name)
	}
}

// TestGrid looks at the columns themselves: rows that begin or end elsewhere
// share the edges that are near.
func TestGrid(t *testing.T) {
	f := file{text: []stretch{{text: "a\x07b\x07\x07c\x07\x07"}}, paras: map[int][]byte{
		0: para(0, inTable()), 1: para(0, inTable()), 2: para(0, rowEnd(), columns(0, 1000, 3000)),
		3: para(0, inTable()), 4: para(0, rowEnd(), columns(5, 3004)),
	}}
	assert.Contains(t, content(t, f), `<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/></w:tblGrid>`)
	assert.Contains(t, content(t, f), `<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>`)
	f.paras[4] = para(0, rowEnd(), columns(1000, 3000))
	assert.Contains(t, content(t, f), `<w:trPr><w:gridBefore w:val="1"/></w:trPr>`)
}

func TestLists(t *testing.T) {
	level := func(format byte, text string) []byte {
		b := join(u32(1), []byte{format}, make([]byte, 20), make([]byte, 3))
		var units []byte
		for _, u := range utf16.Encode([]rune(text)) {
			units = append(units, u16(int(u))...)
		}
		return join(b, u16(len(units)/2), units)
	}
	lists := join(u16(1), u32(7), make([]byte, 24), level(1, "\x00."), level(4, "\x00.\x01)"))
	for range 7 {
		lists = append(lists, level(0, "-")...)
	}
	overrides := join(u32(2), u32(7), make([]byte, 12), u32(7), make([]byte, 8), []byte{1, 0, 0, 0},
		u32(-1), u32(-1), u32(5), u32(0x10))
	f := file{
		text:   []stretch{{text: "a\rb\rc\rd\re\r"}},
		paras:  map[int][]byte{0: para(0, list(1, 0)), 1: para(0, list(1, 1)), 2: para(0, list(1, 1)), 3: para(0, list(2, 0)), 4: para(0, list(9, 0))},
		tables: map[int][]byte{73: lists, 74: overrides},
	}
	assert.Equal(t, []string{"I. a", "I.a) b", "I.b) c", "V. d", "e"}, lines(t, f.bytes()))
}

// TestTabs changes tab stops twice, the second time by a table that is longer
// than a byte can tell.
func TestTabs(t *testing.T) {
	add := sprm(0xc60d, join([]byte{8, 0, 2}, u16(1000), u16(2000), []byte{0, 0})...)
	change := sprm(0xc615, join([]byte{255, 1}, u16(2000), u16(20), []byte{1}, u16(3000), []byte{0})...)
	f := file{text: []stretch{{text: "a\tb\r"}}, paras: map[int][]byte{0: para(0, add, change, sprm(0x2461, 2))}}
	assert.Contains(t, content(t, f), `<w:tabs><w:tab w:val="left" w:pos="1000"/><w:tab w:val="left" w:pos="3000"/></w:tabs><w:jc w:val="right"/>`)
}

// TestStyles gives paragraphs and characters their properties by styles that
// are based on others.
func TestStyles(t *testing.T) {
	style := func(kind, base int, upx ...[]byte) []byte {
		b := join(u16(0), u16(kind|base<<4), u16(len(upx)), make([]byte, 4), u16(1), u16('x'), u16(0))
		for _, u := range upx {
			b = join(at(b, len(b)+len(b)%2), u16(len(u)), u)
		}
		return join(u16(len(b)), b)
	}
	sheet := join(u16(4), u16(5), u16(10),
		style(1, 0xfff, para(0, sprm(0x2461, 1))),
		style(1, 0, para(1, breakBefore()), vanish(1)),
		style(2, 0xfff, vanish(1)),
		style(1, 3, para(3)), // based on itself
		u16(0))
	f := file{
		text:   []stretch{{text: "a\rb"}, {text: "c", chars: vanish(0x81)}, {text: "d"}, {text: "\r", chars: vanish(0)}, {text: "e"}, {text: "f", chars: sprm(0x4a30, 2, 0)}, {text: "\r"}},
		paras:  map[int][]byte{1: para(1), 2: para(3)},
		tables: map[int][]byte{1: sheet},
	}
	assert.Equal(t, []string{"a", "---", "c", "e"}, lines(t, f.bytes()))
	assert.Contains(t, content(t, f), `<w:pageBreakBefore/><w:jc w:val="center"/>`)
}

// fonts returns the table of fonts with the given names.
func fonts(names ...string) []byte {
	out := join(u16(len(names)), u16(0))
	for _, name := range names {
		b := make([]byte, 40)
		for _, r := range name + "\x00" {
			b = append(b, u16(int(r))...)
		}
		b[0] = byte(len(b) - 1)
		out = append(out, b...)
	}
	return out
}

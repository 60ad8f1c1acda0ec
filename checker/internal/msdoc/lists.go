package msdoc

import (
	"strconv"
	"strings"
	"unicode/utf16"
)

// maxLevels is the number of levels of a list.
const maxLevels = 9

// A numbering writes the list definitions of a document as numbering.xml, and
// tells which lists there are.
type numbering struct {
	out   xmlWriter
	lists int // number of list overrides, which paragraphs point to from 1
}

// readLists reads a PlfLst with the levels that follow it, and a
// PlfLfo. The list data reaches beyond its table: the levels are not
// counted in it.
func readLists(table block, lists, sizeOfLists, overrides, sizeOfOverrides int) numbering {
	var n numbering
	n.out.start("w:numbering")
	ids := n.definitions(table.from(lists), sizeOfLists)
	n.overrides(table.cut(overrides, sizeOfOverrides), ids)
	n.out.close("w:numbering")
	return n
}

// definitions writes each list, and returns their numbers by their id.
func (n *numbering) definitions(b block, size int) map[int]int {
	const sizeOfLSTF = 28
	ids := make(map[int]int)
	at := size
	for i := range max(b.i16(0), 0) {
		entry := b.cut(2+i*sizeOfLSTF, sizeOfLSTF)
		if at >= len(b) || 2+(i+1)*sizeOfLSTF > size {
			break
		}
		ids[entry.i32(0)] = i
		n.out.open("w:abstractNum", attr("w:abstractNumId", i))
		levels := maxLevels
		if entry.bit(26, 1) { // fSimpleList
			levels = 1
		}
		for l := range levels {
			at += n.level(b.from(at), l, nil)
		}
		n.out.close("w:abstractNum")
	}
	return ids
}

// formats are the number formats that package docx knows, by their MSONFC
// ([MS-OSHARED] 2.2.1.3).
var formats = map[int]string{
	1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter",
	22: "decimalZero", 23: "bullet", 255: "none",
}

// level writes an LVL and returns its size. A start other than nil
// goes before its own.
func (n *numbering) level(b block, number int, start *int) int {
	const sizeOfLVLF = 28
	characters, paragraph := b.u8(24), b.u8(25)
	at := sizeOfLVLF + paragraph + characters
	length := b.u16(at)
	if start == nil {
		start = new(b.i32(0))
	}
	format, ok := formats[b.u8(4)]
	if !ok {
		format = "decimal"
	}
	w := &n.out
	w.open("w:lvl", attr("w:ilvl", number))
	w.empty("w:start", attr("w:val", *start))
	w.empty("w:numFmt", attr("w:val", format))
	w.empty("w:lvlText", attr("w:val", pattern(b.cut(at+2, 2*length))))
	if b.bit(5, 0x04) { // fLegal
		w.empty("w:isLgl", "")
	}
	if b.bit(5, 0x08) { // fNoRestart
		w.empty("w:lvlRestart", attr("w:val", b.u8(26)))
	}
	var p pap
	p.apply(b.cut(sizeOfLVLF, paragraph), nil)
	w.open("w:pPr", "")
	w.indent(&p)
	w.close("w:pPr")
	w.close("w:lvl")
	return at + 2 + 2*length
}

// pattern returns the text of a level, in which the numbers of levels stand
// as characters, as that of a w:lvlText.
func pattern(b block) string {
	var s strings.Builder
	for _, r := range decode(b) {
		if r < maxLevels {
			s.WriteString("%" + strconv.Itoa(int(r)+1))
		} else {
			s.WriteRune(r)
		}
	}
	return s.String()
}

// decode returns UTF-16 as characters.
func decode(b block) []rune {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = uint16(b.u16(2 * i))
	}
	return utf16.Decode(units)
}

// overrides writes the uses of lists, with starts and levels of their own.
func (n *numbering) overrides(b block, ids map[int]int) {
	const sizeOfLFO = 16
	count := min(max(b.i32(0), 0), len(b)/sizeOfLFO)
	at := 4 + count*sizeOfLFO
	for i := range count {
		entry := b.cut(4+i*sizeOfLFO, sizeOfLFO)
		n.lists++
		n.out.open("w:num", attr("w:numId", n.lists))
		if id, ok := ids[entry.i32(0)]; ok {
			n.out.empty("w:abstractNumId", attr("w:val", id))
		}
		at += 4
		for range min(entry.u8(12), maxLevels) {
			at += n.override(b.from(at))
		}
		n.out.close("w:num")
	}
}

// override writes an LFOLVL and returns its size.
func (n *numbering) override(b block) int {
	const sizeOfLFOLVL = 8
	size := sizeOfLFOLVL
	number := b.u8(4) & 15
	n.out.open("w:lvlOverride", attr("w:ilvl", number))
	var start *int
	if b.bit(4, 0x10) { // fStartAt
		start = new(b.i32(0))
		n.out.empty("w:startOverride", attr("w:val", *start))
	}
	if b.bit(4, 0x20) { // fFormatting
		size += n.level(b.from(size), number, start)
	}
	n.out.close("w:lvlOverride")
	return size
}

package msdoc

import (
	"fmt"

	"dasheval/checker/evidence"
)

// A fib is the file information block at the start of the WordDocument stream
// (2.5).
type fib struct {
	block
	lengths int // offset of FibRgLw97
	tables  int // offset of FibRgFcLcb
	count   int // of the pairs in it
}

// The tables that are read, by their number in FibRgFcLcb97 (2.5.6).
const (
	tableStyles        = 1
	tableFootnoteRefs  = 2
	tableSections      = 6
	tableHeaders       = 11
	tableCharacters    = 12
	tableParagraphs    = 13
	tableFonts         = 15
	tablePieces        = 33
	tableShapes        = 40 // of the main text
	tableHeaderShapes  = 41
	tableEndnoteRefs   = 46
	tableDrawings      = 50
	tableBoxes         = 56 // of the main text
	tableHeaderBoxes   = 58
	tableLists         = 73
	tableListOverrides = 74
)

func newFIB(word block) (fib, error) {
	const (
		magic    = 0xa5ec
		oldMagic = 0xa5dc // Word 6 and 95
		word97   = 0xc0
	)
	switch id, version := word.u16(0), word.u16(2); {
	case id == oldMagic, id == 0xa5db, id == magic && version < word97:
		return fib{}, fmt.Errorf("%w: Word before 97", evidence.ErrUnsupported)
	case id != magic:
		return fib{}, fmt.Errorf("%w: no Word document", evidence.ErrCorrupt)
	case word.bit(11, 0x01|0x80): // fEncrypted, fObfuscated
		return fib{}, evidence.ErrEncrypted
	}
	f := fib{block: word}
	f.lengths = 34 + 2*word.u16(32) + 2
	at := f.lengths + 4*word.u16(f.lengths-2)
	f.tables, f.count = at+2, word.u16(at)
	return f, nil
}

// tableStream tells which of the two table streams is in use.
func (f fib) tableStream() int {
	if f.bit(11, 0x02) {
		return 1
	}
	return 0
}

// table returns the place of a table in the table stream.
func (f fib) table(i int) (at, size int) {
	if i >= f.count {
		return 0, 0
	}
	return f.i32(f.tables + 8*i), f.i32(f.tables + 8*i + 4)
}

// A span is a stretch of the characters of a document.
type span struct{ start, end int }

// The stories of a document: its text parts, one after the other.
type stories struct {
	main, footnotes, headers, comments, endnotes, boxes, headerBoxes span
}

// stories returns where the parts of n characters lie (2.4.1).
func (f fib) stories(n int) stories {
	var s stories
	at := 0
	for _, part := range []struct {
		field int
		span  *span
	}{
		{3, &s.main}, {4, &s.footnotes}, {5, &s.headers}, {7, &s.comments},
		{8, &s.endnotes}, {9, &s.boxes}, {10, &s.headerBoxes},
	} {
		start := at
		at += min(max(f.i32(f.lengths+4*part.field), 0), n-at)
		*part.span = span{start, at}
	}
	return s
}

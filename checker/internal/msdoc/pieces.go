package msdoc

import (
	"fmt"
	"sort"

	"golang.org/x/text/encoding/charmap"

	"dasheval/checker/evidence"
)

// maxChars bounds the characters of a document.
const maxChars = 16 << 20

// The pieces of a document tell which bytes of the WordDocument stream are its
// characters (2.4.1).
type pieces struct {
	text  []uint16 // UTF-16
	table []piece
	last  int // piece found last
}

// A piece is a stretch of characters that lie one after the other in the file.
type piece struct {
	span
	fc    int   // offset in the stream
	width int   // bytes per character
	sprms block // properties of the whole piece
}

func (p piece) offset(cp int) int { return p.fc + (cp-p.start)*p.width }

// readPieces reads the Clx.
func readPieces(word, clx block) (*pieces, error) {
	var sprms []block
	at := 0
	for ; clx.u8(at) == 1 && at < len(clx); at += 3 + clx.u16(at+1) {
		sprms = append(sprms, clx.cut(at+3, clx.u16(at+1)))
	}
	if clx.u8(at) != 2 {
		return nil, fmt.Errorf("%w: no piece table", evidence.ErrCorrupt)
	}
	list := newPLC(clx.cut(at+5, clx.i32(at+1)), 8)
	p := new(pieces)
	for i := range list.n {
		item := list.item(i)
		fc := item.i32(2)
		q := piece{span: span{list.at(i), list.at(i + 1)}, fc: fc & 0x3fffffff, width: 2}
		if fc&0x40000000 != 0 {
			q.fc, q.width = q.fc/2, 1
		}
		if prm := item.u16(6); prm&1 == 0 {
			q.sprms = single(prm)
		} else if n := prm >> 1; n < len(sprms) {
			q.sprms = sprms[n]
		}
		if err := p.add(word, q); err != nil {
			return nil, fmt.Errorf("piece %d: %w", i, err)
		}
	}
	return p, nil
}

// add appends the characters of a piece.
func (p *pieces) add(word block, q piece) error {
	n := q.end - q.start
	if n < 0 || q.start != len(p.text) {
		return fmt.Errorf("%w: out of order", evidence.ErrCorrupt)
	}
	if n > maxChars-len(p.text) {
		return fmt.Errorf("%w: more than %d characters", evidence.ErrTooLarge, maxChars)
	}
	b := word.cut(q.fc, n*q.width)
	if len(b) < n*q.width {
		return fmt.Errorf("%w: beyond the end of the file", evidence.ErrCorrupt)
	}
	for i := range n {
		if q.width == 2 {
			p.text = append(p.text, uint16(b[2*i])|uint16(b[2*i+1])<<8)
		} else {
			p.text = append(p.text, uint16(charmap.Windows1252.DecodeByte(b[i])))
		}
	}
	if n > 0 {
		p.table = append(p.table, q)
	}
	return nil
}

// piece returns the piece of a character.
func (p *pieces) piece(cp int) piece {
	q := p.table[p.last]
	if cp < q.start || cp >= q.end {
		p.last = sort.Search(len(p.table)-1, func(i int) bool { return cp < p.table[i].end })
	}
	return p.table[p.last]
}

// prm0 maps the short names of properties in a piece table to sprms (2.9.215),
// as far as they matter here.
var prm0 = map[int]int{
	0x05: sprmPJc, 0x09: sprmPFPageBreakBefore, 0x0c: sprmPIlvl, 0x18: sprmPFInTable, 0x19: sprmPFTtp,
	0x41: sprmCFRMarkDel, 0x47: sprmCFData, 0x4b: sprmCFOle2, 0x5c: sprmCFVanish,
}

// single returns the one property that a Prm0 stands for.
func single(prm int) block {
	op, ok := prm0[prm>>1&0x7f]
	if !ok {
		return nil
	}
	return block{byte(op), byte(op >> 8), byte(prm >> 8)}
}

package msdoc

import "encoding/binary"

// A block is bytes whose offsets and lengths come from the file and may be
// wrong. What lies outside of it reads as zero.
type block []byte

// cut returns n bytes from at on, or what of them there is.
func (b block) cut(at, n int) block {
	if at < 0 || n <= 0 || at >= len(b) {
		return nil
	}
	return b[at:][:min(n, len(b)-at)]
}

// from returns the bytes from at on.
func (b block) from(at int) block { return b.cut(at, len(b)) }

func (b block) u8(at int) int {
	if s := b.cut(at, 1); len(s) == 1 {
		return int(s[0])
	}
	return 0
}

func (b block) u16(at int) int {
	if s := b.cut(at, 2); len(s) == 2 {
		return int(binary.LittleEndian.Uint16(s))
	}
	return 0
}

func (b block) i16(at int) int { return int(int16(b.u16(at))) }

func (b block) i32(at int) int {
	if s := b.cut(at, 4); len(s) == 4 {
		return int(int32(binary.LittleEndian.Uint32(s)))
	}
	return 0
}

// bit reports whether a flag of the byte at at is set.
func (b block) bit(at, mask int) bool { return b.u8(at)&mask != 0 }

// A plc is n+1 positions and n pieces of data of one size about what lies
// between them (2.2.2).
type plc struct {
	n    int
	size int
	data block
}

func newPLC(data block, size int) plc {
	return plc{n: max((len(data)-4)/(4+size), 0), size: size, data: data}
}

// at returns position i, from 0 up to and including n.
func (p plc) at(i int) int { return p.data.i32(4 * i) }

func (p plc) item(i int) block { return p.data.cut(4*(p.n+1)+i*p.size, p.size) }

// find returns the number of the last position at or before x, false if there
// is none. Positions that are out of order are not found, nothing worse.
func (p plc) find(x int) (int, bool) {
	lo, hi := 0, p.n+1
	for lo < hi {
		if mid := (lo + hi) / 2; p.at(mid) <= x {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo - 1, lo > 0 && len(p.data) >= 4
}

// exact returns the number of the position x, false if it is none of those
// that have data.
func (p plc) exact(x int) (int, bool) {
	i, ok := p.find(x)
	return i, ok && i < p.n && p.at(i) == x
}

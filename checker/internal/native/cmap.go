package native

import (
	"cmp"
	"slices"
)

// A cmap is a parsed CMap: how strings divide into codes, and what those mean,
// as text or as numbers of glyphs.
type cmap struct {
	spaces  []codespace
	text    *mapping
	cids    []cidRange
	foreign bool // it builds on a CMap that is not in the file
	left    int  // codes that may still be mapped
}

type codespace struct {
	size      int
	low, high uint32
}

type cidRange struct{ low, high, cid uint32 }

const (
	maxSpaces = 16
	maxRanges = 1 << 16
	maxCodes  = 1 << 18 // mapped by one CMap
	maxText   = 64      // bytes that one code may stand for
)

// parseCMap reads a CMap, ISO 32000-1, 9.7.5 and 9.10.3.
func parseCMap(data []byte) *cmap {
	c := &cmap{text: newMapping(), left: maxCodes}
	l := lexer{data: data}
	for {
		l.reset()
		t := l.next()
		switch {
		case t.kind == endOfData || c.left <= 0:
			slices.SortStableFunc(c.cids, func(a, b cidRange) int { return cmp.Compare(a.low, b.low) })
			return c
		case t.kind != keyword:
		case string(t.b) == "usecmap":
			c.foreign = true
		case string(t.b) == "begincodespacerange":
			c.codespaces(&l)
		case string(t.b) == "beginbfchar":
			c.chars(&l)
		case string(t.b) == "beginbfrange":
			c.ranges(&l)
		case string(t.b) == "begincidchar":
			c.glyphs(&l, false)
		case string(t.b) == "begincidrange":
			c.glyphs(&l, true)
		}
	}
}

func (c *cmap) codespaces(l *lexer) {
	for {
		low, high := l.next(), l.next()
		if low.kind != stringToken || high.kind != stringToken {
			return
		}
		if n := len(low.b); n == len(high.b) && n >= 1 && n <= 4 && len(c.spaces) < maxSpaces {
			c.spaces = append(c.spaces, codespace{n, bigEndian(low.b), bigEndian(high.b)})
		}
	}
}

func (c *cmap) chars(l *lexer) {
	for {
		code := l.next()
		if code.kind != stringToken {
			return
		}
		c.left--
		switch to := l.next(); to.kind {
		case stringToken:
			c.text.set(bigEndian(code.b), utf16Text(to.b))
		case name:
			c.text.set(bigEndian(code.b), glyphText(string(to.b)))
		}
	}
}

func (c *cmap) ranges(l *lexer) {
	for {
		low, high := l.next(), l.next()
		if low.kind != stringToken || high.kind != stringToken {
			return
		}
		from, to := bigEndian(low.b), bigEndian(high.b)
		switch first := l.next(); first.kind {
		case stringToken:
			text := utf16Text(first.b)
			if len(text) == 0 {
				continue
			}
			for code := from; code <= to && code >= from && c.left > 0; code++ {
				c.left--
				c.text.set(code, text)
				text = slices.Clone(text)
				text[len(text)-1]++
			}
		case openArray:
			for code := from; ; code++ {
				t := l.next()
				if t.kind != stringToken {
					break
				}
				if code <= to {
					c.text.set(code, utf16Text(t.b))
				}
			}
		}
	}
}

func (c *cmap) glyphs(l *lexer, ranges bool) {
	for {
		low := l.next()
		if low.kind != stringToken {
			return
		}
		high := low
		if ranges {
			high = l.next()
		}
		cid := l.next()
		if high.kind != stringToken || cid.kind != number {
			return
		}
		if len(c.cids) < maxRanges && cid.num >= 0 && cid.num <= 0xffff {
			c.cids = append(c.cids, cidRange{bigEndian(low.b), bigEndian(high.b), uint32(cid.num)})
		}
	}
}

// code returns the first code of s and its length in bytes, at least 1.
func (c *cmap) code(s []byte) (uint32, int) {
	for n := 1; n <= min(4, len(s)); n++ {
		v := bigEndian(s[:n])
		for _, sp := range c.spaces {
			if sp.size == n && sp.holds(v) {
				return v, n
			}
		}
	}
	n := len(s)
	for _, sp := range c.spaces {
		n = min(n, sp.size)
	}
	return bigEndian(s[:n]), n
}

// holds reports whether each byte of v is in the range of that byte.
func (s codespace) holds(v uint32) bool {
	for shift := 0; shift < 8*s.size; shift += 8 {
		if b := v >> shift & 0xff; b < s.low>>shift&0xff || b > s.high>>shift&0xff {
			return false
		}
	}
	return true
}

// cid returns the number of the glyph of a code, 0 if it has none.
func (c *cmap) cid(code uint32) uint32 {
	i, found := slices.BinarySearchFunc(c.cids, code, func(r cidRange, code uint32) int { return cmp.Compare(r.low, code) })
	if !found {
		i-- // the last that begins before
	}
	if i >= 0 && code <= c.cids[i].high {
		return c.cids[i].cid + code - c.cids[i].low
	}
	return 0
}

package native

import (
	"unicode/utf16"
	"unicode/utf8"
)

// A mapping maps codes to text. Lookup is by index for the codes of one and
// two bytes, which are nearly all.
type mapping struct {
	dense  []rune // by code; 0 for none, below 0 for the complement of an index into many
	sparse map[uint32]rune
	many   [][]rune
	space  int // a code that stands for a space, -1 for none
}

const (
	maxDense  = 1 << 16
	maxSparse = 1 << 16
)

func newMapping() *mapping { return &mapping{space: -1} }

// ligatures are opened, as pdfium does.
var ligatures = map[rune]string{
	'ﬀ': "ff", 'ﬁ': "fi", 'ﬂ': "fl", 'ﬃ': "ffi", 'ﬄ': "ffl", 'ﬅ': "st", 'ﬆ': "st",
}

// set maps a code to text; a text that says nothing is no mapping.
func (m *mapping) set(code uint32, to []rune) {
	if len(to) == 0 || to[0] == 0 || to[0] == utf8.RuneError {
		return
	}
	if parts := ligatures[to[0]]; parts != "" && len(to) == 1 {
		to = []rune(parts)
	}
	v := to[0]
	switch {
	case len(to) > 1:
		v = ^rune(len(m.many))
		m.many = append(m.many, to)
	case v == ' ' && m.space < 0:
		m.space = int(code)
	}
	if code >= maxDense {
		if m.sparse == nil {
			m.sparse = map[uint32]rune{}
		}
		if len(m.sparse) < maxSparse {
			m.sparse[code] = v
		}
		return
	}
	if int(code) >= len(m.dense) {
		m.dense = append(m.dense, make([]rune, int(code)+1-len(m.dense))...)
	}
	m.dense[code] = v
}

// get returns the character of a code, 0 for none. If the code stands for
// several, it returns them as text.
func (m *mapping) get(code uint32) (r rune, text []rune) {
	if code < uint32(len(m.dense)) {
		r = m.dense[code]
	} else if m.sparse != nil {
		r = m.sparse[code]
	}
	if r < 0 {
		return 0, m.many[^r]
	}
	return r, nil
}

// clear forgets a code of one or two bytes.
func (m *mapping) clear(code uint32) {
	if code < uint32(len(m.dense)) {
		m.dense[code] = 0
	}
	if int(code) == m.space {
		m.space = -1
	}
}

func bigEndian(b []byte) uint32 {
	var v uint32
	for _, c := range b {
		v = v<<8 | uint32(c)
	}
	return v
}

// utf16Text decodes big-endian UTF-16; a single byte is a character.
func utf16Text(b []byte) []rune {
	if len(b) == 1 {
		return []rune{rune(b[0])}
	}
	b = b[:min(len(b), maxText)]
	units := make([]uint16, 0, len(b)/2)
	for ; len(b) >= 2; b = b[2:] {
		units = append(units, uint16(b[0])<<8|uint16(b[1]))
	}
	return utf16.Decode(units)
}

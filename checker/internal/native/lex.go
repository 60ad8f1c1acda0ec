package native

import "bytes"

type tokenKind uint8

const (
	endOfData tokenKind = iota
	number
	name
	stringToken
	dictionary // b is what stands between << and >>
	openArray
	closeArray
	keyword
)

// A token is one word of PDF syntax. Its bytes are valid until the reset of
// the lexer.
type token struct {
	kind tokenKind
	num  float64
	b    []byte
}

// A lexer splits data into tokens. It never fails: what cannot be understood
// is a keyword or is skipped.
type lexer struct {
	data []byte
	pos  int
	buf  []byte // decoded strings since the last reset
}

// reset gives up the bytes of all tokens so far.
func (l *lexer) reset() { l.buf = l.buf[:0] }

// Classes of bytes, ISO 32000-1, 7.2.2.
const (
	regular = iota
	white
	delimiter
)

var class = func() (t [256]uint8) {
	for _, c := range "\x00\t\n\f\r " {
		t[c] = white
	}
	for _, c := range "()<>[]{}/%" {
		t[c] = delimiter
	}
	return t
}()

func (l *lexer) skipSpace() {
	for l.pos < len(l.data) {
		switch c := l.data[l.pos]; {
		case class[c] == white:
			l.pos++
		case c == '%':
			n := bytes.IndexAny(l.data[l.pos:], "\r\n")
			if n < 0 {
				l.pos = len(l.data)
				return
			}
			l.pos += n
		default:
			return
		}
	}
}

// next returns the next token.
func (l *lexer) next() token {
	for {
		l.skipSpace()
		if l.pos >= len(l.data) {
			return token{}
		}
		start := l.pos
		l.pos++
		switch c := l.data[start]; c {
		case '(':
			return token{kind: stringToken, b: l.literal()}
		case '/':
			return token{kind: name, b: l.name()}
		case '[':
			return token{kind: openArray}
		case ']':
			return token{kind: closeArray}
		case '<':
			if l.pos < len(l.data) && l.data[l.pos] == '<' {
				l.pos++
				return token{kind: dictionary, b: l.dictionary()}
			}
			return token{kind: stringToken, b: l.hex()}
		case '>', ')', '{', '}':
			continue // stray
		default:
			for l.pos < len(l.data) && class[l.data[l.pos]] == regular {
				l.pos++
			}
			word := l.data[start:l.pos]
			if c <= '9' {
				if v, ok := parseNumber(word); ok {
					return token{kind: number, num: v}
				}
			}
			return token{kind: keyword, b: word}
		}
	}
}

// parseNumber reads a number as lenient readers do: signs may repeat, and a
// sign inside ends it.
func parseNumber(word []byte) (float64, bool) {
	i, negative := 0, false
	for i < len(word) && (word[i] == '-' || word[i] == '+') {
		negative = negative || word[i] == '-'
		i++
	}
	var whole, scale float64 = 0, 0
	digits := 0
	for ; i < len(word); i++ {
		switch c := word[i]; {
		case c >= '0' && c <= '9':
			whole = whole*10 + float64(c-'0')
			scale *= 10
			digits++
		case c == '.' && scale == 0:
			scale = 1
		case c == '-' && digits > 0:
			i = len(word)
		default:
			return 0, false
		}
	}
	if digits == 0 && scale == 0 {
		return 0, false
	}
	if scale > 1 {
		whole /= scale
	}
	if negative {
		whole = -whole
	}
	return whole, true
}

// name reads a name after its slash.
func (l *lexer) name() []byte {
	start := l.pos
	escaped := false
	for l.pos < len(l.data) && class[l.data[l.pos]] == regular {
		escaped = escaped || l.data[l.pos] == '#'
		l.pos++
	}
	raw := l.data[start:l.pos]
	if !escaped {
		return raw
	}
	at := len(l.buf)
	for i := 0; i < len(raw); i++ {
		if raw[i] == '#' && i+2 < len(raw) && unhex(raw[i+1]) >= 0 && unhex(raw[i+2]) >= 0 {
			l.buf = append(l.buf, byte(unhex(raw[i+1])<<4|unhex(raw[i+2])))
			i += 2
			continue
		}
		l.buf = append(l.buf, raw[i])
	}
	return l.buf[at:len(l.buf):len(l.buf)]
}

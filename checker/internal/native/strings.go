package native

// literal reads a string after its parenthesis.
func (l *lexer) literal() []byte {
	start, depth := l.pos, 1
	for ; l.pos < len(l.data); l.pos++ {
		switch l.data[l.pos] {
		case '\\', '\r':
			return l.escaped(start, depth)
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				l.pos++
				return l.data[start : l.pos-1]
			}
		}
	}
	return l.data[start:]
}

// escapes maps the letter after a backslash to what it stands for.
var escapes = [256]byte{'n': '\n', 'r': '\r', 't': '\t', 'b': '\b', 'f': '\f'}

// escaped goes on with literal where the string can no longer be taken as it
// is.
func (l *lexer) escaped(start, depth int) []byte {
	at := len(l.buf)
	l.buf = append(l.buf, l.data[start:l.pos]...)
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return l.buf[at:len(l.buf):len(l.buf)]
			}
		case '\r':
			l.skip('\n')
			c = '\n'
		case '\\':
			if l.pos >= len(l.data) {
				continue
			}
			c = l.data[l.pos]
			l.pos++
			switch {
			case c == '\r':
				l.skip('\n')
				continue
			case c == '\n':
				continue
			case c >= '0' && c <= '7':
				c -= '0'
				for n := 0; n < 2 && l.pos < len(l.data) && l.data[l.pos] >= '0' && l.data[l.pos] <= '7'; n++ {
					c = c<<3 | (l.data[l.pos] - '0')
					l.pos++
				}
			case escapes[c] != 0:
				c = escapes[c]
			}
		}
		l.buf = append(l.buf, c)
	}
	return l.buf[at:len(l.buf):len(l.buf)]
}

func (l *lexer) skip(c byte) {
	if l.pos < len(l.data) && l.data[l.pos] == c {
		l.pos++
	}
}

// hex reads a hexadecimal string after its bracket.
func (l *lexer) hex() []byte {
	at := len(l.buf)
	high := -1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		if c == '>' {
			break
		}
		v := unhex(c)
		switch {
		case v < 0:
		case high < 0:
			high = v
		default:
			l.buf = append(l.buf, byte(high<<4|v))
			high = -1
		}
	}
	if high >= 0 {
		l.buf = append(l.buf, byte(high<<4))
	}
	return l.buf[at:len(l.buf):len(l.buf)]
}

func unhex(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}

package native

// dictionary skips to the >> that belongs to a << just read.
func (l *lexer) dictionary() []byte {
	start, depth := l.pos, 1
	for l.pos < len(l.data) {
		c := l.data[l.pos]
		l.pos++
		pair := l.pos < len(l.data) && l.data[l.pos] == c
		switch {
		case c == '(':
			at := len(l.buf)
			l.literal()
			l.buf = l.buf[:at]
		case c == '%':
			l.pos--
			l.skipSpace()
		case c == '<' && pair:
			depth++
			l.pos++
		case c == '>' && pair:
			l.pos++
			if depth--; depth == 0 {
				return l.data[start : l.pos-2]
			}
		}
	}
	return l.data[start:]
}

// entry returns the value of a key of a dictionary as it is written, nil if it
// has none.
func entry(dict []byte, key string) []byte {
	l := lexer{data: dict}
	for {
		l.reset()
		t := l.next()
		if t.kind == endOfData {
			return nil
		}
		if t.kind != name {
			continue
		}
		wanted := string(t.b) == key
		l.skipSpace()
		start := l.pos
		l.skipValue()
		if wanted {
			return l.data[start:l.pos]
		}
	}
}

// skipValue skips one value, which may be an array or a reference.
func (l *lexer) skipValue() {
	switch t := l.next(); t.kind {
	case openArray:
		for depth := 1; depth > 0; {
			switch l.next().kind {
			case openArray:
				depth++
			case closeArray:
				depth--
			case endOfData:
				return
			}
		}
	case number:
		end := l.pos
		if l.next().kind == number {
			if r := l.next(); r.kind == keyword && string(r.b) == "R" {
				return
			}
		}
		l.pos = end
	}
}

// integers returns the whole numbers of a value that is a number or an array
// of numbers.
func integers(value []byte) []int {
	var out []int
	l := lexer{data: value}
	for {
		switch t := l.next(); t.kind {
		case number:
			out = append(out, int(max(-1<<40, min(t.num, 1<<40))))
		case endOfData:
			return out
		}
	}
}

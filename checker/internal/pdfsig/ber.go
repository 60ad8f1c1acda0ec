package pdfsig

import "errors"

// Bounds on a CMS message. The library that parses it recurses without a limit
// and keeps all elements, so these keep its stack and its memory small.
const (
	maxDepth    = 32
	maxElements = 1_000_000
)

var errEncoding = errors.New("no ASN.1")

// An encoder rewrites BER, in which signers may write, as DER, RFC 5652, 2.
type encoder struct{ elements int }

// reencode returns the first element of data with definite lengths, as DER
// has them, and what follows the element.
func (e *encoder) reencode(data []byte, depth int) (element, rest []byte, err error) {
	if e.elements++; e.elements > maxElements || depth > maxDepth || len(data) < 2 {
		return nil, nil, errEncoding
	}
	const constructed, long, octets = 0x20, 0x1f, 0x24
	n := 1
	if data[0]&long == long {
		return nil, nil, errEncoding // no message has such tags
	}
	tag := data[0]
	length, indefinite := int(data[n]), false
	n++
	switch {
	case length == 0x80 && tag&constructed != 0:
		indefinite = true
		length = len(data) - n
	case length >= 0x80:
		width := length & 0x7f
		if width == 0 || width > 4 || len(data) < n+width {
			return nil, nil, errEncoding
		}
		length = 0
		for _, c := range data[n : n+width] {
			length = length<<8 | int(c)
		}
		n += width
	}
	if length > len(data)-n {
		return nil, nil, errEncoding
	}
	inside, rest := data[n:n+length], data[n+length:]
	if tag&constructed == 0 {
		return appendElement(nil, tag, inside), rest, nil
	}
	var content []byte
	for {
		if indefinite && len(inside) >= 2 && inside[0] == 0 && inside[1] == 0 {
			rest = inside[2:]
			break
		}
		if len(inside) == 0 {
			if indefinite {
				return nil, nil, errEncoding
			}
			break
		}
		var child []byte
		if child, inside, err = e.reencode(inside, depth+1); err != nil {
			return nil, nil, err
		}
		if tag == octets { // a string in pieces
			_, child = split(child)
		}
		content = append(content, child...)
	}
	if tag == octets {
		tag &^= constructed
	}
	return appendElement(nil, tag, content), rest, nil
}

// appendElement appends an element in DER.
func appendElement(out []byte, tag byte, content []byte) []byte {
	out = append(out, tag)
	if n := len(content); n < 0x80 {
		out = append(out, byte(n))
	} else {
		width := 1
		for n>>(8*width) != 0 {
			width++
		}
		out = append(out, 0x80|byte(width))
		for i := width - 1; i >= 0; i-- {
			out = append(out, byte(n>>(8*i)))
		}
	}
	return append(out, content...)
}

// split divides an element in DER into its head and its content.
func split(element []byte) (head, content []byte) {
	n := 2
	if element[1] >= 0x80 {
		n += int(element[1] & 0x7f)
	}
	return element[:n], element[n:]
}

package msdoc

import "iter"

// A shape is what a drawn object holds: pictures and text boxes.
type shape struct {
	picture bool
	boxes   []int // numbers of text boxes from 1
}

// The records of drawings that are read ([MS-ODRAW] 2.2).
const (
	recordDrawing    = 0xf002
	recordGroup      = 0xf003
	recordShape      = 0xf004
	recordStore      = 0xf007 // a picture
	recordShapeAtom  = 0xf00a
	recordProperties = 0xf00b
	recordFirstBlip  = 0xf01a
	recordLastBlip   = 0xf029

	recordHeader = 8
	pictureFrame = 75 // type of shape
)

// maxGroups bounds groups of shapes within groups.
const maxGroups = 32

// A record is a piece of a drawing.
type record struct {
	kind, instance int
	data           block
}

// records returns the records of b.
func records(b block) iter.Seq[record] {
	return func(yield func(record) bool) {
		for len(b) >= recordHeader {
			r := record{b.u16(2), b.u16(0) >> 4, b.cut(recordHeader, max(b.i32(4), 0))}
			if !yield(r) {
				return
			}
			b = b.from(recordHeader + len(r.data))
		}
	}
}

// readShapes reads the shapes of an OfficeArtContent by their ids.
func readShapes(b block) map[int]shape {
	out := make(map[int]shape)
	b = b.from(recordHeader + max(b.i32(4), 0))
	for len(b) > 1+recordHeader {
		b = b.from(1) // main text or headers
		n := max(b.i32(4), 0)
		if b.u16(2) != recordDrawing {
			break
		}
		for r := range records(b.cut(recordHeader, n)) {
			if r.kind != recordGroup { // the one that all shapes are in
				continue
			}
			for r := range records(r.data) {
				if id, s, ok := readShape(r, 0); ok {
					out[id] = s
				}
			}
		}
		b = b.from(recordHeader).from(n)
	}
	return out
}

// readShape reads a shape, or a group as one shape that holds what its members
// do. The first shape of a group stands for it.
func readShape(r record, depth int) (id int, s shape, ok bool) {
	switch {
	case r.kind == recordShape:
		id, s = readSingle(r.data)
		return id, s, true
	case r.kind != recordGroup || depth == maxGroups:
		return 0, shape{}, false
	}
	for r := range records(r.data) {
		i, member, found := readShape(r, depth+1)
		if !found {
			continue
		}
		if !ok {
			id, ok = i, true
		}
		s.picture = s.picture || member.picture
		s.boxes = append(s.boxes, member.boxes...)
	}
	return id, s, ok
}

// maxRecords bounds the records of one shape that are looked at; there are
// about ten.
const maxRecords = 64

func readSingle(b block) (id int, s shape) {
	const (
		textID  = 0x0080 // lTxid
		picture = 0x0104 // pib
	)
	left := maxRecords
	for r := range records(b) {
		if left--; left < 0 {
			break
		}
		switch r.kind {
		case recordShapeAtom:
			id = r.data.i32(0)
			s.picture = s.picture || r.instance == pictureFrame
		case recordProperties:
			for i := range min(r.instance, len(r.data)/6) {
				value := r.data.i32(6*i + 2)
				switch r.data.u16(6*i) & 0x3fff {
				case textID:
					// The lower half numbers the boxes that the text runs
					// through; it is written where it begins.
					if n := value >> 16; n > 0 && value&0xffff == 0 {
						s.boxes = append(s.boxes, n)
					}
				case picture:
					s.picture = s.picture || value != 0
				}
			}
		}
	}
	return id, s
}

// inlinePicture returns the size of a picture in the text, false if it is none
// but, say, a line or the place of a text box. It is a PICFAndOfficeArtData
// .
func inlinePicture(b block) (shown size, ok bool) {
	const (
		shapeMode     = 0x64 // mfpf.mm of a shape
		shapeFileMode = 0x66 // and with the name of a file before it
	)
	length, header := b.i32(0), b.u16(4)
	if length <= header || header < 44 {
		return size{}, false
	}
	shown.width = scaled(b.i16(28)-b.i16(36)-b.i16(40), b.u16(32))
	shown.height = scaled(b.i16(30)-b.i16(38)-b.i16(42), b.u16(34))
	rest := b.cut(header, length-header)
	switch b.i16(6) {
	case shapeFileMode:
		rest = rest.from(1 + rest.u8(0))
	case shapeMode:
	default:
		return shown, true
	}
	left := maxRecords
	for r := range records(rest) {
		if left--; left < 0 || ok {
			break
		}
		switch {
		case r.kind == recordShape:
			_, s := readSingle(r.data)
			ok = s.picture
		case r.kind == recordStore, r.kind >= recordFirstBlip && r.kind <= recordLastBlip:
			ok = true
		}
	}
	return shown, ok
}

// scaled returns a length by a scale in tenths of a percent.
func scaled(n, scale int) int { return max(n, 0) * scale / 1000 }

// drawing writes a picture or the text boxes of a shape.
func (w *xmlWriter) drawing(kind string, s size, picture bool, boxes []byte) {
	const emu = 635 // to a twentieth of a point
	w.WriteString("<w:r><w:drawing>")
	w.open(kind, "")
	w.empty("wp:extent", attr("cx", s.width*emu)+attr("cy", s.height*emu))
	if picture {
		w.WriteString("<a:blip/>")
	}
	w.Write(boxes)
	w.close(kind)
	w.WriteString("</w:drawing></w:r>")
}

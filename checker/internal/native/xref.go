package native

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"dasheval/checker/evidence"
)

// An object is where one object of the file stands.
type object struct {
	offset int // in the file, or its index in the object stream; 0 means none
	stream int // number of the object stream it is in, 0 if in none
	gen    int
	known  bool // a section that is newer than the one being read names it
}

// A table is the cross-reference table of a file, over all its sections.
type table struct {
	objects []object
	trailer []byte // entries of the newest trailer
}

func (t *table) encrypted() bool { return entry(t.trailer, "Encrypt") != nil }

const (
	maxSections = 1000
	// The numbers of objects are bounded by the length of the file, and by the
	// memory that tables of them take.
	bytesPerObject = 8
	minObjects     = 1 << 16
	maxObjects     = 2 << 20
)

var errTable = fmt.Errorf("%w: cross-reference table", evidence.ErrCorrupt)

// readTable reads the table of a file, newest section first.
func readTable(ctx context.Context, data []byte, limit int) (*table, error) {
	at := bytes.LastIndex(data, []byte("startxref"))
	if at < 0 {
		return nil, errTable
	}
	l := lexer{data: data, pos: at + len("startxref")}
	first := l.next()
	if first.kind != number {
		return nil, errTable
	}
	t := &table{}
	seen := map[int]bool{}
	queue := []int{int(first.num)}
	for len(queue) > 0 && len(seen) < maxSections {
		offset := queue[0]
		queue = queue[1:]
		if offset <= 0 || offset >= len(data) || seen[offset] {
			if len(seen) == 0 {
				return nil, errTable
			}
			continue
		}
		seen[offset] = true
		trailer, err := t.section(ctx, data, offset, limit)
		if err != nil {
			return nil, err
		}
		if t.trailer == nil {
			t.trailer = trailer
		}
		for _, key := range []string{"XRefStm", "Prev"} { // the first is the newer
			queue = append(queue, integers(entry(trailer, key))...)
		}
	}
	return t, nil
}

// section reads one section and returns the entries of its trailer.
func (t *table) section(ctx context.Context, data []byte, offset, limit int) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l := lexer{data: data, pos: offset}
	first := l.next()
	switch {
	case first.kind == keyword && string(first.b) == "xref":
		return t.plain(ctx, &l)
	case first.kind == number:
		dict, body, ok := streamAt(data, offset)
		if !ok || string(bytes.TrimSpace(entry(dict, "Type"))) != "/XRef" {
			return nil, errTable
		}
		rows, err := inflate(dict, body, limit)
		if err != nil && len(rows) == 0 {
			return nil, fmt.Errorf("%w: %w", errTable, err)
		}
		return dict, t.rows(dict, rows, len(data))
	}
	return nil, errTable
}

// plain reads a section that is written as text.
func (t *table) plain(ctx context.Context, l *lexer) ([]byte, error) {
	for {
		switch first := l.next(); {
		case first.kind == keyword && string(first.b) == "trailer":
			if dict := l.next(); dict.kind == dictionary {
				return dict.b, nil
			}
			return nil, errTable
		case first.kind == number:
			count := l.next()
			if count.kind != number {
				return nil, errTable
			}
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			for i := range int(count.num) {
				offset, gen, use := l.next(), l.next(), l.next()
				if offset.kind != number || gen.kind != number || use.kind != keyword {
					return nil, errTable
				}
				o := object{gen: int(gen.num)}
				if string(use.b) == "n" {
					o.offset = int(offset.num)
				}
				if err := t.put(int(first.num)+i, o, len(l.data)); err != nil {
					return nil, err
				}
			}
		default:
			return nil, errTable
		}
	}
}

// rows reads a section that is a stream, ISO 32000-1, 7.5.8.
func (t *table) rows(dict, rows []byte, size int) error {
	width := integers(entry(dict, "W"))
	index := integers(entry(dict, "Index"))
	if len(index) == 0 {
		index = append([]int{0}, integers(entry(dict, "Size"))...)
	}
	total := 0
	for _, w := range width {
		if w < 0 || w > 8 {
			return errTable
		}
		total += w
	}
	if len(width) != 3 || total == 0 || len(index)%2 != 0 {
		return errTable
	}
	for ; len(index) > 0; index = index[2:] {
		for i := 0; i < index[1] && len(rows) >= total; i++ {
			row := rows[:total]
			rows = rows[total:]
			field := func(n, missing int) int {
				v := 0
				for _, c := range row[:width[n]] {
					v = v<<8 | int(c)
				}
				row = row[width[n]:]
				if width[n] == 0 {
					return missing
				}
				return v
			}
			kind, second, third := field(0, 1), field(1, 0), field(2, 0)
			o := object{}
			switch kind {
			case 1:
				o = object{offset: second, gen: third}
			case 2:
				o = object{stream: second, offset: third}
			}
			if err := t.put(index[0]+i, o, size); err != nil {
				return err
			}
		}
	}
	return nil
}

var errTooMany = errors.New("more objects than the file can hold")

func (t *table) put(number int, o object, size int) error {
	if number < 0 || number >= min(size/bytesPerObject+minObjects, maxObjects) {
		return fmt.Errorf("%w: %w", errTable, errTooMany)
	}
	if number >= len(t.objects) {
		t.objects = append(t.objects, make([]object, number+1-len(t.objects))...)
	}
	if o.gen < 0 || o.gen > 0xffff || o.offset < 0 || o.stream < 0 || o.stream == 0 && o.offset >= size {
		o = object{}
	}
	if !t.objects[number].known {
		o.known = true
		t.objects[number] = o
	}
	return nil
}

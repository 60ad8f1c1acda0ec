package pdfsig

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

// suspicious are words that make a comment more than one: a reader that repairs
// files could take what follows for objects.
var suspicious = [][]byte{[]byte("obj"), []byte("xref"), []byte("trailer")}

// idle reports whether what was added to a file says nothing to any reader:
// white space and comments.
func idle(tail []byte) bool {
	for _, word := range suspicious {
		if bytes.Contains(tail, word) {
			return false
		}
	}
	for {
		tail = bytes.TrimLeft(tail, space)
		if len(tail) == 0 {
			return true
		}
		if tail[0] != '%' {
			return false
		}
		end := bytes.IndexAny(tail, "\r\n")
		if end < 0 {
			return true
		}
		tail = tail[end:]
	}
}

// ambiguous reports why readers could see different things in what was added
// to a file from an offset on. Some follow the cross-reference tables, others
// look for objects themselves when the tables are not to their liking.
func ambiguous(final *native.Revision, data []byte, from int) *fault {
	switch sections, clear := final.Sections(from); {
	case !clear:
		return undecided(text.CauseFormat, "xref")
	case sections == 0:
		return altered(text.CausePages, "objects")
	}
	last := map[int]int{}  // where an object is defined last
	fresh := map[int]int{} // in which update it was
	update := 0
	for pos := from; ; {
		at, id, ok := nextDefinition(data, pos)
		if !ok {
			break
		}
		update += bytes.Count(data[pos:at], []byte("startxref"))
		pos = at + 1
		if u, again := fresh[id]; again && u == update {
			return altered(text.CausePages, "objects")
		}
		fresh[id], last[id] = update, at
	}
	left := len(data) // bytes that may be parsed: definitions may stand within others
	for _, id := range slices.Sorted(maps.Keys(last)) {
		at := last[id]
		known := final.Offset(id)
		if known != 0 && known <= at && len(bytes.Trim(data[known:at], space)) == 0 {
			continue
		}
		// A table that is a stream need not list itself.
		o, err := native.ParseObject(data, at)
		if s, ok := o.Value.(*native.Stream); err != nil || !ok || s.Value("Type") != native.Name("XRef") {
			return altered(text.CausePages, "objects")
		}
		if left -= o.End - at; left < 0 {
			return undecided(text.CauseLimit, "objects")
		}
	}
	return nil
}

// nextDefinition finds the definition of an object at or after pos, and
// returns where it begins and the number of the object.
func nextDefinition(data []byte, pos int) (at, id int, ok bool) {
	word := []byte("obj")
	for search := pos; ; {
		i := bytes.Index(data[search:], word)
		if i < 0 {
			return 0, 0, false
		}
		search += i + len(word)
		if at, id, ok := definition(data, search-len(word)); ok && at >= pos {
			return at, id, true
		}
	}
}

// definition reads backward what stands before the word obj at an offset.
func definition(data []byte, word int) (at, id int, ok bool) {
	back := func(end int, digit bool) int {
		i := end
		for i > 0 && digit == (data[i-1] >= '0' && data[i-1] <= '9') && (digit || strings.IndexByte(space, data[i-1]) >= 0) {
			i--
		}
		return i
	}
	generation := back(word, false)
	gap := back(generation, true)
	number := back(gap, false)
	at = back(number, true)
	if generation == gap || gap == number || number == at {
		return 0, 0, false
	}
	const longest = 9
	digits := bytes.TrimLeft(data[at:number], "0")
	for _, c := range digits[:min(len(digits), longest)] {
		id = 10*id + int(c-'0')
	}
	return at, id, len(digits) <= longest
}

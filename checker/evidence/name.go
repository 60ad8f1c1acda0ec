package evidence

import (
	"fmt"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// memberName turns the name of an archive entry into a slash path that stays
// below its archive: no root, no drive, no "..", no control characters. It is
// only ever shown, never written to.
func memberName(raw string) string {
	// The flag for UTF-8 is often missing, so the bytes decide. What is not
	// UTF-8 is in the code page of the format, APPNOTE.TXT appendix D.
	if !utf8.ValidString(raw) {
		if s, err := charmap.CodePage437.NewDecoder().String(raw); err == nil {
			raw = s
		}
	}
	name := strings.Map(func(r rune) rune {
		switch {
		case r == '\\':
			return '/'
		case unicode.IsControl(r):
			return '_'
		}
		return r
	}, raw)
	if len(name) >= 2 && name[1] == ':' && unicode.IsLetter(rune(name[0])) {
		name = name[2:]
	}
	name = strings.TrimPrefix(path.Clean("/"+name), "/")
	if name == "" {
		return "_"
	}
	return name
}

// A namer makes names unique by a number before the extension.
type namer struct {
	used func(string) bool // names that are taken from outside; may be nil
	seen map[string]bool
	next map[string]int // number to try next for a name
}

func newNamer(used func(string) bool) *namer {
	return &namer{used: used, seen: map[string]bool{}, next: map[string]int{}}
}

// unique returns name, or if it is taken "name (2)" and so on. The number of
// a file stands before its extension.
func (n *namer) unique(name string, folder bool) string {
	got := name
	for n.seen[got] || n.used != nil && n.used(got) {
		n.next[name]++
		got = numbered(name, n.next[name]+1, folder)
	}
	n.seen[got] = true
	return got
}

func numbered(name string, number int, folder bool) string {
	ext := path.Ext(name)
	stem := strings.TrimSuffix(name, ext)
	if folder || stem == "" || strings.HasSuffix(stem, "/") {
		stem, ext = name, ""
	}
	return fmt.Sprintf("%s (%d)%s", stem, number, ext)
}

package match

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"dasheval/checker/text"
	"dasheval/rules"
)

// A Hint is what the path of a file says about where it belongs.
type Hint struct {
	Item    string // code of the item whose own folder it is, or ""
	Subarea string // code of the sub-area, or ""
	Area    int    // number of the area, from 1; 0 if not told
	Part    string // code of the part, or ""
	Name    string // folded words of the file name
}

// Folders reads places from paths: codes of items in several spellings, and
// the names of areas and parts.
type Folders struct {
	codes map[string]string // tokens of a code, joined by a dot → code of item or sub-area
	areas map[string]int    // word that only one area's title has → area
	parts map[string]string // word that only one part's title has → part
	last  int               // highest number of an area
	pack  *rules.Pack
}

// NewFolders prepares the reading of paths for the pack.
func NewFolders(pack *rules.Pack) *Folders {
	f := &Folders{codes: map[string]string{}, areas: map[string]int{}, parts: map[string]string{}, pack: pack}
	add := func(code string, tokens ...string) {
		k := strings.Join(tokens, ".")
		if old, ok := f.codes[k]; ok && old != code {
			f.codes[k] = "" // ambiguous spelling: says nothing
			return
		}
		f.codes[k] = code
	}
	var areaWords, partWords = map[string][]int{}, map[string][]string{}
	for _, c := range pack.Components {
		for pi, p := range c.Parts {
			for _, w := range tokens(p.Title.ID) {
				if len(w) > 3 && !slices.Contains(partWords[w], p.Code) {
					partWords[w] = append(partWords[w], p.Code)
				}
			}
			for _, a := range p.Areas {
				f.last = max(f.last, a.Number)
				for _, w := range tokens(a.Title.ID) {
					if len(w) > 2 && !slices.Contains(areaWords[w], a.Number) {
						areaWords[w] = append(areaWords[w], a.Number)
					}
				}
				for _, s := range a.Subareas {
					spell(add, s.Code, pi+1, a.Number)
					for _, it := range s.Items {
						spell(add, it.Code, pi+1, a.Number)
					}
				}
			}
			for _, it := range p.Items {
				add(it.Code, tokens(it.Code)...)
			}
		}
	}
	for _, it := range pack.Items() {
		for _, alias := range it.Aliases {
			if len(alias) >= 4 { // bare row numbers say too little
				add(it.Code, tokens(alias)...)
			}
		}
	}
	for w, as := range areaWords {
		if len(as) == 1 {
			f.areas[w] = as[0]
		}
	}
	for w, ps := range partWords {
		if len(ps) == 1 {
			f.parts[w] = ps[0]
		}
	}
	return f
}

// spell adds a code as it is and, for codes of component, part, area, sub-area
// and item, its spellings in the folders of agencies: A.I.1.i.a, A.1.I.i.a (part
// and area exchanged), I.1.i.a.
func spell(add func(string, ...string), code string, part, area int) {
	t := tokens(code)
	add(code, t...)
	if len(t) < 4 || t[2] != strconv.Itoa(area) {
		return
	}
	component, partName, rest := t[0], t[1], t[3:]
	n, roman := t[2], toRoman(area)
	add(code, append([]string{component, strconv.Itoa(part), roman}, rest...)...)
	add(code, append([]string{component, strconv.Itoa(part), n}, rest...)...)
	add(code, append([]string{partName, n}, rest...)...)
}

// toRoman writes a number from 1 to 39 in small Roman digits.
func toRoman(n int) string {
	ones := [...]string{"", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"}
	return strings.Repeat("x", n/10) + ones[n%10]
}

// tokens splits s, folded, into runs of letters or digits.
func tokens(s string) []string {
	return strings.FieldsFunc(text.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// areaLabels precede the number of an area in folder names.
const areaLabels = "folder.area"

// Hint reads the path of a file.
func (f *Folders) Hint(file string) Hint {
	var h Hint
	file = strings.ReplaceAll(file, "!", "/")
	segs := strings.Split(file, "/")
	base := segs[len(segs)-1]
	h.Name = strings.Join(tokens(strings.TrimSuffix(base, path.Ext(base))), " ")
	for i, seg := range segs {
		ts := tokens(seg)
		last := i == len(segs)-1
		if code := f.code(ts); code != "" {
			if f.pack.Item(code) != nil {
				h.Item = code
			} else {
				h.Subarea = code
			}
		}
		if last {
			break // areas are told by folders; a file name's words are its subject
		}
		if n := f.area(ts); n > 0 && h.Area == 0 {
			h.Area = n
		}
		for _, w := range ts {
			if p, ok := f.parts[w]; ok {
				h.Part = p
			}
		}
	}
	if it := f.pack.Item(h.Item); it != nil {
		h.Part, h.Area, h.Subarea = it.Part.Code, 0, ""
		if it.Area != nil {
			h.Area, h.Subarea = it.Area.Number, it.Subarea.Code
		}
	} else if h.Subarea != "" {
		for _, it := range f.pack.Items() {
			if it.Subarea != nil && it.Subarea.Code == h.Subarea {
				h.Part, h.Area = it.Part.Code, it.Area.Number
				break
			}
		}
	}
	return h
}

// code returns the item or sub-area whose code the tokens begin with, the
// longest first; codes may also stand later in a name.
func (f *Folders) code(ts []string) string {
	for start := range ts {
		for n := min(5, len(ts)-start); n >= 1; n-- {
			if n < 3 && !(n == 1 && len(ts[start]) >= 4) {
				continue
			}
			if code := f.codes[strings.Join(ts[start:start+n], ".")]; code != "" {
				return code
			}
		}
	}
	return ""
}

// area returns the area that the tokens of a folder name, 0 if they name none
// or several.
func (f *Folders) area(ts []string) int {
	for i, w := range ts {
		if i+1 < len(ts) && slices.Contains(f.pack.Vocabulary.Words[areaLabels], w) {
			for n := 1; n <= f.last; n++ {
				if ts[i+1] == strconv.Itoa(n) || ts[i+1] == toRoman(n) {
					return n
				}
			}
		}
	}
	votes := map[int]int{}
	squeezed := strings.Join(ts, "")
	for w, n := range f.areas {
		if slices.Contains(ts, w) || len(w) > 8 && strings.Contains(squeezed, w) {
			votes[n]++
		}
	}
	best := 0
	for n := 1; n <= f.last; n++ {
		if votes[n] > votes[best] {
			best = n
		}
	}
	for n, v := range votes {
		if n != best && v == votes[best] {
			return 0
		}
	}
	return best
}

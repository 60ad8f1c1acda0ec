package profile

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"dasheval/checker/facts"
	"dasheval/checker/text"
	"dasheval/rules"
)

// Infer completes the profile of the unit from the facts of the pile: the name
// that most letterheads end with, the ministry above it, and the official who
// signs most decrees, letters and procedures. Given values win; given may be
// nil.
func Infer(pack *rules.Pack, pile []*facts.Document, given *Unit) *Unit {
	u := &Unit{}
	if given != nil {
		*u = *given
	}
	u.directions = pack.Vocabulary.Words["place.direction"]
	if u.Name == "" {
		u.Name = spell(mostOf(pile, "unit"), pile)
		u.Inferred = true
	}
	if u.Ministry == "" {
		var own []*facts.Document
		for _, d := range pile {
			if Same(d.Facts["unit"].Value, u.Name) {
				own = append(own, d)
			}
		}
		u.Ministry = mostOf(own, "ministry")
	}
	if len(u.Heads) == 0 {
		if h, ok := head(pack, pile, u); ok {
			u.Heads = []Official{h}
		}
	}
	return u
}

// Key returns a name without case, spaces and punctuation, for comparing.
func Key(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 0x7f {
			return r
		}
		return -1
	}, text.Fold(name))
}

// Same reports whether two names mean one body: equal but for case, spaces and
// punctuation, or one the other's longer form.
func Same(a, b string) bool {
	ka, kb := Key(a), Key(b)
	if ka == "" || kb == "" {
		return false
	}
	if len(ka) > len(kb) {
		a, b, ka, kb = b, a, kb, ka
	}
	return ka == kb || len(ka) >= 12 && inWords(ka, b) || initialled(a, b) || initialled(b, a)
}

// inWords reports whether whole words of name, one after the other, have the
// key.
func inWords(key, name string) bool {
	words := strings.Fields(text.Fold(name))
	for i := range words {
		rest := key
		for _, w := range words[i:] {
			var ok bool
			if rest, ok = strings.CutPrefix(rest, Key(w)); !ok {
				break
			}
			if rest == "" {
				return true
			}
		}
	}
	return false
}

// initialled reports whether short is long with its last words written as
// initials: "Mahkamah Agung RI".
func initialled(short, long string) bool {
	a, b := strings.Fields(text.Fold(short)), strings.Fields(text.Fold(long))
	n := len(a) - 1
	if n < 1 || len(b) < n+2 || !slices.Equal(a[:n], b[:n]) {
		return false
	}
	initials := ""
	for _, w := range b[n:] {
		initials += w[:1]
	}
	return a[n] == initials
}

// Known reports whether name is the unit or one of its aliases. A name that
// goes on with a direction is that of a neighbour: Bandung and Bandung Barat.
func (u *Unit) Known(name string) bool {
	if _, after, ok := strings.Cut(text.Fold(name)+" ", text.Fold(u.Name)+" "); ok && u.Name != "" {
		if next := strings.Fields(after); len(next) > 0 && slices.Contains(u.directions, next[0]) {
			return false
		}
	}
	return Same(name, u.Name) || slices.ContainsFunc(u.Aliases, func(a string) bool { return Key(a) == Key(name) || Same(a, name) })
}

// mostOf returns the value of the named fact that most documents carry,
// weighted by confidence; ties go to the first in order.
func mostOf(pile []*facts.Document, name string) string {
	weight := map[string]float64{}
	shown := map[string]string{}
	for _, d := range pile {
		f, ok := d.Facts[name]
		if !ok {
			continue
		}
		k := Key(f.Value)
		weight[k] += f.Sure
		if shown[k] == "" {
			shown[k] = f.Value
		}
	}
	best := ""
	for _, k := range slices.Sorted(maps.Keys(weight)) {
		if best == "" || weight[k] > weight[best]+1e-9 {
			best = k
		}
	}
	return shown[best]
}

// spell returns the name as running text writes it, since letterheads are all
// capitals.
func spell(name string, pile []*facts.Document) string {
	words := strings.Fields(text.Fold(name))
	if len(words) == 0 {
		return ""
	}
	for i, w := range words {
		words[i] = regexp.QuoteMeta(w)
	}
	re, err := regexp.Compile(strings.Join(words, `\s+`))
	if err != nil {
		return name
	}
	count := map[string]int{}
	for _, d := range pile {
		clean := d.Clean()
		for _, m := range re.FindAllStringIndex(d.Folded(), 20) {
			s := strings.Join(strings.Fields(clean[m[0]:m[1]]), " ")
			if s != strings.ToUpper(s) {
				count[s]++
			}
		}
	}
	best := name
	for s, n := range count {
		if b := count[best]; n > b || n == b && s < best {
			best = s
		}
	}
	return best
}

// head finds the official who signs for the unit.
func head(pack *rules.Pack, pile []*facts.Document, u *Unit) (Official, bool) {
	var titles []*rules.Pattern
	for _, s := range pack.Signers {
		if s.Head && s.Parties == 1 {
			titles = append(titles, s.Titles...)
		}
	}
	type candidate struct {
		Official
		weight int
		titles map[string]int
	}
	byKey := map[string]*candidate{}
	for _, d := range pile {
		if f, ok := d.Facts["unit"]; ok && !u.Known(f.Value) {
			continue
		}
		weight := map[string]int{"decree": 6, "sop": 4, "letter": 3, "statement": 2}[d.Form()]
		seen := map[string]bool{}
		for _, b := range d.Blocks {
			key := b.NIP
			if key == "" {
				key = Key(b.Name)
			}
			if key == "" || seen[key] || !rules.MatchAny(titles, text.Fold(b.Title)) {
				continue
			}
			seen[key] = true
			c := byKey[key]
			if c == nil {
				c = &candidate{titles: map[string]int{}}
				c.Name, c.NIP = b.Name, b.NIP
				byKey[key] = c
			}
			c.weight += weight + 1
			c.titles[b.Title]++
			c.Acting = c.Acting || strings.HasPrefix(b.Acting, "pl")
		}
	}
	var list []*candidate
	for _, c := range byKey {
		list = append(list, c)
	}
	if len(list) == 0 {
		return Official{}, false
	}
	slices.SortFunc(list, func(a, b *candidate) int {
		return cmp.Or(b.weight-a.weight, cmp.Compare(a.NIP, b.NIP), cmp.Compare(a.Name, b.Name))
	})
	best := list[0]
	best.Title = bestTitle(best.titles, u.Name)
	return best.Official, true
}

// bestTitle returns the title that an official signs with: one that names the
// unit, else the most frequent; running text before capitals.
func bestTitle(titles map[string]int, unit string) string {
	rank := func(t string) int {
		n := titles[t]
		if strings.Contains(Key(t), Key(unit)) {
			n += 1000
		}
		if t == strings.ToUpper(t) {
			n -= 500
		}
		return n
	}
	best := ""
	for _, t := range slices.Sorted(maps.Keys(titles)) {
		if best == "" || rank(t) > rank(best) {
			best = t
		}
	}
	return best
}

// YearOf returns the year that most documents are dated in, not after the given
// one; 0 if none is dated.
func YearOf(pile []*facts.Document, latest int) int {
	count := map[int]int{}
	for _, d := range pile {
		if day := d.Date("date"); !day.IsZero() && day.Year() <= latest {
			count[day.Year()]++
		}
	}
	best := 0
	for _, y := range slices.Sorted(maps.Keys(count)) {
		if best == 0 || count[y] >= count[best] {
			best = y
		}
	}
	return best
}

// IsHead reports whether a signature block is that of an official who led the
// unit on the day, or of somebody who signs in that official's name. A zero day
// is within every term of office.
func (u *Unit) IsHead(r *facts.Reader, b facts.Block, day time.Time) bool {
	for _, h := range u.Heads {
		if !day.IsZero() && (!h.From.IsZero() && day.Before(h.From) || !h.To.IsZero() && day.After(h.To)) {
			continue
		}
		if h.NIP != "" && h.NIP == b.NIP {
			return true
		}
		if name := r.BareName(b.Name); name != "" && name == r.BareName(h.Name) {
			return true
		}
		if b.Acting != "" && h.Title != "" && sharesTitle(h.Title, b.Title) {
			return true
		}
	}
	return false
}

// sharesTitle reports whether title begins as the head's title does.
func sharesTitle(head, title string) bool {
	a, b := strings.Fields(text.Fold(head)), strings.Fields(text.Fold(title))
	return len(a) > 0 && len(b) > 0 && strings.Trim(a[0], ",") == strings.Trim(b[0], ",")
}

package check

import (
	"cmp"
	"slices"
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"
)

// inMistakes tells parts of a document that no type has. What stands in no
// document of a type is simply not found there, so a section of any type will do.
func inMistakes(pack *rules.Pack, at rules.Pos, in []string) []error {
	known := facts.Anatomy()
	for _, t := range pack.Types {
		for _, s := range t.Sections {
			if !slices.Contains(known, s.ID) {
				known = append(known, s.ID)
			}
		}
	}
	return unknownNames(at, "part of a document", known, in)
}

// unknownNames tells names that are not among the known.
func unknownNames(at rules.Pos, what string, known, names []string) []error {
	var errs []error
	for _, name := range names {
		if !slices.Contains(known, name) {
			errs = append(errs, rules.UnknownName(at, what, name, known))
		}
	}
	return errs
}

// A stretch is a part of the folded text.
type stretch struct {
	start int
	text  string
}

// stretches returns the parts of the document that are looked at, in order; all
// of it if no part is named.
func stretches(d *facts.Document, in []string) []stretch {
	fold := d.Folded()
	if len(in) == 0 {
		return []stretch{{0, fold}}
	}
	var out []stretch
	for _, name := range in {
		for _, s := range d.Stretches(name) {
			out = append(out, stretch{s[0], fold[s[0]:s[1]]})
		}
	}
	slices.SortFunc(out, func(a, b stretch) int { return a.start - b.start })
	// Parts may lie within one another; what they hold counts once.
	apart := out[:0]
	for _, s := range out {
		if n := len(apart); n > 0 && s.start < apart[n-1].start+len(apart[n-1].text) {
			end := max(apart[n-1].start+len(apart[n-1].text), s.start+len(s.text))
			apart[n-1].text = fold[apart[n-1].start:end]
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

// find returns where the first of the patterns stands, as offsets into the
// whole text, or nil.
func find(parts []stretch, ps []*rules.Pattern) []int {
	for _, s := range parts {
		if m := rules.First(ps, s.text); m != nil {
			return []int{s.start + m[0], s.start + m[1]}
		}
	}
	return nil
}

// maxFound bounds the places of one pattern that are looked at.
const maxFound = 2000

// findAll returns where the patterns stand, in order of place and apart.
func findAll(parts []stretch, ps []*rules.Pattern) [][2]int {
	var out [][2]int
	for _, s := range parts {
		for _, p := range ps {
			for _, m := range p.FindAll(s.text, maxFound) {
				out = append(out, [2]int{s.start + m[0], s.start + m[1]})
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return cmp.Or(a[0]-b[0], b[1]-a[1]) })
	apart := out[:0] // two phrases may meet in one place
	for _, m := range out {
		if n := len(apart); n == 0 || m[0] >= apart[n-1][1] {
			apart = append(apart, m)
		}
	}
	return apart
}

// ask reports a finding of a use that asks for something, with more parameters
// for its words.
func (p *Pass) ask(id string, what rules.Text, in []string, at facts.Place, more map[string]string) {
	params := map[string]string{"what": what.ID, "what_en": what.EN, "in": strings.Join(in, ", ")}
	for name, value := range more {
		params[name] = value
	}
	p.report(id, at, params)
}

// whereIn is the place that stands for an absence in some parts of a document:
// the top of the first of them, or of the document.
func whereIn(d *facts.Document, parts []stretch) facts.Place {
	if len(parts) == 0 {
		return top(d)
	}
	s := parts[0]
	return d.Place(s.start, s.start+min(len(s.text), 80))
}

// factMistakes tells names that are no facts: those that every document may have,
// and the fields of types.
func factMistakes(pack *rules.Pack, at rules.Pos, names ...string) []error {
	known := facts.Names()
	for _, t := range pack.Types {
		for _, f := range t.Fields {
			if !slices.Contains(known, f.ID) {
				known = append(known, f.ID)
			}
		}
	}
	given := slices.DeleteFunc(names, func(name string) bool { return name == "" })
	return unknownNames(at, "fact", known, given)
}

// wanted tells keys of which at least one must be there.
func wanted(at rules.Pos, ok bool, keys string) []error {
	if ok {
		return nil
	}
	return []error{&rules.Mistake{Pos: at, Text: "wants " + keys}}
}

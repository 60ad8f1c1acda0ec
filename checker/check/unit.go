package check

import (
	"regexp"
	"strings"
	"unicode"

	"dasheval/checker/facts"
	"dasheval/checker/profile"
	"dasheval/checker/text"
)

var unit = &Check{
	Name: "unit",
	Doc: `the document is of the unit under evaluation

The letterhead or cover names the unit or a body above it, and running text does not name another unit of the same kind
more often than this one, as text copied from elsewhere does.`,
	Scope: Document,
	IDs:   []string{"letterhead.other", "unit.body_other", "unit.other"},
	Run: func(p *Pass) {
		d, w := p.Document, p.World
		if s := w.Pack.Signers[d.Type.Signer]; w.Unit.Name == "" || s != nil && s.External {
			return
		}
		ministry, hasMinistry := d.Facts["ministry"]
		if hasMinistry && w.Unit.Ministry != "" && !profile.Same(ministry.Value, w.Unit.Ministry) && !w.Parents[profile.Key(ministry.Value)] {
			p.report("letterhead.other", ministry.At, map[string]string{"found": ministry.Value, "ministry": w.Unit.Ministry})
			return
		}
		own, ok := d.Facts["unit"]
		if ok && !w.Unit.Known(own.Value) && !w.Parents[profile.Key(own.Value)] && !within(own.Value, w.Unit.Name) {
			p.report("unit.other", own.At, map[string]string{"found": own.Value, "unit": w.Unit.Name})
			return
		}
		otherInText(p)
	},
}

// within reports whether a body is a part of the unit: its name goes on to
// name the unit.
func within(body, unit string) bool { return strings.Contains(profile.Key(body), profile.Key(unit)) }

// otherInText looks for names of another unit of the same kind, told by the
// first two words of the unit's name.
func otherInText(p *Pass) {
	d, w := p.Document, p.World
	words := strings.Fields(w.Unit.Name)
	if len(words) < 3 {
		return
	}
	kind, err := regexp.Compile(`\b` + regexp.QuoteMeta(text.Fold(words[0])) + `\s+` + regexp.QuoteMeta(text.Fold(words[1])) + `\b`)
	if err != nil {
		return
	}
	clean, fold := d.Clean(), d.Folded()
	ours, others := 0, map[string]int{}
	var at facts.Place
	for _, m := range kind.FindAllStringIndex(fold, -1) {
		name := properName(clean[m[0]:min(len(clean), m[0]+160)], len(words)+2)
		switch {
		case w.Unit.Known(name):
			ours++
		case len(strings.Fields(name)) < len(words):
			// A short form says too little.
		case name == strings.ToUpper(name):
			// Headings and letterheads are checked elsewhere.
		default:
			others[profile.Key(name)]++
			if at == (facts.Place{}) {
				at = d.Place(m[0], m[0]+len(name))
			}
		}
	}
	total := 0
	for _, n := range others {
		total += n
	}
	if total >= 2 && total > ours {
		p.report("unit.body_other", at, map[string]string{"found": at.Quote, "unit": w.Unit.Name})
	}
}

// properName returns the capitalised words that s begins with, at most n.
func properName(s string, n int) string {
	var out []string
	for _, w := range strings.Fields(s) {
		r := []rune(w)
		if len(out) >= n || !unicode.IsUpper(r[0]) {
			break
		}
		bare := strings.TrimRight(w, ".,;:)\"")
		out = append(out, bare)
		if bare != w {
			break
		}
	}
	return strings.Join(out, " ")
}

package check

import (
	"slices"
	"strings"
	"unicode"

	"dasheval/checker/facts"
	"dasheval/checker/text"
)

// about returns the significant words of what a document is about: without
// words that say nothing, years, and the name of the unit.
func about(w *World, d *facts.Document) map[string]bool {
	out := map[string]bool{}
	src := d.Facts["event"].Value
	if src == "" {
		src = d.Subject
	}
	own := map[string]bool{}
	for _, x := range strings.Fields(text.Fold(w.Unit.Name)) {
		own[x] = true
	}
	for _, x := range strings.FieldsFunc(text.Fold(src), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
		if own[x] || w.stop(x) || len(x) == 4 && x[0] == '2' {
			continue
		}
		out[x] = true
	}
	return out
}

func (w *World) stop(x string) bool {
	return slices.Contains(w.Pack.Vocabulary.Words["stop"], x)
}

// overlap returns the share of the smaller set that is in the larger.
func overlap(a, b map[string]bool) float64 {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) == 0 {
		return 0
	}
	n := 0
	for x := range a {
		if b[x] {
			n++
		}
	}
	return float64(n) / float64(len(a))
}

// Package pii finds the numbers by which people are known or reached: of employees
// (NIP), of citizens (NIK) and of telephones.
//
// The kinds are data. The package promises that what it hides stays hidden when a
// text is masked again, and that numbers of documents, dates and sums stay.
package pii

import (
	_ "embed"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

//go:embed pii.yaml
var source []byte

// A kind is one kind of number.
type kind struct {
	ID      string `yaml:"id"`
	Pattern string `yaml:"pattern"`

	re *regexp.Regexp
}

// between is what may part groups of digits: spaces of any kind, points, dashes.
const between = `[\s\x{00a0}\x{2000}-\x{200a}\x{202f}.\x{2010}-\x{2015}-]{0,2}`

var kinds = sync.OnceValue(func() []kind {
	var out []kind
	if err := yaml.UnmarshalWithOptions(source, &out, yaml.Strict()); err != nil {
		panic(fmt.Errorf("read pii.yaml: %w", err)) // it is part of the program
	}
	for i := range out {
		out[i].re = regexp.MustCompile(strings.ReplaceAll(out[i].Pattern, "_", between))
	}
	return out
})

// fewest is how many digits the shortest number has.
const fewest = 9

// Find returns where such numbers stand in s, as positions of bytes, ascending and
// apart from one another.
func Find(s string) [][2]int {
	digits := 0
	for i := range len(s) {
		if s[i] >= '0' && s[i] <= '9' {
			digits++
		}
	}
	if digits < fewest {
		return nil
	}
	var out [][2]int
	for _, k := range kinds() {
		for _, at := range k.find(s) {
			if !slices.ContainsFunc(out, func(x [2]int) bool { return at[0] < x[1] && x[0] < at[1] }) {
				out = append(out, at)
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]int) int { return a[0] - b[0] })
	return out
}

// Mask hides the digits of such numbers but for the last three of each.
func Mask(s string) string {
	found := Find(s)
	if len(found) == 0 {
		return s
	}
	var b strings.Builder
	from := 0
	for _, at := range found {
		b.WriteString(s[from:at[0]])
		b.WriteString(hidden(s[at[0]:at[1]]))
		from = at[1]
	}
	b.WriteString(s[from:])
	return b.String()
}

func (k kind) find(s string) [][2]int {
	var out [][2]int
	for from := 0; from < len(s); {
		at := k.re.FindStringIndex(s[from:])
		if at == nil {
			break
		}
		start, end := from+at[0], from+at[1]
		from = end
		if k.stands(s, start, end) {
			out = append(out, [2]int{start, end})
			continue
		}
		// The run of digits is something longer, and none of it is one.
		for from < len(s) && s[from] >= '0' && s[from] <= '9' {
			from++
		}
	}
	return out
}

// stands reports whether a match is not a part of a longer number.
func (k kind) stands(s string, start, end int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:start])
	after, _ := utf8.DecodeRuneInString(s[end:])
	return (start == 0 || !unicode.IsDigit(before)) && (end == len(s) || !unicode.IsDigit(after))
}

// hidden replaces the digits of a number but for the last three.
func hidden(number string) string {
	digits := 0
	for _, r := range number {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		if digits--; digits < 3 {
			return r
		}
		return '•'
	}, number)
}

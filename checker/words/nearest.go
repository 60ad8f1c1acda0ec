package words

import (
	"slices"
	"strings"
)

// Nearest returns those of the names that a misspelt one may have meant, the
// nearest first, at most n; case does not count. A name that is too far off gives none.
func Nearest(name string, names []string, n int) []string {
	type guess struct {
		name string
		off  int
	}
	limit := max(2, len(name)/3)
	var near []guess
	for _, s := range names {
		if off := distance(fold(name), fold(s)); off <= limit {
			near = append(near, guess{s, off})
		}
	}
	slices.SortStableFunc(near, func(a, b guess) int { return a.off - b.off })
	var out []string
	for _, g := range near[:min(n, len(near))] {
		out = append(out, g.name)
	}
	return out
}

func fold(s string) []rune { return []rune(strings.ToLower(s)) }

// Distance counts the letters by which two words or phrases differ: those to
// insert, take out or replace. Case does not count.
func Distance(a, b string) int { return distance(fold(a), fold(b)) }

// distance counts the insertions, deletions and replacements from a to b.
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

package facts

import (
	"slices"
	"strings"

	"dasheval/checker/text"
)

// What text recognition takes one another for, by the digit that it may be.
var mistaken = map[rune]rune{
	'l': '1', 'I': '1', '|': '1', 'i': '1', '!': '1', ']': '1', '[': '1',
	'O': '0', 'o': '0', 'Q': '0', 'D': '0', 'S': '5', 's': '5', 'B': '8', 'Z': '2', 'z': '2', 'g': '9', 'q': '9',
}

// mend corrects what text recognition mistakes most often in the words of a
// line: letters for digits within numbers, and other signs for the colon behind a
// label.
func (r *Reader) mend(words []text.Word) []text.Word {
	out := slices.Clone(words)
	for i := range out {
		w := out[i].Text
		if d := digitsFor(w); d != "" {
			out[i].Text = d
		}
		if i > 0 && len(w) == 1 && strings.Contains("1lIi|!;;.t*", w) && r.labels[strings.Trim(strings.ToLower(out[i-1].Text), ".")] {
			out[i].Text = ":"
		}
		if w == "|" && i > 0 && i+1 < len(out) && beside(out[i-1], out[i]) && beside(out[i], out[i+1]) {
			out[i].Text = "I" // as in Kelas I; the line of a table stands further apart
		}
	}
	return out
}

// beside reports whether two words stand as close as words of a sentence do.
func beside(a, b text.Word) bool {
	return b.Box.X0-a.Box.X1 < 0.8*max(a.Box.Y1-a.Box.Y0, b.Box.Y1-b.Box.Y0)
}

// digitsFor returns a word of digits in which letters were read, with digits for
// them, "" if it is none: most of it has to be digits.
func digitsFor(w string) string {
	digits, letters := 0, 0
	mended := strings.Map(func(c rune) rune {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case mistaken[c] != 0:
			letters++
			return mistaken[c]
		case strings.ContainsRune(".,-/()", c):
		default:
			letters = len(w) // another letter: a code, and no number
		}
		return c
	}, w)
	if letters == 0 || digits < 2*letters || digits < 3 {
		return ""
	}
	return mended
}

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
	}
	return out
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

package text

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s as patterns see it: compatibility composed (NFKC, which also
// opens ligatures), lower case, without soft hyphens and zero-width
// characters, with one kind of dash, quote and space. Newlines and tabs stay.
// Runs of spaces become one.
func Fold(s string) string {
	return strings.ToLower(Clean(s))
}

// Clean is [Fold] without the change of case: the form that facts are read
// from and shown in.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	space := false
	for _, r := range norm.NFKC.String(strings.Map(unmark, s)) {
		switch {
		case r == '\u00ad' || r == '\ufeff' || r == '\u0002' || (r >= '\u200b' && r <= '\u200f') || r == '\u2060':
			continue
		case r == '\n' || r == '\t' || r == '\f':
			b.WriteRune(r)
			space = false
			continue
		case unicode.IsSpace(r):
			if !space {
				b.WriteByte(' ')
			}
			space = true
			continue
		case r >= '\u2010' && r <= '\u2015' || r == '\u2212' || r == '\u2043':
			r = '-'
		case r == '\u2018' || r == '\u2019' || r == '\u201a' || r == '\u2032' || r == '`' || r == '\u00b4':
			r = '\''
		case r == '\u201c' || r == '\u201d' || r == '\u201e' || r == '\u2033' || r == '\u00ab' || r == '\u00bb':
			r = '"'
		case r == utf8.RuneError || unicode.IsControl(r):
			continue
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// unmark drops raised digits: the mark of a footnote behind a year must not
// become its fifth digit.
func unmark(r rune) rune {
	if r == '\u00b9' || r == '\u00b2' || r == '\u00b3' || r == '\u2070' || r >= '\u2074' && r <= '\u2079' {
		return -1
	}
	return r
}

// isPlain reports whether Clean has nothing to do: printable ASCII, tabs and
// newlines, without a double space.
func isPlain(s string) bool {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x7f || c == '`' || (c < 0x20 && c != '\n' && c != '\t' && c != '\f') {
			return false
		}
		if c == ' ' && i > 0 && s[i-1] == ' ' {
			return false
		}
	}
	return true
}

// minSpaced is the number of single capitals from which on a run such as
// "K E P U T U S A N" is a spaced word. Three could be initials.
const minSpaced = 4

// JoinSpaced joins runs of single capital letters, as headings are often
// typed: "M E M U T U S K A N" becomes "MEMUTUSKAN". Where the gaps of a run
// are of two sizes, the wide ones stay as spaces, so that "S U R A T   T U G A
// S" keeps its two words; gap i stands before letter i+1 of the words. It
// returns words unchanged if there is no such run.
func JoinSpaced(words []Word) []Word {
	// A colon or comma often hangs on the last letter: "M E M U T U S K A N:".
	single := func(w Word) bool {
		r, n := utf8.DecodeRuneInString(w.Text)
		return unicode.IsUpper(r) && strings.Trim(w.Text[n:], ":,.") == ""
	}
	var out []Word
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && single(words[j]) {
			j++
		}
		if j-i < minSpaced {
			if out != nil {
				out = append(out, words[i:max(j, i+1)]...)
			}
			i = max(j, i+1)
			continue
		}
		if out == nil {
			out = append([]Word{}, words[:i]...)
		}
		narrow := words[i+1].Box.X0 - words[i].Box.X1
		for k := i + 2; k < j; k++ {
			narrow = min(narrow, words[k].Box.X0-words[k-1].Box.X1)
		}
		w := words[i]
		for k := i + 1; k < j; k++ {
			gap := words[k].Box.X0 - words[k-1].Box.X1
			if gap > max(2*narrow, narrow)+1 { // glyph boxes may overlap
				out = append(out, w)
				w = words[k]
				continue
			}
			w.Text += words[k].Text
			w.Box = w.Box.Union(words[k].Box)
		}
		out = append(out, w)
		i = j
	}
	if out == nil {
		return words
	}
	return out
}

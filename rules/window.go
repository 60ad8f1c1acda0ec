package rules

import (
	"math"
	"regexp/syntax"
	"slices"
	"strings"
)

// A match of most patterns contains a literal, and spans few lines. So a long
// text need not be searched as a whole: the lines around each literal are
// enough, and give the same matches. The matcher takes some 50 ns for each
// byte, looking for a literal less than one.

// unlimited says that a match may span any number of lines.
const unlimited = math.MaxInt

// maxSpan is the number of lines up to which looking at windows pays.
const maxSpan = 12

// shortText is the length, in bytes, below which a text is searched as a whole.
const shortText = 256

// span returns how many times a match of re can go on to a further line that
// holds a word character, or unlimited. Lines without one do not count: a run
// of white space and signs may pass any number of them.
func span(re *syntax.Regexp) int {
	switch re.Op {
	case syntax.OpLiteral:
		n := 0
		for _, r := range re.Rune {
			if r == '\n' {
				n++
			}
		}
		return n
	case syntax.OpCharClass:
		return classSpan(re.Rune)
	case syntax.OpAnyChar, syntax.OpBeginText, syntax.OpEndText:
		// The edges of the text are not those of a window.
		return unlimited
	case syntax.OpCapture, syntax.OpQuest:
		return span(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		n := span(re.Sub[0])
		switch {
		case n == 0 || n == unlimited || re.Sub[0].Op == syntax.OpCharClass:
			return n // the run of a class without word characters stops at the next line
		case re.Op == syntax.OpRepeat && re.Max >= 0:
			return n * re.Max
		}
		return unlimited
	case syntax.OpConcat:
		n := 0
		for _, sub := range re.Sub {
			k := span(sub)
			if k == unlimited {
				return unlimited
			}
			n += k
		}
		return n
	case syntax.OpAlternate:
		n := 0
		for _, sub := range re.Sub {
			n = max(n, span(sub))
		}
		return n
	}
	return 0
}

// classSpan is the span of a class, given as pairs of its first and last runes.
func classSpan(pairs []rune) int {
	newline, word := false, false
	for i := 0; i < len(pairs); i += 2 {
		lo, hi := pairs[i], pairs[i+1]
		newline = newline || lo <= '\n' && '\n' <= hi
		for _, w := range [][2]rune{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}} {
			word = word || lo <= w[1] && w[0] <= hi
		}
	}
	switch {
	case !newline:
		return 0
	case word:
		return unlimited
	}
	return 1
}

// A window is a stretch of whole lines of a text.
type window struct{ start, end int }

// windows returns the stretches of s that hold all matches of p, apart and in
// order. No stretch means no match.
func (p *Pattern) windows(s string) []window {
	contains := func(l string) bool { return strings.Contains(s, l) }
	switch {
	case p.literals == nil:
		return []window{{0, len(s)}}
	case len(s) < shortText || p.span > maxSpan:
		if !slices.ContainsFunc(p.literals, contains) {
			return nil
		}
		return []window{{0, len(s)}}
	}
	var hits []int
	for _, l := range p.literals {
		for at := 0; ; {
			k := strings.Index(s[at:], l)
			if k < 0 {
				break
			}
			hits = append(hits, at+k)
			at += k + len(l)
		}
	}
	slices.Sort(hits)
	var out []window
	for _, h := range hits {
		if n := len(out); n > 0 && h < out[n-1].end {
			// The lines after it may reach further; those before it are in.
			out[n-1].end = p.after(s, h, out[n-1].end)
			continue
		}
		w := window{p.before(s, h), p.after(s, h, 0)}
		if n := len(out); n > 0 && w.start < out[n-1].end {
			out[n-1].end = w.end
			continue
		}
		out = append(out, w)
	}
	return out
}

// before returns the start of the first line that a match around h can begin on.
func (p *Pattern) before(s string, h int) int {
	at := strings.LastIndexByte(s[:h], '\n') + 1
	for left := p.span; left > 0 && at > 0; {
		prev := strings.LastIndexByte(s[:at-1], '\n') + 1
		if worded(s[prev : at-1]) {
			left--
		}
		at = prev
	}
	return at
}

// after returns the end of the last line that a match around h can end on, at
// least least.
func (p *Pattern) after(s string, h, least int) int {
	line := func(at int) int {
		if k := strings.IndexByte(s[at:], '\n'); k >= 0 {
			return at + k + 1
		}
		return len(s)
	}
	at := line(h)
	for left := p.span; left > 0 && at < len(s); {
		next := line(at)
		if worded(s[at:next]) {
			left--
		}
		at = next
	}
	return max(at, least)
}

// worded reports whether s holds a word character.
func worded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c == '_' {
			return true
		}
	}
	return false
}

package rules

import (
	"regexp/syntax"
	"slices"
	"strings"
	"unicode/utf8"
)

// A match of most patterns contains a literal, and spans few lines. So a long
// text need not be searched as a whole: the lines around each literal are
// enough, and give the same matches. The matcher takes some 50 ns for each
// byte, looking for a literal less than one.

// A span is how far a match can go on from one place to another.
type span struct {
	// lines is how many times it goes on to a further line that holds a word
	// character. Lines without one do not count: a run of white space and signs
	// may pass any number of them.
	lines int
	// runs is the number of runs of any characters, which may pass lines too, and
	// longest the length, in characters, of the longest.
	runs, longest int
	// far is true if there is no limit.
	far bool
}

// What a match may span for windows to pay.
const (
	maxLines = 12
	maxRuns  = 2
	maxRun   = 200
)

// shortText is the length, in bytes, below which a text is searched as a whole.
const shortText = 256

var unlimited = span{far: true}

// then is the span of one thing after another.
func (s span) then(t span) span {
	out := span{s.lines + t.lines, s.runs + t.runs, max(s.longest, t.longest), s.far || t.far}
	if out.lines > maxLines || out.runs > maxRuns {
		return unlimited
	}
	return out
}

// spanOf returns the span of a match of re.
func spanOf(re *syntax.Regexp) span {
	switch re.Op {
	case syntax.OpLiteral:
		var s span
		for _, r := range re.Rune {
			if r == '\n' {
				s = s.then(span{lines: 1})
			}
		}
		return s
	case syntax.OpAnyChar, syntax.OpCharClass:
		return runSpan(re, 1)
	case syntax.OpBeginText, syntax.OpEndText:
		return unlimited // the edges of the text are not those of a window
	case syntax.OpCapture, syntax.OpQuest:
		return spanOf(re.Sub[0])
	case syntax.OpStar, syntax.OpPlus, syntax.OpRepeat:
		most := -1
		if re.Op == syntax.OpRepeat {
			most = re.Max
		}
		if op := re.Sub[0].Op; op == syntax.OpCharClass || op == syntax.OpAnyChar {
			return runSpan(re.Sub[0], most)
		}
		one := spanOf(re.Sub[0])
		if one == (span{}) {
			return one
		}
		if most < 0 {
			return unlimited
		}
		var s span
		for range most {
			if s = s.then(one); s.far {
				break
			}
		}
		return s
	case syntax.OpConcat:
		var s span
		for _, sub := range re.Sub {
			s = s.then(spanOf(sub))
		}
		return s
	case syntax.OpAlternate:
		// The longest of all alternatives in every respect.
		var s span
		for _, sub := range re.Sub {
			one := spanOf(sub)
			s = span{max(s.lines, one.lines), max(s.runs, one.runs), max(s.longest, one.longest), s.far || one.far}
		}
		return s
	}
	return span{}
}

// runSpan is the span of up to n characters of a class, any number if n is
// negative.
func runSpan(class *syntax.Regexp, n int) span {
	newline, word := class.Op == syntax.OpAnyChar, class.Op == syntax.OpAnyChar
	for i := 0; i+1 < len(class.Rune) && class.Op == syntax.OpCharClass; i += 2 {
		lo, hi := class.Rune[i], class.Rune[i+1]
		newline = newline || lo <= '\n' && '\n' <= hi
		for _, w := range [][2]rune{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}} {
			word = word || lo <= w[1] && w[0] <= hi
		}
	}
	switch {
	case !newline || n == 0:
		return span{}
	case !word:
		return span{lines: 1} // it stops at the next word
	case n < 0 || n > maxRun:
		return unlimited
	}
	return span{runs: 1, longest: n}
}

// A window is a stretch of whole lines of a text.
type window struct{ start, end int }

// windows returns the stretches of s that hold all matches of p, apart and in
// order. No stretch means no match.
func (p *Pattern) windows(s string) []window {
	p.ready()
	contains := func(l string) bool { return strings.Contains(s, l) }
	switch {
	case p.literals == nil:
		return []window{{0, len(s)}}
	case len(s) < shortText || p.span.far:
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
			at += k + 1
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
// The runs may stand anywhere between the other parts, so all of them are taken
// at every line.
func (p *Pattern) before(s string, h int) int {
	lineStart := func(at int) int { return strings.LastIndexByte(s[:at], '\n') + 1 }
	runs := func(at int) int {
		for range p.span.runs {
			for n := p.span.longest; n > 0 && at > 0; n-- {
				_, size := utf8.DecodeLastRuneInString(s[:at])
				at -= size
			}
			at = lineStart(at)
		}
		return at
	}
	at := runs(lineStart(h))
	for left := p.span.lines; left > 0 && at > 0; {
		prev := lineStart(at - 1)
		if worded(s[prev : at-1]) {
			left--
			prev = runs(prev)
		}
		at = prev
	}
	return at
}

// after returns the end of the last line that a match around h can end on, at
// least least.
func (p *Pattern) after(s string, h, least int) int {
	lineEnd := func(at int) int {
		if k := strings.IndexByte(s[at:], '\n'); k >= 0 {
			return at + k + 1
		}
		return len(s)
	}
	runs := func(at int) int {
		for range p.span.runs {
			for n := p.span.longest; n > 0 && at < len(s); n-- {
				_, size := utf8.DecodeRuneInString(s[at:])
				at += size
			}
			at = lineEnd(at)
		}
		return at
	}
	at := runs(lineEnd(h))
	for left := p.span.lines; left > 0 && at < len(s); {
		next := lineEnd(at)
		if worded(s[at:next]) {
			left--
			next = runs(next)
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

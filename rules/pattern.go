package rules

import (
	"errors"
	"fmt"
	"regexp"
	"regexp/syntax"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	ahocorasick "github.com/petar-dambovaliev/aho-corasick"
)

// A Pattern is a regular expression (RE2) that is matched against folded text:
// lower case, one kind of dash and quote, spaced capitals joined. Its case
// does not matter.
type Pattern struct {
	Source string
	Pos    Pos

	matcher  func() *regexp.Regexp // made at the first use: most patterns never match
	literals []string              // one of them occurs in every match; nil if none is sure
	span     span                  // how far a match goes on
	groups   int                   // in brackets
	id       int                   // place in the pack's scanner, from 1; 0 if in none
	later    *deferral
	mode     string // how Source is read: "phrase", "plain", or "" for an expression with (?m)
}

// manyClasses is the number of Unicode classes in a pattern from which on the
// matcher folds case.
const manyClasses = 4

// A deferral is what a pattern of the program's own packs needs to be compiled
// with at its first use: tests hold that it can be. Most commands use few.
type deferral struct {
	once sync.Once
	v    *Vocabulary
}

// ready compiles a pattern that was put off.
func (p *Pattern) ready() {
	if p.later == nil {
		return
	}
	p.later.once.Do(func() {
		if err := p.compile(p.later.v); err != nil {
			panic(fmt.Errorf("%s: %w", p.Pos, err)) // a bug in a pack of the program
		}
	})
}

// maxSource is the length of the longest pattern of a pack, in bytes.
const maxSource = 8 << 10

// shared reports whether the pattern names a list of the vocabulary.
func (p *Pattern) shared() bool { return p.mode == "" && strings.HasPrefix(p.Source, "=") }

// compile makes the pattern ready to match. The error is for the author.
func (p *Pattern) compile(v *Vocabulary) error {
	if len(p.Source) > maxSource {
		return fmt.Errorf("pattern is longer than %d bytes; make several of it", maxSource)
	}
	re := "(?m)" + p.Source
	switch p.mode {
	case "phrase":
		phrase, err := v.phrase(p.Source)
		if err != nil {
			return err
		}
		re = "(?m)" + phrase
	case "plain":
		re = p.Source
	}
	c, err := Compile(re)
	if err != nil {
		return fmt.Errorf("pattern does not compile: %s", clip(strings.NewReplacer("error parsing regexp: ", "", "`(?m)", "`").Replace(err.Error())))
	}
	if p.mode != "plain" && c.literals == nil && c.Match("") {
		return errors.New("pattern matches the empty text and so every document")
	}
	p.matcher, p.literals, p.span, p.groups = c.matcher, c.literals, c.span, c.groups
	return nil
}

// Compile makes a pattern of an RE2 expression. The error is the compiler's,
// without a place.
func Compile(source string) (*Pattern, error) {
	original := source
	var flags syntax.Flags
	if !isLower(source) {
		flags = syntax.FoldCase
	}
	tree, err := syntax.Parse(source, syntax.Perl|flags)
	if err != nil {
		return nil, err
	}
	if flags != 0 && strings.Count(source, `\p`)+strings.Count(source, `\P`) > manyClasses {
		flags = 0 // writing their folded classes out would take seconds
		source = "(?i)" + source
	}
	if flags != 0 {
		// Folded text has no capitals, so case folding is done here, once, instead
		// of in the matcher, where (?i) costs forty times as much.
		lower(tree)
		source = tree.String()
		if _, err := syntax.Parse(source, syntax.Perl); err != nil {
			return nil, fmt.Errorf("fold case: %w", err)
		}
	}
	groups := tree.MaxCap()
	lits := required(tree)
	if shortest(lits) < 2 { // too common to filter anything
		lits = nil
	}
	matcher := sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(source) }) // it was parsed above
	return &Pattern{Source: original, matcher: matcher, literals: lits, span: spanOf(tree), groups: groups}, nil
}

// Find returns the place of the leftmost match and its groups in folded, as
// regexp.FindStringSubmatchIndex does; nil if there is none.
func (p *Pattern) Find(folded string) []int {
	for _, w := range p.windows(folded) {
		if m := p.matcher().FindStringSubmatchIndex(folded[w.start:w.end]); m != nil {
			return shift(m, w.start)
		}
	}
	return nil
}

// FindAll returns up to n matches like [Pattern.Find]; all if n is negative.
func (p *Pattern) FindAll(folded string, n int) [][]int {
	var out [][]int
	for _, w := range p.windows(folded) {
		left := n
		if n >= 0 {
			left = n - len(out)
		}
		for _, m := range p.matcher().FindAllStringSubmatchIndex(folded[w.start:w.end], left) {
			out = append(out, shift(m, w.start))
		}
	}
	return out
}

// shift moves the places of a match by so many bytes.
func shift(m []int, by int) []int {
	for i := range m {
		if m[i] >= 0 {
			m[i] += by
		}
	}
	return m
}

// Groups returns the number of groups in brackets.
func (p *Pattern) Groups() int { p.ready(); return p.groups }

// Words returns a phrase as people would write it, without the signs of the
// shorthand.
func (p *Pattern) Words() string {
	s := strings.NewReplacer("<", "", ">", "", "*", "…", "|", "/").Replace(strings.TrimPrefix(p.Source, "re:"))
	return strings.Join(strings.Fields(s), " ")
}

// Group returns the number of the group with the name, as in (?P<day>…), or
// other if there is none.
func (p *Pattern) Group(name string, other int) int {
	p.ready()
	if i := p.matcher().SubexpIndex(name); i > 0 {
		return i
	}
	return other
}

// Match reports whether folded has a match.
func (p *Pattern) Match(folded string) bool {
	return slices.ContainsFunc(p.windows(folded), func(w window) bool { return p.matcher().MatchString(folded[w.start:w.end]) })
}

// First returns the leftmost match of the first pattern that matches, or nil.
func First(ps []*Pattern, folded string) []int {
	for _, p := range ps {
		if m := p.Find(folded); m != nil {
			return m
		}
	}
	return nil
}

// MatchAny reports whether any of the patterns matches.
func MatchAny(ps []*Pattern, folded string) bool {
	return slices.ContainsFunc(ps, func(p *Pattern) bool { return p.Match(folded) })
}

// flagI is a group that turns case folding on.
var flagI = regexp.MustCompile(`\(\?[msU]*i`)

// isLower reports whether an expression names no capitals and folds no case, so
// that it can be used as it is. Printing a folded tree takes a millisecond for
// each negated class, which all patterns of a pack would feel.
func isLower(source string) bool {
	for i := 0; i < len(source); i++ {
		switch c := source[i]; {
		case c == '\\':
			i++ // \W, \S and the like
		case c >= 'A' && c <= 'Z', c >= utf8.RuneSelf:
			return false
		}
	}
	return !flagI.MatchString(source)
}

// lower rewrites literals to lower case and drops the fold flag.
func lower(re *syntax.Regexp) {
	re.Flags &^= syntax.FoldCase
	if re.Op == syntax.OpLiteral {
		for i, r := range re.Rune {
			re.Rune[i] = unicode.ToLower(r)
		}
	}
	for _, sub := range re.Sub {
		lower(sub)
	}
}

// required returns literals of which at least one is part of every match of
// re, or nil if that cannot be told. It prefers the set whose shortest member
// is longest.
func required(re *syntax.Regexp) []string {
	if all := whole(re); shortest(all) > 0 {
		return all
	}
	switch re.Op {
	case syntax.OpCapture, syntax.OpPlus:
		return required(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return required(re.Sub[0])
		}
	case syntax.OpConcat:
		best, run := []string(nil), []string{""}
		for _, sub := range re.Sub {
			if longer := cross(run, whole(sub)); longer != nil {
				run = longer
				if shortest(run) > shortest(best) {
					best = run
				}
				continue
			}
			run = []string{""}
			if lits := required(sub); shortest(lits) > shortest(best) {
				best = lits
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			lits := required(sub)
			if lits == nil {
				return nil
			}
			all = append(all, lits...)
		}
		return all
	}
	return nil
}

// maxWhole bounds the texts that an expression is written out to.
const maxWhole = 16

// whole returns all texts that re can match, nil if they are many.
func whole(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpEmptyMatch, syntax.OpWordBoundary, syntax.OpNoWordBoundary, syntax.OpBeginLine, syntax.OpEndLine, syntax.OpBeginText, syntax.OpEndText:
		return []string{""}
	case syntax.OpCapture:
		return whole(re.Sub[0])
	case syntax.OpQuest:
		if all := whole(re.Sub[0]); all != nil && len(all) < maxWhole {
			return append([]string{""}, all...)
		}
	case syntax.OpCharClass:
		var all []string
		for i := 0; i < len(re.Rune); i += 2 {
			if re.Rune[i+1]-re.Rune[i] >= maxWhole {
				return nil
			}
			for r := re.Rune[i]; r <= re.Rune[i+1]; r++ {
				all = append(all, string(r))
			}
		}
		if len(all) <= maxWhole {
			return all
		}
	case syntax.OpConcat:
		all := []string{""}
		for _, sub := range re.Sub {
			if all = cross(all, whole(sub)); all == nil {
				return nil
			}
		}
		return all
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			one := whole(sub)
			if one == nil || len(all)+len(one) > maxWhole {
				return nil
			}
			all = append(all, one...)
		}
		return all
	}
	return nil
}

// cross returns each of a followed by each of b, nil if they are many or b is
// nil.
func cross(a, b []string) []string {
	if len(a)*len(b) == 0 || len(a)*len(b) > maxWhole {
		return nil
	}
	out := make([]string, 0, len(a)*len(b))
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+y)
		}
	}
	return out
}

func shortest(lits []string) int {
	if len(lits) == 0 {
		return 0
	}
	n := len(lits[0])
	for _, l := range lits[1:] {
		n = min(n, len(l))
	}
	return n
}

// A scanner finds out in one pass over a text which of many patterns can
// match it at all.
type scanner struct {
	auto   ahocorasick.AhoCorasick
	owners [][]int // by literal: the patterns that need it
	always []int   // patterns without a sure literal
	n      int
}

// maxLiteral is how many bytes of a literal the scanner looks for.
const maxLiteral = 24

// newScanner numbers the patterns and builds their scanner.
func newScanner(ps []*Pattern) *scanner {
	sideBySide(len(ps), func(i int) { ps[i].ready() })
	s := &scanner{n: len(ps)}
	index := map[string]int{}
	var words []string
	for i, p := range ps {
		p.id = i + 1
		if shortest(p.literals) < 3 { // nearly every text has them
			s.always = append(s.always, i)
			continue
		}
		for _, l := range p.literals {
			l = l[:min(len(l), maxLiteral)] // its beginning filters as well
			k, ok := index[l]
			if !ok {
				k = len(words)
				index[l] = k
				words = append(words, l)
				s.owners = append(s.owners, nil)
			}
			s.owners[k] = append(s.owners[k], i)
		}
	}
	b := ahocorasick.NewAhoCorasickBuilder(ahocorasick.Opts{MatchKind: ahocorasick.StandardMatch})
	s.auto = b.Build(words)
	return s
}

// A Scan is a folded text together with the patterns of a pack that may match
// it. It answers as the patterns themselves would, but skips those that
// cannot match.
type Scan struct {
	Text string
	may  []bool
}

// Scan looks once through the folded text for all patterns of the pack.
func (p *Pack) Scan(folded string) *Scan {
	s := p.scanner()
	may := make([]bool, s.n)
	for _, i := range s.always {
		may[i] = true
	}
	seen := make([]bool, len(s.owners))
	it := s.auto.IterOverlapping(folded)
	for m := it.Next(); m != nil; m = it.Next() {
		if k := m.Pattern(); !seen[k] {
			seen[k] = true
			for _, i := range s.owners[k] {
				may[i] = true
			}
		}
	}
	return &Scan{Text: folded, may: may}
}

// Find is [Pattern.Find] on the text of the scan.
func (s *Scan) Find(p *Pattern) []int {
	if p.id > 0 && !s.may[p.id-1] {
		return nil
	}
	return p.Find(s.Text)
}

// FindAll is [Pattern.FindAll] on the text of the scan.
func (s *Scan) FindAll(p *Pattern, n int) [][]int {
	if p.id > 0 && !s.may[p.id-1] {
		return nil
	}
	return p.FindAll(s.Text, n)
}

// Count returns how many of the patterns match.
func (s *Scan) Count(ps []*Pattern) int {
	n := 0
	for _, p := range ps {
		if s.Find(p) != nil {
			n++
		}
	}
	return n
}

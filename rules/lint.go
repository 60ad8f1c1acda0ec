package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml/ast"
)

// Lint returns what is doubtful in the files of the pack itself, though it
// loads, in order of place: alternatives that change nothing, phrases that fit
// everything, windows that nothing can reach, types, periods and the like that
// nothing asks for, texts in one language, items without an article, and lines of
// low confidence without a note.
func Lint(p *Pack) []*Mistake {
	l := &linter{pack: p}
	l.translations()
	l.placeholder(p.places[&p.Title], "title", p.Title.ID)
	l.placeholder(p.places[&p.Regulation], "regulation", p.Regulation)
	for _, t := range p.Types {
		l.twice(p.places[&t.Aliases], "aliases", t.Aliases)
		l.twice(p.places[&t.Also], "also", t.Also)
		if p.Owns(t.Pos) {
			l.documentType(t)
			continue
		}
		for _, list := range [][]*Pattern{t.Title, t.Strong, t.Not} { // what an override added
			l.doubles("patterns", list)
		}
	}
	for _, it := range p.Items() {
		if p.Owns(it.Pos) {
			l.item(it)
		}
	}
	for _, s := range p.Subjects {
		l.doubles("patterns", s.Pattern)
	}
	l.orphans()
	slices.SortStableFunc(l.found, compareMistakes)
	return slices.CompactFunc(l.found, func(a, b *Mistake) bool { return *a == *b })
}

type linter struct {
	pack  *Pack
	found []*Mistake
}

func (l *linter) doubt(at Pos, format string, args ...any) {
	if l.pack.Owns(at) {
		l.found = append(l.found, &Mistake{Pos: at, Text: fmt.Sprintf(format, args...)})
	}
}

func (l *linter) translations() {
	if len(l.pack.Languages) < 2 {
		return
	}
	for _, at := range l.pack.single {
		l.doubt(at, "the text is in one language only; the pack speaks %s", strings.Join(l.pack.Languages, " and "))
	}
}

// uses looks at the texts of checks, which are decoded when they are bound.
func (l *linter) uses(list []CheckUse) {
	seen := map[string]Pos{}
	for _, u := range list {
		if first, ok := seen[u.Name]; ok && u.params == nil {
			l.doubt(u.Pos, "check %q stands already in line %d", u.Name, first.Line)
		}
		seen[u.Name] = u.Pos
		for _, p := range u.params {
			if p.key == "text" && len(l.pack.Languages) > 1 && !isBilingual(p.value) {
				l.doubt(p.pos, "the text is in one language only; the pack speaks %s", strings.Join(l.pack.Languages, " and "))
			}
		}
	}
}

func isBilingual(n ast.Node) bool {
	m, ok := n.(*ast.MappingNode)
	return ok && len(m.Values) > 1
}

func (l *linter) documentType(t *Type) {
	for _, list := range []struct {
		key string
		ps  []*Pattern
	}{{"title", t.Title}, {"strong", t.Strong}, {"not", t.Not}} {
		l.doubles(list.key, list.ps)
	}
	l.uses(t.Checks)
}

// doubles finds patterns that stand twice in a list.
func (l *linter) doubles(key string, ps []*Pattern) {
	seen := map[string]Pos{}
	for _, p := range ps {
		if first, ok := seen[p.Source]; ok && first != p.Pos {
			l.doubt(p.Pos, "dead alternative in %q: %q stands already in line %d", key, p.Source, first.Line)
			continue
		}
		seen[p.Source] = p.Pos
	}
}

// placeholder finds what a draft left to fill in: words in capitals alone.
func (l *linter) placeholder(at Pos, key, s string) {
	if len(strings.Fields(s)) > 1 && s == strings.ToUpper(s) && s != strings.ToLower(s) {
		l.doubt(at, "%s %q stands in capitals: is it filled in?", key, s)
	}
}

// twice finds names that stand twice in a list.
func (l *linter) twice(at Pos, key string, list []string) {
	seen := map[string]bool{}
	for _, s := range list {
		if seen[s] {
			l.doubt(at, "%q stands twice in %q", s, key)
		}
		seen[s] = true
	}
}

func (l *linter) item(it *Item) {
	l.placeholder(l.pack.places[&it.Basis], "basis", it.Basis)
	l.twice(l.pack.places[&it.Aliases], "aliases", it.Aliases)
	if it.Basis == "" {
		l.doubt(it.Pos, "item %s names no article that lays it down (basis)", it.Code)
	}
	if len(it.Evidence) == 0 && it.Formula == "" {
		l.doubt(it.Pos, "item %s asks for no evidence, so nothing can show it", it.Code)
	}
	l.topic(it, it.Topic)
	needed := slices.ContainsFunc(it.Evidence, func(q *Requirement) bool { return q.Need != Supporting })
	for _, lv := range it.Levels {
		if !needed && (lv.Hold == "all" || lv.Hold == "any") {
			l.doubt(it.Pos, "level %s of item %s holds by needed lines, but all lines are supporting", lv.Name, it.Code)
		}
		for _, q := range it.Evidence {
			if most := l.most(q); lv.Counts(q) && most > 0 && lv.Count > most {
				l.doubt(q.Pos, "unreachable: level %s wants %d documents of %s, and its period has room for %d", lv.Name, lv.Count, q.ID, most)
			}
		}
	}
	for _, q := range it.Evidence {
		if q.Topic != it.Topic {
			l.topic(it, q.Topic)
		}
		l.uses(q.Checks)
		l.example(it, q)
		if q.Confidence == "low" && q.Note == "" {
			l.doubt(q.Pos, "the confidence of %s is low, and no note says why", q.ID)
		}
		if slices.Contains(q.Accepts, q.Document) {
			l.doubt(q.Pos, "dead alternative: %s accepts %q, which it asks for anyway", q.ID, q.Document)
		}
		if most := l.most(q); most > 0 && q.MinCount > most {
			l.doubt(q.Pos, "unreachable: %s wants %d documents, and its period has room for %d", q.ID, q.MinCount, most)
		}
		if r := l.pack.Periods[q.Period]; r != nil && r.ToYear != nil && *r.FromYear > 0 {
			l.doubt(q.Pos, "unreachable: the period of %s lies behind the evaluation year", q.ID)
		}
	}
}

// example holds the example of a line to what the line recognises documents by:
// people copy it.
func (l *linter) example(it *Item, q *Requirement) {
	if q.Example.ID == "" {
		return
	}
	title := strings.ToLower(q.Example.ID)
	named := slices.ContainsFunc(append([]string{q.Document}, q.Accepts...), func(id string) bool {
		t := l.pack.Type(id)
		return t != nil && MatchAny(t.Title, title) && !MatchAny(t.Not, title)
	})
	if !named {
		l.doubt(q.Pos, "the example of %s, %q, has the title of none of its document types", q.ID, q.Example.ID)
	}
	about := q.Topic
	if about == nil {
		about = it.Topic
	}
	if q.Identified != "topic" || about == nil {
		return
	}
	decree := slices.ContainsFunc(l.pack.Subjects, func(s *Subject) bool {
		return slices.Contains(s.Items, it.Code) && MatchAny(s.Pattern, title)
	})
	if !decree && !MatchAny(about.Strong, title) || MatchAny(about.Not, title) {
		l.doubt(q.Pos, "the example of %s, %q, is not about its topic", q.ID, q.Example.ID)
	}
}

// most returns how many periods of the cadence of a line its window has, 0 if
// that is not limited.
func (l *linter) most(q *Requirement) int {
	per := map[string]int{"monthly": 12, "quarterly": 4, "half_yearly": 2}[q.Cadence]
	r := l.pack.Periods[q.Period]
	switch {
	case per == 0 || r == nil:
		return 0
	case r.Months > 0 && r.Sliding:
		return 2 * per
	case r.Months > 0:
		return max(1, per*r.Months/12)
	case r.FromYear == nil:
		return 0
	}
	return per * (*r.ToYear - *r.FromYear + 1)
}

// plainPhrase is a phrase of words and alternatives alone.
var plainPhrase = regexp.MustCompile(`^[\p{L}\p{N}|/ -]+$`)

func (l *linter) topic(it *Item, t *Topic) {
	if t == nil {
		return
	}
	for _, list := range []struct {
		key string
		ps  []*Pattern
	}{{"strong", t.Strong}, {"weak", t.Weak}, {"not", t.Not}} {
		l.doubles(list.key, list.ps)
	}
	for i, p := range t.Not {
		for j, q := range t.Not {
			if i != j && p.Source != q.Source && implies(p, q) {
				l.doubt(p.Pos, "dead alternative in \"not\": wherever %q stands, %q is found already", p.Source, q.Source)
				break
			}
		}
	}
	for _, p := range t.Strong {
		for _, q := range t.Not {
			if implies(p, q) {
				l.doubt(p.Pos, "dead alternative in \"strong\": wherever %q stands, %q of \"not\" rules the topic out", p.Source, q.Source)
			}
		}
		l.broad(it, p)
	}
}

// implies reports whether every text that the phrase p means holds q too, as far
// as that can be told: p must be plain.
func implies(p, q *Pattern) bool {
	if !plainPhrase.MatchString(p.Source) {
		return false
	}
	texts := spelled(p.Source)
	return texts != nil && !slices.ContainsFunc(texts, func(text string) bool { return !q.Match(text) })
}

// spelled writes a plain phrase out: each choice of its alternatives.
func spelled(phrase string) []string {
	out := []string{""}
	for _, w := range strings.Fields(phrase) {
		var next []string
		for _, a := range strings.Split(w, "|") {
			for _, s := range out {
				next = append(next, strings.TrimSpace(s+" "+a))
			}
		}
		if out = next; len(out) > 256 {
			return nil
		}
	}
	return out
}

// broad finds strong phrases that tell nothing: they consist of words that say
// nothing, or stand in the titles of many other items.
func (l *linter) broad(it *Item, p *Pattern) {
	const most = 5 // titles of items elsewhere
	words := strings.FieldsFunc(p.Source, func(r rune) bool { return strings.ContainsRune(" |.", r) })
	if plainPhrase.MatchString(p.Source) && !slices.ContainsFunc(words, func(w string) bool {
		return len(w) > 2 && !slices.Contains(l.pack.Vocabulary.Words["stop"], w)
	}) {
		l.doubt(p.Pos, "over-broad: %q consists of words that say nothing", p.Source)
		return
	}
	n := 0
	for _, o := range l.pack.Items() {
		if !(o.Part == it.Part && o.Subarea == it.Subarea) && p.Match(strings.ToLower(o.Title.ID)) {
			n++
		}
	}
	if n >= most {
		l.doubt(p.Pos, "over-broad: %q stands in the titles of %d items elsewhere", p.Source, n)
	}
}

// orphans finds what the pack defines and nothing asks for. A library is there
// for others.
func (l *linter) orphans() {
	items := l.pack.Items()
	if len(items) == 0 {
		return
	}
	used := map[string]bool{}
	use := func(kind string, ids ...string) {
		for _, id := range ids {
			used[kind+id] = true
		}
	}
	for _, it := range items {
		use("answer", it.Answer)
		for _, q := range it.Evidence {
			use("type", q.Document)
			use("type", q.Accepts...)
			use("signer", q.Signer)
			use("period", q.Period)
		}
	}
	named := func(list []CheckUse) {
		for _, u := range list {
			for _, p := range u.params {
				list, ok := p.value.(*ast.SequenceNode)
				if !ok {
					continue
				}
				for _, e := range list.Values {
					if s, ok := e.(*ast.StringNode); ok {
						use("type", s.Value) // a check may name types
					}
				}
			}
		}
	}
	for _, it := range items {
		for _, q := range it.Evidence {
			named(q.Checks)
		}
	}
	for _, t := range l.pack.Types {
		use("signer", t.Signer)
		named(t.Checks)
	}
	for before := -1; before != len(used); { // also may lead on
		before = len(used)
		for _, t := range l.pack.Types {
			if used["type"+t.ID] || !l.pack.Owns(t.Pos) {
				use("type", t.Also...)
			}
		}
	}
	for _, t := range l.pack.Types {
		// Forms that hold others, and those of picture files, are found in merged
		// files whether a line asks for them or not.
		if !used["type"+t.ID] && !t.Photo && t.Form != "bundle" {
			l.doubt(t.Pos, "orphan: no evidence line asks for type %q or accepts it", t.ID)
		}
	}
	for id, s := range l.pack.Signers {
		if at := l.pack.places[&s.ID]; !used["signer"+id] && at.Line > 0 {
			l.doubt(at, "orphan: nothing names the signer %q", id)
		}
	}
	for id, a := range l.pack.AnswerTypes {
		if at := l.pack.places[&a.ID]; !used["answer"+id] && at.Line > 0 {
			l.doubt(at, "orphan: no item has the answer type %q", id)
		}
	}
	for id := range l.pack.Periods {
		if at := l.pack.periods[id]; !used["period"+id] && at.Line > 0 {
			l.doubt(at, "orphan: no evidence line has the period %q", id)
		}
	}
}

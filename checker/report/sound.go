package report

import (
	"fmt"
	"strings"
	"unicode"
)

// Sound makes a report that was read from a file fit to be shown: it gives keys to
// findings of runs that had none yet, and returns an error if the file is not what
// a run has written, such as a position that leads nowhere.
func Sound(r *Report) error {
	keyed := false
	for _, f := range r.Findings {
		keyed = keyed || f.Key != ""
	}
	if !keyed {
		SetKeys(r.Findings)
	}
	var s sounder
	for i := range r.Findings {
		s.finding(fmt.Sprintf("findings[%d]", i), &r.Findings[i], len(r.Decisions))
	}
	for i, c := range r.Criteria {
		at := fmt.Sprintf("criteria[%d]", i)
		s.index(at+".decision", c.Decision, len(r.Decisions))
		s.word(at+".verdict", c.Verdict)
		s.line(at+".level", c.Level.Shown+c.Level.Possible)
		for _, q := range c.Requirements {
			s.word(at+".requirements.verdict", q.Verdict)
			s.word(at+".requirements.need", q.Need)
		}
	}
	for i, f := range r.Fixes {
		s.word(fmt.Sprintf("fixes[%d].verdict", i), f.Verdict)
		for _, n := range f.Findings {
			s.index(fmt.Sprintf("fixes[%d].findings", i), &n, len(r.Findings))
		}
	}
	for i, d := range r.Score.Sections {
		if d.Depth < 0 || d.Depth > 4 {
			s.wrong(fmt.Sprintf("score.sections[%d].depth", i), d.Depth)
		}
	}
	for i, g := range r.Gates {
		s.word(fmt.Sprintf("gates[%d].state", i), g.State)
	}
	for i, d := range r.Decisions {
		s.word(fmt.Sprintf("decisions[%d].kind", i), d.Kind)
		s.word(fmt.Sprintf("decisions[%d].state", i), d.State)
	}
	if r.Was != nil {
		for _, it := range r.Was.Items {
			for _, d := range it.Documents {
				s.word("was.items.documents.state", d.State)
				for _, n := range d.Findings {
					s.index("was.items.documents.findings", &n, len(r.Findings))
				}
			}
		}
	}
	if d := r.Difference; d != nil {
		for _, list := range [][]Finding{d.Fixed, d.Found, d.Unjudged} {
			for i := range list {
				// Their decisions are those of another run.
				list[i].Decision = nil
				s.finding("difference", &list[i], 0)
			}
		}
	}
	s.line("predicate", r.Predicate)
	return s.err
}

// A sounder keeps the first thing that is wrong.
type sounder struct{ err error }

func (s *sounder) wrong(at string, value any) {
	if s.err == nil {
		s.err = fmt.Errorf("%s: %.40q", at, fmt.Sprint(value))
	}
}

func (s *sounder) index(at string, i *int, n int) {
	if i != nil && (*i < 0 || *i >= n) {
		s.wrong(at, *i)
	}
}

// word holds an id to what ids are made of. Newer runs may have ids that this
// program does not know.
func (s *sounder) word(at, id string) {
	if strings.Trim(id, "abcdefghijklmnopqrstuvwxyz_") != "" {
		s.wrong(at, id)
	}
}

// line holds a short name to one line without what moves a cursor.
func (s *sounder) line(at, name string) {
	if strings.ContainsFunc(name, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
		s.wrong(at, name)
	}
}

func (s *sounder) finding(at string, f *Finding, decisions int) {
	s.index(at+".decision", f.Decision, decisions)
	s.word(at+".severity", f.Severity)
	s.word(at+".baseline", f.Baseline)
	if f.Page != nil && *f.Page < 0 {
		s.wrong(at+".page", *f.Page)
	}
}

package rules

import (
	"maps"
	"slices"
	"time"

	"golang.org/x/mod/semver"
)

// header is what pack.yaml holds, next to what the rest of the pack adds.
type header struct {
	ID      string `yaml:"id,required"`
	URN     string `yaml:"urn"`
	Version string `yaml:"version,required"`
	Title   Text   `yaml:"title,required"`
	// Extends names the pack that this one changes or adds to, with the least
	// version after "@" if that matters.
	Extends     string                 `yaml:"extends"`
	Languages   []string               `yaml:"languages"`
	Effective   effective              `yaml:"effective"`
	Regulation  string                 `yaml:"regulation"`
	TotalWeight float64                `yaml:"total_weight"`
	AnswerTypes map[string]*AnswerType `yaml:"answer_types"`
	Periods     map[string]*period     `yaml:"periods"`
	Signers     map[string]*Signer     `yaml:"signers"`
	Components  []*Component           `yaml:"components"`
	Gates       []*Gate                `yaml:"gates"`
	Severity    map[string]string      `yaml:"severity" oneof:"error warning info"`
	Worksheet   *Worksheet             `yaml:"worksheet"`
	Override    overrides              `yaml:"override"`
}

// effective is the time in which an instrument is in force.
type effective struct {
	From string `yaml:"from"` // YYYY-MM-DD
	To   string `yaml:"to"`
}

// A period is a PeriodRule as it is written.
type period struct {
	ID     string `yaml:"-"`
	Text   Text   `yaml:"text,required"`
	Years  []int  `yaml:"years"` // first and last, as offsets
	About  bool   `yaml:"about"`
	Months int    `yaml:"months"`
	// Sliding lets the months lie anywhere between the first day of the year
	// before and the day of judgement.
	Sliding bool `yaml:"sliding"`
	InForce bool `yaml:"in_force"`
}

// join adds the entries of what a pack extends and its own, which may not meet.
func join[T any](l *loader, what string, into map[string]T, own map[string]T, at func(string) Pos) {
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if _, ok := into[name]; ok {
			l.mistake(at(name), "%s %q stands already in the pack that this one extends; what changes it stands under override", what, name)
			continue
		}
		into[name] = own[name]
	}
}

func (l *loader) vocabulary(v *Vocabulary) {
	have := l.pack.Vocabulary
	join(l, "month", have.Months, v.Months, func(string) Pos { return l.at(&v.Months) })
	join(l, "pattern list", have.Patterns, v.Patterns, func(name string) Pos {
		if list := v.Patterns[name]; len(list) > 0 {
			return list[0].Pos
		}
		return l.at(&v.Patterns)
	})
	join(l, "word list", have.Words, v.Words, func(string) Pos { return l.at(&v.Words) })
	join(l, "synonym", have.Synonyms, v.Synonyms, func(string) Pos { return l.at(&v.Synonyms) })
	if v.Affixes != nil {
		have.Affixes = v.Affixes
	}
	if at := l.at(&v.Months); at.Line > 0 {
		l.places[&have.Months] = at
	}
}

func (l *loader) header(h *header) {
	p := l.pack
	p.ID, p.Version, p.Title = h.ID, h.Version, h.Title
	l.places[&p.Title] = l.at(&h.Title)
	l.identity(h)
	if h.Regulation != "" {
		p.Regulation = h.Regulation
		l.places[&p.Regulation] = l.at(&h.Regulation)
	}
	if at := l.at(&h.TotalWeight); at.Line > 0 {
		p.TotalWeight = h.TotalWeight
		l.places[&p.TotalWeight] = at
	}
	p.Components = append(p.Components, h.Components...)
	p.Gates = append(p.Gates, h.Gates...)
	if h.Worksheet != nil {
		p.Worksheet = h.Worksheet
	}
	for id := range h.Severity {
		p.severityAt[id] = lineWith(l.sources[l.file], l.file, id+":")
	}
	join(l, "finding", p.Severity, h.Severity, func(string) Pos { return l.at(&h.Severity) })
	join(l, "answer type", p.AnswerTypes, h.AnswerTypes, func(id string) Pos { return l.at(&h.AnswerTypes[id].ID) })
	join(l, "signer", p.Signers, h.Signers, func(id string) Pos { return l.at(&h.Signers[id].ID) })
	periods := map[string]*PeriodRule{}
	for id, s := range h.Periods {
		periods[id] = l.period(id, s)
		p.periods[id] = l.at(&s.ID)
	}
	join(l, "period", p.Periods, periods, func(id string) Pos { return l.at(&h.Periods[id].ID) })
}

// identity checks by what a pack is named and in force.
func (l *loader) identity(h *header) {
	p := l.pack
	if h.ID != "" && !packID.MatchString(h.ID) {
		l.mistake(l.at(&h.ID), "%q is no id of a pack: it has lower-case letters, digits and hyphens", h.ID)
	}
	if h.Version != "" && !semver.IsValid("v"+h.Version) {
		l.mistake(l.at(&h.Version), "%q is no semantic version, such as 1.2.0", h.Version)
	}
	if p.URN = h.URN; p.URN == "" {
		p.URN = "urn:dasheval:pack:" + h.ID
	} else if !urn.MatchString(h.URN) {
		l.mistake(l.at(&h.URN), "%q is no URN, such as urn:dasheval:pack:%s (RFC 8141)", h.URN, h.ID)
	}
	if p.Languages == nil || h.Languages != nil {
		p.Languages = h.Languages
	}
	for i := range h.Languages {
		if lang := h.Languages[i]; lang != "id" && lang != "en" {
			l.mistake(l.at(&h.Languages[i]), "%s", unknown("language", lang, []string{"id", "en"}))
		}
	}
	if p.Languages == nil {
		p.Languages = []string{"id", "en"}
	}
	if h.Effective != (effective{}) {
		p.From, p.To = l.day(&h.Effective.From), l.day(&h.Effective.To)
	}
	if !p.To.IsZero() && p.To.Before(p.From) {
		l.mistake(l.at(&h.Effective.To), "the last day stands before the first")
	}
}

// day reads a date of a pack; "" is the zero time.
func (l *loader) day(s *string) time.Time {
	if *s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, *s)
	if err != nil {
		l.mistake(l.at(s), "%q is no day, such as 2025-12-31", *s)
	}
	return t
}

// maxYears bounds how far a period reaches.
const maxYears = 100

// period makes a rule of a period as it is written.
func (l *loader) period(id string, s *period) *PeriodRule {
	r := &PeriodRule{ID: id, Text: s.Text, About: s.About, Months: s.Months, Sliding: s.Sliding}
	ways := 0
	for _, used := range []bool{s.Years != nil, s.Months != 0, s.InForce} {
		if used {
			ways++
		}
	}
	switch at := l.at(&s.ID); {
	case ways != 1:
		l.mistake(at, "period %q wants one of years, months and in_force", id)
	case s.Months < 0 || s.Months > 12*maxYears:
		l.mistake(at, "period %q has %d months, not 1 to %d", id, s.Months, 12*maxYears)
	case s.Sliding && s.Months == 0:
		l.mistake(at, "period %q: only months slide", id)
	case s.About && s.Years == nil:
		l.mistake(at, "period %q: only years can be what a document is about", id)
	case s.Years != nil && (len(s.Years) != 2 || s.Years[0] > s.Years[1] || s.Years[0] < -maxYears || s.Years[1] > maxYears):
		l.mistake(at, "period %q wants the first and the last year, such as [-1, 0]", id)
	case s.Years != nil:
		r.FromYear, r.ToYear = &s.Years[0], &s.Years[1]
	}
	return r
}

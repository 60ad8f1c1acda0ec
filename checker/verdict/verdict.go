package verdict

import (
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/check"
	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/rules"
)

// A State is the verdict on a requirement or a criterion.
type State string

const (
	Met           State = "met"
	Partial       State = "partial"
	Noncompliant  State = "noncompliant"
	Missing       State = "missing"
	Review        State = "review" // what could not be read or judged may change it
	NotEvaluated  State = "not_evaluated"
	NotApplicable State = "not_applicable"
	Waived        State = "waived"
)

// States names every state, as reports do.
func States() []string {
	return []string{string(Met), string(Partial), string(Noncompliant), string(Missing), string(Review), string(NotEvaluated), string(NotApplicable), string(Waived)}
}

// A Verdict is the state of one criterion, with its lines and the level that
// the evidence shows.
type Verdict struct {
	Item            *rules.Item
	State           State
	Lines           []Line
	Shown, Possible string   // level names; "" for numeric items
	Score           Interval // in [0, 1], as Shown and Possible give it
	// Index is the number that answers a numeric item, nil where that is open.
	Index  *float64
	Unread []match.Unread
}

// A Line is the state of one evidence line.
type Line struct {
	Match   *match.Match
	State   State
	Holding int // documents, events or periods without an error
	could   int // further ones that unread or uncertain files may be
	docs    int
}

// holds reports whether the line holds, by evidence or by decision.
func (l *Line) holds() bool { return l.State == Met || l.State == Waived }

// Evidence answers what Judge asks about documents.
type Evidence struct {
	World *check.World
	// Faulty reports whether a document carries an error, by itself or as
	// evidence for the line.
	Faulty func(d *facts.Document, q *rules.Requirement) bool
	// Formula returns the compiled formula of a numeric item, or nil.
	Formula func(it *rules.Item) *Formula
	// Uncertain reports whether the document could not be judged as evidence
	// for the line: what was read of it, or of what it is compared with, may
	// not be relied on.
	Uncertain func(d *facts.Document, q *rules.Requirement) bool
	// Excused reports whether the line holds by a person's decision, although its
	// documents are missing; nil means that none does.
	Excused func(q *rules.Requirement) bool
}

// Judge gives the verdict on one item from the documents given to its lines.
//
// A line holds when enough of its documents carry no error; surplus faulty
// ones do not break it. Needed are the required lines and, as one, the one_of
// lines of the item. What was not judged is never met.
func Judge(it *rules.Item, ev Evidence) Verdict {
	v := Verdict{Item: it}
	faulty, uncertain := false, ev.World.Partial
	seen := map[string]bool{}
	for _, q := range it.Evidence {
		m := ev.World.Placed.Matches[q.ID]
		v.Lines = append(v.Lines, line(m, ev))
		for _, s := range m.Documents {
			faulty = faulty || ev.Faulty(s.Document, q)
			uncertain = uncertain || ev.Uncertain(s.Document, q)
		}
		for _, u := range m.Unread {
			if !seen[u.Path] {
				seen[u.Path] = true
				v.Unread = append(v.Unread, u)
			}
			// What belongs to the item by its path may carry an error.
			uncertain = uncertain || u.Likely
		}
	}
	groups := v.groups()
	holding, filled := 0, 0
	mayHold, mayFill := 0, 0 // with every open judgement in the unit's favour
	for _, g := range groups {
		holds, docs, could := false, false, false
		for _, l := range g {
			holds = holds || l.holds()
			docs = docs || l.docs > 0 || l.State == Waived
			could = could || l.State == Review
		}
		if docs {
			filled++
		}
		if docs || could {
			mayFill++
		}
		if holds {
			holding++
		}
		if holds || could {
			mayHold++
		}
	}
	state := func(holding, filled int) State {
		switch {
		case len(groups) == 0:
			return NotEvaluated
		case filled == 0:
			return Missing
		case holding == 0:
			return Noncompliant
		case holding < len(groups) || faulty:
			return Partial
		}
		return Met
	}
	v.State = state(holding, filled)
	if v.State != state(mayHold, mayFill) || v.State == Met && uncertain {
		v.State = Review
	}
	v.level(ev, groups)
	return v
}

// groups returns the needed lines: each required one alone, those of the
// one_of group together. If an item needs none, all its lines are one group.
func (v *Verdict) groups() [][]*Line {
	var out [][]*Line
	var any []*Line
	for i := range v.Lines {
		l := &v.Lines[i]
		switch {
		case l.Match.Requirement.MinCount == 0:
		case l.Match.Requirement.Need == rules.Required:
			out = append(out, []*Line{l})
		case l.Match.Requirement.Need == rules.OneOf:
			any = append(any, l)
		}
	}
	if any != nil {
		out = append(out, any)
	}
	if out == nil {
		for i := range v.Lines {
			any = append(any, &v.Lines[i])
		}
		if any != nil {
			out = append(out, any)
		}
	}
	return out
}

// line judges one line.
func line(m *match.Match, ev Evidence) Line {
	q := m.Requirement
	l := Line{Match: m}
	docs := check.Distinct(m.Documents)
	l.docs = len(docs)
	sound, doubtful := split(docs, q, ev)
	l.Holding = len(check.Count(ev.World, q, sound))
	// Unread files and uncertain documents may each be one more.
	l.could = len(check.Count(ev.World, q, append(sound, doubtful...))) - l.Holding + len(m.Unread)
	if ev.World.Partial {
		l.could += max(q.MinCount, 1)
	}
	want := max(q.MinCount, 1)
	switch {
	case l.Holding >= want:
		l.State = Met
	case ev.Excused != nil && ev.Excused(q):
		l.State = Waived
	case l.Holding+l.could >= want && l.could > 0, l.docs == 0 && len(m.Unread) > 0, ev.World.Partial:
		l.State = Review
	case l.docs == 0:
		l.State = Missing
	case l.Holding > 0:
		l.State = Partial
	default:
		l.State = Noncompliant
	}
	return l
}

// split divides documents into sound ones and doubtful ones; faulty ones are
// left out, and so is all that belongs to the same meeting as a faulty one.
func split(docs []*facts.Document, q *rules.Requirement, ev Evidence) (sound, doubtful []*facts.Document) {
	spoiled := map[string]bool{}
	for _, d := range docs {
		if ev.Faulty(d, q) {
			spoiled[check.Meeting(d)] = true
		}
	}
	bundle := check.IsBundle(ev.World, q)
	for _, d := range docs {
		switch {
		case ev.Faulty(d, q) || bundle && spoiled[check.Meeting(d)]:
		case ev.Uncertain(d, q):
			doubtful = append(doubtful, d)
		default:
			sound = append(sound, d)
		}
	}
	return sound, doubtful
}

// level finds the highest level that the evidence shows, and the highest with
// every open judgement in the unit's favour.
func (v *Verdict) level(ev Evidence, groups [][]*Line) {
	levels := v.Item.Levels
	if len(levels) == 0 {
		v.Score = v.number(ev)
		return
	}
	conditions := false
	for _, l := range levels {
		conditions = conditions || l.Hold != "" || l.Count > 0
	}
	lowest := levels[len(levels)-1]
	shown, possible := lowest, lowest
	if !conditions {
		possible = levels[0]
	}
	for i := len(levels) - 1; i >= 0; i-- {
		l := levels[i]
		if !l.Judged && v.holds(l, groups, false) {
			shown = l
		}
		if v.holds(l, groups, true) {
			possible = l
		}
	}
	if possible.Score < shown.Score {
		possible = shown
	}
	v.Shown, v.Possible = shown.Name, possible.Name
	v.Score = Interval{shown.Score, possible.Score}
}

// Answers reports whether the item can be answered so: by one of its levels or,
// where a number answers it, by a number within its range.
func Answers(p *rules.Pack, it *rules.Item, answer string) bool {
	if len(it.Levels) > 0 {
		return slices.ContainsFunc(it.Levels, func(l *rules.Level) bool { return l.Name == answer })
	}
	_, ok := share(p, it, answer)
	return ok
}

// share returns a number that answers the item as a share of its best, 0 to 1.
func share(p *rules.Pack, it *rules.Item, answer string) (float64, bool) {
	t := p.AnswerTypes[it.Answer]
	x, err := strconv.ParseFloat(strings.Replace(answer, ",", ".", 1), 64)
	if err != nil || t == nil || t.Max <= 0 || !(x >= 0 && x <= t.Max) {
		return 0, false
	}
	return x / t.Max, true
}

// Answer sets the answer that a person has given the item; "" changes nothing.
func (v *Verdict) Answer(p *rules.Pack, level string) {
	if len(v.Item.Levels) == 0 {
		if x, ok := share(p, v.Item, level); ok {
			index := x * p.AnswerTypes[v.Item.Answer].Max
			v.Score, v.Index = Interval{x, x}, &index
		}
		return
	}
	for _, l := range v.Item.Levels {
		if l.Name == level {
			v.Shown, v.Possible, v.Score = l.Name, l.Name, Interval{l.Score, l.Score}
		}
	}
}

// Reopen hands the item to a person: anything may come of it.
func (v *Verdict) Reopen() {
	v.State, v.Score.High = Review, 1
	if levels := v.Item.Levels; len(levels) > 0 {
		v.Possible, v.Score.High = levels[0].Name, levels[0].Score
	}
}

// holds reports whether the conditions of a level hold; hopeful counts what
// unread and uncertain files may turn out to be.
func (v *Verdict) holds(l *rules.Level, groups [][]*Line, hopeful bool) bool {
	if l.Count > 0 {
		for _, x := range v.Lines {
			if l.Counts(x.Match.Requirement) {
				n := x.Holding
				if hopeful {
					n += x.could
				}
				if n < l.Count {
					return false
				}
			}
		}
		if l.Hold == "" {
			return true
		}
	}
	n := 0
	for _, g := range groups {
		for _, x := range g {
			if x.holds() || hopeful && x.State == Review {
				n++
				break
			}
		}
	}
	switch l.Hold {
	case "all":
		return n == len(groups) && n > 0
	case "any":
		return n > 0
	case "none":
		return true
	}
	return false
}

// number returns the score of a numeric item: its formula applied to the index
// that a sound survey report states, where the index is its only input; else
// open where evidence holds or may hold. Counts that the unit enters in the
// worksheet are not evidence.
func (v *Verdict) number(ev Evidence) Interval {
	switch v.State {
	case Missing, Noncompliant:
		return Interval{}
	case Review:
		return Interval{0, 1}
	}
	formula := ev.Formula(v.Item)
	answer := ev.World.Pack.AnswerTypes[v.Item.Answer]
	if formula == nil || answer == nil || len(v.Item.Inputs) != 1 {
		return Interval{0, 1}
	}
	for _, l := range v.Lines {
		for _, s := range l.Match.Documents {
			x, err := strconv.ParseFloat(strings.Replace(s.Document.Facts["index"].Value, ",", ".", 1), 64)
			if err != nil || x < 0 || x > answer.Max || ev.Faulty(s.Document, l.Match.Requirement) || ev.Uncertain(s.Document, l.Match.Requirement) {
				continue
			}
			if score, err := formula.Eval(map[string]float64{v.Item.Inputs[0].ID: x}); err == nil && score >= 0 && score <= 1 {
				v.Index = &x
				return Interval{score, score}
			}
		}
	}
	return Interval{0, 1}
}

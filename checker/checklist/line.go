package checklist

import (
	"slices"
	"strings"
	"time"

	"dasheval/checker/check"
	"dasheval/checker/words"
	"dasheval/rules"
)

// line tells all about a document to upload.
func (b *builder) line(q *rules.Requirement) *Line {
	t := b.pack.Type(q.Document)
	if t == nil {
		t = &rules.Type{}
	}
	var accepts, aliases []rules.Text
	for _, id := range q.Accepts {
		accepts = append(accepts, b.typeName(id))
	}
	for _, a := range t.Aliases {
		aliases = append(aliases, same(tidy(a)))
	}
	f := facts{say: b.say}
	f.add("line.shows", q.Shows)
	f.add("line.contents", b.contents(q, t)...)
	f.add("line.signature", b.signature(q, t))
	f.add("line.period", b.period(b.pack.Periods[q.Period]))
	f.add("line.count", b.count(q))
	f.add("line.example", b.example(q, t))
	f.add("line.accepts", list(accepts))
	f.add("line.aliases", list(aliases))
	f.add("line.basis", same(t.Basis))
	f.add("line.reason", q.Reason)
	need := b.say.each(func(c *words.Catalogue) string { return c.Name("need", string(q.Need)) })
	return &Line{ID: tidy(q.ID), Name: b.typeName(q.Document), Need: q.Need, Label: need, Facts: f.list}
}

// contents lists what must stand in the document.
func (b *builder) contents(q *rules.Requirement, t *rules.Type) []rules.Text {
	var out []rules.Text
	number, date := t.Number == "required", t.Date == "required"
	switch {
	case number && date:
		out = append(out, b.say.label("must.number_date"))
	case number:
		out = append(out, b.say.label("must.number"))
	case date:
		out = append(out, b.say.label("must.date"))
	}
	parts := map[string][]rules.Text{}
	for _, s := range t.Sections {
		parts[s.Need] = append(parts[s.Need], tidyText(s.Name))
	}
	if len(parts["paired"]) == 1 { // it demands no other one
		parts["recommended"] = append(parts["paired"], parts["recommended"]...)
		delete(parts, "paired")
	}
	for _, need := range []string{"required", "paired", "recommended"} {
		if names := parts[need]; len(names) > 0 {
			out = append(out, b.say.label("sections."+need, quoted(names)))
		}
	}
	for _, need := range []string{"required", "recommended"} {
		var names []rules.Text
		for _, r := range t.Fields {
			if r.Need == need {
				names = append(names, tidyText(r.Name))
			}
		}
		if len(names) > 0 {
			out = append(out, b.say.label("fields."+need, quoted(names)))
		}
	}
	for _, u := range slices.Concat(t.Checks, q.Checks) {
		if t := b.check(u); !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	if q.MembersOf != "" {
		out = append(out, b.say.label("team", b.team(q.MembersOf)))
	}
	return out
}

// check says what a use of a check asks for; "" for one that stands elsewhere.
func (b *builder) check(u rules.CheckUse) rules.Text {
	use, err := check.Bind(b.pack, u)
	if err != nil {
		b.errs = append(b.errs, err)
		return rules.Text{}
	}
	key, what := "check."+u.Name, tidyText(use.What())
	switch {
	case what.ID != "" && b.say.knows(key):
		return b.say.label(key, what)
	case what.ID != "":
		return what
	case use.Check.Params == nil && !b.usual[u.Name] && b.say.knows(key):
		return b.say.label(key)
	}
	return rules.Text{}
}

// team names the line whose decree lists the members.
func (b *builder) team(id string) rules.Text {
	for _, item := range b.pack.Items() {
		for _, q := range item.Evidence {
			if q.ID == id {
				return tidyText(q.Shows)
			}
		}
	}
	return same(tidy(id))
}

// signature says who signs, and whether they must.
func (b *builder) signature(q *rules.Requirement, t *rules.Type) rules.Text {
	need, id := q.Signature, q.Signer
	if need == "" {
		need = t.Signature
	}
	if id == "" {
		id = t.Signer
	}
	switch need {
	case "":
		return rules.Text{}
	case "not_applicable":
		return b.say.label("signature.none")
	}
	who := b.say.label("signature.anyone")
	if s := b.pack.Signers[id]; s != nil {
		who = tidyText(s.Text)
		if s.Parties > 1 {
			who = join(who, b.say.label("signature.parties", s.Parties))
		}
	}
	return b.say.label("signature."+need, who)
}

// period says which days count.
func (b *builder) period(r *rules.PeriodRule) rules.Text {
	if r == nil {
		return rules.Text{}
	}
	text := tidyText(r.Text)
	if b.year == 0 {
		return text
	}
	end := time.Date(b.year, 12, 31, 0, 0, 0, 0, time.UTC)
	w := r.Window(b.year, end)
	switch {
	case w.From.IsZero():
		return text // in force: the day of the evaluation counts
	case r.About:
		until := w.To.AddDate(1, 0, 0)
		signed := b.say.each(func(c *words.Catalogue) string { return c.Date(iso(until)) })
		return b.say.label("period.about", text, b.days(w), signed)
	}
	return b.say.label("period.days", text, b.days(w))
}

// count says how many and how often.
func (b *builder) count(q *rules.Requirement) rules.Text {
	switch {
	case q.Cadence != "" && q.MinCount > 0:
		return b.say.label("count.cadence", q.MinCount, b.say.label("cadence."+q.Cadence))
	case q.Cadence != "":
		return b.say.label("cadence." + q.Cadence)
	case q.MinCount > 0:
		return b.say.label("count", q.MinCount)
	}
	return rules.Text{}
}

// example returns the example of the line. A decree without one gets the title
// that the subject of its item makes.
func (b *builder) example(q *rules.Requirement, t *rules.Type) rules.Text {
	if q.Example.ID != "" || t.Form != "decree" {
		return q.Example
	}
	for _, s := range b.pack.Subjects {
		if slices.Contains(s.Items, q.Item.Code) {
			return b.say.label("example", first(tidyText(t.Name)), tidyText(s.Text))
		}
	}
	return rules.Text{}
}

// first is the first of several names with slashes between.
func first(t rules.Text) rules.Text {
	id, _, _ := strings.Cut(t.ID, " / ")
	en, _, _ := strings.Cut(t.EN, " / ")
	return rules.Text{ID: id, EN: en}
}

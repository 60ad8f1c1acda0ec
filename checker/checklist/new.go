package checklist

import (
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"dasheval/checker/check"
	"dasheval/checker/words"
	"dasheval/rules"
)

// New makes the checklist of a pack. With a year it names the days that
// documents may be of when that year is evaluated; 0 leaves them out. A check
// that does not fit its parameters is an error; all come joined.
func New(pack *rules.Pack, year int) (*Checklist, error) {
	say, err := newSpeaker()
	if err != nil {
		return nil, err
	}
	b := &builder{pack: pack, year: year, say: say, usual: map[string]bool{}}
	c := &Checklist{ID: tidy(pack.ID), Title: say.label("title"), Pack: tidyText(pack.Title), say: say}
	b.common(c)
	for _, comp := range pack.Components {
		b.section(c, 1, comp.Code, comp.Title, comp.Weight)
		for _, part := range comp.Parts {
			s := b.section(c, 2, part.Code, part.Title, part.Weight)
			for _, a := range part.Areas {
				b.section(c, 3, a.Code, a.Title, a.Weight)
				for _, sub := range a.Subareas {
					b.items(b.section(c, 4, sub.Code, sub.Title, sub.Weight), sub.Items)
				}
			}
			// Results have no areas: their items stand below the part.
			b.items(s, part.Items)
		}
	}
	b.gates(c)
	b.front(c)
	return c, errors.Join(b.errs...)
}

// A builder makes a checklist.
type builder struct {
	pack  *rules.Pack
	year  int
	say   speaker
	usual map[string]bool // checks that are told once for all documents
	errs  []error
}

// front writes what stands before the items.
func (b *builder) front(c *Checklist) {
	f := facts{say: b.say}
	f.add("about.pack", same(b.pack.ID))
	f.add("about.version", same(b.pack.Version))
	f.add("about.regulation", same(b.pack.Regulation))
	f.add("about.force", b.days(rules.Window{From: b.pack.From, To: b.pack.To}))
	if b.year > 0 {
		f.add("about.year", same(strconv.Itoa(b.year)))
	}
	f.add("about.items", same(strconv.Itoa(len(c.Items()))))
	f.add("about.lines", same(strconv.Itoa(c.Lines())))
	f.add("about.digest", same(b.pack.SHA256))
	c.About = f.list

	f = facts{say: b.say}
	for _, w := range []string{"item", "weight", "answer", "required", "one_of", "supporting", "period", "gate"} {
		if w != "gate" || len(c.Gates) > 0 {
			f.add("word."+w, b.say.label("word."+w+".text"))
		}
	}
	c.Words = f.list
}

// common tells what is asked of more than half of the document types, and of
// all documents together.
func (b *builder) common(c *Checklist) {
	types := map[*rules.Type]bool{}
	uses := map[string]int{}
	for _, item := range b.pack.Items() {
		for _, q := range item.Evidence {
			t := b.pack.Type(q.Document)
			if t == nil || types[t] {
				continue
			}
			types[t] = true
			for _, u := range t.Checks {
				uses[u.Name]++
			}
		}
	}
	for _, scope := range []check.Scope{check.Document, check.Requirement, check.Pile} {
		for _, k := range check.All() {
			switch {
			case k.Scope != scope || len(types) == 0 || !b.say.knows("check."+k.Name):
				continue // nothing that people do
			case scope == check.Document && (k.Params != nil || uses[k.Name]*2 <= len(types)):
				continue // told with the line
			}
			b.usual[k.Name] = true
			c.Common = append(c.Common, b.say.label("check."+k.Name))
		}
	}
}

func (b *builder) section(c *Checklist, depth int, code string, title rules.Text, weight float64) *Section {
	s := &Section{Depth: depth, Code: tidy(code), Title: tidyText(title), Weight: b.say.label("weight", weight)}
	c.Sections = append(c.Sections, s)
	return s
}

func (b *builder) items(s *Section, items []*rules.Item) {
	for _, in := range items {
		out := &Item{Code: tidy(in.Code), Title: tidyText(in.Title), Area: tidy(in.Part.Code)}
		if in.Area != nil {
			out.Area = strconv.Itoa(in.Area.Number)
		}
		f := facts{say: b.say}
		f.add("item.weight", b.say.number(in.Weight))
		f.add("item.basis", b.basis(in))
		out.Facts = f.list
		b.answers(out, in)
		for _, q := range in.Evidence {
			out.Lines = append(out.Lines, b.line(q))
		}
		s.Items = append(s.Items, out)
	}
}

// basis is the article of an item, or its place in the regulation.
func (b *builder) basis(in *rules.Item) rules.Text {
	if in.Basis != "" || b.pack.Regulation == "" {
		return same(in.Basis)
	}
	return b.say.label("item.basis.code", b.pack.Regulation, in.Code)
}

// answers lists the levels of an item, or the numbers that it asks for.
func (b *builder) answers(out *Item, in *rules.Item) {
	for _, l := range in.Levels {
		a := Answer{Name: tidy(l.Name), Text: tidyText(l.Text), Points: b.say.label("points", l.Score*in.Weight)}
		for _, q := range in.Evidence {
			if l.Counts(q) {
				a.Text = join(a.Text, b.say.label("answer.count", l.Count, b.typeName(q.Document)))
			}
		}
		if l.Judged {
			a.Text = join(a.Text, b.say.label("answer.judged"))
		}
		out.Answers = append(out.Answers, a)
	}
	for _, i := range in.Inputs {
		out.Answers = append(out.Answers, Answer{Text: tidyText(i.Title)})
	}
	switch {
	case len(in.Levels) > 0:
		out.How = b.say.label("answer.choice")
	case len(in.Inputs) > 0:
		out.How = b.say.label("answer.number")
	}
}

// join puts what else there is to know behind a text.
func join(t, more rules.Text) rules.Text {
	return rules.Text{ID: t.ID + "; " + more.ID, EN: t.EN + "; " + more.EN}
}

// typeName is the name of a document type.
func (b *builder) typeName(id string) rules.Text {
	if t := b.pack.Type(id); t != nil {
		return tidyText(t.Name)
	}
	return same(tidy(id))
}

func (b *builder) gates(c *Checklist) {
	for _, p := range b.pack.Predicates() {
		out := &Predicate{Title: b.say.label("gates", tidy(p))}
		for _, g := range b.pack.Gates {
			if g.Predicate != p {
				continue
			}
			one := Gate{Text: tidyText(g.Text), Scope: tidy(strings.Join(g.Scope, ", ")), Min: b.say.number(g.Min)}
			if g.Survey > 0 {
				one.Survey = b.say.each(func(c *words.Catalogue) string { return c.Number(g.Survey, 2) })
			}
			out.Gates = append(out.Gates, one)
		}
		c.Gates = append(c.Gates, out)
	}
}

// days says a span of days; "" if both ends are open.
func (b *builder) days(w rules.Window) rules.Text {
	return b.say.each(func(c *words.Catalogue) string { return c.Window(iso(w.From), iso(w.To)) })
}

func iso(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// Areas returns what items can be chosen by, in order: the areas, then the
// parts that have items and no areas. The code is that of [Item.Area].
func (c *Checklist) Areas() []Answer {
	var out []Answer
	var part, area *Section
	for _, s := range c.Sections {
		switch s.Depth {
		case 2:
			part, area = s, nil
		case 3:
			area = s
		}
		if len(s.Items) == 0 || slices.ContainsFunc(out, func(a Answer) bool { return a.Name == s.Items[0].Area }) {
			continue
		}
		of := cmp.Or(area, part, s)
		out = append(out, Answer{Name: s.Items[0].Area, Text: of.Title})
	}
	return out
}

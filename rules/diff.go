package rules

import (
	"fmt"
	"reflect"
	"slices"
	"time"
)

// A Change is one difference between two packs.
type Change struct {
	// Kind is "added", "removed" or "changed".
	Kind string
	// What is "pack", "item", "type", "division", "gate", "subject", "signer", "period",
	// "answer_type",
	// "severity" or "vocabulary".
	What string
	ID   string // code or id
	Name Text   // of the entry, as the newer pack has it
	// Field is the path of the field that changed, such as "evidence.sk.period",
	// or "" for the entry as a whole. A line of evidence or a level that only one
	// of the packs has is one change, with its field.
	Field    string
	Old, New string // as written; "" for none
	// Added and Removed are entries of a list of which others stayed; nil for
	// what is no list.
	Added, Removed []string
}

// Diff returns what changed from one pack to another, in the order of the newer
// one; what it has no more comes last of each kind. Entries are told by their
// codes and ids.
func Diff(older, newer *Pack) []Change {
	d := &differ{}
	d.entries("pack", head(older), head(newer))
	d.entries("division", divisionEntries(older), divisionEntries(newer))
	d.entries("item", entries(older.Items()), entries(newer.Items()))
	d.entries("gate", entries(older.Gates), entries(newer.Gates))
	d.entries("type", entries(older.Types), entries(newer.Types))
	d.entries("subject", entries(older.Subjects), entries(newer.Subjects))
	for _, t := range []struct {
		what string
		a, b any
	}{
		{"signer", older.Signers, newer.Signers}, {"period", older.Periods, newer.Periods},
		{"answer_type", older.AnswerTypes, newer.AnswerTypes}, {"severity", older.Severity, newer.Severity},
		{"vocabulary", older.Vocabulary.tables(), newer.Vocabulary.tables()},
	} {
		d.tables(t.what, reflect.ValueOf(t.a), reflect.ValueOf(t.b))
	}
	return d.found
}

// tables writes the vocabulary down as one table.
func (v *Vocabulary) tables() map[string]string {
	out := map[string]string{}
	for name, month := range v.Months {
		out["months."+name] = fmt.Sprint(month)
	}
	for name, list := range v.Patterns {
		out["patterns."+name] = spelt(reflect.ValueOf(list), "")
	}
	for name, list := range v.Words {
		out["words."+name] = spelt(reflect.ValueOf(list), "")
	}
	for name, list := range v.Synonyms {
		out["synonyms."+name] = spelt(reflect.ValueOf(list), "")
	}
	if v.Affixes != nil {
		out["affixes"] = fmt.Sprint(*v.Affixes)
	}
	return out
}

// An entry is a struct that is told by its name.
type entry struct {
	id   string
	name Text
	v    reflect.Value
}

func entries[T any](list []*T) []entry {
	var out []entry
	for _, x := range list {
		v := reflect.ValueOf(x).Elem()
		out = append(out, entry{nameOf(v), titleOf(v), v})
	}
	return out
}

func titleOf(v reflect.Value) Text {
	for _, field := range []string{"Title", "Name", "Text"} {
		if f := v.FieldByName(field); f.IsValid() {
			if t, ok := f.Interface().(Text); ok {
				return t
			}
		}
	}
	return Text{}
}

// head is what a pack says of itself, as one entry. Id and version are not
// compared: they name what is.
func head(p *Pack) []entry {
	day := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	v := reflect.ValueOf(struct {
		Title       Text     `yaml:"title"`
		Regulation  string   `yaml:"regulation"`
		TotalWeight float64  `yaml:"total_weight"`
		From        string   `yaml:"from"`
		To          string   `yaml:"to"`
		Languages   []string `yaml:"languages"`
	}{p.Title, p.Regulation, p.TotalWeight, day(p.From), day(p.To), p.Languages})
	return []entry{{"", Text{}, v}}
}

// divisionEntries lists the divisions without what they hold.
func divisionEntries(p *Pack) []entry {
	var out []entry
	for _, x := range p.divisions() {
		v := reflect.ValueOf(x).Elem()
		own := reflect.ValueOf(struct {
			Title  Text    `yaml:"title"`
			Weight float64 `yaml:"weight"`
		}{titleOf(v), v.FieldByName("Weight").Float()})
		out = append(out, entry{nameOf(v), titleOf(v), own})
	}
	return out
}

type differ struct{ found []Change }

func (d *differ) entries(what string, older, newer []entry) {
	was, is := map[string]entry{}, map[string]bool{}
	for _, e := range older {
		was[e.id] = e
	}
	for _, e := range newer {
		is[e.id] = true
		o, ok := was[e.id]
		if !ok {
			d.found = append(d.found, Change{Kind: "added", What: what, ID: e.id, Name: e.name})
			continue
		}
		d.fields(Change{What: what, ID: e.id, Name: e.name}, flat(o.v), flat(e.v))
	}
	for _, e := range older {
		if !is[e.id] {
			d.found = append(d.found, Change{Kind: "removed", What: what, ID: e.id, Name: e.name})
		}
	}
}

// tables compares tables of structs or of texts.
func (d *differ) tables(what string, older, newer reflect.Value) {
	list := func(t reflect.Value) []entry {
		var out []entry
		for _, k := range sortedKeys(t) {
			v := t.MapIndex(k)
			if v.Kind() == reflect.Pointer {
				v = v.Elem()
			} else {
				v = reflect.ValueOf(struct {
					Value string `yaml:"value"`
				}{v.String()})
			}
			out = append(out, entry{k.String(), titleOf(v), v})
		}
		return out
	}
	d.entries(what, list(older), list(newer))
}

// A leaf is a field with its value, or the beginning of a named part.
type leaf struct {
	path, value string
	list        []string // the entries of a list
	part        string   // path of the innermost named part that it is in, "" for none
}

func (d *differ) fields(c Change, older, newer []leaf) {
	parts := func(list []leaf) (map[string]leaf, map[string]bool) {
		values, names := map[string]leaf{}, map[string]bool{}
		for _, l := range list {
			values[l.path] = l
			names[l.part] = true
		}
		return values, names
	}
	was, wasPart := parts(older)
	is, isPart := parts(newer)
	told := map[string]bool{}
	whole := func(kind, part, a, b string) {
		if !told[part] {
			told[part] = true
			c := c
			c.Kind, c.Field, c.Old, c.New = kind, part, a, b
			d.found = append(d.found, c)
		}
	}
	changed := func(path string, a, b leaf) {
		c := c
		c.Kind, c.Field, c.Old, c.New = "changed", path, a.value, b.value
		if added := without(b.list, a.list); len(added) < len(b.list) {
			c.Added, c.Removed = added, without(a.list, b.list)
		}
		d.found = append(d.found, c)
	}
	for _, l := range newer {
		switch old := was[l.path]; {
		case l.part != "" && !wasPart[l.part]:
			whole("added", l.part, "", summary(newer, l.part))
		case old.value != l.value:
			changed(l.path, old, l)
		}
	}
	for _, l := range older {
		if l.part != "" && !isPart[l.part] {
			whole("removed", l.part, summary(older, l.part), "")
		} else if now, ok := is[l.path]; !ok {
			changed(l.path, l, now)
		}
	}
}

// without returns the entries of a that b has not.
func without(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

// summary says what a named part is about: its document or text.
func summary(list []leaf, part string) string {
	for _, key := range []string{".shows", ".text", ".name", ".document", ".title"} {
		for _, l := range list {
			if l.path == part+key {
				return l.value
			}
		}
	}
	return ""
}

// flat lists the fields of a struct that the format has, in order.
func flat(v reflect.Value) []leaf {
	if r, ok := v.Interface().(PeriodRule); ok {
		return []leaf{{path: "text", value: r.Text.ID}, {path: "days", value: r.days()}}
	}
	var out []leaf
	walk("", "", v, func(path, part string, f, _ reflect.Value) {
		if named(f.Type()) || f.IsZero() {
			return
		}
		l := leaf{path: path, value: spelt(f, "id"), part: part}
		if t, ok := f.Interface().(Text); ok && t.EN != t.ID {
			l.value += " / " + t.EN
		}
		if f.Kind() == reflect.Slice {
			l.list = entriesOf(f)
		}
		out = append(out, l)
	})
	return out
}

// days says which days a rule allows.
func (r PeriodRule) days() string {
	switch {
	case r.Months > 0:
		return fmt.Sprintf("months: %d, sliding: %t", r.Months, r.Sliding)
	case r.FromYear == nil:
		return "in_force"
	}
	return fmt.Sprintf("years: [%d, %d], about: %t", *r.FromYear, *r.ToYear, r.About)
}

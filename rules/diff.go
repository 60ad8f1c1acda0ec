package rules

import (
	"fmt"
	"reflect"
	"strings"
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
}

// Diff returns what changed from one pack to another, in the order of the newer
// one; what it has no more comes last of each kind. Entries are told by their
// codes and ids.
func Diff(older, newer *Pack) []Change {
	d := &differ{}
	d.entries("pack", head(older), head(newer))
	d.entries("division", divisions(older), divisions(newer))
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

// divisions lists components, parts, areas and sub-areas without what they hold.
func divisions(p *Pack) []entry {
	var out []entry
	add := func(code string, title Text, weight float64) {
		v := reflect.ValueOf(struct {
			Title  Text    `yaml:"title"`
			Weight float64 `yaml:"weight"`
		}{title, weight})
		out = append(out, entry{code, title, v})
	}
	for _, c := range p.Components {
		add(c.Code, c.Title, c.Weight)
		for _, part := range c.Parts {
			add(part.Code, part.Title, part.Weight)
			for _, a := range part.Areas {
				add(a.Code, a.Title, a.Weight)
				for _, s := range a.Subareas {
					add(s.Code, s.Title, s.Weight)
				}
			}
		}
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
		d.fields(Change{What: what, ID: e.id, Name: e.name}, flat("", o.v), flat("", e.v))
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
	part        string // path of the innermost named part that it is in, "" for none
}

func (d *differ) fields(c Change, older, newer []leaf) {
	parts := func(list []leaf) (map[string]string, map[string]bool) {
		values, names := map[string]string{}, map[string]bool{}
		for _, l := range list {
			values[l.path] = l.value
			names[l.part] = true
		}
		return values, names
	}
	was, wasPart := parts(older)
	is, isPart := parts(newer)
	told := map[string]bool{}
	add := func(kind, field, a, b string) {
		c := c
		c.Kind, c.Field, c.Old, c.New = kind, field, a, b
		d.found = append(d.found, c)
	}
	for _, l := range newer {
		if l.part != "" && !wasPart[l.part] {
			if !told[l.part] {
				told[l.part] = true
				add("added", l.part, "", summary(newer, l.part))
			}
			continue
		}
		if old := was[l.path]; old != l.value {
			add("changed", l.path, old, l.value)
		}
	}
	for _, l := range older {
		if l.part != "" && !isPart[l.part] {
			if !told[l.part] {
				told[l.part] = true
				add("removed", l.part, summary(older, l.part), "")
			}
			continue
		}
		if _, ok := is[l.path]; !ok {
			add("changed", l.path, l.value, "")
		}
	}
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
func flat(path string, v reflect.Value) []leaf { return flatten(path, "", v) }

func flatten(path, part string, v reflect.Value) []leaf {
	var out []leaf
	if v.Type() == reflect.TypeFor[PeriodRule]() {
		r := v.Interface().(PeriodRule)
		return []leaf{{"text", r.Text.ID, part}, {"days", r.days(), part}}
	}
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		f := v.Field(i)
		if name == "" || name == "-" || f.IsZero() {
			continue
		}
		field := strings.TrimPrefix(path+"."+name, ".")
		switch {
		case named(f.Type()):
			for j := range f.Len() {
				e := f.Index(j).Elem()
				id := nameOf(e)
				inner := field + "." + id[strings.LastIndexByte(id, '/')+1:]
				out = append(out, flatten(inner, inner, e)...)
			}
		case f.Kind() == reflect.Pointer && f.Type().Elem().Kind() == reflect.Struct && f.Type() != reflect.TypeFor[*Pattern]():
			out = append(out, flatten(field, part, f.Elem())...)
		default:
			value := spelt(f, "id")
			if t, ok := f.Interface().(Text); ok && t.EN != t.ID {
				value += " / " + t.EN
			}
			out = append(out, leaf{field, value, part})
		}
	}
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

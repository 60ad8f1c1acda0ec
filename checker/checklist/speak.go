package checklist

import (
	"strings"

	"dasheval/checker/words"
	"dasheval/rules"
)

// A speaker says things in all languages at once.
type speaker struct{ id, en *words.Catalogue }

func newSpeaker() (speaker, error) {
	id, err := words.New("id")
	if err != nil {
		return speaker{}, err
	}
	en, err := words.New("en")
	return speaker{id, en}, err
}

// each says what f says in each language.
func (s speaker) each(f func(*words.Catalogue) string) rules.Text {
	return rules.Text{ID: f(s.id), EN: f(s.en)}
}

// label is the label "checklist.KEY". Texts among args come in the language of
// the label, numbers as people write them.
func (s speaker) label(key string, args ...any) rules.Text {
	return s.each(func(c *words.Catalogue) string {
		said := make([]any, len(args))
		for i, a := range args {
			switch a := a.(type) {
			case rules.Text:
				said[i] = a.In(c.Lang())
			case float64:
				said[i] = number(c, a)
			default:
				said[i] = a
			}
		}
		return c.Label("checklist."+key, said...)
	})
}

// knows reports whether there is a label "checklist.KEY".
func (s speaker) knows(key string) bool { return s.id.Has("checklist." + key) }

// number says a number of points, with up to three decimals.
func (s speaker) number(f float64) rules.Text {
	return s.each(func(c *words.Catalogue) string { return number(c, f) })
}

func number(c *words.Catalogue, f float64) string {
	return strings.TrimRight(strings.TrimRight(c.Number(f, 3), "0"), ",.")
}

// list joins texts with commas.
func list(texts []rules.Text) rules.Text {
	ids, ens := make([]string, len(texts)), make([]string, len(texts))
	for i, t := range texts {
		ids[i], ens[i] = t.ID, t.EN
	}
	return rules.Text{ID: strings.Join(ids, ", "), EN: strings.Join(ens, ", ")}
}

// quoted joins names as they stand in documents; they may hold commas.
func quoted(names []rules.Text) rules.Text {
	out := make([]rules.Text, len(names))
	for i, n := range names {
		out[i] = rules.Text{ID: "“" + n.ID + "”", EN: "“" + n.EN + "”"}
	}
	return list(out)
}

// same is a text that is the same in all languages.
func same(s string) rules.Text { return rules.Text{ID: s, EN: s} }

// facts collects labels with what there is to say, and leaves out those without.
type facts struct {
	say  speaker
	list []Fact
}

// add adds those values that are not empty under the label.
func (f *facts) add(key string, values ...rules.Text) {
	var kept []rules.Text
	for _, v := range values {
		if v = tidyText(v); v.ID != "" {
			kept = append(kept, v)
		}
	}
	if len(kept) > 0 {
		f.list = append(f.list, Fact{f.say.label(key), kept})
	}
}

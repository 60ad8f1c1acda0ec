package report

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/words"
)

// A voice says what a report holds in the language of the reader. The formats for
// people share it.
type voice struct {
	r      *Report
	say    *words.Catalogue
	lang   string
	reveal bool // show numbers that identify people
	places *places
	types  map[string]Text // document types by id
	gates  map[string]Text // gates by id
}

func newVoice(r *Report, lang string, opt Options) (*voice, error) {
	say, err := words.New(lang)
	if err != nil {
		return nil, err
	}
	v := &voice{r: r, say: say, lang: say.Lang(), reveal: opt.RevealPII, places: place(r), types: map[string]Text{}, gates: map[string]Text{}}
	for _, c := range r.Criteria {
		for _, q := range c.Requirements {
			if q.DocumentType != "" && q.Type != (Text{}) {
				v.types[q.DocumentType] = q.Type
			}
		}
	}
	for _, g := range r.Gates {
		v.gates[g.ID] = g.Text
	}
	return v, nil
}

// person writes a number that identifies one, hidden unless the reader asked for
// it.
func (v *voice) person(number string) string {
	if v.reveal {
		return number
	}
	return MaskText(number)
}

// sum writes "12 = 10 a + 2 b".
func (v *voice) sum(n int, parts []string) string {
	if len(parts) == 0 {
		return strconv.Itoa(n)
	}
	return v.say.Label("report.sum", n, strings.Join(parts, " + "))
}

// repair returns the action of the gravest finding of a fix.
func (v *voice) repair(f Fix) string {
	for _, severity := range []string{"error", "warning", "info"} {
		for _, i := range f.Findings {
			if i >= 0 && i < len(v.r.Findings) && v.r.Findings[i].Severity == severity {
				if _, fix := v.message(v.r.Findings[i]); fix != "" {
					return fix
				}
			}
		}
	}
	return v.action(f.Verdict)
}

// action returns what to do about a verdict that no finding explains.
func (v *voice) action(verdict string) string {
	if key := "report.action." + verdict; v.say.Has(key) {
		return v.say.Label(key)
	}
	return v.say.Label("report.action.review")
}

// points writes points of the instrument.
func (v *voice) points(f float64) string { return v.say.Number(f, 2) }

// number writes a number without the zeros that say nothing.
func (v *voice) number(f float64) string {
	s := v.say.Number(f, 4)
	return strings.TrimRight(strings.TrimRight(s, "0"), ".,")
}

func (v *voice) level(l Level) string {
	switch {
	case l.Shown == "" && l.Possible == "":
		return ""
	case l.Shown == l.Possible || l.Possible == "":
		return v.say.Label("report.level", l.Shown)
	case l.Shown == "":
		return v.say.Label("report.level.range", "–", l.Possible)
	}
	return v.say.Label("report.level.range", l.Shown, l.Possible)
}

// asked says what a line wants to see.
func (v *voice) asked(q *Requirement) string {
	name := q.Type.In(v.lang)
	if name == "" {
		name = q.DocumentType
	}
	return joined(" – ", name, q.Shows.In(v.lang))
}

// homes returns the documents of a line whose own errors stand below another
// criterion, with that criterion.
func (v *voice) homes(c *Criterion, q *Requirement) map[string]string {
	out := map[string]string{}
	for _, d := range q.Documents {
		if home := v.places.home[d]; problem(q.Verdict) && home != "" && home != c.Code {
			out[d] = home
		}
	}
	return out
}

// message renders a finding in the language of the reader. The words of the
// report stand where the catalogue is older than the report.
func (v *voice) message(f Finding) (message, fix string) {
	if !v.say.Knows(f.ID) {
		return f.Message, f.Fix
	}
	return v.say.Finding(f.ID, f.Params)
}

// at writes where a finding shows: file, page and words.
func (v *voice) at(f Finding) string {
	where := joined(", ", f.Document, v.where(f.Page, f.Paragraph))
	if f.Quote == "" {
		return where
	}
	return joined(": ", where, "“"+clean(f.Quote)+"”")
}

func (v *voice) where(page, paragraph *int) string {
	switch {
	case page != nil && *page > 0:
		return v.say.Label("report.page", *page)
	case paragraph != nil && *paragraph > 0:
		return v.say.Label("report.paragraph", *paragraph)
	}
	return ""
}

// unread says why a document could not be read and what helps.
func (v *voice) unread(d Document) (reason, remedy string) {
	name := ""
	if d.UnreadableReason != nil {
		name = UnreadableName(*d.UnreadableReason, d.Kind)
	}
	if !v.say.Has("remedy." + name) {
		return joined(" ", v.say.Label("readable.no"), name), v.say.Label("remedy.other")
	}
	return v.say.Label("unreadable." + name), v.say.Label("remedy." + name)
}

// nearest names the items of the matches, each once.
func (v *voice) nearest(matches []Match) string {
	var names []string
	for _, m := range matches {
		if !slices.ContainsFunc(names, func(s string) bool { return strings.HasPrefix(s, m.Criterion+" ") }) {
			names = append(names, m.Criterion+" ("+v.say.Number(m.Score, 2)+")")
		}
	}
	return strings.Join(names, ", ")
}

// typeName names a document type in the language of the reader, or by its id
// if no line of the report asks for it.
func (v *voice) typeName(id string) string {
	if name := v.types[id].In(v.lang); name != "" {
		return name
	}
	return id
}

// value writes a fact: days in words, lists with commas, records by name.
func (v *voice) value(x any) string {
	switch x := x.(type) {
	case nil:
		return ""
	case string:
		return v.say.Date(x)
	case []string:
		return strings.Join(x, ", ")
	case []any:
		parts := make([]string, len(x))
		for i, e := range x {
			parts[i] = v.value(e)
		}
		return joined(", ", parts...)
	case map[string]any:
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(x)) {
			if s := v.value(x[k]); s != "" {
				parts = append(parts, v.say.Name("fact", k)+" "+s)
			}
		}
		return strings.Join(parts, "; ")
	}
	return fmt.Sprint(x)
}

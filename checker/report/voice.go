package report

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/pii"
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

	documents  map[string]*Document // by path
	findingsOn map[string][]int     // findings by the document that they are about
}

func newVoice(r *Report, lang string, opt Options) (*voice, error) {
	say, err := words.New(lang)
	if err != nil {
		return nil, err
	}
	v := &voice{r: r, say: say, lang: say.Lang(), reveal: opt.RevealPII, places: place(r), types: map[string]Text{}, gates: map[string]Text{},
		documents: map[string]*Document{}, findingsOn: map[string][]int{}}
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
	for i := range r.Documents {
		v.documents[r.Documents[i].Path] = &r.Documents[i]
	}
	for i, f := range r.Findings {
		if f.Document != "" {
			v.findingsOn[f.Document] = append(v.findingsOn[f.Document], i)
		}
	}
	return v, nil
}

// person writes a number that identifies one, hidden unless the reader asked for
// it.
func (v *voice) person(number string) string {
	if v.reveal {
		return number
	}
	return pii.Mask(number)
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

// heads lists what a reader wants to know first, as names and values: who was
// evaluated, when, by which rules, and how much was looked at.
func (v *voice) heads() [][2]string {
	r, say := v.r, v.say
	out := v.who()
	pack := joined(" ", r.Pack.ID, r.Pack.Version)
	if len(r.Pack.SHA256) >= 12 {
		pack += " · sha256 " + r.Pack.SHA256[:12]
	}
	return append(out, [2]string{say.Label("report.pack"), pack}, v.items(), v.files(),
		[2]string{say.Label("report.score"), v.score() + ". " + say.Label("report.score.note")})
}

// who names the unit, its ministry and its head, and the year.
func (v *voice) who() [][2]string {
	r, say := v.r, v.say
	from := "report.unit.given"
	if r.Unit.Inferred {
		from = "report.unit.inferred"
	}
	name := r.Unit.Name
	if name == "" {
		name = say.Label("report.unit.unknown")
	}
	out := [][2]string{{say.Label("report.unit"), name + " (" + say.Label(from) + ")"}}
	if r.Unit.Ministry != "" {
		out = append(out, [2]string{say.Label("report.ministry"), r.Unit.Ministry})
	}
	if h := r.Unit.Head; h != (Head{}) {
		out = append(out, [2]string{say.Label("report.head"), joined(", ", h.Name, h.Title, prefixed("NIP ", v.person(h.NIP)))})
	}
	year := []string{strconv.Itoa(r.Period.Year)}
	if window := say.Window(r.Period.From, r.Period.To); window != "" {
		year = append(year, say.Label("report.year.evidence", window))
	}
	return append(out, [2]string{say.Label("report.year"), joined(" · ", append(year, say.Label("report.year.today", say.Date(r.Period.Today)))...)})
}

// verdicts counts the items by verdict.
func (r *Report) verdicts() map[string]int {
	count := map[string]int{}
	for _, c := range r.Criteria {
		count[c.Verdict]++
	}
	return count
}

// items counts the items by verdict, in words.
func (v *voice) items() [2]string {
	var items []string
	count := v.r.verdicts()
	for _, state := range order {
		if count[state] > 0 {
			items = append(items, fmt.Sprintf("%d %s", count[state], v.say.Label("verdict."+state)))
		}
	}
	return [2]string{v.say.Label("report.items"), v.sum(len(v.r.Criteria), items)}
}

// files counts the files by how they were read, in words.
func (v *voice) files() [2]string {
	return [2]string{v.say.Label("report.files"), v.sum(v.r.Coverage.Files, v.coverage())}
}

// score writes the points beside the share of what could be read.
func (v *voice) score() string {
	r := v.r
	return v.say.Label("report.score.value", v.points(r.Score.Low), v.points(r.Score.High), v.number(r.Score.Weight), v.say.Number(r.Coverage.Judged*100, 0)+"%")
}

// title names a division of the instrument, "" if it has no such one.
func (v *voice) title(code string) string {
	for _, d := range v.r.Score.Sections {
		if d.Code == code {
			return d.Title.In(v.lang)
		}
	}
	return ""
}

// coverage writes how many files were looked at, and how.
func (v *voice) coverage() []string {
	c := v.r.Coverage
	var files []string
	for _, part := range []struct {
		name string
		n    int
	}{
		{"read", c.Read}, {"hidden", c.Hidden}, {"ocr", c.OCR},
		{"unreadable", c.Unreadable}, {"ignored", c.Ignored}, {"archives", c.Archives},
	} {
		if part.n > 0 {
			files = append(files, v.say.Label("report.files."+part.name, part.n))
		}
	}
	return files
}

// partial says that the run was interrupted, "" if it was not.
func (v *voice) partial() string {
	if !v.r.Partial {
		return ""
	}
	return v.say.Label("report.partial")
}

// allHomes is homes for all lines of a criterion.
func (v *voice) allHomes(c *Criterion) map[string]string {
	out := map[string]string{}
	for i := range c.Requirements {
		maps.Copy(out, v.homes(c, &c.Requirements[i]))
	}
	return out
}

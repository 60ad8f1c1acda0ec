package report

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/internal/wordml"
)

// ErrTemplate says that a letter's template is no Word document, or has no paragraph
// {{body}}.
var ErrTemplate = wordml.ErrTemplate

// writeLetter writes the notes of the desk evaluation to the unit: what is to be
// done, by whom, one sentence for each finding with its article and its place. The
// template is ours or that of opt, whose marks {{unit}}, {{ministry}}, {{year}} and
// {{date}} are filled in.
func writeLetter(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	l := &letter{voice: v}
	l.English = v.lang == "en"
	l.write()
	return l.Save(w, opt.Template, [][2]string{{"unit", v.unitName()}, {"ministry", r.Unit.Ministry}, {"year", strconv.Itoa(r.Period.Year)}, {"date", v.say.Date(r.Period.Today)},
		{"page", v.say.Label("page")}, {"foot", v.say.Label("letter.title") + " – " + v.unitName()}})
}

// A letter is being written.
type letter struct {
	*voice
	wordml.Writer
}

func (v *voice) unitName() string {
	if v.r.Unit.Name == "" {
		return v.say.Label("report.unit.unknown")
	}
	return clean(v.r.Unit.Name)
}

// A task is a finding that somebody has to mend.
type task struct {
	criterion           *Criterion // nil if the document serves nothing
	message, place, fix string
	baseline, quote     string
}

// A person responsible has tasks, in the order of the instrument.
type person struct {
	name  string
	rank  int // 0 for an area, 1 for an official, 2 for the keeper of the files
	tasks []task
}

// people groups what is to be mended by who can: the official whose signature is
// missing, else those who work on the area. Waived findings, and mere notes, are
// nobody's task.
func (v *voice) people() []person {
	var out []person
	at := map[string]int{}
	add := func(name string, rank int, t task) {
		n, ok := at[strings.ToLower(name)]
		if !ok {
			n = len(out)
			at[strings.ToLower(name)] = n
			out = append(out, person{name: name, rank: rank})
		}
		out[n].tasks = append(out[n].tasks, t)
	}
	one := func(c *Criterion, f *Finding) {
		if f.Severity == "info" || f.Decision != nil {
			return
		}
		message, fix := v.message(*f)
		t := task{criterion: c, message: message, fix: fix, quote: clean(f.Quote), place: joined(", ", f.Document, v.where(f.Page, f.Paragraph))}
		if f.Baseline == "new" {
			t.baseline = v.say.Label("baseline.new")
		}
		name, rank := v.responsible(c, f)
		add(name, rank, t)
	}
	for i := range v.r.Criteria {
		c := &v.r.Criteria[i]
		for _, n := range v.ofCriterion(c) {
			if c.Verdict != "waived" {
				one(c, &v.r.Findings[n])
			}
		}
		for _, f := range v.seen(c) {
			one(c, &f)
		}
	}
	for _, n := range slices.Concat(v.places.misfiled, v.places.others()) {
		one(nil, &v.r.Findings[n])
	}
	// Areas first, in the order of the instrument, then those who sign.
	slices.SortStableFunc(out, func(a, b person) int { return a.rank - b.rank })
	return out
}

// responsible names who can mend a finding, and ranks them.
func (v *voice) responsible(c *Criterion, f *Finding) (name string, rank int) {
	official := ""
	switch f.ID {
	case "signer.unauthorised":
		official = f.Params["want"]
	case "signature.none", "signature.typed":
		if official = f.Params["signer"]; official == "" {
			official = f.Params["title"]
		}
	}
	if official = v.office(official); official != "" {
		return v.say.Label("letter.official", official), 1
	}
	if c == nil {
		return v.say.Label("letter.files"), 2
	}
	title := v.title(c.Area)
	if title == "" {
		title = c.Area
	}
	return v.say.Label("letter.area", title), 0
}

// office writes the title of an official without the name of the unit, which some
// papers add and others do not.
func (v *voice) office(title string) string {
	title = clean(title)
	unit := clean(v.r.Unit.Name)
	if n := len(title) - len(unit); n > 0 && unit != "" && strings.EqualFold(title[n:], unit) {
		title = strings.TrimRight(title[:n], " ,")
	}
	return title
}

// Widths of the columns: number, item, finding, action.
var letterColumns = []int{600, 2300, 4000, 2966}

func (l *letter) write() {
	r := l.r
	l.Paragraph("Title", l.Run(l.say.Label("letter.title"), ""))
	l.Paragraph("Subtitle", l.Run(joined(" · ", r.Pack.Title.In(l.lang), r.Predicate, strconv.Itoa(r.Period.Year)), ""))
	l.Paragraph("Lead", l.Run(l.say.Label("letter.place", l.say.Date(r.Period.Today)), ""))
	for _, key := range []string{"letter.number", "letter.enclosure", "letter.subject"} {
		l.Paragraph("Cell", l.Run(l.say.Label(key), ""))
	}
	l.Paragraph("Lead", l.Run(l.say.Label("letter.to", l.unitName()), "Strong"))
	l.Paragraph("Lead", l.Run(l.say.Label("letter.intro", l.say.Date(r.Period.Today), r.Coverage.Documents, l.say.Number(r.Coverage.Judged*100, 0)), ""))
	if r.Partial {
		l.Paragraph("Lead", l.Run(l.say.Label("report.partial"), "Strong"))
	}
	count := r.verdicts()
	for _, state := range order {
		if count[state] > 0 {
			l.Paragraph("ListBullet", l.Run(l.say.Label("letter.count", count[state], l.say.Label("verdict."+state)), ""))
		}
	}
	people := l.people()
	n := 0
	for _, p := range people {
		l.Heading(2, l.Run(p.name, ""))
		l.Table(letterColumns, l.say.Label("letter.col.number"), l.say.Label("letter.col.item"), l.say.Label("letter.col.finding"), l.say.Label("letter.col.fix"))
		for _, t := range p.tasks {
			n++
			l.Row(func() { l.task(n, t) })
		}
		l.EndTable()
	}
	if len(people) == 0 {
		l.Paragraph("Lead", l.Run(l.say.Label("letter.none"), ""))
	}
	l.review()
	l.unreadable()
	l.Paragraph("Lead", l.Run(l.say.Label("letter.closing"), ""))
	l.Paragraph("Lead", l.Run(l.say.Label("letter.signature"), ""))
}

func (l *letter) task(n int, t task) {
	l.Cell(letterColumns[0], func() { l.Paragraph("Cell", l.Run(strconv.Itoa(n), "")) })
	l.Cell(letterColumns[1], func() {
		if t.criterion == nil {
			l.Paragraph("Cell", l.Run("–", ""))
			return
		}
		l.Paragraph("Cell", l.Run(t.criterion.Code+" ", "Strong")+l.Run(t.criterion.Title.In(l.lang), ""))
		if t.criterion.Basis != "" {
			l.Paragraph("Cell", l.Run(t.criterion.Basis, "Soft"))
		}
	})
	l.Cell(letterColumns[2], func() {
		text := l.Run(clean(t.message), "")
		if t.baseline != "" {
			text = l.Run("["+t.baseline+"] ", "Strong") + text
		}
		l.Paragraph("Cell", text)
		if t.place != "" {
			l.Paragraph("Cell", l.Run(clean(t.place), "Soft"))
		}
		if t.quote != "" {
			l.Paragraph("Cell", l.Run("“"+t.quote+"”", "Soft"))
		}
	})
	l.Cell(letterColumns[3], func() { l.Paragraph("Cell", l.Run(clean(t.fix), "")) })
}

// review lists the items that wait for a person, and what was decided.
func (l *letter) review() {
	var open, waived []*Criterion
	for i := range l.r.Criteria {
		switch c := &l.r.Criteria[i]; c.Verdict {
		case "review", "not_evaluated":
			open = append(open, c)
		case "waived":
			waived = append(waived, c)
		}
	}
	for _, part := range []struct {
		key  string
		list []*Criterion
	}{{"letter.review", open}, {"letter.waived", waived}} {
		if len(part.list) == 0 {
			continue
		}
		l.Heading(2, l.Run(l.say.Label(part.key, len(part.list)), ""))
		for _, c := range part.list {
			text := l.Run(c.Code+" ", "Strong") + l.Run(c.Title.In(l.lang), "")
			if c.Decision != nil {
				text += l.Run(" · "+l.decision(l.r.Decisions[*c.Decision]), "Soft")
			}
			l.Paragraph("ListBullet", text)
		}
	}
}

// unreadable lists the files that could not be read: somebody has to look at them,
// or hand in others.
func (l *letter) unreadable() {
	headed := false
	for _, d := range l.r.Documents {
		if d.Readable != "no" {
			continue
		}
		if !headed {
			l.Heading(2, l.Run(l.say.Label("letter.unreadable", l.r.Coverage.Unreadable), ""))
			headed = true
		}
		reason, _ := l.unread(d)
		l.Paragraph("ListBullet", l.Run(clean(d.Path), "")+l.Run(" · "+reason, "Soft"))
	}
}

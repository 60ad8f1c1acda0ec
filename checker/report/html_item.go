package report

import (
	"encoding/base64"
	"errors"
	"html/template"
	"iter"
	"slices"
	"strings"
)

// An htmlItem is one criterion of the page.
type htmlItem struct {
	ID, Code, Area, Verdict, Mark, Basis string
	Title, Name, State, Decided          Text
	// Pass says what would make the item hold.
	Pass   []Text
	Lines  []htmlLine
	Other  []htmlFinding // of the item as a whole
	Unread []htmlLink
	// Words are labels that the template of an item wants.
	Words []Text
}

// An htmlLink leads to a row of the inventory.
type htmlLink struct {
	Path string
	Row  int // 0 if the inventory has no such row
	Note Text
}

// An htmlLine is one evidence line.
type htmlLine struct {
	Verdict, Mark     string
	Need, Asked, Name Text
	Facts             []htmlFact
	Taken             []htmlLink
	More              int
	Near              []htmlLink
	Findings          []htmlFinding
	Calendar          template.HTML
}

// An htmlFinding is one finding with where it shows.
type htmlFinding struct {
	Severity, Document, Quote         string
	Name, Message, Fix, Where, Waived Text
	BaselineName                      Text
	Row                               int
	Picture                           template.URL
	Alt                               Text
	err                               error
}

func (p *htmlPage) item(c *Criterion) *htmlItem {
	mark, _ := verdictMark(c.Verdict)
	x := &htmlItem{ID: ident(c.Code), Code: c.Code, Area: c.Area, Verdict: c.Verdict, Mark: mark, Basis: c.Basis, Title: c.Title, Name: p.Label("verdict." + c.Verdict), Words: p.words}
	x.State = p.both(func(v *voice) string {
		return joined(" · ", v.level(c.Level), v.say.Label("explain.points", v.points(c.Score.Low), v.points(c.Score.High), v.number(c.Weight)))
	})
	if c.Decision != nil {
		x.Decided = p.both(func(v *voice) string { return v.say.Label("decision.rests", v.decision(v.r.Decisions[*c.Decision])) })
	}
	for _, q := range c.byNeed() {
		x.Lines = append(x.Lines, p.line(c, q))
	}
	for _, i := range p.id.places.criterion[c.Code] {
		x.Other = append(x.Other, p.finding(i, true))
	}
	for _, u := range c.Unread {
		x.Unread = append(x.Unread, htmlLink{Path: u, Row: p.row[u]})
	}
	if problem(c.Verdict) {
		x.Pass = p.pass(c)
	}
	return x
}

// pass lists what would make an item hold, each action once.
func (p *htmlPage) pass(c *Criterion) []Text {
	var out []Text
	add := func(t Text) {
		if t.ID != "" && !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	for _, i := range p.faults(c) {
		f := p.R.Findings[i]
		add(p.both(func(v *voice) string {
			_, fix := v.message(f)
			return joined(" ", fix, prefixed("(", f.Document)+suffixed(f.Document, ")"))
		}))
	}
	if len(c.Unread) > 0 {
		add(p.Label("report.action.unread"))
	}
	if len(out) == 0 {
		add(p.both(func(v *voice) string { return v.action(c.Verdict) }))
	}
	return out
}

// faults lists the errors that count against an item, its own and those of its
// documents, in the order of the report.
func (p *htmlPage) faults(c *Criterion) []int {
	out := slices.Clone(p.byItem[c.Code])
	for _, d := range c.Evidence() {
		for _, i := range p.id.findingsOn[d] {
			if p.R.Findings[i].Criterion == "" {
				out = append(out, i)
			}
		}
	}
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(i int) bool { return p.R.Findings[i].Severity != "error" || p.R.Findings[i].Decision != nil })
}

func suffixed(s, suffix string) string {
	if s == "" {
		return ""
	}
	return suffix
}

// shownOnPage is how many documents of a line are named below it; the inventory
// names all.
const shownOnPage = 12

func (p *htmlPage) line(c *Criterion, q *Requirement) htmlLine {
	mark, _ := verdictMark(q.Verdict)
	x := htmlLine{Verdict: q.Verdict, Mark: mark, Name: p.Label("verdict." + q.Verdict), Calendar: p.calendar(q)}
	x.Need = p.both(func(v *voice) string { return v.say.Name("need", q.Need) })
	x.Asked = p.both(func(v *voice) string { return v.asked(q) })
	fact := func(key string, value func(v *voice) string) {
		if t := p.both(value); t.ID != "" {
			x.Facts = append(x.Facts, htmlFact{p.Label(key), t})
		}
	}
	fact("explain.period", func(v *voice) string { return v.say.Window(q.From, q.To) })
	fact("explain.signer", func(v *voice) string { return q.Signer.In(v.lang) })
	if q.MinCount > 1 {
		fact("explain.count", func(v *voice) string { return v.say.Label("explain.count.value", q.MinCount, q.Holding) })
	}
	if problem(q.Verdict) {
		fact("explain.why", func(v *voice) string { return q.Reason.In(v.lang) })
		fact("html.example", func(v *voice) string { return q.Example.In(v.lang) })
	}
	for _, d := range q.Documents[:min(len(q.Documents), shownOnPage)] {
		x.Taken = append(x.Taken, htmlLink{Path: d, Row: p.row[d], Note: p.summary(p.id.documents[d])})
	}
	x.More = len(q.Documents) - len(x.Taken)
	for _, n := range q.Candidates {
		x.Near = append(x.Near, htmlLink{Path: n.Document, Row: p.row[n.Document], Note: p.both(func(v *voice) string {
			return joined(" · ", v.reasoned(n.Reasons), v.against(n.Document))
		})})
	}
	for _, i := range p.id.places.line[lineKey(c.Code, q.ID)] {
		x.Findings = append(x.Findings, p.finding(i, true))
	}
	// Errors that stand below another item count here too.
	homes := p.id.homes(c, q)
	for _, d := range q.Documents {
		if homes[d] == "" {
			continue
		}
		for _, i := range p.id.findingsOn[d] {
			if f := p.R.Findings[i]; f.Criterion == "" && f.Severity == "error" {
				x.Findings = append(x.Findings, p.finding(i, false)) // its picture is shown at its home
			}
		}
	}
	return x
}

// against says what is wrong with a document that was nearly taken, or that what
// speaks for it did not suffice.
func (v *voice) against(path string) string {
	for _, i := range v.findingsOn[path] {
		if f := v.r.Findings[i]; f.Severity == "error" {
			message, _ := v.message(f)
			return v.say.Label("html.against", message)
		}
	}
	return v.say.Label("html.against", v.say.Label("html.weak"))
}

// reasoned says why a document was or was nearly taken.
func (v *voice) reasoned(reasons []Reason) string {
	var parts []string
	for _, r := range reasons {
		parts = append(parts, v.say.Name("reason", r.ID)+prefixed(" “", clean(v.typeName(r.Words)))+suffixed(r.Words, "”"))
	}
	return strings.Join(parts, "; ")
}

// summary says in a few words what a document is.
func (p *htmlPage) summary(d *Document) Text {
	if d == nil {
		return Text{}
	}
	return p.both(func(v *voice) string {
		if d.Readable == "no" {
			reason, _ := v.unread(*d)
			return reason
		}
		fact := func(name string) string { return v.value(d.Facts[name]) }
		approximate := ""
		if d.TextOrigin == "ocr" {
			approximate = "≈"
		}
		signed := ""
		if d.Signature.State != "" && d.Signature.State != "not_expected" {
			signed = v.say.Name("signature", d.Signature.State)
		}
		return joined(" · ", v.typeOf(d), prefixed(approximate, fact("number")), prefixed(approximate, fact("date")), signed)
	})
}

// typeOf names the type of a document.
func (v *voice) typeOf(d *Document) string {
	if name := d.Type.Name.In(v.lang); name != "" {
		return name
	}
	return v.typeName(d.Type.ID)
}

// finding puts a finding into words, with a picture if it is to have one.
func (p *htmlPage) finding(i int, pictured bool) htmlFinding {
	f := p.R.Findings[i]
	x := htmlFinding{Severity: f.Severity, Document: f.Document, Quote: clean(f.Quote), Row: p.row[f.Document]}
	x.Name = p.both(func(v *voice) string { return v.say.Name("severity", f.Severity) })
	x.Message = p.both(func(v *voice) string { message, _ := v.message(f); return message })
	x.Fix = p.both(func(v *voice) string { _, fix := v.message(f); return fix })
	x.Where = p.both(func(v *voice) string { return v.where(f.Page, f.Paragraph) })
	if f.Decision != nil {
		x.Waived = p.both(func(v *voice) string { return v.decision(v.r.Decisions[*f.Decision]) })
	}
	if f.Baseline == "new" || f.Baseline == "updated" {
		x.BaselineName = p.Label("baseline." + f.Baseline)
	}
	if pictured && p.picture != nil && f.Page != nil && f.Box != nil && f.Document != "" {
		jpg, err := p.picture(f.Document, *f.Page, *f.Box)
		switch {
		case err == nil:
			x.Picture = template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(jpg))
			x.Alt = p.both(func(v *voice) string { return v.say.Label("html.picture", *f.Page, f.Document) })
		case !errors.Is(err, ErrNoPicture):
			x.err = err
		}
	}
	return x
}

// OK ends the writing with an error if a picture failed for reasons of its
// surroundings.
func (f htmlFinding) OK() (bool, error) { return true, f.err }

// Files yields every file of the pile once, those read first.
func (p *htmlPage) Files() iter.Seq[*htmlFile] {
	return func(yield func(*htmlFile) bool) {
		for i := range p.R.Documents {
			if !yield(p.file(&p.R.Documents[i], p.id.findingsOn[p.R.Documents[i].Path])) {
				return
			}
		}
		for _, f := range p.R.Ignored {
			x := &htmlFile{Path: f.Path, State: "ignored", About: p.both(func(v *voice) string {
				return joined(": ", v.say.Label("html.state.ignored"), v.say.Name("ignored", f.Reason))
			})}
			if !yield(x) {
				return
			}
		}
	}
}

// An htmlFile is one row of the inventory.
type htmlFile struct {
	Row         int
	Path, State string
	SHA256      string
	About       Text // what it is and how it was read
	Serves      []string
	Waits       []string // items that a file may change which could not be read
	Unused      Text
	Remedy      Text // for one that could not be read
	Findings    []htmlNote
}

// An htmlNote is a finding in one line of the inventory.
type htmlNote struct {
	Severity string
	Text     Text
}

func (p *htmlPage) file(d *Document, found []int) *htmlFile {
	x := &htmlFile{Row: p.row[d.Path], Path: d.Path, State: d.Readable, SHA256: d.SHA256, Serves: d.Criteria}
	x.About = p.both(func(v *voice) string {
		pages := ""
		if d.Pages != nil {
			pages = v.say.Label("html.pages", *d.Pages)
		}
		read := v.say.Name("readable", d.Readable)
		if d.Readable == "no" {
			read = ""
		}
		return joined(" · ", p.summary(d).In(v.lang), pages, read)
	})
	switch {
	case d.Readable == "no":
		x.Waits = p.waiting[d.Path]
		x.Remedy = p.both(func(v *voice) string { _, remedy := v.unread(*d); return remedy })
	case len(d.Criteria) == 0:
		x.Unused = p.Label("html.unused")
	}
	for _, i := range found {
		f := p.R.Findings[i]
		x.Findings = append(x.Findings, htmlNote{f.Severity, p.both(func(v *voice) string {
			message, _ := v.message(f)
			return joined(" · ", f.Criterion, message, v.where(f.Page, f.Paragraph))
		})})
	}
	return x
}

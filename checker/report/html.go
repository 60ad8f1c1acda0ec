package report

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
)

//go:embed page
var pageFiles embed.FS

var (
	pageCSS  = asset("page/page.css")
	pageJS   = asset("page/page.js")
	pageHTML = template.Must(template.New("page").Parse(asset("page/page.html")))
)

func asset(name string) string {
	b, err := pageFiles.ReadFile(name)
	if err != nil {
		panic(err) // it is part of the program
	}
	return string(b)
}

// A PictureFunc draws a part of a page of a document of the pile as JPEG: the strip
// across the page that holds the box, the box marked. Its error is
// [ErrNoPicture] where there is nothing to draw; any other ends the writing.
type PictureFunc func(document string, page int, box [4]float64) ([]byte, error)

// ErrNoPicture says that a page cannot be shown as a picture.
var ErrNoPicture = errors.New("no picture of the page")

// writeHTML writes one page that needs nothing else: both languages, style, script
// and pictures are in it, and it tells the browser to load and to run no more. It
// is written as a stream: one item, then one document, at a time.
func writeHTML(w io.Writer, r *Report, lang string, opt Options) error {
	id, err := newVoice(r, "id", opt)
	if err != nil {
		return err
	}
	en, err := newVoice(r, "en", opt)
	if err != nil {
		return err
	}
	if lang != "en" {
		lang = "id"
	}
	p := &htmlPage{R: r, Lang: lang, id: id, en: en, picture: opt.Picture, row: map[string]int{}, byItem: map[string][]int{}}
	for i := range r.Documents {
		p.row[r.Documents[i].Path] = i + 1
	}
	for i, f := range r.Findings {
		if f.Criterion != "" {
			p.byItem[f.Criterion] = append(p.byItem[f.Criterion], i)
		}
	}
	p.waiting = map[string][]string{}
	for _, c := range r.Criteria {
		for _, u := range c.Unread {
			p.waiting[u] = append(p.waiting[u], c.Code)
		}
	}
	p.words = []Text{p.Label("html.pass"), p.Label("explain.near"), p.Label("html.unread")}
	return pageHTML.Execute(w, p)
}

// An htmlPage is what the template of the page asks.
type htmlPage struct {
	R       *Report
	Lang    string
	id, en  *voice
	picture PictureFunc
	row     map[string]int      // number in the inventory by path
	words   []Text              // labels of every item
	byItem  map[string][]int    // findings by item
	waiting map[string][]string // items that a file may change which could not be read
}

// Style, Script and Policy are put in as they are; the policy names their digests.
func (p *htmlPage) Style() template.CSS { return template.CSS(pageCSS) }
func (p *htmlPage) Script() template.JS { return template.JS(pageJS) }
func (p *htmlPage) Policy() string {
	return "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src '" + digestOf(pageCSS) + "'; script-src '" + digestOf(pageJS) + "'"
}

// digestOf names an inline style or script as a content security policy does.
func digestOf(s string) string {
	sum := sha256.Sum256([]byte(s))
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}

// both says the same in either language.
func (p *htmlPage) both(say func(v *voice) string) Text {
	return Text{ID: clean(say(p.id)), EN: clean(say(p.en))}
}

// Label is a label in both languages.
func (p *htmlPage) Label(key string, args ...any) Text {
	return p.both(func(v *voice) string { return v.say.Label(key, args...) })
}

// Plain is a text in the language that the page opens with, for attributes.
func (p *htmlPage) Plain(t Text) string { return t.In(p.Lang) }

// Themes are the colours that a reader can choose.
func (p *htmlPage) Themes() []string { return []string{"auto", "light", "dark"} }

// Method says how the verdicts and points come about.
func (p *htmlPage) Method() []Text {
	var out []Text
	for _, key := range []string{"verdicts", "review", "points", "gates", "decisions", "places"} {
		out = append(out, p.Label("html.method."+key))
	}
	return out
}

// About lists what stands at the top.
func (p *htmlPage) About() []htmlFact {
	en := p.en.heads()
	var out []htmlFact
	for i, f := range p.id.heads() {
		out = append(out, htmlFact{Text{f[0], en[i][0]}, Text{f[1], en[i][1]}})
	}
	return out
}

// An htmlFact is a named value.
type htmlFact struct{ Name, Value Text }

// Verdicts counts the items by verdict, worst first.
func (p *htmlPage) Verdicts() []htmlCount {
	count := p.R.verdicts()
	var out []htmlCount
	for _, v := range order {
		if count[v] > 0 {
			mark, _ := verdictMark(v)
			out = append(out, htmlCount{v, mark, p.Label("verdict." + v), count[v]})
		}
	}
	return out
}

// An htmlCount is how many items have a verdict.
type htmlCount struct {
	Verdict, Mark string
	Name          Text
	N             int
}

// Percent is its share of all items.
func (p *htmlPage) Percent(n int) string {
	return strconv.FormatFloat(100*float64(n)/float64(max(len(p.R.Criteria), 1)), 'f', 2, 64)
}

// Gauges are the gates, or the components where the instrument has none.
func (p *htmlPage) Gauges() []htmlGauge {
	var out []htmlGauge
	number := func(f float64) Text { return p.both(func(v *voice) string { return v.number(f) }) }
	points := func(i Interval, most float64) Text {
		return p.both(func(v *voice) string {
			return v.say.Label("html.points", v.points(i.Low), v.points(i.High), v.number(most))
		})
	}
	for _, g := range p.R.Gates {
		x := htmlGauge{Name: g.Text, State: g.State, StateName: p.both(func(v *voice) string { return v.say.Name("gate", g.State) }), Points: points(g.Points, g.Weight)}
		most := max(g.Weight, g.Points.High, g.Min)
		for _, m := range g.Mins {
			most = max(most, m.Min)
		}
		x.SVG = gauge(g.Points, most, g.Mins)
		for _, m := range g.Mins {
			x.Mins = append(x.Mins, htmlFact{Text{m.Predicate, m.Predicate}, number(m.Min)})
		}
		if len(g.Mins) == 0 {
			x.Mins = []htmlFact{{p.Label("col.min"), number(g.Min)}}
			x.SVG = gauge(g.Points, most, []Minimum{{p.R.Predicate, g.Min}})
		}
		out = append(out, x)
	}
	for _, s := range p.R.Score.Sections {
		if len(p.R.Gates) == 0 && s.Depth <= 1 {
			out = append(out, htmlGauge{Name: s.Title, Points: points(s.Points, s.Weight), SVG: gauge(s.Points, s.Weight, nil)})
		}
	}
	return out
}

// An htmlGauge shows points beside what is wanted.
type htmlGauge struct {
	Name, StateName, Points Text
	State                   string
	Mins                    []htmlFact
	SVG                     template.HTML
}

// Fixes lists what to repair, most worth first.
func (p *htmlPage) Fixes() []htmlFix {
	var out []htmlFix
	for i, f := range p.R.Fixes {
		x := htmlFix{N: i + 1, Code: f.Criterion, Title: f.Title, Verdict: f.Verdict, More: i >= most}
		x.Points = p.both(func(v *voice) string { return "+" + v.points(f.Points) })
		x.Name = p.Label("verdict." + f.Verdict)
		x.Action = p.both(func(v *voice) string { return v.repair(f) })
		x.File = p.fileOf(f)
		x.Gates = p.both(func(v *voice) string {
			var names []string
			for _, id := range f.Gates {
				names = append(names, v.gates[id].In(v.lang))
			}
			return strings.Join(names, ", ")
		})
		out = append(out, x)
	}
	return out
}

// An htmlFix is an item worth repairing.
type htmlFix struct {
	N                   int
	Code, Verdict       string
	Title, Name, Action Text
	Points, Gates       Text
	More                bool // shown on request only
	File                htmlLink
}

// fileOf returns the file that a fix is about: that of its gravest finding, or the
// first one that could not be read.
func (p *htmlPage) fileOf(f Fix) htmlLink {
	for _, severity := range []string{"error", "warning"} {
		for _, i := range f.Findings {
			if x := p.R.Findings[i]; x.Severity == severity && x.Document != "" {
				return htmlLink{Path: x.Document, Row: p.row[x.Document]}
			}
		}
	}
	for _, c := range p.R.Criteria {
		if c.Code == f.Criterion && len(c.Unread) > 0 {
			return htmlLink{Path: c.Unread[0], Row: p.row[c.Unread[0]]}
		}
	}
	return htmlLink{}
}

// Unreadable counts the files that could not be read.
func (p *htmlPage) Unreadable() int {
	n := 0
	for _, d := range p.R.Documents {
		if d.Readable == "no" {
			n++
		}
	}
	return n
}

// Tree lists divisions and items in the order of the instrument.
func (p *htmlPage) Tree() []htmlNode {
	items := map[string][]*Criterion{}
	for i := range p.R.Criteria {
		c := &p.R.Criteria[i]
		items[c.Division] = append(items[c.Division], c)
	}
	var out []htmlNode
	leaves := func(list []*Criterion, depth int) {
		for _, c := range list {
			mark, _ := verdictMark(c.Verdict)
			out = append(out, htmlNode{Code: c.Code, Title: c.Title, Depth: depth, Verdict: c.Verdict, Mark: mark, Name: p.Label("verdict." + c.Verdict), Leaf: true})
		}
	}
	for _, s := range p.R.Score.Sections {
		out = append(out, htmlNode{Code: s.Code, Title: s.Title, Depth: s.Depth, Points: p.both(func(v *voice) string {
			return v.points(s.Points.Low) + " – " + v.points(s.Points.High) + " / " + v.number(s.Weight)
		})})
		leaves(items[s.Code], s.Depth+1)
		delete(items, s.Code)
	}
	for _, c := range p.R.Criteria { // of reports that do not tell divisions
		leaves(items[c.Division], 0)
		delete(items, c.Division)
	}
	return out
}

// An htmlNode is a division or an item of the tree.
type htmlNode struct {
	Code, Verdict, Mark string
	Title, Points, Name Text
	Depth               int
	Leaf                bool
}

// groups names the parts of the page that hold items, by verdict.
var groups = []struct {
	id       string
	verdicts []string
}{
	{"open", []string{"missing", "noncompliant", "partial"}},
	{"review", []string{"review", "not_evaluated"}},
	{"waived", []string{"waived"}},
	{"met", []string{"met", "not_applicable"}},
}

// Groups lists the parts of the page that hold items.
func (p *htmlPage) Groups() []htmlGroup {
	var out []htmlGroup
	for _, g := range groups {
		x := htmlGroup{ID: g.id, Title: p.Label("html.group." + g.id), page: p, verdicts: g.verdicts}
		for _, c := range p.R.Criteria {
			if slices.Contains(g.verdicts, c.Verdict) {
				x.N++
			}
		}
		out = append(out, x)
	}
	return out
}

// An htmlGroup is the items of some verdicts.
type htmlGroup struct {
	ID       string
	Title    Text
	N        int
	page     *htmlPage
	verdicts []string
}

// Closed reports whether the group opens on request only.
func (g htmlGroup) Closed() bool { return g.ID == "met" }

// Items yields its items, each made when the page comes to it.
func (g htmlGroup) Items() iter.Seq[*htmlItem] {
	return func(yield func(*htmlItem) bool) {
		for i := range g.page.R.Criteria {
			if c := &g.page.R.Criteria[i]; slices.Contains(g.verdicts, c.Verdict) && !yield(g.page.item(c)) {
				return
			}
		}
	}
}

// Decisions lists what people have decided.
func (p *htmlPage) Decisions() []htmlDecision {
	var out []htmlDecision
	for _, d := range p.R.Decisions {
		out = append(out, htmlDecision{State: d.State, Place: d.Place, Became: p.both(func(v *voice) string { return v.became(d) }),
			What: p.both(func(v *voice) string { return v.decision(d) })})
	}
	return out
}

// An htmlDecision is a waiver or attestation and what became of it.
type htmlDecision struct {
	State, Place string
	Became, What Text
}

// Changes lists what changed since the run that this one was compared with.
func (p *htmlPage) Changes() []htmlChange {
	d := p.R.Difference
	if d == nil {
		return nil
	}
	var out []htmlChange
	en := d.sections(p.en.say)
	for i, s := range d.sections(p.id.say) {
		x := htmlChange{Title: p.Label("diff." + s.Name), Bad: s.Bad}
		for n, l := range s.Lines {
			x.Lines = append(x.Lines, Text{clean(l), clean(en[i].Lines[n])})
		}
		if len(x.Lines) > 0 {
			out = append(out, x)
		}
	}
	return out
}

// Since names the run that this one was compared with.
func (p *htmlPage) Since() Text {
	return p.both(func(v *voice) string { return v.say.Label("diff.since", p.R.Difference.Old.about(v.say)) })
}

// An htmlChange is one kind of change.
type htmlChange struct {
	Title Text
	Bad   bool
	Lines []Text
}

// Divisions is the table of the method.
func (p *htmlPage) Divisions() []htmlNode {
	var out []htmlNode
	for _, n := range p.Tree() {
		if !n.Leaf {
			out = append(out, n)
		}
	}
	return out
}

// Areas lists the areas that items can be chosen by.
func (p *htmlPage) Areas() []htmlNode {
	var out []htmlNode
	seen := map[string]bool{}
	for _, c := range p.R.Criteria {
		if !seen[c.Area] && c.Area != "" {
			seen[c.Area] = true
			out = append(out, htmlNode{Code: c.Area, Title: p.both(func(v *voice) string { return v.title(c.Area) })})
		}
	}
	return out
}

// Graph draws which decrees serve which items.
func (p *htmlPage) Graph() template.HTML { return p.decrees() }

// ident makes a name that is fit for an address of the page.
func ident(s string) string { return "i-" + s }

// Ref is the address of an item on the page.
func (p *htmlPage) Ref(code string) string { return "#" + ident(code) }

// Title is the title of the window.
func (p *htmlPage) Title() Text {
	return p.both(func(v *voice) string {
		return joined(" – ", fmt.Sprintf("%s %d", v.say.Label("html.title"), p.R.Period.Year), p.R.Unit.Name)
	})
}

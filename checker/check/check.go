package check

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/profile"
	"dasheval/rules"
)

// A Scope tells what one call of a check looks at.
type Scope int

const (
	Document    Scope = iota // one document, matched or not, if its type names the check
	Requirement              // one evidence line and the documents given to it
	Pile                     // all documents at once
)

// A Check describes one way to examine evidence.
type Check struct {
	// Name is how rule packs refer to the check: lower case, words joined by
	// hyphens.
	Name  string
	Doc   Doc
	Scope Scope
	// IDs are the findings that the check can report; the pack weighs each.
	IDs []string
	// Params returns an empty struct for the parameters that a pack gives; nil
	// if there are none.
	Params func() Params
	Run    func(*Pass)
}

// A Doc explains a check to evaluators and authors of packs, in their
// languages. "dasheval help checks" and docs/checks.md are made of it.
type Doc struct {
	Title  rules.Text // one line without a final period
	About  rules.Text // what an evaluator should know
	Params []Param    // each parameter, in the order of the struct
	// Rule is how a pack asks for the check, as YAML. Before is a text that fails
	// and After what makes it pass, in the language of the papers.
	Rule, Before, After string
	Since               string // version of dasheval that brought it
}

// A Param explains a parameter.
type Param struct {
	Name string // the key in the pack
	Text rules.Text
}

// Params are the parameters of one use of a check.
type Params interface {
	// What says what this use asks for, as the pack words it for people.
	What() rules.Text
	// Mistakes returns what is wrong with the values, beyond their kind. Words
	// such as "missing key" are for the author.
	Mistakes(pack *rules.Pack, at rules.Pos) []error
}

// A Use is a check bound to the parameters that a pack gives it.
type Use struct {
	*Check
	Params   Params // nil if the check has none
	Severity string // "error", "warning" or "info"; "" leaves it to the policy of the pack
}

// Bind reads the parameters of a use of a check. All mistakes come joined.
func Bind(pack *rules.Pack, u rules.CheckUse) (Use, error) {
	c := Named(u.Name)
	if c == nil || c.Scope != Document {
		return Use{}, rules.UnknownName(u.Pos, "check", u.Name, known())
	}
	out := Use{Check: c, Severity: u.Severity}
	if c.Params == nil {
		var none struct{}
		return out, pack.Params(u, &none)
	}
	out.Params = c.Params()
	if err := pack.Params(u, out.Params); err != nil {
		return out, err
	}
	return out, errors.Join(out.Params.Mistakes(pack, u.Pos)...)
}

// What says what a use of a check asks for, as findings name it; "" for a check
// without parameters.
func (u Use) What() rules.Text {
	if u.Params == nil {
		return rules.Text{}
	}
	return u.Params.What()
}

// Absence reports whether a finding says that something is not there: it may
// stand on a page that nobody could read.
func Absence(id string) bool {
	switch id {
	case "phrase.apart", "order.wrong", "list.short", "list.lacks", "table.short", "survey.no_respondents", "section.recommended", "signer.absent":
		return true
	}
	return strings.HasSuffix(id, ".missing")
}

// known lists the checks that packs may name.
func known() []string {
	var out []string
	for _, c := range all {
		if c.Scope == Document {
			out = append(out, c.Name)
		}
	}
	return out
}

// A Pass is one unit of work.
type Pass struct {
	Document    *facts.Document    // in scope Document
	Params      Params             // in scope Document, of a check that has some
	Requirement *rules.Requirement // in scope Requirement
	Match       *match.Match       // in scope Requirement
	Window      rules.Window       // in scope Requirement: the days that evidence may be of

	World  *World
	Report func(Finding) // receives each finding; set by the engine
}

// A World is what every check may ask about; it is read-only.
type World struct {
	Pack   *rules.Pack
	Reader *facts.Reader
	Unit   *profile.Unit // who is evaluated, and who may sign
	Year   int           // evaluation year
	Today  time.Time     // the day to judge by; checks never read the clock
	Pile   []*facts.Document
	Unread []match.Unread
	// Partial is true if reading was interrupted: what was not read may be
	// anything.
	Partial bool
	Placed  *match.Result
	// Parents holds the keys of the bodies above the unit, as its own
	// letterheads name them.
	Parents map[string]bool
	// Duplicates holds the path of each file with the same bytes as another,
	// with the path of that other.
	Duplicates map[string]string
}

// A Finding says what is missing or wrong, and where it shows.
type Finding struct {
	ID          string             // stable name, such as "signature.none"
	Document    *facts.Document    // nil if nothing was handed in at all
	Requirement *rules.Requirement // nil if the document alone is at fault
	At          facts.Place        // the words that show it; zero if there are none
	Params      map[string]string  // what the words need: the official, the date, the window
	Severity    string             // given by the use of the check; "" leaves it to the policy of the pack
}

// all is the registry, by name. Adding a check is one file and one line here.
var all = []*Check{
	attachment, attendance, bundle, crossReference, date, dateOrder, draft, duplicate, fields, integrity, list,
	misfiled, misleading, near, nip, number, numberFormat, ordered, pages, period, phrase, presence, sections,
	signature, signedBy, signer, superseded, survey, table, team, threshold, unit,
}

// All returns every check, sorted by name.
func All() []*Check { return slices.Clone(all) }

// Named returns the check with the name, or nil.
func Named(name string) *Check {
	for _, c := range all {
		if c.Name == name {
			return c
		}
	}
	return nil
}

// Validate reports every mistake in a set of checks at once.
func Validate(checks []*Check) error {
	var errs []error
	last := ""
	for _, c := range checks {
		title := c.Doc.Title.EN
		switch {
		case c.Name <= last:
			errs = append(errs, fmt.Errorf("check %q: out of order after %q", c.Name, last))
		case title == "" || c.Doc.Title.ID == "" || strings.HasSuffix(title, "."):
			errs = append(errs, fmt.Errorf("check %q: wants a title without a final period", c.Name))
		case c.Run == nil || len(c.IDs) == 0:
			errs = append(errs, fmt.Errorf("check %q: does nothing", c.Name))
		}
		last = c.Name
	}
	return errors.Join(errs...)
}

// report sends a finding about the document of the pass.
func (p *Pass) report(id string, at facts.Place, params map[string]string) {
	p.Report(Finding{ID: id, Document: p.Document, Requirement: p.Requirement, At: at, Params: params})
}

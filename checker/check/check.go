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
	Name string
	// Doc explains the check to an evaluator. The part before the first blank
	// line is a title without a final period.
	Doc   string
	Scope Scope
	// IDs are the findings that the check can report; the pack weighs each.
	IDs []string
	Run func(*Pass)
}

// A Pass is one unit of work.
type Pass struct {
	Document    *facts.Document    // in scope Document
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
}

// all is the registry, by name. Adding a check is one file and one line here.
var all = []*Check{
	attachment, attendance, bundle, date, draft, duplicate, fields, integrity, misfiled, misleading, nip, number,
	pages, period, presence, sections, signature, signer, superseded, survey, team, unit,
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
		title, _, _ := strings.Cut(c.Doc, "\n\n")
		switch {
		case c.Name <= last:
			errs = append(errs, fmt.Errorf("check %q: out of order after %q", c.Name, last))
		case title == "" || strings.HasSuffix(title, "."):
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

// top is the place of the first words of a document, for what is absent.
func top(d *facts.Document) facts.Place {
	n := len(d.Clean())
	return d.Place(0, min(n, 80))
}

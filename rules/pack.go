package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// A Text is a phrase for people in the two languages of the reports. What a
// pack gives in one language only stands in both.
type Text struct {
	ID string `yaml:"id"`
	EN string `yaml:"en"`
}

// In returns the text in the language "en" or, for any other value, Indonesian.
func (t Text) In(lang string) string {
	if lang == "en" && t.EN != "" {
		return t.EN
	}
	return t.ID
}

// A Pos is a place in the source of a pack, for messages about a mistake that
// only the engine can notice, such as an unknown check.
type Pos struct {
	File         string
	Line, Column int
}

// String returns the place as file:line:column; the zero numbers of a file that
// could not be read are left out.
func (p Pos) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// A Pack is one instrument, ready to use. A pack without components is a
// library: vocabulary, document types and officials for others to extend.
type Pack struct {
	ID      string
	URN     string // names the pack everywhere, such as "urn:dasheval:pack:lke-zi-2021"
	Version string // semantic version, such as "1.2.0"
	Title   Text
	// Regulation is what the instrument is laid down in; "" in a library.
	Regulation  string
	TotalWeight float64
	// From and To are the first and last day on which the instrument is in
	// force; zero means no limit.
	From, To time.Time
	// Languages are those in which the pack speaks to people, "id" and "en"
	// unless it says otherwise.
	Languages []string
	// Layers are the packs that this one is made of, the one all others extend
	// first and this one last.
	Layers []Layer
	// SHA256 is the digest over all files of all layers, in hexadecimal.
	SHA256 string

	Components  []*Component
	Types       []*Type
	Subjects    []*Subject
	AnswerTypes map[string]*AnswerType
	Periods     map[string]*PeriodRule
	Signers     map[string]*Signer
	Gates       []*Gate
	// Worksheet tells the columns of the workbook that units fill; nil if nothing
	// is known of one.
	Worksheet *Worksheet
	// Severity is the policy: finding id → "error", "warning" or "info".
	Severity map[string]string
	// Vocabulary holds the words by which facts are read.
	Vocabulary *Vocabulary

	items   map[string]*Item
	types   map[string]*Type
	scanner func() *scanner // made at the first text
	places  map[any]Pos     // of what was decoded, by pointer to it
	single  []Pos           // texts in one language only
	periods map[string]Pos
	// severityAt holds where the severity of a finding stands, by its id.
	severityAt map[string]Pos
	sources    sources
}

// A Layer is one pack that a pack is made of.
type Layer struct {
	ID      string
	Version string
	SHA256  string // over its own files
}

// InForce reports whether the instrument is in force on some day of the year.
func (p *Pack) InForce(year int) bool {
	first, last := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)
	return !p.From.After(last) && (p.To.IsZero() || !p.To.Before(first))
}

// Holds reports whether an item with the code would have a division to stand in.
func (p *Pack) Holds(code string) bool {
	above := code[:max(strings.LastIndexByte(code, '.'), 0)]
	for _, c := range p.Components {
		for _, part := range c.Parts {
			if len(part.Areas) == 0 && part.Code == above {
				return true
			}
			for _, a := range part.Areas {
				if slices.ContainsFunc(a.Subareas, func(s *Subarea) bool { return s.Code == above }) {
					return true
				}
			}
		}
	}
	return false
}

// PosOf returns where a value stands, by a pointer to it; zero if that is not
// known.
func (p *Pack) PosOf(value any) Pos { return p.places[value] }

// SeverityPos returns where the pack weighs the finding.
func (p *Pack) SeverityPos(id string) Pos {
	if at, ok := p.severityAt[id]; ok {
		return at
	}
	return Pos{File: packFile}
}

// Predicates returns the predicates that the gates are about, in order.
func (p *Pack) Predicates() []string {
	var out []string
	for _, g := range p.Gates {
		if !slices.Contains(out, g.Predicate) {
			out = append(out, g.Predicate)
		}
	}
	return out
}

// Item returns the item with the code, or nil.
func (p *Pack) Item(code string) *Item { return p.items[code] }

// Type returns the document type with the id, or nil.
func (p *Pack) Type(id string) *Type { return p.types[id] }

// Items returns all items in the order of the instrument.
func (p *Pack) Items() []*Item {
	var out []*Item
	for _, c := range p.Components {
		for _, part := range c.Parts {
			for _, a := range part.Areas {
				for _, s := range a.Subareas {
					out = append(out, s.Items...)
				}
			}
			// Results have no areas: their items stand below the part.
			out = append(out, part.Items...)
		}
	}
	return out
}

// divisions returns pointers to all components, parts, areas and sub-areas, each
// before what it consists of.
func (p *Pack) divisions() []any {
	var out []any
	for _, c := range p.Components {
		out = append(out, c)
		for _, part := range c.Parts {
			out = append(out, part)
			for _, a := range part.Areas {
				out = append(out, a)
				for _, s := range a.Subareas {
					out = append(out, s)
				}
			}
		}
	}
	return out
}

// A Component is a top division of the instrument (komponen).
type Component struct {
	Code   string  `yaml:"code,required"`
	Title  Text    `yaml:"title,required"`
	Weight float64 `yaml:"weight,required"`
	Parts  []*Part `yaml:"parts,required"`
}

// A Part is a division of a component (bagian): fulfilment, reform, or one of
// the results. A result part has items and no areas.
type Part struct {
	Code   string  `yaml:"code,required"`
	Title  Text    `yaml:"title,required"`
	Weight float64 `yaml:"weight,required"`
	Areas  []*Area `yaml:"areas"`
	Items  []*Item `yaml:"-"`
}

// An Area is a division of a part, such as one of the six areas of change.
type Area struct {
	Code     string     `yaml:"code,required"`
	Number   int        `yaml:"number,required"` // from 1; the same in every part
	Title    Text       `yaml:"title,required"`
	Weight   float64    `yaml:"weight,required"`
	Subareas []*Subarea `yaml:"subareas,required"`
}

// A Subarea is the lowest division that carries a weight of its own.
type Subarea struct {
	Code   string  `yaml:"code,required"`
	Title  Text    `yaml:"title,required"`
	Weight float64 `yaml:"weight,required"`
	Items  []*Item `yaml:"-"`
}

// An Item is a criterion of the instrument (butir) with its answer levels.
type Item struct {
	Code   string   `yaml:"code,required"`
	Title  Text     `yaml:"title,required"`
	Answer string   `yaml:"answer,required"` // id of an AnswerType
	Weight float64  `yaml:"weight,required"` // points of the whole instrument that a full score adds
	Levels []*Level `yaml:"levels"`
	// Formula computes the score of a numeric item from Inputs; "" if the item
	// is answered by letter.
	Formula string   `yaml:"formula"`
	Inputs  []*Input `yaml:"inputs"`
	// Aliases are other codes of the item seen in folder names and worksheets
	// of agencies.
	Aliases []string `yaml:"aliases"`
	// Basis is the article that the item is laid down in.
	Basis string `yaml:"basis"`
	// Topic is what documents for the item are about.
	Topic    *Topic         `yaml:"topic"`
	Evidence []*Requirement `yaml:"evidence,required"`
	Pos      Pos            `yaml:"-"`

	Subarea *Subarea `yaml:"-"` // nil for results
	Area    *Area    `yaml:"-"` // nil for results
	Part    *Part    `yaml:"-"`
}

// A Level is one answer of an item, best first.
type Level struct {
	Name  string  `yaml:"level,required"` // "A" … "E", "Ya", "Tidak"
	Score float64 `yaml:"-"`
	Text  Text    `yaml:"text,required"`
	// Hold says which needed lines must hold for the level to be shown: "all",
	// "any" or "none"; "" means that documents alone never show it.
	Hold string `yaml:"hold" oneof:"all any none"`
	// Count is the number of holding documents of the line Line that the level
	// wants, 0 if it does not count.
	Line  string `yaml:"line"`
	Count int    `yaml:"count"`
	// Judged is true if the level also takes a person's judgement: documents
	// can make it possible but never show it.
	Judged bool `yaml:"judged"`
}

// Counts reports whether the level counts the documents of the line.
func (l *Level) Counts(q *Requirement) bool {
	return l.Count > 0 && strings.HasSuffix(q.ID, "/"+l.Line)
}

// An Input is a number that the unit enters for a numeric item.
type Input struct {
	ID    string `yaml:"id,required"`
	Title Text   `yaml:"title,required"`
}

// An AnswerType is a way to answer an item.
type AnswerType struct {
	ID     string             `yaml:"-"`
	Scores map[string]float64 `yaml:"scores"` // by level; empty for numbers
	Max    float64            `yaml:"max"`    // upper end of a numeric answer: 1 for percent, 4 for an index
}

// A Topic tells what a document must be about to serve an item or a line.
type Topic struct {
	// Strong phrases alone identify the topic where they stand in a title or
	// subject. Weak ones only add up.
	Strong []*Pattern `yaml:"strong" pattern:"phrase"`
	Weak   []*Pattern `yaml:"weak" pattern:"phrase"`
	// Not phrases rule the topic out where they stand in a title.
	Not []*Pattern `yaml:"not" pattern:"phrase"`
}

// Need tells how much an evidence line matters to its item.
type Need string

const (
	Required   Need = "required"   // the item cannot hold without it
	OneOf      Need = "one_of"     // any line of the item's group suffices
	Supporting Need = "supporting" // strengthens the level only
)

// A Requirement is one evidence line of an item: a document that the item
// asks to see.
type Requirement struct {
	// ID is unique in the instrument: the code of the item, a slash and a
	// short name, such as "A.I.1.i.a/sk".
	ID       string   `yaml:"id,required"`
	Document string   `yaml:"document,required"` // document type
	Accepts  []string `yaml:"accepts"`           // other types that serve as well where the topic fits
	Shows    Text     `yaml:"shows,required"`    // what the document should show
	Need     Need     `yaml:"need,required" oneof:"required one_of supporting"`
	Reason   Text     `yaml:"reason"` // why it is needed as much as it is
	// Example is a title or a sentence as a good document has it.
	Example Text `yaml:"example"`
	// Confidence tells how sure the line is: "high" if several sources ask for it,
	// "medium" if one does, "low" if it is inferred; a low one wants a Note.
	Confidence string `yaml:"confidence" oneof:"high medium low"`
	Note       string `yaml:"note"` // for authors
	// Identified is "type" if a document of the type needs no further look at
	// its topic, "topic" if its subject decides.
	Identified string     `yaml:"identified,required" oneof:"type topic"`
	Topic      *Topic     `yaml:"topic"`           // narrows the topic of the item; nil means that one
	Signer     string     `yaml:"signer"`          // id of a Signer
	Period     string     `yaml:"period,required"` // id of a PeriodRule
	MinCount   int        `yaml:"min_count"`
	Cadence    string     `yaml:"cadence" oneof:"monthly quarterly half_yearly periodic"`
	Signature  string     `yaml:"signature" oneof:"required recommended not_applicable"`
	Checks     []CheckUse `yaml:"checks"` // checks beyond those of the type
	// MembersOf is the id of the line whose decree lists those whom documents
	// of this line may appoint, or "".
	MembersOf string `yaml:"members_of"`
	Pos       Pos    `yaml:"-"`

	Item *Item `yaml:"-"`
}

// A PeriodRule tells which days a document may be of, relative to the
// evaluation year Y.
type PeriodRule struct {
	ID   string
	Text Text
	// FromYear and ToYear are offsets to Y of the first and the last year; both
	// nil means any day as long as the document is in force.
	FromYear, ToYear *int
	// About is true if the rule speaks of the year that the document is about,
	// which may be signed in the following year.
	About bool
	// Months is a rolling number of months before the day of judgement, 0 if
	// the rule goes by years. Sliding months may lie anywhere between the first
	// day of the year before and that day.
	Months  int
	Sliding bool
}

// A Signer is an official whom an evidence line or a type names.
type Signer struct {
	ID   string `yaml:"-"`
	Text Text   `yaml:"text,required"`
	// Titles recognise the official's title in a signature block.
	Titles []*Pattern `yaml:"titles"`
	// Parties is the number of signatures wanted, at least 1; 0 if none is.
	Parties int `yaml:"parties"`
	// Head is true if the head of the unit is meant, External if somebody
	// outside of the unit is.
	Head     bool `yaml:"head"`
	External bool `yaml:"external"`
}

// A Worksheet tells by which words the headings of the workbook are known. A
// heading is one that holds the words, whatever their case; the first words that
// any heading holds decide.
type Worksheet struct {
	Answer   []string `yaml:"answer,required"`   // the unit's answer
	Note     []string `yaml:"note,required"`     // the unit's explanation
	Evidence []string `yaml:"evidence,required"` // the list of evidence
	Choice   []string `yaml:"choice,required"`   // which answers there are
	// Count is what stands for the choice in rows of numbers that an item is
	// computed from, and that are no items.
	Count []string `yaml:"count"`
}

// A Gate is a minimum that a predicate demands.
type Gate struct {
	ID        string `yaml:"id,required"`
	Predicate string `yaml:"predicate,required"` // such as "WBK" or "WBBM"
	Text      Text   `yaml:"text,required"`
	// Scope lists codes whose points are summed: components, parts, areas or
	// items. An area gate lists the area in both parts.
	Scope []string `yaml:"scope,required"`
	Min   float64  `yaml:"min,required"` // in points
	// Survey is the minimum of the index itself (0 to 4), 0 if none.
	Survey float64 `yaml:"survey"`
}

// A Subject is a decree subject: what a decree that serves certain items must
// be about.
type Subject struct {
	ID      string     `yaml:"id,required"`
	Text    Text       `yaml:"text,required"`
	Pattern []*Pattern `yaml:"patterns,required"`
	Items   []string   `yaml:"items,required"`
}

// A Type is a kind of document.
type Type struct {
	ID      string   `yaml:"id,required"`
	Name    Text     `yaml:"name,required"`
	Family  string   `yaml:"family,required"`
	Aliases []string `yaml:"aliases"` // as they stand in file names
	// Form tells which facts are read: decree, letter, sop, minutes,
	// attendance, bundle, photos, report, survey, agreement, appraisal,
	// statement, plan, table or other.
	Form string `yaml:"form,required" oneof:"decree letter sop minutes attendance bundle photos report survey agreement appraisal statement plan table other"`
	// Generic is true for a type that any more specific one outranks, such as
	// an activity report.
	Generic bool `yaml:"generic"`
	// Photo is true for the type that picture files are of whose text names no
	// other one.
	Photo bool `yaml:"photo"`
	// Title patterns match the heading of a document, the strongest sign; the
	// type whose title stands first in the heading is the form of it.
	Title  []*Pattern `yaml:"title,required"`
	Strong []*Pattern `yaml:"strong"` // anywhere, each a sign
	Not    []*Pattern `yaml:"not"`    // in the heading: it is another type
	// Also lists types that a document of this type can serve as.
	Also []string `yaml:"also"`
	// Number is "required", "optional" or "none".
	Number string `yaml:"number,required" oneof:"required optional none"`
	// Date is "required" or "optional"; Anchor names the date that counts.
	Date   string `yaml:"date,required" oneof:"required optional"`
	Anchor string `yaml:"anchor,required" oneof:"determined letter meeting place_date effective year"`
	// Signer is who signs; "" if nobody does.
	Signer    string       `yaml:"signer"`
	Signature string       `yaml:"signature,required" oneof:"required recommended not_applicable"`
	Sections  []*Section   `yaml:"sections"`
	Fields    []*FieldRule `yaml:"fields"`
	Checks    []CheckUse   `yaml:"checks"`
	// Basis is the regulation that lays down the form.
	Basis string `yaml:"basis"`
	Pos   Pos    `yaml:"-"`
}

// A Section is a part that a document of a type has.
type Section struct {
	ID   string `yaml:"id,required"`
	Name Text   `yaml:"name,required"`
	// Need is "required", "recommended", or "paired": required if another
	// paired section is there.
	Need    string     `yaml:"need,required" oneof:"required recommended paired"`
	Pattern []*Pattern `yaml:"patterns,required"`
}

// A FieldRule is a labelled value that a form carries, such as the effective
// date of an SOP.
type FieldRule struct {
	ID    string     `yaml:"id,required"`
	Name  Text       `yaml:"name,required"`
	Need  string     `yaml:"need,required" oneof:"required recommended optional"` // "required", "recommended", "optional"
	Label []*Pattern `yaml:"labels,required"`
	Kind  string     `yaml:"kind,required" oneof:"date text number"` // "date", "text", "number"
}

// A Vocabulary holds named words and patterns by which facts are read. The
// engine asks for them by name and fails at start if one is absent.
type Vocabulary struct {
	Months   map[string]int        `yaml:"months"`                   // folded name or abbreviation → 1 to 12
	Patterns map[string][]*Pattern `yaml:"patterns" pattern:"plain"` // named pattern lists, such as "number.label"
	Words    map[string][]string   `yaml:"words"`                    // named word lists, folded, such as "honorific"
	// Synonyms lists words that phrases take for one another: "<name>" stands for
	// any form of the name and of the words listed.
	Synonyms map[string][]string `yaml:"synonyms"`
	Affixes  *Affixes            `yaml:"affixes"`
}

// A Window is a span of days, both ends included. A zero end is open.
type Window struct{ From, To time.Time }

// Window returns the days that rule r allows in the evaluation year, judged on
// the given day: no window reaches past that day. No rule leaves both ends open.
func (r *PeriodRule) Window(year int, today time.Time) Window {
	var w Window
	switch {
	case r == nil:
		return w
	case r.Months > 0:
		end := time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC)
		if today.Before(end) {
			end = today
		}
		w = Window{end.AddDate(0, -r.Months, 1), end}
		if r.Sliding {
			w.From = time.Date(year-1, 1, 1, 0, 0, 0, 0, time.UTC)
		}
	case r.FromYear == nil:
		w.To = today
		return w
	default:
		to := year + *r.ToYear
		w = Window{
			time.Date(year+*r.FromYear, 1, 1, 0, 0, 0, 0, time.UTC),
			time.Date(to, 12, 31, 0, 0, 0, 0, time.UTC),
		}
	}
	if w.To.After(today) {
		w.To = today
	}
	return w
}

// Owns reports whether a place is in the files of the pack itself, not in those
// of a pack that it extends.
func (p *Pack) Owns(at Pos) bool { return !strings.Contains(at.File, ":") }

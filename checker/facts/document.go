package facts

import (
	"slices"
	"strings"
	"time"

	"dasheval/checker/text"
	"dasheval/rules"
)

// A Document is one evidence document, or one part of a merged file, with what
// it states.
type Document struct {
	Path   string         // of the file, as in evidence.File
	SHA256 string         // of the file
	Text   *text.Document // pages of this document alone; nil on a [Shelf]

	Type    *rules.Type // nil if the type is not known
	Sure    float64     // confidence in Type, 0 to 1
	Also    []string    // other types that it can serve as, best first
	Heading string      // title lines, on one line
	Subject string      // what it is about, in its own words
	Purpose string      // the sentence that says what it is for

	// Facts holds plain values by name: number, date, subject, unit, ministry,
	// year, period, event, event_date, place, index, respondents and the
	// fields of forms such as tanggal_efektif. Dates are YYYY-MM-DD.
	Facts map[string]Fact

	Letterhead []Org // bodies named at the top, from the highest
	Blocks     []Block
	Sections   map[string]Place // by section id of the type
	People     []Person         // rows of the lists of persons
	Numbers    []Person         // employee numbers anywhere in the text
	// Read holds, by name, what recognition read where a fact was corrected; see
	// [Agree].
	Read       map[string]string
	Signatures []text.Signature // cryptographic ones of the file
	Requests   []text.Request   // signature lines of a Word document
	Attendance *Attendance      // nil if there is no list with a signature column
	Marks      []Mark           // signs of an unfinished document
	Electronic bool             // claims an electronic signature in a footer

	AttachmentRefs []Place // where the text refers to an attachment
	Attachment     bool    // an attachment of its own is there
	PagesMissing   string  // page numbers that the numbering skips, such as "3, 4"

	Parts []*Document // of a merged file, in order; nil for a plain document
	First int         // number of the first page within the file
	Last  int         // number of the last one

	Origin text.Origin // of the text
	Photo  bool        // a picture file that is no page: what it shows, nobody can tell
	Unread [][2]int    // first and last pages of what was not read for certain

	view       *view
	renumbered bool                // page numbers start anew within it
	anatomy    map[string][][2]int // see [Document.Stretches]
	sections   map[string]int      // by id, where the sections begin
}

// A Fact is a value with the place that shows it and a confidence from 0 to 1.
type Fact struct {
	Value string
	At    Place
	Sure  float64
}

// A Place is where something stands in a file.
type Place struct {
	Page      int // from 1; 0 in an unpaged document
	Paragraph int // from 1; 0 on a page
	Box       text.Box
	Quote     string // the words, as the file has them
}

// An Org is a body named in a letterhead or on a cover.
type Org struct {
	Name string
	At   Place
}

// A Block is a signature block: the title, the room for the signature, the
// name below it.
type Block struct {
	Title  string // without "a.n." and its like
	Acting string // "a.n.", "plt.", "plh.", "u.b." or ""
	Name   string // "" if the line is blank
	NIP    string // digits only
	State  State
	Code   string // what a QR code in the room says, "" if there is none
	// Signature is the cryptographic signature of the official, nil if the file
	// has none.
	Signature *text.Signature
	At        Place
}

// A State tells how a block is signed, as far as text and placed pictures show.
type State string

const (
	Electronic State = "electronic_mark" // says that it is signed electronically
	Inked      State = "ink"             // a pen or a stamp left a mark in the room for the signature
	Pictured   State = "image"           // a picture stands in the room for the signature
	Typed      State = "typed"           // only the word "ttd"
	Unsigned   State = "none"            // the room is empty
	Unknown    State = "unknown"         // nobody can tell: the page was read badly, or no block was found
)

// A Person is a row in a list of persons.
type Person struct {
	Name string
	NIP  string
	At   Place
}

// An Attendance counts the rows of an attendance list.
type Attendance struct {
	Rows, Signed int
	Lines        []bool // for each row, whether it is signed
	Unseen       bool   // it stands on a page where nobody could look for signatures
	At           Place
}

// A Mark is a sign of an unfinished document: a draft mark, a blank number or
// date ("draft"), or a placeholder ("template").
type Mark struct {
	Kind string // "draft" or "template"
	At   Place
	Sure bool // a placeholder with a name, not just dots
}

// Date returns the fact of the name as a day, or the zero time.
func (d *Document) Date(name string) time.Time {
	t, err := time.Parse(time.DateOnly, d.Facts[name].Value)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Is reports whether the document is of the type, or can serve as it.
func (d *Document) Is(id string) bool {
	if d.Type != nil && d.Type.ID == id {
		return true
	}
	for _, a := range d.Also {
		if a == id {
			return true
		}
	}
	return false
}

// Form returns the form of the document's type, or "other".
func (d *Document) Form() string {
	if d.Type == nil {
		return "other"
	}
	return d.Type.Form
}

// placePage is the page that a fact of the heading stands on, 0 in an unpaged
// document.
func (d *Document) placePage() int {
	if d.view.paged {
		return d.First
	}
	return 0
}

// Folded returns the whole text as patterns see it.
func (d *Document) Folded() string { return d.view.folded() }

// Clean returns the whole text, normalised, in its own case. Offsets are those
// of [Document.Folded].
func (d *Document) Clean() string { return d.view.text() }

// Place returns the place of the bytes from start to end of the folded text.
func (d *Document) Place(start, end int) Place { return d.view.whole().place(start, end) }

// detach gives the facts strings of their own. They are cut out of the text,
// and would keep all of it in memory.
func (d *Document) detach() {
	own := func(s *string) { *s = strings.Clone(*s) }
	at := func(p *Place) { own(&p.Quote) }
	own(&d.Heading)
	own(&d.Subject)
	own(&d.Purpose)
	own(&d.PagesMissing)
	for name, f := range d.Facts {
		own(&f.Value)
		at(&f.At)
		d.Facts[name] = f
	}
	for id, p := range d.Sections {
		at(&p)
		d.Sections[id] = p
	}
	d.Letterhead, d.Blocks, d.People, d.Numbers = slices.Clone(d.Letterhead), slices.Clone(d.Blocks), slices.Clone(d.People), slices.Clone(d.Numbers)
	for i := range d.Letterhead {
		own(&d.Letterhead[i].Name)
		at(&d.Letterhead[i].At)
	}
	for i := range d.Blocks {
		b := &d.Blocks[i]
		for _, s := range []*string{&b.Title, &b.Acting, &b.Name, &b.NIP} {
			own(s)
		}
		at(&b.At)
	}
	for _, list := range [][]Person{d.People, d.Numbers} {
		for i := range list {
			own(&list[i].Name)
			own(&list[i].NIP)
			at(&list[i].At)
		}
	}
	if d.Attendance != nil {
		at(&d.Attendance.At)
	}
	for i := range d.Marks {
		at(&d.Marks[i].At)
	}
	for i := range d.AttachmentRefs {
		at(&d.AttachmentRefs[i])
	}
}

package facts

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dasheval/checker/text"
	"dasheval/rules"
)

// A Reader reads facts by the patterns of one pack. It is safe for concurrent
// use.
type Reader struct {
	pack       *rules.Pack
	words      map[string][]*rules.Pattern
	months     map[string]int
	numerals   map[string]numeral
	honorifics map[string]bool
	labels     map[string]bool // words that a colon follows
	particles  map[string]bool // words of names in lower case
	weekdays   map[string]bool
	photo      *rules.Type // what a picture file is that nothing else is known of
	// loose holds the title patterns of each type with optional gaps, for
	// headings in spaced capitals that lost the gaps between their words.
	loose map[*rules.Type][]*rules.Pattern
}

// needed lists the pattern lists of the vocabulary that the package asks for.
var needed = []string{
	"org.start", "org.parent", "org.ministry", "letterhead.address",
	"heading.stop", "heading.skip",
	"number.label", "letter.addressee", "number.value", "number.blank", "number.stop",
	"date.long", "date.numeric", "date.iso", "date.spelled", "date.determined", "date.range", "date.label", "date.place",
	"date.place_blank", "date.determined_blank", "date.meeting",
	"about.cited", "about.year", "about.span", "about.quarter", "about.half", "about.month",
	"subject.about", "subject.end", "subject.hal", "subject.activity", "subject.agenda", "subject.occasion", "subject.purpose",
	"person.nip", "person.nip_label", "person.rank",
	"signature.electronic", "signature.electronic_footer", "signature.typed", "signature.acting",
	"signature.stop", "signature.not_name", "signature.title", "signature.name_blank", "signature.anchor",
	"attachment.reference", "attachment.heading",
	"draft.mark", "draft.title", "draft.blank", "template.placeholder", "template.dots", "template.overlay", "contents.line",
	"attendance.column", "attendance.name_column", "attendance.signed",
	"page.label", "page.typed", "survey.respondents", "survey.index", "survey.period",
	"meeting.place", "meeting.leader", "people.header",
}

// groups is the number of groups in brackets that each pattern of a list has,
// for the lists whose groups are read.
var groups = map[string]int{
	"date.long": 3, "date.numeric": 3, "date.iso": 3, "date.spelled": 3, "date.determined": 1, "date.range": 2, "date.place": 1, "date.meeting": 1,
	"about.year": 1, "about.span": 2, "about.quarter": 1, "about.half": 1, "about.month": 1,
	"number.label": 1, "person.nip": 1, "page.label": 1, "page.typed": 2,
	"subject.hal": 1, "subject.activity": 1, "subject.agenda": 1, "subject.occasion": 1, "subject.purpose": 1,
	"survey.respondents": 1, "survey.index": 1, "survey.period": 2, "meeting.place": 1, "meeting.leader": 1,
}

// NewReader prepares the reading of facts by the pack. It fails if the
// vocabulary of the pack lacks a list or a group that reading needs.
func NewReader(pack *rules.Pack) (*Reader, error) {
	r := &Reader{pack: pack, words: pack.Vocabulary.Patterns, months: pack.Vocabulary.Months,
		numerals: numeralWords(pack.Vocabulary.Words), honorifics: map[string]bool{}, labels: map[string]bool{}, particles: map[string]bool{}, weekdays: map[string]bool{}, loose: map[*rules.Type][]*rules.Pattern{}}
	var absent []string
	for _, n := range needed {
		if len(r.words[n]) == 0 {
			absent = append(absent, n)
		}
	}
	if len(absent) > 0 {
		return nil, fmt.Errorf("vocabulary.yaml: no patterns named %s", strings.Join(absent, ", "))
	}
	var errs []error
	for _, n := range slices.Sorted(maps.Keys(groups)) {
		for _, p := range r.words[n] {
			if have := p.Groups(); have < groups[n] {
				errs = append(errs, &rules.Mistake{Pos: p.Pos, Text: fmt.Sprintf("pattern of %s: %d groups in brackets, want %d", n, have, groups[n])})
			}
		}
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	for name, set := range map[string]map[string]bool{
		"honorific": r.honorifics, "label": r.labels, "name.particle": r.particles, "weekday": r.weekdays,
	} {
		for _, w := range pack.Vocabulary.Words[name] {
			set[w] = true
		}
	}
	for _, t := range pack.Types {
		if t.Photo {
			r.photo = t
		}
		for _, p := range t.Title {
			l, err := rules.Compile(strings.ReplaceAll(p.Source, `\s+`, `\s*`))
			if err != nil {
				return nil, fmt.Errorf("type %s: title with optional gaps: %w", t.ID, err)
			}
			r.loose[t] = append(r.loose[t], l)
		}
	}
	return r, nil
}

// Read reads the facts of the file at path. Its error is the cause why ctx ended,
// which it looks at between two kinds of facts.
func (r *Reader) Read(ctx context.Context, path, sha256 string, doc *text.Document) (*Document, error) {
	d, err := r.read(ctx, path, sha256, doc)
	if err != nil {
		return nil, err
	}
	parts, err := r.split(ctx, d)
	if err != nil {
		return nil, err
	}
	if parts != nil {
		r.merge(d, parts)
	}
	return d, nil
}

// read reads the facts of pages as one document.
func (r *Reader) read(ctx context.Context, path, sha256 string, doc *text.Document) (*Document, error) {
	d := &Document{Path: path, SHA256: sha256, Text: doc, First: 1, Facts: map[string]Fact{}, Sections: map[string]Place{}, sections: map[string]int{}}
	d.Origin, d.Unread = doc.Origin(), doc.Unread()
	if n := len(doc.Pages); n > 0 {
		d.First, d.Last = doc.Pages[0].Number, doc.Pages[n-1].Number
	}
	d.view = r.newView(doc)
	var h heading
	var scan *rules.Scan
	for _, step := range []func(){
		func() { d.Electronic = r.claimsElectronic(d) },
		func() { h = r.heading(d); d.Heading = h.text },
		func() { scan = r.pack.Scan(d.view.fold) },
		func() { r.recognise(d, h, scan) },
		func() {
			if d.Text.Photo && d.Type == r.photo {
				d.Heading, h = "", heading{} // what a sign or a screen says is no title
			}
		},
		func() { r.orgs(d, h) },
		func() { d.Blocks = r.blocks(d) },
		func() { r.sign(d) },
		func() { r.number(d, h) },
		func() { r.dates(d, h) },
		func() { r.fields(d) },
		func() { r.subject(d, h) },
		func() {
			r.about(d, foldSameLength(d.Heading), 0.9)
			r.about(d, foldSameLength(d.Subject), 0.8)
		},
		func() { r.sections(d) },
		func() { d.People = r.people(d) },
		func() { d.Numbers = r.numbers(d) },
		func() { d.Attendance = r.attendance(d) },
		func() { r.attachments(d, scan) },
		func() { r.marks(d) },
		func() { d.PagesMissing = r.pages(d) },
		func() { r.dissect(d, h) },
		func() {
			if d.Form() == "survey" {
				r.survey(d, scan)
			}
		},
	} {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		step()
	}
	return d, nil
}

// claimsElectronic reports whether the document says anywhere, in most cases
// in its footer, that it is signed electronically. Templates print that line
// beforehand, so it is a claim and no more.
func (r *Reader) claimsElectronic(d *Document) bool {
	for _, f := range d.view.furniture {
		if rules.MatchAny(r.words["signature.electronic_footer"], f.fold) {
			return true
		}
	}
	return rules.First(r.words["signature.electronic_footer"], d.view.fold) != nil
}

// after returns the end of the first match of the named patterns, -1 if there
// is none.
func (r *Reader) after(name, fold string) int {
	m := rules.First(r.words[name], fold)
	if m == nil {
		return -1
	}
	return m[1]
}

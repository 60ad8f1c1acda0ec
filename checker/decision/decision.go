// Package decision holds what people have decided about a pile: waivers, by which
// a finding or an item does not count, and attestations, by which an item that the
// program cannot judge has been seen and is valid.
//
// Its main idea is that a decision is bound: to an item or a finding, and if
// wanted to a unit, to the bytes of a document and to a last day. It promises that
// both forms of the file, YAML and a workbook, hold the same and turn into each
// other, and that all mistakes in a file come at once, with their place.
package decision

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // Windows knows no time zones by name
)

// A Kind tells what a decision does.
type Kind string

const (
	Waiver      Kind = "waiver"      // what it names does not count
	Attestation Kind = "attestation" // a person has seen the evidence of an item, and it is valid
)

// A Decision is one waiver or attestation. Reason is always there; a waiver names
// an item or a finding, an attestation an item.
type Decision struct {
	Kind Kind
	// Place is where it stands, such as "waivers.yaml:7".
	Place    string
	Item     string // code of a criterion
	Finding  string // id of a finding, such as "signature.none", or the key of one
	Unit     string // the unit it was taken for; "" means any
	Document string // path in the pile
	SHA256   string // of the document, in hex; "" means whatever bytes it has
	Level    string // the answer that an attestation gives the item; "" leaves it open
	Reason   string
	Approver string
	Letter   string // number of the letter that it stands in
	Expires  string // last day that it counts on, YYYY-MM-DD; "" means that it does not end
	Zone     string // time zone of that day, such as "Asia/Jakarta"
	// About says to the reader of a proposal what it is about. It decides nothing,
	// and is not read back from YAML, where it is a comment.
	About string

	unfilled bool // a line of a proposal that nobody filled in
}

// Bound reports whether the decision is bound to a document.
func (d Decision) Bound() bool { return d.Document != "" || d.SHA256 != "" }

// defaultZone is the time zone of a file that names none.
const defaultZone = "Asia/Jakarta"

// zones are the names by which the time zones of Indonesia are known there.
var zones = map[string]string{"WIB": defaultZone, "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}

// location returns the time zone with the name.
func location(name string) (*time.Location, error) {
	if name == "" {
		name = defaultZone
	}
	if full, ok := zones[strings.ToUpper(name)]; ok {
		name = full
	}
	if strings.EqualFold(name, "local") {
		return nil, fmt.Errorf("unknown time zone %s", name) // it depends on the machine
	}
	return time.LoadLocation(name)
}

// Expired reports whether the last day of the decision is over at a moment.
func (d Decision) Expired(now time.Time) bool {
	zone, err := location(d.Zone)
	if err != nil {
		zone = time.UTC
	}
	return d.ExpiredOn(now.In(zone).Format(time.DateOnly))
}

// ExpiredOn reports whether the last day of the decision is before a day,
// YYYY-MM-DD.
func (d Decision) ExpiredOn(day string) bool { return d.Expires != "" && d.Expires < day }

// A Mistake is something wrong in a file of decisions.
type Mistake struct {
	Place string // file and line, or file, sheet and row
	// ID says what: "reason", "target", "date", "zone", "sha256", "kind", "key",
	// "level", "scalar" (a list or a mapping for a value, or a value twice) or "form".
	ID    string
	Value string // what stands there
}

func (m *Mistake) Error() string { return fmt.Sprintf("%s: %s: %q", m.Place, m.ID, m.Value) }

// Mistakes returns the mistakes that err holds.
func Mistakes(err error) []*Mistake {
	var out []*Mistake
	var m *Mistake
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			out = append(out, Mistakes(e)...)
		}
	} else if errors.As(err, &m) {
		out = append(out, m)
	}
	return out
}

// Read reads a file of decisions: a workbook if its name ends in .xlsx, else YAML.
// The error holds every [Mistake].
func Read(file string) ([]Decision, error) {
	in, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	const largest = 16 << 20
	raw, err := io.ReadAll(io.LimitReader(in, largest+1))
	if err != nil {
		return nil, err
	}
	name := filepath.Base(file)
	if len(raw) > largest {
		return nil, &Mistake{name, "form", "> 16 MB"}
	}
	if strings.EqualFold(filepath.Ext(file), ".xlsx") {
		return readWorkbook(name, raw)
	}
	return readYAML(name, raw)
}

// check reports what is wrong with a decision as it was read, and puts it into the
// form that the doc comments promise.
func (d *Decision) check() error {
	var errs []error
	wrong := func(id, value string) { errs = append(errs, &Mistake{d.Place, id, value}) }
	d.Document = strings.TrimPrefix(filepath.ToSlash(strings.ReplaceAll(d.Document, `\`, "/")), "./")
	d.SHA256 = strings.ToLower(d.SHA256)
	switch {
	case d.Kind == "":
		d.Kind = Waiver
	case d.Kind != Waiver && d.Kind != Attestation:
		wrong("kind", string(d.Kind))
	}
	if d.Reason == "" {
		wrong("reason", "")
	}
	if d.Item == "" && (d.Finding == "" || d.Kind == Attestation) || d.Kind == Attestation && d.Finding != "" {
		wrong("target", d.Finding)
	}
	if d.Level != "" && d.Kind != Attestation {
		wrong("level", d.Level)
	}
	if _, err := time.Parse(time.DateOnly, d.Expires); d.Expires != "" && err != nil {
		wrong("date", d.Expires)
	}
	if _, err := location(d.Zone); err != nil {
		wrong("zone", d.Zone)
	}
	if d.SHA256 != "" && (len(d.SHA256) != 64 || strings.Trim(d.SHA256, "0123456789abcdef") != "") {
		wrong("sha256", d.SHA256)
	}
	return errors.Join(errs...)
}

// A field is one value of a decision, by its key in YAML and its column in a
// workbook.
type field struct {
	key string
	at  func(*Decision) *string
}

// fields lists the values of a decision in the order in which files have them.
var fields = []field{
	{"item", func(d *Decision) *string { return &d.Item }},
	{"finding", func(d *Decision) *string { return &d.Finding }},
	{"unit", func(d *Decision) *string { return &d.Unit }},
	{"document", func(d *Decision) *string { return &d.Document }},
	{"sha256", func(d *Decision) *string { return &d.SHA256 }},
	{"level", func(d *Decision) *string { return &d.Level }},
	{"reason", func(d *Decision) *string { return &d.Reason }},
	{"approver", func(d *Decision) *string { return &d.Approver }},
	{"letter", func(d *Decision) *string { return &d.Letter }},
	{"expires", func(d *Decision) *string { return &d.Expires }},
	{"zone", func(d *Decision) *string { return &d.Zone }},
}

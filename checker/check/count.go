package check

import (
	"slices"
	"strconv"
	"strings"

	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/rules"
)

// Distinct returns the documents of the list without those that have the same
// bytes as another.
func Distinct(list []match.Scored) []*facts.Document {
	var out []*facts.Document
	seen := map[string]bool{}
	for _, s := range list {
		if !seen[s.Document.SHA256] {
			seen[s.Document.SHA256] = true
			out = append(out, s.Document)
		}
	}
	return out
}

// Count names what a line counts of its documents, in order: meetings for
// bundles, periods for what is periodic, else files.
func Count(w *World, q *rules.Requirement, docs []*facts.Document) []string {
	var name func(d *facts.Document) string
	switch {
	case IsBundle(w, q):
		name = Meeting
	case q.Cadence != "" || counted(q):
		name = func(d *facts.Document) string { return periodOf(d, q.Cadence) }
	default:
		name = func(d *facts.Document) string { return d.Path }
	}
	var out []string
	for _, d := range docs {
		if n := name(d); !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// counted reports whether a level of the item counts documents of the line.
func counted(q *rules.Requirement) bool {
	return slices.ContainsFunc(q.Item.Levels, func(l *rules.Level) bool { return l.Counts(q) })
}

// IsBundle reports whether the line asks for the papers of meetings.
func IsBundle(w *World, q *rules.Requirement) bool {
	t := w.Pack.Type(q.Document)
	return t != nil && t.Form == "bundle"
}

// Meeting is the key of the meeting that a document is of: its day, else the
// file.
func Meeting(d *facts.Document) string {
	if f, ok := d.Facts["event_date"]; ok {
		return f.Value
	}
	return d.Path
}

// monthsOf is the number of months of a period of each cadence.
var monthsOf = map[string]int{"monthly": 1, "quarterly": 3, "half_yearly": 6}

// periodOf names the period that a document covers: the quarter, half or month
// it speaks of, else that of its date, as long as the cadence asks for. If
// neither is known, the document is a period of its own.
func periodOf(d *facts.Document, cadence string) string {
	day := d.Date("date")
	unit, n := byte('M'), int(day.Month())
	switch p := d.Facts["period"].Value; {
	case p != "":
		unit = p[0]
		n, _ = strconv.Atoi(p[1:])
	case day.IsZero():
		return d.Path
	}
	months := map[byte]int{'M': 1, 'Q': 3, 'H': 6}[unit]
	last := n * months
	year := d.Facts["year"].Value
	if year == "" && !day.IsZero() {
		// What is signed early in a year may be about the end of the last.
		y := day.Year()
		if months > 1 && int(day.Month()) <= last-months {
			y--
		}
		year = strconv.Itoa(y)
	}
	if want := monthsOf[cadence]; want > months {
		unit, n = "MQH"[want/3 : want/3+1][0], (last+want-1)/want
	}
	return strings.TrimSpace(string(unit) + strconv.Itoa(n) + " " + year)
}

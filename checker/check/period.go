package check

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var period = &Check{
	Name: "period",
	Doc: Doc{
		Title: rules.Text{ID: `the document is of the period that the evidence line asks for`, EN: `the document is of the period that the evidence line asks for`},
		About: rules.Text{ID: `A line about a year goes by the year that the document speaks of, any other by its date. A document in force has no
window, but a plan for years that are over has expired.`, EN: `A line about a year goes by the year that the document speaks of, any other by its date. A document in force has no
window, but a plan for years that are over has expired.`},
	},
	Scope: Requirement,
	IDs:   []string{"date.outside_window"},
	Run: func(p *Pass) {
		rule := p.World.Pack.Periods[p.Requirement.Period]
		for _, s := range p.Match.Documents {
			d := s.Document
			at, shown, bad := Outside(d, rule, p.Window, p.World.Year)
			if !bad {
				continue
			}
			p.Report(Finding{ID: "date.outside_window", Document: d, Requirement: p.Requirement, At: at, Params: map[string]string{
				"date": shown, "from": iso(p.Window.From), "to": iso(p.Window.To)}})
		}
	},
}

// Outside reports whether d lies outside of the window of the rule, and what
// shows it. Nothing lies outside of no rule.
func Outside(d *facts.Document, rule *rules.PeriodRule, w rules.Window, year int) (facts.Place, string, bool) {
	if rule == nil {
		return facts.Place{}, "", false
	}
	if span, ok := d.Facts["span"]; ok {
		from, to, _ := strings.Cut(span.Value, "-")
		a, _ := strconv.Atoi(from)
		b, _ := strconv.Atoi(to)
		if b > a && d.Form() == "plan" {
			return place(d, span), span.Value, year < a || year > b
		}
	}
	if rule.FromYear == nil && rule.Months == 0 {
		return facts.Place{}, "", false
	}
	if rule.About {
		if y, ok := d.Facts["year"]; ok {
			n, err := strconv.Atoi(y.Value)
			return place(d, y), y.Value, err == nil && (n < w.From.Year() || n > year+*rule.ToYear)
		}
		// Signed at most a year after what it is about.
		w.To = w.To.AddDate(1, 0, 0)
	}
	f, ok := d.Facts["date"]
	if !ok {
		return facts.Place{}, "", false
	}
	if y, err := strconv.Atoi(d.Facts["year"].Value); err == nil && d.Form() == "plan" && y == year {
		return facts.Place{}, "", false // plans are made the year before
	}
	day := d.Date("date")
	if day.IsZero() {
		return facts.Place{}, "", false
	}
	return f.At, f.Value, !w.From.IsZero() && day.Before(w.From) || !w.To.IsZero() && day.After(w.To)
}

// place is where a fact stands, or the top of the document for one that was
// read from the heading as a whole.
func place(d *facts.Document, f facts.Fact) facts.Place {
	if f.At == (facts.Place{}) {
		return top(d)
	}
	return f.At
}

func iso(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

var presence = &Check{
	Name: "presence",
	Doc: Doc{
		Title: rules.Text{ID: `the documents that the line needs are there, and as many as it needs`, EN: `the documents that the line needs are there, and as many as it needs`},
		About: rules.Text{ID: `A line that asks for something periodic counts the periods, not the files. Lines of a one_of group are examined together:
only an empty group is missing.`, EN: `A line that asks for something periodic counts the periods, not the files. Lines of a one_of group are examined together:
only an empty group is missing.`},
	},
	Scope: Requirement,
	IDs:   []string{"cadence.missing", "requirement.missing", "requirement.supporting_missing"},
	Run: func(p *Pass) {
		q := p.Requirement
		if p.World.Partial {
			return
		}
		docs := Distinct(p.World, p.Match.Documents)
		t := p.World.Pack.Type(q.Document)
		params := map[string]string{"shows": q.Shows.ID, "shows_en": q.Shows.EN, "type": t.Name.ID, "type_en": t.Name.EN,
			"unread": itoa(len(p.Match.Unread))}
		switch {
		case len(docs) == 0 && q.Need == rules.Required:
			p.report("requirement.missing", facts.Place{}, params)
		case len(docs) == 0 && q.Need == rules.OneOf && p.emptyGroup():
			p.report("requirement.missing", facts.Place{}, params)
		case len(docs) == 0 && q.Need == rules.Supporting:
			p.report("requirement.supporting_missing", facts.Place{}, params)
		case len(docs) > 0 && q.Need != rules.Supporting && q.MinCount > 1:
			have := Count(p.World, q, docs)
			if len(have) < q.MinCount {
				params["have"], params["want"] = strings.Join(have, ", "), itoa(q.MinCount)
				params["count"] = itoa(len(have))
				p.report("cadence.missing", facts.Place{}, params)
			}
		}
	},
}

// emptyGroup reports whether no line of the item's one_of group has a
// document, and whether this is the first of them, which speaks for all.
func (p *Pass) emptyGroup() bool {
	first := true
	for _, q := range p.Requirement.Item.Evidence {
		if q.Need != rules.OneOf {
			continue
		}
		if len(p.World.Placed.Matches[q.ID].Documents) > 0 {
			return false
		}
		if q == p.Requirement && !first {
			return false
		}
		first = false
	}
	return true
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
	return strings.TrimSpace(string(unit) + itoa(n) + " " + year)
}

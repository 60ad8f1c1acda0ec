package check

import (
	"strconv"
	"strings"
	"time"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var period = &Check{
	Name: "period",
	Doc: `the document is of the period that the evidence line asks for

A line about a year goes by the year that the document speaks of, any other by its date. A document in force has no
window, but a plan for years that are over has expired.`,
	Scope: Requirement,
	IDs:   []string{"date.outside_window"},
	Run: func(p *Pass) {
		rule := p.World.Pack.Periods[p.Requirement.Period]
		if rule == nil {
			return
		}
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
// shows it.
func Outside(d *facts.Document, rule *rules.PeriodRule, w rules.Window, year int) (facts.Place, string, bool) {
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
	Doc: `the documents that the line needs are there, and as many as it needs

A line that asks for something periodic counts the periods, not the files. Lines of a one_of group are examined together:
only an empty group is missing.`,
	Scope: Requirement,
	IDs:   []string{"cadence.missing", "requirement.missing", "requirement.supporting_missing"},
	Run: func(p *Pass) {
		q := p.Requirement
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
			have := Periods(docs)
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

// Periods names the periods that the documents cover, in order: quarters,
// halves and months by what they say, else by the month of their date. A
// document of which neither is known counts as one of its own.
func Periods(docs []*facts.Document) []string {
	seen := map[string]bool{}
	var out []string
	for _, d := range docs {
		year := d.Facts["year"].Value
		if day := d.Date("date"); year == "" && !day.IsZero() {
			year = strconv.Itoa(day.Year())
		}
		key := d.Facts["period"].Value
		if key == "" {
			key = d.Path
			if day := d.Date("date"); !day.IsZero() {
				key = "M" + itoa(int(day.Month()))
			}
		}
		if key != d.Path {
			key = strings.TrimSpace(key + " " + year)
		}
		if !seen[key] {
			seen[key] = true
			out = append(out, key)
		}
	}
	return out
}

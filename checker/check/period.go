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

func iso(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

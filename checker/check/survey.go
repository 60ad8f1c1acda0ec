package check

import (
	"strconv"

	"dasheval/rules"
)

var survey = &Check{
	Name: "survey",
	Doc: Doc{
		Title: rules.Text{ID: `a survey report says how many answered`, EN: `a survey report says how many answered`},
		About: rules.Text{ID: `The survey must be of the period under evaluation.`, EN: `The survey must be of the period under evaluation.`},
	},
	Scope: Document,
	IDs:   []string{"survey.no_respondents", "survey.outside_window"},
	Run: func(p *Pass) {
		d, w := p.Document, p.World
		if _, ok := d.Facts["respondents"]; !ok {
			p.report("survey.no_respondents", top(d), nil)
		}
		from := w.Year - 1
		if to := d.Date("survey_to"); !to.IsZero() && to.Year() < from {
			p.report("survey.outside_window", d.Facts["survey_to"].At, map[string]string{
				"date": d.Facts["survey_to"].Value, "from": strconv.Itoa(from) + "-01-01", "to": strconv.Itoa(w.Year) + "-12-31"})
		} else if y, err := strconv.Atoi(d.Facts["year"].Value); err == nil && (y < from || y > w.Year) {
			p.report("survey.outside_window", top(d), map[string]string{
				"date": d.Facts["year"].Value, "from": strconv.Itoa(from) + "-01-01", "to": strconv.Itoa(w.Year) + "-12-31"})
		}
	},
}

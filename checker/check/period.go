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
		Title: rules.Text{ID: `dokumen berasal dari masa yang diminta`, EN: `the document is of the period that is asked for`},
		About: rules.Text{
			ID: `Masa ditetapkan oleh period pada persyaratan: years menghitung dari tahun evaluasi, months berarti tahun evaluasi dan tahun sebelumnya, dan tidak satu pun melampaui hari penilaian. Dengan about: true yang menentukan adalah tahun dalam judul atau perihal; bila tidak ada, tanggal dokumen boleh sampai setahun sesudah masa itu. Dengan in_force: true tanggalnya bebas. Rencana dengan rentang tahun, seperti 2020–2024, harus mencakup tahun evaluasi, dan rencana untuk tahun evaluasi boleh dibuat sebelumnya. Dokumen tanpa tanggal atau tahun dilewati; tanggal yang kosong diperiksa oleh date.`,
			EN: `The window is laid down by period of the evidence line: years count from the evaluation year, months mean the evaluation year and the one before, and none reaches past the day of judgement. With about: true the year in title or subject decides; without one the document may be dated up to a year after the window. With in_force: true any date will do. A plan for a span of years, such as 2020–2024, must cover the evaluation year, and a plan for the evaluation year may be made before it. A document without a date or year is passed over; a date left blank is examined by date.`},
		Rule:   "periods:\n  tahun_berjalan:\n    text: {id: tahun evaluasi, en: the evaluation year}\n    years: [0, 0]\nevidence:\n  - id: notula\n    period: tahun_berjalan",
		Before: "Tahun evaluasi 2025; notula rapat tanggal 3 Februari 2023",
		After:  "Tahun evaluasi 2025; notula rapat tanggal 3 Februari 2025",
		Since:  "0.1",
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

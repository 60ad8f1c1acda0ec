package check

import (
	"strconv"

	"dasheval/rules"
)

var survey = &Check{
	Name: "survey",
	Doc: Doc{
		Title: rules.Text{ID: `laporan survei menyebut jumlah responden dan masanya`, EN: `a survey report says how many answered, and when`},
		About: rules.Text{
			ID: `Jumlah responden harus tertulis dengan angka. Masa yang diterima adalah tahun evaluasi dan tahun sebelumnya, apa pun period persyaratannya: survei yang berakhir lebih dulu, atau laporan yang menyebut tahun lain, menjadi temuan. Laporan yang tidak menyebut masa survei maupun tahun tidak dinilai masanya. Nilai indeks tidak diperiksa; pakai threshold.`,
			EN: `The number of respondents must be written in figures. The evaluation year and the one before will do, whatever period the evidence line has: a survey that ended earlier, or a report that names another year, is a finding. A report that names neither the time of the survey nor a year is not judged by it. The index is not examined; use threshold.`},
		Rule:   "- id: laporan_skm\n  form: survey\n  checks: [survey]",
		Before: "Survei dilaksanakan Juli sampai dengan September 2022 di ruang tunggu.",
		After:  "Survei dilaksanakan April sampai dengan Juni 2025 dan diisi oleh 187 responden.",
		Since:  "0.1",
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

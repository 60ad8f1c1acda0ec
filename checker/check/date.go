package check

import "dasheval/rules"

var date = &Check{
	Name: "date",
	Doc: Doc{
		Title: rules.Text{ID: `dokumen bertanggal`, EN: `the document carries its date`},
		About: rules.Text{
			ID: `Berlaku bagi jenis dengan date: required. Tanggal mana yang dicari ditentukan oleh anchor: determined “Ditetapkan di … pada tanggal …”, letter tanggal di samping nomor surat, meeting hari rapat, place_date tempat dan tanggal di atas tanda tangan; pada effective tanggalnya isian formulir dan diperiksa oleh fields. Tanggal yang dikosongkan, dan tanggal yang tidak ada dalam kalender, dihitung tidak ada. Bila ada halaman yang tidak terbaca, tidak ada temuan.`,
			EN: `For types with date: required. Which date is looked for is told by anchor: determined that of “Ditetapkan di … pada tanggal …”, letter the one beside the number, meeting the day of the meeting, place_date place and date above the signature; with effective the dates are fields of the form, and fields examines them. A date left blank, and one that the calendar does not have, counts as absent. If pages could not be read there is no finding.`},
		Rule:   "- id: sk\n  date: required\n  anchor: determined\n  checks: [date]",
		Before: "Ditetapkan di Sungai Rotan pada tanggal ........ 2025",
		After:  "Ditetapkan di Sungai Rotan pada tanggal 17 Februari 2025",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"date.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if _, ok := d.Facts["date"]; ok || d.Type.Date != "required" || d.Type.Anchor == "effective" {
			return
		}
		if blank, ok := d.Facts["date_blank"]; ok {
			p.report("date.missing", blank.At, map[string]string{"found": blank.Value})
			return
		}
		p.report("date.missing", lastPlace(d), nil)
	},
}

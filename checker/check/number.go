package check

import "dasheval/rules"

var number = &Check{
	Name: "number",
	Doc: Doc{
		Title: rules.Text{ID: `dokumen bernomor`, EN: `a numbered form carries its number`},
		About: rules.Text{
			ID: `Nomor dicari pada bagian awal dokumen, di belakang label nomor; nomor lebih bawah adalah nomor dokumen yang dikutip. Label nomor yang kosong menjadi temuan, juga bila nomor tidak wajib (number: optional). Tanpa label sama sekali, temuan hanya ada pada number: required. Pada number: none tidak ada yang diperiksa. Bila ada halaman yang tidak terbaca, tidak ada temuan.`,
			EN: `The number is looked for near the top, behind a label; one further down belongs to something that the document cites. A label without a number is a finding, also where the number is optional (number: optional). No label at all is one only with number: required. With number: none nothing is examined. If pages could not be read there is no finding.`},
		Rule:   "- id: sk\n  number: required\n  checks: [number]",
		Before: "NOMOR ..............",
		After:  "NOMOR 14/OT.01/BPP/2025",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"number.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if _, ok := d.Facts["number"]; ok {
			return
		}
		blank, isBlank := d.Facts["number_blank"]
		switch {
		case isBlank:
			p.report("number.missing", blank.At, map[string]string{"found": blank.Value})
		case d.Type.Number == "required":
			p.report("number.missing", top(d), nil)
		}
	},
}

package check

import "dasheval/rules"

var fields = &Check{
	Name: "fields",
	Doc: Doc{
		Title: rules.Text{ID: `isian wajib formulir terisi`, EN: `the labelled values that the form demands are filled in`},
		About: rules.Text{
			ID: `Setiap isian jenis dokumen dengan need: required dicari lewat labelnya; nilainya boleh di samping atau di bawah label. Label tanpa nilai, label yang tidak ada, isian tanggal (kind: date) tanpa tanggal, dan isian angka (kind: number) tanpa angka menjadi temuan. Isian recommended dan optional tidak pernah menjadi temuan. Bila ada halaman yang tidak terbaca, tidak ada temuan.`,
			EN: `Each field of the type with need: required is looked for by its label; the value may stand beside or below it. A label without a value, no label at all, a date (kind: date) that is none, and a number (kind: number) without a digit are findings. Fields that are recommended or optional never are. If pages could not be read there is no finding.`},
		Rule:   "- id: sop\n  fields:\n    - id: tanggal_efektif\n      name: {id: Tanggal efektif, en: Effective date}\n      need: required\n      kind: date\n      labels: ['(?:tanggal|tgl\\.?)\\s+efektif']\n  checks: [fields]",
		Before: "Tanggal Efektif : ………………",
		After:  "Tanggal Efektif : 17 Maret 2025",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"field.missing"},
	Run: func(p *Pass) {
		d := p.Document
		for _, f := range d.Type.Fields {
			if _, ok := d.Facts[f.ID]; ok || f.Need != "required" {
				continue
			}
			at := top(d)
			if blank, ok := d.Facts[f.ID+"_blank"]; ok {
				at = blank.At
			}
			p.report("field.missing", at, map[string]string{"field": f.Name.ID, "field_en": f.Name.EN})
		}
	},
}

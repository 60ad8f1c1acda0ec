package check

import (
	"strings"

	"dasheval/rules"
)

var sections = &Check{
	Name: "sections",
	Doc: Doc{
		Title: rules.Text{ID: `bagian yang wajib bagi jenis dokumen ada`, EN: `the parts that the type demands are there`},
		About: rules.Text{
			ID: `Setiap bagian dengan need: required harus ditemukan lewat salah satu polanya. Bagian dengan need: paired saling meminta: rekomendasi tanpa tindak lanjut menjadi temuan, dan sebaliknya; bila semuanya tidak ada, tidak ada temuan. Bagian recommended yang tidak ada disebut dalam satu catatan, bukan kesalahan. Yang dilihat hanya adanya bagian itu, bukan isinya. Bila ada halaman yang tidak terbaca, tidak ada temuan.`,
			EN: `Each part with need: required must be found by one of its patterns. Parts with need: paired demand one another: recommendations without a follow-up are a finding, and the other way round; if all are absent there is none. Recommended parts that are absent are named in one remark, which is no error. Only that a part is there is seen, not what it says. If pages could not be read there is no finding.`},
		Rule:   "- id: laporan_monev\n  sections:\n    - id: rekomendasi\n      name: {id: Rekomendasi, en: Recommendations}\n      need: paired\n      patterns: ['^\\W*rekomendasi\\b']\n    - id: tindak_lanjut\n      name: {id: Tindak lanjut, en: Follow-up}\n      need: paired\n      patterns: ['\\btindak\\s+lanjut\\b']\n  checks: [sections]",
		Before: "C. Rekomendasi … (penutup)",
		After:  "C. Rekomendasi … D. Tindak Lanjut …",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"section.missing", "section.recommended"},
	Run: func(p *Pass) {
		d := p.Document
		paired := false
		for _, s := range d.Type.Sections {
			_, ok := d.Sections[s.ID]
			paired = paired || ok && s.Need == "paired"
		}
		var absent, absentEN []string
		for _, s := range d.Type.Sections {
			_, ok := d.Sections[s.ID]
			switch {
			case ok:
			case s.Need == "required" || s.Need == "paired" && paired:
				p.report("section.missing", top(d), map[string]string{"section": s.Name.ID, "section_en": s.Name.EN})
			case s.Need == "recommended":
				absent, absentEN = append(absent, s.Name.ID), append(absentEN, s.Name.EN)
			}
		}
		if len(absent) > 0 {
			p.report("section.recommended", top(d), map[string]string{
				"section": strings.Join(absent, "; "), "section_en": strings.Join(absentEN, "; ")})
		}
	},
}

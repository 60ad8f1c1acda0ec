package check

import (
	"strconv"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var draft = &Check{
	Name: "draft",
	Doc: Doc{
		Title: rules.Text{ID: `dokumen sudah final`, EN: `the document is finished`},
		About: rules.Text{
			ID: `Konsep dikenal dari tulisan seperti “KONSEP” atau “belum ditandatangani”, judul “Rancangan Keputusan”, serta nomor atau tanggal yang masih titik-titik. Templat dikenal dari isian seperti [nama pegawai], <tanggal> atau ${nomor}: satu saja cukup; titik-titik kosong baru menjadi temuan dari tiga tempat. Yang tidak dihitung: titik-titik daftar isi dan garis untuk nama penanda tangan, isian dalam dokumen berbentuk daftar hadir atau tabel (form), serta isian nomor, tanggal dan penanda tangan yang tertindih nilai dari aplikasi persuratan. Halaman yang tidak terbaca tidak diperiksa.`,
			EN: `A draft shows by words such as “KONSEP” or “belum ditandatangani”, by a heading such as “Rancangan Keputusan”, and by a number or date that is still dots. A template shows by placeholders such as [nama pegawai], <tanggal> or ${nomor}, of which one suffices; empty dots are a finding from three places on. Not counted are the dots of a table of contents, the line for the name of a signer, placeholders in documents of the form attendance or table, and placeholders of number, date and signer that an e-office system has laid the value over. Pages that could not be read are not examined.`},
		Rule:   "- id: sk\n  checks: [draft]",
		Before: "Nama : [nama pegawai]",
		After:  "Nama : Siti Aminah",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"draft.unfinished", "template.unfilled"},
	Run: func(p *Pass) {
		d := p.Document
		var drafts, templates []facts.Mark
		strong := false
		for _, m := range d.Marks {
			if m.Kind == "draft" {
				drafts = append(drafts, m)
			} else {
				templates = append(templates, m)
				strong = strong || m.Sure
			}
		}
		if len(drafts) > 0 {
			p.report("draft.unfinished", drafts[0].At, map[string]string{"mark": drafts[0].At.Quote})
		}
		if len(templates) >= 3 || strong {
			p.report("template.unfilled", templates[0].At, map[string]string{"mark": templates[0].At.Quote, "count": strconv.Itoa(len(templates))})
		}
	},
}

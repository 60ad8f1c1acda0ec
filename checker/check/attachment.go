package check

import "dasheval/rules"

var attachment = &Check{
	Name: "attachment",
	Doc: Doc{
		Title: rules.Text{ID: `lampiran yang dirujuk isi dokumen ada`, EN: `an attachment that the text refers to is there`},
		About: rules.Text{
			ID: `Bila isi dokumen merujuk lampirannya sendiri (“sebagaimana tercantum dalam Lampiran Keputusan ini”), halaman berjudul Lampiran harus ada dalam berkas yang sama; lampiran dalam berkas terpisah tidak ikut dicari. Isi lampiran tidak dinilai. Dokumen yang tidak merujuk lampiran dilewati. Bila ada halaman yang tidak terbaca, tidak ada temuan: lampirannya mungkin di sana.`,
			EN: `If the text refers to an attachment of its own (“as listed in the attachment to this decree”), pages headed as an attachment must follow in the same file; an attachment in a file of its own is not looked for. What the attachment says is not judged. A document that refers to none is passed over. If pages could not be read there is no finding: the attachment may be among them.`},
		Rule:   "- id: sk\n  checks: [attachment]",
		Before: "KESATU : Menetapkan tim sebagaimana tercantum dalam Lampiran Keputusan ini. (berkas berakhir pada halaman tanda tangan)",
		After:  "KESATU : Menetapkan tim sebagaimana tercantum dalam Lampiran Keputusan ini. (halaman berikutnya: LAMPIRAN KEPUTUSAN KEPALA BALAI NOMOR 14/OT.01/BPP/2025)",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"attachment.missing"},
	Run: func(p *Pass) {
		d := p.Document
		if len(d.AttachmentRefs) > 0 && !d.Attachment {
			p.report("attachment.missing", d.AttachmentRefs[0], map[string]string{"ref": d.AttachmentRefs[0].Quote})
		}
	},
}

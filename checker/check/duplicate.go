package check

import (
	"dasheval/checker/facts"
	"dasheval/rules"
)

var duplicate = &Check{
	Name: "duplicate",
	Doc: Doc{
		Title: rules.Text{ID: `tidak ada berkas yang diunggah dua kali dengan nama lain`, EN: `no file is handed in twice under two names`},
		About: rules.Text{
			ID: `Membandingkan isi berkas byte demi byte, juga berkas yang tidak terbaca. Yang nama dan foldernya paling pendek dianggap asli; temuan ada pada yang lain. Dua pindaian dari satu naskah, atau naskah yang disimpan ulang, isinya berbeda dan tidak dikenali. Untuk jumlah minimum (min_count) berkas kembar dihitung satu.`,
			EN: `Compares files byte by byte, also those that could not be read. The one with the shortest path counts as the original; the others have the finding. Two scans of one paper, or a document saved again, differ and are not told. Where documents are counted (min_count), twins count once.`},
		Rule:   "severity:\n  content.duplicate: warning",
		Before: "SK Tim.pdf dan SK Tim (1).pdf dengan isi yang sama",
		After:  "SK Tim.pdf saja",
		Since:  "0.1",
	},
	Scope: Pile,
	IDs:   []string{"content.duplicate"},
	Run: func(p *Pass) {
		for _, d := range p.World.Pile {
			if of, ok := p.World.Duplicates[d.Path]; ok {
				p.Report(Finding{ID: "content.duplicate", Document: d, At: top(d), Params: map[string]string{"of": of}})
			}
		}
		for _, u := range p.World.Unread {
			if of, ok := p.World.Duplicates[u.Path]; ok {
				p.Report(Finding{ID: "content.duplicate", Document: &facts.Document{Path: u.Path}, Params: map[string]string{"of": of}})
			}
		}
	},
}

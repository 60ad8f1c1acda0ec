package check

import (
	"dasheval/checker/profile"
	"dasheval/rules"
)

var signer = &Check{
	Name: "signer",
	Doc: Doc{
		Title: rules.Text{ID: `penanda tangan berwenang`, EN: `the official who signed had the authority to`},
		About: rules.Text{
			ID: `Berlaku bila penanda tangan jenis itu pimpinan unit (head: true dalam signers). Salah satu blok harus memuat pimpinan pada tanggal dokumen, menurut NIP atau nama tanpa gelar, atau pejabat yang menandatangani sebagai a.n., plt. atau plh. dengan jabatan itu. Apakah bloknya benar ditandatangani, diperiksa oleh signature. Dilewati: unit yang pimpinannya tidak diketahui, dokumen tanpa blok tanda tangan, dokumen instansi lain, dokumen yang dipakai pada persyaratan dengan penanda tangan lain, dan, bila profil disimpulkan dari berkas, jabatan yang sama dengan jabatan pimpinan.`,
			EN: `Where the signer of the type is the head of the unit (head: true in signers). One of the blocks must name the head on the day of the document, by NIP or by name without degrees, or an official who signs as a.n., plt. or plh. under that title. Whether the block is signed is examined by signature. Passed over are units whose head is not known, documents without a signature block, papers of another body, documents that serve an evidence line with another signer and, if the profile was inferred from the pile, a title that is that of the head.`},
		Rule:   "- id: sk\n  signer: kepala_unit\n  checks: [signer]",
		Before: "Kepala Subbagian Tata Usaha, (tanda tangan) Siti Aminah",
		After:  "a.n. Kepala Balai, Kepala Subbagian Tata Usaha, (tanda tangan) Siti Aminah",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"signer.unauthorised"},
	Run: func(p *Pass) {
		d, w := p.Document, p.World
		want := w.Pack.Signers[d.Type.Signer]
		if want == nil || !want.Head || len(w.Unit.Heads) == 0 || len(d.Blocks) == 0 {
			return
		}
		if f, ok := d.Facts["unit"]; ok && !w.Unit.Known(f.Value) && !within(f.Value, w.Unit.Name) {
			return // another body's paper: who signs there is not ours to say
		}
		other, ours := false, false
		for _, pl := range w.Placed.Placed[d.Path] {
			if s := w.Pack.Signers[pl.Requirement.Signer]; s != nil {
				other, ours = other || !s.Head, ours || s.Head
			}
		}
		if other && !ours {
			return // all lines that it serves name somebody else
		}
		for _, b := range d.Blocks {
			if w.Unit.IsHead(w.Reader, b, d.Date("date")) {
				return
			}
		}
		head := w.Unit.Head()
		b := d.Blocks[0]
		// Under an inferred profile, the right title may be that of a former head.
		if w.Unit.Inferred && profile.Key(b.Title) != "" && profile.Key(b.Title) == profile.Key(head.Title) {
			return
		}
		p.report("signer.unauthorised", b.At, map[string]string{"title": b.Title, "name": b.Name, "want": head.Title})
	},
}

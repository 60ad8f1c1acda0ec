package check

import (
	"strings"

	"dasheval/rules"
)

var misleading = &Check{
	Name: "misleading",
	Doc: Doc{
		Title: rules.Text{ID: `nama berkas tidak menyebut jenis dokumen lain`, EN: `the name of a file tells no other kind of document`},
		About: rules.Text{
			ID: `Bila nama berkas diawali judul satu jenis dokumen (pola title) tetapi isinya jelas berbentuk lain, itu menjadi temuan. Dilewati: nama yang tidak menyebut jenis atau cocok dengan beberapa jenis, jenis umum (generic: true), berkas gabungan, isi yang jenisnya tidak dikenali dengan cukup pasti, dan isi yang boleh dipakai sebagai jenis itu (also).`,
			EN: `If the name of a file begins with the title of one kind of document (patterns of title) and what it holds is clearly of another form, that is a finding. Passed over are names that tell no kind or fit several, generic types (generic: true), merged files, documents whose type is not certain enough, and those that may serve as the type named (also).`},
		Rule:   "- id: notulen\n  form: minutes\n  generic: false\n  title: ['\\bnotul\\w*']",
		Before: "Notula Rapat Februari.pdf, isinya surat undangan",
		After:  "Undangan Rapat Februari.pdf, isinya surat undangan",
		Since:  "0.1",
	},
	Scope: Pile,
	IDs:   []string{"name.misleading"},
	Run: func(p *Pass) {
		for _, d := range p.World.Pile {
			if d.Type == nil || d.Sure < 0.7 || d.Parts != nil {
				continue
			}
			t := nameType(p.World, p.World.Placed.Hints[d.Path].Name)
			if t == nil || t.Form == d.Type.Form || d.Is(t.ID) {
				continue
			}
			p.Report(Finding{ID: "name.misleading", Document: d, At: top(d), Params: map[string]string{
				"name_type": t.Name.ID, "name_type_en": t.Name.EN, "type": d.Type.Name.ID, "type_en": d.Type.Name.EN}})
		}
	},
}

// nameType returns the specific type that a file name begins with, or nil.
func nameType(w *World, name string) *rules.Type {
	name = strings.TrimLeft(name, "0123456789 ")
	var best *rules.Type
	for _, t := range w.Pack.Types {
		if t.Generic {
			continue
		}
		for _, p := range t.Title {
			if m := p.Find(name); m != nil && m[0] == 0 {
				if best != nil && best != t {
					return nil // the name fits several
				}
				best = t
			}
		}
	}
	return best
}

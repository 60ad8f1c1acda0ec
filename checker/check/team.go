package check

import (
	"maps"
	"slices"
	"strings"

	"dasheval/checker/facts"
	"dasheval/checker/text"
	"dasheval/rules"
)

var team = &Check{
	Name: "team",
	Doc: Doc{
		Title: rules.Text{ID: `yang ditunjuk adalah anggota tim`, EN: `those whom the document appoints are members of the team`},
		About: rules.Text{
			ID: `Persyaratan menyebut lewat members_of persyaratan lain yang keputusannya memuat daftar tim. Setiap nama dalam daftar bernomor dengan kolom Nama pada dokumen ini harus ada pada daftar itu; gelar tidak dihitung. Satu temuan memuat semua nama yang tidak ada. Bila keputusan tim tidak ada, tidak dapat diandalkan (pindaian dengan teks tersembunyi), atau tanpa daftar nama, tidak ada temuan dan dokumennya perlu ditelaah. Nama di luar daftar seperti itu tidak dibaca.`,
			EN: `By members_of the evidence line names another line, whose decree lists the team. Each name in a numbered list with a column Nama of this document must stand on that list; degrees do not count. One finding holds all names that do not. If there is no such decree, if it cannot be relied on (a scan with hidden text) or lists nobody, there is no finding and the document is to be reviewed. Names outside of such a list are not read.`},
		Rule:   "evidence:\n  - id: sk\n    document: sk\n    members_of: A.I.1.i.a/sk",
		Before: "SK Tim: Siti Aminah, Agung Pramono · SK Agen Perubahan: Surya Dinata",
		After:  "SK Tim: Siti Aminah, Agung Pramono · SK Agen Perubahan: Agung Pramono",
		Since:  "0.1",
	},
	Scope: Requirement,
	IDs:   []string{"team.not_member"},
	Run: func(p *Pass) {
		known := Team(p.World, p.Requirement)
		if len(known) == 0 {
			return
		}
		for _, s := range p.Match.Documents {
			var absent []string
			var at facts.Place
			for _, m := range s.Document.People {
				if known[p.World.Reader.BareName(m.Name)] == "" {
					if len(absent) == 0 {
						at = m.At
					}
					absent = append(absent, m.Name)
				}
			}
			if len(absent) > 0 {
				source := slices.Sorted(maps.Values(known))[0]
				p.Report(Finding{ID: "team.not_member", Document: s.Document, Requirement: p.Requirement, At: at,
					Params: map[string]string{"names": strings.Join(absent, "; "), "team": source}})
			}
		}
	},
}

// Team returns the bare names of the members that the decree of the line's
// MembersOf lists, each with the file that names it. It is empty if there is
// none that can be relied on.
func Team(w *World, q *rules.Requirement) map[string]string {
	known := map[string]string{}
	list := w.Placed.Matches[q.MembersOf]
	if list == nil {
		return known
	}
	for _, s := range list.Documents {
		if s.Document.Form() != "decree" || s.Document.Origin == text.Hidden {
			continue
		}
		for _, m := range s.Document.People {
			known[w.Reader.BareName(m.Name)] = s.Document.Path
		}
	}
	return known
}

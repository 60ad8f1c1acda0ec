package check

import (
	"strconv"
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"
)

var presence = &Check{
	Name: "presence",
	Doc: Doc{
		Title: rules.Text{ID: `dokumen yang diminta ada, dan jumlahnya cukup`, EN: `the documents asked for are there, and as many as asked for`},
		About: rules.Text{
			ID: `Persyaratan need: required tanpa dokumen menjadi temuan; persyaratan need: one_of diperiksa bersama dan hanya menjadi temuan bila tidak satu pun dari kelompok itu punya dokumen; need: supporting hanya diberi catatan. Bila min_count lebih dari satu, yang dihitung adalah rapat (hari rapat) untuk berkas rapat, periode (bulan, triwulan, semester) untuk yang berkala, selain itu berkas; berkas kembar dihitung satu, dan dokumen yang tanggalnya tidak diketahui dihitung satu periode. Semua dokumen yang terpetakan ikut dihitung di sini, juga yang salah; hasil butir hanya menghitung yang benar. Bila ada berkas tidak terbaca yang mungkin itu, temuannya menyebut jumlahnya dan hasil persyaratan menjadi perlu ditelaah, bukan belum ada. Evaluasi yang dihentikan di tengah jalan tidak menyatakan apa pun kurang.`,
			EN: `A line with need: required and no document is a finding; lines with need: one_of are examined together and are one only if none of the group has a document; need: supporting is no more than a note. If min_count is more than one, what is counted are meetings (by their day) for papers of meetings, periods (months, quarters, half-years) for what is periodic, else files; twins count once, and a document of an unknown date is a period of its own. All documents placed at the line count here, also faulty ones; the verdict counts sound ones only. If unreadable files may be what is asked for, the finding says how many and the line is to be reviewed, not missing. A run that was interrupted calls nothing missing.`},
		Rule:   "evidence:\n  - id: laporan\n    document: laporan_monev\n    need: required\n    min_count: 4\n    cadence: quarterly",
		Before: "Laporan Monev Triwulan I 2025 dan revisinya",
		After:  "Laporan Monev Triwulan I, II, III dan IV 2025",
		Since:  "0.1",
	},
	Scope: Requirement,
	IDs:   []string{"cadence.missing", "requirement.missing", "requirement.supporting_missing"},
	Run: func(p *Pass) {
		q := p.Requirement
		if p.World.Partial {
			return
		}
		docs := Distinct(p.Match.Documents)
		t := p.World.Pack.Type(q.Document)
		params := map[string]string{"shows": q.Shows.ID, "shows_en": q.Shows.EN, "type": t.Name.ID, "type_en": t.Name.EN,
			"unread": strconv.Itoa(len(p.Match.Unread))}
		switch {
		case len(docs) == 0 && q.Need == rules.Required:
			p.report("requirement.missing", facts.Place{}, params)
		case len(docs) == 0 && q.Need == rules.OneOf && p.emptyGroup():
			p.report("requirement.missing", facts.Place{}, params)
		case len(docs) == 0 && q.Need == rules.Supporting:
			p.report("requirement.supporting_missing", facts.Place{}, params)
		case len(docs) > 0 && q.Need != rules.Supporting && q.MinCount > 1:
			have := Count(p.World, q, docs)
			if len(have) < q.MinCount {
				params["have"], params["want"] = strings.Join(have, ", "), strconv.Itoa(q.MinCount)
				params["cadence"] = q.Cadence
				params["count"] = strconv.Itoa(len(have))
				p.report("cadence.missing", facts.Place{}, params)
			}
		}
	},
}

// emptyGroup reports whether no line of the item's one_of group has a
// document, and whether this is the first of them, which speaks for all.
func (p *Pass) emptyGroup() bool {
	first := true
	for _, q := range p.Requirement.Item.Evidence {
		if q.Need != rules.OneOf {
			continue
		}
		if len(p.World.Placed.Matches[q.ID].Documents) > 0 {
			return false
		}
		if q == p.Requirement && !first {
			return false
		}
		first = false
	}
	return true
}

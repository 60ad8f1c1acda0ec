package match_test

import (
	"context"
	"testing"

	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/text"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func builtin(t testing.TB) *rules.Pack {
	t.Helper()
	pack, err := rules.Builtin()
	require.NoError(t, err)
	return pack
}

func TestFolders(t *testing.T) {
	f := match.NewFolders(builtin(t))
	for _, c := range []struct {
		path, item, subarea string
		area                int
		part                string
	}{
		{"A.I PEMENUHAN/1. MANAJEMEN PERUBAHAN/A.I.1.i.a Tim/x.pdf", "A.I.1.i.a", "A.I.1.i", 1, "A.I"},
		{"A.1.I.i. a/x.pdf", "A.I.1.i.a", "A.I.1.i", 1, "A.I"},
		{"A.2.III.ii.a - mutasi/x.pdf", "A.II.3.ii.a", "A.II.3.ii", 3, "A.II"},
		{"I.5.iii.b - Pengaduan/x.pdf", "A.I.5.iii.b", "A.I.5.iii", 5, "A.I"},
		{"PPA1A/x.pdf", "A.I.1.i.a", "A.I.1.i", 1, "A.I"},
		{"Area 3 - Manajemen SDM/x.pdf", "", "", 3, ""},
		{"Pokja IV/x.pdf", "", "", 4, ""},
		{"Area 2 - Tatalaksana/Reform/x.pdf", "", "", 2, "A.II"},
		{"Penataan Tata Laksana/x.pdf", "", "", 2, ""},
		{"HASIL/B.I.a/x.pdf", "B.I.a", "", 0, "B.I"},
		{"bukti.zip!A.I.4.ii.a/x.pdf", "A.I.4.ii.a", "A.I.4.ii", 4, "A.I"},
		{"dok001.pdf", "", "", 0, ""},
		{"2025/laporan bulan 1.2.3/x.pdf", "", "", 0, ""},
	} {
		h := f.Hint(c.path)
		assert.Equal(t, c.item, h.Item, "%s: item", c.path)
		assert.Equal(t, c.subarea, h.Subarea, "%s: sub-area", c.path)
		assert.Equal(t, c.area, h.Area, "%s: area", c.path)
		assert.Equal(t, c.part, h.Part, "%s: part", c.path)
	}
}

// document reads a document of a few lines.
func document(t testing.TB, pack *rules.Pack, path string, lines ...string) *facts.Document {
	t.Helper()
	r, err := facts.NewReader(pack)
	require.NoError(t, err)
	p := text.Page{Number: 1, Width: 595, Height: 842, Origin: text.Layer}
	for i, l := range lines {
		box := text.Box{X0: 60, Y0: 40 + 14*float64(i), X1: 60 + 5*float64(len(l)), Y1: 50 + 14*float64(i)}
		p.Lines = append(p.Lines, text.Line{Words: []text.Word{{Text: l, Box: box}}, Box: box})
	}
	d, err := r.Read(context.Background(), path, path, &text.Document{Paged: true, Pages: []text.Page{p}, Total: 1})
	if err != nil {
		panic(err)
	}
	return d
}

func always(*facts.Document, *rules.Requirement) bool { return true }

func codes(placed []match.Placed) []string {
	var out []string
	for _, p := range placed {
		out = append(out, p.Requirement.Item.Code)
	}
	return out
}

func TestContentFirst(t *testing.T) {
	pack := builtin(t)
	for _, c := range []struct {
		name, path string
		lines      []string
		first      string
	}{
		{"flat pile", "dok1.pdf", []string{"MAKLUMAT PELAYANAN"}, "A.I.6.i.b"},
		{"wrong folder", "A.I.1.i.a/dok1.pdf", []string{"MAKLUMAT PELAYANAN"}, "A.I.6.i.b"},
		{"decree by its subject", "sk.pdf", []string{"KEPUTUSAN KEPALA KANTOR", "NOMOR 1/2025", "TENTANG", "UNIT PENGENDALIAN GRATIFIKASI", "MENIMBANG"}, "A.I.5.i.b"},
		{"report by its topic", "l.pdf", []string{"LAPORAN EVALUASI WHISTLEBLOWING SYSTEM", "TAHUN 2025"}, "A.I.5.iv.b"},
		{"folder decides between twins", "A.II.1.iii.a/l.pdf", []string{"LAPORAN INTERNALISASI BUDAYA KERJA", "TAHUN 2025"}, "A.II.1.iii.a"},
	} {
		d := document(t, pack, c.path, c.lines...)
		res := match.Assign(pack, []*facts.Document{d}, nil, always)
		got := codes(res.Placed[c.path])
		if assert.NotEmpty(t, got, c.name) {
			assert.Contains(t, got[:min(len(got), 2)], c.first, c.name)
		}
		for _, p := range res.Placed[c.path] {
			assert.NotEmpty(t, p.Reasons, "%s: every match says why", c.name)
		}
	}
}

func TestIrrelevantIsNotPlaced(t *testing.T) {
	pack := builtin(t)
	d := document(t, pack, "A.I.6.i.a/undangan.pdf", "Hal : Undangan Pernikahan", "Yth. Bapak/Ibu", "akad nikah putri kami")
	res := match.Assign(pack, []*facts.Document{d}, nil, always)
	assert.Empty(t, res.Placed[d.Path])
	assert.Contains(t, res.Nearest, d.Path)
}

func TestUntimelyServesOnlyWhereNothingBetter(t *testing.T) {
	pack := builtin(t)
	d := document(t, pack, "l.pdf", "LAPORAN MONITORING DAN EVALUASI ZONA INTEGRITAS", "TRIWULAN III TAHUN 2024")
	never := func(_ *facts.Document, q *rules.Requirement) bool { return q.Item.Code == "A.I.1.iii.b" }
	res := match.Assign(pack, []*facts.Document{d}, nil, never)
	assert.Equal(t, []string{"A.I.1.iii.b"}, codes(res.Placed[d.Path]))
}

func TestUnread(t *testing.T) {
	pack := builtin(t)
	unread := []match.Unread{{Path: "A.I.5.i.b/SK UPG.pdf", Reason: "image_only"}, {Path: "dok9.pdf", Reason: "corrupt"}}
	res := match.Assign(pack, nil, unread, always)
	m := res.Matches["A.I.5.i.b/sk"]
	require.NotNil(t, m)
	require.Len(t, m.Unread, 2)
	assert.True(t, m.Unread[0].Likely, "it lies in the item's own folder")
	assert.False(t, m.Unread[1].Likely, "a neutral name excludes nothing and says nothing")
	for _, u := range res.Matches["A.I.1.i.a/sk"].Unread {
		assert.NotEqual(t, "A.I.5.i.b/SK UPG.pdf", u.Path, "another item's folder rules it out")
	}
}

func BenchmarkAssign(b *testing.B) {
	pack := builtin(b)
	var pile []*facts.Document
	for _, h := range []string{"LAPORAN EVALUASI SOP", "MAKLUMAT PELAYANAN", "LAPORAN PENGADUAN TRIWULAN I", "RENCANA KERJA ZONA INTEGRITAS"} {
		pile = append(pile, document(b, pack, h+".pdf", h, "TAHUN 2025"))
	}
	b.ReportAllocs()
	for b.Loop() {
		match.Assign(pack, pile, nil, always)
	}
}

// TestUnreadIsNotMissing holds that a scan whose name tells the kind of paper stays
// possible for the lines that ask for it and have no document, in its own folder.
func TestUnreadIsNotMissing(t *testing.T) {
	pack, err := rules.Builtin()
	require.NoError(t, err)
	for _, c := range []struct {
		path, line string
		want       bool
	}{
		{"Area 5/Laporan Monev Pengaduan Masyarakat fix.pdf", "A.I.5.iii.d", true},
		{"Area 6/Laporan Monev Pengaduan Masyarakat fix.pdf", "A.I.5.iii.d", false},
		{"scan001.pdf", "A.I.5.iii.d", true},
		{"Area 5/SK Tim Pengaduan.pdf", "A.I.5.v.e", false},
	} {
		res := match.Assign(pack, nil, []match.Unread{{Path: c.path, Reason: "image_only", Kind: "pdf"}}, func(*facts.Document, *rules.Requirement) bool { return true })
		got := false
		for _, m := range res.Matches {
			got = got || m.Requirement.Item.Code == c.line && len(m.Unread) > 0
		}
		assert.Equal(t, c.want, got, "%s for %s", c.path, c.line)
	}
}

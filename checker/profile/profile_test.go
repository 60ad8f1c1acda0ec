package profile_test

import (
	"testing"
	"time"

	"dasheval/checker/facts"
	"dasheval/checker/profile"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"PENGADILAN NEGERI SUKAMAJU", "Pengadilan Negeri Sukamaju", true},
		{"BALAI  PENJAMINAN-MUTU", "Balai Penjaminan Mutu", true},
		{"Mahkamah Agung RI", "MAHKAMAH AGUNG REPUBLIK INDONESIA", true},
		{"Pengadilan Negeri Sukamaju Kelas IB", "Pengadilan Negeri Sukamaju", true},
		{"Politeknik Negeri Mandala", "Politeknik Negeri Wanasari", false},
		{"RSUD A", "RSUD B", false},
		{"BPS Kabupaten Batu", "BPS Kabupaten Batusangkar", false},
		{"BALAIPENJAMINAN MUTU", "Balai Penjaminan Mutu Wanasari", true},
		{"", "RSUD", false},
	} {
		assert.Equal(t, c.want, profile.Same(c.a, c.b), "%s and %s", c.a, c.b)
	}
}

func TestIsHead(t *testing.T) {
	pack, err := rules.Builtin()
	require.NoError(t, err)
	r, err := facts.NewReader(pack)
	require.NoError(t, err)
	day := func(s string) time.Time {
		d, err := time.Parse(time.DateOnly, s)
		require.NoError(t, err)
		return d
	}
	u := &profile.Unit{Heads: []profile.Official{
		{Name: "Budi Santosa, S.H.", NIP: "197001011995031001", Title: "Ketua Pengadilan", From: day("2025-02-01")},
		{Name: "Drs. Siti Aminah", Title: "Ketua Pengadilan", To: day("2025-01-31")},
	}}
	for _, c := range []struct {
		name string
		b    facts.Block
		day  string
		want bool
	}{
		{"by number", facts.Block{NIP: "197001011995031001", Name: "B. Santosa"}, "2025-03-01", true},
		{"by name, degrees aside", facts.Block{Name: "BUDI SANTOSA"}, "2025-03-01", true},
		{"before the term of office", facts.Block{Name: "Budi Santosa"}, "2025-01-15", false},
		{"the former head in time", facts.Block{Name: "Siti Aminah"}, "2025-01-15", true},
		{"the former head too late", facts.Block{Name: "Siti Aminah"}, "2025-03-01", false},
		{"in the head's name", facts.Block{Name: "Andi", Title: "Ketua", Acting: "a.n."}, "2025-03-01", true},
		{"somebody else", facts.Block{Name: "Andi", Title: "Sekretaris"}, "2025-03-01", false},
	} {
		assert.Equal(t, c.want, u.IsHead(r, c.b, day(c.day)), c.name)
	}
}

func TestGivenValuesWin(t *testing.T) {
	pack, err := rules.Builtin()
	require.NoError(t, err)
	given := &profile.Unit{Name: "Kantor Pertanahan Kota Baru", Ministry: "Kementerian ATR/BPN", Heads: []profile.Official{{Name: "A"}}}
	u := profile.Infer(pack, nil, given)
	assert.Equal(t, "Kantor Pertanahan Kota Baru", u.Name)
	assert.False(t, u.Inferred)
	assert.True(t, u.Known("KANTOR PERTANAHAN KOTA BARU PROVINSI WANASARI"))
	assert.False(t, u.Known("Kantor Pertanahan Kota Baru Selatan"), "a neighbour")
	assert.Empty(t, profile.Infer(pack, nil, nil).Name, "nothing is guessed from nothing")
}

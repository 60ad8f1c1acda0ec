package facts_test

import (
	"context"
	"strings"
	"testing"

	"dasheval/checker/evidence"
	"dasheval/checker/facts"
	"dasheval/checker/text"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func reader(t testing.TB) *facts.Reader {
	t.Helper()
	pack, err := rules.Builtin()
	require.NoError(t, err)
	r, err := facts.NewReader(pack)
	require.NoError(t, err)
	return r
}

// page lays lines out as a page: a tab begins a column 150 points further, a
// line "@" is a picture of 60 by 40 points, "@" after a tab one in that column.
func page(number int, lines ...string) text.Page {
	p := text.Page{Number: number, Width: 595, Height: 842, Origin: text.Layer}
	y := 40.0
	for _, l := range lines {
		line := text.Line{}
		for k, cell := range strings.Split(l, "\t") {
			x := 60 + 250*float64(k)
			for _, w := range strings.Fields(cell) {
				if w == "@" {
					p.Images = append(p.Images, text.Image{Box: text.Box{X0: x, Y0: y, X1: x + 60, Y1: y + 40}})
					y += 34
					continue
				}
				box := text.Box{X0: x, Y0: y, X1: x + 5*float64(len(w)), Y1: y + 10}
				line.Words = append(line.Words, text.Word{Text: w, Box: box})
				line.Box = line.Box.Union(box)
				x = box.X1 + 3
			}
		}
		line.Words = text.JoinSpaced(line.Words)
		if len(line.Words) > 0 {
			p.Lines = append(p.Lines, line)
		}
		y += 14
	}
	return p
}

func read(t testing.TB, lines ...string) *facts.Document {
	t.Helper()
	doc := &text.Document{Format: "pdf", Paged: true, Pages: []text.Page{page(1, lines...)}, Total: 1}
	return factsOf(t, "x.pdf", doc)
}

var court = []string{
	"MAHKAMAH AGUNG REPUBLIK INDONESIA",
	"PENGADILAN NEGERI SUKAMAJU",
	"Jalan Merdeka Nomor 1 Telepon (021) 123456",
}

func decree(more ...string) []string { return append(append([]string{}, court...), more...) }

var decreeBody = []string{
	"Menimbang : bahwa perlu ditetapkan tim;",
	"Mengingat : 1. Peraturan Menteri Nomor 90 Tahun 2021 tanggal 3 Maret 2021;",
	"MEMUTUSKAN",
	"Menetapkan : KEPUTUSAN KETUA PENGADILAN NEGERI SUKAMAJU.",
	"KESATU : Membentuk tim.",
	"\tDitetapkan di Sukamaju",
	"\tpada tanggal 5 Pebruari 2025",
	"\tKETUA,",
	"\t@",
	"\tBudi Santosa, S.H., M.H.",
	"\tNIP 197001011995031001",
}

func TestDecree(t *testing.T) {
	d := read(t, append(decree("KEPUTUSAN KETUA PENGADILAN NEGERI SUKAMAJU", "NOMOR : 12/KPN.W9-U1/SK.OT1/II/2025", "TENTANG",
		"PEMBENTUKAN TIM PEMBANGUNAN ZONA INTEGRITAS"), decreeBody...)...)
	require.NotNil(t, d.Type)
	assert.Equal(t, "sk", d.Type.ID)
	assert.Equal(t, "12/KPN.W9-U1/SK.OT1/II/2025", d.Facts["number"].Value)
	assert.Equal(t, "2025-02-05", d.Facts["date"].Value)
	assert.Equal(t, "PEMBENTUKAN TIM PEMBANGUNAN ZONA INTEGRITAS", d.Subject)
	assert.Equal(t, "PENGADILAN NEGERI SUKAMAJU", d.Facts["unit"].Value)
	assert.Equal(t, "MAHKAMAH AGUNG REPUBLIK INDONESIA", d.Facts["ministry"].Value)
	require.Len(t, d.Blocks, 1)
	b := d.Blocks[0]
	assert.Equal(t, "KETUA", b.Title)
	assert.Equal(t, "Budi Santosa, S.H., M.H.", b.Name)
	assert.Equal(t, "197001011995031001", b.NIP)
	assert.Equal(t, facts.Pictured, b.State)
	assert.Equal(t, 1, d.Facts["number"].At.Page)
	assert.Contains(t, d.Facts["number"].At.Quote, "12/KPN")
}

func TestNumber(t *testing.T) {
	for _, c := range []struct{ name, line, want, blank string }{
		{"colon", "NOMOR : 188.4/12 TAHUN 2025", "188.4/12 TAHUN 2025", ""},
		{"the year stands twice", "NOMOR 445/017/RSUD/2025 TAHUN 2025", "445/017/RSUD/2025 TAHUN 2025", ""},
		{"year is part of a plain number", "NOMOR 12 TAHUN 2025", "12 TAHUN 2025", ""},
		{"no colon", "Nomor 445/017/RSUD/2025", "445/017/RSUD/2025", ""},
		{"short label", "No. W9.U1/123/OT.01/III/2025", "W9.U1/123/OT.01/III/2025", ""},
		{"columns", "Nomor\t: B-123/11720/PR.300/03/2025", "B-123/11720/PR.300/03/2025", ""},
		{"dots", "NOMOR : ................", "", "NOMOR : ................"},
		{"slash without a number", "Nomor: /PN/2025", "", "Nomor: /PN/2025"},
		{"placeholder", "NOMOR [nomor] TAHUN 2025", "", "NOMOR [nomor] TAHUN 2025"},
		{"none: a number in Mengingat is another's", "tanpa nomor", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, append(decree("KEPUTUSAN KETUA PENGADILAN NEGERI SUKAMAJU", c.line, "TENTANG", "TIM KERJA"), decreeBody...)...)
			assert.Equal(t, c.want, d.Facts["number"].Value)
			if c.blank != "" {
				assert.Equal(t, c.blank, d.Facts["number_blank"].Value)
			}
		})
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct{ line, want string }{
		{"pada tanggal 22 Januari 2025", "2025-01-22"},
		{"Pada tanggal : 3 Nopember 2024", "2024-11-03"},
		{"pada tanggal 1 Pebruari 2024", "2024-02-01"},
		{"pada tanggal 07-03-2025", "2025-03-07"},
		{"pada tanggal 7/3/2025", "2025-03-07"},
		{"pada tanggal 3 Nop 2024", "2024-11-03"},
		{"pada tanggal 31 Februari 2025", ""},
		{"pada tanggal ............ 2025", ""},
	} {
		d := read(t, append(decree("KEPUTUSAN KETUA PENGADILAN NEGERI SUKAMAJU", "NOMOR 1/SK/2025", "TENTANG", "TIM KERJA", "MEMUTUSKAN",
			"Menetapkan : KEPUTUSAN"), "\tDitetapkan di Sukamaju", "\t"+c.line, "\tKETUA,", "", "", "", "\tBudi Santosa", "\tNIP 197001011995031001")...)
		assert.Equal(t, c.want, d.Facts["date"].Value, c.line)
		if c.want == "" && strings.Contains(c.line, "...") {
			assert.NotEmpty(t, d.Facts["date_blank"].At.Quote, c.line)
		}
	}
}

func TestSpelledDate(t *testing.T) {
	d := read(t, append(court, "BERITA ACARA", "Nomor: 3/BA/2025",
		"Pada hari ini Senin tanggal dua puluh satu bulan Juli tahun dua ribu dua puluh lima bertempat di aula",
		"kedua pihak menyatakan sepakat.")...)
	require.NotNil(t, d.Type)
	assert.Equal(t, "berita_acara", d.Type.ID)
}

func TestTypesByHeading(t *testing.T) {
	for _, c := range []struct {
		lines []string
		id    string
		also  string
	}{
		{[]string{"NOTULENSI RAPAT", "Hari/Tanggal : Senin, 3 Maret 2025", "Pimpinan rapat : Ketua"}, "notulen", ""},
		{[]string{"ABSENSI RAPAT", "Kegiatan : Monev", "No\tNama\tTanda Tangan"}, "daftar_hadir", ""},
		{[]string{"Nomor : 1/A/2025", "Perihal : Undangan Rapat", "Yth. Bapak"}, "surat_undangan", ""},
		{[]string{"S U R A T   T U G A S", "Nomor 12/ST/2025"}, "surat_tugas", ""},
		{[]string{"Laporan Monitoring dan Evaluasi Penanganan Pengaduan Masyarakat", "Triwulan II Tahun 2025", "BAB I PENDAHULUAN"}, "laporan_monev", "laporan_pengaduan"},
		{[]string{"LAPORAN TINDAK LANJUT HASIL SURVEI KEPUASAN MASYARAKAT", "TAHUN 2025"}, "laporan_tindak_lanjut", ""},
		{[]string{"LAPORAN SURVEI PERSEPSI ANTI KORUPSI", "SEMESTER I TAHUN 2025"}, "laporan_spak", ""},
		{[]string{"KEPUTUSAN KETUA PENGADILAN NEGERI SUKAMAJU", "NOMOR 1/2025", "TENTANG", "KODE ETIK PEGAWAI", "MEMUTUSKAN"}, "sk", "kode_etik"},
		{[]string{"RENCANA KERJA PEMBANGUNAN ZONA INTEGRITAS", "TAHUN 2025"}, "rencana_aksi_zi", ""},
		{[]string{"LAPORAN KINERJA INSTANSI PEMERINTAH", "TAHUN 2024"}, "lakip", ""},
		{[]string{"MAKLUMAT PELAYANAN", "Dengan ini kami menyatakan sanggup"}, "maklumat_pelayanan", ""},
	} {
		d := read(t, append(append([]string{}, court...), c.lines...)...)
		if assert.NotNil(t, d.Type, c.lines[0]) {
			assert.Equal(t, c.id, d.Type.ID, c.lines[0])
		}
		if c.also != "" {
			assert.True(t, d.Is(c.also), "%s serves as %s; has %v", c.lines[0], c.also, d.Also)
		}
	}
}

func TestLetter(t *testing.T) {
	d := read(t, append(court, "Nomor : 7/UND/2025\t4 Maret 2025", "Lampiran : -", "Perihal : Undangan Rapat", "Yth. Para Hakim", "di tempat",
		"Sehubungan dengan pelaksanaan Sosialisasi Kode Etik Pegawai, kami mengundang Saudara pada",
		"hari, tanggal : Kamis, 6 Maret 2025", "tempat : Ruang Sidang", "\tKETUA,", "\t@", "\tBudi Santosa", "\tNIP 197001011995031001")...)
	assert.Equal(t, "2025-03-04", d.Facts["date"].Value, "the date of the letter")
	assert.Equal(t, "2025-03-06", d.Facts["event_date"].Value, "the day of the meeting")
	assert.Equal(t, "Sosialisasi Kode Etik Pegawai", d.Facts["event"].Value)
	assert.Equal(t, "Ruang Sidang", d.Facts["place"].Value)
	assert.Equal(t, "7/UND/2025", d.Facts["number"].Value)
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct {
		name   string
		lines  []string
		states []facts.State
		first  string
		acting string
	}{
		{"unsigned", []string{"\tSukamaju, 4 Maret 2025", "\tKetua,", "", "", "", "\tBudi Santosa", "\tNIP 197001011995031001"}, []facts.State{facts.Unsigned}, "Ketua", ""},
		{"typed", []string{"\tKetua,", "", "\tttd.", "", "\tBudi Santosa", "\tNIP 197001011995031001"}, []facts.State{facts.Typed}, "Ketua", ""},
		{"electronic", []string{"\tKetua,", "\tDitandatangani secara elektronik oleh:", "\tBudi Santosa", "\tNIP. 19700101 199503 1 001"}, []facts.State{facts.Electronic}, "Ketua", ""},
		{"two columns", []string{"Mengetahui,\tSukamaju, 4 Maret 2025", "Ketua,\tNotulis,", "", "@\t", "", "Budi Santosa\tSiti Aminah", "NIP 197001011995031001\tNIP 198001012005012001"}, []facts.State{facts.Pictured, facts.Unsigned}, "Ketua", ""},
		{"acting", []string{"\tPlt. Ketua,", "\t@", "\tBudi Santosa", "\tNIP 197001011995031001"}, []facts.State{facts.Pictured}, "Ketua", "plt."},
		{"without a number", []string{"\tSukamaju, 4 Maret 2025", "\tDirektur,", "", "", "", "\tdr. Rina Wati, Sp.A."}, []facts.State{facts.Unsigned}, "Direktur", ""},
		{"rank between", []string{"\tKepala,", "\t@", "\tBudi Santosa", "\tPembina Tk. I", "\tNIP 197001011995031001"}, []facts.State{facts.Pictured}, "Kepala", ""},
		{"a table of persons is none", []string{"No\tNama\tNIP", "1\tBudi Santosa\t197001011995031001"}, nil, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := read(t, append(append([]string{}, court...), append([]string{"LAPORAN KEGIATAN", "Isi laporan yang cukup panjang untuk dibaca."}, c.lines...)...)...)
			var got []facts.State
			for _, b := range d.Blocks {
				got = append(got, b.State)
			}
			assert.Equal(t, c.states, got)
			if len(d.Blocks) > 0 {
				assert.Equal(t, c.first, d.Blocks[0].Title)
				assert.Equal(t, c.acting, d.Blocks[0].Acting)
			}
		})
	}
}

func TestCheckNIP(t *testing.T) {
	for nip, want := range map[string]string{
		"197001011995031001": "", "199001012020212001": "", "123456789": "",
		"19700101199503100": "length", "197013011995031001": "birth", "197001011995131001": "appointment",
		"199501012005031001": "age", "197001011995033001": "sex",
	} {
		assert.Equal(t, want, facts.CheckNIP(nip), nip)
	}
}

func TestBareName(t *testing.T) {
	r := reader(t)
	assert.Equal(t, r.BareName("Drs. Suryadi Purnomo, M.Si."), r.BareName("SURYADI PURNOMO"))
	assert.NotEqual(t, r.BareName("Budi Santosa"), r.BareName("Budi Santoso"))
}

func TestMergedMeetingIsSplit(t *testing.T) {
	doc := &text.Document{Format: "pdf", Paged: true, Total: 3, Pages: []text.Page{
		page(1, append(court, "Nomor : 7/UND/2025\t4 Maret 2025", "Hal : Undangan", "Yth. Para Hakim", "hari/tanggal : Kamis, 6 Maret 2025")...),
		page(2, append(court, "NOTULA", "Kegiatan : Sosialisasi Kode Etik", "Hari/Tanggal : Kamis, 6 Maret 2025", "Pimpinan rapat : Ketua")...),
		page(3, append(court, "DAFTAR HADIR", "Kegiatan : Sosialisasi Kode Etik", "No Nama\tTanda Tangan", "1 Budi Santosa\t@", "2 Siti Aminah\t")...),
	}}
	d := factsOf(t, "rapat.pdf", doc)
	require.NotNil(t, d.Type)
	assert.Equal(t, "paket_rapat", d.Type.ID)
	require.Len(t, d.Parts, 3)
	assert.Equal(t, "2025-03-04", d.Facts["date"].Value)
	assert.Equal(t, 3, d.Parts[2].First)
	require.NotNil(t, d.Attendance)
	assert.Equal(t, 2, d.Attendance.Rows)
	assert.Equal(t, 1, d.Attendance.Signed)
}

func TestMarks(t *testing.T) {
	d := read(t, append(decree("KEPUTUSAN KETUA PENGADILAN NEGERI SUKAMAJU", "NOMOR ${nomor_naskah}", "TENTANG", "TIM"), decreeBody...)...)
	assert.NotEmpty(t, d.Marks, "a placeholder without a number beside it")
	d = read(t, append(decree("KEPUTUSAN KETUA PENGADILAN NEGERI SUKAMAJU", "NOMOR 12/SK/2025", "${nomor_naskah}", "TENTANG", "TIM"), decreeBody...)...)
	assert.Empty(t, d.Marks, "an e-office system has laid the value over its placeholder")
	d = read(t, append(court, "LAPORAN KEGIATAN", "DAFTAR ISI", "BAB I Pendahuluan ........................ 3", "BAB II Hasil ............ 5")...)
	assert.Empty(t, d.Marks, "dots of a table of contents")
	d = read(t, append(court, "KONSEP", "LAPORAN KEGIATAN")...)
	assert.NotEmpty(t, d.Marks)
}

// FuzzRead holds that no text makes the reader fail, and that places lie inside
// of the document.
// factsOf reads the facts of doc.
func factsOf(t testing.TB, path string, doc *text.Document) *facts.Document {
	t.Helper()
	d, err := reader(t).Read(t.Context(), path, "", doc)
	require.NoError(t, err)
	return d
}

func TestTooLong(t *testing.T) {
	ctx, cancel := context.WithTimeoutCause(t.Context(), 0, evidence.ErrTimeout)
	defer cancel()
	_, err := reader(t).Read(ctx, "x.pdf", "", &text.Document{})
	require.ErrorIs(t, err, evidence.ErrTimeout)
}

func FuzzRead(f *testing.F) {
	r := reader(f)
	f.Add("KEPUTUSAN\nNOMOR : 1/2025\npada tanggal 3 Maret 2025\n\tKETUA,\n\t@\n\tBudi Santosa\n\tNIP 197001011995031001")
	f.Add("Nomor\t: ....\nHal : Undangan\nhari/tanggal : 1-1-2025")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 4000 || strings.Count(s, "\t") > 200 {
			return
		}
		doc := &text.Document{Paged: true, Pages: []text.Page{page(1, strings.Split(s, "\n")...)}, Total: 1}
		d, err := r.Read(t.Context(), "x.pdf", "", doc)
		require.NoError(t, err)
		for name, fact := range d.Facts {
			if fact.At.Page != 0 && fact.At.Page != 1 {
				t.Errorf("%s is on page %d", name, fact.At.Page)
			}
		}
	})
}

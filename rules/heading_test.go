package rules_test

import (
	"slices"
	"testing"

	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// byHeading returns the type whose title stands first in the heading, with the
// other types that match: specific before generic, then longer before shorter.
func byHeading(p *rules.Pack, heading string) (string, []string) {
	type hit struct {
		t          *rules.Type
		start, end int
	}
	var hits []hit
	for _, t := range p.Types {
		if rules.MatchAny(t.Not, heading) {
			continue
		}
		best := hit{t, -1, 0}
		for _, title := range t.Title {
			m := title.Find(heading)
			if m != nil && (best.start < 0 || m[0] < best.start || m[0] == best.start && m[1] > best.end) {
				best.start, best.end = m[0], m[1]
			}
		}
		if best.start >= 0 {
			hits = append(hits, best)
		}
	}
	slices.SortStableFunc(hits, func(a, b hit) int {
		switch {
		case a.t.Generic != b.t.Generic:
			if a.t.Generic {
				return 1
			}
			return -1
		case a.start != b.start:
			return a.start - b.start
		}
		return b.end - a.end
	})
	if len(hits) == 0 {
		return "", nil
	}
	var also []string
	for _, h := range hits[1:] {
		if !h.t.Generic {
			also = append(also, h.t.ID)
		}
	}
	return hits[0].t.ID, also
}

// The headings are of documents as offices write them, folded, without the
// letterhead.
func TestHeadings(t *testing.T) {
	pack, err := rules.Builtin()
	require.NoError(t, err)
	for _, c := range []struct {
		heading, want string
		also          []string // specific types that match as well
	}{
		// decrees
		{"keputusan kepala balai\nnomor 12 tahun 2025\ntentang\npembentukan tim pembangunan zona integritas", "sk", nil},
		{"surat keputusan ketua pengadilan negeri\nnomor: w1/12/kp.01/1/2025\ntentang penunjukan agen perubahan", "sk", nil},
		{"keputusan direktur politeknik\ntentang kode etik pegawai", "sk", []string{"kode_etik"}},
		{"keputusan kepala kantor pertanahan\ntentang penetapan standar pelayanan", "sk", []string{"standar_pelayanan"}},
		{"keputusan camat\ntentang penetapan maklumat pelayanan", "sk", []string{"maklumat_pelayanan"}},
		{"keputusan kepala badan\ntentang penetapan indikator kinerja utama", "sk", []string{"iku"}},
		{"keputusan kepala dinas\ntentang tim monitoring dan evaluasi", "sk", nil},
		{"keputusan rektor tentang pejabat pengelola informasi dan dokumentasi", "sk", nil},
		{"salinan keputusan bupati\nnomor 100 tahun 2025 tentang unit pengendalian gratifikasi", "sk", nil},
		{"peraturan menteri\nnomor 5 tahun 2022\ntentang\norganisasi dan tata kerja", "regulasi_organisasi", nil},
		{"surat tugas\nnomor st-12/2025", "surat_tugas", nil},
		{"surat perintah tugas\nnomor 800/1/2025", "surat_tugas", nil},
		{"surat perintah melaksanakan tugas\nnomor 5", "surat_perintah", nil},
		{"surat edaran\nnomor 3 tahun 2025\ntentang\npelaporan lhkpn", "surat_edaran", nil},
		{"pedoman penanganan benturan kepentingan", "pedoman", nil},
		// procedures
		{"nomor sop : 12\nnama sop : penanganan pengaduan masyarakat", "sop_ap", nil},
		{"standar operasional prosedur\npelayanan informasi publik", "sop_ap", nil},
		{"standar prosedur operasional (spo)\npemeriksaan pasien", "sop_ap", nil},
		{"laporan monitoring dan evaluasi\nstandar operasional prosedur", "laporan_monev", []string{"laporan_evaluasi"}},
		{"laporan evaluasi sop tahun 2025", "laporan_evaluasi", nil},
		// letters
		{"undangan rapat monitoring dan evaluasi zona integritas", "surat_undangan", nil},
		{"surat undangan\nrapat tindak lanjut hasil evaluasi", "surat_undangan", nil},
		{"nota dinas\nundangan rapat", "nota_dinas", nil},
		{"usulan kebutuhan pegawai tahun 2025", "surat_usulan", nil},
		{"permohonan peserta pelatihan", "surat_usulan", nil},
		// meetings
		{"notula rapat pembahasan rencana kerja zona integritas", "notulen", nil},
		{"notulensi", "notulen", nil},
		{"risalah rapat", "notulen", nil},
		{"daftar hadir\nrapat monitoring dan evaluasi", "daftar_hadir", nil},
		{"presensi rapat penyusunan standar pelayanan", "daftar_hadir", nil},
		{"absensi sosialisasi gratifikasi", "daftar_hadir", nil},
		{"daftar peserta bimbingan teknis", "daftar_hadir", nil},
		{"berita acara forum konsultasi publik", "berita_acara", nil},
		{"dokumentasi kegiatan rapat evaluasi", "dokumentasi_foto", nil},
		{"laporan hasil rapat koordinasi", "paket_rapat", nil},
		{"materi sosialisasi pengendalian gratifikasi", "materi_paparan", nil},
		// reports
		{"laporan monitoring dan evaluasi\npembangunan zona integritas\ntriwulan ii tahun 2025", "laporan_monev", nil},
		{"laporan hasil pelaksanaan monitoring dan evaluasi penanganan pengaduan masyarakat", "laporan_monev", []string{"laporan_pengaduan"}},
		{"laporan monitoring dan evaluasi penanganan pengaduan masyarakat", "laporan_monev", []string{"laporan_pengaduan"}},
		{"laporan monev semester i pengendalian gratifikasi", "laporan_monev", []string{"laporan_upg"}},
		{"laporan pemantauan kode etik", "laporan_monev", nil},
		{"laporan tindak lanjut hasil survei kepuasan masyarakat", "laporan_tindak_lanjut", []string{"laporan_skm"}},
		{"laporan tindak lanjut atas hasil monitoring dan evaluasi", "laporan_tindak_lanjut", []string{"laporan_monev"}},
		{"matriks tindak lanjut rekomendasi hasil evaluasi", "laporan_tindak_lanjut", nil},
		{"laporan pemantauan tindak lanjut hasil pemeriksaan", "laporan_tindak_lanjut", []string{"laporan_monev"}},
		{"laporan hasil evaluasi internal", "laporan_evaluasi", nil},
		{"laporan pelaksanaan rencana aksi pembangunan zona integritas", "laporan_pelaksanaan", nil},
		{"laporan realisasi rencana kerja zi triwulan iii", "laporan_pelaksanaan", nil},
		{"laporan pelaksanaan sosialisasi zona integritas", "laporan_kegiatan", nil},
		{"laporan kegiatan pelatihan pelayanan prima", "laporan_kegiatan", nil},
		{"laporan sosialisasi pengendalian gratifikasi", "laporan_kegiatan", nil},
		{"laporan agen perubahan\ntahun 2025", "laporan_agen_perubahan", nil},
		{"laporan kinerja agen perubahan", "laporan_agen_perubahan", nil},
		{"laporan pemanfaatan aplikasi layanan", "laporan_pemanfaatan_aplikasi", nil},
		{"laporan penanganan pengaduan masyarakat triwulan i", "laporan_pengaduan", nil},
		{"rekapitulasi pengaduan masyarakat", "laporan_pengaduan", nil},
		{"laporan unit pengendalian gratifikasi (upg)", "laporan_upg", nil},
		{"laporan nihil penerimaan gratifikasi", "laporan_upg", nil},
		{"laporan penyelenggaraan spip tahun 2025", "laporan_spip", nil},
		{"laporan hasil penilaian mandiri maturitas penyelenggaraan spip", "laporan_spip", nil},
		{"laporan hasil asesmen pegawai", "laporan_asesmen", nil},
		{"analisis kebutuhan pelatihan pegawai", "laporan_tna", nil},
		{"training need analysis (tna)", "laporan_tna", nil},
		{"laporan analisis kesenjangan kompetensi pegawai", "laporan_kesenjangan_kompetensi", nil},
		// performance
		{"laporan kinerja instansi pemerintah\ntahun 2024", "lakip", nil},
		{"laporan akuntabilitas kinerja\nlakip 2024", "lakip", nil},
		{"lkjip tahun 2024", "lakip", nil},
		{"laporan capaian kinerja triwulan i", "laporan_kinerja_periodik", nil},
		{"laporan kinerja\nbalai besar\ntriwulan ii tahun 2025", "laporan_kinerja_periodik", []string{"lakip"}},
		{"laporan hasil evaluasi atas implementasi sakip tahun 2024", "lhe_sakip", []string{"laporan_evaluasi"}},
		{"laporan hasil evaluasi zona integritas menuju wbk", "lhe_zi", []string{"laporan_evaluasi"}},
		{"perjanjian kinerja tahun 2025", "perjanjian_kinerja", nil},
		{"pernyataan perjanjian kinerja", "perjanjian_kinerja", nil},
		{"manual iku 2025", "iku", nil},
		{"kamus indikator kinerja utama", "iku", nil},
		{"pohon kinerja", "pohon_kinerja", nil},
		{"matriks peran hasil", "matriks_peran_hasil", nil},
		{"sasaran kinerja pegawai\nperiode 2025", "skp", nil},
		{"rekapitulasi skp pegawai", "daftar_rekap", nil},
		// plans
		{"rencana strategis\n2025-2029", "renstra", nil},
		{"rencana kerja tahunan 2025", "renstra_renja", nil},
		{"rencana kerja pembangunan zona integritas tahun 2025", "rencana_aksi_zi", nil},
		{"rencana aksi zi menuju wbk", "rencana_aksi_zi", nil},
		{"rencana pengembangan kompetensi pegawai 2025", "rencana_pengembangan_kompetensi", nil},
		{"rencana tindak pengendalian", "rencana_tindak_pengendalian", nil},
		{"register risiko tahun 2025", "register_risiko", nil},
		{"laporan hasil identifikasi risiko", "register_risiko", nil},
		// statements
		{"pakta integritas", "pakta_integritas", nil},
		{"surat pernyataan bebas benturan kepentingan", "surat_pernyataan", nil},
		{"surat pernyataan tanggung jawab mutlak", "sptjm", nil},
		{"maklumat pelayanan", "maklumat_pelayanan", nil},
		{"standar pelayanan publik", "standar_pelayanan", nil},
		// surveys
		{"laporan survei kepuasan masyarakat semester i 2025", "laporan_skm", nil},
		{"laporan hasil pengukuran indeks kepuasan masyarakat", "laporan_skm", nil},
		{"laporan survei persepsi anti korupsi", "laporan_spak", nil},
		{"laporan hasil survei persepsi kualitas pelayanan", "laporan_spkp", nil},
		{"laporan survei persepsi kualitas pelayanan dan persepsi anti korupsi", "laporan_spkp", []string{"laporan_spak"}},
		{"kuesioner survei kepuasan masyarakat", "", nil},
		{"profil inovasi pelayanan", "profil_inovasi", nil},
		// the rest
		{"peta proses bisnis", "peta_proses_bisnis", nil},
		{"peta jabatan dan analisis beban kerja", "anjab_abk", nil},
		{"kode etik dan kode perilaku pegawai", "kode_etik", nil},
		{"rekapitulasi presensi pegawai bulan maret", "rekap_presensi", nil},
		{"rekapitulasi pelatihan pegawai", "daftar_rekap", nil},
		{"rekap penilaian petugas layanan", "daftar_rekap", nil},
		{"kertas kerja pemilihan anggota tim", "kertas_kerja", nil},
		{"daftar informasi publik tahun 2025", "daftar_informasi_publik", nil},
		{"sertifikat pelatihan", "sertifikat", nil},
		{"tanda terima lhkpn", "tanda_terima", nil},
		{"rekapitulasi kepatuhan pelaporan lhkpn", "rekap_lhkpn", nil},
		{"rekap lhkasn", "rekap_lhkasn", nil},
		{"rekap pelaporan spt tahunan non lhkpn", "rekap_lhkasn", nil},
		{"pemetaan benturan kepentingan", "pemetaan_benturan_kepentingan", nil},
		{"laporan identifikasi benturan kepentingan", "pemetaan_benturan_kepentingan", nil},
		{"lembar kerja evaluasi zona integritas", "lke", nil},
		{"jadwal pelaksanaan monitoring dan evaluasi", "jadwal", nil},
		{"tangkapan layar media sosial", "tangkapan_layar", nil},
	} {
		got, also := byHeading(pack, c.heading)
		assert.Equal(t, c.want, got, "heading %q, also %v", c.heading, also)
		if got == c.want {
			for _, a := range c.also {
				assert.Contains(t, also, a, "heading %q", c.heading)
			}
			for _, a := range also {
				if !slices.Contains(c.also, a) {
					t.Logf("heading %q: also %s", c.heading, a)
				}
			}
		}
	}
}

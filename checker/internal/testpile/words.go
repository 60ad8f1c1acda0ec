package testpile

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// A writer draws words.
type writer struct{ *rand.Rand }

func (w writer) of(list []string) string { return list[w.IntN(len(list))] }

var (
	names    = strings.Fields("Rina Budi Siti Agus Dewi Joko Maria Hasan Wayan Putri Bambang Lestari Rahmat Yohana Teguh Intan Darmawan Sulastri Made Nurul Fajar Anita Gunawan Ratna Hendra Mega Taufan Wulan Bayu Citra")
	families = strings.Fields("Wijaya Santoso Siregar Hutapea Nugroho Permana Kusuma Saragih Pratiwi Hidayat Setiawan Manurung Sudarsono Wibowo Lubis Anggraini Prasetyo Utami Nasution Halim")
	degrees  = []string{"", ", S.E.", ", S.H., M.H.", ", M.Si.", ", S.Sos.", ", S.Kom.", ", A.Md."}
	posts    = []string{"Analis Kepegawaian", "Arsiparis Ahli Muda", "Pranata Komputer", "Bendahara Pengeluaran", "Pengelola Data", "Auditor Ahli Pertama", "Penata Laporan Keuangan", "Kepala Subbagian Umum"}
	towns    = strings.Fields("Samarinda Kendari Padang Mataram Kupang Ambon Serang Gorontalo Manado Jambi")
	months   = strings.Fields("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember")
	units    = []string{"Balai Pelatihan Pertanian", "Kantor Pertanahan Kota", "Balai Besar Pengawasan Mutu", "Kantor Pelayanan Bea dan Cukai", "Rumah Sakit Umum Daerah", "Lembaga Pemasyarakatan Kelas II"}
	themes   = []string{"pembangunan zona integritas", "penataan tata laksana", "penguatan pengawasan internal", "pengendalian gratifikasi", "peningkatan kualitas pelayanan publik", "penguatan akuntabilitas kinerja", "manajemen perubahan", "pengelolaan pengaduan masyarakat", "survei kepuasan masyarakat", "benturan kepentingan", "sistem manajemen sumber daya manusia", "penerapan pengendalian intern pemerintah"}
	nouns    = strings.Fields("kegiatan laporan program anggaran pegawai dokumen layanan rapat sasaran target indikator capaian tim unit kerja prosedur standar mutu waktu biaya sarana ruang sistem aplikasi data informasi masyarakat pengguna evaluasi rencana tindak lanjut hasil risiko pengawasan pengaduan keluhan survei responden nilai rekomendasi temuan perbaikan inovasi komitmen pimpinan budaya disiplin kehadiran pelatihan kompetensi jabatan mutasi arsip aset keuangan belanja pengadaan kontrak barang jasa")
	verbs    = strings.Fields("dilaksanakan disusun ditetapkan disampaikan dibahas dievaluasi ditingkatkan dipantau dilaporkan diperbaiki direncanakan disosialisasikan diterapkan dikoordinasikan didokumentasikan ditindaklanjuti diverifikasi diumumkan")
	linkers  = []string{"sesuai dengan", "berdasarkan", "dalam rangka", "untuk mendukung", "bersama dengan", "melalui", "setelah", "terhadap", "pada akhir", "oleh seluruh", "dengan memperhatikan", "serta"}
)

func (w writer) person() string { return w.of(names) + " " + w.of(families) }

func (w writer) nip() string {
	return fmt.Sprintf("19%02d%02d%02d20%02d%02d%d%03d", 65+w.IntN(30), 1+w.IntN(12), 1+w.IntN(28), 5+w.IntN(15), 1+w.IntN(12), 1+w.IntN(2), 1+w.IntN(9))
}

func (w writer) date() string {
	return fmt.Sprintf("%d %s 2025", 1+w.IntN(28), w.of(months))
}

func (w writer) number(code string) string {
	return fmt.Sprintf("%s/%d/%s.%02d/2025", code, 1+w.IntN(900), strings.ToUpper(w.of(nouns)[:2]), 1+w.IntN(12))
}

func (w writer) sentence() string {
	var b strings.Builder
	first := w.of(nouns)
	b.WriteString(strings.ToUpper(first[:1]) + first[1:])
	for range 1 + w.IntN(3) {
		b.WriteString(" " + w.of(nouns))
	}
	for range 1 + w.IntN(3) {
		b.WriteString(" " + w.of(verbs) + " " + w.of(linkers) + " " + w.of(nouns) + " " + w.of(nouns))
	}
	return b.String() + "."
}

// lineLength is where a paragraph breaks, in characters; a line of a page holds
// about 100.
const lineLength = 95

// paragraph returns some sentences, broken into lines.
func (w writer) paragraph() string {
	var all []string
	for range 3 + w.IntN(5) {
		all = append(all, strings.Fields(w.sentence())...)
	}
	return wrap(all)
}

func wrap(words []string) string {
	var b strings.Builder
	length := 0
	for _, word := range words {
		if length > 0 && length+len(word) >= lineLength {
			b.WriteByte('\n')
			length = 0
		}
		if length > 0 {
			b.WriteByte(' ')
			length++
		}
		b.WriteString(word)
		length += len(word)
	}
	return b.String() + "\n"
}

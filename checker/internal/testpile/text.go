package testpile

import (
	"fmt"
	"strings"
)

// A kind is one sort of document. Its text is a markup as testpdf.Layout takes
// it, without page breaks.
type kind struct {
	name string
	text func(writer) string
}

var kinds = []kind{
	{"SK Tim", decree}, {"Undangan", invitation}, {"Notulen", minutes}, {"Daftar Hadir", attendance},
	{"Laporan", report}, {"Laporan Monev", report}, {"SOP", procedure},
}

func (w writer) letterhead() (head, unit string) {
	unit = w.of(units) + " " + w.of(towns)
	return "KEMENTERIAN PELAYANAN DAN PENGAWASAN NASIONAL\n" + strings.ToUpper(unit) + "\n" +
		fmt.Sprintf("Jalan %s Nomor %d, %s\n\n", w.of(families), 1+w.IntN(200), w.of(towns)), unit
}

func (w writer) signature(title string) string {
	return fmt.Sprintf("\n\t\t\t%s, %s\n\t\t\t%s,\n@image\n\t\t\t%s\n\t\t\tNIP %s\n", w.of(towns), w.date(), title, w.person(), w.nip())
}

func decree(w writer) string {
	head, unit := w.letterhead()
	theme := w.of(themes)
	var b strings.Builder
	b.WriteString(head)
	fmt.Fprintf(&b, "KEPUTUSAN KEPALA %s\nNOMOR %s\nTENTANG\nTIM KERJA %s\nTAHUN 2025\n\n", strings.ToUpper(unit), w.number("SK"), strings.ToUpper(theme))
	for i, label := range []string{"Menimbang", "Mengingat"} {
		fmt.Fprintf(&b, "%s\t: %s\n", label, w.sentence())
		for range 2 + i {
			b.WriteString(w.paragraph())
		}
	}
	b.WriteString("\nMEMUTUSKAN:\nMenetapkan\t: Keputusan tentang tim kerja\n")
	for _, point := range []string{"KESATU", "KEDUA", "KETIGA", "KEEMPAT"} {
		fmt.Fprintf(&b, "%s\t: %s\n%s", point, w.sentence(), w.paragraph())
	}
	fmt.Fprintf(&b, "Ditetapkan di %s\npada tanggal %s\n", w.of(towns), w.date())
	b.WriteString(w.signature("Kepala"))
	b.WriteString("\nLAMPIRAN KEPUTUSAN\nNo\tNama\tJabatan\tKedudukan dalam Tim\n")
	b.WriteString(w.rows(10+w.IntN(20), true))
	return b.String()
}

// rows is a list of persons.
func (w writer) rows(n int, member bool) string {
	var b strings.Builder
	for i := range n {
		last := "@image"
		if member {
			last = "Anggota"
		}
		fmt.Fprintf(&b, "%d\t%s%s\t%s\t%s\n", i+1, w.person(), w.of(degrees), w.of(posts), last)
	}
	return b.String()
}

func invitation(w writer) string {
	head, _ := w.letterhead()
	return head + fmt.Sprintf("Nomor\t: %s\nSifat\t: Biasa\nHal\t: Undangan Rapat %s\n\nYth. %s\ndi tempat\n\n", w.number("UND"), w.of(themes), w.of(posts)) +
		w.paragraph() + fmt.Sprintf("Hari, tanggal\t: Senin, %s\nPukul\t: 09.00 WIB s.d. selesai\nTempat\t: Ruang Rapat %s\nAgenda\t: Pembahasan %s\n\n", w.date(), w.of(families), w.of(themes)) +
		w.paragraph() + w.signature("Kepala")
}

func minutes(w writer) string {
	head, _ := w.letterhead()
	var b strings.Builder
	b.WriteString(head)
	fmt.Fprintf(&b, "NOTULEN RAPAT\n\nKegiatan\t: Rapat %s\nHari/Tanggal\t: Selasa, %s\nTempat\t: Ruang Rapat\nPimpinan\t: %s\nPeserta\t: %d orang\n\n", w.of(themes), w.date(), w.person(), 5+w.IntN(40))
	for i, section := range []string{"Pembukaan", "Pembahasan", "Kesimpulan", "Tindak Lanjut"} {
		fmt.Fprintf(&b, "%c. %s\n", 'A'+i, section)
		for range 1 + w.IntN(4) {
			b.WriteString(w.paragraph())
		}
	}
	b.WriteString(w.signature("Notulis"))
	return b.String()
}

func attendance(w writer) string {
	head, _ := w.letterhead()
	return head + fmt.Sprintf("DAFTAR HADIR\n\nKegiatan\t: Rapat %s\nHari/Tanggal\t: Rabu, %s\nTempat\t: Aula\n\nNo\tNama\tJabatan\tTanda Tangan\n", w.of(themes), w.date()) +
		w.rows(15+w.IntN(60), false)
}

func report(w writer) string {
	head, unit := w.letterhead()
	theme := w.of(themes)
	var b strings.Builder
	fmt.Fprintf(&b, "%sLAPORAN\nPELAKSANAAN %s\n%s\nTAHUN 2025\n\n", head, strings.ToUpper(theme), strings.ToUpper(unit))
	for i, chapter := range []string{"PENDAHULUAN", "PELAKSANAAN", "HASIL DAN PEMBAHASAN", "PENUTUP"} {
		fmt.Fprintf(&b, "BAB %s %s\n", []string{"I", "II", "III", "IV"}[i], chapter)
		for range 4 + w.IntN(6) {
			b.WriteString(w.paragraph() + "\n")
		}
	}
	b.WriteString(w.signature("Ketua Tim"))
	return b.String()
}

func procedure(w writer) string {
	head, _ := w.letterhead()
	var b strings.Builder
	fmt.Fprintf(&b, "%sNomor SOP\t: %s\nTanggal Pembuatan\t: %s\nTanggal Efektif\t: %s\nDisahkan oleh\t: Kepala\nNama SOP\t: SOP %s\n\n", head, w.number("SOP"), w.date(), w.date(), w.of(themes))
	for _, section := range []string{"Dasar Hukum", "Kualifikasi Pelaksana", "Keterkaitan", "Peringatan"} {
		fmt.Fprintf(&b, "%s\n%s", section, w.paragraph())
	}
	b.WriteString("\nNo\tKegiatan\tPelaksana\tOutput\n")
	for i := range 8 + w.IntN(10) {
		fmt.Fprintf(&b, "%d\t%s %s\t%s\t%s\n", i+1, w.of(nouns), w.of(verbs), w.of(posts), w.of(nouns))
	}
	b.WriteString(w.signature("Kepala"))
	return b.String()
}

// linesPerPage is what fits on a page of testpdf.
const linesPerPage = 50

// paginate cuts the markup into pages and drops what does not fit in the most
// there may be, but not the end, which is signed.
func paginate(markup string, most int) string {
	lines := strings.SplitAfter(strings.TrimSuffix(markup, "\n"), "\n")
	if end := 12; len(lines) > most*linesPerPage {
		lines = append(lines[:most*linesPerPage-end], lines[len(lines)-end:]...)
	}
	var b strings.Builder
	for i, l := range lines {
		if i > 0 && i%linesPerPage == 0 {
			b.WriteString("==== page\n")
		}
		b.WriteString(l)
	}
	return b.String() + "\n"
}

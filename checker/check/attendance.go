package check

import (
	"strconv"

	"dasheval/rules"
)

var attendance = &Check{
	Name: "attendance",
	Doc: Doc{
		Title: rules.Text{ID: `daftar hadir bertanda tangan di samping nama`, EN: `an attendance list carries signatures beside the names`},
		About: rules.Text{
			ID: `Menghitung baris bernomor dan bernama di bawah judul kolom “Tanda Tangan”, “TTD” atau “Paraf”. Satu baris bertanda tangan bila di kolom itu ada gambar, goresan pena, atau tulisan seperti “hadir”, “ttd” atau tanda centang. Menjadi temuan bila yang bertanda tangan kurang dari setengah baris; tanda tangan siapa, tidak dapat diketahui. Daftar tanpa kolom tanda tangan dilewati, begitu pula daftar pada halaman yang goresannya tidak dapat dilihat.`,
			EN: `Counts the rows with a number and a name below the head of a column for signatures. A row is signed if a picture, a stroke of a pen, or a word such as “hadir”, “ttd” or a tick stands in that column. It is a finding if fewer than half of the rows are signed; whose signatures they are cannot be told. A list without such a column is passed over, and so is one on a page where nobody could look for ink.`},
		Rule:   "- id: daftar_hadir\n  form: attendance\n  checks: [attendance]",
		Before: "No | Nama | Tanda Tangan · 1 | Siti Aminah | (kosong) · 2 | Bambang Setiawan | (kosong)",
		After:  "No | Nama | Tanda Tangan · 1 | Siti Aminah | (tanda tangan) · 2 | Bambang Setiawan | (tanda tangan)",
		Since:  "0.1",
	},
	Scope: Document,
	IDs:   []string{"attendance.unsigned"},
	Run: func(p *Pass) {
		a := p.Document.Attendance
		if a == nil || a.Rows == 0 || a.Unseen || 2*a.Signed >= a.Rows {
			return
		}
		p.report("attendance.unsigned", a.At, map[string]string{"rows": strconv.Itoa(a.Rows), "signed": strconv.Itoa(a.Signed)})
	},
}

package scan_test

import (
	"fmt"
	"image"
	"image/color"
	"strings"

	"golang.org/x/image/font"

	"dasheval/checker/internal/scan"
)

var (
	blackInk  = color.RGBA{25, 25, 30, 255}
	blueInk   = color.RGBA{40, 60, 160, 255}
	violetInk = color.RGBA{110, 70, 170, 255}
)

const filler = `Dalam rangka pelaksanaan kegiatan pada tahun anggaran berjalan telah
disusun rencana kerja yang memuat sasaran indikator dan target setiap bidang
sesuai dengan ketentuan peraturan yang berlaku serta hasil evaluasi triwulan
sebelumnya sebagai dasar perbaikan layanan kepada masyarakat`

// letter draws a letter signed in as many blocks as there are kinds, one or two.
func letter(dpi float64, seed uint64, kinds ...string) *sheet {
	s := newSheet(dpi, seed)
	ttf := typefaces[s.rnd.IntN(len(typefaces))]
	size := s.between(10, 12.5)
	f, heavy := face(ttf, size, dpi), face(typefaces[1], size, dpi)
	line := s.px(size * 25.4 / 72 * 1.35)
	y := s.px(25)
	if s.rnd.IntN(2) == 0 {
		banner := face(typefaces[1], size*1.4, dpi)
		s.print("PEMERINTAH KABUPATEN CONTOH", s.px(50), y, banner, color.Black)
		s.line(float64(s.px(20)), float64(y+line/2), float64(s.px(190)), float64(y+line/2), dpi/50, blackInk)
		y += 2 * line
	}
	s.print("LAPORAN PELAKSANAAN KEGIATAN", s.px(60), y, heavy, color.Black)
	y += 2 * line
	words := strings.Fields(filler)
	for range 6 + s.rnd.IntN(20) {
		x := s.px(25)
		for x < s.px(170) {
			x = s.print(words[s.rnd.IntN(len(words))], x, y, f, color.Black)
		}
		y += line
	}
	y += line
	for i, kind := range kinds {
		x := s.px(115)
		if i == 1 {
			x = s.px(30)
		}
		s.block(kind, x, y, line, f, heavy)
	}
	return s
}

// block draws the place for a signature: title, room, name and number.
func (s *sheet) block(kind string, x, y, line int, f, heavy font.Face) {
	s.print("Contoh, 12 Januari 2026", x, y, f, color.Black)
	s.print("Kepala Bidang Arsip,", x, y+line, f, color.Black)
	high := s.px(s.between(18, 26))
	b := block{kind: kind, room: image.Rect(x, y+line+s.px(1.5), x+s.px(55), y+line+high-s.px(1.5))}
	low := y + line + high
	end := s.print("Ahmad Contoh Fauzi", x, low+line, heavy, color.Black)
	if s.rnd.IntN(2) == 0 {
		at := float64(low + line + s.px(0.8))
		s.line(float64(x), at, float64(end), at, s.dpi/25.4*0.35, blackInk)
	}
	s.print("NIP. 19750101 200003 1 002", x, low+2*line, f, color.Black)
	ink := blackInk
	if s.rnd.IntN(2) == 0 {
		ink = blueInk
	}
	room := b.room.Inset(s.px(1))
	room.Max.X = room.Min.X + s.px(s.between(22, 42))
	switch kind {
	case "ttd":
		s.print([]string{"ttd", "(ttd)", "ttd.", "TTD"}[s.rnd.IntN(4)], x+s.px(5), (room.Min.Y+room.Max.Y)/2, f, color.Black)
	case "ink":
		// A pen does not stop at the edge of the room.
		s.sign(image.Rect(room.Min.X, room.Min.Y-s.px(s.between(0, 4)), room.Max.X, room.Max.Y+s.px(s.between(0, 5))), ink)
	case "stamp", "ink+stamp":
		stamp := violetInk
		if s.rnd.IntN(3) == 0 {
			stamp = blueInk
		}
		s.stamp(float64(x+s.px(s.between(-5, 12))), float64(low-high/3), s.between(14, 18), stamp)
		if kind != "stamp" {
			s.sign(room, ink)
		}
	case "picture":
		s.sign(room, ink)
	case "qr":
		b.payload = fmt.Sprintf("https://tte.contoh.go.id/v/%08x?d=%d", s.rnd.Uint32(), s.rnd.IntN(1e9))
		s.code(x+s.px(5), b.room.Min.Y, 15, b.payload)
	}
	s.blocks = append(s.blocks, b)
}

// attendance draws a list whose last column is for signatures.
func attendance(dpi float64, seed uint64, rows int, numbered bool) *sheet {
	s := newSheet(dpi, seed)
	size := s.between(10, 12)
	f, heavy := face(typefaces[s.rnd.IntN(3)], size, dpi), face(typefaces[1], size, dpi)
	s.print("DAFTAR HADIR RAPAT", s.px(75), s.px(25), heavy, color.Black)
	high, top := s.px(s.between(8, 12)), s.px(40)
	columns := []int{s.px(22), s.px(33), s.px(85), s.px(130), s.px(188)}
	thin := dpi / 25.4 * s.between(0.18, 0.4)
	for i := range rows + 2 {
		y := float64(top + i*high)
		s.line(float64(columns[0]), y, float64(columns[4]), y, thin, blackInk)
	}
	for _, x := range columns {
		s.line(float64(x), float64(top), float64(x), float64(top+(rows+1)*high), thin, blackInk)
	}
	for i, head := range []string{"No", "Nama", "Jabatan", "Tanda Tangan"} {
		s.print(head, columns[i]+s.px(2), top+high*2/3, heavy, color.Black)
	}
	for i := range rows {
		y := top + (i+1)*high
		s.print(fmt.Sprint(i+1), columns[0]+s.px(2), y+high*2/3, f, color.Black)
		s.print("Siti Contoh Rahayu", columns[1]+s.px(2), y+high*2/3, f, color.Black)
		s.print([]string{"Analis", "Staf", "Kepala Bidang"}[s.rnd.IntN(3)], columns[2]+s.px(2), y+high*2/3, f, color.Black)
		left := columns[3] + s.px(s.between(3, 20))
		if numbered {
			at := columns[3] + s.px(2)
			if i%2 == 1 {
				at = columns[3] + s.px(28)
			}
			s.print(fmt.Sprintf("%d.", i+1), at, y+high*2/3, f, color.Black)
			left = at + s.px(6)
		}
		signed := s.rnd.Float64() < 0.7
		s.rows = append(s.rows, signed)
		if signed {
			ink := blackInk
			if s.rnd.IntN(2) == 0 {
				ink = blueInk
			}
			s.sign(image.Rect(left, y-s.px(s.between(-1, 1.5)), left+s.px(s.between(9, 22)), y+high+s.px(s.between(-1, 1.5))), ink)
		}
	}
	return s
}

// mumbled returns the words as a poor recognition reads them: some are lost, and
// of some it is not sure.
func (s *sheet) mumbled(lost float64) []scan.Word {
	var out []scan.Word
	for _, w := range s.words {
		if s.rnd.Float64() < lost {
			continue
		}
		if s.rnd.Float64() < lost {
			w.Confidence = 30
		}
		out = append(out, w)
	}
	return out
}

package scan_test

import (
	"fmt"
	"image"
	"image/color"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/scan"
)

// inside returns the marks that reach into a room.
func inside(marks []scan.Mark, room image.Rectangle) []scan.Mark {
	var out []scan.Mark
	for _, k := range marks {
		if image.Rect(k.X0, k.Y0, k.X1, k.Y1).Overlaps(room) {
			out = append(out, k)
		}
	}
	return out
}

// scans returns the kinds of scanners that tests look through.
func scans() map[string]scanner {
	return map[string]scanner{
		"clean":  {},
		"usual":  {skew: 0.7, noise: 6, specks: 80, quality: 75},
		"poor":   {skew: -1.6, noise: 13, specks: 250, quality: 45, shadow: 0.8},
		"copier": {skew: 0.3, noise: 9, specks: 400, quality: 55, grey: true, shadow: 0.5},
	}
}

func TestMarks(t *testing.T) {
	seed := uint64(0)
	for _, kind := range []string{"none", "ttd", "ink", "stamp", "ink+stamp", "picture", "qr"} {
		for i, name := range []string{"clean", "usual", "poor", "copier"} {
			if seed++; (uint64(i)+seed/4)%2 == 0 {
				continue // every kind through two of the scanners
			}
			dpi := []float64{150, 200}[seed%2]
			s := letter(dpi, seed, kind, "none")
			c := scans()[name]
			p := scan.New(s.scanned(c), dpi).Rotated(c.skew)
			for _, lost := range []float64{0, 0.05} {
				at := fmt.Sprintf("%s, %s at %v dpi, seed %d, %v of the words lost", kind, name, dpi, seed, lost)
				marks := p.Marks(s.mumbled(lost))
				checkBlocks(t, s, marks, at)
				if kind == "none" || kind == "ttd" {
					assert.Empty(t, marks, at)
				} else {
					assert.LessOrEqual(t, len(marks), 4, at)
				}
			}
		}
	}
}

func checkBlocks(t *testing.T, s *sheet, marks []scan.Mark, at string) {
	t.Helper()
	for _, b := range s.blocks {
		got := inside(marks, b.room)
		switch b.kind {
		case "none", "ttd":
			assert.Empty(t, got, at)
		case "qr":
			if assert.Len(t, got, 1, at) {
				assert.Equal(t, scan.QR, got[0].Kind, at)
				assert.Equal(t, b.payload, got[0].Payload, at)
			}
		default:
			if assert.NotEmpty(t, got, at) {
				assert.Equal(t, scan.Ink, got[0].Kind, at)
				assert.GreaterOrEqual(t, got[0].Longest, 3.0, at)
				assert.GreaterOrEqual(t, got[0].Area, 1.2, at)
			}
		}
	}
}

func TestMarksWithoutWords(t *testing.T) {
	// Where nothing was recognised, rows of letters are print all the same.
	for seed := range uint64(6) {
		s := letter(200, seed, "none")
		marks := scan.New(s.scanned(scanner{}), 200).Marks(nil)
		assert.LessOrEqual(t, len(marks), 3, "seed %d: %v", seed, marks)
	}
}

func TestMarksDescribes(t *testing.T) {
	s := newSheet(200, 1)
	s.curve([][2]float64{{400, 500}, {440, 420}, {480, 520}, {520, 430}, {600, 500}}, 5, blueInk)
	marks := scan.New(s.scanned(scanner{}), 200).Marks(nil)
	require.Len(t, marks, 1)
	k := marks[0]
	assert.Equal(t, 1, k.Parts)
	assert.InDelta(t, 1, k.Colour, 0.05)
	assert.InDelta(t, 200*25.4/200, k.Longest, 1.5, "mm")
	assert.InDelta(t, float64(k.X1-k.X0)*25.4/200, k.Longest, 0.2)
	for _, v := range []struct{ want, got int }{{398, k.X0}, {602, k.X1}} {
		assert.InDelta(t, v.want, v.got, 4)
	}
	s = newSheet(200, 1)
	s.curve([][2]float64{{400, 500}, {440, 420}, {480, 520}, {520, 430}, {600, 500}}, 5, blackInk)
	marks = scan.New(s.scanned(scanner{}), 200).Marks(nil)
	require.Len(t, marks, 1)
	assert.Zero(t, marks[0].Colour)
}

func TestSignatureReadAsWord(t *testing.T) {
	for _, confidence := range []float64{20, 82, 95} {
		s := letter(200, 9, "ink")
		room := s.blocks[0].room
		p := scan.New(s.scanned(scanner{noise: 5}), 200)
		k := inside(p.Marks(s.words), room)[0]
		read := scan.Word{X0: k.X0, Y0: k.Y0, X1: k.X1, Y1: k.Y1, Text: "NYA", Confidence: confidence}
		got := inside(p.Marks(append(s.words, read)), room)
		require.NotEmpty(t, got, "confidence %v", confidence)
		assert.Contains(t, got[0].Words, "NYA")
	}
}

func TestSignatureThroughWords(t *testing.T) {
	// A signature runs over the name and the title; their words are erased,
	// and it is still there, at its length.
	s := newSheet(200, 1)
	f := face(typefaces[0], 11, 200)
	s.print("Kepala Bidang Arsip dan Dokumentasi,", 800, 1000, f, color.Black)
	s.print("Ahmad Contoh Fauzi, S.H., M.Si.", 800, 1150, f, color.Black)
	s.curve([][2]float64{{820, 1080}, {860, 950}, {900, 1160}, {950, 970}, {1000, 1170}, {1080, 1060}}, 5, blackInk)
	marks := scan.New(s.scanned(scanner{noise: 5}), 200).Marks(s.words)
	require.Len(t, marks, 1)
	assert.Greater(t, marks[0].Longest, 12.0)
}

func TestNotMarks(t *testing.T) {
	for name, draw := range map[string]func(s *sheet){
		"specks": func(s *sheet) {},
		"table": func(s *sheet) {
			for i := range 9 {
				at := float64(400 + i*100)
				s.line(200, at, 1400, at, 3, blackInk)
				s.line(200+float64(i)*150, 400, 200+float64(i)*150, 1200, 3, blackInk)
			}
		},
		"border": func(s *sheet) { // of a certificate: scallops, no ruled line
			var points [][2]float64
			for i := range 60 {
				at, in := float64(i)/60*4, float64(60+i%2*30)
				side, along := int(at), at-float64(int(at))
				points = append(points, [4][2]float64{
					{60 + along*1200, in}, {1350 - in, 60 + along*1500},
					{1260 - along*1200, 1650 - in}, {in, 1560 - along*1500},
				}[side])
			}
			s.curve(append(points, points[0]), 6, blackInk)
		},
		"leaning lines": func(s *sheet) {
			s.line(200, 400, 1400, 412, 4, blackInk)
			s.line(300, 400, 325, 1600, 4, blackInk)
		},
		"shadow": func(s *sheet) { s.line(3, 100, 9, 1650, 14, blackInk) },
		"hole":   func(s *sheet) { s.dot(60, 1000, 20, blackInk) },
		"dashes": func(s *sheet) {
			for x := 300.0; x < 1200; x += 60 {
				s.line(x, 700, x+35, 700, 4, blackInk)
			}
		},
		"dots": func(s *sheet) {
			for x := 300.0; x < 1200; x += 14 {
				s.dot(x, 700, 2.5, blackInk)
			}
		},
		"brackets": func(s *sheet) {
			f := face(typefaces[0], 12, 200)
			s.print("(                                        )", 800, 1000, f, color.Black)
			s.words = nil
		},
		"heading": func(s *sheet) {
			s.print("PEMERINTAH KABUPATEN CONTOH", 300, 300, face(typefaces[1], 20, 200), color.Black)
			for i := range 8 {
				s.print("rencana kerja yang memuat sasaran dan target", 300, 400+i*50, face(typefaces[0], 11, 200), color.Black)
			}
		},
	} {
		s := newPaper(180, 220, 200, 5)
		draw(s)
		marks := scan.New(s.scanned(scanner{noise: 8, specks: 300, quality: 60}), 200).Marks(s.words)
		assert.Empty(t, marks, name)
	}
}

func TestStampedWordsStay(t *testing.T) {
	// Recognition reads the words of a stamp; it is a mark none the less.
	s := newSheet(200, 2)
	s.stamp(800, 1000, 16, violetInk)
	words := []scan.Word{
		{X0: 730, Y0: 975, X1: 790, Y1: 1005, Text: "DINAS", Confidence: 93},
		{X0: 795, Y0: 975, X1: 850, Y1: 1005, Text: "ARSIP", Confidence: 91},
	}
	marks := scan.New(s.scanned(scanner{}), 200).Marks(words)
	require.Len(t, marks, 1)
	assert.InDelta(t, 32, marks[0].Longest, 3)
	assert.Greater(t, marks[0].Colour, 0.8)
	assert.Equal(t, "DINAS ARSIP", marks[0].Words)
}

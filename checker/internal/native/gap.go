package native

import (
	"math"
	"unicode"

	"dasheval/checker/internal/pdf"
)

// apart reports whether characters that are dy below the last one cannot be in
// its line. Only a string of several characters draws what stands a little
// higher or lower, as a cell in the middle of its row does, into its line.
func (p pen) apart(across, dy, em, least float64) bool {
	const capital = 0.7 // height of a capital, in ems
	switch {
	case p.count > 1 && dy < 0:
		return across > capital*p.em
	case p.count > 1:
		return across > capital*em
	case dy < 0:
		return across > 2*least
	}
	return across > 3*least
}

// gap adds a space or the end of a line if the character at (x, y) is apart
// from the one before. The distances are those of pdfium.
func (r *reader) gap(at setting, x, y, w float64, next rune) {
	p := r.pen
	dx, dy := x-p.x, y-p.y
	along := dx*at.dirX + dy*at.dirY
	across := math.Abs(dy*at.dirX - dx*at.dirY)
	wide := max(w, p.width)
	least := share(wide, 400, 700, 800)
	if p.moved == byKern {
		switch least = r.font.space / 2; {
		case least == 0, r.font.space > 333:
			least = share(wide, 300, 500, 700)
		}
	}
	least *= math.Abs(r.size*r.scale) * at.unit / 1000
	if p.apart(across, dy, at.em, least) || at.dirX*p.dirX+at.dirY*p.dirY < 0.9 || at.turned && along < -at.em {
		if !at.turned && dy > 0 && dy < 3*at.em && dx < 0 && r.divided(next) {
			return
		}
		r.glyphs = append(r.glyphs, pdf.Glyph{Rune: '\n'})
		return
	}
	if along > least {
		r.glyphs = append(r.glyphs, pdf.Glyph{Rune: ' '})
	}
}

// share returns the part of the width of a character that a gap beside it has
// at least, if it stands for a space.
func share(width, half, quarter, fifth float64) float64 {
	switch {
	case width < half:
		return width / 2
	case width < quarter:
		return width / 4
	case width < fifth:
		return width / 5
	}
	return width / 6
}

// divided marks a hyphen at the end of the line if it divides a word that next
// goes on with.
func (r *reader) divided(next rune) bool {
	n := len(r.glyphs)
	for n > 0 && r.glyphs[n-1].Rune == ' ' {
		n--
	}
	if n < 2 || !unicode.IsLetter(next) && !unicode.IsDigit(next) || !unicode.IsLetter(r.glyphs[n-2].Rune) {
		return false
	}
	if c := r.glyphs[n-1].Rune; c != '-' && c != softHyphen {
		return false
	}
	r.glyphs = r.glyphs[:n]
	r.glyphs[n-1].Rune = wordBreak
	return true
}

const (
	softHyphen = '\u00ad'
	// wordBreak is what [pdf.Lines] takes for a hyphen in a word that goes on
	// in the next line.
	wordBreak = '\u0002'
)

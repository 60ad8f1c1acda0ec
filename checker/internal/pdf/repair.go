package pdf

import "unicode/utf8"

// repairLigatures mends the text of ligatures that Ghostscript 10.00 wrote:
// where one glyph stands for several letters ("ti" in Calibri and Carlito), it
// swaps the two bytes of each, and of three letters it loses the last two. Such
// letters look like Chinese characters U+xx00, but for having one box.
func repairLigatures(glyphs []Glyph) []Glyph {
	out := glyphs[:0:0]
	done := 0 // glyphs[:done] are in out
	for i := 0; i+1 < len(glyphs); i++ {
		first, second := glyphs[i], glyphs[i+1]
		if !swapped(first.Rune) || first.Box != second.Box {
			continue
		}
		switch {
		case swapped(second.Rune):
			second.Rune >>= 8
			first.Rune >>= 8
			out = append(append(out, glyphs[done:i]...), first, second)
		case second.Rune == utf8.RuneError:
			// The font has "tti" and "ffi".
			first.Rune >>= 8
			second.Rune = first.Rune
			last := second
			last.Rune = 'i'
			out = append(append(out, glyphs[done:i]...), first, second, last)
		default:
			continue
		}
		i++
		done = i + 1
	}
	if done == 0 {
		return glyphs
	}
	return append(out, glyphs[done:]...)
}

// swapped reports whether r is a small letter with its bytes swapped.
func swapped(r rune) bool {
	return r&0xff == 0 && r>>8 >= 'a' && r>>8 <= 'z'
}

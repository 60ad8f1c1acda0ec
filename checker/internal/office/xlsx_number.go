package office

import (
	"math"
	"strconv"
	"strings"
)

// formatDigits writes a number into the places for digits of a section.
func (sec *section) formatDigits(v float64) string {
	abs := math.Abs(v) * math.Pow(100, float64(min(sec.percent, 10))) / math.Pow(1000, float64(min(sec.scale, 10)))
	power := 0
	if sec.exponent && abs > 0 {
		step := max(sec.whole, 1)
		power = int(math.Floor(math.Log10(abs)/float64(step))) * step
		abs /= math.Pow(10, float64(power))
		if r, _, _ := strings.Cut(round(abs, sec.decimals), "."); len(r) > step {
			abs /= math.Pow(10, float64(step))
			power += step
		}
	}
	if math.IsInf(abs, 0) || math.IsNaN(abs) {
		return plainNumber(v)
	}
	whole, frac, _ := strings.Cut(round(abs, sec.decimals), ".")
	if whole == "0" {
		whole = ""
	}
	w := digitWriter{sec: sec, whole: whole, frac: frac, kept: len(strings.TrimRight(frac, "0"))}
	out := w.write(power)
	if v < 0 && strings.Trim(whole+frac, "0") != "" {
		out = "-" + strings.TrimLeft(out, " ")
	}
	return out
}

// A digitWriter hands out the digits of a number to the places of a section.
type digitWriter struct {
	sec         *section
	whole, frac string
	kept        int // decimals that are not zeros at the end
	seen        int // places before the point that have been filled
	decimals    int // and behind it
	b           strings.Builder
}

func (w *digitWriter) write(power int) string {
	behind, inExponent := false, false
	for i, t := range w.sec.tokens {
		switch t.kind {
		case tokLiteral, '%':
			w.b.WriteString(t.text)
		case tokPoint:
			behind = true
			w.b.WriteByte('.')
		case tokExponent:
			inExponent = true
			places := 0
			for _, p := range w.sec.tokens[i+1:] {
				if p.kind == tokDigit {
					places++
				}
			}
			w.exponent(t.text, power, places)
		case tokDigit:
			switch {
			case inExponent:
			case behind:
				w.decimal(t.text)
			default:
				w.digit(t.text)
			}
		}
	}
	return w.b.String()
}

func (w *digitWriter) exponent(sign string, power, places int) {
	w.b.WriteByte('E')
	if power < 0 {
		w.b.WriteByte('-')
	} else if sign == "+" {
		w.b.WriteByte('+')
	}
	digits := strconv.Itoa(max(power, -power))
	w.b.WriteString(strings.Repeat("0", max(places-len(digits), 0)) + digits)
}

// digit fills a place before the point. The first takes all digits that there
// are no places for.
func (w *digitWriter) digit(sign string) {
	right := w.sec.whole - w.seen - 1 // places to the right
	w.seen++
	from := len(w.whole) - right - 1
	switch {
	case from < 0 && sign == "0":
		w.grouped("0", right)
	case from < 0 && sign == "?":
		w.b.WriteByte(' ')
	case from < 0:
	case w.seen == 1:
		w.grouped(w.whole[:from+1], right)
	default:
		w.grouped(w.whole[from:from+1], right)
	}
}

// grouped writes digits that have others to their right.
func (w *digitWriter) grouped(digits string, right int) {
	for i := range len(digits) {
		w.b.WriteByte(digits[i])
		if n := right + len(digits) - 1 - i; w.sec.thousands && n > 0 && n%3 == 0 {
			w.b.WriteByte(',')
		}
	}
}

func (w *digitWriter) decimal(sign string) {
	i := w.decimals
	w.decimals++
	switch {
	case sign == "0" || i < w.kept:
		w.b.WriteByte(w.frac[i])
	case sign == "?":
		w.b.WriteByte(' ')
	}
}

package office

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// The names of months and days that formats write out, in English and, where a
// format is in it, in Indonesian.
var (
	monthNames = map[bool][12]string{
		false: {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
		true:  {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
	}
	dayNames = map[bool][7]string{
		false: {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
		true:  {"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
	}
)

const (
	secondsPerDay = 24 * 60 * 60
	lastDay       = 2_958_465 // 31 December 9999
)

// formatDate writes a number of days as a date and time. There is none before
// the year 1900 and after 9999.
func (sec *section) formatDate(v float64, date0 int) (string, bool) {
	days := v + float64(date0)
	if days < 0 || days >= lastDay+1 {
		return "", false
	}
	parts, whole := sec.subseconds()
	scale := math.Pow(10, float64(parts))
	ticks := int64(math.Round(days * secondsPerDay * scale))
	if whole { // a time without seconds is cut off, not rounded
		ticks = int64(math.Floor(days*secondsPerDay + 0.5))
	}
	seconds := ticks / int64(scale)
	rest := ticks % int64(scale)
	day := seconds / secondsPerDay
	if day < 60 { // the year 1900 has a 29 February here, and days begin at 0
		day = max(day+1, 2)
	}
	t := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(day)).Add(time.Duration(seconds%secondsPerDay) * time.Second)
	var b strings.Builder
	half := sec.has(tokNoon)
	behindPoint := false
	for _, tok := range sec.tokens {
		switch tok.kind {
		case tokLiteral, ',', '/', '%':
			b.WriteString(tok.text)
		case tokPoint:
			behindPoint = true
			b.WriteByte('.')
		case tokDigit:
			if behindPoint && parts > 0 {
				b.WriteString(pad(int(rest), parts))
				parts = 0
			}
		case tokNoon:
			b.WriteString(noonSign(tok.text, t.Hour()))
		case tokElapsed:
			b.WriteString(elapsedTime(tok.text, seconds))
		case tokField:
			if seconds < secondsPerDay && tok.text[0] == 'd' && len(tok.text) <= 2 { // 0 January 1900
				b.WriteString(pad(0, len(tok.text)))
				continue
			}
			b.WriteString(sec.field(tok.text, t, half))
		}
	}
	return b.String(), true
}

// subseconds returns how many decimals of seconds are shown, and whether none.
func (sec *section) subseconds() (n int, none bool) {
	behind := false
	for _, t := range sec.tokens {
		switch {
		case t.kind == tokPoint:
			behind = true
		case t.kind == tokDigit && behind && n < 3:
			n++
		}
	}
	return n, n == 0
}

func (sec *section) has(kind byte) bool {
	for _, t := range sec.tokens {
		if t.kind == kind {
			return true
		}
	}
	return false
}

func noonSign(form string, hour int) string {
	am, pm, _ := strings.Cut(form, "/")
	if hour < 12 {
		return am
	}
	return pm
}

func elapsedTime(form string, seconds int64) string {
	n := seconds
	switch form[0] {
	case 'h':
		n /= 3600
	case 'm':
		n /= 60
	}
	return pad(int(n), len(form))
}

// field writes a part of a date; half tells that hours go to twelve.
func (sec *section) field(form string, t time.Time, half bool) string {
	n := len(form)
	switch form[0] {
	case 'y', 'e':
		if n <= 2 && form[0] == 'y' {
			return pad(t.Year()%100, 2)
		}
		return strconv.Itoa(t.Year())
	case 'b': // the year of the Buddha
		return strconv.Itoa(t.Year() + 543)
	case 'm':
		name := monthNames[sec.malay][t.Month()-1]
		switch n {
		case 1, 2:
			return pad(int(t.Month()), n)
		case 3:
			return name[:3]
		case 5:
			return name[:1]
		}
		return name
	case 'd':
		name := dayNames[sec.malay][t.Weekday()]
		switch n {
		case 1, 2:
			return pad(t.Day(), n)
		case 3:
			return name[:3]
		}
		return name
	case 'h':
		h := t.Hour()
		if half {
			h = (h+11)%12 + 1
		}
		return pad(h, min(n, 2))
	case 'n':
		return pad(t.Minute(), min(n, 2))
	case 's':
		return pad(t.Second(), min(n, 2))
	}
	return ""
}

// pad writes n with zeros before it.
func pad(n, places int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(places-len(s), 0)) + s
}

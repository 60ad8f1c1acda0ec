package words

import (
	"strconv"
	"strings"
	"time"
)

// months holds the names of the months by language.
var months = map[string][12]string{
	"id": {"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
	"en": {"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
}

// Date writes a day (YYYY-MM-DD) or a month (YYYY-MM) as people do: 3 Februari
// 2025, 3 February 2025. Any other text is returned as it is.
func Date(lang, iso string) string {
	names, ok := months[lang]
	if !ok {
		names = months[languages[0]]
	}
	if t, err := time.Parse(time.DateOnly, iso); err == nil {
		return strconv.Itoa(t.Day()) + " " + names[t.Month()-1] + " " + strconv.Itoa(t.Year())
	}
	if t, err := time.Parse("2006-01", iso); err == nil {
		return names[t.Month()-1] + " " + strconv.Itoa(t.Year())
	}
	return iso
}

// Date writes a day in the language of the catalogue; see [Date].
func (c *Catalogue) Date(iso string) string { return Date(c.lang, iso) }

// Dates writes a list of days, separated by commas, in words.
func (c *Catalogue) Dates(list string) string {
	parts := strings.Split(list, ",")
	for i, p := range parts {
		parts[i] = c.Date(strings.TrimSpace(p))
	}
	return strings.Join(parts, ", ")
}

// Periods writes a list of periods, separated by commas, in words. A period is
// a quarter, half-year or month of a year, as in "Q1 2025", "S2 2025" and "M12
// 2025", or anything that [Catalogue.Dates] takes.
func (c *Catalogue) Periods(list string) string {
	parts := strings.Split(list, ",")
	for i, p := range parts {
		parts[i] = c.period(strings.TrimSpace(p))
	}
	return strings.Join(parts, ", ")
}

func (c *Catalogue) period(s string) string {
	name, year, _ := strings.Cut(s, " ")
	if name == "" {
		return s
	}
	n, err := strconv.Atoi(name[1:])
	if err != nil || n < 1 || n > 12 {
		return c.Date(s)
	}
	switch name[0] {
	case 'Q':
		name = c.Label("period.quarter", n)
	case 'S', 'H':
		name = c.Label("period.half", n)
	case 'M':
		name = months[c.lang][n-1]
	default:
		return c.Date(s)
	}
	return strings.TrimSpace(name + " " + year)
}

// Window writes a span of days in words. An empty end is open; two open ends
// give "".
func (c *Catalogue) Window(from, to string) string {
	switch {
	case from != "" && to != "":
		return c.Label("window.both", c.Date(from), c.Date(to))
	case from != "":
		return c.Label("window.from", c.Date(from))
	case to != "":
		return c.Label("window.to", c.Date(to))
	}
	return ""
}

// Number writes f with the given number of decimals and the decimal sign of
// the language.
func (c *Catalogue) Number(f float64, decimals int) string {
	s := strconv.FormatFloat(f, 'f', decimals, 64)
	if c.lang == "id" {
		s = strings.Replace(s, ".", ",", 1)
	}
	return s
}

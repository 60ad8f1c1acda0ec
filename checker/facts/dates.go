package facts

import (
	"strconv"
	"strings"
	"time"

	"dasheval/rules"
)

// A day is a date found in a text.
type day struct {
	at         time.Time
	start, end int
}

// iso returns the day as YYYY-MM-DD.
func (d day) iso() string { return d.at.Format(time.DateOnly) }

// days returns the dates in folded text, in order of place. Days that the
// calendar does not have are not dates.
func (r *Reader) days(fold string) []day {
	var out []day
	add := func(m []int, dd, mm, yy int) {
		t := time.Date(yy, time.Month(mm), dd, 0, 0, 0, 0, time.UTC)
		if mm < 1 || mm > 12 || t.Day() != dd || t.Year() != yy {
			return
		}
		for _, o := range out {
			if m[0] < o.end && o.start < m[1] {
				return
			}
		}
		out = append(out, day{t, m[0], m[1]})
	}
	num := func(m []int, i int) int {
		n, _ := strconv.Atoi(fold[m[2*i]:m[2*i+1]])
		return n
	}
	for _, p := range r.words["date.long"] {
		dd, mm, yy := p.Group("day", 1), p.Group("month", 2), p.Group("year", 3)
		for _, m := range p.FindAll(fold, -1) {
			if month := r.month(fold[m[2*mm]:m[2*mm+1]]); month > 0 {
				add(m, num(m, dd), month, num(m, yy))
			}
		}
	}
	for _, p := range r.words["date.iso"] {
		for _, m := range p.FindAll(fold, -1) {
			add(m, num(m, 3), num(m, 2), num(m, 1))
		}
	}
	for _, p := range r.words["date.numeric"] {
		dd, mm, yy := p.Group("day", 1), p.Group("month", 2), p.Group("year", 3)
		for _, m := range p.FindAll(fold, -1) {
			if !inCode(fold, m[0], m[1]) {
				add(m, num(m, dd), num(m, mm), num(m, yy))
			}
		}
	}
	for _, p := range r.words["date.spelled"] {
		for _, m := range p.FindAll(fold, -1) {
			dd, mm, yy := r.numeral(fold[m[2]:m[3]]), r.month(fold[m[4]:m[5]]), r.numeral(fold[m[6]:m[7]])
			if mm > 0 && yy > 1900 {
				add(m, dd, mm, yy)
			}
		}
	}
	sortDays(out)
	return out
}

// inCode reports whether bytes start to end are part of a longer code, such as
// the "02.02/2025" of a document number.
func inCode(s string, start, end int) bool {
	joint := func(c byte) bool {
		return c == '.' || c == '/' || c == '-' || c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z'
	}
	return start > 0 && joint(s[start-1]) || end+1 < len(s) && s[end] != '.' && joint(s[end]) && joint(s[end+1])
}

func sortDays(ds []day) {
	for i := 1; i < len(ds); i++ {
		for j := i; j > 0 && ds[j].start < ds[j-1].start; j-- {
			ds[j], ds[j-1] = ds[j-1], ds[j]
		}
	}
}

// firstDay returns the first date in fold.
func (r *Reader) firstDay(fold string) (day, bool) {
	ds := r.days(fold)
	if len(ds) == 0 {
		return day{}, false
	}
	return ds[0], true
}

// month returns the number of a month by its folded name, 0 if it is none.
func (r *Reader) month(name string) int { return r.months[strings.TrimSuffix(name, ".")] }

// numeral returns the value of a number written in words, such as "dua ribu
// dua puluh lima"; 0 if it is none. The words are the pack's.
func (r *Reader) numeral(s string) int {
	total, group, last := 0, 0, 0
	for _, w := range strings.Fields(s) {
		n, ok := r.numerals[w]
		switch {
		case !ok:
			return 0
		case n.times == 0: // a counting word
			last = n.value
			group += n.value
		case n.times == 1: // teens: what came before counts on from ten
			group += 10
		case n.times < 1000:
			group += max(last, n.value)*n.times - last
			last = 0
		default:
			total += max(group, n.value) * n.times
			group, last = 0, 0
		}
	}
	return total + group
}

// A numeral is a word of a written-out number: a value to add, or a factor.
type numeral struct {
	value int // 0 to 11; for a factor the 1 that is part of it ("seratus")
	times int // 0 for a counting word, 1 for a teen, else the factor
}

// numeralWords reads the number words of the vocabulary.
func numeralWords(words map[string][]string) map[string]numeral {
	out := map[string]numeral{}
	for i, w := range words["numerals"] {
		out[w] = numeral{value: i}
	}
	for name, n := range map[string]numeral{
		"numeral.teen": {times: 1}, "numeral.ten": {times: 10},
		"numeral.hundred": {times: 100}, "numeral.one_hundred": {value: 1, times: 100},
		"numeral.thousand": {times: 1000}, "numeral.one_thousand": {value: 1, times: 1000},
	} {
		for _, w := range words[name] {
			out[w] = n
		}
	}
	return out
}

// about finds the year, span and period that a document speaks of, by its
// heading first. The year of a regulation that s cites is not the document's.
func (r *Reader) about(d *Document, s string, sure float64) {
	set := func(name, value string) {
		if _, ok := d.Facts[name]; !ok && value != "" {
			d.Facts[name] = Fact{Value: value, Sure: sure}
		}
	}
	for _, p := range r.words["about.cited"] {
		for _, m := range p.FindAll(s, -1) {
			s = s[:m[0]] + strings.Repeat(" ", m[1]-m[0]) + s[m[1]:]
		}
	}
	if m := rules.First(r.words["about.span"], s); m != nil {
		from, to := s[m[2]:m[3]], s[m[4]:m[5]]
		if from < to {
			set("span", from+"-"+to)
		}
	}
	if m := rules.First(r.words["about.year"], s); m != nil {
		set("year", s[m[2]:m[3]])
	}
	if m := rules.First(r.words["about.quarter"], s); m != nil {
		set("period", "Q"+roman(s[m[2]:m[3]]))
	}
	if m := rules.First(r.words["about.half"], s); m != nil {
		set("period", "H"+roman(s[m[2]:m[3]]))
	}
	if m := rules.First(r.words["about.month"], s); m != nil {
		if n := r.month(s[m[2]:m[3]]); n > 0 {
			set("period", "M"+strconv.Itoa(n))
		}
	}
}

// roman returns the Arabic digit of a Roman or Arabic number from 1 to 4.
func roman(s string) string {
	for i, n := range []string{"i", "ii", "iii", "iv"} {
		if s == n {
			return strconv.Itoa(i + 1)
		}
	}
	return s
}

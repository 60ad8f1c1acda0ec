package facts

import (
	"strings"
	"time"
	"unicode"

	"dasheval/checker/text"
)

// digitsOf returns the digits of s.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

// CheckNIP examines the structure of an employee number (NIP, 18 digits: birth
// date, month of appointment, sex, serial; BKN regulation 22/2007) and returns
// what is wrong with it: "length", "birth", "appointment", "age", "sex", or ""
// if nothing is. Contract employees (PPPK) carry a code from 21 up where the
// month of appointment stands. Numbers of up to 9 digits are other schemes
// (old NIP, police and military numbers) and pass.
func CheckNIP(nip string) string {
	if len(nip) <= 9 {
		return ""
	}
	if len(nip) != 18 {
		return "length"
	}
	if strings.HasPrefix(nip, "000000") { // stands in for a number to come
		return ""
	}
	birth, err := time.Parse("20060102", nip[:8])
	if err != nil || birth.Year() < 1930 {
		return "birth"
	}
	year, month := atoi(nip[8:12]), atoi(nip[12:14])
	if month < 1 || month > 12 && month < 21 || month > 29 || year < 1950 || year > 2100 {
		return "appointment"
	}
	if year-birth.Year() < 17 {
		return "age"
	}
	if nip[14] != '1' && nip[14] != '2' {
		return "sex"
	}
	return ""
}

func atoi(s string) int {
	n := 0
	for _, c := range s {
		n = n*10 + int(c-'0')
	}
	return n
}

// isName reports whether s looks like the name of a person: two to eight
// words, most of them capitalised, no digits. Academic degrees and initials
// are part of a name. Single names occur, so one word of four letters counts
// if alone.
func (r *Reader) isName(s string, alone bool) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > 9 || len(s) > 70 || strings.ContainsAny(s, ":;/=%?!*\"") {
		return false
	}
	if len(words) == 1 && (!alone || len(s) < 4) {
		return false
	}
	if onlyDegrees(s) {
		return false
	}
	capital, count := 0, 0
	for _, w := range words {
		bare := []rune(strings.Trim(w, "(),."))
		if len(bare) == 0 || unicode.IsLower(bare[0]) && (r.honorifics[string(bare)] || r.particles[string(bare)]) {
			continue
		}
		count++
		for _, c := range bare {
			if unicode.IsDigit(c) {
				return false
			}
		}
		if unicode.IsUpper(bare[0]) {
			capital++
		}
	}
	return count > 0 && 4*capital >= 3*count
}

// onlyDegrees reports whether s is nothing but academic degrees: short words
// with points in them, such as "M.H." or "S.Kom., M.M.".
func onlyDegrees(s string) bool {
	words := strings.Fields(s)
	for _, w := range words {
		if !strings.Contains(strings.TrimRight(w, ".,"), ".") || len(w) > 9 {
			return false
		}
	}
	return len(words) > 0
}

// BareName returns a name without academic degrees and honorifics, folded, for
// comparing: "Drs. Suryadi Purnomo, M.Si." becomes "suryadi purnomo".
func (r *Reader) BareName(name string) string {
	name, _, _ = strings.Cut(text.Fold(name), ",")
	var out []string
	for _, w := range strings.Fields(name) {
		bare := strings.Trim(w, ".()")
		if bare == "" || r.honorifics[bare] || strings.Count(w, ".") > 1 {
			continue
		}
		out = append(out, bare)
	}
	return strings.Join(out, " ")
}

// people reads the rows of lists that have a column of names: each row that
// starts with a number and carries a name, with the NIP if it stands in the
// row.
func (r *Reader) people(d *Document) []Person {
	header := r.after("people.header", d.view.fold)
	if header < 0 {
		return nil
	}
	var out []Person
	seen := map[string]bool{}
	for _, row := range d.view.rows {
		if row.start < header {
			continue
		}
		segs := strings.Split(row.clean, "\t")
		if len(segs) < 2 {
			continue
		}
		first := strings.Trim(segs[0], " .)")
		at := 1
		if first == "" || digitsOf(first) != first {
			// Number and name may stand too close for a column.
			n, rest, ok := strings.Cut(segs[0], " ")
			if !ok || digitsOf(strings.Trim(n, ".)")) != strings.Trim(n, ".)") || n == "" {
				continue
			}
			segs[0], at = rest, 0
		}
		if len(first) > 3 && at == 1 {
			continue
		}
		name := strings.TrimSpace(segs[at])
		nip := ""
		if i := strings.IndexAny(name, "0123456789"); i > 0 { // the next column stands close
			if n := digitsOf(name[i:]); len(n) == 18 {
				name, nip = strings.TrimSpace(name[:i]), n
			}
		}
		if !r.isName(name, true) || seen[name] {
			continue
		}
		p := Person{Name: name, NIP: nip, At: d.view.place(row.start, row.start+len(row.clean))}
		for _, s := range segs[at+1:] {
			if n := digitsOf(s); len(n) == 18 {
				p.NIP = n
			}
		}
		seen[name] = true
		out = append(out, p)
	}
	return out
}

// numbers returns the employee numbers that stand behind their label anywhere
// in the text.
func (r *Reader) numbers(d *Document) []Person {
	var out []Person
	for _, p := range r.words["person.nip"] {
		for _, m := range p.FindAll(d.view.fold, 200) {
			nip := digitsOf(d.view.fold[m[2]:m[3]])
			if rest, _, ok := strings.Cut(strings.TrimPrefix(d.view.fold[m[3]:], "\n"), "\n"); ok && len(nip) < 18 && digitsOf(rest) == rest && len(nip)+len(rest) == 18 {
				nip += rest // a narrow cell breaks the number
			}
			out = append(out, Person{NIP: nip, At: d.view.place(m[0], m[1])})
		}
	}
	return out
}

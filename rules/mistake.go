package rules

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Mistake is something wrong in the files of a pack. [Load] returns all of
// them at once, joined.
type Mistake struct {
	Pos  Pos
	Text string

	line string // of the file, "" if there is none to show
}

// Excerpt returns the line of the file with a caret below the place, or "" if
// there is none to show. A long line is cut.
func (m *Mistake) Excerpt() string {
	const before, width = 40, 96
	if m.line == "" || m.Pos.Column < 1 {
		return ""
	}
	runes := []rune(strings.ReplaceAll(m.line, "\t", " "))
	at := min(m.Pos.Column-1, len(runes))
	from := 0
	if len(runes) > width {
		from = max(0, min(at-before, len(runes)-width))
		runes = runes[from:min(len(runes), from+width)]
	}
	return string(runes) + "\n" + strings.Repeat(" ", at-from) + "^"
}

// Error returns the mistake with its place, such as
// `criteria/area-1.yaml:12:5: unknown key "subjek"; did you mean "subject"?`.
func (m *Mistake) Error() string { return m.Pos.String() + ": " + m.Text }

// compareMistakes orders mistakes by file and position.
func compareMistakes(a, b *Mistake) int {
	if c := strings.Compare(a.Pos.File, b.Pos.File); c != 0 {
		return c
	}
	if c := a.Pos.Line - b.Pos.Line; c != 0 {
		return c
	}
	if c := a.Pos.Column - b.Pos.Column; c != 0 {
		return c
	}
	return strings.Compare(a.Text, b.Text)
}

// unknown says that name is none of the known ones and suggests the nearest.
func unknown(what, name string, known []string) string {
	s := fmt.Sprintf("unknown %s %q", what, clip(name))
	if best := nearest(name, known); best != "" {
		s += fmt.Sprintf("; did you mean %q?", best)
	}
	return s
}

// clip shortens what a message quotes.
func clip(s string) string {
	const most = 200
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// nearest returns the known name that takes the fewest edits to reach, or ""
// if none is near.
func nearest(name string, known []string) string {
	best, least := "", min((len(name)+2)/3, 4)+1
	for _, k := range slices.Sorted(slices.Values(known)) {
		if d := distance(strings.ToLower(name), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete or replace to make b of a.
func distance(a, b string) int {
	if len(a) > 100 || len(b) > 100 {
		return len(a) + len(b)
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// UnknownName returns the mistake that name, at its place in a pack, is none of
// the known ones, with a suggestion. The engine reports with it what only it
// can know, such as the names of checks.
func UnknownName(pos Pos, what, name string, known []string) error {
	return &Mistake{Pos: pos, Text: unknown(what, name, known)}
}

// Nearest returns the known name that takes the fewest edits to reach, or "" if
// none is near.
func Nearest(name string, known []string) string { return nearest(name, known) }

// Cite adds to each mistake in err the line that it is in. source returns a file,
// nil if there is none.
func Cite(err error, source func(file string) []byte) error {
	const most = 200 // nobody reads more, and each costs a look through its file
	lines := map[string][]string{}
	for i, m := range Mistakes(err) {
		if i == most {
			break
		}
		if _, ok := lines[m.Pos.File]; !ok {
			lines[m.Pos.File] = strings.Split(string(source(m.Pos.File)), "\n")
		}
		if all := lines[m.Pos.File]; m.line == "" && m.Pos.Line >= 1 && m.Pos.Line <= len(all) {
			m.line = strings.TrimRight(all[m.Pos.Line-1], "\r")
		}
	}
	return err
}

// Mistakes returns the mistakes that err joins, and nil if it is something else.
func Mistakes(err error) []*Mistake {
	var m *Mistake
	if errors.As(err, &m) && m == err {
		return []*Mistake{m}
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return nil
	}
	var out []*Mistake
	for _, e := range joined.Unwrap() {
		inner := Mistakes(e)
		if inner == nil {
			return nil
		}
		out = append(out, inner...)
	}
	return out
}

package report

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

// digestLength is how many characters a digest has at most: what a phone shows of
// a WhatsApp message before "read more" is about a third of it.
const digestLength = 1000

// writeDigest writes the report as one short message: how it stands, what was not
// looked at, and what to do first.
func writeDigest(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	lines := []string{"*" + joined(" · ", cutTo(r.Unit.Name, 80), r.Predicate, strconv.Itoa(r.Period.Year)) + "*"}
	if r.Partial {
		lines = append(lines, v.say.Label("report.partial"))
	}
	for _, a := range [][2]string{v.items(), v.files()} {
		lines = append(lines, a[0]+": "+a[1])
	}
	lines = append(lines, v.say.Label("digest.score", v.points(r.Score.Low), v.points(r.Score.High), v.number(r.Score.Weight)))
	count := map[string][]string{}
	for _, g := range r.Gates {
		count[g.State] = append(count[g.State], g.Text.In(v.lang))
	}
	if len(r.Gates) > 0 {
		lines = append(lines, v.say.Label("digest.gates", len(count["passed"]), len(count["open"]), len(count["missed"])))
	}
	if d := r.Difference; d != nil {
		lines = append(lines, v.say.Label("digest.changed", len(d.Fixed), len(d.Found), len(d.Regressed)))
	}
	const first = 3
	var todo []string
	for i, f := range r.Fixes[:min(first, len(r.Fixes))] {
		todo = append(todo, strconv.Itoa(i+1)+". "+cutTo(f.Criterion+" "+f.Title.In(v.lang), 70)+" (+"+v.points(f.Points)+"): "+cutTo(v.repair(f), 110))
	}
	if len(todo) > 0 {
		lines = append(lines, "", v.say.Label("digest.first"))
		lines = append(lines, todo...)
	}
	for i := range lines {
		lines[i] = clean(lines[i])
	}
	_, err = io.WriteString(w, cutTo(strings.Join(lines, "\n"), digestLength-1)+"\n")
	return err
}

// cutTo shortens s to so many characters, at a space if there is one near.
func cutTo(s string, most int) string {
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	s = string([]rune(s)[:most-1])
	if i := strings.LastIndexByte(s, ' '); i > len(s)*2/3 {
		s = s[:i]
	}
	return strings.TrimRight(s, " ,.;:") + "…"
}

package report

import (
	"encoding/csv"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// csvColumns are the headings of the table, in the words of the JSON form so that
// they are the same in every language.
var csvColumns = []string{"unit", "area", "item", "title", "basis", "verdict", "answer_shown", "answer_possible", "points_low", "points_high", "weight",
	"need", "wanted", "severity", "finding", "message", "fix", "document", "page", "quote", "decision", "baseline", "key"}

// writeCSV writes one row for each finding, and one for each item that has none,
// by RFC 4180.
func writeCSV(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	if opt.CSVMark {
		if _, err := io.WriteString(w, "\ufeff"); err != nil {
			return err
		}
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if opt.CSVSeparator != 0 {
		out.Comma = opt.CSVSeparator
	}
	_ = out.Write(csvColumns) // kept by out, as all errors below
	for _, row := range v.rows() {
		for i := range row {
			row[i] = inert(row[i])
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

// inert makes text from outside harmless in a spreadsheet, which takes what begins
// like a formula for one (OWASP, CSV Injection); also where it parts cells at
// another sign than we do.
func inert(s string) string {
	var b strings.Builder
	start := true
	for _, r := range s {
		if start && strings.ContainsRune("=+-@＝＋－＠", r) {
			b.WriteByte('\'')
		}
		start = strings.ContainsRune(";|\t\n", r) || b.Len() == 0 && r == ' '
		if r == '\n' || r == '\t' || !unicode.IsControl(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// rows lists the cells of every row.
func (v *voice) rows() [][]string {
	var out [][]string
	for i := range v.r.Criteria {
		c := &v.r.Criteria[i]
		found := v.ofCriterion(c)
		for _, i := range found {
			out = append(out, v.row(c, &v.r.Findings[i]))
		}
		see := v.seen(c)
		for _, f := range see {
			out = append(out, v.row(c, &f))
		}
		if len(found)+len(see) == 0 {
			out = append(out, v.row(c, nil))
		}
	}
	for _, i := range v.places.loose() {
		out = append(out, v.row(nil, &v.r.Findings[i]))
	}
	return out
}

func (v *voice) row(c *Criterion, f *Finding) []string {
	cells := map[string]string{"unit": v.r.Unit.Name}
	if c != nil {
		cells["area"], cells["item"], cells["title"], cells["basis"], cells["verdict"] = c.Area, c.Code, c.Title.In(v.lang), c.Basis, v.say.Label("verdict."+c.Verdict)
		cells["answer_shown"], cells["answer_possible"] = c.Level.Shown, c.Level.Possible
		cells["points_low"], cells["points_high"], cells["weight"] = v.points(c.Score.Low), v.points(c.Score.High), v.points(c.Weight)
		if c.Decision != nil {
			cells["decision"] = v.decision(v.r.Decisions[*c.Decision])
		}
	}
	if f != nil {
		if q := v.r.requirement(f.Criterion, f.Requirement); q != nil {
			cells["need"], cells["wanted"] = v.say.Name("need", q.Need), v.asked(q)
		}
		cells["message"], cells["fix"] = v.message(*f)
		cells["severity"], cells["finding"], cells["document"], cells["quote"], cells["key"] = v.say.Name("severity", f.Severity), f.ID, f.Document, f.Quote, f.Key
		if f.Page != nil {
			cells["page"] = strconv.Itoa(*f.Page)
		}
		if f.Decision != nil {
			cells["decision"] = v.decision(v.r.Decisions[*f.Decision])
		}
		if f.Baseline != "" {
			cells["baseline"] = v.say.Label("baseline." + f.Baseline)
		}
	}
	out := make([]string, len(csvColumns))
	for i, name := range csvColumns {
		out[i] = cells[name]
	}
	return out
}

// ofCriterion lists the findings that stand below a criterion, line by line.
func (v *voice) ofCriterion(c *Criterion) []int {
	var out []int
	for _, q := range c.byNeed() {
		out = append(out, v.places.line[lineKey(c.Code, q.ID)]...)
	}
	return append(out, v.places.criterion[c.Code]...)
}

// seen makes a remark for each document of an item whose own errors stand below
// another item: without it an item that does not hold would have no reason.
func (v *voice) seen(c *Criterion) []Finding {
	homes := v.allHomes(c)
	var out []Finding
	for _, d := range slices.Sorted(maps.Keys(homes)) {
		out = append(out, Finding{Severity: "error", Document: d, Message: v.say.Label("report.see", d, homes[d]), Fix: v.say.Label("report.see.action", homes[d])})
	}
	return out
}

package report

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name       string          `xml:"name,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Time       string          `xml:"time,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Class   string        `xml:"classname,attr"`
	Name    string        `xml:"name,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitMessage `xml:"failure"`
	Skipped *junitSkipped `xml:"skipped"`
	Out     string        `xml:"system-out,omitempty"`
}

type junitMessage struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

// writeJUnit writes a suite for each area of the unit and a case for each item.
// Names depend on neither language nor result. What was waived or could not be
// judged is skipped, never passed.
func writeJUnit(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	unit := r.Unit.Name
	if unit == "" {
		unit = "-"
	}
	all := junitSuites{Name: "dasheval " + r.Pack.ID}
	at := map[string]int{}
	for i := range r.Criteria {
		c := &r.Criteria[i]
		n, ok := at[c.Area]
		if !ok {
			n = len(all.Suites)
			at[c.Area] = n
			all.Suites = append(all.Suites, junitSuite{Name: unit + " / " + c.Area, Timestamp: r.Period.Today + "T00:00:00", Time: "0",
				Properties: []junitProperty{{"pack", r.Pack.ID + " " + r.Pack.Version}, {"pack_sha256", r.Pack.SHA256}, {"area", v.division(c.Area)}, {"partial", strconv.FormatBool(r.Partial)}}})
		}
		s := &all.Suites[n]
		s.Tests++
		x := v.junitCase(c)
		switch {
		case x.Failure != nil:
			s.Failures++
		case x.Skipped != nil:
			s.Skipped++
		}
		s.Cases = append(s.Cases, x)
	}
	for _, s := range all.Suites {
		all.Tests += s.Tests
		all.Failures += s.Failures
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

func (v *voice) junitCase(c *Criterion) junitCase {
	x := junitCase{Class: v.r.Pack.ID + "." + c.Area, Name: c.Code, Time: "0"}
	state := xmlText(joined(" · ", c.Title.In(v.lang), v.say.Label("verdict."+c.Verdict)))
	var lines []string
	for _, i := range v.ofCriterion(c) {
		f := v.r.Findings[i]
		message, fix := v.message(f)
		lines = append(lines, joined(" ", v.say.Name("severity", f.Severity)+":", message, prefixed("→ ", fix), prefixed("@ ", v.at(f))))
	}
	if c.Decision != nil {
		lines = append(lines, v.say.Label("decision.rests", v.decision(v.r.Decisions[*c.Decision])))
	}
	text := xmlText(strings.Join(lines, "\n"))
	switch c.Verdict {
	case "missing", "noncompliant", "partial":
		x.Failure = &junitMessage{state, c.Verdict, text}
		return x
	case "review", "not_evaluated", "waived", "not_applicable":
		x.Skipped = &junitSkipped{state}
	}
	x.Out = text
	return x
}

// division names a division of the instrument.
func (v *voice) division(code string) string {
	return joined(" ", code, v.title(code))
}

// xmlText leaves out what XML cannot hold.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\t' || r >= ' ' && r != 0xfffe && r != 0xffff && utf8.ValidRune(r) {
			return r
		}
		return -1
	}, strings.ToValidUTF8(s, "\ufffd"))
}

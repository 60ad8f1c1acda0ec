package cases

import (
	"context"
	"fmt"
	"iter"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker"
	"dasheval/checker/internal/pipe"
	"dasheval/checker/report"
	"dasheval/checker/text"
	"dasheval/rules"
)

// A Mutant is a document of a case with one thing made wrong. Rules that are
// worth something notice it.
type Mutant struct {
	Suite *Suite
	File  string
	Type  string // document type
	What  string // number, date, signature, signer, unit, nip, section ID or year
	// Noticed is true if the change makes an error that was not there, or takes
	// a verdict away from "met".
	Noticed bool
}

// Mutate changes the evidence of the first case of each suite, one thing at a
// time, and checks it again.
func Mutate(ctx context.Context, e *checker.Engine, pack *rules.Pack, suites []*Suite) ([]Mutant, error) {
	type change struct {
		suite  *Suite
		before *report.Report
		files  []File
		m      Mutant
	}
	jobs := func(yield func(change, error) bool) {
		for _, s := range suites {
			before, err := evaluate(ctx, e, s.Settings, s.Cases[0].Files, ".pdf")
			if err != nil {
				yield(change{}, err)
				return
			}
			for _, d := range before.Documents {
				i := slices.IndexFunc(s.Cases[0].Files, func(f File) bool { return f.Name == d.Path || f.Name+".pdf" == d.Path })
				t := pack.Type(d.Type.ID)
				if i < 0 || t == nil || d.Readable == "no" {
					continue
				}
				for what, markup := range mutations(pack, t, d, s, s.Cases[0].Files[i].Markup) {
					files := slices.Clone(s.Cases[0].Files)
					files[i].Markup = markup
					if !yield(change{s, before, files, Mutant{Suite: s, File: files[i].Name, Type: t.ID, What: what}}, nil) {
						return
					}
				}
			}
		}
	}
	run := func(ctx context.Context, c change) (Mutant, error) {
		after, err := evaluate(ctx, e, c.suite.Settings, c.files, ".pdf")
		if err != nil {
			return c.m, fmt.Errorf("%s: %s of %s: %w", c.suite.Path, c.m.What, c.m.File, err)
		}
		c.m.Noticed = noticed(c.before, after)
		return c.m, nil
	}
	var out []Mutant
	for m, err := range pipe.Map(ctx, runtime.GOMAXPROCS(0), jobs, run) {
		if err != nil {
			return out, err
		}
		out = append(out, m)
	}
	return out, nil
}

// noticed reports whether a run has an error that the one before had not, or
// has lost a verdict "met".
func noticed(before, after *report.Report) bool {
	had := map[string]int{}
	for _, f := range before.Findings {
		if f.Severity == "error" {
			had[f.ID+f.Document+f.Params["section"]+f.Params["what"]]++
		}
	}
	for _, f := range after.Findings {
		if f.Severity == "error" && f.Document != "" {
			key := f.ID + f.Document + f.Params["section"] + f.Params["what"]
			if had[key]--; had[key] < 0 {
				return true
			}
		}
	}
	for i, c := range before.Criteria {
		if c.Verdict == "met" && after.Criteria[i].Verdict != "met" {
			return true
		}
	}
	return false
}

var yearOf = regexp.MustCompile(`\b20\d\d\b`)

// mutations yields what can be made wrong in a document, as far as its type
// asks for it to be right.
func mutations(pack *rules.Pack, t *rules.Type, d report.Document, s *Suite, markup string) iter.Seq2[string, string] {
	uses := func(name string) bool {
		return slices.ContainsFunc(t.Checks, func(u rules.CheckUse) bool { return u.Name == name })
	}
	signer := pack.Signers[t.Signer]
	return func(yield func(string, string) bool) {
		try := func(what, changed string) bool { return changed == markup || yield(what, changed) }
		fact := func(name string) string {
			v, _ := d.Facts[name].(string)
			return v
		}
		if n := fact("number"); n != "" && uses("number") && t.Number == "required" && !try("number", strings.ReplaceAll(markup, n, "........")) {
			return
		}
		if at := d.FactsAt["date"]; at.Quote != "" && uses("date") && t.Date == "required" && t.Anchor != "effective" &&
			!try("date", strings.ReplaceAll(markup, at.Quote, "")) {
			return
		}
		if uses("signature") && t.Signature == "required" && !try("signature", strings.ReplaceAll(markup, "@image", "")) {
			return
		}
		if uses("signer") && signer != nil && signer.Head && s.Settings.Unit != nil && len(s.Settings.Unit.Heads) > 0 && len(d.Signature.Blocks) > 0 {
			if !try("signer", signedByAnother(pack, markup, d.Signature.Blocks)) {
				return
			}
		}
		if u := s.Settings.Unit; uses("unit") && u != nil && (signer == nil || !signer.External) {
			words := strings.Fields(u.Name)
			if other := stranger(pack, "place"); len(words) > 1 && other != "" &&
				!try("unit", replaceFold(markup, u.Name, strings.Join(append(words[:len(words)-1], other), " "))) {
				return
			}
		}
		if uses("nip") {
			for _, b := range d.Signature.Blocks {
				if len(b.NIP) == 18 && strings.Contains(markup, b.NIP) {
					if !try("nip", strings.ReplaceAll(markup, b.NIP, b.NIP[:4]+"99"+b.NIP[6:])) {
						return
					}
					break
				}
			}
		}
		if uses("sections") {
			for _, x := range t.Sections {
				if x.Need == "required" && !try("section "+x.ID, withoutSection(markup, x.Pattern)) {
					return
				}
			}
		}
		if len(s.Settings.Criteria) > 0 {
			try("year", yearOf.ReplaceAllStringFunc(markup, func(y string) string {
				n, _ := strconv.Atoi(y) // digits, by the pattern
				return strconv.Itoa(n - 6)
			}))
		}
	}
}

// stranger returns a word of the vocabulary by which mutations go: the "person",
// "title", "number" or "place" of somebody else; "" if the pack has none.
func stranger(pack *rules.Pack, what string) string {
	if list := pack.Vocabulary.Words["mutation."+what]; len(list) > 0 {
		return list[0]
	}
	return ""
}

// signedByAnother puts another official into the signature blocks.
func signedByAnother(pack *rules.Pack, markup string, blocks []report.Block) string {
	for _, b := range blocks {
		for _, x := range [][2]string{{b.Name, stranger(pack, "person")}, {b.Title, stranger(pack, "title")}, {b.NIP, stranger(pack, "number")}} {
			if x[0] != "" && x[1] != "" {
				markup = strings.ReplaceAll(markup, x[0], x[1])
			}
		}
	}
	return markup
}

// replaceFold replaces old, in its own case and in capitals.
func replaceFold(s, old, by string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, old, by), strings.ToUpper(old), strings.ToUpper(by))
}

// withoutSection drops the lines in which patterns match, until none does; the
// text as it is if that does not help.
func withoutSection(markup string, ps []*rules.Pattern) string {
	lines := strings.SplitAfter(markup, "\n")
	for range lines {
		fold := text.Fold(strings.Join(lines, ""))
		m := rules.First(ps, fold)
		if m == nil {
			return strings.Join(lines, "")
		}
		at := strings.Count(fold[:max(m[1]-1, m[0])], "\n")
		if at >= len(lines) {
			break
		}
		lines = slices.Delete(lines, at, at+1)
	}
	return markup
}

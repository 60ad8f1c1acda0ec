package cases

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"dasheval/checker"
	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/internal/pipe"
	"dasheval/checker/internal/testdocx"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/report"
	"dasheval/checker/verdict"
	"dasheval/rules"
)

// An Outcome is what one case gave in one form of its evidence.
type Outcome struct {
	Suite *Suite
	Case  *Case
	Form  string // ".pdf" or ".docx" for files that are made in both, else ""
	// Surplus are the findings that nobody wanted, as they would be written
	// down, and Absent the wants that nothing met.
	Surplus []string
	Absent  []Want
	Report  *report.Report
}

// Passed reports whether the case gave what it wants and nothing else.
func (o *Outcome) Passed() bool { return len(o.Surplus) == 0 && len(o.Absent) == 0 }

// Verdict returns the verdict on an item, "" if the pack has no such item.
func (o *Outcome) Verdict(code string) string {
	for _, c := range o.Report.Criteria {
		if c.Code == code {
			return c.Verdict
		}
	}
	return ""
}

// Name returns the name of the case, with its form.
func (o *Outcome) Name() string {
	parts := []string{strings.TrimSuffix(path.Base(o.Suite.Path), ".txtar")}
	if o.Case.Name != "" {
		parts = append(parts, o.Case.Name)
	}
	if o.Form != "" {
		parts = append(parts, o.Form[1:])
	}
	return strings.Join(parts, "/")
}

// A job is one case in one form.
type job struct {
	suite *Suite
	c     *Case
	form  string
}

// Run runs all cases of the suites against the engine, several at a time. The
// outcomes stand in the order of the cases.
func Run(ctx context.Context, e *checker.Engine, suites []*Suite) ([]*Outcome, error) {
	var jobs []job
	for _, s := range suites {
		for _, c := range s.Cases {
			for _, form := range forms(c) {
				jobs = append(jobs, job{s, c, form})
			}
		}
	}
	var out []*Outcome
	source := func(yield func(job, error) bool) {
		for _, j := range jobs {
			if !yield(j, nil) {
				return
			}
		}
	}
	for o, err := range pipe.Map(ctx, runtime.GOMAXPROCS(0), source, func(ctx context.Context, j job) (*Outcome, error) { return j.run(ctx, e) }) {
		if err != nil {
			return out, err
		}
		out = append(out, o)
	}
	return out, nil
}

// forms returns in which forms the evidence of a case is made.
func forms(c *Case) []string {
	if slices.ContainsFunc(c.Files, func(f File) bool { return !made(f.Name) }) {
		return []string{".pdf", ".docx"}
	}
	return []string{""}
}

func made(name string) bool {
	return strings.HasSuffix(name, ".pdf") || strings.HasSuffix(name, ".docx")
}

func (j job) run(ctx context.Context, e *checker.Engine) (*Outcome, error) {
	rep, err := evaluate(ctx, e, j.suite.Settings, j.c.Files, j.form)
	if err != nil {
		return nil, fmt.Errorf("%s: case %q: %w", j.c.Pos, j.c.Name, err)
	}
	o := &Outcome{Suite: j.suite, Case: j.c, Form: j.form, Report: rep}
	o.compare()
	return o, nil
}

// evaluate checks the files of a case.
func evaluate(ctx context.Context, e *checker.Engine, s Settings, files []File, form string) (*report.Report, error) {
	return e.Run(ctx, pile{files, form}, checker.Config{
		Workers: 1, Year: s.Year, Today: s.Today, Unit: s.Unit, Engine: extract.Native, OCR: extract.OCR{Mode: extract.OCROff},
	})
}

// A pile is the evidence of a case, made on the way.
type pile struct {
	files []File
	form  string
}

// Files implements [evidence.Source].
func (p pile) Files(context.Context) iter.Seq2[evidence.File, error] {
	files := slices.Clone(p.files)
	for i := range files {
		if !made(files[i].Name) {
			files[i].Name += p.form
		}
	}
	slices.SortFunc(files, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return func(yield func(evidence.File, error) bool) {
		for _, f := range files {
			data := testdocx.Write
			if strings.HasSuffix(f.Name, ".pdf") {
				data = func(markup string) []byte { return testpdf.Write(testpdf.Layout(markup)...) }
			}
			open := func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data(f.Markup))), nil }
			if !yield(evidence.File{Path: f.Name, Size: -1, Open: open}, nil) {
				return
			}
		}
	}
}

// compare sets what is surplus and what is absent.
func (o *Outcome) compare() {
	wants := slices.Clone(o.Case.Want)
	slices.SortStableFunc(wants, compareWants)
	met := make([]bool, len(wants))
	for _, f := range o.Report.Findings {
		if f.Document == "" && !slices.Contains(o.Suite.Settings.Criteria, f.Criterion) {
			continue
		}
		i := -1
		for k, w := range wants {
			if !met[k] && o.meets(f, w) {
				i = k
				break
			}
		}
		if i < 0 {
			o.Surplus = append(o.Surplus, o.line(f))
			continue
		}
		met[i] = true
	}
	for k, w := range wants {
		if w.ID == "" {
			met[k] = o.Verdict(w.Where) == w.Verdict
		}
		if !met[k] {
			o.Absent = append(o.Absent, w)
		}
	}
	slices.SortStableFunc(o.Absent, func(a, b Want) int { return a.Pos.Line - b.Pos.Line })
}

// meets reports whether a finding is the one wanted.
func (o *Outcome) meets(f report.Finding, w Want) bool {
	at := placeOf(f)
	if o.Form == ".docx" && w.Place != "" && !strings.HasPrefix(w.Place, "¶") {
		at = w.Place // the pages of a Word document are not those of the PDF
	}
	quote := f.Quote
	if w.Quote != nil {
		quote = *w.Quote
	}
	return f.ID == w.ID && (w.Severity == "" || w.Severity == f.Severity) &&
		(w.Where == "" || w.Where == o.where(f) || w.Where == f.Document) &&
		(w.Place == "" || w.Place == at) && (quote == f.Quote || o.Form == ".docx") &&
		!slices.ContainsFunc(w.Rest, func(r string) bool { return !slices.Contains(rest(f), r) })
}

// where names the file of a finding as the case does, or its evidence line.
func (o *Outcome) where(f report.Finding) string {
	if f.Document == "" {
		return f.Requirement
	}
	if bare, ok := strings.CutSuffix(f.Document, o.Form); ok && o.Form != "" &&
		slices.ContainsFunc(o.Case.Files, func(x File) bool { return x.Name == bare }) {
		return bare
	}
	return f.Document
}

func placeOf(f report.Finding) string {
	switch {
	case f.Document == "":
		return "-"
	case f.Page != nil:
		return strconv.Itoa(*f.Page)
	case f.Paragraph != nil:
		return "¶" + strconv.Itoa(*f.Paragraph)
	}
	return "-"
}

// rest is what a finding is about besides its place.
func rest(f report.Finding) []string {
	var out []string
	if part := f.Params["section"] + f.Params["field"]; part != "" {
		out = append(out, strings.Fields(part)...)
	}
	if f.Document != "" && f.Requirement != "" {
		out = append(out, f.Requirement)
	}
	return out
}

// line writes a finding down as a case would want it.
func (o *Outcome) line(f report.Finding) string {
	quote := f.Quote
	w := Want{ID: f.ID, Severity: f.Severity, Where: o.where(f), Place: placeOf(f), Quote: &quote, Rest: rest(f)}
	return w.String()
}

// Mistaken returns wants that name a finding that no check reports.
func Mistaken(pack *rules.Pack, suites []*Suite) error {
	var errs []error
	for _, s := range suites {
		for _, c := range s.Cases {
			for _, w := range c.Want {
				if _, ok := pack.Severity[w.ID]; !ok && w.ID != "" {
					errs = append(errs, rules.UnknownName(w.Pos, "finding", w.ID, slices.Collect(maps.Keys(pack.Severity))))
				}
				switch {
				case w.ID == "" && pack.Item(w.Where) == nil:
					errs = append(errs, rules.UnknownName(w.Pos, "item", w.Where, codes(pack)))
				case w.ID == "" && !slices.Contains(verdict.States(), w.Verdict):
					errs = append(errs, rules.UnknownName(w.Pos, "verdict", w.Verdict, verdict.States()))
				case w.ID != "" && w.Where != "" && !c.names(pack, w.Where):
					errs = append(errs, rules.UnknownName(w.Pos, "file or evidence line", w.Where, fileNames(c)))
				}
			}
		}
	}
	return errors.Join(errs...)
}

// names reports whether a want may name what a finding is about so: a file of
// the case, or an evidence line of the pack.
func (c *Case) names(pack *rules.Pack, where string) bool {
	if slices.ContainsFunc(c.Files, func(f File) bool {
		return f.Name == where || where == f.Name+".pdf" || where == f.Name+".docx"
	}) {
		return true
	}
	code, _, _ := strings.Cut(where, "/")
	it := pack.Item(code)
	return it != nil && slices.ContainsFunc(it.Evidence, func(q *rules.Requirement) bool { return q.ID == where })
}

func fileNames(c *Case) []string {
	var out []string
	for _, f := range c.Files {
		out = append(out, f.Name)
	}
	return out
}

func codes(pack *rules.Pack) []string {
	var out []string
	for _, it := range pack.Items() {
		out = append(out, it.Code)
	}
	return out
}

package report

import (
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
)

// writeSARIF writes the findings and the verdicts as SARIF 2.1.0. A finding is a
// result whose rule is the finding's id; a criterion is one whose rule is its code,
// so that what was met, and what was not judged, stands there too.
func writeSARIF(w io.Writer, r *Report, lang string, opt Options) error {
	v, err := newVoice(r, lang, opt)
	if err != nil {
		return err
	}
	s := sarifWriter{voice: v, rules: map[string]int{}, files: map[string]int{}}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	return enc.Encode(s.report())
}

type sarifWriter struct {
	*voice
	run   *sarif.Run
	rules map[string]int // by id
	files map[string]int // artifacts by path
}

// pileBase is the name that places in the pile are relative to. Where the pile
// lies is not told.
const pileBase = "PILE"

func (s *sarifWriter) report() *sarif.Report {
	r := s.r
	out := sarif.NewReport()
	driver := sarif.NewToolComponent().WithName(r.Tool.Name).WithLanguage(s.lang)
	if r.Tool.Version != "" {
		driver.WithVersion(r.Tool.Version)
	}
	s.run = sarif.NewRun().WithTool(sarif.NewTool().WithDriver(driver))
	s.run.WithColumnKind("unicodeCodePoints")
	s.run.WithAutomationDetails(sarif.NewRunAutomationDetails().WithID(strings.Join([]string{r.Pack.ID, strconv.Itoa(r.Period.Year), r.Unit.Name}, "/")))
	done := !r.Partial
	s.run.AddInvocation(&sarif.Invocation{ExecutionSuccessful: &done})
	p := sarif.NewPropertyBag()
	p.Add("pack", r.Pack.ID+" "+r.Pack.Version).Add("pack_sha256", r.Pack.SHA256).Add("unit", r.Unit.Name).Add("today", r.Period.Today)
	p.Add("points", []float64{r.Score.Low, r.Score.High}).Add("judged", r.Coverage.Judged)
	s.run.WithProperties(p)
	for _, d := range r.Documents {
		a := sarif.NewArtifact().WithLocation(pileLocation(d.Path)).WithLength(int(d.Bytes))
		if d.SHA256 != "" {
			a.WithHashes(map[string]string{"sha-256": d.SHA256})
		}
		s.files[d.Path] = len(s.run.Artifacts)
		s.run.AddArtifact(a)
	}
	for i := range r.Findings {
		s.finding(&r.Findings[i], r.Findings[i].Baseline)
	}
	if r.Difference != nil {
		for i := range r.Difference.Fixed {
			s.finding(&r.Difference.Fixed[i], "absent")
		}
	}
	for i := range r.Criteria {
		s.criterion(&r.Criteria[i])
	}
	out.AddRun(s.run)
	return out
}

// rule returns the index of the rule, adding it if it is new.
func (s *sarifWriter) rule(id, short, full, help string) int {
	if i, ok := s.rules[id]; ok {
		return i
	}
	d := sarif.NewReportingDescriptor().WithID(id).WithShortDescription(sarif.NewMultiformatMessageString().WithText(short))
	if full != "" {
		d.WithFullDescription(sarif.NewMultiformatMessageString().WithText(full))
	}
	if help != "" {
		d.WithHelp(sarif.NewMultiformatMessageString().WithText(help))
	}
	s.rules[id] = len(s.run.Tool.Driver.Rules)
	s.run.Tool.Driver.AddRule(d)
	return s.rules[id]
}

func (s *sarifWriter) finding(f *Finding, baseline string) {
	short, help := s.message(Finding{ID: f.ID, Message: f.ID}) // as it reads of no document
	message, fix := s.message(*f)
	res := sarif.NewRuleResult(f.ID).WithRuleIndex(s.rule(f.ID, short, "", help)).WithMessage(sarif.NewTextMessage(joined(" ", message, fix)))
	res.WithKind("fail").WithLevel(f.Severity)
	if f.Severity == "info" {
		res.WithKind("informational").WithLevel("none")
	}
	res.WithPartialFingerprints(map[string]string{"dasheval/v1": f.Key})
	if baseline != "" {
		res.WithBaselineState(baseline)
	}
	p := sarif.NewPropertyBag()
	if f.Criterion != "" {
		p.Add("criterion", f.Criterion).Add("requirement", f.Requirement)
	}
	if fix != "" {
		p.Add("fix", fix)
	}
	res.WithProperties(p)
	res.AddLocation(s.location(f))
	if f.Decision != nil {
		res.AddSuppression(s.suppression(*f.Decision))
	}
	s.run.AddResult(res)
}

func (s *sarifWriter) suppression(i int) *sarif.Suppression {
	return sarif.NewSuppression().WithKind("external").WithStatus("accepted").WithJustification(s.decision(s.r.Decisions[i]))
}

// location tells the file, and the page and words in it. Regions of SARIF are for
// text and bytes; a page and its box are properties.
func (s *sarifWriter) location(f *Finding) *sarif.Location {
	l := sarif.NewLocation()
	if f.Criterion != "" {
		l.AddLogicalLocation(s.logical(f.Criterion))
	}
	if f.Document == "" {
		return l
	}
	at := pileLocation(f.Document)
	if i, ok := s.files[f.Document]; ok {
		at.WithIndex(i)
	}
	l.WithPhysicalLocation(sarif.NewPhysicalLocation().WithArtifactLocation(at))
	if where := joined(": ", s.where(f.Page, f.Paragraph), f.Quote); where != "" {
		l.WithMessage(sarif.NewTextMessage(where))
	}
	p := sarif.NewPropertyBag()
	if f.Page != nil {
		p.Add("page", *f.Page)
	}
	if f.Box != nil {
		p.Add("box", *f.Box)
	}
	if f.Paragraph != nil {
		p.Add("paragraph", *f.Paragraph)
	}
	if f.Quote != "" {
		p.Add("quote", f.Quote)
	}
	if len(p.Properties) > 0 {
		l.WithProperties(p)
	}
	return l
}

func (s *sarifWriter) logical(code string) *sarif.LogicalLocation {
	return sarif.NewLogicalLocation().WithName(code).WithFullyQualifiedName(s.r.Pack.ID + "/" + code).WithKind("criterion")
}

// kinds are the SARIF kinds of verdicts that are no failure.
var kinds = map[string]string{"met": "pass", "review": "review", "not_evaluated": "open", "not_applicable": "notApplicable"}

func (s *sarifWriter) criterion(c *Criterion) {
	i := s.rule(c.Code, c.Title.In(s.lang), c.Basis, "")
	text := joined(" · ", c.Title.In(s.lang), s.say.Label("verdict."+c.Verdict), s.level(c.Level))
	res := sarif.NewRuleResult(c.Code).WithRuleIndex(i).WithMessage(sarif.NewTextMessage(text))
	res.WithKind("fail").WithLevel("error")
	if kind := kinds[c.Verdict]; kind != "" {
		res.WithKind(kind).WithLevel("none")
	}
	res.WithPartialFingerprints(map[string]string{"dasheval/v1": "criterion/" + c.Code})
	res.AddLocation(sarif.NewLocation().AddLogicalLocation(s.logical(c.Code)))
	p := sarif.NewPropertyBag()
	res.WithProperties(p.Add("verdict", c.Verdict).Add("points", []float64{c.Score.Low, c.Score.High}).Add("weight", c.Weight))
	switch {
	case c.Decision == nil:
	case c.Verdict == "waived":
		res.AddSuppression(s.suppression(*c.Decision))
	default:
		p.Add("decision", s.decision(s.r.Decisions[*c.Decision]))
	}
	if d := s.r.Difference; d != nil {
		res.WithBaselineState("unchanged")
		same := func(x Change) bool { return x.Criterion == c.Code }
		if slices.ContainsFunc(d.Regressed, same) || slices.ContainsFunc(d.Improved, same) {
			res.WithBaselineState("updated")
		}
	}
	s.run.AddResult(res)
}

// pileLocation is the place of a file of the pile. A member of an archive is told
// behind a "!" that belongs to the name.
func pileLocation(path string) *sarif.ArtifactLocation {
	return sarif.NewArtifactLocation().WithURI((&url.URL{Path: "./" + path}).EscapedPath()[2:]).WithURIBaseID(pileBase)
}

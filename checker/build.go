package checker

import (
	"errors"
	"math"
	"slices"
	"strings"
	"time"

	"dasheval/checker/check"
	"dasheval/checker/evidence"
	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/report"
	"dasheval/checker/text"
	"dasheval/checker/verdict"
	"dasheval/checker/words"
	"dasheval/rules"
)

// report builds the report from what all stages found.
func (p *Engine) report(w *check.World, pile *pile, findings []result, cfg Config) (*report.Report, error) {
	cat, err := words.New(cfg.Lang)
	if err != nil {
		return nil, err
	}
	findings = append(findings, fileFindings(p.pack, pile)...)
	sortFindings(p.pack, findings)
	verdicts := p.judge(w, findings, nil)
	by := make([]int, len(verdicts)) // the decision that a verdict rests on
	dec := p.decide(w, pile, findings, cfg)
	if len(dec.list) > 0 {
		for i, v := range p.judge(w, findings, dec) {
			verdicts[i], by[i] = dec.settle(p.pack, verdicts[i], v, findings)
		}
		findings = append(findings, dec.replacedFindings(p)...)
		dec.waives = append(dec.waives, make([][]waiver, len(findings)-len(dec.waives))...)
	}

	rep := &report.Report{
		Schema: report.Schema, Tool: report.Tool{Name: "dasheval", Version: cfg.Version},
		Pack:      packOf(p.pack, cfg.Year),
		Predicate: cfg.Predicate, Unit: unitOf(w), Period: periodOf(cfg),
	}
	rep.Decisions = dec.list
	for i, f := range findings {
		x := findingOf(f, cat)
		for _, w := range dec.waives[i] {
			// One that counts no more for one item still counts for others.
			if dec.list[w.decision].State == "used" && (w.item == "" || w.item == x.Criterion) {
				x.Decision = &w.decision
				break
			}
		}
		rep.Findings = append(rep.Findings, x)
	}
	report.SetKeys(rep.Findings)
	byPath := map[string][]string{}
	for _, f := range rep.Findings {
		if f.Document != "" {
			byPath[f.Document] = append(byPath[f.Document], f.ID)
		}
	}
	for i := range pile.files {
		f := &pile.files[i]
		rep.Coverage.Files++
		switch {
		case f.File.Ignore != "":
			rep.Coverage.Ignored++
			rep.Ignored = append(rep.Ignored, report.Ignored{Path: f.File.Path, Reason: string(f.File.Ignore)})
			continue
		case f.File.Archive:
			rep.Coverage.Archives++
			continue
		}
		rep.Documents = append(rep.Documents, p.documentOf(w, f, byPath[f.File.Path], &rep.Coverage))
	}
	rep.Coverage.Documents = len(rep.Documents)
	if n := rep.Coverage.Documents; n > 0 {
		rep.Coverage.Judged = round(float64(n-rep.Coverage.Unreadable) / float64(n))
	}
	rep.Coverage.Items = map[string]int{}
	for i, v := range verdicts {
		rep.Coverage.Items[string(v.State)]++
		c := p.criterionOf(w, v)
		if len(dec.list) > 0 && by[i] >= 0 {
			c.Decision = &by[i]
		}
		rep.Criteria = append(rep.Criteria, c)
	}
	for _, d := range w.Pile {
		if _, ok := w.Placed.Placed[d.Path]; !ok {
			rep.Unplaced = append(rep.Unplaced, report.Unplaced{Path: d.Path, Nearest: matchesOf(w.Placed.Nearest[d.Path])})
		}
	}
	return rep, p.score(rep, verdicts, cfg.Predicate)
}

// keysOf returns the keys that findings have in the report.
func keysOf(findings []result) []string {
	list := make([]report.Finding, len(findings))
	for i, f := range findings {
		list[i] = report.Finding{ID: f.ID, Document: pathOf(f), Params: f.Params, Quote: f.At.Quote}
		if f.Requirement != nil {
			list[i].Criterion, list[i].Requirement = f.Requirement.Item.Code, f.Requirement.ID
		}
	}
	report.SetKeys(list)
	keys := make([]string, len(list))
	for i, f := range list {
		keys[i] = f.Key
	}
	return keys
}

// fileFindings makes a finding of each file that could not be read.
func fileFindings(pack *rules.Pack, pile *pile) []result {
	var out []result
	for _, f := range pile.files {
		var re *evidence.ReadError
		if !errors.As(f.Err, &re) {
			continue
		}
		id := fileFinding(evidence.Reason(f.Err))
		stub := &facts.Document{Path: f.File.Path}
		out = append(out, result{check.Finding{ID: id, Document: stub, Params: map[string]string{"kind": f.Kind}}, pack.Severity[id]})
	}
	return out
}

// fileFinding returns the finding of a reason for which a file cannot be read.
func fileFinding(reason string) string {
	if reason == evidence.Reason(evidence.ErrImageOnly) {
		return "file.unreadable"
	}
	return "file." + reason
}

func findingOf(f result, cat *words.Catalogue) report.Finding {
	out := report.Finding{ID: f.ID, Severity: f.severity, Quote: f.At.Quote, Params: f.Params}
	if out.Params == nil {
		out.Params = map[string]string{}
	}
	if f.Requirement != nil {
		out.Criterion, out.Requirement = f.Requirement.Item.Code, f.Requirement.ID
	}
	if f.Document != nil {
		out.Document = f.Document.Path
	}
	at := atOf(f.At, 0)
	out.Page, out.Box, out.Paragraph = at.Page, at.Box, at.Paragraph
	out.Message, out.Fix = cat.Finding(f.ID, f.Params)
	return out
}

// packOf names the rules of a run.
func packOf(pack *rules.Pack, year int) report.Pack {
	out := report.Pack{ID: pack.ID, URN: pack.URN, Version: pack.Version, Title: textOf(pack.Title), SHA256: pack.SHA256, InForce: pack.InForce(year)}
	for _, l := range pack.Layers {
		out.Layers = append(out.Layers, report.Layer{ID: l.ID, Version: l.Version, SHA256: l.SHA256})
	}
	return out
}

// atOf turns a place into its form in the report. Boxes of documents without
// pages are synthetic and stay inside.
func atOf(at facts.Place, sure float64) report.At {
	out := report.At{Quote: at.Quote, Confidence: round(sure)}
	switch {
	case at.Page > 0:
		page := at.Page
		out.Page = &page
		out.Box = &[4]float64{round(at.Box.X0), round(at.Box.Y0), round(at.Box.X1), round(at.Box.Y1)}
	case at.Paragraph > 0:
		n := at.Paragraph
		out.Paragraph = &n
	}
	return out
}

// round keeps two decimals, so that reports do not differ in the last bit.
func round(x float64) float64 { return math.Round(x*100) / 100 }

func unitOf(w *check.World) report.Unit {
	h := w.Unit.Head()
	return report.Unit{Name: w.Unit.Name, Aliases: w.Unit.Aliases, Ministry: w.Unit.Ministry, Inferred: w.Unit.Inferred,
		Head: report.Head{Name: h.Name, NIP: h.NIP, Title: h.Title}}
}

// periodOf is 1 January of the year before the evaluation year to its end, or
// to the day of judgement if that is earlier.
func periodOf(cfg Config) report.Period {
	to := time.Date(cfg.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	if cfg.Today.Before(to) {
		to = cfg.Today
	}
	return report.Period{Year: cfg.Year, Today: cfg.Today.Format(time.DateOnly), To: to.Format(time.DateOnly),
		From: time.Date(cfg.Year-1, 1, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)}
}

// documentOf describes one file and counts it.
func (p *Engine) documentOf(w *check.World, f *read, findings []string, cov *report.Coverage) report.Document {
	out := report.Document{Path: f.File.Path, SHA256: f.SHA256, Bytes: f.Bytes, Kind: f.Kind, Readable: "text",
		TextOrigin: string(text.None), Facts: map[string]any{}, FactsAt: map[string]report.At{},
		Signature: report.Signature{State: "not_expected"}, Findings: slices.Compact(slices.Sorted(slices.Values(findings)))}
	if f.paged {
		n := f.pages
		out.Pages = &n
		cov.Pages += n
	}
	out.Readings = f.readings
	if f.doc == nil {
		out.Marks = f.marks
		out.Signature.State = string(facts.Unknown)
		reason := evidence.Reason(f.Err)
		out.Readable, out.UnreadableReason = "no", &reason
		cov.Unreadable++
		return out
	}
	d := f.doc
	out.TextOrigin = string(d.Origin)
	switch d.Origin {
	case text.Hidden:
		cov.Hidden++
	case text.OCR:
		out.Readable = "ocr"
		cov.OCR++
	default:
		cov.Read++
	}
	if d.Type != nil {
		out.Type = report.Type{ID: d.Type.ID, Form: d.Type.Form, Name: textOf(d.Type.Name), Confidence: round(d.Sure), Also: d.Also}
	}
	out.Facts, out.FactsAt = factsOf(d)
	out.Signature = p.signatureOf(w, d)
	for _, part := range d.Parts {
		values, _ := factsOf(part)
		out.Parts = append(out.Parts, report.Part{Type: part.Type.ID, Pages: [2]int{part.First, part.Last}, Facts: values})
	}
	placed := w.Placed.Placed[d.Path]
	for _, pl := range placed {
		if !slices.Contains(out.Criteria, pl.Requirement.Item.Code) {
			out.Criteria = append(out.Criteria, pl.Requirement.Item.Code)
		}
	}
	out.Matches = matchesOf(placed)
	return out
}

// readingsOf tells which engine read which pages, nothing where a format has one
// reader only.
func readingsOf(doc *text.Document) []report.Reading {
	var out []report.Reading
	for _, p := range doc.Pages {
		n := len(out)
		switch {
		case p.Engine == "":
		case n > 0 && out[n-1].Engine == p.Engine && out[n-1].Pages[1] == p.Number-1 && slices.Equal(out[n-1].Doubts, p.Doubts):
			out[n-1].Pages[1] = p.Number
		default:
			out = append(out, report.Reading{Engine: p.Engine, Pages: [2]int{p.Number, p.Number}, Doubts: p.Doubts})
		}
	}
	return out
}

// factsOf returns the plain values of a document and their places. What is
// blank is a finding, not a fact.
func factsOf(d *facts.Document) (map[string]any, map[string]report.At) {
	values, at := map[string]any{}, map[string]report.At{}
	for name, f := range d.Facts {
		if strings.HasSuffix(name, "_blank") {
			continue
		}
		values[name] = f.Value
		if f.At != (facts.Place{}) {
			place := atOf(f.At, f.Sure)
			place.Read = d.Read[name]
			at[name] = place
		}
	}
	if a := d.Attendance; a != nil {
		values["attendance_rows"], values["attendance_signed"] = a.Rows, a.Signed
		at["attendance_rows"] = atOf(a.At, 0.8)
	}
	if d.Heading != "" {
		values["heading"] = d.Heading
	}
	return values, at
}

// signatureOf sums the blocks up: the worst state of those required.
func (p *Engine) signatureOf(w *check.World, d *facts.Document) report.Signature {
	out := report.Signature{State: "not_expected"}
	for _, b := range d.Blocks {
		out.Blocks = append(out.Blocks, report.Block{Title: b.Title, Name: b.Name, NIP: b.NIP, Acting: b.Acting,
			State: string(b.State), QR: b.Code, Required: true, At: atOf(b.At, 0.8)})
	}
	if d.Type == nil || d.Type.Signature == "not_applicable" {
		return out
	}
	out.State = string(d.Signed(check.Signers(p.reader, d)))
	return out
}

// marksOf lists what is on the pictures of pages beside text.
func marksOf(d *text.Document) []report.Mark {
	var out []report.Mark
	for _, p := range d.Pages {
		for _, m := range p.Marks {
			out = append(out, report.Mark{Kind: string(m.Kind), Page: p.Number, Payload: m.Payload, Colour: round(m.Colour),
				Box: [4]float64{round(m.Box.X0), round(m.Box.Y0), round(m.Box.X1), round(m.Box.Y1)}})
		}
	}
	return out
}

func matchesOf(placed []match.Placed) []report.Match {
	var out []report.Match
	for _, pl := range placed {
		out = append(out, report.Match{Criterion: pl.Requirement.Item.Code, Requirement: pl.Requirement.ID,
			Score: round(min(pl.Score, 1)), Reasons: reasonsOf(pl.Reasons)})
	}
	return out
}

func reasonsOf(rs []match.Reason) []report.Reason {
	var out []report.Reason
	for _, r := range rs {
		out = append(out, report.Reason{ID: r.ID, Words: r.Words})
	}
	return out
}

// criterionOf describes one item.
func (p *Engine) criterionOf(w *check.World, v verdict.Verdict) report.Criterion {
	it := v.Item
	out := report.Criterion{Code: it.Code, Title: textOf(it.Title), Area: it.Part.Code, Verdict: string(v.State),
		Level: report.Level{Shown: v.Shown, Possible: v.Possible}, Weight: it.Weight, Division: it.Part.Code, Basis: it.Basis}
	if it.Area != nil {
		out.Area, out.Division = it.Area.Code, it.Subarea.Code
	}
	for _, l := range it.Levels {
		out.Answers = append(out.Answers, report.Answer{Level: l.Name, Score: l.Score, Text: textOf(l.Text), Judged: l.Judged})
	}
	if x := v.Score; v.Index != nil && x.Low == x.High {
		out.Index = v.Index
	}
	for _, in := range it.Inputs {
		out.Inputs = append(out.Inputs, textOf(in.Title))
	}
	if t := p.pack.AnswerTypes[it.Answer]; t != nil && len(it.Levels) == 0 {
		out.Max = t.Max
	}
	for _, u := range v.Unread {
		out.Unread = append(out.Unread, u.Path)
	}
	for _, l := range v.Lines {
		q := l.Match.Requirement
		r := report.Requirement{ID: q.ID, DocumentType: q.Document, Shows: textOf(q.Shows), Need: string(q.Need),
			Reason: textOf(q.Reason), Verdict: string(l.State), MinCount: q.MinCount, Holding: l.Holding, Cadence: q.Cadence, Example: textOf(q.Example)}
		if t := p.pack.Type(q.Document); t != nil {
			r.Type = textOf(t.Name)
		}
		if s := p.pack.Signers[q.Signer]; s != nil {
			r.Signer = textOf(s.Text)
		}
		window := p.pack.Periods[q.Period].Window(w.Year, w.Today)
		if !window.From.IsZero() {
			r.From = window.From.Format(time.DateOnly)
		}
		if !window.To.IsZero() {
			r.To = window.To.Format(time.DateOnly)
		}
		for _, s := range l.Match.Documents {
			r.Documents = append(r.Documents, s.Document.Path)
		}
		for _, s := range l.Match.Candidates {
			r.Candidates = append(r.Candidates, report.Candidate{Document: s.Document.Path, Score: round(min(s.Score, 1)), Reasons: reasonsOf(s.Reasons)})
		}
		out.Requirements = append(out.Requirements, r)
	}
	return out
}

func textOf(t rules.Text) report.Text { return report.Text{ID: t.ID, EN: t.EN} }

// score adds points, gates and the order of repair.
func (p *Engine) score(rep *report.Report, verdicts []verdict.Verdict, predicate string) error {
	marks := map[string]verdict.Mark{}
	for _, v := range verdicts {
		marks[v.Item.Code] = verdict.Mark{Score: v.Score, NotApplicable: v.State == verdict.NotApplicable}
	}
	scores, err := verdict.Tally(p.pack, marks)
	if err != nil {
		return err
	}
	rep.Score.Interval = interval(scores.Total)
	rep.Score.Weight = p.pack.TotalWeight
	for _, d := range scores.Divisions {
		rep.Score.Sections = append(rep.Score.Sections, report.Division{Code: d.Code, Title: textOf(d.Title), Depth: d.Depth, Weight: round(d.Weight), Points: interval(d.Points)})
	}
	gates, err := verdict.Gates(p.pack, scores, predicate)
	if err != nil {
		return err
	}
	for _, g := range gates {
		rep.Gates = append(rep.Gates, report.Gate{ID: g.Gate.ID, Text: textOf(g.Gate.Text), Scope: g.Gate.Scope, Min: g.Gate.Min, Weight: round(p.weight(scores, g.Gate.Scope)),
			Points: interval(g.Points), State: string(g.Outcome), Mins: p.minima(g.Gate)})
	}
	items := map[string]*report.Criterion{}
	for i := range rep.Criteria {
		items[rep.Criteria[i].Code] = &rep.Criteria[i]
	}
	var gains []verdict.ItemGain
	for _, s := range scores.Items {
		c := items[s.Code]
		c.Score, c.Weight = interval(s.Points), round(s.Weight)
		if c.Verdict != string(verdict.Met) && c.Verdict != string(verdict.NotApplicable) && c.Verdict != string(verdict.Waived) {
			gains = append(gains, verdict.ItemGain{Code: s.Code, Points: s.Weight - s.Points.Low})
		}
	}
	fixes, err := verdict.Fixes(p.pack, gains, gates)
	if err != nil {
		return err
	}
	for _, f := range fixes {
		c := items[f.Code]
		fix := report.Fix{Criterion: f.Code, Title: c.Title, Verdict: c.Verdict, Points: round(f.Points), Gates: f.Gates}
		for i, x := range rep.Findings {
			if x.Severity == "error" && x.Decision == nil && concerns(x, c) {
				fix.Findings = append(fix.Findings, i)
			}
		}
		rep.Fixes = append(rep.Fixes, fix)
	}
	return nil
}

// weight sums the points that there are in the scope of a gate.
func (p *Engine) weight(scores *verdict.Scores, scope []string) float64 {
	sum := 0.0
	for _, s := range slices.Concat(scores.Divisions, scores.Items) {
		if slices.Contains(scope, s.Code) {
			sum += s.Weight
		}
	}
	return sum
}

// minima lists what each predicate demands of the scope of a gate.
func (p *Engine) minima(gate *rules.Gate) []report.Minimum {
	var out []report.Minimum
	for _, g := range p.pack.Gates {
		if slices.Equal(g.Scope, gate.Scope) {
			out = append(out, report.Minimum{Predicate: g.Predicate, Min: g.Min})
		}
	}
	return out
}

// concerns reports whether a finding is about the criterion or a document
// given to it.
func concerns(f report.Finding, c *report.Criterion) bool {
	if f.Criterion != "" {
		return f.Criterion == c.Code
	}
	for _, q := range c.Requirements {
		if slices.Contains(q.Documents, f.Document) {
			return true
		}
	}
	return false
}

func interval(v verdict.Interval) report.Interval {
	return report.Interval{Low: round(v.Low), High: round(v.High)}
}

package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// A Difference tells what became of an earlier run in a later one of the same
// pile.
type Difference struct {
	Schema string  `json:"schema"`
	Old    DiffRun `json:"old"`
	New    DiffRun `json:"new"`
	// Fixed are findings of the earlier run that are no more, Found are those that
	// only the later one has. Unjudged are those that the later run could not look
	// for: their document could not be read, or the run was interrupted.
	Fixed    []Finding `json:"fixed"`
	Found    []Finding `json:"new_findings"`
	Unjudged []Finding `json:"unjudged"`
	// Regressed and Improved are the items whose verdict became worse or better.
	// Reopened are those that were not met, and now wait for a person: neither.
	Regressed []Change `json:"regressed"`
	Improved  []Change `json:"improved"`
	Reopened  []Change `json:"reopened"`
	// Replaced are documents that an accepted verdict rested on and that have other
	// bytes now. What was accepted has to be looked at again.
	Replaced []Replacement `json:"evidence_changed"`
	// Vanished are files of the earlier run that are there no more, Added those
	// that only the later one has. A file that was moved or renamed is Moved.
	Vanished []string `json:"vanished"`
	Added    []string `json:"added"`
	Moved    []Move   `json:"moved"`
}

// DiffSchema names the form of a [Difference] in JSON.
const DiffSchema = "dasheval.diff/1"

// A DiffRun names one of the two runs.
type DiffRun struct {
	Unit  string   `json:"unit"`
	Today string   `json:"today"`
	Pack  Layer    `json:"pack"`
	Score Interval `json:"score"`
	// Judged is the share of the documents that could be read, 0 to 1.
	Judged float64 `json:"judged"`
	// Partial is true if the run was interrupted.
	Partial bool `json:"partial"`
}

// A Change is an item whose verdict is not what it was.
type Change struct {
	Criterion string `json:"criterion"`
	Title     Text   `json:"title"`
	Before    string `json:"before"` // verdict, "" if there was no such item
	Now       string `json:"now"`    // verdict, "" if there is no such item
}

// A Replacement is a document under an accepted verdict that was replaced.
type Replacement struct {
	Criterion string `json:"criterion"`
	Path      string `json:"path"`
	Now       string `json:"now"` // verdict
}

// A Move is a file that lies elsewhere now.
type Move struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// worth ranks verdicts from bad to good. What could not be judged is worth less
// than what was waived, and more than what is wrong.
var worth = map[string]int{"missing": 1, "noncompliant": 2, "partial": 3, "not_evaluated": 4, "review": 4, "waived": 5, "met": 6, "not_applicable": 6}

// Diff compares two runs.
func Diff(old, now *Report) *Difference {
	d := &Difference{Schema: DiffSchema, Old: runOf(old), New: runOf(now)}
	before, after := map[string]bool{}, map[string]bool{}
	for _, f := range old.Findings {
		before[f.Key] = true
	}
	for _, f := range now.Findings {
		after[f.Key] = true
		if !before[f.Key] {
			d.Found = append(d.Found, f)
		}
	}
	blind := map[string]bool{}
	for _, x := range now.Documents {
		blind[x.Path] = x.Readable == "no"
	}
	for _, f := range old.Findings {
		switch {
		case after[f.Key]:
		case now.Partial || blind[f.Document] && !strings.HasPrefix(f.ID, "file."):
			d.Unjudged = append(d.Unjudged, f)
		default:
			d.Fixed = append(d.Fixed, f)
		}
	}
	for _, list := range [][]Finding{d.Fixed, d.Unjudged} {
		for i := range list {
			list[i].Decision = nil // it leads into the other run
		}
	}
	d.items(old, now)
	d.files(old, now)
	return d
}

func runOf(r *Report) DiffRun {
	return DiffRun{Unit: r.Unit.Name, Today: r.Period.Today, Score: r.Score.Interval, Partial: r.Partial, Judged: r.Coverage.Judged,
		Pack: Layer{ID: r.Pack.ID, Version: r.Pack.Version, SHA256: r.Pack.SHA256}}
}

func (d *Difference) items(old, now *Report) {
	then := map[string]*Criterion{}
	for i := range old.Criteria {
		then[old.Criteria[i].Code] = &old.Criteria[i]
	}
	errs, docs, sums := faultsOf(old), digests(now), digests(old)
	for i := range now.Criteria {
		c := &now.Criteria[i]
		b := then[c.Code]
		if b == nil {
			if worth[c.Verdict] < worth["review"] {
				d.Regressed = append(d.Regressed, Change{c.Code, c.Title, "", c.Verdict})
			}
			continue
		}
		change := Change{c.Code, c.Title, b.Verdict, c.Verdict}
		switch by := cmp.Compare(worth[c.Verdict], worth[b.Verdict]); {
		case by < 0:
			d.Regressed = append(d.Regressed, change)
		case by > 0 && worth[c.Verdict] == worth["review"]:
			d.Reopened = append(d.Reopened, change)
		case by > 0:
			d.Improved = append(d.Improved, change)
		}
		for _, path := range relied(errs, old, b) {
			if sum, ok := docs[path]; ok && sum != sums[path] {
				d.Replaced = append(d.Replaced, Replacement{c.Code, path, c.Verdict})
			}
		}
		delete(then, c.Code)
	}
	for _, c := range old.Criteria {
		if then[c.Code] != nil {
			d.Regressed = append(d.Regressed, Change{c.Code, c.Title, c.Verdict, ""})
		}
	}
}

// relied returns the documents that an accepted verdict rested on: those without an
// error on lines that held and, where a person decided, all that the item had.
func relied(errs faults, r *Report, c *Criterion) []string {
	out := accepted(errs, c)
	if c.Decision == nil || c.Verdict != "met" && c.Verdict != "waived" {
		return out
	}
	out = append(append(out, c.Evidence()...), c.Unread...)
	if *c.Decision < len(r.Decisions) && r.Decisions[*c.Decision].Document != "" {
		out = append(out, r.Decisions[*c.Decision].Document)
	}
	return slices.Compact(slices.Sorted(slices.Values(out)))
}

func (d *Difference) files(old, now *Report) {
	before, after := digests(old), digests(now)
	for _, f := range old.Ignored {
		before[f.Path] = ""
	}
	for _, f := range now.Ignored {
		after[f.Path] = ""
	}
	added := map[string][]string{} // by digest
	for _, path := range slices.Sorted(maps.Keys(after)) {
		if _, ok := before[path]; !ok {
			added[after[path]] = append(added[after[path]], path)
		}
	}
	moved := map[string]bool{}
	for _, path := range slices.Sorted(maps.Keys(before)) {
		if _, ok := after[path]; ok {
			continue
		}
		if to := added[before[path]]; before[path] != "" && len(to) > 0 {
			d.Moved = append(d.Moved, Move{path, to[0]})
			moved[to[0]] = true
			added[before[path]] = to[1:]
			continue
		}
		if !now.Partial { // it may not have been listed yet
			d.Vanished = append(d.Vanished, path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(after)) {
		if _, ok := before[path]; !ok && !moved[path] {
			d.Added = append(d.Added, path)
		}
	}
}

// Empty reports whether the runs do not differ in anything that Difference tells.
func (d *Difference) Empty() bool {
	return len(d.Fixed)+len(d.Found)+len(d.Unjudged)+len(d.Regressed)+len(d.Improved)+len(d.Reopened)+len(d.Replaced)+len(d.Vanished)+len(d.Added)+len(d.Moved) == 0 &&
		!d.New.Partial && d.Old.Unit == d.New.Unit && d.Old.Pack == d.New.Pack
}

// Worse reports whether something needs a look: a new error, a worse verdict,
// replaced evidence or a file that vanished.
func (d *Difference) Worse() bool {
	return len(d.Regressed)+len(d.Replaced)+len(d.Vanished) > 0 ||
		slices.ContainsFunc(d.Found, func(f Finding) bool { return f.Severity == "error" && f.Decision == nil })
}

// Against sets the baseline state of each finding of now against an earlier run, and
// keeps the difference. Nothing is left out.
func Against(now, old *Report) {
	before := map[string]*Finding{}
	for i := range old.Findings {
		before[old.Findings[i].Key] = &old.Findings[i]
	}
	then, docs := digests(old), digests(now)
	for i := range now.Findings {
		f := &now.Findings[i]
		b := before[f.Key]
		switch {
		case b == nil:
			f.Baseline = "new"
		case b.Severity != f.Severity || f.Document != "" && then[f.Document] != docs[f.Document]:
			f.Baseline = "updated"
		default:
			f.Baseline = "unchanged"
		}
	}
	now.Difference = Diff(old, now)
}

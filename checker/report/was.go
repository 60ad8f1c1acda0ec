package report

import (
	"slices"
	"strconv"
)

// A Was tells what becomes, in this run, of the evidence that an earlier one
// accepted, in most cases by older rules.
type Was struct {
	Pack Layer `json:"pack"` // by which the earlier run judged
	// Items are the criteria that had accepted evidence, in the order of the
	// earlier run.
	Items []WasItem `json:"items"`
}

// A WasItem is one criterion of the earlier run with the evidence it accepted.
type WasItem struct {
	Criterion string        `json:"criterion"`
	Before    string        `json:"before"` // verdict
	Now       string        `json:"now"`    // verdict, "" if the instrument has it no more
	Documents []WasDocument `json:"documents"`
}

// A WasDocument is a document that carried no error on a line that held.
type WasDocument struct {
	Path string `json:"path"`
	// State is "holds", "fails" (it has errors now), "unplaced" (it serves this
	// criterion no more), "dropped" (there is no such criterion), "changed" (other
	// bytes under the name), "gone" (no such file) or "unread" (the run was
	// interrupted before it).
	State string `json:"state"`
	// Findings are the errors of a document that fails, as indexes into the
	// findings of this report.
	Findings []int `json:"findings"`
}

// Compare adds to r what becomes of the evidence that the report of an earlier
// run accepted.
func Compare(r, earlier *Report) {
	was := &Was{Pack: Layer{ID: earlier.Pack.ID, Version: earlier.Pack.Version, SHA256: earlier.Pack.SHA256}}
	now := map[string]*Criterion{}
	for i := range r.Criteria {
		now[r.Criteria[i].Code] = &r.Criteria[i]
	}
	docs, before := digests(r), digests(earlier)
	then, errs := faultsOf(earlier), faultsOf(r)
	for i := range earlier.Criteria {
		c := &earlier.Criteria[i]
		item := WasItem{Criterion: c.Code, Before: c.Verdict}
		n := now[c.Code]
		if n != nil {
			item.Now = n.Verdict
		}
		for _, path := range accepted(then, c) {
			d := WasDocument{Path: path}
			switch sum, ok := docs[path]; {
			case n == nil:
				d.State = "dropped"
			case !ok && r.Partial:
				d.State = "unread"
			case !ok:
				d.State = "gone"
			case sum != before[path]:
				d.State = "changed"
			default:
				d.State, d.Findings = stands(errs, n, path)
			}
			item.Documents = append(item.Documents, d)
		}
		if len(item.Documents) > 0 {
			was.Items = append(was.Items, item)
		}
	}
	r.Was = was
}

func digests(r *Report) map[string]string {
	out := map[string]string{}
	for _, d := range r.Documents {
		out[d.Path] = d.SHA256
	}
	return out
}

// accepted returns the documents without an error on lines that hold.
func accepted(errs faults, c *Criterion) []string {
	var out []string
	for _, q := range c.Requirements {
		if q.Verdict != "met" {
			continue
		}
		for _, path := range q.Documents {
			if len(errs.on(path, q.ID)) == 0 && !slices.Contains(out, path) {
				out = append(out, path)
			}
		}
	}
	return out
}

// A faults holds the errors of a report, by document.
type faults struct {
	r      *Report
	byPath map[string][]int
}

func faultsOf(r *Report) faults {
	out := faults{r, map[string][]int{}}
	for i, f := range r.Findings {
		if f.Severity == "error" {
			out.byPath[f.Document] = append(out.byPath[f.Document], i)
		}
	}
	return out
}

// on returns the errors of a document on a line.
func (f faults) on(path, line string) []int {
	return slices.DeleteFunc(slices.Clone(f.byPath[path]), func(i int) bool {
		q := f.r.Findings[i].Requirement
		return q != "" && q != line
	})
}

// stands tells how a document stands to a criterion.
func stands(all faults, c *Criterion, path string) (string, []int) {
	state, found := "unplaced", []int(nil)
	for _, q := range c.Requirements {
		if !slices.Contains(q.Documents, path) {
			continue
		}
		errs := all.on(path, q.ID)
		if len(errs) == 0 {
			return "holds", nil
		}
		if state != "fails" {
			state, found = "fails", errs
		}
	}
	return state, found
}

// was shows what became of accepted evidence: what needs a look in full, the
// rest as a number.
func (t *text) was() {
	w := t.r.Was
	if w == nil {
		return
	}
	t.heading(t.say.Label("report.was"))
	holds, all := 0, 0
	for _, it := range w.Items {
		for _, d := range it.Documents {
			if all++; d.State == "holds" {
				holds++
			}
		}
	}
	t.line(2, plain, "", t.say.Label("report.was.count", joined(" ", w.Pack.ID, w.Pack.Version), holds, all))
	for _, it := range w.Items {
		for _, d := range it.Documents {
			if d.State == "holds" {
				continue
			}
			t.line(2, red, "✗", it.Criterion+"  "+d.Path+" · "+t.say.Name("was", d.State))
			for _, i := range d.Findings {
				t.line(4, plain, "→", t.r.Findings[i].Message+pageOf(t, t.r.Findings[i]))
			}
		}
	}
}

// pageOf names the page of a finding.
func pageOf(t *text, f Finding) string {
	if f.Page == nil {
		return ""
	}
	return " (" + t.say.Label("report.was.page", strconv.Itoa(*f.Page)) + ")"
}

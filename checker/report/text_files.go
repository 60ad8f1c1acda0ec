package report

import (
	"maps"
	"slices"
)

// finding writes one finding: how grave, what is wrong, where it shows, and
// what to do.
func (t *text) finding(indent, i int) {
	f := t.r.Findings[i]
	mark, color := severityMark(f.Severity)
	message, fix := t.message(f)
	if f.Decision != nil {
		message += " [" + t.say.Label("decision.waived") + "]"
	}
	t.line(indent, color, mark+" "+t.say.Name("severity", f.Severity)+":", message)
	if at := t.at(f); at != "" {
		t.line(indent+2, plain, "", at)
	}
	if fix == "" {
		fix = t.say.Label("report.action.review")
	}
	t.line(indent+2, plain, "→", fix)
	t.shown++
}

func severityMark(severity string) (mark, color string) {
	switch severity {
	case "error":
		return "✗", red
	case "warning":
		return "!", yellow
	}
	return "i", blue
}

// requirement returns a line of a criterion, or nil.
func (r *Report) requirement(criterion, id string) *Requirement {
	for i := range r.Criteria {
		if r.Criteria[i].Code != criterion {
			continue
		}
		for j := range r.Criteria[i].Requirements {
			if q := &r.Criteria[i].Requirements[j]; q.ID == id {
				return q
			}
		}
	}
	return nil
}

// documents writes findings of documents that no criterion uses.
func (t *text) documents() {
	if len(t.places.document) == 0 {
		return
	}
	t.heading(t.say.Label("report.documents"))
	t.line(2, plain, "", t.say.Label("report.documents.note"))
	for _, d := range slices.Sorted(maps.Keys(t.places.document)) {
		for _, i := range t.places.document[d] {
			t.finding(2, i)
		}
	}
}

// unreadable writes the files that could not be read, why, and what to do.
func (t *text) unreadable() {
	headed := false
	for _, d := range t.r.Documents {
		if d.Readable != "no" {
			continue
		}
		if !headed {
			t.heading(t.say.Label("report.unreadable"))
			headed = true
		}
		found := t.places.unreadable[d.Path]
		for _, i := range found {
			t.finding(2, i)
		}
		if len(found) == 0 {
			reason, remedy := t.unread(d)
			t.line(2, yellow, "?", d.Path+": "+reason)
			t.line(4, plain, "→", remedy)
		}
	}
}

// UnreadableName is the name that the words for readers have for a reason: a PDF
// that is not supported is another matter than a format that is not.
func UnreadableName(reason, kind string) string {
	if reason == "unsupported" && kind == "pdf" {
		return "unsupported_pdf"
	}
	return reason
}

func (t *text) misfiled() {
	if len(t.places.misfiled) == 0 {
		return
	}
	t.heading(t.say.Label("report.misfiled"))
	for _, i := range t.places.misfiled {
		t.finding(2, i)
	}
}

// unplaced writes readable documents that serve nothing, with the items that
// come nearest.
func (t *text) unplaced() {
	if len(t.r.Unplaced) == 0 {
		return
	}
	t.heading(t.say.Label("report.unplaced"))
	t.line(2, plain, "", t.say.Label("report.unplaced.note"))
	for _, u := range t.r.Unplaced {
		t.line(2, plain, "-", u.Path)
		if near := t.nearest(u.Nearest); near != "" {
			t.line(4, plain, "", t.say.Label("report.unplaced.near", near))
		}
		t.line(4, plain, "→", t.say.Label("report.unplaced.action"))
	}
}

func (t *text) ignored() {
	if len(t.r.Ignored) == 0 {
		return
	}
	t.heading(t.say.Label("report.ignored"))
	for _, f := range t.r.Ignored {
		t.line(2, plain, "-", f.Path+": "+t.say.Name("ignored", f.Reason))
	}
}

// total counts the findings printed; they are those of the report.
func (t *text) total() {
	count := map[string]int{}
	for _, f := range t.r.Findings {
		count[f.Severity]++
	}
	var parts []string
	for _, s := range []string{"error", "warning", "info"} {
		if count[s] > 0 {
			parts = append(parts, t.say.Label("report.total.severity", count[s], t.say.Label("severity."+s)))
		}
	}
	t.blank()
	t.line(0, bold, t.say.Label("report.total", t.sum(t.shown, parts)), "")
}

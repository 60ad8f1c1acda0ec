package report

// A Decision is what a person has decided about the pile, and what became of it
// in this run.
type Decision struct {
	Kind     string `json:"kind"`  // "waiver" or "attestation"
	Place    string `json:"place"` // in its file
	Item     string `json:"item"`
	Finding  string `json:"finding"`
	Unit     string `json:"unit"`
	Document string `json:"document"`
	SHA256   string `json:"sha256"`
	Level    string `json:"level"`
	Reason   string `json:"reason"`
	Approver string `json:"approver"`
	Letter   string `json:"letter"`
	Expires  string `json:"expires"` // last day, YYYY-MM-DD, "" if it does not end
	Zone     string `json:"zone"`
	// State is "used", "unused", "expired" or "replaced": the document that it is
	// bound to has other bytes now, and what was accepted is to be reviewed again.
	State string `json:"state"`
	// Cause tells why it is unused: "other_unit", "unknown_item", "unknown_level",
	// "document_gone", "not_served" (its document does not serve the item),
	// "no_finding" (what it names was not found), "unreadable" (what a file says that
	// could not be read cannot be waived), "met" (nothing is to be waived), "decided" (another decision came first) or "judged" (an attestation does not overrule what the program
	// could judge).
	Cause string `json:"cause"`
}

// Unused lists the decisions, by index, that changed nothing in this run although
// they have not expired.
func (r *Report) Unused() []int {
	var out []int
	for i, d := range r.Decisions {
		if d.State == "unused" || d.State == "replaced" {
			out = append(out, i)
		}
	}
	return out
}

// decision writes what was decided, by whom and until when.
func (v *voice) decision(d Decision) string {
	until := ""
	if d.Expires != "" {
		until = v.say.Label("decision.until", v.say.Date(d.Expires))
	}
	by := ""
	if d.Approver != "" {
		by = v.say.Label("decision.by", d.Approver)
	}
	return joined(" · ", joined(" ", v.say.Name("decision", d.Kind), d.Item, d.Finding, d.Document), "“"+clean(d.Reason)+"”", joined(", ", by, d.Letter), until)
}

// became says what became of a decision in this run.
func (v *voice) became(d Decision) string {
	cause := ""
	if d.Cause != "" {
		cause = v.say.Label("decision.cause." + d.Cause)
	}
	return joined(": ", v.say.Label("decision.state."+d.State), cause)
}

// decisions lists every decision with what became of it.
func (t *text) decisions() {
	if len(t.r.Decisions) == 0 {
		return
	}
	t.heading(t.say.Label("report.decisions"))
	for _, d := range t.r.Decisions {
		mark, color := "!", yellow
		if d.State == "used" {
			mark, color = "✓", green
		}
		t.line(2, color, mark, d.Place+" · "+t.became(d))
		t.line(4, plain, "", t.decision(d))
	}
}

package facts

// Names lists the facts that a document may have besides the fields of its
// type.
func Names() []string {
	return []string{"agenda", "date", "event", "event_date", "event_until", "index", "leader", "ministry", "number", "period", "place",
		"respondents", "span", "subject", "survey_to", "unit", "year"}
}

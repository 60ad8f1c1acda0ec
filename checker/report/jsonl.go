package report

import (
	"encoding/json"
	"io"
	"reflect"
)

// writeJSONL writes one JSON object a line: the run, each document with its own
// findings, each criterion with its own, and the summary last, so that a stream
// that breaks off can be told.
func writeJSONL(w io.Writer, r *Report, _ string, _ Options) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	var err error
	line := func(v any) {
		if err == nil {
			err = enc.Encode(filled(reflect.ValueOf(v)).Interface())
		}
	}
	line(struct {
		Type      string     `json:"type"`
		Schema    string     `json:"schema"`
		Tool      Tool       `json:"tool"`
		Pack      Pack       `json:"pack"`
		Predicate string     `json:"predicate"`
		Unit      Unit       `json:"unit"`
		Period    Period     `json:"period"`
		Masked    bool       `json:"masked"`
		Decisions []Decision `json:"decisions"`
	}{"run", r.Schema, r.Tool, r.Pack, r.Predicate, r.Unit, r.Period, r.Masked, r.Decisions})
	byDocument, byCriterion := map[string][]Finding{}, map[string][]Finding{}
	for _, f := range r.Findings {
		if f.Criterion != "" {
			byCriterion[f.Criterion] = append(byCriterion[f.Criterion], f)
		} else {
			byDocument[f.Document] = append(byDocument[f.Document], f)
		}
	}
	for _, d := range r.Documents {
		line(struct {
			Type string `json:"type"`
			Document
			Findings []Finding `json:"findings"`
		}{"document", d, byDocument[d.Path]})
	}
	for _, c := range r.Criteria {
		line(struct {
			Type string `json:"type"`
			Criterion
			Findings []Finding `json:"findings"`
		}{"criterion", c, byCriterion[c.Code]})
	}
	line(struct {
		Type       string      `json:"type"`
		Partial    bool        `json:"partial"`
		Coverage   Coverage    `json:"coverage"`
		Score      Score       `json:"score"`
		Gates      []Gate      `json:"gates"`
		Fixes      []Fix       `json:"fixes"`
		Ignored    []Ignored   `json:"ignored"`
		Unplaced   []Unplaced  `json:"unplaced"`
		Difference *Difference `json:"difference,omitempty"`
		ExitCode   int         `json:"exit_code"`
	}{"summary", r.Partial, r.Coverage, r.Score, r.Gates, r.Fixes, r.Ignored, r.Unplaced, r.Difference, ExitCode(r)})
	return err
}

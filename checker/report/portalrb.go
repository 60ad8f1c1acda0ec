package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// A portalAnswer is one record of /lke/jawaban-unit of the integration guide of
// PortalRB (2026).
type portalAnswer struct {
	Question int     `json:"soal_id"`
	Answer   *string `json:"jawaban_unit"` // null where the evidence does not settle it
	Note     string  `json:"catatan_unit"`
	Evidence string  `json:"bukti_dukung_unit"`
}

// A QuestionsError says that items have no question number of PortalRB.
type QuestionsError struct {
	Items []string // codes
}

func (e *QuestionsError) Error() string {
	return fmt.Sprintf("no soal_id for %d items: %s", len(e.Items), strings.Join(e.Items, ", "))
}

// writePortalRB writes the answers as PortalRB takes them. It gives the answer that
// the evidence shows, and none where that is open: nobody is to claim by machine
// what no person has looked at. Items without a number in opt.Questions are a
// [*QuestionsError], and nothing is written.
func writePortalRB(w io.Writer, r *Report, _ string, opt Options) error {
	v, err := newVoice(r, "id", opt) // the portal is in Indonesian
	if err != nil {
		return err
	}
	var lacking []string
	answers := []portalAnswer{}
	for i := range r.Criteria {
		c := &r.Criteria[i]
		id, ok := opt.Questions[c.Code]
		if !ok {
			lacking = append(lacking, c.Code)
			continue
		}
		a := portalAnswer{Question: id, Note: v.note(c), Evidence: strings.Join(c.Evidence(), "; ")}
		level, number := Answered(c)
		if number != nil {
			level = strconv.FormatFloat(*number, 'f', -1, 64)
		}
		if level != "" {
			a.Answer = &level
		}
		answers = append(answers, a)
	}
	if len(lacking) > 0 {
		return &QuestionsError{lacking}
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(answers)
}

// settled returns the answer that the evidence shows, "" where it is open.
func (c *Criterion) settled() string {
	switch c.Verdict {
	case "review", "not_evaluated", "not_applicable":
		return ""
	case "waived":
		if len(c.Evidence()) == 0 {
			return "" // a person waived it; nothing shows an answer
		}
	}
	if c.Level.Shown != c.Level.Possible {
		return ""
	}
	return c.Level.Shown
}

// Evidence lists the documents given to the lines of the criterion, each once.
func (c *Criterion) Evidence() []string {
	var out []string
	seen := map[string]bool{}
	for _, q := range c.byNeed() {
		for _, d := range q.Documents {
			if !seen[d] {
				seen[d] = true
				out = append(out, d)
			}
		}
	}
	return out
}

// note says in a sentence or two how an item stands and what is wrong.
func (v *voice) note(c *Criterion) string {
	parts := []string{v.say.Label("verdict." + c.Verdict), v.level(c.Level)}
	if c.Decision != nil {
		parts = append(parts, v.decision(v.r.Decisions[*c.Decision]))
	}
	const shown = 3
	n := 0
	for _, i := range v.ofCriterion(c) {
		f := v.r.Findings[i]
		if f.Severity != "error" || f.Decision != nil {
			continue
		}
		if n++; n > shown {
			continue
		}
		message, _ := v.message(f)
		where := joined(", ", f.Document, v.where(f.Page, f.Paragraph))
		parts = append(parts, joined(" ", message, prefixed("(", where)+suffixed(where, ")")))
	}
	if n > shown {
		parts = append(parts, v.say.Label("note.more", n-shown))
	}
	if len(c.Unread) > 0 {
		parts = append(parts, v.say.Label("note.unread", len(c.Unread)))
	}
	return joined(" · ", parts...)
}

// Answered returns the answer that the evidence shows for an item, as a level or,
// where a number answers it, as that number; neither where it is open.
func Answered(c *Criterion) (level string, number *float64) {
	if len(c.Answers) == 0 && c.Max > 0 {
		return "", c.Index
	}
	return c.settled(), nil
}

// Notes says of each item, by its code, in a sentence or two how it stands and what
// is wrong.
func Notes(r *Report, lang string) (map[string]string, error) {
	v, err := newVoice(r, lang, Options{})
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for i := range r.Criteria {
		out[r.Criteria[i].Code] = xmlText(v.note(&r.Criteria[i]))
	}
	return out, nil
}

package report_test

import (
	"testing"

	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
)

// TestMask holds that quotations are hidden, and that names by which programs find
// things and the profile of the unit are not.
func TestMask(t *testing.T) {
	const nip, hidden = "197308211998041004", "•••••••••••••••004"
	r := &report.Report{
		Unit: report.Unit{Aliases: []string{nip}, Head: report.Head{NIP: nip}},
		Documents: []report.Document{{Path: nip + ".pdf", SHA256: nip, Criteria: []string{"A.1"},
			Facts:     map[string]any{"leader": nip, "people": []any{nip, map[string]any{"nip": nip}}, "rows": 3},
			FactsAt:   map[string]report.At{"leader": {Quote: nip}},
			Signature: report.Signature{Blocks: []report.Block{{NIP: nip, At: report.At{Quote: "NIP " + nip}}}}}},
		Findings: []report.Finding{{Key: nip, Document: nip + ".pdf", Quote: nip, Message: "NIP " + nip, Params: map[string]string{"nip": nip}}},
		Criteria: []report.Criterion{{Code: nip, Title: report.Text{ID: nip, EN: nip}}},
	}
	report.Mask(r)
	assert.True(t, r.Masked)
	assert.Equal(t, report.Unit{Aliases: []string{nip}, Head: report.Head{NIP: nip}}, r.Unit)
	d := r.Documents[0]
	assert.Equal(t, nip+".pdf", d.Path)
	assert.Equal(t, nip, d.SHA256)
	assert.Equal(t, map[string]any{"leader": hidden, "people": []any{hidden, map[string]any{"nip": hidden}}, "rows": 3}, d.Facts)
	assert.Equal(t, hidden, d.FactsAt["leader"].Quote)
	assert.Equal(t, hidden, d.Signature.Blocks[0].NIP)
	assert.Equal(t, "NIP "+hidden, d.Signature.Blocks[0].At.Quote)
	assert.Equal(t, report.Finding{Key: nip, Document: nip + ".pdf", Quote: hidden, Message: "NIP " + hidden, Params: map[string]string{"nip": hidden}}, r.Findings[0])
	assert.Equal(t, report.Text{ID: hidden, EN: hidden}, r.Criteria[0].Title)
	assert.Equal(t, nip, r.Criteria[0].Code)
}

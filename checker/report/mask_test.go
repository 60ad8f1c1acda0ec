package report_test

import (
	"testing"

	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
)

func TestMaskText(t *testing.T) {
	cases := []struct{ name, in, want string }{
		{"NIP", "NIP 197308211998041004", "NIP •••••••••••••••004"},
		{"NIP in groups", "NIP. 19730821 199804 1 004.", "NIP. •••••••• •••••• • 004."},
		{"two in a row", "197308211998041004 198001012005012002", "•••••••••••••••004 •••••••••••••••002"},
		{"NIK", "NIK: 3471012108730001", "NIK: •••••••••••••001"},
		{"NIK in groups", "3471 0121 0873 0001", "•••• •••• •••• •001"},
		{"mobile", "hubungi 0812-3456-7890, terima kasih", "hubungi ••••-••••-•890, terima kasih"},
		{"mobile with the country", "WA +62 812 3456 7890.", "WA +•• ••• •••• •890."},
		{"landline", "Telepon (0274) 561234", "Telepon (••••) •••234"},
		{"landline plain", "Telp. 021-7398381", "Telp. •••-••••381"},
		{"number of a decree", "Nomor 0812/3456/7890/2025", "Nomor 0812/3456/7890/2025"},
		{"a long run of digits is something else", "1973082119980410041", "1973082119980410041"},
		{"sums and dates", "Rp1.250.000.000 pada 2025-12-31 s.d. 31-12-2025", "Rp1.250.000.000 pada 2025-12-31 s.d. 31-12-2025"},
		{"inside a word", "A197308211998041004", "A197308211998041004"},
		{"", "", ""},
	}
	for _, c := range cases {
		got := report.MaskText(c.in)
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, got, report.MaskText(got), "%s: twice is once", c.name)
	}
}

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

func FuzzMaskText(f *testing.F) {
	f.Add("NIP 19730821 199804 1 004, telp (0274) 561234")
	f.Add("\xff0812 34567890")
	f.Fuzz(func(t *testing.T, s string) {
		got := report.MaskText(s)
		assert.Equal(t, got, report.MaskText(got))
	})
}

package pii_test

import (
	"testing"

	"dasheval/checker/pii"

	"github.com/stretchr/testify/assert"
)

func TestMask(t *testing.T) {
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
		got := pii.Mask(c.in)
		assert.Equal(t, c.want, got, c.name)
		assert.Equal(t, got, pii.Mask(got), "%s: twice is once", c.name)
	}
}

func FuzzMask(f *testing.F) {
	f.Add("NIP 19730821 199804 1 004, telp (0274) 561234")
	f.Add("\xff0812 34567890")
	f.Fuzz(func(t *testing.T, s string) {
		got := pii.Mask(s)
		assert.Equal(t, got, pii.Mask(got))
	})
}

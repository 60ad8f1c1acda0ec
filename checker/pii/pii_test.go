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
		{"a digit too many or too few is one all the same", "1973082119980410041 dan 199503252020042", "••••••••••••••••041 dan ••••••••••••042"},
		{"odd spaces", "NIP 19730821\u00a0199804\u00a01\u00a0004, 19730821  199804 1 004, 19730821–199804–1–004", "NIP ••••••••\u00a0••••••\u00a0•\u00a0004, ••••••••  •••••• • 004, ••••••••–••••••–•–004"},
		{"letters right beside it", "NIP197308211998041004Kepala", "NIP•••••••••••••••004Kepala"},
		{"after a point, a stroke", "Telp.081234567890, HP/081234567890", "Telp.•••••••••890, HP/•••••••••890"},
		{"two mobiles", "0812-3456-7890/0813-1111-2222", "••••-••••-•890/••••-••••-•222"},
		{"two landlines", "(0274) 561234/561235", "(••••) ••••••/•••235"},
		{"abroad", "+62 21 739 8381, (+62) 812 3456 7890", "+•• •• ••• •381, (+••) ••• •••• •890"},
		{"landline in groups", "0274-561 234", "••••-••• 234"},
		{"years", "Tahun 2021 2022 2023 2024", "Tahun 2021 2022 2023 2024"},
		{"codes of budgets", "Komponen 051 690469", "Komponen 051 690469"},
		{"numbers with a date", "No. 0123-20250401 dan Nomor 001 20250101", "No. 0123-20250401 dan Nomor 001 20250101"},
		{"a sum", "Rp 081.234.567.890", "Rp 081.234.567.890"},
		{"sums and dates", "Rp1.250.000.000 pada 2025-12-31 s.d. 31-12-2025", "Rp1.250.000.000 pada 2025-12-31 s.d. 31-12-2025"},
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

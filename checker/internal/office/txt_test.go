package office_test

import "testing"

func TestTXT(t *testing.T) {
	check(t, "txt", []saying{
		{"lines", "a\r\nb\rc\n\nd\n", "a\nb\nc\nd\n"},
		{"tabs", "No\tNama\n1\tBudi\n", "No\tNama\n1\tBudi\n"},
		{"form feed", "a\n\fb", "a\n\fb\n"},
		{"UTF-8", "naïve €", "naïve €\n"},
		{"UTF-8 with a mark", "\xef\xbb\xbfé", "é\n"},
		{"UTF-16", "\xff\xfea\x00\xe9\x00\n\x00b\x00", "aé\nb\n"},
		{"UTF-16, big end first", "\xfe\xff\x00a\x00\xe9", "aé\n"},
		{"Windows-1252", "caf\xe9 \x93q\x94", "café “q”\n"},
		{"markup", "<w:p>&amp;</w:p>", "<w:p>&amp;</w:p>\n"},
	})
}

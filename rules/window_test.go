package rules_test

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/rules"
)

// TestWindows compares patterns with the plain matcher on text in which their
// words stand near and far, on one line and on several.
func TestWindows(t *testing.T) {
	sources := []string{
		`keputusan`, `\bsurat\s+keputusan\b`, `surat[\s-]+keputusan`, `(?m)^\W*(nomor)\s*:\s*(\S+)$`, `(?m)nomor\s*$`,
		`\A\W*laporan`, `laporan\W*\z`, `(?s)dari.*sampai`, `dari[\s\S]{1,60}?sampai`, `dari[^,]+sampai`, `tanggal[^\n]*\n[^\n]*nomor`,
		`(?:\s+\w+){0,3}\s+laporan`, `(?:laporan|surat)(?:\s+\w+)*\s+nomor`, `\d{1,2}\s+(?:januari|mei)\s+20\d\d`, `nomor\s+(?:\w+\s+){1,2}laporan`,
		`\btanda\s*tangan\b|\bparaf\b|\bttd\b`, `surat\n\nnomor`, `a\na\n\d+`, `dari([^.;]{3,40})`, `keputusan[^,]{0,9}?\s+[\s\S]{2,30}nomor`, `(?:dari[^:]{1,5})?laporan`, `\bnom[ou]r\b`, `\b(?:surat|sampai)\s?\d`, `(?:dari[^:]{1,20}|\s+)nomor`, `(?:[^:]){2,8}[^\n][^a](?:surat)`, `([\s\S])[^\n]*[\s\S]{0,11}nomor\B`, `a\Wb\Wlaporan`, `(?:laporan|keputusan)\b[^:\n]{0,20}:`,
	}
	words := []string{"surat", "keputusan", "nomor", ":", "-", "\n", "\n\n", "\n - \n", "laporan", "dari", "sampai", ",", "12", "mei", "2025", "tanggal",
		"é", "a", "b", "tanda", "tangan", "kegiatan", "pelaksanaan", "\t", " ", " ", "\n", "kegiatan pada unit kerja dilaksanakan sesuai rencana\n"}
	rng := rand.New(rand.NewPCG(1, 2))
	found := 0
	for _, source := range sources {
		p, err := rules.Compile(source)
		require.NoError(t, err)
		plain := regexp.MustCompile(source)
		for range 400 {
			var b strings.Builder
			for range rng.IntN(120) {
				b.WriteString(words[rng.IntN(len(words))])
				if rng.IntN(4) > 0 {
					b.WriteByte(' ')
				}
			}
			s := b.String()
			want := plain.FindStringSubmatchIndex(s)
			if want != nil {
				found++
			}
			require.Equal(t, want, p.Find(s), "%s in %q", source, s)
			require.Equal(t, plain.FindAllStringSubmatchIndex(s, 3), p.FindAll(s, 3), "%s in %q", source, s)
			require.Equal(t, len(plain.FindAllString(s, -1)), len(p.FindAll(s, -1)), "%s in %q", source, s)
			require.Equal(t, want != nil, p.Match(s), "%s in %q", source, s)
		}
	}
	assert.Greater(t, found, 1000)
}

// FuzzWindows does the same for any pattern and text.
func FuzzWindows(f *testing.F) {
	f.Add(`surat\s+keputusan`, "surat\n\nkeputusan")
	f.Add(`(?m)^nomor\s*$`, "nomor\n")
	f.Fuzz(func(t *testing.T, source, s string) {
		if len(source) > 100 || len(s) > 1000 || strings.Contains(source, "(?") {
			return
		}
		plain, err := regexp.Compile(source)
		if err != nil || strings.ToLower(source) != source {
			return
		}
		p, err := rules.Compile(source)
		require.NoError(t, err)
		s += strings.Repeat("\nkegiatan", 40) // long enough for windows
		require.Equal(t, plain.FindStringSubmatchIndex(s), p.Find(s))
		require.Equal(t, plain.FindAllStringSubmatchIndex(s, -1), p.FindAll(s, -1))
	})
}

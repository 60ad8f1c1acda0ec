package rules

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCompileFoldsCase(t *testing.T) {
	for _, c := range []struct {
		source, text string
		want         bool
	}{
		{`(?i)\bKEPUTUSAN\b`, "surat keputusan kepala", true},
		{`NOMOR\s+([A-Z0-9/]+)`, "nomor 12/ab/2025", true},
		{`(?m)^\s*Yth\.`, "x\n yth. bapak", true},
		{`[^A-Z]x`, "ax", false},
		{`zona\s+integritas|\bZI\b`, "tim zi", true},
	} {
		p, err := Compile(c.source)
		require.NoError(t, err, c.source)
		assert.Equal(t, c.want, p.Match(c.text), c.source)
	}
}

func TestScanAnswersAsPatternsDo(t *testing.T) {
	var ps []*Pattern
	for _, s := range []string{`keputusan`, `(?:sop|prosedur)\s+x`, `a?b?`, `\d+`, `menimbang.*mengingat`, `tidak ada`} {
		p, err := Compile(s)
		require.NoError(t, err)
		ps = append(ps, p)
	}
	pack := &Pack{scanner: sync.OnceValue(func() *scanner { return newScanner(ps) })}
	for _, text := range []string{"", "keputusan 12", "prosedur x", "menimbang dan mengingat", "sop  y"} {
		scan := pack.Scan(text)
		for _, p := range ps {
			assert.Equal(t, p.Find(text), scan.Find(p), "%s on %q", p.Source, text)
		}
	}
}

func TestPhraseSyntax(t *testing.T) {
	for _, c := range []struct {
		phrase, text string
		want         bool
	}{
		{"tim kerja", "sk tim  kerja zi", true},
		{"tim|satgas zi", "satgas zi", true},
		{"pemilihan ... tim", "pemilihan anggota tim", true},
		{"pemilihan ... tim", "pemilihan anggotatimur", false},
		{"sosialisasi*", "sosialisasikan", true},
		{"re:a.c", "abc", true},
		{"<tetap> tim", "menetapkan tim", true},
		{"<tetap> tim", "ditetapkannya tim", true},
		{"<tetap> tim", "membentuk tim", true},
		{"<tetap> tim", "pengangkatan tim", true},
		{"<tetap> tim", "memutuskan tim", false},
		{"<tetap>|usul tim", "usul tim", true},
	} {
		v := &Vocabulary{Synonyms: map[string][]string{"tetap": {"bentuk", "angkat"}}, Affixes: &Affixes{
			Prefixes: []string{"di", "pe", "me", "ter", "meng", "peng", "mem"}, Suffixes: []string{"kan", "an", "nya"},
			Melt: map[string][]string{"t": {"men", "pen"}}}}
		p := &Pattern{Source: c.phrase, mode: "phrase"}
		require.NoError(t, p.compile(v), c.phrase)
		assert.Equal(t, c.want, p.Match(c.text), "%s on %q", c.phrase, c.text)
	}
}

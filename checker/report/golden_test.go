package report_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dasheval/checker/report"
	"dasheval/checker/words"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the golden files from what the code does now")

// TestText runs every archive in testdata. The comment of an archive says what
// it shows, "report.json" is the input, "want.text.LANG" is how people read it,
// and "want.explain.LANG" is what Explain says about each name in "explain".
// A new case is a new archive and no new test code.
//
// After a wanted change, run "go test -update" and read the diff: a golden
// file is approved by a person, not by the program that wrote it.
func TestText(t *testing.T) {
	each(t, func(t *testing.T, ar *txtar.Archive, in *report.Report) {
		for _, lang := range words.Languages() {
			got := written(t, in, "text", lang, report.Options{})
			golden(t, ar, "want.text."+lang, got)

			var explained bytes.Buffer
			for _, name := range strings.Fields(string(*section(ar, "explain"))) {
				explained.WriteString("==== " + name + "\n")
				require.NoError(t, report.Explain(&explained, in, name, lang, report.Options{}), name)
			}
			golden(t, ar, "want.explain."+lang, explained.String())

			for _, line := range strings.Split(got+explained.String(), "\n") {
				assert.LessOrEqual(t, uniseg.StringWidth(line), 100, line)
				assert.NotContains(t, line, "\x1b")
			}
		}
	})
}

// TestEveryFindingOnce holds that the text shows each finding once and that
// each line of trouble is followed by an action.
func TestEveryFindingOnce(t *testing.T) {
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		for _, opt := range []report.Options{{}, {All: true}, {Width: 60}} {
			got := written(t, in, "text", "en", opt)
			shown := strings.Count(got, "✗ Error: ") + strings.Count(got, "! Warning: ") + strings.Count(got, "i Note: ")
			assert.Equal(t, len(in.Findings), shown)
			last := got[strings.LastIndex(got, "Findings: "):]
			var n int
			_, err := fmt.Sscanf(last, "Findings: %d", &n)
			require.NoError(t, err)
			assert.Equal(t, shown, n, last)
		}
	})
}

func TestColorOnlyRepeatsWords(t *testing.T) {
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		coloured := written(t, in, "text", "id", report.Options{Color: true})
		assert.Contains(t, coloured, "\x1b[1m")
		bare := coloured
		for _, code := range []string{"0", "1", "31", "32", "33", "36"} {
			bare = strings.ReplaceAll(bare, "\x1b["+code+"m", "")
		}
		assert.Equal(t, written(t, in, "text", "id", report.Options{}), bare)
	})
}

func TestJSONReadsBackAsWritten(t *testing.T) {
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		first := written(t, in, "json", "id", report.Options{})
		assert.True(t, strings.HasSuffix(first, "}\n"))
		assert.NotContains(t, first, `\u003c`, "HTML is not escaped")
		var again report.Report
		require.NoError(t, json.Unmarshal([]byte(first), &again))
		assert.Equal(t, first, written(t, &again, "json", "en", report.Options{All: true}))
	})
}

func TestExplainUnknown(t *testing.T) {
	in := &report.Report{
		Criteria:  []report.Criterion{{Code: "A.I.1.i.a"}, {Code: "A.I.1.i.b"}},
		Documents: []report.Document{{Path: "x/SK.pdf"}, {Path: "y/SK.pdf"}},
	}
	cases := []struct{ name, want string }{
		{"A.I.1.i.z", `no criterion or file "A.I.1.i.z"; did you mean A.I.1.i.a, A.I.1.i.b?`},
		{"SK.pdf", `no criterion or file "SK.pdf"; did you mean x/SK.pdf, y/SK.pdf?`},
		{"sk", `no criterion or file "sk"; did you mean x/SK.pdf, y/SK.pdf?`},
		{"nothing at all like this", `no criterion or file "nothing at all like this"`},
		{"", `no criterion or file ""`},
	}
	for _, c := range cases {
		var out bytes.Buffer
		err := report.Explain(&out, in, c.name, "id", report.Options{})
		var unknown *report.UnknownError
		require.ErrorAs(t, err, &unknown, c.name)
		assert.EqualError(t, err, c.want, c.name)
		assert.Empty(t, out.String(), c.name)
	}
	var out bytes.Buffer
	require.NoError(t, report.Explain(&out, in, "a.i.1.I.a", "id", report.Options{}), "codes are found whatever their case")
	require.NoError(t, report.Explain(&out, in, `y\SK.pdf`, "id", report.Options{}), "a Windows path is understood")
}

// each runs f on the report of every archive in testdata.
func each(t *testing.T, f func(*testing.T, *txtar.Archive, *report.Report)) {
	t.Helper()
	cases, err := filepath.Glob("testdata/*.txtar")
	require.NoError(t, err)
	require.NotEmpty(t, cases, "no test cases")
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			ar, err := txtar.ParseFile(path)
			require.NoError(t, err)
			var in report.Report
			require.NoError(t, json.Unmarshal(*section(ar, "report.json"), &in))
			f(t, ar, &in)
			if *update {
				require.NoError(t, os.WriteFile(path, txtar.Format(ar), 0o644))
			}
		})
	}
}

func written(t *testing.T, in *report.Report, format, lang string, opt report.Options) string {
	t.Helper()
	for _, f := range report.Formats() {
		if f.Name == format {
			var got bytes.Buffer
			require.NoError(t, f.Write(&got, in, lang, opt), format)
			return got.String()
		}
	}
	t.Fatalf("no format %s", format)
	return ""
}

func golden(t *testing.T, ar *txtar.Archive, name, got string) {
	t.Helper()
	want := section(ar, name)
	if *update {
		*want = []byte(got)
	}
	assert.Equal(t, string(*want), got, name)
}

// section returns the data of the named file in ar, adding the file if absent.
func section(ar *txtar.Archive, name string) *[]byte {
	for i := range ar.Files {
		if ar.Files[i].Name == name {
			return &ar.Files[i].Data
		}
	}
	ar.Files = append(ar.Files, txtar.File{Name: name})
	return &ar.Files[len(ar.Files)-1].Data
}

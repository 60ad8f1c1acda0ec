package report_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"image"
	"image/jpeg"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"dasheval/checker/report"
	"dasheval/checker/words"

	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

// spoken are the text formats that are sentences; the others hold the same in
// either language but for messages.
var spoken = []string{"digest", "markdown"}

// bare matches what a page holds that no report changes.
var bare = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<meta http-equiv="Content-Security-Policy"[^>]*>`)

// questions numbers the items of a report as a user's file does.
func questions(in *report.Report) map[string]int {
	out := map[string]int{}
	for i, c := range in.Criteria {
		out[c.Code] = 100 + i
	}
	return out
}

// TestFormats holds every text format to its section "want.FORMAT.LANG" of each
// archive. TestText looks at the text for people, TestJSON… at the JSON form.
func TestFormats(t *testing.T) {
	each(t, func(t *testing.T, ar *txtar.Archive, in *report.Report) {
		for _, f := range report.Formats() {
			if f.Binary || f.Name == "text" || f.Name == "json" {
				continue
			}
			for _, lang := range words.Languages() {
				got := written(t, in, f.Name, lang, report.Options{Questions: questions(in)})
				assert.True(t, utf8.ValidString(got), f.Name)
				assert.Equal(t, got, written(t, in, f.Name, lang, report.Options{Questions: questions(in)}), "%s: the same bytes", f.Name)
				if f.Name == "html" {
					got = bare.ReplaceAllString(got, "") // style and script are no results
				}
				if lang == "id" || slices.Contains(spoken, f.Name) {
					golden(t, ar, "want."+f.Name+"."+lang, strings.ReplaceAll(got, "\r\n", "\n"))
				}
			}
		}
	})
}

// TestSARIF holds the SARIF form to the official schema, which go-sarif carries.
func TestSARIF(t *testing.T) {
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		got, err := sarif.FromBytes([]byte(written(t, in, "sarif", "id", report.Options{})))
		require.NoError(t, err)
		require.NoError(t, got.Validate())
		run := got.Runs[0]
		for _, res := range run.Results {
			assert.Equal(t, *res.RuleID, *run.Tool.Driver.Rules[res.RuleIndex].ID)
			if res.Kind != "fail" {
				assert.Equal(t, "none", res.Level, "only a failure has a level")
			}
		}
		require.Len(t, run.Results, len(in.Findings)+len(in.Criteria)+fixed(in))
		for i, c := range in.Criteria {
			res := run.Results[len(in.Findings)+fixed(in)+i]
			if c.Verdict != "met" {
				assert.NotEqual(t, "pass", res.Kind, c.Code)
			}
			assert.Equal(t, c.Verdict == "waived", len(res.Suppressions) > 0, c.Code)
		}
	})
}

func fixed(r *report.Report) int {
	if r.Difference == nil {
		return 0
	}
	return len(r.Difference.Fixed)
}

// TestJUnit holds the JUnit form to testdata/junit.xsd, what Ant, Jenkins and
// GitLab have in common, and its counts to its cases.
func TestJUnit(t *testing.T) {
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("no xmllint")
	}
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		got := written(t, in, "junit", "id", report.Options{})
		file := filepath.Join(t.TempDir(), "junit.xml")
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
		out, err := exec.Command(lint, "--noout", "--nonet", "--schema", "testdata/junit.xsd", file).CombinedOutput()
		require.NoError(t, err, string(out))
		var parsed struct {
			Tests    int `xml:"tests,attr"`
			Failures int `xml:"failures,attr"`
			Suites   []struct {
				Name    string `xml:"name,attr"`
				Skipped int    `xml:"skipped,attr"`
				Cases   []struct {
					Name             string    `xml:"name,attr"`
					Failure, Skipped *struct{} `xml:",any"`
				} `xml:"testcase"`
			} `xml:"testsuite"`
		}
		require.NoError(t, xml.Unmarshal([]byte(got), &parsed))
		n, skipped := 0, 0
		for _, s := range parsed.Suites {
			n += len(s.Cases)
			skipped += s.Skipped
		}
		assert.Equal(t, len(in.Criteria), n)
		assert.Equal(t, n, parsed.Tests)
		want := 0
		for _, c := range in.Criteria {
			if slices.Contains([]string{"review", "not_evaluated", "not_applicable", "waived"}, c.Verdict) {
				want++
			}
		}
		assert.Equal(t, want, skipped, "what was not judged does not pass")
	})
}

// TestCSV holds that every finding has its row, that a spreadsheet takes no cell
// for a formula, and what Excel in Indonesia wants.
func TestCSV(t *testing.T) {
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		rows, err := csv.NewReader(strings.NewReader(written(t, in, "csv", "id", report.Options{}))).ReadAll()
		require.NoError(t, err)
		key := slices.Index(rows[0], "key")
		var keys []string
		for _, row := range rows[1:] {
			for _, cell := range row {
				assert.NotRegexp(t, `^[=+\-@\t\r\n]`, cell)
			}
			if row[key] != "" {
				keys = append(keys, row[key])
			}
		}
		var want []string
		for _, f := range in.Findings {
			if f.Key != "" {
				want = append(want, f.Key)
			}
		}
		assert.ElementsMatch(t, want, keys)
		excel := written(t, in, "csv", "id", report.Options{CSVMark: true, CSVSeparator: ';'})
		assert.True(t, strings.HasPrefix(excel, "\ufeffunit;area;item;"), excel[:20])
	})
	in := &report.Report{Criteria: []report.Criterion{{Code: "A", Title: report.Text{ID: "=cmd|'/c calc'!A1"}, Verdict: "met"}, {Code: "B", Title: report.Text{ID: "-1+1"}, Verdict: "met"}}}
	got := written(t, in, "csv", "id", report.Options{})
	assert.Contains(t, got, "'=cmd")
	assert.Contains(t, got, ",'-1+1,")
}

func TestJSONL(t *testing.T) {
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		lines := strings.Split(strings.TrimSuffix(written(t, in, "jsonl", "id", report.Options{}), "\n"), "\n")
		findings := 0
		var kinds []string
		for _, l := range lines {
			var x struct {
				Type     string           `json:"type"`
				Findings []report.Finding `json:"findings"`
			}
			require.NoError(t, json.Unmarshal([]byte(l), &x), l)
			kinds = append(kinds, x.Type)
			findings += len(x.Findings)
		}
		assert.Equal(t, "run", kinds[0])
		assert.Equal(t, "summary", kinds[len(kinds)-1])
		assert.Len(t, lines, 2+len(in.Documents)+len(in.Criteria))
		known := map[string]bool{}
		for _, d := range in.Documents {
			known[d.Path] = true
		}
		want := 0
		for _, f := range in.Findings {
			if f.Criterion != "" || known[f.Document] {
				want++
			}
		}
		assert.Equal(t, want, findings)
	})
}

// TestPrometheus holds the form to the grammar of the text format 0.0.4.
func TestPrometheus(t *testing.T) {
	sample := regexp.MustCompile(`^[a-z_]+\{([a-z_]+="([^"\\\n]|\\["\\n])*",?)*\} (-?[0-9.e+-]+)$`)
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		for line := range strings.Lines(written(t, in, "prometheus", "id", report.Options{})) {
			line = strings.TrimSuffix(line, "\n")
			if strings.HasPrefix(line, "# ") {
				assert.Regexp(t, `^# (HELP|TYPE) dasheval_[a-z_]+ .`, line)
				continue
			}
			m := sample.FindStringSubmatch(line)
			require.NotNil(t, m, line)
			_, err := strconv.ParseFloat(m[3], 64)
			assert.NoError(t, err)
		}
	})
	got := written(t, &report.Report{Unit: report.Unit{Name: "a\"b\\c\nd"}}, "prometheus", "id", report.Options{})
	assert.Contains(t, got, `unit="a\"b\\c\nd"`)
}

func TestPortalRB(t *testing.T) {
	in := &report.Report{Criteria: []report.Criterion{
		{Code: "A", Verdict: "met", Level: report.Level{Shown: "A", Possible: "A"}, Requirements: []report.Requirement{{Documents: []string{"x.pdf", "y.pdf"}}, {Documents: []string{"x.pdf"}}}},
		{Code: "B", Verdict: "review", Level: report.Level{Shown: "C", Possible: "A"}},
		{Code: "C", Verdict: "met", Level: report.Level{Shown: "B", Possible: "A"}},
	}}
	var answers []map[string]any
	require.NoError(t, json.Unmarshal([]byte(written(t, in, "portalrb", "id", report.Options{Questions: map[string]int{"A": 7, "B": 8, "C": 9}})), &answers))
	require.Len(t, answers, 3)
	assert.Equal(t, map[string]any{"soal_id": 7.0, "jawaban_unit": "A", "catatan_unit": "terpenuhi · jawaban A", "bukti_dukung_unit": "x.pdf; y.pdf"}, answers[0])
	assert.Nil(t, answers[1]["jawaban_unit"], "what is to be reviewed is not claimed")
	assert.Nil(t, answers[2]["jawaban_unit"], "nor is what takes a judgement")

	var lacking *report.QuestionsError
	err := report.FormatNamed("portalrb").Write(&strings.Builder{}, in, "id", report.Options{Questions: map[string]int{"A": 7}})
	require.ErrorAs(t, err, &lacking)
	assert.Equal(t, []string{"B", "C"}, lacking.Items)
}

// TestDigestIsShort holds that a digest fits into one message.
func TestDigestIsShort(t *testing.T) {
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) {
		for _, lang := range words.Languages() {
			assert.LessOrEqual(t, utf8.RuneCountInString(written(t, in, "digest", lang, report.Options{})), 1000)
		}
	})
	long := &report.Report{Unit: report.Unit{Name: strings.Repeat("Balai ", 400)}}
	assert.LessOrEqual(t, utf8.RuneCountInString(written(t, long, "digest", "id", report.Options{})), 1000)
}

// TestMarkdownIsInert holds that nothing from outside acts in Markdown.
func TestMarkdownIsInert(t *testing.T) {
	in := &report.Report{Documents: []report.Document{{Path: "[x](javascript:alert(1)).pdf", Readable: "no"}},
		Criteria: []report.Criterion{{Code: "A", Verdict: "missing", Title: report.Text{ID: "<img src=x onerror=y> ![p](http://h/) a | b\n# c"}}}}
	got := written(t, in, "markdown", "id", report.Options{})
	assert.NotContains(t, got, "<img")
	assert.NotContains(t, got, "](")
	assert.NotContains(t, got, "http:")
	assert.NotContains(t, got, "\n# c")
}

// decided is a report with decisions and a difference.
func decided(t *testing.T) *report.Report {
	t.Helper()
	ar, err := txtar.ParseFile("testdata/decided.txtar")
	require.NoError(t, err)
	var in report.Report
	require.NoError(t, json.Unmarshal(*section(ar, "report.json"), &in))
	return &in
}

// onePixel is the smallest picture.
var onePixel = func() []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, image.NewGray(image.Rect(0, 0, 1, 1)), nil); err != nil {
		panic(err)
	}
	return b.Bytes()
}()

package checker_test

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"dasheval/checker"
	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/report"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files from what the code does now")

const (
	samplePile  = "../samples/bpmp"
	sharedPiles = "../../shared/piles"
	scoreTool   = "../../shared/tools/score.py"
)

// config judges every test pile by the same day, so that reports do not depend
// on when a test runs.
func config(t testing.TB) checker.Config {
	t.Helper()
	cache, err := os.UserCacheDir()
	if err == nil {
		cache = filepath.Join(cache, "dasheval")
	}
	return checker.Config{Year: 2025, Today: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), CacheDir: cache, Version: "test", OCR: extract.OCR{Mode: extract.OCROff}}
}

func run(t testing.TB, dir string, cfg checker.Config) *report.Report {
	t.Helper()
	pack, err := rules.Builtin()
	require.NoError(t, err)
	rep, err := checker.Run(context.Background(), pack, evidence.Dir(dir, evidence.Options{}), cfg)
	require.NoError(t, err)
	return rep
}

func write(t testing.TB, rep *report.Report, format string) []byte {
	t.Helper()
	return writeIn(t, rep, format, "id")
}

func writeIn(t testing.TB, rep *report.Report, format, lang string) []byte {
	t.Helper()
	var out bytes.Buffer
	for _, f := range report.Formats() {
		if f.Name == format {
			require.NoError(t, f.Write(&out, rep, lang, report.Options{}))
		}
	}
	require.NotEmpty(t, out.Bytes(), "format %s", format)
	return out.Bytes()
}

// TestSampleReport holds the whole reports of the sample piles against those
// that people have read and approved.
func TestSampleReport(t *testing.T) {
	for _, c := range []struct{ pile, pack, lang string }{
		{"bpmp", "", "id"}, {"sakip", "sakip", "id"}, {"iso-9001", "iso-9001", "en"},
	} {
		t.Run(c.pile, func(t *testing.T) {
			pack, err := rules.Builtin()
			if c.pack != "" {
				fsys, lib, openErr := rules.Open(filepath.Join("../samples/packs", c.pack))
				require.NoError(t, openErr)
				pack, err = rules.Load(fsys, lib)
			}
			require.NoError(t, err)
			cfg := config(t)
			cfg.Lang = c.lang
			dir := filepath.Join("../samples", c.pile)
			rep, err := checker.Run(t.Context(), pack, evidence.Dir(filepath.Join(dir, "files"), evidence.Options{}), cfg)
			require.NoError(t, err)
			approved(t, dir, rep, c.lang)
		})
	}
}

// approved compares a report with the one in a folder.
func approved(t *testing.T, dir string, rep *report.Report, lang string) {
	t.Helper()
	for format, name := range map[string]string{"json": "report.json", "text": "report.txt"} {
		got, path := writeIn(t, rep, format, lang), filepath.Join(dir, name)
		if *update {
			require.NoError(t, os.WriteFile(path, got, 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		// Thousands of lines: the first that differ say more than all.
		if !bytes.Equal(want, got) {
			w, g := firstDifference(want, got)
			assert.Equal(t, w, g, "%s is not what the code does now; see make golden", name)
		}
	}
}

func firstDifference(want, got []byte) (w, g string) {
	a, b := bytes.Split(want, []byte("\n")), bytes.Split(got, []byte("\n"))
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			return string(bytes.Join(a[i:min(i+5, len(a))], []byte("\n"))), string(bytes.Join(b[i:min(i+5, len(b))], []byte("\n")))
		}
	}
	return string(want[max(0, len(want)-200):]), string(got[max(0, len(got)-200):])
}

// TestWorkersDoNotShow runs the sample pile with one and with eight workers.
func TestWorkersDoNotShow(t *testing.T) {
	var first []byte
	for _, n := range []int{1, 8} {
		cfg := config(t)
		cfg.Workers = n
		got := write(t, run(t, samplePile+"/files", cfg), "json")
		if first == nil {
			first = got
		}
		assert.True(t, bytes.Equal(first, got), "the report differs with %d workers", n)
	}
}

// TestBucketsAddUp checks that every file of the pile is in one bucket.
func TestBucketsAddUp(t *testing.T) {
	rep := run(t, samplePile+"/files", config(t))
	c := rep.Coverage
	assert.Equal(t, c.Files, c.Read+c.Hidden+c.OCR+c.Unreadable+c.Ignored+c.Archives)
	assert.Equal(t, c.Documents, len(rep.Documents))
	assert.Equal(t, c.Documents, c.Read+c.Hidden+c.OCR+c.Unreadable)
	assert.Equal(t, c.Ignored, len(rep.Ignored))
	n := 0
	for _, k := range c.Items {
		n += k
	}
	assert.Equal(t, len(rep.Criteria), n)
	assert.Len(t, rep.Criteria, 113)
}

// TestSharedPiles holds the scores on the labelled piles, where they are at
// hand. The agent whose team is named only on a scan (pile a) is the one defect
// in text that cannot be told without text recognition.
func TestSharedPiles(t *testing.T) {
	for _, c := range []struct {
		pile string
		min  []string
	}{
		{samplePile, []string{"type_text=0.95", "number_text=0.96", "date_text=0.96", "place_top1_text=0.9", "clean_text=0.95"}},
		{sharedPiles + "/a", append([]string{"defect_text=0.83"}, scores...)},
		{sharedPiles + "/b", append([]string{"defect_text=0.9"}, scores...)},
	} {
		t.Run(filepath.Base(c.pile), func(t *testing.T) {
			python, err := exec.LookPath("python3")
			if _, statErr := os.Stat(scoreTool); err != nil || statErr != nil {
				t.Skip("needs python3 and the shared tools")
			}
			if _, err := os.Stat(c.pile); err != nil {
				t.Skip("needs the shared piles")
			}
			out := filepath.Join(t.TempDir(), "report.json")
			require.NoError(t, os.WriteFile(out, write(t, run(t, c.pile+"/files", config(t)), "json"), 0o600))
			args := []string{scoreTool, "--pile", c.pile, "--report", out, "--max", "findings_per_clean_file=0.3"}
			for _, m := range c.min {
				args = append(args, "--min", m)
			}
			said, err := exec.Command(python, args...).CombinedOutput()
			assert.NoError(t, err, "%s", said)
		})
	}
}

// scores are the least shares on a labelled pile.
var scores = []string{"type_text=0.95", "number_text=0.96", "no_number_invented=0.95", "date_text=0.96", "place_top1_text=0.9",
	"place_recall_text=0.85", "place_precision_text=0.8", "clean_text=0.95", "defect_file=1", "file_accounted=1",
	"unit_inferred=1", "item_no_false_met=1"}

// TestInterrupted cancels a run: the error is that of the context, and what was
// read is reported, marked partial.
func TestInterrupted(t *testing.T) {
	pack, err := rules.Builtin()
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	cfg := config(t)
	cfg.Workers = 1
	cfg.Progress = func(read, _ int) {
		if read == 3 {
			cancel()
		}
	}
	rep, err := checker.Run(ctx, pack, evidence.Dir(samplePile+"/files", evidence.Options{}), cfg)
	require.ErrorIs(t, err, context.Canceled)
	require.NotNil(t, rep)
	assert.True(t, rep.Partial)
	assert.Less(t, rep.Coverage.Files, 10)
	_, err = json.Marshal(rep)
	assert.NoError(t, err)
}

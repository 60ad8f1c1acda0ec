package checker_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dasheval/checker"
	"dasheval/checker/check"
	"dasheval/checker/evidence"
	"dasheval/checker/internal/testdocx"
	"dasheval/checker/internal/testpdf"
	"dasheval/checker/profile"
	"dasheval/checker/report"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

const findingCases = "testdata/findings/*.txtar"

// builtin reads the pack once for all cases: that takes as long as a case.
var builtin = sync.OnceValues(rules.Builtin)

// TestFindings runs every archive in testdata/findings. The files of an archive
// are the evidence, in the markup of [testpdf.Layout]: a name that ends in .pdf
// becomes a PDF, .locked.pdf one with a password, .docx a Word document; from
// any other name .raw is cut off and the bytes stay as they are. The section
// "want" lists every finding on these files, and those without a file for the
// criteria that the comment names: id, severity, file or requirement, page or
// paragraph, the quote, what part or field it is about, and the requirement.
//
// The comment of an archive says what it shows and holds its settings:
//
//	year: 2025           evaluation year
//	today: 2025-12-31    day to judge by
//	unit: NAME           the unit; without this line it is inferred
//	ministry: NAME       the body above it
//	head: NAME | NIP | TITLE | FROM | TO
//	                     a head of the unit, the current one first; days may lack
//	criteria: CODE ...   whose findings without a file are listed
//	max_size: BYTES      largest file read
//	max_time: DURATION   longest time for a file
//	skip: REASON         "want" is right and the engine is not; the case fails
//	                     when it is, so that this line goes away
//
// After a wanted change, run "go test -run TestFindings -update" and read the
// diff: -update writes down what the engine says, right or wrong.
func TestFindings(t *testing.T) {
	eachCase(t, func(t *testing.T, c *findingCase) {
		dir := t.TempDir()
		c.write(t, dir)
		pack, err := builtin()
		require.NoError(t, err)
		rep, err := checker.Run(t.Context(), pack, evidence.Dir(dir, evidence.Options{}), c.config(t))
		require.NoError(t, err)
		findings := rep.Findings
		c.pointIntoFiles(t, findings)
		want, got := strings.TrimSpace(string(*c.want)), c.lines(findings)
		switch {
		case c.skip != "" && want == strings.Join(got, "\n"):
			t.Errorf("%s passes; remove its skip", c.path)
		case c.skip != "":
			t.Skip(c.skip)
		case *update:
			*c.want = []byte(strings.Join(append(got, ""), "\n"))
			require.NoError(t, os.WriteFile(c.path, txtar.Format(c.archive), 0o644))
		default:
			assert.Equal(t, want, strings.Join(got, "\n"), "findings of %s", c.path)
		}
	})
}

// pointIntoFiles checks that the words of each quote stand on the page that the
// finding names, and its box on the paper.
func (c *findingCase) pointIntoFiles(t *testing.T, findings []report.Finding) {
	t.Helper()
	for _, f := range findings {
		if f.Page == nil {
			continue
		}
		assert.NotEmpty(t, f.Quote, "%s of %s quotes nothing", f.ID, f.Document)
		if assert.NotNil(t, f.Box, "%s of %s has a page and no box", f.ID, f.Document) {
			b := *f.Box
			assert.True(t, 0 <= b[0] && b[0] < b[2] && b[2] <= testpdf.Width && 0 <= b[1] && b[1] < b[3] && b[3] <= testpdf.Height,
				"%s of %s: box %v", f.ID, f.Document, b)
		}
		pages := testpdf.Pages(c.source(f.Document))
		if !assert.LessOrEqual(t, *f.Page, len(pages), "%s of %s", f.ID, f.Document) {
			continue
		}
		for word := range strings.FieldsSeq(strings.ReplaceAll(f.Quote, "…", " ")) {
			assert.Contains(t, pages[*f.Page-1], word, "%s of %s, page %d: %q", f.ID, f.Document, *f.Page, f.Quote)
		}
	}
}

// TestEveryFindingHasACase holds that each id that the pack weighs is wanted by
// some case that is not skipped, and that no case wants another.
func TestEveryFindingHasACase(t *testing.T) {
	pack, err := builtin()
	require.NoError(t, err)
	wanted := map[string]bool{
		"file.no_permission": true, // see TestNoPermission
		"decision.replaced":  true, // what people decided stands in no pack; see TestDecisions
		// Signatures cannot be written down; see TestIntegrity of package check.
		"signature.altered": true, "signature.broken": true, "signature.unjudged": true, "signature.untrusted": true, "signature.doubtful": true,
	}
	for _, c := range check.All() {
		for _, id := range c.IDs {
			wanted[id] = wanted[id] || c.Params != nil // see the cases of package cases
		}
	}
	for _, c := range readCases(t) {
		for line := range strings.Lines(string(*c.want)) {
			if f := strings.Fields(line); len(f) > 1 {
				wanted[f[0]] = wanted[f[0]] || c.skip == ""
				assert.Equal(t, pack.Severity[f[0]], f[1], "severity in %s: %s", c.path, line)
			}
		}
	}
	maps.DeleteFunc(wanted, func(_ string, has bool) bool { return !has })
	assert.Equal(t, slices.Sorted(maps.Keys(pack.Severity)), slices.Sorted(maps.Keys(wanted)))
}

// noPermission is a source of one file that this user may not open.
type noPermission struct{}

func (noPermission) Files(context.Context) iter.Seq2[evidence.File, error] {
	return func(yield func(evidence.File, error) bool) {
		yield(evidence.File{Path: "A.I.1.i.a/sk tim.pdf", Open: func() (io.ReadCloser, error) { return nil, fs.ErrPermission }}, nil)
	}
}

// TestNoPermission holds that a file without permission is told as such, and
// not as damaged.
func TestNoPermission(t *testing.T) {
	pack, err := builtin()
	require.NoError(t, err)
	rep, err := checker.Run(t.Context(), pack, noPermission{}, config(t))
	require.NoError(t, err)
	require.Len(t, rep.Documents, 1)
	assert.Equal(t, []string{"file.no_permission"}, rep.Documents[0].Findings)
}

// TestWhatIsNotShownIsNotMet holds that a sound decree in the folder of an item
// shows that item only if it is about it, signed, and read to its end.
func TestWhatIsNotShownIsNotMet(t *testing.T) {
	decree := func(about, end string) string {
		return "PEMERINTAH KABUPATEN MUARA TELUK\nDINAS KEPENDUDUKAN DAN PENCATATAN SIPIL\nJalan Merdeka 1 Muara Teluk, Telp. 0778 51027\n\n" +
			"KEPUTUSAN KEPALA DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL\nNOMOR 470/04/DKPS/2025\nTENTANG\n" + about + "\n\n" +
			"Menimbang : a. bahwa perlu menetapkan hal dimaksud;\nMengingat : 1. Undang-Undang Nomor 20 Tahun 2023;\n\n" +
			"MEMUTUSKAN\nMenetapkan :\nKESATU : Menetapkan hal dimaksud dengan susunan sebagai berikut.\nKEDUA : Keputusan ini berlaku pada tanggal ditetapkan.\n\n" + end
	}
	const (
		topic  = "PEMBENTUKAN TIM KERJA PEMBANGUNAN ZONA INTEGRITAS"
		signed = "\t\tDitetapkan di Muara Teluk\n\t\tpada tanggal 7 Januari 2025\n\t\tKEPALA DINAS,\n\t\t@image\n\t\tDrs. Zulkarnain Effendi\n\t\tNIP 196710101992031011\n"
	)
	for _, c := range []struct{ name, markup, want string }{
		{"shown", decree(topic, signed), "met"},
		{"another matter", decree("KENAIKAN PANGKAT BENDAHARA PENGELUARAN", signed), "review"},
		{"no signature block", decree(topic, "pada tanggal 7 Januari 2025\n"), "review"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "A.I.1.i.a", "SK.pdf")
			require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
			require.NoError(t, os.WriteFile(path, testpdf.Write(testpdf.Layout(c.markup)...), 0o600))
			cfg := config(t)
			cfg.Year, cfg.Today = 2025, time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
			rep := run(t, dir, cfg)
			i := slices.IndexFunc(rep.Criteria, func(cr report.Criterion) bool { return cr.Code == "A.I.1.i.a" })
			assert.Equal(t, c.want, rep.Criteria[i].Verdict, "%v", rep.Findings)
		})
	}
}

// TestSameBytesWithWorkers reads the files of all cases as one pile with one
// and with eight workers: not a byte of the report may tell which.
func TestSameBytesWithWorkers(t *testing.T) {
	dir := wholePile(t)
	var first []byte
	for _, n := range []int{1, 8} {
		cfg := config(t)
		cfg.Workers = n
		got := write(t, run(t, dir, cfg), "json")
		if first == nil {
			first = got
			continue
		}
		if !bytes.Equal(first, got) {
			w, g := firstDifference(first, got)
			assert.Equal(t, w, g, "the report differs with %d workers", n)
		}
	}
}

// TestCancelledRunIsPartial holds that a run whose context ends gives a report of
// what it has, marked partial, with the error of the context.
func TestCancelledRunIsPartial(t *testing.T) {
	pack, err := builtin()
	require.NoError(t, err)
	dir := wholePile(t)
	for _, after := range []int{0, 3} {
		t.Run(fmt.Sprint("after ", after), func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			cfg := config(t)
			cfg.Workers = 2
			cfg.Progress = func(read, _ int) {
				if read == after {
					cancel()
				}
			}
			if after == 0 {
				cancel()
			}
			rep, err := checker.Run(ctx, pack, evidence.Dir(dir, evidence.Options{}), cfg)
			require.ErrorIs(t, err, context.Canceled)
			require.NotNil(t, rep)
			assert.True(t, rep.Partial)
			for _, cr := range rep.Criteria {
				assert.NotEqual(t, "missing", cr.Verdict, "%s: what was not read is not missing", cr.Code)
			}
			assert.GreaterOrEqual(t, rep.Coverage.Files, after)
			assert.Less(t, rep.Coverage.Files, after+10, "reading goes on after the end of the context")
			assert.Len(t, rep.Criteria, 113, "every criterion has a verdict")
			assert.Equal(t, rep.Coverage.Files, rep.Coverage.Documents+rep.Coverage.Ignored+rep.Coverage.Archives)
		})
	}
}

// wholePile writes the evidence of all cases into a folder, each case in one of
// its own, but for files that are read until a limit.
func wholePile(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for _, c := range readCases(t) {
		if c.settings["max_time"] == "" {
			c.write(t, filepath.Join(dir, c.name))
		}
	}
	return dir
}

// A findingCase is one archive.
type findingCase struct {
	path     string
	name     string // of the archive, without its ending
	archive  *txtar.Archive
	files    []txtar.File // without want
	want     *[]byte
	settings map[string]string
	skip     string
}

func eachCase(t *testing.T, f func(*testing.T, *findingCase)) {
	t.Helper()
	for _, c := range readCases(t) {
		t.Run(c.name, func(t *testing.T) { f(t, c) })
	}
}

func readCases(t *testing.T) []*findingCase {
	t.Helper()
	paths, err := filepath.Glob(findingCases)
	require.NoError(t, err)
	require.NotEmpty(t, paths, "no cases")
	var out []*findingCase
	for _, path := range paths {
		out = append(out, readCase(t, path))
	}
	return out
}

func readCase(t *testing.T, path string) *findingCase {
	t.Helper()
	ar, err := txtar.ParseFile(path)
	require.NoError(t, err)
	c := &findingCase{path: path, name: strings.TrimSuffix(filepath.Base(path), ".txtar"), archive: ar, settings: map[string]string{}}
	for i := range ar.Files {
		if ar.Files[i].Name == "want" {
			c.want = &ar.Files[i].Data
			continue
		}
		c.files = append(c.files, ar.Files[i])
	}
	require.NotNil(t, c.want, "%s has no want section", path)
	known := []string{"year", "today", "unit", "ministry", "head", "criteria", "max_size", "max_time", "skip"}
	for line := range strings.Lines(string(ar.Comment)) {
		if key, value, ok := strings.Cut(line, ":"); ok && slices.Contains(known, key) {
			c.settings[key] = strings.TrimLeft(c.settings[key]+"\n"+strings.TrimSpace(value), "\n")
		}
	}
	for _, key := range known[:2] {
		require.NotEmpty(t, c.settings[key], "%s does not set %s", path, key)
	}
	c.skip = c.settings["skip"]
	return c
}

// config returns the settings of the case.
func (c *findingCase) config(t *testing.T) checker.Config {
	t.Helper()
	cfg := config(t)
	var err error
	cfg.Year, err = strconv.Atoi(c.settings["year"])
	require.NoError(t, err)
	cfg.Today, err = time.Parse(time.DateOnly, c.settings["today"])
	require.NoError(t, err)
	if s := c.settings["max_size"]; s != "" {
		cfg.MaxSize, err = strconv.ParseInt(s, 10, 64)
		require.NoError(t, err)
	}
	if s := c.settings["max_time"]; s != "" {
		cfg.MaxTime, err = time.ParseDuration(s)
		require.NoError(t, err)
	}
	if c.settings["unit"] != "" {
		cfg.Unit = &profile.Unit{Name: c.settings["unit"], Ministry: c.settings["ministry"]}
		for line := range strings.Lines(c.settings["head"]) {
			cfg.Unit.Heads = append(cfg.Unit.Heads, official(t, line))
		}
	}
	return cfg
}

// official reads a head of the unit.
func official(t *testing.T, line string) profile.Official {
	t.Helper()
	var parts [5]string
	for i, p := range strings.Split(line, "|") {
		require.Less(t, i, len(parts), "head: %s", line)
		parts[i] = strings.TrimSpace(p)
	}
	day := func(s string) time.Time {
		if s == "" {
			return time.Time{}
		}
		d, err := time.Parse(time.DateOnly, s)
		require.NoError(t, err, "head: %s", line)
		return d
	}
	return profile.Official{Name: parts[0], NIP: parts[1], Title: parts[2], From: day(parts[3]), To: day(parts[4])}
}

// lines returns the findings that the case lists, one line each.
func (c *findingCase) lines(findings []report.Finding) []string {
	var out []string
	asked := strings.Fields(c.settings["criteria"])
	for _, f := range findings {
		where, page := f.Document, "-"
		switch {
		case where == "" && !slices.Contains(asked, f.Criterion):
			continue
		case where == "":
			where = f.Requirement
		case f.Page != nil:
			page = strconv.Itoa(*f.Page)
		case f.Paragraph != nil:
			page = "¶" + strconv.Itoa(*f.Paragraph)
		}
		line := fmt.Sprintf("%s %s %s %s %q", f.ID, f.Severity, where, page, f.Quote)
		if part := f.Params["section"] + f.Params["field"]; part != "" {
			line += " " + part
		}
		if f.Document != "" && f.Requirement != "" {
			line += " " + f.Requirement
		}
		out = append(out, line)
	}
	return out
}

// source returns the markup that the document was made of.
func (c *findingCase) source(document string) string {
	for _, f := range c.files {
		if f.Name == document {
			return string(f.Data)
		}
	}
	return ""
}

// write makes the evidence files of the case in dir.
func (c *findingCase) write(t *testing.T, dir string) {
	t.Helper()
	for _, f := range c.files {
		path := filepath.Join(dir, filepath.FromSlash(strings.TrimSuffix(f.Name, ".raw")))
		data := f.Data
		switch {
		case strings.HasSuffix(f.Name, ".locked.pdf"):
			data = testpdf.WriteLocked(testpdf.Layout(string(f.Data))...)
		case strings.HasSuffix(f.Name, ".pdf"):
			data = testpdf.Write(testpdf.Layout(string(f.Data))...)
		case strings.HasSuffix(f.Name, ".docx"):
			data = testdocx.Write(string(f.Data))
		}
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o755))
		require.NoError(t, os.WriteFile(path, data, 0o600))
	}
}

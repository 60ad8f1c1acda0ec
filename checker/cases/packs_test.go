package cases_test

import (
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"dasheval/checker"
	"dasheval/checker/cases"
	"dasheval/checker/check"
	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A packFolder is a pack of the program or of the samples.
type packFolder struct {
	name string
	fsys fs.FS
	lib  rules.Library
}

func packFolders(t *testing.T) []packFolder {
	t.Helper()
	var out []packFolder
	for _, id := range rules.BuiltinIDs() {
		fsys, err := rules.Builtins(id)
		require.NoError(t, err)
		out = append(out, packFolder{id, fsys, nil})
	}
	dirs, err := filepath.Glob("../../samples/packs/*")
	require.NoError(t, err)
	require.NotEmpty(t, dirs)
	for _, dir := range dirs {
		fsys, lib, err := rules.Open(dir)
		require.NoError(t, err)
		out = append(out, packFolder{filepath.Base(dir), fsys, lib})
	}
	return out
}

// TestPacks holds every pack to what "rules lint", "rules test --coverage" and
// "rules test --mutate" ask of it. Each kind of check with parameters finds
// something in some case.
func TestPacks(t *testing.T) {
	found := map[string]bool{}
	for _, f := range packFolders(t) {
		t.Run(f.name, func(t *testing.T) {
			pack, err := rules.Load(f.fsys, f.lib)
			require.NoError(t, err)
			assert.Empty(t, rules.Lint(pack))
			assert.Empty(t, check.Doubts(pack))
			suites, err := cases.Load(f.fsys)
			require.NoError(t, err)
			require.NoError(t, cases.Mistaken(pack, suites))
			if len(suites) == 0 {
				return
			}
			engine, err := checker.Bind(pack)
			require.NoError(t, err)
			outcomes, err := cases.Run(t.Context(), engine, suites)
			require.NoError(t, err)
			for _, o := range outcomes {
				assert.True(t, o.Passed(), "%s: surplus %v, absent %v", o.Name(), o.Surplus, o.Absent)
				for _, w := range o.Case.Want {
					found[w.ID] = true
				}
			}
			assert.Empty(t, cases.Cover(pack, outcomes).Gaps)
			mutants, err := cases.Mutate(t.Context(), engine, pack, suites)
			require.NoError(t, err)
			assert.NotEmpty(t, mutants)
			for _, m := range mutants {
				assert.True(t, m.Noticed, "%s: %s (%s): nobody noticed the change of %s", m.Suite.Path, m.File, m.Type, m.What)
			}
		})
	}
	for _, c := range check.All() {
		for _, id := range c.IDs {
			assert.True(t, c.Params == nil || found[id], "no case of any pack wants %s", id)
		}
	}
}

// folder is a pack with one suite.
func folder(name, content string) fs.FS {
	return fstest.MapFS{name: {Data: []byte(content)}}
}

// weak is a suite on the check kinds of naskah-dinas, made wrong on purpose.
const weak = `A memo.

year: 2025
unit: Dinas Sosial Kota Arjuna
head: Budi Santoso, S.E. | 197001011995031001 | Kepala Dinas Sosial Kota Arjuna

-- memo --
PEMERINTAH KOTA ARJUNA
DINAS SOSIAL KOTA ARJUNA
Jalan Mawar Nomor 1 Arjuna 40111

NOTA DINAS
Nomor : 12/DS/2025
Yth.	: Sekretaris
Dari	: Kepala Dinas
Hal	: Rapat
Tanggal	: 3 Maret 2025

Harap hadir.

		Kepala Dinas Sosial,
		@image
		Budi Santoso, S.E.
		NIP 197001011995031001
-- want --
number.missing error memo
-- case: not signed --
remove: @image
-- case: signed by the place --
remove: @image
want: signature.none error memo 1 "Kepala Dinas Sosial … Budi Santoso, S.E."
`

// TestRunTellsSurplusAndAbsent holds that a case fails by a finding that does not
// come and by one that nobody wants, in PDF and in Word.
func TestRunTellsSurplusAndAbsent(t *testing.T) {
	fsys, err := rules.Builtins("naskah-dinas")
	require.NoError(t, err)
	pack, err := rules.Load(fsys, nil)
	require.NoError(t, err)
	engine, err := checker.Bind(pack)
	require.NoError(t, err)
	suites, err := cases.Load(folder("tests/memo.txtar", weak))
	require.NoError(t, err)
	outcomes, err := cases.Run(t.Context(), engine, suites)
	require.NoError(t, err)
	require.Len(t, outcomes, 6)
	for i, want := range []struct {
		name            string
		surplus, absent int
	}{
		{"memo/pdf", 0, 1}, {"memo/docx", 0, 1},
		{"memo/not signed/pdf", 1, 0}, {"memo/not signed/docx", 1, 0},
		{"memo/signed by the place/pdf", 0, 0}, {"memo/signed by the place/docx", 0, 0},
	} {
		o := outcomes[i]
		assert.Equal(t, want.name, o.Name())
		assert.Len(t, o.Surplus, want.surplus, want.name)
		assert.Len(t, o.Absent, want.absent, want.name)
		assert.Equal(t, want.surplus+want.absent == 0, o.Passed(), want.name)
	}
	assert.Equal(t, `signature.none error memo 1 "Kepala Dinas Sosial … Budi Santoso, S.E."`, outcomes[2].Surplus[0])
}

// TestParseTellsMistakes holds that every mistake of a suite comes, with its
// line.
func TestParseTellsMistakes(t *testing.T) {
	_, err := cases.Load(folder("tests/x.txtar", `today: yesterday
head: a | b | c | d | e | f
-- sk --
one
two
-- want --
verdict A
date.missing sk "open
-- case: --
-- case: edits --
replac: one
replace: three
with: four
replace: one
remove: one
after: two
-- ../x --
`))
	var got []string
	for _, m := range rules.Mistakes(err) {
		got = append(got, m.Error())
	}
	assert.Equal(t, []string{
		`tests/x.txtar:1:1: today: "yesterday": parsing time "yesterday" as "2006-01-02": cannot parse "yesterday" as "2006"`,
		`tests/x.txtar:2:1: head: "a | b | c | d | e | f": want NAME | NIP | TITLE | FROM | TO`,
		`tests/x.txtar:1:1: the line "year: 2025" is missing: by which year is it judged?`,
		`tests/x.txtar:7:1: want "verdict CODE VERDICT", such as "verdict A.I.1.i.a met"`,
		`tests/x.txtar:8:1: a quote stands between two quotation marks`,
		`tests/x.txtar:9:1: a case has a name, as in "-- case: no number --"`,
		`tests/x.txtar:11:1: a line of a case begins with one of file, replace, with, remove, after, add, want, verdict and a colon; did you mean "replace"?`,
		`tests/x.txtar:13:1: with: this changes nothing: the text does not stand in the first case`,
		`tests/x.txtar:14:1: nothing follows: "replace" wants "with", and "after" wants "add"`,
		`tests/x.txtar:16:1: nothing follows: "replace" wants "with", and "after" wants "add"`,
		`tests/x.txtar:17:1: "../x" is no path inside a pile`,
	}, got, strings.Join(got, "\n"))
}

// FuzzParse holds that no suite breaks the reader of cases.
func FuzzParse(f *testing.F) {
	f.Add([]byte(weak))
	f.Add([]byte("year: 9\n-- a --\n-- case: x --\nreplace: a\nwith: b\nwant: \nverdict: \n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		suites, err := cases.Load(folder("tests/x.txtar", string(data)))
		if err != nil {
			return
		}
		for _, s := range suites {
			for _, c := range s.Cases {
				size := 0
				for _, f := range c.Files {
					size += len(f.Markup)
				}
				if size == 0 && len(data) > 0 && len(c.Files) == 0 || size > 64<<20 {
					t.Fatalf("case %q has %d files of %d bytes", c.Name, len(c.Files), size)
				}
			}
		}
	})
}

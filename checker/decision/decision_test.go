package decision_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dasheval/checker/decision"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

const sum = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

func written(t *testing.T, name, content string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, []byte(content), 0o600))
	return file
}

func TestReadYAML(t *testing.T) {
	list, err := decision.Read(written(t, "waivers.yaml", `zone: WITA
waivers:
  - item: A.I.1.i.a
    reason: menunggu tanda tangan
    approver: Inspektur
    letter: B-12/2025
    expires: 2025-12-31
  - finding: signature.none
    document: .\Area 1\SK.pdf
    sha256: `+strings.ToUpper(sum)+`
    reason: "ditandatangani: basah"
    zone: Asia/Jayapura
attestations:
  - item: A.I.5.iii.a
    level: A
    reason: |
      dilihat pada kunjungan
`))
	require.NoError(t, err)
	assert.Equal(t, []decision.Decision{
		{Kind: decision.Waiver, Place: "waivers.yaml:3", Item: "A.I.1.i.a", Reason: "menunggu tanda tangan", Approver: "Inspektur", Letter: "B-12/2025", Expires: "2025-12-31", Zone: "WITA"},
		{Kind: decision.Waiver, Place: "waivers.yaml:8", Finding: "signature.none", Document: "Area 1/SK.pdf", SHA256: sum, Reason: "ditandatangani: basah", Zone: "Asia/Jayapura"},
		{Kind: decision.Attestation, Place: "waivers.yaml:14", Item: "A.I.5.iii.a", Level: "A", Reason: "dilihat pada kunjungan", Zone: "WITA"},
	}, list)

	for _, empty := range []string{"", "\ufeffwaivers:\n", "# nothing yet\n", "waivers:\n", "waivers: []\n"} {
		list, err := decision.Read(written(t, "w.yaml", empty))
		assert.NoError(t, err, empty)
		assert.Empty(t, list, empty)
	}
}

// TestMistakes holds that all mistakes come at once, each with its line.
func TestMistakes(t *testing.T) {
	_, err := decision.Read(written(t, "w.yaml", `waivers:
  - item: A.1
  - reason: x
    expires: 31-12-2025
    zone: Mars/Olympus
    sha256: abc
  - item: A.1
    reason: x
    level: A
    reson: y
attestations:
  - finding: a
    item: A.1
    reason: x
waiver: []
`))
	require.Error(t, err)
	var got []string
	for _, m := range decision.Mistakes(err) {
		got = append(got, strings.TrimSpace(m.Place+" "+m.ID+" "+m.Value))
	}
	assert.ElementsMatch(t, []string{
		"w.yaml:2 reason", "w.yaml:3 target", "w.yaml:3 date 31-12-2025", "w.yaml:3 zone Mars/Olympus", "w.yaml:3 sha256 abc",
		"w.yaml:7 level A", "w.yaml:10 key reson", "w.yaml:12 target a", "w.yaml:15 key waiver",
	}, got)

	for _, widened := range []string{"expires: [2020-01-01]", "unit: [Lain]", "document: {a: b}", "sha256: [x]", "unit: &a Lain", "unit: *a", "unit: !!str Lain", "unit: a\n    unit: b"} {
		_, err := decision.Read(written(t, "w.yaml", "waivers:\n  - item: A\n    reason: x\n    "+widened+"\n"))
		assert.NotEmpty(t, decision.Mistakes(err), "what is no plain value is not taken for none: %s", widened)
	}
	for _, broken := range []string{"waivers: [a]", strings.Repeat("[", 100_000), "\xff", "waivers: [", "- a\n- b\n", "waivers: 5\n", "just words"} {
		_, err := decision.Read(written(t, "w.yaml", broken))
		assert.NotEmpty(t, decision.Mistakes(err), broken)
	}
	_, err = decision.Read(written(t, "w.xlsx", "no workbook"))
	assert.NotEmpty(t, decision.Mistakes(err))
	_, err = decision.Read(filepath.Join(t.TempDir(), "nowhere.yaml"))
	assert.ErrorIs(t, err, os.ErrNotExist)
}

// TestRoundTrip holds that both forms hold the same.
func TestRoundTrip(t *testing.T) {
	list := []decision.Decision{
		{Kind: decision.Waiver, Item: "1.10", Finding: "date.missing", Reason: "=1+1", Expires: "2026-01-31", Zone: "WIB"},
		{Kind: decision.Waiver, Item: "A", Reason: "dua\nbaris: \"ya\" # bukan komentar", Approver: "O'Hara", Letter: "007", Unit: "Balai \\ 'Mutu'"},
		{Kind: decision.Attestation, Item: "A.I.5.iii.a", Level: "Ya", Document: "foto/a b.jpg", SHA256: sum, Reason: "yes", Zone: "Asia/Makassar"},
	}
	plain := func(list []decision.Decision) []decision.Decision {
		out := append([]decision.Decision(nil), list...)
		for i := range out {
			out[i].Place = ""
		}
		return out
	}
	var yaml, book bytes.Buffer
	require.NoError(t, decision.WriteYAML(&yaml, list))
	got, err := decision.Read(written(t, "a.yaml", yaml.String()))
	require.NoError(t, err, yaml.String())
	assert.Equal(t, list, plain(got), yaml.String())

	require.NoError(t, decision.WriteXLSX(&book, got))
	got, err = decision.Read(written(t, "a.XLSX", book.String()))
	require.NoError(t, err)
	assert.Equal(t, list, plain(got))
	assert.Equal(t, "a.XLSX:Keputusan:2", got[0].Place)

	var again bytes.Buffer
	require.NoError(t, decision.WriteXLSX(&again, got))
	assert.Equal(t, book.Bytes(), again.Bytes(), "the same bytes")
}

// TestUnfilled holds that lines of a proposal that nobody filled in are no
// mistakes in a workbook, and that one filled in by half is.
func TestUnfilled(t *testing.T) {
	var book bytes.Buffer
	require.NoError(t, decision.WriteXLSX(&book, []decision.Decision{{Kind: decision.Waiver, Item: "A"}, {Kind: decision.Waiver, Item: "B", Reason: "x"}}))
	got, err := decision.Read(written(t, "a.xlsx", book.String()))
	require.NoError(t, err)
	require.Len(t, got, 1)
	assert.Equal(t, "B", got[0].Item)

	book.Reset()
	require.NoError(t, decision.WriteXLSX(&book, []decision.Decision{{Kind: decision.Waiver, Item: "A", Approver: "Inspektur"}}))
	_, err = decision.Read(written(t, "a.xlsx", book.String()))
	require.Len(t, decision.Mistakes(err), 1)

	// What the headings do not say would make a decision reach further.
	for _, head := range [][]string{{"item", "reason", "Berlaku s.d."}, {"item", "reason", "expires", "expires"}} {
		f := excelize.NewFile()
		require.NoError(t, f.SetSheetRow("Sheet1", "A1", &head))
		require.NoError(t, f.SetSheetRow("Sheet1", "A2", &[]string{"A", "x", "2020-01-01", "2030-01-01"}))
		book.Reset()
		require.NoError(t, f.Write(&book))
		_, err = decision.Read(written(t, "a.xlsx", book.String()))
		assert.NotEmpty(t, decision.Mistakes(err), "%v", head)
	}
	f := excelize.NewFile()
	require.NoError(t, f.SetSheetRow("Sheet1", "A1", &[]string{"item", "reason", "expires"}))
	require.NoError(t, f.SetSheetRow("Sheet1", "A2", &[]any{"A", "x", 46022.0}))
	require.NoError(t, f.SetSheetRow("Sheet1", "A3", &[]any{"B", "x"}))
	book.Reset()
	require.NoError(t, f.Write(&book))
	got, err = decision.Read(written(t, "a.xlsx", book.String()))
	require.NoError(t, err)
	assert.Equal(t, "2025-12-31", got[0].Expires, "a day that Excel keeps as a number")
	require.NoError(t, f.SetCellFormula("Sheet1", "C3", "TODAY()"))
	book.Reset()
	require.NoError(t, f.Write(&book))
	_, err = decision.Read(written(t, "a.xlsx", book.String()))
	assert.NotEmpty(t, decision.Mistakes(err), "a formula that nobody computed is not no end")
}

// TestExpired holds that the last day ends where the decision was taken.
func TestExpired(t *testing.T) {
	d := decision.Decision{Expires: "2025-12-31"}
	at := func(s string) time.Time {
		v, err := time.Parse(time.RFC3339, s)
		require.NoError(t, err)
		return v
	}
	cases := []struct {
		zone, now string
		want      bool
	}{
		{"", "2025-12-31T16:59:59Z", false}, {"", "2025-12-31T17:00:00Z", true}, // midnight in Jakarta
		{"WIT", "2025-12-31T14:59:59Z", false}, {"WIT", "2025-12-31T15:00:00Z", true},
		{"America/New_York", "2026-01-01T04:59:59Z", false}, {"America/New_York", "2026-01-01T05:00:00Z", true},
	}
	for _, c := range cases {
		d.Zone = c.zone
		assert.Equal(t, c.want, d.Expired(at(c.now)), "%s %s", c.zone, c.now)
	}
	assert.False(t, d.ExpiredOn("2025-12-31"))
	assert.True(t, d.ExpiredOn("2026-01-01"))
	assert.False(t, decision.Decision{}.Expired(at("2999-01-01T00:00:00Z")), "no end")
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("waivers:\n  - item: A\n    reason: |\n      x\n"), false)
	f.Add([]byte("zone: &a [*a]\nattestations: {}"), false)
	var book bytes.Buffer
	require.NoError(f, decision.WriteXLSX(&book, []decision.Decision{{Kind: decision.Waiver, Item: "A", Reason: "x"}}))
	f.Add(book.Bytes(), true)
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, raw []byte, workbook bool) {
		file := filepath.Join(dir, map[bool]string{true: "a.xlsx", false: "a.yaml"}[workbook])
		require.NoError(t, os.WriteFile(file, raw, 0o600))
		list, err := decision.Read(file)
		if err != nil {
			assert.NotEmpty(t, decision.Mistakes(err))
			return
		}
		for _, d := range list {
			assert.NotEmpty(t, d.Reason)
		}
	})
}

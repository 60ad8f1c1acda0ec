package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"dasheval/checker/profile"
	"dasheval/checker/report"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestInterrupted holds that an interrupted run writes what it has, marked
// partial, and exits with 130.
func TestInterrupted(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.pdf"), []byte("%PDF-1.4"), 0o644))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stdout, stderr bytes.Buffer
	code := run(ctx, []string{"check", dir, "--format", "json"}, &stdout, &stderr)
	assert.Equal(t, 130, code, stderr.String())
	assert.Equal(t, "dasheval: dihentikan sebelum selesai\n", stderr.String())
	var r report.Report
	require.NoError(t, json.Unmarshal(stdout.Bytes(), &r))
	assert.True(t, r.Partial)

	for _, args := range [][]string{{"text", dir}, {"init", dir}} {
		stderr.Reset()
		assert.Equal(t, 130, run(ctx, args, &stdout, &stderr), "%v: %s", args, stderr.String())
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) {
	if b.err == nil {
		panic("no paper")
	}
	return 0, b.err
}

// TestInternalError holds that a bug is one line and code 70, and never a
// stack trace.
func TestInternalError(t *testing.T) {
	var stderr bytes.Buffer
	assert.Equal(t, 70, run(t.Context(), []string{"version"}, broken{}, &stderr))
	assert.Equal(t, "dasheval: kesalahan program: no paper; laporkan bersama perintah yang dijalankan\n", stderr.String())

	stderr.Reset()
	args := []string{"rules", "list", "--lang", "en"}
	assert.Equal(t, 70, run(t.Context(), args, broken{errors.New("disk full")}, &stderr))
	assert.Equal(t, "dasheval: stdout: cannot be written: disk full\n", stderr.String())
}

func TestParseSize(t *testing.T) {
	cases := []struct {
		in   string
		want int64
		ok   bool
	}{
		{"200MB", 200 << 20, true}, {"64 kb", 64 << 10, true}, {"1G", 1 << 30, true}, {"512", 512, true}, {"7b", 7, true},
		{"", 0, false}, {"0", 0, false}, {"-1MB", 0, false}, {"1.5MB", 0, false}, {"big", 0, false}, {"9999999999999GB", 0, false},
	}
	for _, c := range cases {
		got, ok := parseSize(c.in)
		assert.Equal(t, c.ok, ok, c.in)
		if ok {
			assert.Equal(t, c.want, got, c.in)
		}
	}
}

// TestProposalReadsBack holds that init proposes what the settings reader
// takes, whatever a document said.
func TestProposalReadsBack(t *testing.T) {
	units := []*profile.Unit{
		{},
		{Name: "Balai \"Mutu\": #1\n\u2028\u202e\x1b", Aliases: []string{"a, b", "[c]", ""}, Ministry: "- x", Staff: 3, Year: 2025,
			Heads: []profile.Official{{Name: "O'Hara", NIP: "197308211998041004", Title: "Plt. Kepala", Acting: true}}},
	}
	for _, want := range units {
		for _, lang := range []string{"id", "en"} {
			a := &app{}
			require.NoError(t, a.speak(lang))
			file := filepath.Join(t.TempDir(), settingsName)
			text := a.proposal(want, "WBBM")
			require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
			got, err := a.readSettings(file)
			require.NoError(t, err, text)
			require.NotNil(t, got.unit, text)
			assert.Equal(t, want.Name, got.unit.Name)
			assert.Equal(t, want.Heads, got.unit.Heads)
			assert.ElementsMatch(t, want.Aliases, got.unit.Aliases)
			assert.Equal(t, "WBBM", got.values["predicate"])
		}
	}
}

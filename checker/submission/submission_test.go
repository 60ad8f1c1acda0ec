package submission_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"
	"testing"

	"dasheval/checker/report"
	"dasheval/checker/submission"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const sum = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad" // of "abc"

func given() *report.Report {
	page := 2
	line := func(docs ...string) []report.Requirement { return []report.Requirement{{ID: "x", Documents: docs}} }
	return &report.Report{
		Unit:  report.Unit{Name: "Balai"},
		Score: report.Score{Sections: []report.Division{{Code: "A", Title: report.Text{ID: "Bagian: <Satu>"}}}},
		Criteria: []report.Criterion{
			{Code: "A.1", Area: "A", Verdict: "met", Requirements: line("x/CON.pdf", "x/sk?.pdf")},
			{Code: "A.2", Area: "A", Verdict: "missing"},
			{Code: "A.3", Area: "A", Verdict: "met", Requirements: line("x/sk?.pdf", "z.zip!y/sk..pdf")},
		},
		Documents: []report.Document{
			{Path: "x/CON.pdf", SHA256: sum, Bytes: 3, FactsAt: map[string]report.At{"number": {Page: &page}}, Matches: []report.Match{{Criterion: "A.1", Requirement: "A.1/sk"}}},
			{Path: "x/sk?.pdf", SHA256: sum, Bytes: 3, Matches: []report.Match{{Criterion: "A.1", Requirement: "A.1/sk"}, {Criterion: "A.3", Requirement: "A.3/sk"}}},
			{Path: "z.zip!y/sk..pdf", SHA256: sum, Bytes: 3},
			{Path: "foto.jpg", SHA256: sum, Bytes: 3, Readable: "no"},
			{Path: "lain/FOTO.jpg", SHA256: sum, Bytes: 3, Readable: "no"},
		},
		Ignored: []report.Ignored{{Path: "Thumbs.db"}},
	}
}

func TestPlan(t *testing.T) {
	m, err := submission.Plan(given(), "id")
	require.NoError(t, err)
	var names []string
	for _, f := range m.Files {
		names = append(names, f.Source+" -> "+f.Name)
	}
	assert.Equal(t, []string{
		"x/CON.pdf -> A Bagian Satu/A.1/001 CON.pdf",
		"x/sk?.pdf -> A Bagian Satu/A.1/002 sk.pdf",
		"z.zip!y/sk..pdf -> A Bagian Satu/A.3/001 sk_.pdf",
		"foto.jpg -> ZZ Belum ditempatkan/001 foto.jpg",
		"lain/FOTO.jpg -> ZZ Belum ditempatkan/002 FOTO.jpg",
	}, names, "each file once, in the order of the instrument")
	assert.Equal(t, []string{"A.2"}, m.Missing)
	assert.Equal(t, []string{"Thumbs.db"}, m.Ignored)
	require.Len(t, m.Files[1].Proves, 2)
	assert.Equal(t, 2, *m.Files[0].Proves[0].Page)
	assert.Empty(t, m.Files[3].Proves)
}

func TestWrite(t *testing.T) {
	r := given()
	m, err := submission.Plan(r, "id")
	require.NoError(t, err)
	open := func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("abc")), nil }
	var one, two bytes.Buffer
	require.NoError(t, submission.Write(&one, r, m, open, "id"))
	require.NoError(t, submission.Write(&two, r, m, open, "id"))
	assert.Equal(t, one.Bytes(), two.Bytes(), "the same bytes")

	z, err := zip.NewReader(bytes.NewReader(one.Bytes()), int64(one.Len()))
	require.NoError(t, err)
	require.Len(t, z.File, len(m.Files)+2)
	for _, f := range z.File {
		assert.NotContains(t, f.Name, "..", "no name leads out of the folder")
		assert.False(t, path.IsAbs(f.Name))
		if f.Name == "manifest.json" {
			in, err := f.Open()
			require.NoError(t, err)
			var got submission.Manifest
			require.NoError(t, json.NewDecoder(in).Decode(&got))
			assert.Equal(t, *m, got)
		}
	}

	var changed *submission.ChangedError
	err = submission.Write(io.Discard, r, m, func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader("abd")), nil }, "id")
	require.ErrorAs(t, err, &changed)
	assert.Equal(t, "x/CON.pdf", changed.Source)
	gone := errors.New("gone")
	assert.ErrorIs(t, submission.Write(io.Discard, r, m, func(string) (io.ReadCloser, error) { return nil, gone }, "id"), gone)
}

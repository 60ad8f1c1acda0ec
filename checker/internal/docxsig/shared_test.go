package docxsig_test

import (
	"crypto/x509"
	"encoding/pem"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/docxsig"
	"dasheval/checker/text"
)

// TestShared judges the shared collection of documents, which is not part of
// the repository.
func TestShared(t *testing.T) {
	const dir = "../../../../shared/signing"
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no collection of signed documents: ", err)
	}
	// The signatures leave out the intermediate certificate.
	trust := docxsig.Trust{Now: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	for _, name := range []string{"test-root.crt", "test-inter.crt"} {
		b, err := os.ReadFile(filepath.Join(dir, "trust", name))
		require.NoError(t, err)
		block, _ := pem.Decode(b)
		require.NotNil(t, block, name)
		cert, err := x509.ParseCertificate(block.Bytes)
		require.NoError(t, err)
		trust.Roots = append(trust.Roots, cert)
	}
	line := docxsig.Line{Signer: "Siti Contoh Rahayu", Title: "Kepala Dinas", ID: "{B5D6B1C0-0000-4000-8000-000000000001}"}
	signed := line
	signed.Signed = true
	want := map[string]struct {
		states []text.Judgement
		lines  []docxsig.Line
	}{
		"d1": {}, "d2": {}, "d3": {}, "d4": {},
		"d5": {lines: []docxsig.Line{line}},
		"d6": {states: []text.Judgement{text.Valid}},
		"d7": {states: []text.Judgement{text.Altered}},
		"d8": {states: []text.Judgement{text.Valid}, lines: []docxsig.Line{signed}},
	}
	files, err := filepath.Glob(filepath.Join(dir, "docx", "*.docx"))
	require.NoError(t, err)
	require.Len(t, files, len(want))
	for _, file := range files {
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		res := docxsig.Verify(t.Context(), data, trust)
		id, _, _ := strings.Cut(filepath.Base(file), "-")
		var states []text.Judgement
		for _, sig := range res.Signatures {
			states = append(states, sig.State)
		}
		assert.Equal(t, want[id].states, states, file)
		assert.Equal(t, want[id].lines, res.Lines, file)
	}
}

package pdfsig_test

import (
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/pdfsig"
	"dasheval/checker/text"
)

// crafted is a folder of files signed and attacked by other programs, which is
// not part of the repository.
const crafted = "../../../../shared/signing"

// worst are the states of a file, worst first.
var worst = []text.Judgement{text.Altered, text.Broken, text.Undecided, text.ValidUntrusted, text.Valid}

func fileState(found []text.Signature) text.Judgement {
	for _, state := range worst {
		for _, s := range found {
			if s.State == state {
				return state
			}
		}
	}
	return "unsigned"
}

func TestCraftedFiles(t *testing.T) {
	expected, err := os.ReadFile(filepath.Join(crafted, "expected.json"))
	if err != nil {
		t.Skip("no crafted files:", err)
	}
	var truth struct {
		Files map[string]struct {
			State      string
			Signatures int
		}
	}
	require.NoError(t, json.Unmarshal(expected, &truth))
	raw, err := os.ReadFile(filepath.Join(crafted, "trust", "test-root.crt"))
	require.NoError(t, err)
	block, _ := pem.Decode(raw)
	root, err := x509.ParseCertificate(block.Bytes)
	require.NoError(t, err)

	states := map[string][]text.Judgement{
		"valid_with_warning":            {text.Valid},
		"altered_or_valid_with_warning": {text.Valid, text.Altered},
	}
	files, err := filepath.Glob(filepath.Join(crafted, "pdf", "*.pdf"))
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		name := "pdf/" + filepath.Base(file)
		data, err := os.ReadFile(file)
		require.NoError(t, err)
		want, ok := truth.Files[name]
		require.True(t, ok, name)
		found := pdfsig.Verify(t.Context(), data, pdfsig.Trust{Roots: []*x509.Certificate{root}})
		allowed := states[want.State]
		if allowed == nil {
			allowed = []text.Judgement{text.Judgement(want.State)}
		}
		assert.Contains(t, allowed, fileState(found), "%s: %+v", name, found)
		assert.Len(t, found, want.Signatures, name)
	}
}

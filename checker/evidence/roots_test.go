package evidence_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
)

func TestRoots(t *testing.T) {
	root := t.TempDir()
	write(t, root, "1/bukti/a.pdf", "x")
	write(t, root, "1/bukti/dasheval.yaml", "x")
	write(t, root, "1/bukti/s/dasheval.yaml", "x")
	write(t, root, "2/bukti/a.pdf", "x")
	write(t, root, "2/v1.2/a.pdf", "x")
	write(t, root, "3/v1.2/a.pdf", "x")
	write(t, root, "1/sk.pdf", "x")
	write(t, root, "2/sk.pdf", "x")
	write(t, root, "a.zip", zipOf(t, "b.pdf", "x"))
	write(t, root, "readme.txt", "x")

	tests := []struct {
		name  string
		paths []string
		want  []string
	}{
		{"one folder", []string{"1/bukti"}, []string{"a.pdf", "dasheval.yaml ?settings", "s/dasheval.yaml"}},
		{"one file", []string{"1/sk.pdf"}, []string{"sk.pdf"}},
		{"one archive", []string{"a.zip"}, []string{"a.zip +", "a.zip!b.pdf"}},
		{"one note", []string{"readme.txt"}, []string{"readme.txt ?note"}},
		{"folders of one name", []string{"1/bukti", "2/bukti"},
			[]string{"bukti (2)/a.pdf", "bukti/a.pdf", "bukti/dasheval.yaml ?settings", "bukti/s/dasheval.yaml"}},
		{"a point in a folder is no extension", []string{"2/v1.2", "3/v1.2"}, []string{"v1.2 (2)/a.pdf", "v1.2/a.pdf"}},
		{"files of one name", []string{"1/sk.pdf", "2/sk.pdf"}, []string{"sk (2).pdf", "sk.pdf"}},
		{"sorted over all", []string{"1/sk.pdf", "a.zip", "2/bukti"}, []string{"a.zip +", "a.zip!b.pdf", "bukti/a.pdf", "sk.pdf"}},
		{"one twice", []string{"2/bukti", "2/bukti/", "2/../2/bukti"}, []string{"a.pdf"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var paths []string
			for _, p := range test.paths {
				paths = append(paths, root+string(filepath.Separator)+filepath.FromSlash(p))
			}
			src, err := evidence.Roots(paths, evidence.Options{})
			require.NoError(t, err)
			assert.Equal(t, test.want, lines(t, src))
		})
	}
}

func TestRootsOfWorkingFolder(t *testing.T) {
	root := t.TempDir()
	write(t, root, "bukti/a.pdf", "x")
	write(t, root, "sk.pdf", "x")
	t.Chdir(filepath.Join(root, "bukti"))
	src, err := evidence.Roots([]string{".", "../sk.pdf"}, evidence.Options{})
	require.NoError(t, err)
	assert.Equal(t, []string{"bukti/a.pdf", "sk.pdf"}, lines(t, src))
}

func TestRootsMissing(t *testing.T) {
	_, err := evidence.Roots(nil, evidence.Options{})
	assert.Error(t, err)

	root := t.TempDir()
	_, err = evidence.Roots([]string{"tidak ada", root, "juga tidak"}, evidence.Options{})
	require.ErrorIs(t, err, fs.ErrNotExist)
	assert.Equal(t, `"tidak ada": no such file or folder; check the spelling, and put quotes around a path with spaces
"juga tidak": no such file or folder; check the spelling, and put quotes around a path with spaces`, err.Error())
}

func TestRootGoneBeforeTheListing(t *testing.T) {
	root := filepath.Join(t.TempDir(), "bukti")
	require.NoError(t, os.Mkdir(root, 0o755))
	src, err := evidence.Roots([]string{root}, evidence.Options{})
	require.NoError(t, err)
	require.NoError(t, os.Remove(root))
	for _, err := range src.Files(t.Context()) {
		assert.ErrorIs(t, err, fs.ErrNotExist)
	}
}

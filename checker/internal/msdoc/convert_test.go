package msdoc_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/msdoc"
)

func ExampleConvert() {
	data, err := os.ReadFile("testdata/letter.doc")
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := msdoc.Convert(context.Background(), data)
	if err != nil {
		fmt.Println(err)
		return
	}
	doc, err := docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, line := range doc.Pages[0].Lines[:3] {
		fmt.Println(line.Text())
	}
	// Output:
	// KEMENTERIAN CONTOH
	// KEPUTUSAN KEPALA BALAI
	// NOMOR 12 TAHUN 2025
}

// TestLetter compares a document with the DOCX it was made from: the same
// lines on the same pages, at the same places in tables, with the same
// pictures between them.
func TestLetter(t *testing.T) {
	data, err := os.ReadFile("testdata/letter.doc")
	require.NoError(t, err)
	original, err := os.ReadFile("testdata/letter.docx")
	require.NoError(t, err)
	out, err := msdoc.Convert(t.Context(), data)
	require.NoError(t, err)
	want, got := read(t, original), read(t, out)
	assert.Equal(t, laidOut(want), laidOut(got))
	assert.Contains(t, strings.Join(laidOut(got), "\n"), "Kepala Balai,\n[picture]\nYusuf Kurniawan")
	require.Len(t, got.Pages, len(want.Pages))
	for i, page := range want.Pages {
		for j, line := range page.Lines {
			other := got.Pages[i].Lines[j]
			assert.Equal(t, [3]int{line.Table, line.Row, line.Column}, [3]int{other.Table, other.Row, other.Column}, line.Text())
			assert.InDelta(t, line.Box.X0, other.Box.X0, 1, line.Text())
		}
		for j, im := range page.Images {
			assert.InDelta(t, im.Box.X1-im.Box.X0, got.Pages[i].Images[j].Box.X1-got.Pages[i].Images[j].Box.X0, 1)
			assert.InDelta(t, im.Box.Y1-im.Box.Y0, got.Pages[i].Images[j].Box.Y1-got.Pages[i].Images[j].Box.Y0, 1)
		}
	}
}

func TestErrors(t *testing.T) {
	whole := file{text: []stretch{{text: "text\r"}}}
	patched := func(at int, b ...byte) []byte {
		f := whole
		f.patch = func(word []byte) { copy(word[at:], b) }
		return f.bytes()
	}
	// pieces returns a file in which n pieces of a length are the same bytes.
	pieces := func(n, length int) []byte {
		word, table, data := file{text: []stretch{{text: strings.Repeat("x", 1<<16) + "\r"}}}.streams()
		clx := join([]byte{2}, u32(4+12*n), u32(0))
		for i := range n {
			clx = append(clx, u32((i+1)*length)...)
		}
		for range n {
			clx = join(clx, u16(0), u32(textStart*2|0x40000000), u16(0))
		}
		copy(word[154+8*33:], join(u32(len(table)), u32(len(clx))))
		return compound(word, append(table, clx...), data)
	}
	// Each paragraph follows the same long properties in the Data stream.
	again := file{
		text: []stretch{{text: strings.Repeat("\r", 20), prm: 1}},
		prcs: [][]byte{bytes.Repeat(sprm(0x6646, u32(4)...), 70)},
		data: join(make([]byte, 4), u16(0xfff0), bytes.Repeat(sprm(0x2461, 1), 0xfff0/3)),
	}
	word, _, _ := whole.streams()
	letter, err := os.ReadFile("testdata/letter.doc")
	require.NoError(t, err)
	for _, c := range []struct {
		name string
		data []byte
		want error
	}{
		{"nothing", nil, evidence.ErrCorrupt},
		{"no container", []byte(strings.Repeat("text ", 200)), evidence.ErrCorrupt},
		{"encrypted", patched(11, 0x03), evidence.ErrEncrypted},
		{"obfuscated", patched(11, 0x83), evidence.ErrEncrypted},
		{"Word 6", patched(0, 0xdc, 0xa5, 0x65), evidence.ErrUnsupported},
		{"Word 95", patched(2, 0x68), evidence.ErrUnsupported},
		{"no FIB", patched(0, 0, 0), evidence.ErrCorrupt},
		{"no table stream", compound(word, nil, nil), evidence.ErrCorrupt},
		{"other table stream", patched(11, 0), evidence.ErrCorrupt},
		{"piece beyond the end", pieces(1, 1<<20), evidence.ErrCorrupt},
		{"sectors that are not there", join(letter[:64], u32(1<<24), letter[68:]), evidence.ErrCorrupt},
		{"no directory", join(letter[:48], u32(-2), letter[52:]), evidence.ErrCorrupt},
		{"directory beyond the end", join(letter[:48], u32(1<<20), letter[52:]), evidence.ErrCorrupt},
		{"sectors of another size", join(letter[:30], u16(20), letter[32:]), evidence.ErrCorrupt},
		{"cut off", letter[:len(letter)/2], evidence.ErrCorrupt},
		{"header only", letter[:512], evidence.ErrCorrupt},
		{"another kind of file", renamed(letter, "Workbook"), evidence.ErrUnsupported},
		{"encrypted package", renamed(letter, "EncryptedPackage"), evidence.ErrEncrypted},
		{"too many characters", pieces(300, 1<<16), evidence.ErrTooLarge},
		{"too much to write", file{text: []stretch{{text: strings.Repeat("\t", 6<<20)}}}.bytes(), evidence.ErrTooLarge},
		{"properties read again and again", again.bytes(), evidence.ErrTooLarge},
	} {
		out, err := msdoc.Convert(t.Context(), c.data)
		assert.ErrorIs(t, err, c.want, c.name)
		assert.Nil(t, out, c.name)
	}
}

// renamed returns a file with another name for its main stream.
func renamed(data []byte, name string) []byte {
	at := bytes.Index(data, entry("WordDocument", 2, 0, 0, 0, 0)[:64])
	out := bytes.Clone(data)
	copy(out[at:], entry(name, 2, 0, 0, 0, 0)[:66])
	return out
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := msdoc.Convert(ctx, file{text: []stretch{{text: "text\r"}}}.bytes())
	assert.ErrorIs(t, err, context.Canceled)
}

// piles holds documents with what is known about them. It is not part of the
// project.
const piles = "../../../../shared/piles"

// TestPiles reads the documents of the piles. Each one shows its title and, if
// it was signed by hand, a picture between two lines of a signature.
func TestPiles(t *testing.T) {
	names, err := filepath.Glob(filepath.Join(piles, "*", "truth.json"))
	require.NoError(t, err)
	if len(names) == 0 {
		t.Skip("no piles at " + piles)
	}
	n := 0
	for _, name := range names {
		var truth struct {
			Files []struct{ Path, Title, Signed string }
		}
		b, err := os.ReadFile(name)
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(b, &truth))
		for _, d := range truth.Files {
			if filepath.Ext(d.Path) != ".doc" {
				continue
			}
			data, err := os.ReadFile(filepath.Join(filepath.Dir(name), "files", filepath.FromSlash(d.Path)))
			require.NoError(t, err)
			begin := time.Now()
			all := lines(t, data)
			assert.Less(t, time.Since(begin), 5*time.Second, d.Path)
			words := strings.Fields(strings.ToLower(strings.Join(all, " ")))
			for _, w := range strings.Fields(strings.ToLower(d.Title)) {
				assert.Contains(t, words, w, d.Path)
			}
			assert.Equal(t, d.Signed == "image", signed(all), d.Path)
			n++
		}
	}
	assert.Positive(t, n)
}

// signed reports whether a picture stands right before a name over a staff
// number.
func signed(lines []string) bool {
	for i := range len(lines) - 2 {
		if lines[i] == "[picture]" && strings.HasPrefix(lines[i+2], "NIP") {
			return true
		}
	}
	return false
}

package msdoc_test

import (
	"bytes"
	"errors"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"dasheval/checker/evidence"
	"dasheval/checker/internal/docx"
	"dasheval/checker/internal/msdoc"
)

// FuzzConvert feeds the converter files.
func FuzzConvert(f *testing.F) {
	letter, err := os.ReadFile("testdata/letter.doc")
	require.NoError(f, err)
	f.Add(letter)
	f.Add(seed().bytes())
	f.Fuzz(func(t *testing.T, data []byte) { convertible(t, data) })
}

// FuzzStreams feeds it the streams of a file: few changed bytes of a container
// get as far as the text.
func FuzzStreams(f *testing.F) {
	word, table, data := seed().streams()
	f.Add(word, table, data)
	f.Fuzz(func(t *testing.T, word, table, data []byte) { convertible(t, compound(word, table, data)) })
}

// seed returns a file with something of everything.
func seed() file {
	return file{
		text: []stretch{
			{text: "a\x08\x07b\r\r\x07\x07\x13 X \x14r\x15"}, {text: "\x01", chars: special(sprm(0x6a03, 0, 0, 0, 0)...)},
			{text: "Ж\x0c", wide: true, prm: 1}, {text: "c\x0c\r"}, {text: "hidden", chars: vanish(0x81)}, {text: "\x02\r"}, {text: "note\rhead\r\rbox\r"},
		},
		paras: map[int][]byte{
			0: para(0, inTable()), 1: para(0, depth(2), innerCell()), 2: para(0, depth(2), innerRow(), columns(0, 100)), 3: para(0, inTable()),
			4: para(0, sprm(0x6646, u32(100)...)), 5: para(0, list(1, 1), sprm(0xc60d, 5, 1, 10, 0, 1, 20, 0, 0)),
		},
		prcs:    [][]byte{vanish(0)},
		data:    join(at(picf(0x64, record(0xf007, 0)), 100), u16(len(rowEnd())), rowEnd()),
		stories: [11]int{3: 31, 4: 5, 5: 6, 9: 4},
		tables: map[int][]byte{
			2: join(u32(29), u32(31), u16(1)), 6: join(u32(0), u32(24), u32(31), make([]byte, 24)),
			11: join(u32(0), u32(0), u32(0), u32(0), u32(0), u32(0), u32(0), u32(0), u32(6)),
			15: fonts("Symbol"), 40: anchors(31, 1, 5), 50: drawings(drawn(textBox, 5, txid, 1<<16)), 56: join(u32(0), u32(4), make([]byte, 22)),
		},
	}
}

// convertible checks that a file gives a document that can be read, or an
// error with a reason.
func convertible(t *testing.T, data []byte) {
	out, err := msdoc.Convert(t.Context(), data)
	if err != nil {
		if out != nil || !errors.Is(err, evidence.Named(evidence.Reason(err))) {
			t.Fatalf("%d bytes and error %v", len(out), err)
		}
		return
	}
	doc, err := docx.Read(bytes.NewReader(out), int64(len(out)), docx.Limits{})
	if err == nil && len(doc.Pages) > 0 {
		return
	}
	if reason := evidence.Reason(err); reason != "too_large" {
		t.Fatalf("converted to what cannot be read: %v", err)
	}
}

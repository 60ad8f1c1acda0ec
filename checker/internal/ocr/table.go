package ocr

import (
	"bytes"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A Word is a word that was read on a page.
type Word struct {
	Text string
	// X0 to Y1 is where it stands, in pixels from the top left.
	X0, Y0, X1, Y1 int
	// Confidence is how sure the program is, 0 to 100.
	Confidence float64
	// Line numbers the lines of the page in reading order, from 1.
	Line int
}

// ErrTable says that bytes are no table of words.
var ErrTable = errors.New("not a table of words")

// Columns of a table, tesseract(1) and its file tsv.
const (
	colLevel = iota
	colPage
	colBlock
	colParagraph
	colLine
	colWord
	colLeft
	colTop
	colWidth
	colHeight
	colConfidence
	colText
	columns
)

const (
	wordLevel = 5
	maxWords  = 20_000 // of a page; a dense one has 1,000
	maxPixels = 1 << 20
	maxLetter = 200 // bytes of one word
)

// Parse returns the words of a table as [Program.Read] returns it, in reading
// order. A line that was cut off is left out. Its error is [ErrTable].
func Parse(table []byte) ([]Word, error) {
	var out []Word
	line, last := 0, ""
	for row := range bytes.Lines(table) {
		f := strings.SplitN(strings.TrimRight(string(row), "\r\n"), "\t", columns)
		if len(f) < columns {
			continue
		}
		if f[colLevel] != strconv.Itoa(wordLevel) {
			continue
		}
		var n [columns]int
		for i := range colConfidence {
			v, err := strconv.Atoi(f[i])
			if err != nil || v < 0 || v > maxPixels {
				return nil, ErrTable
			}
			n[i] = v
		}
		confidence, err := strconv.ParseFloat(f[colConfidence], 64)
		if err != nil || !(confidence >= -1 && confidence <= 100) {
			return nil, ErrTable
		}
		text := strings.TrimSpace(f[colText])
		if text == "" || len(text) > maxLetter || !utf8.ValidString(text) {
			continue
		}
		if len(out) == maxWords {
			return nil, ErrTable
		}
		if here := strings.Join(f[colBlock:colWord], "\t"); here != last {
			line, last = line+1, here
		}
		out = append(out, Word{
			Text: text, Confidence: max(confidence, 0), Line: line,
			X0: n[colLeft], Y0: n[colTop], X1: n[colLeft] + n[colWidth], Y1: n[colTop] + n[colHeight],
		})
	}
	return out, nil
}

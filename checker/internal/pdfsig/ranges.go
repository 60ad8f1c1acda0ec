package pdfsig

import (
	"bytes"
	"encoding/hex"
	"strconv"

	"dasheval/checker/internal/native"
	"dasheval/checker/text"
)

// A coverage is the signed bytes of a file, before and after the gap in which
// the signature stands: [0, from) and [to, end).
type coverage struct{ from, to, end int }

// parts returns the signed bytes.
func (c coverage) parts(data []byte) [][]byte {
	return [][]byte{data[:c.from], data[c.to:c.end]}
}

// cover reads the range of signed bytes of a signature dictionary. It accepts
// the one form that ISO 32000-2, 12.8.1, recommends and all signers write.
// Anything else lets bytes be shown that are not signed.
func cover(dict *native.Dict, data []byte) (coverage, *fault) {
	count := 0
	for _, e := range dict.Entries {
		if e.Key == "ByteRange" {
			count++
		}
	}
	list, ok := dict.Value("ByteRange").(native.Array)
	if count != 1 || !ok || len(list) != 4 {
		return coverage{}, broken(text.CauseRange, "ByteRange")
	}
	var n [4]int
	for i, v := range list {
		written, ok := v.(native.Number)
		value, err := strconv.ParseUint(string(written), 10, 31)
		if !ok || err != nil {
			return coverage{}, broken(text.CauseRange, "ByteRange")
		}
		n[i] = int(value)
	}
	c := coverage{from: n[1], to: n[2], end: n[2] + n[3]}
	switch {
	case n[0] != 0 || n[1] == 0:
		return coverage{}, broken(text.CauseRange, "start")
	case c.to <= c.from+1:
		return coverage{}, broken(text.CauseRange, "gap")
	case n[3] == 0 || c.end > len(data):
		return coverage{}, broken(text.CauseRange, "end")
	case !endsRevision(data[:c.end]):
		return coverage{}, broken(text.CauseRange, "end")
	}
	return c, nil
}

const (
	endMark = "%%EOF"
	space   = "\x00\t\n\f\r "
)

// endsRevision reports whether data ends as a file does.
func endsRevision(data []byte) bool {
	const longest = 1024 // of white space after the mark; Adobe's readers look as far
	return bytes.HasSuffix(bytes.TrimRight(data[max(0, len(data)-longest):], space), []byte(endMark))
}

// embedded returns the CMS message of a signature dictionary, which must fill the
// gap of the signed bytes.
func embedded(dict *native.Dict, c coverage, data []byte) ([]byte, *fault) {
	count := 0
	for _, e := range dict.Entries {
		if e.Key == "Contents" {
			count++
		}
	}
	contents, ok := dict.Value("Contents").(native.String)
	if count != 1 || !ok {
		return nil, broken(text.CauseContents, "Contents")
	}
	if contents.From != c.from || contents.To != c.to {
		return nil, broken(text.CauseRange, "gap")
	}
	gap := data[c.from:c.to]
	if gap[0] != '<' || gap[len(gap)-1] != '>' || len(gap) > 2*maxMessage {
		return nil, broken(text.CauseContents, "gap")
	}
	message := make([]byte, hex.DecodedLen(len(gap)-2))
	if _, err := hex.Decode(message, gap[1:len(gap)-1]); err != nil {
		return nil, broken(text.CauseContents, "gap")
	}
	if len(bytes.Trim(message, "\x00")) == 0 {
		return nil, broken(text.CauseContents, "empty")
	}
	return message, nil
}

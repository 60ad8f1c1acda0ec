package office

import (
	"bufio"
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
)

// The marks that tell an encoding.
var (
	markUTF8    = []byte("\xef\xbb\xbf")
	markLittle  = []byte("\xff\xfe")
	markBig     = []byte("\xfe\xff")
	littleXML   = []byte("<\x00")
	bigXML      = []byte("\x00<")
	decodeLE    = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	decodeBE    = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	windows1252 = charmap.Windows1252
)

// unmarked returns XML as UTF-8 without a mark if its first bytes are those of
// UTF-16 or a mark; else as it is.
func unmarked(r io.Reader) io.Reader {
	b := bufio.NewReader(r)
	head, _ := b.Peek(3)
	switch {
	case bytes.HasPrefix(head, markUTF8):
		b.Discard(len(markUTF8))
	case bytes.HasPrefix(head, markLittle), bytes.HasPrefix(head, littleXML):
		return decodeLE.NewDecoder().Reader(b)
	case bytes.HasPrefix(head, markBig), bytes.HasPrefix(head, bigXML):
		return decodeBE.NewDecoder().Reader(b)
	}
	return b
}

// decodeText returns plain text as UTF-8: by its mark, else as UTF-8 if it is
// that, else as Windows-1252.
func decodeText(data []byte) (string, error) {
	enc := windows1252.NewDecoder()
	switch {
	case bytes.HasPrefix(data, markLittle):
		enc = decodeLE.NewDecoder()
	case bytes.HasPrefix(data, markBig):
		enc = decodeBE.NewDecoder()
	case utf8.Valid(data):
		return string(bytes.TrimPrefix(data, markUTF8)), nil
	}
	out, err := enc.Bytes(data)
	return string(out), err
}

// codepage returns the encoding of a code page of Windows, nil if it is not
// known.
func codepage(n int) encoding.Encoding {
	switch n {
	case 437:
		return charmap.CodePage437
	case 850:
		return charmap.CodePage850
	case 852:
		return charmap.CodePage852
	case 1252:
		return windows1252
	}
	name, ok := codepages[n]
	if !ok {
		return nil
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		return nil
	}
	return enc
}

// codepages names code pages as the encoding standard of the web does.
var codepages = map[int]string{
	866: "ibm866", 874: "windows-874", 932: "shift_jis", 936: "gbk", 949: "euc-kr", 950: "big5",
	1250: "windows-1250", 1251: "windows-1251", 1253: "windows-1253", 1254: "windows-1254", 1255: "windows-1255",
	1256: "windows-1256", 1257: "windows-1257", 1258: "windows-1258", 10000: "macintosh", 65001: "utf-8",
}

// charsets are the code pages of the character sets of fonts.
var charsets = map[int]int{
	0: 1252, 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
	177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250, 254: 437, 255: 850,
}

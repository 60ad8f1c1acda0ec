package native

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestNumbers(t *testing.T) {
	for in, want := range map[string]float64{
		"0": 0, "12": 12, "-3": -3, "+4.5": 4.5, ".25": 0.25, "-.5": -0.5, "7.": 7, "--8": -8, "1.5-3": 1.5, "10000000000": 1e10,
		"a": math.NaN(), "1a": math.NaN(), "1.2.3": math.NaN(), "-": math.NaN(), "'": math.NaN(), "": math.NaN(),
	} {
		got, ok := parseNumber([]byte(in))
		if assert.Equal(t, !math.IsNaN(want), ok, in) && ok {
			assert.InDelta(t, want, got, 1e-9, in)
		}
	}
}

func TestEntries(t *testing.T) {
	dict := []byte("/A 1 0 R /B#43 /Name /D [1 [2] (]) 3] % >> /E 9\n/E << /F << /G (>>) >> >> /H (a\\)b) /I <</J/K>>/L -1")
	for key, want := range map[string]string{
		"A": "1 0 R", "BC": "/Name", "D": "[1 [2] (]) 3]", "E": "<< /F << /G (>>) >> >>", "H": `(a\)b)`, "I": "<</J/K>>", "L": "-1",
		"Name": "", "F": "", "R": "",
	} {
		assert.Equal(t, want, string(entry(dict, key)), key)
	}
	assert.Equal(t, []int{1, -2, 1 << 40}, integers([]byte("[1 -2 9999999999999999]")))
}

// TestPredictors undoes each predictor of PNG on the row that follows 1 2 3 4.
func TestPredictors(t *testing.T) {
	for _, c := range []struct {
		name string
		row  []byte
	}{
		{"none", []byte{0, 11, 12, 13, 24}},
		{"left", []byte{1, 11, 1, 1, 11}},
		{"up", []byte{2, 10, 10, 10, 20}},
		{"average", []byte{3, 11, 6, 6, 16}},
		{"paeth", []byte{4, 10, 1, 1, 11}},
	} {
		got, err := unpredict(append([]byte{0, 1, 2, 3, 4}, c.row...), 15, 4, 1)
		require.NoError(t, err)
		assert.Equal(t, []byte{1, 2, 3, 4, 11, 12, 13, 24}, got, c.name)
	}
	_, err := unpredict(nil, 2, 4, 1)
	assert.ErrorIs(t, err, errFilter, "that of TIFF")
}

func TestCodes(t *testing.T) {
	c := parseCMap([]byte(`/Other usecmap 3 begincodespacerange <00> <7F> <8140> <9FFC> <E0000000> <E0FFFFFF> endcodespacerange
		2 begincidrange <00> <0F> 100 <8140> <817E> 200 endcidrange 1 begincidchar <20> 7 endcidchar`))
	assert.True(t, c.foreign)
	for _, in := range []struct {
		text string
		code uint32
		n    int
		cid  uint32
	}{
		{"\x05a", 5, 1, 105}, {"\x20", 0x20, 1, 7}, {"\x21", 0x21, 1, 0}, {"\x81\x41", 0x8141, 2, 201},
		{"\x81\x30", 0x81, 1, 0}, {"\xe0\x00\x00\x01", 0xe0000001, 4, 0}, {"\xff", 0xff, 1, 0},
	} {
		code, n := c.code([]byte(in.text))
		assert.Equal(t, in.code, code, "%q", in.text)
		assert.Equal(t, in.n, n, "%q", in.text)
		assert.Equal(t, in.cid, c.cid(code), "%q", in.text)
	}
	many := newMapping()
	many.set(1<<20, []rune("a"))
	r, _ := many.get(1 << 20)
	assert.Equal(t, 'a', r)
}

func TestUnpadded(t *testing.T) {
	for in, want := range map[string]string{
		"0123456789abcde\x01": "0123456789abcde", "\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10\x10": "",
		"0123456789abcdef": "0123456789abcdef", "short\x01": "short\x01", "": "", "0123456789abcd\x01\x02": "0123456789abcd\x01\x02",
	} {
		assert.Equal(t, want, unpadded(in))
	}
}

// TestObjectNumbers holds what the object layer keeps to itself: a new version
// of it may keep it elsewhere.
func TestObjectNumbers(t *testing.T) {
	assert.NotPanics(t, func() { assert.Zero(t, objectNumber(value{})) })
}

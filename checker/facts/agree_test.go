package facts_test

import (
	"testing"

	"dasheval/checker/facts"
	"dasheval/checker/text"

	"github.com/stretchr/testify/assert"
)

func TestAgree(t *testing.T) {
	numbered := func(origin text.Origin, number string) *facts.Document {
		return &facts.Document{Origin: origin, Facts: map[string]facts.Fact{"number": {Value: number}}}
	}
	for _, c := range []struct{ others, read, want string }{
		{"12/PL46/OT.02.01/2025", "319/PL.46/OT.02.01/2025", "319/PL46/OT.02.01/2025"},
		{"0016/C.IX.7/OT.03/2025", "0041/C.1X.7/0T.03/2O25", "0041/C.IX.7/OT.03/2025"},
		{"12/PL46/HK.02/2025", "l2/PL46/HK.02/2025", "l2/PL46/HK.02/2025"}, // the running number
		{"12/PL46/HK.02/2025", "13/PL47/HK.03/2024", "13/PL47/HK.03/2024"}, // other codes
		{"12", "13", "13"},
		{"12/W13/UND/IV/2025", "004/W13/UND/1/2025", "004/W13/UND/I/2025"},
		{"12/W13/UND/IV/2025", "004/W13/UND/TV/2025", "004/W13/UND/IV/2025"},
		{"12/W13/UND/4/2025", "004/W13/UND/1/2025", "004/W13/UND/1/2025"}, // months in digits
		{"445/001/RSUD/2025", "445/008/IRSUD/2025", "445/008/RSUD/2025"},
		{"W.27-0001.OT.02.02 TAHUN 2025", "| W.27-0112.0T.02.02 TAHUN 2025", "W.27-0112.OT.02.02 TAHUN 2025"},
		{"12/A", "", ""},
	} {
		a, b, read := numbered(text.Layer, c.others), numbered(text.OCR, c.others), numbered(text.OCR, c.read)
		facts.Agree([]*facts.Document{a, {Facts: map[string]facts.Fact{}, Parts: []*facts.Document{read}}, b})
		assert.Equal(t, c.want, read.Facts["number"].Value)
		assert.Equal(t, c.others, a.Facts["number"].Value)
		if c.want == c.read {
			assert.Empty(t, read.Read)
		} else {
			assert.Equal(t, c.read, read.Read["number"])
		}
	}
	// The date tells how many strokes a month has.
	dated := numbered(text.OCR, "171/W13/LAP/VI11/2025")
	dated.Facts["date"] = facts.Fact{Value: "2025-07-14"}
	facts.Agree([]*facts.Document{dated})
	assert.Equal(t, "171/W13/LAP/VII/2025", dated.Facts["number"].Value)
	// One document does not outvote another.
	x, y := numbered(text.OCR, "1/PL.46/2025"), numbered(text.OCR, "2/PL46/2025")
	facts.Agree([]*facts.Document{x, y})
	assert.Equal(t, "1/PL.46/2025", x.Facts["number"].Value)
	// What was written is never corrected.
	z := numbered(text.Layer, "3/PL.46/2025")
	facts.Agree([]*facts.Document{z, numbered(text.Layer, "4/PL46/2025"), numbered(text.Layer, "5/PL46/2025"), numbered(text.Layer, "6/PL46/2025")})
	assert.Equal(t, "3/PL.46/2025", z.Facts["number"].Value)
}

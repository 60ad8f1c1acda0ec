package native

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"dasheval/checker/text"
)

// FuzzJudge gives the detector any words. The order of the lines does not
// matter, and no doubt is told twice.
func FuzzJudge(f *testing.F) {
	f.Add("Keputusan Kepala Balai tentang tim kerja\npembangunan zona integritas tahun 2025 S.Pd.,M.Si")
	f.Add("k e p u t u s a n \ufffd \uf0b7\naB.Ab\x01 \u05d0")
	f.Fuzz(func(t *testing.T, s string) {
		var lines []text.Line
		for part := range strings.SplitSeq(s, "\n") {
			var l text.Line
			for i, w := range strings.Fields(part) {
				l.Words = append(l.Words, text.Word{Text: w, Box: text.Box{X0: float64(20 * i), X1: float64(20*i + 10), Y1: 10}})
			}
			lines = append(lines, l)
		}
		one := judge(lines)
		slices.Reverse(lines)
		assert.Equal(t, one, judge(lines))
		for i, d := range one {
			assert.NotContains(t, one[:i], d)
		}
	})
}

package verdict

import "math"

// pointTolerance is how far apart two numbers of points may lie and still count
// as equal. It absorbs binary rounding only: the instrument compares unrounded
// points by "greater than or equal to".
const pointTolerance = 1e-9

// An Interval is a score (0 to 1), an index (0 to 4) or a number of points
// (0 to 100) known from both ends. Low is what is certain, High what is still
// possible; Low <= High. The zero Interval is a certain zero.
type Interval struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

func (v Interval) plus(w Interval) Interval {
	return Interval{v.Low + w.Low, v.High + w.High}
}

func (v Interval) times(f float64) Interval {
	return Interval{v.Low * f, v.High * f}
}

// within tells whether v is well formed and lies in [low, high]. It is false
// for NaN.
func (v Interval) within(low, high float64) bool {
	return v.Low >= low && v.Low <= v.High && v.High <= high
}

// gapTo returns how much of v is missing from a minimum. Low is the gap that is
// certain, so it comes from the high end of v. Gaps within the tolerance are 0.
func (v Interval) gapTo(minimum float64) Interval {
	return Interval{gap(v.High, minimum), gap(v.Low, minimum)}
}

func gap(have, want float64) float64 {
	if d := want - have; d > pointTolerance {
		return d
	}
	return 0
}

// quantum returns x in whole steps of the tolerance, so that sorting treats
// numbers that differ by binary rounding only as equal.
func quantum(x float64) float64 { return math.Round(x / pointTolerance) }

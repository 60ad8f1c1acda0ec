package verdict

import (
	"errors"
	"fmt"

	"dasheval/rules"
)

// A GateOutcome tells whether points meet a gate.
type GateOutcome string

// A gate is passed or missed only when no evidence that is still to come could
// change that. In between it is open.
const (
	GatePassed GateOutcome = "passed" // the low end meets the minimum
	GateMissed GateOutcome = "missed" // not even the high end meets it
	GateOpen   GateOutcome = "open"
)

// A GateResult is one gate of the predicate and how the points stand to it.
type GateResult struct {
	Gate    *rules.Gate
	Outcome GateOutcome
	// Points is the sum over the scope of the gate.
	Points Interval
	// Need is how many points the gate asks for: its minimum or, if more, what
	// the survey index it demands is worth in points.
	Need float64
	// Index is the survey index on the scale of its answer type (0 to 4), the
	// lowest if the scope holds several; zero if the gate demands none.
	Index Interval
	// Gap is how many points are missing. Low is the gap that stays whatever
	// evidence still comes, High the gap from what is certain; 0 is none.
	Gap Interval
}

// Gates judges every gate of the predicate, "WBK" or "WBBM", in the order of the
// pack. Minima are met by points greater than or equal to them (PermenPANRB
// 90/2021), with a tolerance of 1e-9 for binary rounding. All gates must be
// passed; the total alone does not suffice.
//
// A gate that demands a survey index is met if its points and every numeric item
// of its scope meet their minimum. The scores must be of the same pack. It is an
// error if the pack has gates but none for the predicate, or if a scope names a
// code that the instrument does not have.
func Gates(p *rules.Pack, s *Scores, predicate string) ([]GateResult, error) {
	points := map[string]Interval{}
	for _, d := range s.Divisions {
		points[d.Code] = d.Points
	}
	for _, i := range s.Items {
		points[i.Code] = i.Points
	}
	items := map[string]*rules.Item{}
	for _, item := range p.Items() {
		items[item.Code] = item
	}

	var out []GateResult
	var errs []error
	for _, g := range p.Gates {
		if g.Predicate != predicate {
			continue
		}
		r := GateResult{Gate: g, Need: g.Min}
		for _, code := range g.Scope {
			v, ok := points[code]
			if !ok {
				errs = append(errs, fmt.Errorf("gate %s: the instrument has no %s", g.ID, code))
			}
			r.Points = r.Points.plus(v)
		}
		r.Gap = r.Points.gapTo(g.Min)
		if g.Survey > 0 {
			errs = append(errs, r.survey(p, items, points))
		}
		r.Outcome = outcome(r.Gap)
		out = append(out, r)
	}
	if len(out) == 0 && len(p.Gates) > 0 {
		errs = append(errs, fmt.Errorf("pack %s has no gates for %q", p.ID, predicate))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

func outcome(gap Interval) GateOutcome {
	switch {
	case gap.High == 0:
		return GatePassed
	case gap.Low > 0:
		return GateMissed
	}
	return GateOpen
}

// survey adds the demand for an index to the result. The index is told in the
// points it is worth, so that one gap serves both minima.
func (r *GateResult) survey(p *rules.Pack, items map[string]*rules.Item, points map[string]Interval) error {
	var need float64
	var missing Interval
	found := false
	for _, code := range r.Gate.Scope {
		item := items[code]
		if item == nil || item.Weight == 0 {
			continue
		}
		answer := p.AnswerTypes[item.Answer]
		if answer == nil || answer.Max == 0 {
			continue
		}
		least := r.Gate.Survey / answer.Max * item.Weight
		index := points[code].times(answer.Max / item.Weight)
		if !found || index.Low < r.Index.Low {
			r.Index.Low = index.Low
		}
		if !found || index.High < r.Index.High {
			r.Index.High = index.High
		}
		found = true
		need += least
		missing = missing.plus(points[code].gapTo(least))
	}
	if !found {
		return fmt.Errorf("gate %s demands a survey index, but its scope has no numeric item", r.Gate.ID)
	}
	r.Need = max(r.Need, need)
	r.Gap = Interval{max(r.Gap.Low, missing.Low), max(r.Gap.High, missing.High)}
	return nil
}

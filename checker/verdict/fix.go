package verdict

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"dasheval/rules"
)

// An ItemGain is an item that is not met and what repairing it would bring.
type ItemGain struct {
	Code string
	// Points is the points with the item repaired minus the points certain now
	// (the low end). Items that gain nothing are left out of the fixes.
	Points float64
}

// A Fix is one item worth repairing.
type Fix struct {
	Code string
	// Points is what the repair adds to the total.
	Points float64
	// Closer is the distance to gates that the repair covers, in points: for
	// each gate the lesser of Points and its Gap.High, summed. It can
	// exceed Points, because an item counts for its area, its component and
	// the total at once.
	Closer float64
	// Gates are the ids of the gates that it brings closer, in their order.
	Gates []string
}

// Fixes tells in which order to repair items: what brings gates that are not
// passed closest comes first, then what brings the most points, then the order
// of the instrument. A gate that no repair is needed for counts nothing, so a
// small gain in a failing area comes before a large one in an area that passes.
//
// Each item is weighed alone: a gap that one repair would already close still
// counts in full for the others. A gain for an unknown code is an error.
func Fixes(p *rules.Pack, gains []ItemGain, gates []GateResult) ([]Fix, error) {
	places := itemPlaces(p)
	var out []Fix
	var errs []error
	for _, gain := range gains {
		place, ok := places[gain.Code]
		if !ok {
			errs = append(errs, fmt.Errorf("gain of %s: the instrument has no such item", gain.Code))
			continue
		}
		if gain.Points <= pointTolerance {
			continue
		}
		fix := Fix{Code: gain.Code, Points: gain.Points}
		for _, r := range gates {
			if r.Outcome != GatePassed && place.countsFor(r.Gate) {
				fix.Closer += min(gain.Points, r.Gap.High)
				fix.Gates = append(fix.Gates, r.Gate.ID)
			}
		}
		out = append(out, fix)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(out, func(a, b Fix) int {
		return cmp.Or(
			cmp.Compare(quantum(b.Closer), quantum(a.Closer)),
			cmp.Compare(quantum(b.Points), quantum(a.Points)),
			cmp.Compare(places[a.Code].order, places[b.Code].order),
		)
	})
	return out, nil
}

// A place is where an item stands in the instrument.
type place struct {
	order int
	codes []string // of the item and of all divisions that it belongs to
}

func (w place) countsFor(g *rules.Gate) bool {
	return slices.ContainsFunc(g.Scope, func(code string) bool {
		return slices.Contains(w.codes, code)
	})
}

func itemPlaces(p *rules.Pack) map[string]place {
	out := map[string]place{}
	add := func(items []*rules.Item, divisions ...string) {
		for _, item := range items {
			out[item.Code] = place{len(out), append([]string{item.Code}, divisions...)}
		}
	}
	for _, c := range p.Components {
		for _, part := range c.Parts {
			for _, a := range part.Areas {
				for _, s := range a.Subareas {
					add(s.Items, s.Code, a.Code, part.Code, c.Code)
				}
			}
			add(part.Items, part.Code, c.Code)
		}
	}
	return out
}

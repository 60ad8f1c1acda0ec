package verdict

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"dasheval/rules"
)

// A Mark is what is known about the score of one item.
type Mark struct {
	// Score lies in [0, 1]: the score of the level shown, or what a formula
	// gave, and the best that is still possible.
	Score Interval
	// NotApplicable takes the item out of the reckoning; Score is then ignored.
	NotApplicable bool
}

// A Score is the points of one division or item of the instrument.
type Score struct {
	Code  string
	Title rules.Text
	// Depth is 0 for a component, 1 for a part, 2 for an area, 3 for a sub-area
	// and 4 for an item, which is also what an item of a result has.
	Depth int
	// Weight is the most points that the instrument gives here. For an item it
	// is the item's share of its sub-area, which grows when other items there
	// are not applicable and is 0 if the item itself is not.
	Weight float64
	// Points lies in [0, Weight].
	Points Interval
	// Unearnable is how many points of Weight nobody can earn, because all
	// items that they belong to are not applicable. Gates do not forgive them.
	Unearnable float64
}

// Scores is the roll-up of one evaluation.
type Scores struct {
	// Divisions holds components, parts, areas and sub-areas, each before what
	// it consists of, in the order of the instrument.
	Divisions []Score
	// Areas holds the areas of change over all parts (fulfilment and reform),
	// by number. Their Code is the number.
	Areas []Score
	// Items holds every item in the order of the instrument.
	Items []Score
	// Total is the points of the whole instrument, 0 to 100.
	Total Interval
}

// Tally rolls the marks of items up to points by PermenPANRB 90/2021, Lampiran
// III: a sub-area earns the average score of its items times its weight; areas,
// parts, components and the total are sums; a result item, which stands below
// no sub-area, earns its score times its own weight.
//
// The average is weighted by the weights of the items. Within each sub-area of
// the instrument these are equal, so it is the plain average of the worksheet,
// also where the worksheet prints weights per item (wealth reports, A.II.5.iii).
//
// An item that is not applicable leaves the average: its share goes to the
// others of its sub-area. If none is left, the weight of the sub-area is
// Unearnable, and so is the weight of a result that is not applicable.
//
// Marks are by item code. An item without a mark is unknown, from 0 to 1: unlike
// the worksheet, which drops unanswered items from the average, it keeps its
// share. A mark for an unknown code or outside of [0, 1] is an error.
func Tally(p *rules.Pack, marks map[string]Mark) (*Scores, error) {
	if err := checkMarks(p, marks); err != nil {
		return nil, err
	}
	t := tally{marks: marks, out: &Scores{}, areas: map[int]*Score{}}
	for _, c := range p.Components {
		t.out.Total = t.out.Total.plus(t.component(c).Points)
	}
	for _, n := range slices.Sorted(maps.Keys(t.areas)) {
		t.out.Areas = append(t.out.Areas, *t.areas[n])
	}
	return t.out, nil
}

func checkMarks(p *rules.Pack, marks map[string]Mark) error {
	known := map[string]bool{}
	for _, item := range p.Items() {
		known[item.Code] = true
	}
	var errs []error
	for _, code := range slices.Sorted(maps.Keys(marks)) {
		m := marks[code]
		switch {
		case !known[code]:
			errs = append(errs, fmt.Errorf("mark for %s: the instrument has no such item", code))
		case !m.NotApplicable && !m.Score.within(0, 1):
			errs = append(errs, fmt.Errorf("mark for %s: score %v to %v is not within 0 to 1",
				code, m.Score.Low, m.Score.High))
		}
	}
	return errors.Join(errs...)
}

// A tally walks the instrument once. Each method appends the division before
// its children and fills the points in afterwards.
type tally struct {
	marks map[string]Mark
	out   *Scores
	areas map[int]*Score
}

func (t *tally) mark(code string) Mark {
	if m, ok := t.marks[code]; ok {
		return m
	}
	return Mark{Score: Interval{0, 1}}
}

// division appends s, lets body add the points of its children to it, and
// returns the sum.
func (t *tally) division(s Score, body func(s *Score)) Score {
	at := len(t.out.Divisions)
	t.out.Divisions = append(t.out.Divisions, s)
	body(&s)
	t.out.Divisions[at] = s
	return s
}

func (s *Score) add(child Score) {
	s.Points = s.Points.plus(child.Points)
	s.Unearnable += child.Unearnable
}

func (t *tally) component(c *rules.Component) Score {
	return t.division(Score{Code: c.Code, Title: c.Title, Weight: c.Weight}, func(s *Score) {
		for _, part := range c.Parts {
			s.add(t.part(part))
		}
	})
}

func (t *tally) part(p *rules.Part) Score {
	return t.division(Score{Code: p.Code, Title: p.Title, Depth: 1, Weight: p.Weight}, func(s *Score) {
		for _, a := range p.Areas {
			s.add(t.area(a))
		}
		for _, item := range p.Items {
			s.add(t.item(item, item.Weight))
			if t.mark(item.Code).NotApplicable {
				s.Unearnable += item.Weight
			}
		}
	})
}

func (t *tally) area(a *rules.Area) Score {
	s := t.division(Score{Code: a.Code, Title: a.Title, Depth: 2, Weight: a.Weight}, func(s *Score) {
		for _, sub := range a.Subareas {
			s.add(t.subarea(sub))
		}
	})
	total := t.areas[a.Number]
	if total == nil {
		total = &Score{Code: strconv.Itoa(a.Number), Title: a.Title, Depth: 2}
		t.areas[a.Number] = total
	}
	total.Weight += a.Weight
	total.add(s)
	return s
}

func (t *tally) subarea(sub *rules.Subarea) Score {
	return t.division(Score{Code: sub.Code, Title: sub.Title, Depth: 3, Weight: sub.Weight}, func(s *Score) {
		var applicable float64
		for _, item := range sub.Items {
			if !t.mark(item.Code).NotApplicable {
				applicable += item.Weight
			}
		}
		if applicable == 0 {
			s.Unearnable = sub.Weight
			applicable = 1 // only so that no share is 0/0; nothing is earned
		}
		for _, item := range sub.Items {
			s.add(t.item(item, sub.Weight*item.Weight/applicable))
		}
	})
}

func (t *tally) item(item *rules.Item, share float64) Score {
	s := Score{Code: item.Code, Title: item.Title, Depth: 4}
	if m := t.mark(item.Code); !m.NotApplicable {
		s.Weight, s.Points = share, m.Score.times(share)
	}
	t.out.Items = append(t.out.Items, s)
	return s
}

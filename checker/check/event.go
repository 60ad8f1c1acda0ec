package check

import (
	"slices"
	"time"

	"dasheval/checker/facts"
	"dasheval/checker/text"
)

// An event is a meeting with the papers that belong to it.
type event struct {
	papers []paper
	merged bool // one file holds them all
}

// A paper is a document of a meeting: a file, or a part of a merged one.
type paper struct {
	doc   *facts.Document // what was read
	file  *facts.Document // the file that findings are about
	about map[string]bool
	day   time.Time
	until time.Time // the last day of the event; zero if it has one day
}

// covers reports whether the day of another paper is one of the event's.
func (x paper) covers(o paper) bool {
	if x.until.IsZero() {
		return o.day.Equal(x.day) || !o.until.IsZero() && !x.day.Before(o.day) && !x.day.After(o.until)
	}
	return !o.day.Before(x.day) && !o.day.After(x.until)
}

// maxApart is how far, in days, papers of one event may lie apart and still be
// taken for one event whose dates disagree.
const maxApart = 21

func events(w *World) []*event {
	var out []*event
	var loose []paper
	for _, d := range w.Pile {
		if d.Origin == text.Hidden {
			continue
		}
		if len(d.Parts) > 0 {
			e := &event{merged: true}
			for _, part := range d.Parts {
				e.papers = append(e.papers, paper{part, d, about(w, part), part.Date("event_date"), part.Date("event_until")})
			}
			out = append(out, e)
			continue
		}
		if isPaper(d) {
			loose = append(loose, paper{d, d, about(w, d), d.Date("event_date"), d.Date("event_until")})
		}
	}
	// Invitations gather what follows them, nearest day first.
	slices.SortStableFunc(loose, func(a, b paper) int {
		return order(a.doc) - order(b.doc)
	})
	var gathered []*event
	for _, x := range loose {
		var best *event
		var bestGap time.Duration
		for _, e := range gathered {
			first := e.papers[0]
			gap := x.day.Sub(first.day).Abs()
			if overlap(x.about, first.about) < 0.7 || len(x.about) < 2 || gap > maxApart*24*time.Hour && !x.day.IsZero() && !first.day.IsZero() {
				continue
			}
			if slices.ContainsFunc(e.papers, func(o paper) bool { return o.doc.Type.ID == x.doc.Type.ID }) {
				continue
			}
			if best == nil || gap < bestGap {
				best, bestGap = e, gap
			}
		}
		if best != nil {
			best.papers = append(best.papers, x)
			continue
		}
		gathered = append(gathered, &event{papers: []paper{x}})
	}
	return append(out, gathered...)
}

func isPaper(d *facts.Document) bool {
	switch d.Form() {
	case "minutes", "attendance":
		return true
	case "letter":
		_, ok := d.Facts["event_date"]
		return ok
	}
	return false
}

// order puts invitations before minutes before lists.
func order(d *facts.Document) int {
	switch d.Form() {
	case "letter":
		return 0
	case "minutes":
		return 1
	}
	return 2
}

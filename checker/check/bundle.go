package check

import (
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"dasheval/checker/facts"
	"dasheval/checker/match"
	"dasheval/checker/text"
	"dasheval/rules"
)

var bundle = &Check{
	Name: "bundle",
	Doc: Doc{
		Title: rules.Text{ID: `the papers of one meeting agree`, EN: `the papers of one meeting agree`},
		About: rules.Text{ID: `Invitation, attendance list and minutes of a meeting are of one day and one event; an attendance list is among them. They
may be one file or several; several are brought together by what they say they are about and when.`, EN: `Invitation, attendance list and minutes of a meeting are of one day and one event; an attendance list is among them. They
may be one file or several; several are brought together by what they say they are about and when.`},
	},
	Scope: Pile,
	IDs:   []string{"attendance.other_event", "bundle.date_mismatch", "bundle.part_missing", "bundle.place_mismatch"},
	Run: func(p *Pass) {
		all := events(p.World)
		for _, e := range all {
			e.agree(p)
			e.complete(p)
		}
		strays(p, all)
	},
}

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

// agree compares day, event and place with the invitation, or with the first
// paper where there is none.
func (e *event) agree(p *Pass) {
	if len(e.papers) < 2 {
		return
	}
	slices.SortStableFunc(e.papers, func(a, b paper) int { return order(a.doc) - order(b.doc) })
	first := e.papers[0]
	for _, x := range e.papers[1:] {
		if x.doc.Form() == "photos" {
			continue
		}
		f := x.doc.Facts["event_date"]
		switch {
		case e.merged && x.doc.Form() == "attendance" && len(x.about) > 1 && len(first.about) > 1 && overlap(x.about, first.about) < 0.4:
			p.Report(Finding{ID: "attendance.other_event", Document: x.file, At: x.doc.Facts["event"].At, Params: map[string]string{
				"event": x.doc.Facts["event"].Value, "date": f.Value, "want": first.doc.Facts["event"].Value}})
		case !x.day.IsZero() && !first.day.IsZero() && !first.covers(x):
			p.Report(Finding{ID: "bundle.date_mismatch", Document: x.file, At: f.At, Params: map[string]string{
				"date": f.Value, "want": first.doc.Facts["event_date"].Value, "other": first.file.Path}})
		}
		a, b := x.doc.Facts["place"], first.doc.Facts["place"]
		if a.Value != "" && b.Value != "" && !sameBody(a.Value, b.Value) && x.doc.Form() == "minutes" {
			p.Report(Finding{ID: "bundle.place_mismatch", Document: x.file, At: a.At, Params: map[string]string{
				"place": a.Value, "want": b.Value}})
		}
	}
}

// complete reports a merged file without an attendance list, and separate
// papers without one unless an unread file may be it.
func (e *event) complete(p *Pass) {
	kinds := map[string]bool{}
	for _, x := range e.papers {
		kinds[x.doc.Form()] = true
	}
	if kinds["attendance"] || !kinds["minutes"] && !(e.merged && kinds["letter"]) {
		return
	}
	if !e.merged {
		if !kinds["letter"] || len(p.World.Unread) > 0 && p.mayBeList(e) {
			return
		}
	}
	t := p.World.listType()
	if t == nil {
		return
	}
	file := e.papers[len(e.papers)-1].file
	p.Report(Finding{ID: "bundle.part_missing", Document: file, At: top(file), Params: map[string]string{
		"part": t.Name.ID, "part_en": t.Name.EN}})
}

// listType returns the pack's type of attendance lists.
func (w *World) listType() *rules.Type {
	for _, t := range w.Pack.Types {
		if t.Form == "attendance" {
			return t
		}
	}
	return nil
}

// mayBeList reports whether an unread file in the folder of the event may be
// its attendance list.
func (p *Pass) mayBeList(e *event) bool {
	dir := path.Dir(e.papers[0].file.Path)
	return slices.ContainsFunc(p.World.Unread, func(u match.Unread) bool { return path.Dir(u.Path) == dir })
}

// strays reports attendance lists of another event: the only list in a folder
// that belongs to no meeting there, beside the only meeting without one.
func strays(p *Pass, all []*event) {
	type folder struct{ lists, meetings []*event }
	byDir := map[string]*folder{}
	for _, e := range all {
		if e.merged {
			continue
		}
		dir := path.Dir(e.papers[0].file.Path)
		f := byDir[dir]
		if f == nil {
			f = &folder{}
			byDir[dir] = f
		}
		hasList := slices.ContainsFunc(e.papers, func(y paper) bool { return y.doc.Form() == "attendance" })
		switch {
		case hasList && len(e.papers) == 1:
			f.lists = append(f.lists, e)
		case !hasList:
			f.meetings = append(f.meetings, e)
		}
	}
	for _, dir := range slices.Sorted(maps.Keys(byDir)) {
		f := byDir[dir]
		if len(f.lists) != 1 || len(f.meetings) != 1 {
			continue
		}
		x, o := f.lists[0].papers[0], f.meetings[0].papers[0]
		p.Report(Finding{ID: "attendance.other_event", Document: x.file, At: x.doc.Facts["event"].At, Params: map[string]string{
			"event": x.doc.Facts["event"].Value, "date": x.doc.Facts["event_date"].Value,
			"want": strings.TrimSpace(o.doc.Facts["event"].Value)}})
	}
}

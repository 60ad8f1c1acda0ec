package check

import (
	"maps"
	"path"
	"slices"
	"strings"

	"dasheval/checker/match"
	"dasheval/checker/profile"
	"dasheval/rules"
)

var bundle = &Check{
	Name: "bundle",
	Doc: Doc{
		Title: rules.Text{ID: `berkas satu rapat saling sesuai`, EN: `the papers of one meeting agree`},
		About: rules.Text{
			ID: `Undangan (surat yang menyebut hari kegiatan), notula dan daftar hadir dari satu rapat dibandingkan dengan undangannya, atau dengan yang pertama bila tidak ada undangan: harinya sama atau di dalam rentang harinya, dan tempat pada notula sama; dalam berkas gabungan acara daftar hadir pun harus sama. Satu rapat adalah satu berkas gabungan, atau beberapa berkas dengan acara yang hampir sama dan tanggal yang berselisih paling banyak 21 hari. Daftar hadir harus ada bila berkas gabungan memuat undangan atau notula, atau bila undangan dan notula ada sebagai berkas terpisah. Satu-satunya daftar hadir dalam sebuah folder yang acaranya lain dari satu-satunya rapat di situ menjadi temuan. Hari atau tempat yang tidak terbaca tidak dibandingkan; daftar hadir tidak dinyatakan kurang bila di folder itu ada berkas yang tidak terbaca.`,
			EN: `Invitation (a letter that names the day of an event), minutes and attendance list of one meeting are compared with the invitation, or with the first of them if there is none: the day is the same or within its span of days, and so is the place that the minutes name; within a merged file the list must be of the same event too. A meeting is one merged file, or several files whose events have nearly the same words and whose dates lie at most 21 days apart. An attendance list must be there if a merged file holds an invitation or minutes, or if invitation and minutes are there as files of their own. The only list of a folder, of another event than the only meeting there, is a finding. A day or place that was not read is not compared; no list is called missing if a file of that folder could not be read.`},
		Rule:   "- id: notulen\n  form: minutes\n  anchor: meeting\n- id: daftar_hadir\n  form: attendance",
		Before: "Undangan: Senin, 3 Maret 2025 · Daftar hadir: Rabu, 5 Maret 2025",
		After:  "Undangan: Senin, 3 Maret 2025 · Daftar hadir: Senin, 3 Maret 2025",
		Since:  "0.1",
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

// sameBody reports whether two places of a meeting agree, as far as their
// words tell.
func sameBody(a, b string) bool {
	return profile.Same(a, b) || strings.Contains(profile.Key(a), profile.Key(b)) || strings.Contains(profile.Key(b), profile.Key(a))
}

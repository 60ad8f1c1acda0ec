package facts

import (
	"context"
	"slices"

	"dasheval/checker/text"
	"dasheval/rules"
)

// partForms are the forms of documents that meetings leave behind and that are
// often merged into one file.
var partForms = []string{"letter", "minutes", "attendance", "photos"}

// A start is where a part of a merged file may begin.
type start struct {
	page, line int
	id         string // of the type that the heading there names
}

// split divides a merged file where a meeting document of its own begins: at
// the top of a page, at a letterhead, or at a title on a line of its own. It
// returns nil for a plain document: one that has fewer than two kinds of such
// parts, or that begins as something else.
func (r *Reader) split(ctx context.Context, d *Document) ([]*Document, error) {
	if d.Type == nil || !slices.Contains(partForms, d.Form()) && d.Form() != "bundle" {
		return nil, nil
	}
	var starts []start
	for _, c := range r.candidates(d) {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		p := &Document{Path: d.Path, Text: cut(d.Text, c, start{page: c.page + 1}), Facts: map[string]Fact{}}
		p.view = r.newView(p.Text)
		h := r.heading(p)
		r.recognise(p, h, r.pack.Scan(p.view.fold))
		if p.Type == nil || p.Sure < 0.7 || !slices.Contains(partForms, p.Form()) {
			continue
		}
		if n := len(starts); n > 0 && starts[n-1].id == p.Type.ID && h.letterhead[1] == 0 {
			continue // the next page of the same part
		}
		c.id = p.Type.ID
		starts = append(starts, c)
	}
	kinds := map[string]bool{}
	for _, s := range starts {
		kinds[s.id] = true
	}
	if len(kinds) < 2 || starts[0].page > 0 && d.Form() != "bundle" {
		return nil, nil
	}
	var parts []*Document
	for k, s := range starts {
		end := start{page: len(d.Text.Pages)}
		if k+1 < len(starts) {
			end = starts[k+1]
		}
		p, err := r.read(ctx, d.Path, d.SHA256, cut(d.Text, s, end))
		if err != nil {
			return nil, err
		}
		if p.Type == nil {
			return nil, nil // read alone it is no document: the file is not divided for certain
		}
		parts = append(parts, p)
	}
	return parts, nil
}

// candidates returns where parts may begin, in order.
func (r *Reader) candidates(d *Document) []start {
	var out []start
	for i := range d.Text.Pages {
		out = append(out, start{page: i})
		lines := d.Text.Pages[i].Lines
		for j := 8; j < len(lines); j++ {
			if r.opens(lines, j) {
				out = append(out, start{page: i, line: j})
				j += 4
			}
		}
	}
	return out
}

// opens reports whether a document may begin at line j below the top of a
// page: with a letterhead, or with a title of capitals that names a meeting
// document.
func (r *Reader) opens(lines []text.Line, j int) bool {
	clean := text.Clean(lines[j].Text())
	if !isUpper(clean) {
		return false
	}
	first := foldSameLength(clean)
	if rules.MatchAny(r.words["org.start"], first) {
		for k := j + 1; k < min(j+8, len(lines)); k++ {
			if rules.MatchAny(r.words["letterhead.address"], foldSameLength(text.Clean(lines[k].Text()))) {
				return true
			}
		}
		return false
	}
	for _, t := range r.pack.Types {
		if !slices.Contains(partForms, t.Form) || t.Form == "letter" {
			continue
		}
		for _, p := range t.Title {
			if m := p.Find(first); m != nil && m[0] == 0 {
				return true
			}
		}
	}
	return false
}

// cut returns the part of doc from one start to another.
func cut(doc *text.Document, from, to start) *text.Document {
	out := *doc
	out.Pages = nil
	for i := from.page; i < len(doc.Pages) && (i < to.page || i == to.page && to.line > 0); i++ {
		p := doc.Pages[i]
		first, last := 0, len(p.Lines)
		if i == from.page {
			first = min(from.line, last)
		}
		if i == to.page {
			last = min(to.line, last)
		}
		top, bottom := 0.0, p.Height+1
		if first > 0 {
			top = p.Lines[first].Box.Y0 - 2
		}
		if last < len(p.Lines) {
			bottom = p.Lines[last].Box.Y0 - 2
		}
		p.Lines = p.Lines[first:last]
		var images []text.Image
		for _, im := range p.Images {
			if im.Box.Y0 >= top && im.Box.Y0 < bottom || first == 0 && last == len(doc.Pages[i].Lines) {
				images = append(images, im)
			}
		}
		p.Images = images
		out.Pages = append(out.Pages, p)
	}
	out.Total = len(out.Pages)
	return &out
}

// merge makes d the bundle of its parts: number, date and unit are those of
// the first part that has them, what it is about those of the event.
func (r *Reader) merge(d *Document, parts []*Document) {
	d.Parts = parts
	if bundle := r.bundleType(); bundle != nil {
		d.Type = bundle
		d.Sure = 0.9
	}
	d.Also = nil
	for _, p := range parts {
		if !d.renumbered {
			p.PagesMissing = "" // the numbers go through the whole file
		}
		if p.Type != nil && !slices.Contains(d.Also, p.Type.ID) {
			d.Also = append(d.Also, p.Type.ID)
		}
	}
	for _, name := range []string{"number", "date", "subject", "event", "event_date", "place", "unit", "ministry"} {
		delete(d.Facts, name)
		for _, p := range parts {
			if f, ok := p.Facts[name]; ok {
				d.Facts[name] = f
				break
			}
		}
	}
	if f, ok := d.Facts["event"]; ok {
		d.Facts["subject"] = f
	}
	d.Subject = d.Facts["subject"].Value
	d.Blocks, d.Attendance, d.Marks = nil, nil, nil
	for _, p := range parts {
		d.Blocks = append(d.Blocks, p.Blocks...)
		d.Marks = append(d.Marks, p.Marks...)
		if p.Attendance != nil {
			d.Attendance = p.Attendance
		}
	}
}

// bundleType returns the pack's type for a merged meeting file.
func (r *Reader) bundleType() *rules.Type {
	for _, t := range r.pack.Types {
		if t.Form == "bundle" {
			return t
		}
	}
	return nil
}

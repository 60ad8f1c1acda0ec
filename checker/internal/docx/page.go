package docx

import (
	"slices"

	"dasheval/checker/text"
)

// newPage goes to the top of an empty page, unless f cannot be broken.
func (l *layout) newPage(f frame) {
	if f.fixed {
		return
	}
	if !blank(l.page()) {
		l.page().Height = l.y
		l.pages = append(l.pages, text.Page{})
		l.left -= pageCost
	}
	l.y = margin
}

func blank(p *text.Page) bool { return len(p.Lines) == 0 && len(p.Images) == 0 }

// A sectionStart is the place where the section being read began. How it
// began, on a new page or not, is told only at its end (ECMA-376 part 1,
// 17.6.22).
type sectionStart struct {
	later               bool // not the first section
	page, lines, images int
	y                   float64
}

// endSection ends a section that started in the way that kind tells, and
// begins the next one.
func (l *layout) endSection(kind string) {
	switch kind {
	case "nextPage", "oddPage", "evenPage":
		if l.section.later {
			l.split(l.section)
		}
	}
	last := len(l.pages) - 1
	l.section = sectionStart{true, last, len(l.pages[last].Lines), len(l.pages[last].Images), l.y}
}

// split moves what stands on a page from s on to a page of its own.
func (l *layout) split(s sectionStart) {
	page := &l.pages[s.page]
	moved := text.Page{
		Lines:  slices.Clone(page.Lines[s.lines:]),
		Images: slices.Clone(page.Images[s.images:]),
	}
	if blank(&moved) || s.lines == 0 && s.images == 0 {
		return
	}
	by := s.y - margin
	for i := range moved.Lines {
		line := &moved.Lines[i]
		raise(&line.Box, by)
		for j := range line.Words {
			raise(&line.Words[j].Box, by)
		}
	}
	for i := range moved.Images {
		raise(&moved.Images[i].Box, by)
	}
	clear(page.Lines[s.lines:])
	page.Lines, page.Images = page.Lines[:s.lines], page.Images[:s.images]
	if s.page == len(l.pages)-1 {
		l.y -= by
	}
	moved.Height = page.Height - by
	page.Height = s.y
	l.pages = slices.Insert(l.pages, s.page+1, moved)
	l.left -= pageCost
}

func raise(b *text.Box, by float64) { b.Y0, b.Y1 = b.Y0-by, b.Y1-by }

// finish completes the pages and returns them.
func (l *layout) finish() []text.Page {
	if n := len(l.pages); n > 1 && blank(l.page()) {
		l.pages = l.pages[:n-1]
	} else {
		l.page().Height = l.y
	}
	for i := range l.pages {
		p := &l.pages[i]
		p.Number, p.Width = i+1, pageWidth
		covered := 0.0
		for _, im := range p.Images {
			p.Height = max(p.Height, im.Box.Y1)
			covered += (im.Box.X1 - im.Box.X0) * (im.Box.Y1 - im.Box.Y0)
		}
		p.Height += margin
		p.Raster = min(covered/(p.Width*p.Height), 1)
		p.Origin = text.None
		if len(p.Lines) > 0 {
			p.Origin = text.Layer
		}
	}
	return l.pages
}

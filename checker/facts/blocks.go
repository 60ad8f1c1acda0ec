package facts

import (
	"slices"
	"strings"

	"dasheval/checker/text"
	"dasheval/rules"
)

// A cell is a segment of a line with its place, the unit in which signature
// blocks are laid out: two of them may stand side by side.
type cell struct {
	clean, fold string
	box         text.Box
	page        int
	row         int // index of the row in the view
	used        bool
}

// cells returns the segments of all rows.
func (v *view) cells() []*cell {
	var out []*cell
	for i := range v.rows {
		segs := v.rows[i].line.Segments()
		for _, s := range segs {
			c := strings.TrimSpace(text.Clean(s.Text()))
			if c != "" {
				out = append(out, &cell{clean: c, fold: foldSameLength(c), box: s.Box, page: v.rows[i].page, row: i})
			}
		}
	}
	return out
}

// Room for a signature, in points.
const (
	maxRoom    = 190.0 // between the title and the name, at most
	minRoom    = 24.0  // and at least, where no number tells that it is a block
	titleRows  = 5
	sideMargin = 45.0 // by which pictures may stand out of the block
)

// blocks finds the signature blocks of d, top to bottom. A block is known by
// the employee number below the name, or by a title that stands after a place
// and date.
func (r *Reader) blocks(d *Document) []Block {
	cells := d.view.cells()
	var out []Block
	for i, c := range cells {
		if !rules.MatchAny(r.words["person.nip_label"], c.fold) {
			continue
		}
		m := rules.First(r.words["person.nip"], c.fold)
		nip := ""
		switch {
		case m != nil:
			nip = digitsOf(c.fold[m[2]:m[3]])
			if len(nip) < 18 { // a narrow cell breaks the number
				if next := below(cells, i, 6); next != nil && digitsOf(next.clean) == next.clean && len(nip)+len(next.clean) == 18 {
					nip += next.clean
					next.used = true
				}
			}
		case strings.Contains(d.view.rows[c.row].clean, "\t"):
			continue // the head of a column
		}
		name := r.above(cells, i, func(n *cell) bool { return !rules.MatchAny(r.words["person.rank"], n.fold) }, 45)
		if name == nil || name.used || !r.signs(name) {
			if d.Text.Pages[c.page].Engine != text.Tesseract {
				continue
			}
			if name = r.guess(cells, i, name); name.used {
				continue
			}
		}
		if b, ok := r.block(d, cells, name, c, nil, nip); ok {
			out = append(out, b)
		}
	}
	out = append(out, r.titled(d, cells)...)
	slices.SortStableFunc(out, func(a, b Block) int {
		if a.At.Page != b.At.Page {
			return a.At.Page - b.At.Page
		}
		return int(a.At.Box.Y0 - b.At.Box.Y0)
	})
	return out
}

// guess returns the cell that is most likely the name above a number that was
// recognised in a picture: the one above it, read badly, or the number itself
// where ink hides the name.
func (r *Reader) guess(cells []*cell, i int, above *cell) *cell {
	near := above != nil && cells[i].box.Y0-above.box.Y1 < 0.8*(cells[i].box.Y1-cells[i].box.Y0)
	if !near || rules.MatchAny(r.words["signature.title"], above.fold) || rules.MatchAny(r.words["signature.not_name"], above.fold) || len(above.clean) > 50 {
		return cells[i]
	}
	return above
}

// signs reports whether a cell can be the line of a name: a name, or the blank
// where one belongs.
func (r *Reader) signs(c *cell) bool {
	if rules.MatchAny(r.words["signature.name_blank"], c.fold) {
		return true
	}
	return (r.isName(c.clean, true) || onlyDegrees(c.clean)) && !rules.MatchAny(r.words["signature.not_name"], c.fold)
}

// above returns the nearest cell above cells[i] in its column for which ok
// holds, at most so many points away.
func (r *Reader) above(cells []*cell, i int, ok func(*cell) bool, within float64) *cell {
	c := cells[i]
	var best *cell
	for _, n := range ofPage(cells, i) {
		if n == c || n.box.Y0 >= c.box.Y0-1 || c.box.Y0-n.box.Y1 > within || !sameColumn(n.box, c.box) || best != nil && n.box.Y0 <= best.box.Y0 {
			continue
		}
		if ok(n) {
			best = n
		}
	}
	return best
}

// ofPage returns the cells of the page of cells[i].
func ofPage(cells []*cell, i int) []*cell {
	from, to := i, i+1
	for from > 0 && cells[from-1].page == cells[i].page {
		from--
	}
	for to < len(cells) && cells[to].page == cells[i].page {
		to++
	}
	return cells[from:to]
}

// sameColumn reports whether two boxes stand below one another: they begin
// near the same x, or overlap for half of the narrower one.
func sameColumn(a, b text.Box) bool {
	if d := a.X0 - b.X0; d > -12 && d < 12 {
		return true
	}
	overlap := min(a.X1, b.X1) - max(a.X0, b.X0)
	return overlap > 0.5*min(a.X1-a.X0, b.X1-b.X0)
}

// block builds the block of a name: the title above it and what stands in the
// room between. It fails if there is no title, as in a table of persons.
//
// If must is not nil, it has to be part of the title.
func (r *Reader) block(d *Document, cells []*cell, name, bottom, must *cell, nip string) (Block, bool) {
	b := Block{NIP: nip, State: Unsigned}
	if name != bottom && d.Text.Pages[name.page].Origin == text.OCR {
		// Ink may hide the beginning of the name, not that of the number too.
		name.box.X0, name.box.X1 = min(name.box.X0, bottom.box.X0), max(name.box.X1, bottom.box.X1)
	}
	if r.isName(name.clean, true) || onlyDegrees(name.clean) {
		b.Name = strings.Trim(name.clean, "() ")
	}
	var title []*cell
	cur := name
	for { // a name too long for its line
		up := r.above(cells, slices.Index(cells, cur), func(*cell) bool { return true }, 5)
		if up == nil || up.used || !r.signs(up) || strings.HasSuffix(up.clean, ",") && !strings.Contains(up.clean, ".") ||
			rules.MatchAny(r.words["signature.title"], up.fold) || rules.MatchAny(r.words["signature.electronic_footer"], up.fold) ||
			rules.MatchAny(r.words["signature.electronic"], up.fold) || rules.MatchAny(r.words["signature.typed"], up.fold) {
			break
		}
		b.Name = strings.Trim(up.clean, "() ") + " " + b.Name
		cur = up
	}
	typed, electronic := false, false
	for len(title) < titleRows {
		at := slices.Index(cells, cur)
		limit := maxRoom
		if len(title) > 0 {
			limit = 14
		}
		up := r.above(cells, at, func(*cell) bool { return true }, limit)
		if up == nil || up.used {
			break
		}
		if len(title) == 0 {
			switch {
			case rules.MatchAny(r.words["signature.electronic"], up.fold), rules.MatchAny(r.words["signature.electronic_footer"], up.fold):
				electronic = true
				cur = up
				continue
			case rules.MatchAny(r.words["signature.typed"], up.fold):
				typed = true
				cur = up
				continue
			case rules.MatchAny(r.words["draft.mark"], up.fold):
				cur = up
				continue
			}
		}
		if len(title) > 0 && rules.MatchAny(r.words["signature.electronic"], up.fold) {
			electronic = true // said above the title
			break
		}
		if rules.MatchAny(r.words["signature.stop"], up.fold) || len(up.clean) > 110 || rules.MatchAny(r.words["person.nip_label"], up.fold) {
			break
		}
		title = append(title, up)
		cur = up
		if rules.MatchAny(r.words["signature.acting"], up.fold) {
			break
		}
	}
	if len(title) == 0 {
		title = r.titleBefore(d, cells, name)
	}
	if title == nil && must == nil && d.Text.Pages[name.page].Origin == text.OCR {
		if up := r.dated(cells, slices.Index(cells, name)); up != nil {
			title = []*cell{up} // ink hides the title below the place and date
		}
	}
	if title == nil || must != nil && !slices.Contains(title, must) {
		return b, false
	}
	slices.Reverse(title)
	room := name.box.Union(bottom.box)
	top := title[len(title)-1].box
	if title[0].page == name.page {
		room = room.Union(title[0].box)
	} else {
		top = text.Box{} // a page break divides the block
	}
	var words []string
	for _, t := range title {
		words = append(words, t.clean)
	}
	if b.Title = strings.Trim(strings.Join(words, " "), " ,:"); rules.MatchAny(r.words["signature.anchor"], foldSameLength(b.Title)) {
		b.Title = ""
	}
	b.Acting, b.Title = r.acting(b.Title)
	picture, square := r.pictureIn(d, name.page, room, top)
	ink, code := markIn(&d.Text.Pages[name.page], room, top, name.box)
	if last := title[len(title)-1]; last.page != name.page && !picture && !ink {
		foot := last.box.Union(text.Box{X0: name.box.X0, X1: name.box.X1, Y0: last.box.Y1, Y1: d.Text.Pages[last.page].Height})
		picture, square = r.pictureIn(d, last.page, foot, last.box)
		ink, code = markIn(&d.Text.Pages[last.page], foot, last.box, text.Box{Y0: foot.Y1, Y1: foot.Y1})
	}
	b.Code = code.Payload
	switch {
	case electronic, code.Kind == text.QR, picture && square && d.Electronic:
		b.State = Electronic
	case picture:
		b.State = Pictured
	case ink:
		b.State = Inked
	case typed:
		b.State = Typed
	case unseen(&d.Text.Pages[name.page]):
		b.State = Unknown
	}
	if b.State == Unsigned && name.box.Y0-top.Y1 < minRoom && top != (text.Box{}) && d.Text.Pages[name.page].Origin == text.OCR {
		return b, false // a row of a list, whose lines recognition does not tell
	}
	if must == nil || b.State != Unsigned || r.anchored(cells, slices.Index(cells, must)) {
		for _, t := range title {
			t.used = true
		}
		name.used, bottom.used = true, true
	}
	row := d.view.rows[name.row]
	b.At = Place{Page: row.number, Box: room, Quote: quote(b.Title + " … " + name.clean)}
	if !d.Text.Paged {
		b.At.Page, b.At.Paragraph = 0, row.line.Paragraph
	}
	return b, true
}

// dated returns the place and date, or the word such as "Mengetahui", that stands
// above a name, nil if there is none.
func (r *Reader) dated(cells []*cell, i int) *cell {
	return r.above(cells, i, func(c *cell) bool { return rules.MatchAny(r.words["signature.anchor"], c.fold) }, maxRoom)
}

// titleBefore finds the title of a block that a page break divides: the last
// lines of the page before, if the name stands among the first of its page.
func (r *Reader) titleBefore(d *Document, cells []*cell, name *cell) []*cell {
	if name.page == 0 || name.box.Y0 > 0.4*d.Text.Pages[name.page].Height {
		return nil
	}
	for i := slices.Index(cells, name) - 1; i >= 0; i-- {
		c := cells[i]
		if c.page == name.page {
			continue
		}
		if c.page != name.page-1 || c.used || !rules.MatchAny(r.words["signature.title"], c.fold) || !sameColumn(c.box, name.box) {
			return nil
		}
		return []*cell{c}
	}
	return nil
}

// acting splits "a.n.", "Plt." and the like from a title.
func (r *Reader) acting(title string) (acting, rest string) {
	fold := foldSameLength(title)
	if m := rules.First(r.words["signature.acting"], fold); m != nil {
		return strings.TrimSpace(fold[m[0]:m[1]]), strings.TrimSpace(title[:m[0]] + title[m[1]:])
	}
	return "", title
}

// pictureIn reports whether a picture stands in the room of a block on a page,
// and whether it is about square, as QR codes are. Pictures that cover a good
// part of the page are backgrounds.
func (r *Reader) pictureIn(d *Document, page int, room, title text.Box) (found, square bool) {
	p := &d.Text.Pages[page]
	area := p.Width * max(p.Height, 1)
	for _, im := range p.Images {
		b := im.Box
		w, h := b.X1-b.X0, b.Y1-b.Y0
		if w < 12 || h < 8 || w*h > 0.4*area {
			continue
		}
		cx, cy := (b.X0+b.X1)/2, (b.Y0+b.Y1)/2
		if cx < room.X0-sideMargin || cx > room.X1+sideMargin || cy < title.Y0-6 || cy > room.Y1+10 {
			continue
		}
		found = true
		if w < 1.3*h && h < 1.3*w {
			square = true
		}
	}
	return found, square
}

// Room for ink beside the title and the name, in points: a signature runs wide.
const inkMargin = 32.0

// markIn looks for ink and for a QR code in the room of a block on the picture of
// a page: below the title, down to the name, which a signature may run over.
func markIn(p *text.Page, room, title, name text.Box) (ink bool, code text.Mark) {
	gap := text.Box{X0: room.X0 - inkMargin, X1: room.X1 + inkMargin, Y0: title.Y1 - 6, Y1: name.Y0 + 6}
	for _, m := range p.Marks {
		b := m.Box
		common := text.Box{X0: max(b.X0, gap.X0), Y0: max(b.Y0, gap.Y0), X1: min(b.X1, gap.X1), Y1: min(b.Y1, gap.Y1)}
		if common.Empty() {
			continue
		}
		area := (b.X1 - b.X0) * (b.Y1 - b.Y0)
		share := (common.X1 - common.X0) * (common.Y1 - common.Y0) / max(area, 1)
		cx := (b.X0 + b.X1) / 2
		switch {
		case m.Kind == text.QR && share > 0.4:
			code = m
		case m.Kind == text.Ink && share > 0.3 && cx > gap.X0 && cx < gap.X1:
			ink = true
		}
	}
	return ink, code
}

// unseen reports whether nobody looked for marks on a pictured page, or it was
// read too badly to tell.
func unseen(p *text.Page) bool {
	if p.Engine == text.Tesseract {
		return p.Grade == text.Poor || p.Grade == text.NoText
	}
	return p.Raster >= pictured
}

// pictured is the share of a page that a picture covers from which on signatures
// may be in it.
const pictured = 0.5

// titled finds blocks without an employee number: a title after a place and
// date or "Mengetahui", and a name or a blank line below it.
func (r *Reader) titled(d *Document, cells []*cell) []Block {
	var out []Block
	for i, c := range cells {
		if c.used || !rules.MatchAny(r.words["signature.title"], c.fold) || d.view.isLabel(c) {
			continue
		}
		anchored := r.anchored(cells, i)
		last := i
		for k := i + 1; k < len(cells); k++ { // a title of two lines
			n := cells[k]
			if n.page != c.page || n.used || !sameColumn(n.box, cells[last].box) || n.box.Y0-cells[last].box.Y1 > 6 || n.box.Y0 <= cells[last].box.Y0 {
				continue
			}
			if strings.HasSuffix(cells[last].clean, ",") || r.isName(n.clean, false) && n.box.Y0-cells[last].box.Y1 > 3 {
				break
			}
			last = k
		}
		name := r.under(cells, last)
		if name == nil || name.used {
			continue
		}
		if !r.signs(name) {
			continue
		}
		if b, ok := r.block(d, cells, name, name, c, ""); ok && (anchored || b.State != Unsigned) {
			out = append(out, b)
		}
	}
	return out
}

// anchored reports whether a place and date, or a word such as "Mengetahui",
// stands just above cells[i] in its column, or the cell ends in a comma.
func (r *Reader) anchored(cells []*cell, i int) bool {
	c := cells[i]
	for _, n := range ofPage(cells, i) {
		if n.box.Y0 < c.box.Y0 && c.box.Y0-n.box.Y1 < 45 && rules.MatchAny(r.words["signature.anchor"], n.fold) {
			return true
		}
	}
	return strings.HasSuffix(c.clean, ",")
}

// below returns the nearest cell below cells[i] in its column, at most so many
// points away.
func below(cells []*cell, i int, within float64) *cell {
	c := cells[i]
	var best *cell
	for _, n := range ofPage(cells, i) {
		if n.box.Y0 > c.box.Y1-1 && n.box.Y0-c.box.Y1 <= within && sameColumn(n.box, c.box) && (best == nil || n.box.Y0 < best.box.Y0) {
			best = n
		}
	}
	return best
}

// under returns the nearest cell below cells[i] in its column, if it leaves
// room for a signature or the mark of one stands between.
func (r *Reader) under(cells []*cell, i int) *cell {
	c := cells[i]
	var best *cell
	between := false
	for _, n := range ofPage(cells, i) {
		if n.box.Y0 <= c.box.Y1-1 || n.box.Y0-c.box.Y1 > maxRoom || !sameColumn(n.box, c.box) {
			continue
		}
		if rules.MatchAny(r.words["signature.electronic"], n.fold) || rules.MatchAny(r.words["signature.typed"], n.fold) {
			between = true
			continue
		}
		if best == nil || n.box.Y0 < best.box.Y0 {
			best = n
		}
	}
	if best != nil && best.box.Y0-c.box.Y1 < minRoom && !between {
		return nil
	}
	return best
}

// isLabel reports whether a colon follows the cell in its row, as it does
// behind the labels of a form.
func (v *view) isLabel(c *cell) bool {
	_, rest, _ := strings.Cut(v.rows[c.row].clean, c.clean)
	return strings.HasPrefix(strings.TrimLeft(rest, " \t"), ":")
}

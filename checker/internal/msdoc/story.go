package msdoc

import (
	"context"
	"fmt"

	"dasheval/checker/evidence"
)

// A story writes one text part of a document.
type story struct {
	*document
	out    xmlWriter
	tables []*table // that are open, the innermost last

	base     int    // position that those of shapes, notes and sections count from
	shapes   plc    // by position; none in parts that have none
	boxes    plc    // the texts of its text boxes
	boxText  span   // where those lie
	footRefs plc    // positions of references to footnotes
	sections plc    // none but in the main text
	drawn    []bool // text boxes that have been written
}

// write writes the paragraphs and tables of a stretch of characters.
func (s *story) write(ctx context.Context, at span) error {
	for cp := at.start; cp < at.end; {
		if err := ctx.Err(); err != nil {
			return err
		}
		end := s.paragraphEnd(cp, at.end)
		if err := s.paragraph(ctx, cp, end); err != nil {
			return err
		}
		cp = end
	}
	s.enter(0)
	return nil
}

// target is where paragraphs go: the open cell, or the part.
func (s *story) target() *xmlWriter {
	if n := len(s.tables); n > 0 {
		return &s.tables[n-1].cell
	}
	return &s.out
}

// enter opens and closes tables until there are n.
func (s *story) enter(n int) {
	for len(s.tables) > n {
		t := s.tables[len(s.tables)-1]
		s.tables = s.tables[:len(s.tables)-1]
		t.write(s.target())
	}
	for len(s.tables) < n {
		s.tables = append(s.tables, new(table))
	}
}

// rowStart reports whether a paragraph in a table would be the first of a row.
func (s *story) rowStart() bool {
	switch len(s.tables) {
	case 0:
		return true
	case 1:
		return len(s.tables[0].cells) == 0 && s.tables[0].cell.Len() == 0
	}
	return false
}

// paragraphEnd returns the end of the paragraph at cp (2.4.2). A page break
// ends it only if the properties change there: it may also stand in a
// paragraph.
func (s *story) paragraphEnd(cp, end int) int {
	for ; cp < end; cp++ {
		switch s.text[cp] {
		case signParagraph, signCell:
			return cp + 1
		case signPage:
			p := s.piece(cp)
			if s.section(cp+1) >= 0 || s.paps.run(p.offset(cp)).end == p.offset(cp)+p.width {
				return cp + 1
			}
		}
	}
	return end
}

// section returns the number of the section that ends at cp, -1 if there is
// none.
func (s *story) section(cp int) int {
	if i, ok := s.sections.find(cp - s.base); ok && i > 0 && s.sections.at(i) == cp-s.base {
		return i - 1
	}
	return -1
}

// paragraph writes the paragraph that ends at end, with its mark.
func (s *story) paragraph(ctx context.Context, cp, end int) error {
	mark := end - 1
	piece := s.piece(mark)
	style, grpprl := s.paps.run(piece.offset(mark)).paragraph()
	p := s.styles.paragraph(style)
	p.apply(grpprl, s.data)
	p.apply(piece.sprms, s.data)
	if err := s.spend(p.cost + paragraphCost); err != nil {
		return err
	}
	if p.breakBefore && p.tables() > 0 && s.rowStart() {
		// The whole row goes to a new page, which only a paragraph can tell.
		s.enter(0)
		s.out.WriteString(pageBreak)
	}
	s.enter(p.tables())
	depth := len(s.tables)
	if depth > 0 && (p.ttp && depth == 1 || p.innerRow && depth > 1) {
		s.tables[depth-1].endRow(p.edges)
		return nil
	}
	g := paragraph{story: s, style: style}
	if err := g.write(ctx, cp, end); err != nil {
		return err
	}
	w := s.target()
	before := w.Len()
	w.open("w:p", "")
	s.properties(w, &p, mark, g.joined)
	if err := s.spend(w.Len() - before); err != nil {
		return err
	}
	w.Write(g.body.Bytes())
	w.close("w:p")
	if depth == 1 && s.text[mark] == signCell || depth > 1 && p.innerCell {
		s.tables[depth-1].endCell()
	}
	return nil
}

// pageBreak is a paragraph that ends a page.
const pageBreak = `<w:p><w:r><w:br w:type="page"/></w:r></w:p>`

// properties writes a w:pPr.
func (s *story) properties(w *xmlWriter, p *pap, mark int, joined bool) {
	empty := w.Len()
	w.open("w:pPr", "")
	begin := w.Len()
	if p.breakBefore {
		w.empty("w:pageBreakBefore", "")
	}
	if p.list > 0 && p.list <= s.lists.lists {
		w.open("w:numPr", "")
		w.empty("w:ilvl", attr("w:val", p.level))
		w.empty("w:numId", attr("w:val", p.list))
		w.close("w:numPr")
	}
	if len(p.tabs) > 0 {
		w.open("w:tabs", "")
		for _, x := range p.stops() {
			w.empty("w:tab", attr("w:val", "left")+attr("w:pos", x))
		}
		w.close("w:tabs")
	}
	w.indent(p)
	if p.align != "" {
		w.empty("w:jc", attr("w:val", p.align))
	}
	if joined && s.text[mark] == signParagraph && !p.innerCell {
		w.WriteString("<w:rPr><w:vanish/></w:rPr>")
	}
	if i := s.section(mark + 1); i >= 0 && s.text[mark] == signPage {
		s.sectionEnd(w, i)
	}
	if w.Len() == begin {
		w.Truncate(empty)
		return
	}
	w.close("w:pPr")
}

// sectionStarts are the values of sprmSBkc.
var sectionStarts = []string{"continuous", "nextColumn", "nextPage", "evenPage", "oddPage"}

// sectionEnd writes a w:sectPr, which tells how its section starts.
func (s *story) sectionEnd(w *xmlWriter, i int) {
	kind := 2
	at := s.sections.item(i).i32(2)
	for op, v := range sprms(s.word.cut(at+2, s.word.u16(at))) {
		if op == sprmSBkc {
			kind = v.u8(0)
		}
	}
	w.open("w:sectPr", "")
	w.empty("w:type", attr("w:val", sectionStarts[min(kind, len(sectionStarts)-1)]))
	w.close("w:sectPr")
}

// maxWork bounds what it takes to convert a document: characters and bytes of
// properties that are read, some of them more than once, and bytes that are
// written.
const maxWork = 64 << 20

// paragraphCost is what a paragraph, cell or row counts besides what is in it.
const paragraphCost = 64

// spend counts n bytes of work.
func (d *document) spend(n int) error {
	if d.work += n; d.work > maxWork {
		return fmt.Errorf("%w: more than %d bytes of text", evidence.ErrTooLarge, maxWork)
	}
	return nil
}

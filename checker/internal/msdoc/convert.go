package msdoc

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
)

// Convert returns the document as a DOCX file with its text, tables and the
// places of its pictures, for package docx to read. Comments and the pictures
// themselves are not in it.
//
// An error wraps evidence.ErrCorrupt, ErrEncrypted, ErrTooLarge or
// ErrUnsupported, the last for Word before 97 and for other compound files, or
// is that of ctx.
func Convert(ctx context.Context, data []byte) ([]byte, error) {
	d, err := open(data)
	if err != nil {
		return nil, fmt.Errorf("read doc: %w", err)
	}
	out, err := d.convert(ctx)
	if err != nil {
		return nil, fmt.Errorf("read doc: %w", err)
	}
	return out, nil
}

// A document is an open file with what is looked up while it is written.
type document struct {
	*pieces
	fib        fib
	word, data block // streams
	tableData  block
	stories    stories

	chps, paps pager
	styles     *styles
	lists      numbering
	fonts      []string
	drawings   map[int]shape

	work int // that has been done
}

func open(data []byte) (*document, error) {
	s, err := openContainer(data)
	if err != nil {
		return nil, err
	}
	d := &document{word: s.word, data: s.data}
	if d.fib, err = newFIB(s.word); err != nil {
		return nil, err
	}
	if d.tableData = s.table0; d.fib.tableStream() == 1 {
		d.tableData = s.table1
	}
	if d.pieces, err = readPieces(s.word, d.table(tablePieces)); err != nil {
		return nil, err
	}
	d.stories = d.fib.stories(len(d.text))
	d.chps = pager{d.word, newPLC(d.table(tableCharacters), 4), 1}
	d.paps = pager{d.word, newPLC(d.table(tableParagraphs), 4), 13}
	d.styles = readStyles(d.table(tableStyles))
	lists, sizeOfLists := d.fib.table(tableLists)
	overrides, sizeOfOverrides := d.fib.table(tableListOverrides)
	d.lists = readLists(d.tableData, lists, sizeOfLists, overrides, sizeOfOverrides)
	d.fonts = readFonts(d.table(tableFonts))
	d.drawings = readShapes(d.table(tableDrawings))
	return d, nil
}

func (d *document) table(i int) block { return d.tableData.cut(d.fib.table(i)) }

// readFonts returns the names of an SttbfFfn.
func readFonts(b block) []string {
	const name = 40 // offset in an FFN
	var out []string
	at := 4
	for range b.u16(0) {
		if at >= len(b) {
			break
		}
		size := b.u8(at) + 1
		s := string(decode(b.cut(at, size).from(name)))
		s, _, _ = strings.Cut(s, "\x00")
		out = append(out, s)
		at += size
	}
	return out
}

func (d *document) font(i int) string {
	if i < len(d.fonts) {
		return d.fonts[i]
	}
	return ""
}

// A part is a file of the package.
type part struct {
	name string
	kind string // of its relation to the main part
	body []byte
}

func (d *document) convert(ctx context.Context) ([]byte, error) {
	main, err := d.main(ctx)
	if err != nil {
		return nil, err
	}
	parts, err := d.headers(ctx)
	if err != nil {
		return nil, err
	}
	for _, notes := range []struct {
		name string
		span span
	}{{"footnote", d.stories.footnotes}, {"endnote", d.stories.endnotes}} {
		if notes.span.start == notes.span.end {
			continue
		}
		s := story{document: d}
		s.out.start("w:" + notes.name + "s")
		s.out.open("w:"+notes.name, "")
		if err := s.write(ctx, notes.span); err != nil {
			return nil, err
		}
		s.out.close("w:" + notes.name)
		s.out.close("w:" + notes.name + "s")
		parts = append(parts, part{notes.name + "s.xml", notes.name + "s", s.out.Bytes()})
	}
	if d.lists.lists > 0 {
		parts = append(parts, part{"numbering.xml", "numbering", d.lists.out.Bytes()})
	}
	return pack(main, parts)
}

// main writes the main text.
func (d *document) main(ctx context.Context) ([]byte, error) {
	s := story{
		document: d,
		shapes:   newPLC(d.table(tableShapes), 26),
		boxes:    newPLC(d.table(tableBoxes), 22),
		boxText:  d.stories.boxes,
		footRefs: newPLC(d.table(tableFootnoteRefs), 2),
		sections: newPLC(d.table(tableSections), 12),
	}
	s.drawn = make([]bool, s.boxes.n)
	s.out.start("w:document")
	s.out.open("w:body", "")
	if err := s.write(ctx, d.stories.main); err != nil {
		return nil, err
	}
	if s.sections.n > 0 {
		s.sectionEnd(&s.out, s.sections.n-1)
	}
	s.out.close("w:body")
	s.out.close("w:document")
	return s.out.Bytes(), nil
}

// maxHeaders bounds the headers and footers that are read; few documents have
// more than one for each section.
const maxHeaders = 6000

// headers writes the headers and footers. The first six texts are about notes;
// then each section has, for even, odd and first pages, three of either, which
// are empty if they go on from the section before.
func (d *document) headers(ctx context.Context) ([]part, error) {
	const (
		about   = 6
		section = 6
	)
	list := newPLC(d.table(tableHeaders), 0)
	shared := story{
		document: d,
		base:     d.stories.headers.start,
		shapes:   newPLC(d.table(tableHeaderShapes), 26),
		boxes:    newPLC(d.table(tableHeaderBoxes), 22),
		boxText:  d.stories.headerBoxes,
	}
	shared.drawn = make([]bool, shared.boxes.n)
	var out []part
	for i := about; i < min(list.n, about+maxHeaders); i++ {
		at := d.stories.headers.part(list.at(i), list.at(i+1)-1) // without the mark that guards it
		if at.start >= at.end || list.at(i) < 0 {
			continue
		}
		p := part{kind: "header"}
		root := "w:hdr"
		switch (i - about) % section {
		case 2, 3, 5:
			p.kind, root = "footer", "w:ftr"
		}
		s := shared
		s.out.start(root)
		if err := s.write(ctx, at); err != nil {
			return nil, err
		}
		s.out.close(root)
		p.name = fmt.Sprintf("%s%05d.xml", p.kind, i)
		p.body = s.out.Bytes()
		out = append(out, p)
	}
	return out, nil
}

// pack returns the package. Its parts are not compressed: it is read at once.
func pack(main []byte, parts []part) ([]byte, error) {
	const (
		sizeOfEntry = 256 // about

		types = `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
			`<Default Extension="xml" ContentType="application/xml"/>` +
			`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`
		relations = `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
		relation  = `<Relationship Id="r%d" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%s" Target="%s"/>`
	)
	var rels bytes.Buffer
	rels.WriteString(relations)
	for i, p := range parts {
		fmt.Fprintf(&rels, relation, i+1, p.kind, p.name)
	}
	rels.WriteString("</Relationships>")
	files := []part{
		{name: "[Content_Types].xml", body: []byte(types)},
		{name: "_rels/.rels", body: fmt.Appendf(nil, relations+relation+"</Relationships>", 1, "officeDocument", "word/document.xml")},
		{name: "word/document.xml", body: main},
		{name: "word/_rels/document.xml.rels", body: rels.Bytes()},
	}
	for _, p := range parts {
		files = append(files, part{name: "word/" + p.name, body: p.body})
	}
	var out bytes.Buffer
	size := 0
	for _, f := range files {
		size += len(f.body) + sizeOfEntry
	}
	out.Grow(size)
	z := zip.NewWriter(&out)
	for _, f := range files {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store})
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(f.body); err != nil {
			return nil, err
		}
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

package office

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"dasheval/checker/evidence"
)

// A document is the DOCX being written. After its first error nothing is
// written any more, so that converters look at err where it suits them.
type document struct {
	body  *flow
	notes *flow // footnotes, nil before the first

	headers, footers []*flow

	lists map[listLevel]int // numbers of single-level lists, see simple
	defs  bytes.Buffer      // definitions of lists
	uses  bytes.Buffer      // their uses
	list  int               // last number of a definition
	use   int               // last number of a use

	left int64 // bytes that may still be written
	poll int64 // bytes until stop is asked again
	stop func() error
	err  error
}

func newDocument(stop func() error) *document {
	d := &document{left: maxOutput, stop: stop, lists: make(map[listLevel]int)}
	d.body = d.flow()
	d.err = stop()
	return d
}

// fail keeps the first error.
func (d *document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

// spend counts n bytes read or written, and reports whether work goes on.
func (d *document) spend(n int) bool {
	d.left -= int64(n)
	d.poll -= int64(n)
	if d.left < 0 {
		d.fail(fmt.Errorf("%w: more than %d bytes of text and markup", evidence.ErrTooLarge, maxOutput))
	}
	if d.poll < 0 && d.err == nil {
		d.poll = pollBytes
		d.fail(d.stop())
	}
	return d.err == nil
}

// flow returns a new stream of blocks, to be added somewhere.
func (d *document) flow() *flow {
	d.spend(flowCost)
	return &flow{doc: d, levels: make([]level, 1)}
}

// flowCost is about what an empty flow takes in memory.
const flowCost = 200

// header returns the stream of one more header.
func (d *document) header() *flow {
	d.headers = append(d.headers, d.flow())
	return d.headers[len(d.headers)-1]
}

// footer returns the stream of one more footer.
func (d *document) footer() *flow {
	d.footers = append(d.footers, d.flow())
	return d.footers[len(d.footers)-1]
}

// note adds a footnote.
func (d *document) note(content *flow) {
	if d.notes == nil {
		d.notes = d.flow()
	}
	d.notes.raw(`<w:footnote>`)
	d.notes.add(content)
	d.notes.raw(`</w:footnote>`)
}

// A listLevel is how a level of a list is numbered: in a format of ECMA-376
// part 1, 17.18.59, from a start on, with a text such as "%1.%2".
type listLevel struct {
	format, text string
	start        int
}

// maxLevels is the number of levels of a list (ECMA-376 part 1, 17.9.6).
const maxLevels = 9

// define adds a list and returns its number.
func (d *document) define(levels []listLevel) int {
	d.list++
	before := d.defs.Len()
	fmt.Fprintf(&d.defs, `<w:abstractNum w:abstractNumId="%d">`, d.list)
	for i, l := range levels[:min(len(levels), maxLevels)] {
		fmt.Fprintf(&d.defs, `<w:lvl w:ilvl="%d"><w:start w:val="%d"/><w:numFmt w:val="%s"/><w:lvlText w:val="%s"/></w:lvl>`,
			i, l.start, l.format, escape(l.text))
	}
	d.defs.WriteString(`</w:abstractNum>`)
	d.spend(d.defs.Len() - before)
	return d.list
}

// start returns the number of a use of a list, for paragraphs that are counted
// together. The levels in starts begin anew, the others go on counting.
func (d *document) start(list int, starts map[int]int) int {
	d.use++
	before := d.uses.Len()
	fmt.Fprintf(&d.uses, `<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>`, d.use, list)
	for i := range maxLevels {
		if n, ok := starts[i]; ok {
			fmt.Fprintf(&d.uses, `<w:lvlOverride w:ilvl="%d"><w:startOverride w:val="%d"/></w:lvlOverride>`, i, n)
		}
	}
	d.uses.WriteString(`</w:num>`)
	d.spend(d.uses.Len() - before)
	return d.use
}

// simple returns the number of a use of a list with one level.
func (d *document) simple(l listLevel) int {
	from := l.start
	l.start = 1
	list, ok := d.lists[l]
	if !ok {
		list = d.define([]listLevel{l})
		d.lists[l] = list
	}
	return d.start(list, map[int]int{0: from})
}

const (
	declaration = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	namespaces  = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
		` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
		` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
		` xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"` +
		` xmlns:v="urn:schemas-microsoft-com:vml"`
	relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	contentType   = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// A member is a part of the package beside the main one.
type member struct {
	name, kind string // kind as of its relationship
	root, end  string
	content    []byte
}

// members returns the parts beside the main one.
func (d *document) members() []member {
	var out []member
	add := func(name, kind, root string, content []byte) {
		out = append(out, member{name, kind, "<w:" + root + namespaces + ">", "</w:" + root + ">", content})
	}
	for i, f := range d.headers {
		add(fmt.Sprintf("header%05d.xml", i+1), "header", "hdr", f.finish())
	}
	for i, f := range d.footers {
		add(fmt.Sprintf("footer%05d.xml", i+1), "footer", "ftr", f.finish())
	}
	if d.notes != nil {
		add("footnotes.xml", "footnotes", "footnotes", d.notes.finish())
	}
	if d.list > 0 {
		add("numbering.xml", "numbering", "numbering", append(d.defs.Bytes(), d.uses.Bytes()...))
	}
	return out
}

// pack returns the document as a package. Nothing in it is compressed: it is
// read at once, and a limit on ratios shall not meet what was written here.
func (d *document) pack() ([]byte, error) {
	body := d.body.finish()
	var types, rels strings.Builder
	members := d.members()
	for i, m := range members {
		types.WriteString(`<Override PartName="/word/` + m.name + `" ContentType="` + contentType + m.kind + `+xml"/>`)
		rels.WriteString(`<Relationship Id="r` + strconv.Itoa(i+1) + `" Type="` + relationships + `/` + m.kind + `" Target="` + m.name + `"/>`)
	}
	if d.err != nil { // the last paragraph was too much
		return nil, fmt.Errorf("pack document: %w", d.err)
	}
	relsOpen := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">`
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	put := func(name, root string, content []byte, end string) {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		for _, b := range [][]byte{[]byte(declaration), []byte(root), content, []byte(end)} {
			if err == nil {
				_, err = w.Write(b)
			}
		}
		d.fail(err)
	}
	put("[Content_Types].xml",
		`<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">`+
			`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>`+
			`<Default Extension="xml" ContentType="application/xml"/>`+
			`<Override PartName="/word/document.xml" ContentType="`+contentType+`document.main+xml"/>`,
		[]byte(types.String()), `</Types>`)
	put("_rels/.rels", relsOpen,
		[]byte(`<Relationship Id="r1" Type="`+relationships+`/officeDocument" Target="word/document.xml"/>`), `</Relationships>`)
	put("word/_rels/document.xml.rels", relsOpen, []byte(rels.String()), `</Relationships>`)
	put("word/document.xml", `<w:document`+namespaces+`><w:body>`, body, `</w:body></w:document>`)
	for _, m := range members {
		put("word/"+m.name, m.root, m.content, m.end)
	}
	d.fail(z.Close())
	if d.err != nil {
		return nil, fmt.Errorf("pack document: %w", d.err)
	}
	return buf.Bytes(), nil
}

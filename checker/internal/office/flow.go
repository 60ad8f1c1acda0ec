package office

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

// A flow is a stream of paragraphs and tables in WordprocessingML. What starts
// a block ends the paragraph before it, and text outside of a paragraph starts
// one, so that the output is well formed whatever order the calls come in.
type flow struct {
	doc    *document
	buf    bytes.Buffer
	levels []level // the blocks of the flow, and of the cells and boxes open in it
	run    []byte  // text not yet written
	space  bool    // the text in words ended with white space
}

// A level is where blocks stand.
type level struct {
	paragraph bool // one is open
	filled    bool // there is a block
}

// Properties of a paragraph. Lengths are in twips, twentieths of a point.
type props struct {
	align       string // as of w:jc
	left, first int    // indent of all lines, and of the first on top
	tabs        []int
	pageBreak   bool // before the paragraph
	num, level  int  // use of a list, 0 for none, and level in it from 0
}

func (f *flow) top() *level { return &f.levels[len(f.levels)-1] }

// raw writes markup.
func (f *flow) raw(s string) {
	if f.doc.spend(len(s)) {
		f.buf.WriteString(s)
	}
}

// begin starts a paragraph.
func (f *flow) begin(p props) {
	f.end()
	f.top().paragraph, f.top().filled = true, true
	f.space = true
	f.raw(`<w:p>`)
	var b strings.Builder
	if p.pageBreak {
		b.WriteString(`<w:pageBreakBefore/>`)
	}
	if p.num > 0 {
		b.WriteString(`<w:numPr><w:ilvl w:val="` + strconv.Itoa(min(max(p.level, 0), maxLevels-1)) + `"/><w:numId w:val="` + strconv.Itoa(p.num) + `"/></w:numPr>`)
	}
	if len(p.tabs) > 0 {
		b.WriteString(`<w:tabs>`)
		for _, t := range p.tabs {
			b.WriteString(`<w:tab w:val="left" w:pos="` + strconv.Itoa(t) + `"/>`)
		}
		b.WriteString(`</w:tabs>`)
	}
	if p.left != 0 || p.first != 0 {
		b.WriteString(`<w:ind w:left="` + strconv.Itoa(p.left) + `" w:firstLine="` + strconv.Itoa(p.first) + `"/>`)
	}
	if p.align != "" {
		b.WriteString(`<w:jc w:val="` + p.align + `"/>`)
	}
	if b.Len() > 0 {
		f.raw(`<w:pPr>` + b.String() + `</w:pPr>`)
	}
}

// end ends the paragraph, if one is open.
func (f *flow) end() {
	if f.top().paragraph {
		f.flush()
		f.raw(`</w:p>`)
		f.top().paragraph = false
	}
}

// inside makes sure that a paragraph is open.
func (f *flow) inside() {
	if !f.top().paragraph {
		f.begin(props{})
	}
}

// flush writes the text that is waiting.
func (f *flow) flush() {
	if len(f.run) == 0 {
		return
	}
	s := string(f.run)
	if strings.TrimSpace(s) == s {
		f.raw(`<w:r><w:t>`)
	} else {
		f.raw(`<w:r><w:t xml:space="preserve">`)
	}
	f.raw(escape(s))
	f.raw(`</w:t></w:r>`)
	f.run = f.run[:0]
}

// text adds text as it stands: tabs, line ends and form feeds in it count.
func (f *flow) text(s string) {
	for s != "" && f.doc.err == nil {
		i := strings.IndexAny(s, "\t\n\f")
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			f.inside()
			f.run = append(f.run, s[:i]...)
			f.space = false
			if len(f.run) > pollBytes {
				f.flush()
			}
		}
		if i == len(s) {
			return
		}
		switch s[i] {
		case '\t':
			f.tab()
		case '\n':
			f.line()
		case '\f':
			f.page()
		}
		s = s[i+1:]
	}
}

// words adds text in which any white space is one space, and none at the start
// of a paragraph or after a break.
func (f *flow) words(s string) {
	if !f.top().paragraph {
		if strings.Trim(s, blanks) == "" {
			return
		}
		f.inside()
	}
	for s != "" {
		i := strings.IndexAny(s, blanks)
		if i < 0 {
			i = len(s)
		}
		if i > 0 {
			f.run = append(f.run, s[:i]...)
			f.space = false
			if len(f.run) > pollBytes {
				f.flush()
			}
		}
		s = s[i:]
		rest := strings.TrimLeft(s, blanks)
		if len(rest) < len(s) && !f.space {
			f.run = append(f.run, ' ')
			f.space = true
		}
		s = rest
	}
}

// blanks is the white space of markup.
const blanks = " \t\r\n\f"

// mark adds an element to a run of its own.
func (f *flow) mark(s string) {
	f.inside()
	f.flush()
	f.raw(`<w:r>` + s + `</w:r>`)
}

func (f *flow) tab()  { f.mark(`<w:tab/>`); f.space = true }
func (f *flow) line() { f.mark(`<w:br/>`); f.space = true }
func (f *flow) page() { f.mark(`<w:br w:type="page"/>`); f.space = true }

// reference adds the sign of the next footnote.
func (f *flow) reference() { f.mark(`<w:footnoteReference w:id="1"/>`); f.space = false }

// symbol adds a character of a symbol font by its code.
func (f *flow) symbol(font string, code int) {
	f.mark(`<w:sym w:font="` + escape(font) + `" w:char="` + strconv.FormatInt(int64(code), 16) + `"/>`)
	f.space = false
}

// A picture is the place of a picture: its size in EMU (914,400 to the inch),
// and whether it takes room in its line.
type picture struct {
	width, height int64
	floating      bool
}

// picture adds a picture to the paragraph.
func (f *flow) picture(p picture) {
	kind := "inline"
	if p.floating {
		kind = "anchor"
	}
	f.mark(`<w:drawing><wp:` + kind + `><wp:extent cx="` + strconv.FormatInt(p.width, 10) + `" cy="` + strconv.FormatInt(p.height, 10) +
		`"/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:blipFill><a:blip/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:` + kind + `></w:drawing>`)
	f.space = false
}

// box starts the blocks of a text box in the paragraph.
func (f *flow) box() {
	f.inside()
	f.flush()
	f.raw(`<w:r><w:pict><v:shape><v:textbox><w:txbxContent>`)
	f.levels = append(f.levels, level{})
}

func (f *flow) endBox() {
	f.pop()
	f.raw(`</w:txbxContent></v:textbox></v:shape></w:pict></w:r>`)
	f.space = false
}

// table starts a table with columns of the given widths.
func (f *flow) table(widths []int) {
	f.end()
	f.top().filled = true
	f.raw(`<w:tbl><w:tblPr/><w:tblGrid>`)
	for _, w := range widths {
		f.raw(`<w:gridCol w:w="` + strconv.Itoa(w) + `"/>`)
	}
	f.raw(`</w:tblGrid>`)
}

func (f *flow) endTable() { f.raw(`</w:tbl>`) }
func (f *flow) row()      { f.raw(`<w:tr>`) }
func (f *flow) endRow()   { f.raw(`</w:tr>`) }

// cell starts the blocks of a cell over span columns.
func (f *flow) cell(span int) {
	f.raw(`<w:tc>`)
	if span > 1 {
		f.raw(`<w:tcPr><w:gridSpan w:val="` + strconv.Itoa(span) + `"/></w:tcPr>`)
	}
	f.levels = append(f.levels, level{})
}

func (f *flow) endCell() {
	f.pop()
	f.raw(`</w:tc>`)
}

// covered adds a cell that belongs to the one above it.
func (f *flow) covered(span int) {
	f.raw(`<w:tc><w:tcPr><w:gridSpan w:val="` + strconv.Itoa(span) + `"/><w:vMerge/></w:tcPr><w:p/></w:tc>`)
}

// pop ends the blocks of a cell or a box, which must not be without any.
func (f *flow) pop() {
	f.end()
	if !f.top().filled {
		f.raw(`<w:p/>`)
	}
	f.levels = f.levels[:len(f.levels)-1]
}

// add appends the blocks of another flow, which is finished by it.
func (f *flow) add(other *flow) {
	b := other.finish()
	if len(b) == 0 {
		return
	}
	f.end()
	f.top().filled = true
	f.buf.Write(b) // counted when it was written
}

// empty reports whether nothing has been written.
func (f *flow) empty() bool { return f.buf.Len() == 0 }

// finish ends the paragraph and returns the blocks.
func (f *flow) finish() []byte {
	f.end()
	return f.buf.Bytes()
}

// escape makes text fit for XML. Characters that XML cannot contain are left
// out.
func escape(s string) string {
	clean := true
	for i := range len(s) {
		if c := s[i]; c < ' ' || c == '<' || c == '>' || c == '&' || c == '"' || c >= utf8.RuneSelf {
			clean = false
			break
		}
	}
	if clean {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 16)
	for _, r := range s {
		switch {
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '&':
			b.WriteString("&amp;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\t' || r == '\n' || r == '\r':
			b.WriteByte(' ')
		case r == '\u2011': // a hyphen that keeps its line
			b.WriteByte('-')
		case r < ' ' || r == 0xfffe || r == 0xffff:
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

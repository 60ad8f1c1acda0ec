package office

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"

	"golang.org/x/text/encoding"

	"dasheval/checker/evidence"
)

// An rtf is a Rich Text Format file (version 1.9.1) being read: groups in
// braces, control words, and characters between them. A group inherits the
// state of the one around it and leaves that as it was.
type rtf struct {
	*document
	data   []byte
	pos    int
	polled int // position of the last look at whether to go on
	stack  []rtfState
	rtfState
	fonts    map[int]*rtfFont
	codepage encoding.Encoding
	bytes    []byte // characters not yet decoded
	skip     int    // characters that stand in for the one before
	high     rune   // first half of a character
	section  bool   // a section has ended
	starred  bool   // the next word may be ignored if it is not known
}

// An rtfState is what belongs to a group.
type rtfState struct {
	dest       rtfDest
	story      *story
	picture    *rtfPicture
	shape      *rtfShape
	para       rtfParagraph
	font       int
	uc         int // characters that stand in for one
	hidden     bool
	deleted    bool
	label      bool // number of a list
	inNote     bool // in a footnote
	continuous bool // the section begins on no new page
	newFont    *rtfFont
}

// An rtfDest is what becomes of the characters of a group.
type rtfDest int

const (
	rtfText  rtfDest = iota
	rtfQuiet         // none of the text, but there may be some in groups in it
	rtfSkip          // none of the text, whatever is in it
	rtfPict          // data of a picture
	rtfFonts         // table of fonts
)

type rtfFont struct {
	name     []byte
	codepage encoding.Encoding // nil for that of the file
	symbol   bool
}

// An rtfPicture is a picture with its size in twips and its scale in percent.
type rtfPicture struct{ width, height, scaleX, scaleY int }

// place returns the place of a picture, which stands in a shape unless that is
// nil.
func (p *rtfPicture) place(s *rtfShape) picture {
	width, height := p.width*p.scaleX/100, p.height*p.scaleY/100
	if s != nil && width <= 0 {
		width, height = s.right-s.left, s.bottom-s.top
	}
	return picture{int64(max(width, 0)) * emuPerTwip, int64(max(height, 0)) * emuPerTwip, s != nil}
}

type rtfShape struct{ left, top, right, bottom int }

// An rtfParagraph has the properties of a paragraph and how deep in tables it
// stands.
type rtfParagraph struct {
	props
	inTable bool
	nesting int
}

func convertRTF(d *document, data []byte) error {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, markUTF8), " \t\r\n\x00")
	if !bytes.HasPrefix(data, []byte(`{\rtf`)) {
		return fmt.Errorf("%w: no RTF", evidence.ErrCorrupt)
	}
	r := &rtf{document: d, data: data, fonts: make(map[int]*rtfFont), codepage: windows1252}
	r.story = &story{flow: d.body}
	r.uc = 1
	main := r.story
	if err := r.read(); err != nil {
		return err
	}
	main.close()
	return nil
}

// read goes through the groups up to the end of the outermost.
func (r *rtf) read() error {
	for r.pos < len(r.data) {
		if r.err != nil {
			return r.err
		}
		if r.pos-r.polled > pollBytes {
			r.polled = r.pos
			if err := r.stop(); err != nil {
				return err
			}
		}
		c := r.data[r.pos]
		r.pos++
		switch c {
		case '{':
			r.decode()
			if len(r.stack) >= maxDepth {
				return fmt.Errorf("%w: groups nested more than %d deep", evidence.ErrTooLarge, maxDepth)
			}
			r.stack = append(r.stack, r.rtfState)
			r.newFont = nil
			r.skip, r.starred = 0, false
		case '}':
			r.decode()
			r.skip, r.starred = 0, false
			if len(r.stack) == 0 {
				return nil
			}
			r.endGroup()
			if len(r.stack) == 0 {
				return nil
			}
		case '\\':
			r.control()
		case '\r', '\n', 0:
		case '\t':
			r.decode()
			r.word("tab", 0, false)
		default:
			r.char(c)
		}
	}
	return fmt.Errorf("%w: cut off in a group", evidence.ErrCorrupt)
}

// endGroup goes back to the group around the current one.
func (r *rtf) endGroup() {
	old := r.rtfState
	r.rtfState = r.stack[len(r.stack)-1]
	r.stack = r.stack[:len(r.stack)-1]
	if old.picture != nil && r.picture == nil && r.dest != rtfSkip && r.shown() {
		r.at().picture(old.picture.place(old.shape))
	}
	if old.story != r.story {
		old.story.close()
		switch old.story.kind {
		case storyNote:
			r.document.note(old.story.flow)
		case storyBox:
			if !old.story.flow.empty() && r.shown() {
				f := r.at()
				f.box()
				f.add(old.story.flow)
				f.endBox()
			}
		}
	}
}

// control reads what follows a backslash.
func (r *rtf) control() {
	if r.pos >= len(r.data) {
		return
	}
	c := r.data[r.pos]
	if c|0x20 < 'a' || c|0x20 > 'z' {
		r.pos++
		r.sign(c)
		return
	}
	start := r.pos
	for r.pos < len(r.data) && r.data[r.pos]|0x20 >= 'a' && r.data[r.pos]|0x20 <= 'z' {
		r.pos++
	}
	name := string(r.data[start:min(r.pos, start+maxWord)])
	start = r.pos
	if r.pos < len(r.data) && r.data[r.pos] == '-' {
		r.pos++
	}
	for r.pos < len(r.data) && r.data[r.pos] >= '0' && r.data[r.pos] <= '9' {
		r.pos++
	}
	n, err := strconv.Atoi(string(r.data[start:min(r.pos, start+maxWord)]))
	given := err == nil
	if r.pos < len(r.data) && r.data[r.pos] == ' ' {
		r.pos++
	}
	if !given {
		n = 0
	}
	r.decode()
	if name != "u" {
		r.skip = 0
	}
	r.word(name, min(max(n, -maxTwips), maxTwips), given)
	r.starred = false
}

// maxWord bounds control words and their numbers.
const maxWord = 32

// sign reads a control symbol.
func (r *rtf) sign(c byte) {
	if c == '\'' {
		if r.pos+2 <= len(r.data) {
			if n, err := strconv.ParseUint(string(r.data[r.pos:r.pos+2]), 16, 8); err == nil {
				r.pos += 2
				r.char(byte(n))
			}
		}
		return
	}
	if c == '{' || c == '}' || c == '\\' {
		r.char(c)
		return
	}
	r.decode()
	switch c {
	case '*':
		r.starred = true
	case '~':
		r.put("\u00a0")
	case '-':
		r.put("\u00ad")
	case '_':
		r.put("-")
	case '\r', '\n':
		r.word("par", 0, false)
	case '\t':
		r.word("tab", 0, false)
	}
}

// char takes a character of the code page.
func (r *rtf) char(c byte) {
	if r.skip > 0 {
		r.skip--
		return
	}
	switch r.dest {
	case rtfText:
		r.bytes = append(r.bytes, c)
	case rtfFonts:
		if r.newFont != nil && c != ';' && len(r.newFont.name) < maxWord {
			r.newFont.name = append(r.newFont.name, c)
		}
	}
}

// decode adds the characters that are waiting to the text.
func (r *rtf) decode() {
	if len(r.bytes) == 0 {
		return
	}
	b := r.bytes
	r.bytes = r.bytes[:0]
	enc := r.codepage
	if f := r.fonts[r.font]; f != nil {
		if f.symbol {
			for _, c := range b {
				r.symbol(f, 0xf000|int(c))
			}
			return
		}
		if f.codepage != nil {
			enc = f.codepage
		}
	}
	s, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return
	}
	r.put(string(s))
}

// symbol adds a character of a symbol font.
func (r *rtf) symbol(f *rtfFont, code int) {
	switch {
	case !r.shown():
	case code&0xff == ' ':
		r.put(" ")
	default:
		r.at().symbol(string(f.name), code)
	}
}

// unicode adds half a character or a whole one by its number in UTF-16.
func (r *rtf) unicode(n int) {
	c := rune(uint16(n))
	switch f := r.fonts[r.font]; {
	case c >= 0xf000 && c <= 0xf0ff:
		if f == nil || !f.symbol {
			f = &rtfFont{name: []byte("Symbol")}
		}
		r.symbol(f, int(c))
	case utf16.IsSurrogate(c) && c < 0xdc00:
		r.high = c
		return
	case utf16.IsSurrogate(c):
		r.put(string(utf16.DecodeRune(r.high, c)))
	default:
		r.put(string(c))
	}
	r.high = 0
}

// shown reports whether text at this point is.
func (r *rtf) shown() bool { return r.dest <= rtfQuiet && !r.hidden && !r.deleted }

// put adds text.
func (r *rtf) put(s string) {
	if r.label && (s == "o" || s == "·" || s == "§") { // bullets in fonts of their own
		s = "•"
	}
	if r.dest == rtfText && r.shown() && s != "" {
		r.at().text(s)
	}
}

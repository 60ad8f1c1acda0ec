package office

import (
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/charset"

	"dasheval/checker/evidence"
)

func convertHTML(d *document, data []byte) error {
	enc, _, certain := charset.DetermineEncoding(data, "")
	s := string(data)
	if !certain && utf8.Valid(data) {
		s = strings.TrimPrefix(s, string(markUTF8))
	} else {
		b, err := enc.NewDecoder().Bytes(data)
		if err != nil {
			return fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
		}
		s = string(b)
	}
	return readHTML(d.body, s)
}

// An htmlPage is HTML being read as a stream of tags: no tree is built, so that
// what is nested wrongly or without end does no harm.
type htmlPage struct {
	body   *flow
	tables []*htmlTable // that are open, from the outermost
	over   int          // tables open beyond the limit, which are looked through
	lists  []htmlList
	num    int    // use of a list for the next paragraph
	align  string // of the next paragraph
	center int    // elements open that center
	pre    int    // elements open that keep white space
	hidden string // name of the element that hides all in it, "" if none does
	inside int    // how often it is open
}

type htmlList struct {
	use     int
	format  listLevel
	ordered bool
}

// readHTML adds the text of HTML to a flow.
func readHTML(f *flow, s string) error {
	z := html.NewTokenizer(strings.NewReader(s))
	p := &htmlPage{body: f}
	for n := 0; f.doc.err == nil; n++ {
		if n%1024 == 0 {
			if err := f.doc.stop(); err != nil {
				return err
			}
		}
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return fmt.Errorf("%w: %w", evidence.ErrCorrupt, err)
			}
			p.over = 0
			for len(p.tables) > 0 {
				p.endTable()
			}
			f.end()
			return nil
		case html.TextToken:
			if p.hidden == "" {
				p.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			p.start(z.Token())
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(string(name))
		}
	}
	return f.doc.err
}

// flow returns where text goes. Text in a table outside of its cells stands
// before it, as browsers show it.
func (p *htmlPage) flow() *flow {
	for i := len(p.tables) - 1; i >= 0; i-- {
		if p.tables[i].cell {
			return p.tables[i].flow
		}
	}
	return p.body
}

// paragraph returns where text goes, in a paragraph.
func (p *htmlPage) paragraph() *flow {
	f := p.flow()
	if !f.top().paragraph {
		props := props{align: p.align, num: p.num}
		if p.center > 0 && p.align == "" {
			props.align = "center"
		}
		p.num = 0
		f.begin(props)
	}
	return f
}

func (p *htmlPage) text(s string) {
	blank := strings.Trim(s, blanks) == ""
	switch {
	case p.pre > 0 && !(blank && !p.flow().top().paragraph):
		s = strings.ReplaceAll(s, "\r\n", "\n")
		p.paragraph().text(strings.ReplaceAll(s, "\r", "\n"))
	case !blank || p.flow().top().paragraph:
		p.paragraph().words(s)
	}
}

// htmlSilent are the elements whose content is not shown.
var htmlSilent = map[string]bool{
	"script": true, "style": true, "template": true, "title": true, "noscript": true, "svg": true, "iframe": true,
	"object": true, "video": true, "audio": true, "canvas": true, "datalist": true, "noframes": true, "noembed": true,
}

// htmlBlocks are the elements that start and end a paragraph.
var htmlBlocks = map[string]bool{
	"p": true, "div": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "li": true,
	"dt": true, "dd": true, "dl": true, "ul": true, "ol": true, "section": true, "article": true, "header": true,
	"footer": true, "nav": true, "aside": true, "main": true, "address": true, "blockquote": true, "pre": true,
	"fieldset": true, "legend": true, "form": true, "figure": true, "figcaption": true, "hr": true, "center": true,
	"details": true, "summary": true, "caption": true, "body": true, "html": true, "option": true, "menu": true, "xmp": true,
	"textarea": true, "listing": true, "plaintext": true,
}

// start reads a start tag.
func (p *htmlPage) start(t html.Token) {
	name := t.Data
	if p.hidden != "" {
		if name == p.hidden && t.Type == html.StartTagToken {
			p.inside++
		}
		return
	}
	css := inlineStyle(t)
	if htmlSilent[name] || attr(t, "hidden") != nil || css["display"] == "none" || css["mso-hide"] == "all" {
		if t.Type == html.StartTagToken && !htmlVoid[name] {
			p.hidden, p.inside = name, 1
		}
		return
	}
	if htmlBlocks[name] {
		p.flow().end()
		p.align = alignment(t, css)
	}
	if css["page-break-before"] == "always" || css["break-before"] == "page" {
		p.paragraph().page()
	}
	switch name {
	case "br":
		if p.flow().top().paragraph {
			p.flow().line()
		}
	case "center":
		p.center++
	case "pre", "xmp", "textarea", "listing", "plaintext":
		p.pre++
	case "img":
		p.image(t, css)
	case "ul", "ol", "menu":
		p.list(t)
	case "li":
		p.item(t)
	case "table":
		p.table()
	case "col":
		p.column(t)
	case "tr":
		p.row()
	case "td", "th":
		p.cell(t)
	}
}

// htmlVoid are the elements without an end tag.
var htmlVoid = map[string]bool{
	"area": true, "base": true, "br": true, "col": true, "embed": true, "hr": true, "img": true, "input": true,
	"link": true, "meta": true, "param": true, "source": true, "track": true, "wbr": true,
}

// end reads an end tag.
func (p *htmlPage) end(name string) {
	if p.hidden != "" {
		if name == p.hidden {
			p.inside--
		}
		if p.inside == 0 {
			p.hidden = ""
		}
		return
	}
	if htmlBlocks[name] {
		p.flow().end()
		p.align = ""
	}
	switch name {
	case "center":
		p.center = max(p.center-1, 0)
	case "pre", "xmp", "textarea", "listing":
		p.pre = max(p.pre-1, 0)
	case "ul", "ol", "menu":
		p.lists = p.lists[:max(len(p.lists)-1, 0)]
		p.num = 0
	case "li":
		p.num = 0
	case "table":
		if p.over > 0 {
			p.over--
		} else if len(p.tables) > 0 {
			p.endTable()
		}
	case "tr":
		p.endRow()
	case "td", "th":
		p.endCell()
	}
}

// attr returns the value of an attribute, nil if there is none.
func attr(t html.Token, name string) *string {
	for _, a := range t.Attr {
		if a.Key == name {
			return &a.Val
		}
	}
	return nil
}

// inlineStyle reads the style attribute of a tag.
func inlineStyle(t html.Token) map[string]string {
	s := attr(t, "style")
	if s == nil {
		return nil
	}
	out := make(map[string]string)
	for decl := range strings.SplitSeq(strings.ToLower(*s), ";") {
		name, value, _ := strings.Cut(decl, ":")
		value, _, _ = strings.Cut(value, "!")
		out[strings.TrimSpace(name)] = strings.TrimSpace(value)
	}
	return out
}

func alignment(t html.Token, css map[string]string) string {
	v := css["text-align"]
	if a := attr(t, "align"); v == "" && a != nil {
		v = strings.ToLower(*a)
	}
	switch v {
	case "center", "right", "end":
		return v
	}
	return ""
}

// tinyEMU is the size of pictures, two pixels, that only fill room or count
// readers.
const tinyEMU = 2 * 15 * emuPerTwip

// image adds the place of a picture.
func (p *htmlPage) image(t html.Token, css map[string]string) {
	size := func(name string) int64 {
		if v := css[name]; v != "" {
			return emu(v)
		}
		if a := attr(t, name); a != nil {
			return emu(strings.TrimSuffix(strings.TrimSpace(*a), "px") + "px")
		}
		return 0
	}
	pic := picture{width: size("width"), height: size("height")}
	if pic.width > 0 && pic.width <= tinyEMU && pic.height <= tinyEMU {
		return
	}
	p.paragraph().picture(pic)
}

// list opens a list.
func (p *htmlPage) list(t html.Token) {
	l := htmlList{ordered: t.Data == "ol", format: listLevel{"bullet", "•", 1}}
	if l.ordered {
		l.format = listLevel{"decimal", "%1.", 1}
		if a := attr(t, "type"); a != nil && listFormats[*a] != "" {
			l.format.format = listFormats[*a]
		}
		if a := attr(t, "start"); a != nil {
			l.format.start = startOf(*a)
		}
	}
	if len(p.lists) < maxDepth {
		p.lists = append(p.lists, l)
	}
}

func startOf(s string) int {
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil {
		return 1
	}
	return min(max(n, -1<<20), 1<<20)
}

// item makes the next paragraph one of the list.
func (p *htmlPage) item(t html.Token) {
	if len(p.lists) == 0 {
		return
	}
	l := &p.lists[len(p.lists)-1]
	if a := attr(t, "value"); a != nil && l.ordered {
		l.use, l.format.start = 0, startOf(*a)
	}
	if l.use == 0 {
		l.use = p.body.doc.simple(l.format)
	}
	p.num = l.use
}

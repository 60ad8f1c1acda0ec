package docx

import "strings"

// A paragraph is the content of one w:p before it is laid out. Breaks, tabs
// and pictures are single control characters in it, which XML cannot contain.
type paragraph struct {
	props    props
	text     []byte
	pictures []picture
	fields   []bool // per open complex field: its result has begun
	pending  int    // number of fields whose result has not
}

const (
	tabMark     = '\t'
	lineMark    = '\n'
	pageMark    = '\f'
	pictureMark = '\x01' // stands for the next of the pictures
)

// add appends text in which all white space is of one kind.
func (g *paragraph) add(s string) {
	start := len(g.text)
	g.text = append(g.text, s...)
	for i, c := range g.text[start:] {
		if c < ' ' {
			g.text[start+i] = ' '
		}
	}
}

// shown reports whether text at this point is shown, rather than the
// instruction of a field.
func (g *paragraph) shown() bool { return g.pending == 0 }

// field follows a w:fldChar. Fields are followed within a paragraph only: one
// that runs on into the next is there in its result, which is shown.
func (g *paragraph) field(kind string) {
	last := len(g.fields) - 1
	switch {
	case kind == "begin":
		g.fields = append(g.fields, false)
		g.pending++
		return
	case last < 0 || kind != "separate" && kind != "end":
		return
	}
	if !g.fields[last] {
		g.fields[last] = true
		g.pending--
	}
	if kind == "end" {
		g.fields = g.fields[:last]
	}
}

// blocks reads the paragraphs and tables in the current element. Elements
// that are only containers, such as w:sdt, are looked through.
func (d *reader) blocks(p *part, f frame) error {
	var open *paragraph // text that runs on into the next paragraph
	err := p.children(func(e element) error {
		switch local := e.Name.Local; local {
		case "p":
			var err error
			open, err = d.paragraph(p, f, open)
			return err
		case "tbl":
			if err := d.flush(f, &open); err != nil {
				return err
			}
			return d.table(p, f)
		case "sectPr":
			kind, err := readSection(p)
			if err == nil && !f.fixed {
				d.layout.endSection(kind)
			}
			return err
		case "altChunk":
			if err := d.chunk(d.chunks[e.attr("id")], f); err != nil {
				return err
			}
			return p.skip()
		case "footnote", "endnote":
			if t := e.attr("type"); t != "" && t != "normal" {
				return p.skip()
			}
			return d.blocks(p, f)
		default:
			if dropped(local) {
				return p.skip()
			}
			return d.blocks(p, f)
		}
	})
	if err != nil {
		return err
	}
	return d.flush(f, &open)
}

// dropped reports whether the content of an element is no part of the text as
// finally shown: what was deleted or moved away, properties, instructions of
// fields, and phonetic guides.
func dropped(local string) bool {
	switch local {
	case "del", "moveFrom", "delText", "instrText", "delInstrText", "rt":
		return true
	}
	return strings.HasSuffix(local, "Pr")
}

// flush lays out a paragraph that was to run on, if it has any text.
func (d *reader) flush(f frame, open **paragraph) error {
	g := *open
	*open = nil
	if g == nil || len(g.text) == 0 {
		return nil
	}
	return d.place(f, g)
}

// paragraph reads a w:p and lays it out, after the text of open if that runs
// on. It returns a paragraph that itself runs on.
func (d *reader) paragraph(p *part, f frame, open *paragraph) (*paragraph, error) {
	g := new(paragraph)
	if open != nil {
		g.text, g.pictures = open.text, open.pictures
	}
	if err := d.inline(p, f, g, false); err != nil {
		return nil, err
	}
	if g.props.joined && g.props.section == nil {
		return g, nil
	}
	return nil, d.place(f, g)
}

func (d *reader) place(f frame, g *paragraph) error {
	d.styles.apply(&g.props)
	number := d.numbering.next(&g.props, &d.styles)
	if err := d.layout.paragraph(f, g, number); err != nil {
		return err
	}
	if kind := g.props.section; kind != nil && !f.fixed {
		d.layout.endSection(*kind)
	}
	return nil
}

// inline reads the content of a paragraph, or of a run or another element in
// it.
func (d *reader) inline(p *part, f frame, g *paragraph, hidden bool) error {
	return p.children(func(e element) error {
		show := !hidden && g.shown()
		mark := byte(0)
		switch local := e.Name.Local; local {
		case "pPr":
			var err error
			g.props, err = readProps(p)
			hidden = d.styles.hidden(g.props.style)
			return err
		case "rPr":
			vanish, style, err := readRun(p)
			if vanish != nil {
				hidden = *vanish
			} else {
				hidden = hidden || d.styles.hidden(style)
			}
			return err
		case "t":
			return d.run(p, e, g, show)
		case "fldChar":
			g.field(e.attr("fldCharType"))
		case "tab", "ptab":
			mark = tabMark
		case "cr":
			mark = lineMark
		case "br":
			if mark = lineMark; e.attr("type") == "page" {
				mark = pageMark
			}
		case "noBreakHyphen":
			mark = '-'
		case "softHyphen":
			if show {
				g.add("\u00ad")
			}
		case "footnoteReference":
			// Shown raised: a plain digit would become part of the word before.
			d.footnotes++
			if show && e.attr("customMarkFollows") == "" {
				g.add(raised(d.footnotes))
			}
		case "sym":
			if show {
				g.add(symbol(e.attr("font"), e.attr("char")))
			}
		case "drawing", "pict", "object":
			return d.drawing(p, f, g, show)
		case "tbl":
			return d.table(p, f)
		case "txbxContent":
			f.fixed = true
			return d.blocks(p, f)
		default:
			if dropped(local) {
				return p.skip()
			}
			return d.inline(p, f, g, hidden)
		}
		if mark != 0 && show {
			g.text = append(g.text, mark)
		}
		return p.skip()
	})
}

// raised returns n in superscript digits.
func raised(n int) string {
	digits := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	out := ""
	for ; n > 0; n /= 10 {
		out = string(digits[n%10]) + out
	}
	return out
}

// run reads a w:t or m:t.
func (d *reader) run(p *part, e element, g *paragraph, show bool) error {
	s, err := p.text()
	if err != nil || !show {
		return err
	}
	if e.attr("space") != "preserve" {
		s = strings.TrimSpace(s)
	}
	g.add(s)
	return d.layout.spend(len(s))
}

package office

// rtfSilent are the groups that are no part of the text, beside those that may
// be ignored.
var rtfSilent = map[string]bool{
	"colortbl": true, "stylesheet": true, "info": true, "filetbl": true, "listtable": true, "listoverridetable": true,
	"revtbl": true, "rsidtbl": true, "generator": true, "fldinst": true, "nonshppict": true, "shprslt": true,
	"objdata": true, "objclass": true, "objname": true, "xe": true, "tc": true, "tcn": true, "ftnsep": true, "ftnsepc": true,
	"ftncn": true, "aftnsep": true, "aftnsepc": true, "aftncn": true, "template": true, "pnseclvl": true, "pn": true,
	"bkmkstart": true, "bkmkend": true, "annotation": true, "atnid": true, "atnauthor": true, "nonesttables": true,
	"private": true, "listpicture": true, "themedata": true, "datafield": true, "comment": true, "falt": true, "panose": true,
}

// rtfSigns are the words for single characters.
var rtfSigns = map[string]string{
	"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
	"emspace": " ", "enspace": " ", "qmspace": " ", "zwj": "\u200d", "zwnj": "\u200c",
}

// word reads a control word with its number, which may be given.
func (r *rtf) word(name string, n int, given bool) {
	on := !given || n != 0
	switch {
	case r.dest == rtfSkip:
		if name == "bin" {
			r.pos = min(r.pos+max(n, 0), len(r.data))
		}
		return
	case r.destination(name):
		return
	case r.starred:
		r.dest = rtfSkip
		return
	}
	if s, ok := rtfSigns[name]; ok {
		r.put(s)
		return
	}
	if r.property(name, n) || r.tableWord(name, n) {
		return
	}
	switch name {
	case "par":
		r.paragraph()
	case "line", "lbr":
		r.mark((*flow).line)
	case "tab":
		if r.label {
			r.put(" ")
			return
		}
		r.mark((*flow).tab)
	case "page":
		r.mark((*flow).page)
	case "sect":
		r.story.end()
		r.section = r.story.kind == storyBody
	case "chftn":
		if !r.inNote {
			r.mark((*flow).reference)
		}
	case "u":
		r.skip = 0
		r.unicode(n)
		r.skip = r.uc
	case "uc":
		r.uc = min(max(n, 0), maxWord)
	case "bin":
		r.pos = min(r.pos+max(n, 0), len(r.data))
	case "plain":
		r.hidden, r.deleted, r.font = false, false, 0
	case "v":
		r.hidden = on
	case "deleted":
		r.deleted = on
	case "ansicpg":
		if enc := codepage(n); enc != nil {
			r.codepage = enc
		}
	case "mac":
		r.codepage = codepage(10000)
	case "pc":
		r.codepage = codepage(437)
	case "pca":
		r.codepage = codepage(850)
	case "f":
		r.selectFont(n)
	case "fcharset":
		if r.newFont != nil {
			r.newFont.symbol = n == 2
			r.newFont.codepage = codepage(charsets[n])
		}
	case "cpg":
		if r.newFont != nil {
			r.newFont.codepage = codepage(n)
		}
	}
}

// maxFonts bounds the table of fonts.
const maxFonts = 10_000

func (r *rtf) selectFont(n int) {
	if r.dest != rtfFonts {
		r.font = n
		return
	}
	if len(r.fonts) < maxFonts {
		r.newFont = new(rtfFont)
		r.fonts[n] = r.newFont
	}
}

// destination reads a word that says what becomes of its group.
func (r *rtf) destination(name string) bool {
	switch name {
	case "fonttbl":
		r.dest = rtfFonts
	case "header", "headerl", "headerr", "headerf":
		r.tell(storySide, r.document.header)
	case "footer", "footerl", "footerr", "footerf":
		r.tell(storySide, r.document.footer)
	case "footnote":
		r.tell(storyNote, r.document.flow)
		r.inNote = true
	case "shptxt", "dptxbxtext":
		r.tell(storyBox, r.document.flow)
	case "shp", "shpgrp":
		r.shape = new(rtfShape)
		r.dest = rtfQuiet
	case "shpinst", "do", "object", "sp", "sn", "sv", "upr":
		r.dest = rtfQuiet
	case "result", "ud":
		r.dest = rtfText
	case "pict":
		if r.picture == nil {
			r.picture = &rtfPicture{scaleX: 100, scaleY: 100}
		}
		r.dest = rtfPict
	case "shppict", "nesttableprops", "fldrslt", "field":
	case "listtext", "pntext":
		r.label = true
	default:
		if !rtfSilent[name] {
			return false
		}
		r.dest = rtfSkip
	}
	r.starred = false
	return true
}

// tell directs the text of the group to a story of its own.
func (r *rtf) tell(kind storyKind, to func() *flow) {
	if !r.shown() || len(r.headers)+len(r.footers) > maxMembers/2 {
		r.dest = rtfSkip
		return
	}
	r.story = &story{kind: kind, flow: to()}
	r.para = rtfParagraph{}
	r.dest = rtfText
}

// property reads a word about the paragraph, the picture or the shape.
func (r *rtf) property(name string, n int) bool {
	p := &r.para
	switch name {
	case "pard":
		*p = rtfParagraph{}
	case "ql", "qj":
		p.align = ""
	case "qc":
		p.align = "center"
	case "qr":
		p.align = "right"
	case "li", "lin":
		p.left = n
	case "fi":
		p.first = n
	case "tx":
		if len(p.tabs) < maxTabs {
			p.tabs = append(p.tabs[:len(p.tabs):len(p.tabs)], n)
		}
	case "pagebb":
		p.pageBreak = true
	case "intbl":
		p.inTable = true
	case "itap":
		p.nesting = min(max(n, 0), maxNesting)
	case "sectd":
		r.continuous = false
	case "sbknone", "sbkcol":
		r.continuous = true
	case "sbkpage", "sbkeven", "sbkodd":
		r.continuous = false
	default:
		return r.size(name, n)
	}
	return true
}

// size reads a word about the size of the picture or the shape.
func (r *rtf) size(name string, n int) bool {
	switch {
	case r.picture != nil && name == "picwgoal":
		r.picture.width = n
	case r.picture != nil && name == "pichgoal":
		r.picture.height = n
	case r.picture != nil && name == "picscalex":
		r.picture.scaleX = min(max(n, 1), 1000)
	case r.picture != nil && name == "picscaley":
		r.picture.scaleY = min(max(n, 1), 1000)
	case r.shape == nil:
		return false
	case name == "shpleft":
		r.shape.left = n
	case name == "shptop":
		r.shape.top = n
	case name == "shpright":
		r.shape.right = n
	case name == "shpbottom":
		r.shape.bottom = n
	default:
		return false
	}
	return true
}

// mark adds a tab, a break or the like.
func (r *rtf) mark(add func(*flow)) {
	if r.dest == rtfText && r.shown() {
		add(r.at())
	}
}

// paragraph ends a paragraph, which may be empty.
func (r *rtf) paragraph() {
	if r.dest != rtfText || r.deleted {
		return
	}
	r.at().end()
}

package office

import (
	"strconv"
	"strings"
)

// odtStyles are the styles of paragraphs, texts and columns, by family and
// name.
type odtStyles struct {
	byName   map[string]odtStyle
	resolved map[string]odtStyle // those with what they inherit
}

// An odtStyle is a style as far as it matters here.
type odtStyle struct {
	parent string
	props
	set         map[string]bool // the properties it sets
	hidden      *bool
	font        string
	breakBefore bool
	breakAfter  bool
	master      bool // begins a page of its own kind
	width       int  // of a column, in twips
}

// maxParents bounds how far styles are followed: a parent may be its own child.
const maxParents = 20

// resolve returns a style with what it takes from its parents.
func (st *odtStyles) resolve(family, name string) odtStyle {
	key := family + " " + name
	if out, ok := st.resolved[key]; ok {
		return out
	}
	out, ok := st.byName[key]
	if !ok {
		return odtStyle{}
	}
	parent := out.parent
	for range maxParents {
		p, ok := st.byName[family+" "+parent]
		if !ok {
			break
		}
		out.inherit(p)
		parent = p.parent
	}
	st.resolved[key] = out
	return out
}

// inherit fills in what s leaves open.
func (s *odtStyle) inherit(p odtStyle) {
	set := make(map[string]bool, len(s.set)+len(p.set))
	for name := range s.set {
		set[name] = true
	}
	for name := range p.set {
		if set[name] {
			continue
		}
		set[name] = true
		switch name {
		case "text-align":
			s.align = p.align
		case "margin-left":
			s.left = p.left
		case "text-indent":
			s.first = p.first
		case "tab-stops":
			s.tabs = p.tabs
		case "break-before":
			s.breakBefore = p.breakBefore
		case "break-after":
			s.breakAfter = p.breakAfter
		case "display":
			s.hidden = p.hidden
		case "font":
			s.font = p.font
		}
	}
	s.set = set
}

// definitions reads styles and list styles.
func (o *odt) definitions(s *stream) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "style", "default-style":
			return o.style(s, e)
		case "list-style", "outline-style":
			return o.listStyle(s, e)
		}
		return s.skip()
	})
}

func (o *odt) style(s *stream, e element) error {
	st := odtStyle{parent: e.attr("parent-style-name"), set: make(map[string]bool)}
	st.master = e.attr("master-page-name") != ""
	err := s.children(func(e element) error {
		switch e.Name.Local {
		case "paragraph-properties":
			st.readParagraph(e)
			return s.children(func(e element) error {
				if e.Name.Local != "tab-stops" {
					return s.skip()
				}
				st.set["tab-stops"] = true
				return s.children(func(e element) error {
					if t := twips(e.attr("position")); t > 0 && len(st.tabs) < maxTabs {
						st.tabs = append(st.tabs, t)
					}
					return s.skip()
				})
			})
		case "text-properties":
			if d := e.attr("display"); d == "none" || d == "true" {
				st.hidden = new(d == "none")
				st.set["display"] = true
			}
			if st.font = e.attr("font-name"); st.font == "" {
				st.font = strings.Trim(e.attr("font-family"), "'")
			}
			if st.font != "" {
				st.set["font"] = true
			}
		case "table-column-properties":
			st.width = twips(e.attr("column-width"))
		}
		return s.skip()
	})
	// A default style has no name, and the parent of those without is the default.
	o.styles.byName[e.attr("family")+" "+e.attr("name")] = st
	clear(o.styles.resolved)
	o.spend(len(e.attr("name")))
	return err
}

// maxTabs bounds the tab stops of a paragraph.
const maxTabs = 64

func (s *odtStyle) readParagraph(e element) {
	for _, a := range e.Attr {
		name, v := a.Name.Local, a.Value
		switch name {
		case "text-align":
			switch v {
			case "center", "right", "end":
				s.align = v
			}
		case "margin-left":
			s.left = twips(v)
		case "text-indent":
			s.first = twips(v)
		case "break-before":
			s.breakBefore = v == "page"
		case "break-after":
			s.breakAfter = v == "page"
		default:
			continue
		}
		s.set[name] = true
	}
}

// units are lengths of OpenDocument and CSS, in twips.
var units = []struct {
	suffix string
	twips  float64
}{{"cm", 1440 / 2.54}, {"mm", 144 / 2.54}, {"inch", 1440}, {"in", 1440}, {"pt", 20}, {"pc", 240}, {"px", 15}}

// maxTwips bounds lengths: some 35 metres.
const maxTwips = 2_000_000

// length reads a length with its unit as twips, 0 if it is none.
func length(s string) float64 {
	for _, u := range units {
		number, ok := strings.CutSuffix(s, u.suffix)
		if !ok {
			continue
		}
		v, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || v != v {
			return 0
		}
		return min(max(v*u.twips, -maxTwips), maxTwips)
	}
	return 0
}

func twips(s string) int { return int(length(s)) }

// emuPerTwip is how many English metric units a twip has.
const emuPerTwip = 635

func emu(s string) int64 { return int64(max(length(s), 0) * emuPerTwip) }

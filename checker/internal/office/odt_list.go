package office

import "strings"

// odtLists are the list styles and how far lists have been counted.
type odtLists struct {
	styles  map[string][]listLevel
	defined map[string]int // numbers of their definitions
	last    map[string]int // last use of a style
	byID    map[string]int // use by the id of a list
	heading int            // use of the style of headings
}

// A position is that of a paragraph in a list: a use of it, 0 for none, and a
// level from 0.
type position struct{ num, level int }

// outlineStyle is the key of the style that numbers headings.
const outlineStyle = "\x00outline"

// listStyle reads a text:list-style or the text:outline-style.
func (o *odt) listStyle(s *stream, e element) error {
	name := e.attr("name")
	if e.Name.Local == "outline-style" {
		name = outlineStyle
	}
	levels := make([]listLevel, maxLevels)
	numbered := false
	for i := range levels {
		levels[i] = listLevel{format: "none", start: 1}
	}
	err := s.children(func(e element) error {
		at := e.number("level", 0, 0, 1000) - 1
		if at < 0 || at >= maxLevels {
			return s.skip()
		}
		switch e.Name.Local {
		case "list-level-style-number", "outline-level-style":
			levels[at] = odtNumber(e, at)
			numbered = numbered || levels[at].text != ""
		case "list-level-style-bullet":
			levels[at] = listLevel{format: "bullet", text: e.attr("bullet-char"), start: 1}
		}
		return s.skip()
	})
	if name != outlineStyle || numbered {
		o.lists.styles[name] = levels
		delete(o.lists.defined, name) // one of the text takes the place of a common one
	}
	o.spend(len(name))
	return err
}

// listFormats are the formats of style:num-format in the words of ECMA-376.
var listFormats = map[string]string{
	"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "01, 02, 03, ...": "decimalZero",
}

// odtNumber reads how a level, from 0, is numbered.
func odtNumber(e element, at int) listLevel {
	l := listLevel{format: listFormats[e.attr("num-format")], start: e.number("start-value", 1, 0, 1<<20)}
	if list := e.attr("num-list-format"); list != "" {
		l.text = list
		for i := range maxLevels {
			n := string(rune('1' + i))
			l.text = strings.ReplaceAll(l.text, "%"+n+"%", "%"+n)
		}
	} else if l.format != "" {
		l.text = e.attr("num-prefix")
		shown := e.number("display-levels", 1, 1, at+1)
		for i := at + 1 - shown; i <= at; i++ {
			l.text += "%" + string(rune('1'+i))
			if i < at {
				l.text += "."
			}
		}
		l.text += e.attr("num-suffix")
	}
	if l.format == "" {
		l.format = "none"
	}
	return l
}

// definition returns the number of the list that a style defines, 0 if there is
// no such style.
func (o *odt) definition(style string) int {
	levels, ok := o.lists.styles[style]
	if !ok {
		return 0
	}
	if o.lists.defined == nil {
		o.lists.defined = make(map[string]int)
	}
	n, ok := o.lists.defined[style]
	if !ok {
		n = o.define(levels)
		o.lists.defined[style] = n
	}
	return n
}

// fresh starts a use of a list style, 0 if there is no such style.
func (o *odt) fresh(style string) int {
	list := o.definition(style)
	if list == 0 {
		return 0
	}
	starts := make(map[int]int)
	for i, l := range o.lists.styles[style] {
		starts[i] = l.start
	}
	return o.start(list, starts)
}

// outline returns the number of a heading outside of lists.
func (o *odt) outline(e element) position {
	if e.Name.Local != "h" || e.attr("is-list-header") == "true" || o.lists.styles[outlineStyle] == nil {
		return position{}
	}
	at := e.number("outline-level", 1, 1, maxLevels) - 1
	if o.lists.styles[outlineStyle][at].text == "" {
		return position{}
	}
	if o.lists.heading == 0 {
		o.lists.heading = o.fresh(outlineStyle)
	}
	return position{o.lists.heading, at}
}

// An odtList is a list that is open, and the place in it.
type odtList struct {
	style string
	position
}

// readList reads a text:list, in another one if that is not nil.
func (o *odt) readList(s *stream, f *flow, e element, in *odtList) error {
	l := odtList{style: e.attr("style-name")}
	switch {
	case in != nil:
		l.level = in.level + 1
		if l.style == "" || l.style == in.style {
			l.style, l.num = in.style, in.num
		} else {
			l.num = o.fresh(l.style)
		}
	case e.attr("continue-list") != "" && o.lists.byID[e.attr("continue-list")] != 0:
		l.num = o.lists.byID[e.attr("continue-list")]
	case e.attr("continue-numbering") == "true" && o.lists.last[l.style] != 0:
		l.num = o.lists.last[l.style]
	default:
		l.num = o.fresh(l.style)
	}
	if id := e.attr("id"); id != "" {
		o.lists.byID[id] = l.num
		o.spend(len(id))
	}
	err := s.children(func(e element) error {
		switch e.Name.Local {
		case "list-item", "list-header":
			return o.item(s, f, e, &l)
		}
		if odtSilent(e) {
			return s.skip()
		}
		return o.block(s, f, e)
	})
	if in != nil && l.style == in.style {
		in.num = l.num // a start in it made a new use
	} else {
		o.lists.last[l.style] = l.num
		if id := e.attr("id"); id != "" {
			o.lists.byID[id] = l.num
		}
	}
	return err
}

// item reads an item of a list. Its first paragraph has the number.
func (o *odt) item(s *stream, f *flow, e element, l *odtList) error {
	numbered := e.Name.Local == "list-item"
	if list := o.definition(l.style); list != 0 && e.attr("start-value") != "" {
		l.num = o.start(list, map[int]int{min(l.level, maxLevels-1): e.number("start-value", 1, 0, 1<<20)})
	}
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "p", "h":
			at := position{}
			if numbered {
				at = l.position
			}
			numbered = false
			return o.paragraph(s, f, e, at)
		case "list":
			return o.readList(s, f, e, l)
		}
		if odtSilent(e) {
			return s.skip()
		}
		return o.block(s, f, e)
	})
}

package docx

import (
	"strings"
	"unicode"
)

// maxLevels is the number of levels of a list (ECMA-376 part 1, 17.9.6).
const maxLevels = 9

// A numbering holds the list definitions of numbering.xml and how far each
// list has been counted. The zero value has no lists.
type numbering struct {
	lists map[string]*list
	nums  map[int]*num
}

// A list is a w:abstractNum. All w:num of a list count on in it.
type list struct {
	levels [maxLevels]level
	link   string // style that names the list to use instead
	count  [maxLevels]int
	used   [maxLevels]bool
}

type level struct {
	start   int
	format  string
	text    string // pattern such as "%1.%2"
	legal   bool   // all numbers in it are decimal
	restart *int   // number of the level after which it starts again
	style   string // paragraph style linked to the level
	props   props
}

// A num is a w:num: the use of a list, with its own starts and levels.
type num struct {
	list    string
	start   [maxLevels]*int
	started [maxLevels]bool
	levels  [maxLevels]*level
}

func (n *numbering) read(p *part) error {
	n.lists, n.nums = make(map[string]*list), make(map[int]*num)
	return p.children(func(e element) error {
		switch e.Name.Local {
		case "abstractNum":
			l, err := readList(p)
			n.lists[e.attr("abstractNumId")] = l
			return err
		case "num":
			u, err := readNum(p)
			if id := integer(e.attr("numId")); id != nil {
				n.nums[*id] = u
			}
			return err
		}
		return p.skip()
	})
}

func readList(p *part) (*list, error) {
	l := new(list)
	err := p.children(func(e element) (err error) {
		switch e.Name.Local {
		case "lvl":
			lv, err := readLevel(p)
			if i := levelIndex(e); i >= 0 {
				l.levels[i] = lv
			}
			return err
		case "numStyleLink":
			l.link = e.attr("val")
		}
		return p.skip()
	})
	return l, err
}

// levelIndex returns the level an element is about, or -1.
func levelIndex(e element) int {
	if i := integer(e.attr("ilvl")); i != nil && *i >= 0 && *i < maxLevels {
		return *i
	}
	return -1
}

func readLevel(p *part) (level, error) {
	var lv level
	err := p.children(func(e element) (err error) {
		val := e.attr("val")
		switch e.Name.Local {
		case "start":
			if v := integer(val); v != nil {
				lv.start = *v
			}
		case "numFmt":
			lv.format = val
		case "lvlText":
			lv.text = val
		case "isLgl":
			lv.legal = e.on()
		case "lvlRestart":
			lv.restart = integer(val)
		case "pStyle":
			lv.style = val
		case "pPr":
			lv.props, err = readProps(p)
			return err
		}
		return p.skip()
	})
	return lv, err
}

func readNum(p *part) (*num, error) {
	u := new(num)
	err := p.children(func(e element) error {
		switch e.Name.Local {
		case "abstractNumId":
			u.list = e.attr("val")
		case "lvlOverride":
			i := levelIndex(e)
			return p.children(func(e element) error {
				switch {
				case i < 0:
				case e.Name.Local == "startOverride":
					u.start[i] = integer(e.attr("val"))
				case e.Name.Local == "lvl":
					lv, err := readLevel(p)
					u.levels[i] = &lv
					return err
				}
				return p.skip()
			})
		}
		return p.skip()
	})
	return u, err
}

// next counts a paragraph and returns its number as shown, "" if it has none.
// It fills in the indent that comes with the level.
func (n *numbering) next(p *props, s *styles) string {
	if p.numID == nil {
		return ""
	}
	u := n.nums[*p.numID]
	if u == nil {
		return ""
	}
	l := n.lists[u.list]
	if l != nil && l.link != "" {
		l = n.linked(l, s)
	}
	if l == nil {
		return ""
	}
	at := l.levelOf(p)
	l.advance(u, at)
	lv := l.level(u, at)
	p.indent(lv.props)
	return l.show(u, lv)
}

// linked follows a list that is defined by a numbering style.
func (n *numbering) linked(l *list, s *styles) *list {
	if id := s.byID[l.link].props.numID; id != nil && n.nums[*id] != nil {
		return n.lists[n.nums[*id].list]
	}
	return nil
}

// levelOf returns the level of a paragraph: its own, or that which its style
// is linked to.
func (l *list) levelOf(p *props) int {
	if p.level != nil && *p.level > 0 {
		return min(*p.level, maxLevels-1)
	}
	for i, lv := range l.levels {
		if p.level == nil && p.style != "" && lv.style == p.style {
			return i
		}
	}
	return 0
}

func (l *list) level(u *num, at int) level {
	if u.levels[at] != nil {
		return *u.levels[at]
	}
	return l.levels[at]
}

func (l *list) start(u *num, at int) int {
	if u.start[at] != nil {
		return *u.start[at]
	}
	return l.level(u, at).start
}

func (l *list) advance(u *num, at int) {
	switch {
	case !l.used[at], u.start[at] != nil && !u.started[at]:
		l.count[at] = l.start(u, at)
	default:
		l.count[at]++
	}
	l.used[at], u.started[at] = true, true
	for i := at + 1; i < maxLevels; i++ {
		if r := l.level(u, i).restart; r == nil || at < *r {
			l.used[i] = false
		}
	}
}

// show writes the number of the last counted paragraph.
func (l *list) show(u *num, lv level) string {
	if lv.format == "bullet" {
		return bullet(lv.text)
	}
	if lv.format == "none" {
		return strings.TrimSpace(lv.text)
	}
	var b strings.Builder
	for s := lv.text; s != ""; {
		before, after, found := strings.Cut(s, "%")
		b.WriteString(before)
		if s = after; !found {
			break
		}
		if s == "" || s[0] < '1' || s[0] > '9' {
			b.WriteByte('%')
			continue
		}
		at := int(s[0] - '1')
		s = s[1:]
		format := l.level(u, at).format
		if lv.legal {
			format = "decimal"
		}
		n := l.count[at]
		if !l.used[at] {
			n = l.start(u, at)
		}
		b.WriteString(formatNumber(n, format))
	}
	return strings.TrimSpace(b.String())
}

// bullet returns the sign of a bullet. Letters and private characters are
// signs only in the symbol font they are set in.
func bullet(s string) string {
	s = strings.TrimSpace(s)
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Co, r) || r == '§' {
			return "•"
		}
	}
	return s
}

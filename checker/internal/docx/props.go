package docx

import (
	"slices"
	"strconv"
	"strings"
)

// Paragraph properties, as far as they matter here. What is nil or empty is
// not set and comes from the style.
type props struct {
	style       string
	numID       *int
	level       *int
	align       string
	left, first *float64 // indent of all lines, and of the first on top, in points
	tabs        []float64
	pageBreak   *bool
	joined      bool    // the paragraph mark is deleted or hidden: the text runs on into the next
	section     *string // type of the section that ends with the paragraph
}

// maxTabs bounds the tab stops of a paragraph, as Word does.
const maxTabs = 64

// inherit fills in what p leaves open.
func (p *props) inherit(base props) {
	if p.numID == nil {
		p.numID = base.numID
		if p.level == nil {
			p.level = base.level
		}
	}
	if p.align == "" {
		p.align = base.align
	}
	p.indent(base)
	if p.tabs == nil {
		p.tabs = base.tabs
	}
	if p.pageBreak == nil {
		p.pageBreak = base.pageBreak
	}
}

// indent fills in the indent that p leaves open.
func (p *props) indent(base props) {
	if p.left == nil {
		p.left = base.left
	}
	if p.first == nil {
		p.first = base.first
	}
}

// readProps reads a w:pPr.
func readProps(p *part) (props, error) {
	var out props
	err := p.children(func(e element) error {
		switch e.Name.Local {
		case "pStyle":
			out.style = e.attr("val")
		case "numPr":
			return p.children(func(e element) error {
				switch e.Name.Local {
				case "numId":
					out.numID = integer(e.attr("val"))
				case "ilvl":
					out.level = integer(e.attr("val"))
				}
				return p.skip()
			})
		case "jc":
			out.align = e.attr("val")
		case "ind":
			out.left, out.first = readIndent(e)
		case "tabs":
			err := p.children(func(e element) error {
				pos := points(e.attr("pos"))
				if pos != nil && *pos > 0 && e.attr("val") != "clear" && len(out.tabs) < maxTabs {
					out.tabs = append(out.tabs, *pos)
				}
				return p.skip()
			})
			slices.Sort(out.tabs)
			return err
		case "pageBreakBefore":
			out.pageBreak = new(e.on())
		case "rPr":
			return p.children(func(e element) error {
				switch e.Name.Local {
				case "del", "moveFrom":
					out.joined = true
				case "vanish":
					out.joined = out.joined || e.on()
				}
				return p.skip()
			})
		case "sectPr":
			kind, err := readSection(p)
			out.section = &kind
			return err
		}
		return p.skip()
	})
	return out, err
}

func readIndent(e element) (left, first *float64) {
	left = points(e.attr("left"))
	if left == nil {
		left = points(e.attr("start"))
	}
	if first = points(e.attr("firstLine")); first == nil {
		if first = points(e.attr("hanging")); first != nil {
			*first = -*first
		}
	}
	return left, first
}

// readSection reads a w:sectPr and returns how its section starts; the
// default is "nextPage" (ECMA-376 part 1, 17.6.22).
func readSection(p *part) (string, error) {
	kind := "nextPage"
	err := p.children(func(e element) error {
		if v := e.attr("val"); e.Name.Local == "type" && v != "" {
			kind = v
		}
		return p.skip()
	})
	return kind, err
}

func integer(s string) *int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return nil
	}
	return &n
}

// units are the lengths that strict documents may use, in points.
var units = []struct {
	suffix string
	points float64
}{{"pt", 1}, {"in", 72}, {"cm", 72 / 2.54}, {"mm", 72 / 25.4}, {"px", 0.75}, {"pc", 12}, {"pi", 12}}

// maxLength bounds lengths from the file, in points.
const maxLength = 5000

// points reads a length in twentieths of a point, or in the unit it names. It
// returns nil for what is no length.
func points(s string) *float64 {
	scale := 1.0 / 20
	for _, u := range units {
		if t, ok := strings.CutSuffix(s, u.suffix); ok {
			s, scale = t, u.points
			break
		}
	}
	v, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || v != v {
		return nil
	}
	return new(min(max(v*scale, -maxLength), maxLength))
}

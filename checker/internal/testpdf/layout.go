package testpdf

import "strings"

// Measures of a page that [Layout] sets, in points.
const (
	fontSize  = 10
	lineStep  = 14
	top       = 60
	foot      = 810
	left      = 56
	firstStop = 64  // width of the first column: a number, or the label of a letter
	otherStop = 150 // width of the others
	signature = 42  // height of a picture that stands alone
)

// Layout makes pages of a markup with one line of text per line:
//
//	a tab        moves to the next column
//	a blank line moves down
//	@image       is a picture in its column: a signature if nothing else
//	             stands in the line, else as high as the line
//	@foot words  stand at the foot of the page
//	@scan        makes the page a scan with invisible text
//	==== page    begins the next page
func Layout(markup string) []Page {
	var pages []Page
	for _, part := range Pages(markup) {
		var p Page
		y := float64(top)
		for line := range strings.Lines(part) {
			line = strings.TrimRight(line, "\n")
			if words, ok := strings.CutPrefix(line, "@foot "); ok {
				p.Texts = append(p.Texts, Text{left, foot, words})
				continue
			}
			if line == "@scan" {
				p.Scan = true
				continue
			}
			y += p.line(line, y)
		}
		pages = append(pages, p)
	}
	return pages
}

// Pages divides a markup into the text of its pages.
func Pages(markup string) []string {
	return strings.Split(markup, "==== page\n")
}

// line sets one line at y and returns its height.
func (p *Page) line(line string, y float64) float64 {
	alone := strings.Contains(line, "@image") && strings.Trim(line, "\t@image") == ""
	for i, cell := range strings.Split(line, "\t") {
		x := column(i)
		switch {
		case cell == "@image" && alone:
			p.Pictures = append(p.Pictures, Picture{x, y - fontSize, 90, signature - 6})
		case cell == "@image":
			p.Pictures = append(p.Pictures, Picture{x, y - fontSize, 50, lineStep - 2})
		case cell != "":
			p.Texts = append(p.Texts, Text{x, y, cell})
		}
	}
	if alone {
		return signature
	}
	return lineStep
}

// column returns where the cells after i tabs begin.
func column(i int) float64 {
	if i == 0 {
		return left
	}
	return left + firstStop + float64(i-1)*otherStop
}

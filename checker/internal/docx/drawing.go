package docx

import (
	"strconv"
	"strings"
)

// A picture is an image in a paragraph, with its size in points.
type picture struct {
	width, height float64
	floating      bool // takes no room in the line
}

// emu is the unit of DrawingML: 12,700 to a point.
const emu = 1.0 / 12700

// drawing reads a w:drawing, w:pict or w:object. Whatever pictures are in it
// count as one. Its text boxes are laid out before the paragraph.
func (d *reader) drawing(p *part, f frame, g *paragraph, show bool) error {
	var pic picture
	found := false
	if err := d.shapes(p, f, &pic, &found, show); err != nil {
		return err
	}
	if found && show {
		g.pictures = append(g.pictures, pic)
		g.text = append(g.text, pictureMark)
		return d.layout.spend(imageCost)
	}
	return nil
}

func (d *reader) shapes(p *part, f frame, pic *picture, found *bool, show bool) error {
	return p.children(func(e element) error {
		switch e.Name.Local {
		case "anchor":
			pic.floating = true
		case "extent":
			pic.width = length(e.attr("cx"), emu)
			pic.height = length(e.attr("cy"), emu)
		case "blip", "imagedata":
			*found = true
		case "shape", "rect", "group":
			if pic.width == 0 {
				pic.style(e.attr("style"))
			}
		case "txbxContent":
			if !show {
				return p.skip()
			}
			f.fixed = true
			return d.blocks(p, f)
		}
		return d.shapes(p, f, pic, found, show)
	})
}

// style reads the size of a VML shape from its CSS.
func (pic *picture) style(css string) {
	for decl := range strings.SplitSeq(css, ";") {
		name, value, _ := strings.Cut(decl, ":")
		value = strings.TrimSpace(value)
		switch strings.TrimSpace(name) {
		case "position":
			pic.floating = value == "absolute"
		case "width":
			if v := points(value); v != nil {
				pic.width = max(*v, 0)
			}
		case "height":
			if v := points(value); v != nil {
				pic.height = max(*v, 0)
			}
		}
	}
}

// length reads a number in the given unit as points.
func length(s string, unit float64) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil || !(v > 0) {
		return 0
	}
	return min(v*unit, maxLength)
}

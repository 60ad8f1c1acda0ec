package office

import "strconv"

// A slide is one being read.
type slide struct {
	*deck
	defaults places
	rels     map[string]relation
	found    []shape
	last     int64 // height of the shape before
}

// maxShapes bounds the shapes of a slide.
const maxShapes = 50_000

// shapes collects the shapes in the current element, which stands in groups that
// move it by an offset.
func (sl *slide) shapes(s *stream, group offset) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "sp", "cxnSp", "pic", "graphicFrame":
			return sl.shape(s, e, group)
		case "grpSp":
			return sl.shapes(s, group)
		case "grpSpPr":
			moved, err := readGroup(s)
			group.x += moved.x
			group.y += moved.y
			return err
		case "Fallback", "timing", "transition": // the same again, and no text
			return s.skip()
		}
		return sl.shapes(s, group)
	})
}

// readGroup reads by how much a group moves the shapes in it. That it may scale
// them matters little for their order.
func readGroup(s *stream) (offset, error) {
	var at, child offset
	err := s.children(func(e element) error {
		if e.Name.Local != "xfrm" {
			return s.skip()
		}
		return s.children(func(e element) error {
			switch e.Name.Local {
			case "off":
				at = readOffset(e)
			case "chOff":
				child = readOffset(e)
			}
			return s.skip()
		})
	})
	return offset{x: at.x - child.x, y: at.y - child.y}, err
}

// shape reads a shape and keeps it if it shows anything.
func (sl *slide) shape(s *stream, e element, group offset) error {
	read := shapeReader{slide: sl, flow: sl.flow(), picture: e.Name.Local == "pic"}
	if err := read.read(s); err != nil {
		return err
	}
	if read.picture && !read.hidden {
		read.flow.picture(read.size)
	}
	if read.flow.finish(); read.hidden || read.flow.empty() || len(sl.found) == maxShapes {
		return nil
	}
	at := read.at
	for _, key := range read.keys {
		if d := sl.defaults[key]; !at.known && d.known {
			at = d
		}
	}
	if !at.known { // goes below what comes before it
		at = offset{y: sl.last}
	} else {
		at.x += group.x
		at.y += group.y
	}
	sl.last = at.y
	sl.found = append(sl.found, shape{at.x, at.y, read.flow})
	return nil
}

// A shapeReader reads one shape.
type shapeReader struct {
	*slide
	flow    *flow
	picture bool
	placeholder
	size   picture
	hidden bool
	sized  bool
}

func (r *shapeReader) read(s *stream) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "cNvPr":
			r.hidden = r.hidden || e.on("hidden", false)
		case "ph":
			r.keys = e.keys()
			switch e.attr("type") {
			case "sldNum", "dt": // the same on each slide
				r.hidden = true
			}
		case "off":
			if !r.at.known {
				r.at = readOffset(e)
			}
		case "ext":
			if e.attr("cx") != "" && !r.sized {
				r.sized = true
				r.size.width, r.size.height = readExtent(e)
			}
		case "txBody":
			return readText(s, r.flow, slideNumbers{})
		case "tbl":
			return readGrid(s, r.flow)
		case "relIds": // a diagram
			if err := r.diagram(e.attr("dm")); err != nil {
				return err
			}
		case "blip": // the preview of an object
			r.picture = true
		case "Fallback":
			return s.skip()
		}
		return r.read(s)
	})
}

func readExtent(e element) (width, height int64) {
	cx, _ := strconv.ParseInt(e.attr("cx"), 10, 64)
	cy, _ := strconv.ParseInt(e.attr("cy"), 10, 64)
	return min(max(cx, 0), maxEMU), min(max(cy, 0), maxEMU)
}

// diagram reads the texts of a diagram.
func (r *shapeReader) diagram(id string) error {
	name := r.rels[id].target
	if !r.archive.has(name) {
		return nil
	}
	var texts func(s *stream) error
	texts = func(s *stream) error {
		return s.children(func(e element) error {
			if e.Name.Local == "t" {
				return readText(s, r.flow, slideNumbers{})
			}
			return texts(s)
		})
	}
	return r.archive.optional(r.archive.read(name, func(s *stream, _ element) error { return texts(s) }))
}

// readPicture reads the size of a picture.
func readPicture(s *stream, p *picture) error {
	return s.children(func(e element) error {
		if e.Name.Local == "ext" && e.attr("cx") != "" && p.width == 0 {
			p.width, p.height = readExtent(e)
		}
		return readPicture(s, p)
	})
}

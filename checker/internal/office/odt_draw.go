package office

// drawing reads a draw:frame or a shape: the place of its picture, and its text
// as a text box.
func (o *odt) drawing(s *stream, f *flow, e element) error {
	if o.drop {
		return s.skip()
	}
	p := picture{
		width: emu(e.attr("width")), height: emu(e.attr("height")),
		floating: e.attr("anchor-type") != "as-char",
	}
	pictures := 0
	err := s.children(func(e element) error {
		switch e.Name.Local {
		case "image":
			pictures++ // the others are the same picture in other formats
			return s.skip()
		case "text-box":
			f.box()
			err := o.blocks(s, f)
			f.endBox()
			return err
		case "p", "h", "list", "table":
			f.box()
			err := o.block(s, f, e)
			f.endBox()
			return err
		case "frame", "custom-shape", "g", "rect", "ellipse", "circle", "polygon", "path", "line", "connector", "caption", "a":
			return o.drawing(s, f, e)
		}
		return s.skip()
	})
	if pictures > 0 {
		f.picture(p)
	}
	return err
}

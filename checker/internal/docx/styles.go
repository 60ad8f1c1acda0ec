package docx

// Styles are the named sets of properties of styles.xml. The zero value has
// none.
type styles struct {
	byID      map[string]style
	paragraph string // the style of paragraphs that name none
}

type style struct {
	basedOn string
	props   props
	hidden  *bool
}

// maxBase bounds how far styles are followed: basedOn may be a circle.
const maxBase = 20

func (s *styles) read(p *part) error {
	s.byID = make(map[string]style)
	return p.children(func(e element) error {
		if e.Name.Local != "style" {
			return p.skip()
		}
		id := e.attr("styleId")
		if d := e.attr("default"); e.attr("type") == "paragraph" && (d == "1" || d == "true" || d == "on") {
			s.paragraph = id
		}
		var st style
		err := p.children(func(e element) (err error) {
			switch e.Name.Local {
			case "basedOn":
				st.basedOn = e.attr("val")
			case "pPr":
				st.props, err = readProps(p)
				return err
			case "rPr":
				st.hidden, _, err = readRun(p)
				return err
			}
			return p.skip()
		})
		s.byID[id] = st
		return err
	})
}

// apply fills in what p leaves to its style.
func (s *styles) apply(p *props) {
	if p.style == "" {
		p.style = s.paragraph
	}
	id := p.style
	for range maxBase {
		st, ok := s.byID[id]
		if !ok {
			return
		}
		p.inherit(st.props)
		id = st.basedOn
	}
}

// hidden reports whether text of a style is hidden.
func (s *styles) hidden(id string) bool {
	for range maxBase {
		st, ok := s.byID[id]
		if !ok {
			return false
		}
		if st.hidden != nil {
			return *st.hidden
		}
		id = st.basedOn
	}
	return false
}

// readRun reads a w:rPr: whether it hides the text, and its style.
func readRun(p *part) (hidden *bool, style string, err error) {
	err = p.children(func(e element) error {
		switch e.Name.Local {
		case "vanish":
			hidden = new(e.on())
		case "rStyle":
			style = e.attr("val")
		}
		return p.skip()
	})
	return hidden, style, err
}

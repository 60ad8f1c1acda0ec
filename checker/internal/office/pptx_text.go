package office

// slideNumbers are the numbered lists of a text by level: the list in use and
// how it is numbered.
type slideNumbers map[int]numbered

type numbered struct {
	use    int
	format listLevel
}

// readText reads the paragraphs of a DrawingML text body.
func readText(s *stream, f *flow, lists slideNumbers) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "p":
			return readParagraph(s, f, lists)
		case "bodyPr", "lstStyle":
			return s.skip()
		}
		return readText(s, f, lists)
	})
}

// readParagraph reads an a:p. A paragraph without text is left out, since empty
// placeholders have one.
func readParagraph(s *stream, f *flow, lists slideNumbers) error {
	var p props
	level := 0
	var format listLevel
	begun := false
	begin := func() {
		if !begun {
			begun = true
			p.num = lists.use(f.doc, level, format)
			f.begin(p)
		}
	}
	var inline func() error
	inline = func() error {
		return s.children(func(e element) error {
			switch e.Name.Local {
			case "pPr":
				level = e.number("lvl", 0, 0, maxLevels-1)
				switch e.attr("algn") {
				case "ctr":
					p.align = "center"
				case "r":
					p.align = "right"
				}
				var err error
				format, err = readBullet(s)
				return err
			case "t":
				t, err := s.text()
				if t != "" {
					begin()
					f.text(t)
				}
				return err
			case "br":
				begin()
				f.line()
				return s.skip()
			case "rPr", "endParaRPr":
				return s.skip()
			}
			return inline()
		})
	}
	err := inline()
	f.end()
	return err
}

// use returns the use of a list for a paragraph, 0 for none.
func (l slideNumbers) use(d *document, level int, format listLevel) int {
	for deeper := range maxLevels {
		if deeper > level {
			delete(l, deeper)
		}
	}
	if format.format == "" {
		delete(l, level)
		return 0
	}
	if l[level].format != format {
		l[level] = numbered{d.simple(format), format}
	}
	return l[level].use
}

// bulletFormats are the kinds of ECMA-376 part 1, 20.1.10.61.
var bulletFormats = map[string][2]string{
	"arabicPeriod": {"decimal", "%1."}, "arabicParenR": {"decimal", "%1)"}, "arabicParenBoth": {"decimal", "(%1)"}, "arabicPlain": {"decimal", "%1"},
	"alphaLcPeriod": {"lowerLetter", "%1."}, "alphaLcParenR": {"lowerLetter", "%1)"}, "alphaLcParenBoth": {"lowerLetter", "(%1)"},
	"alphaUcPeriod": {"upperLetter", "%1."}, "alphaUcParenR": {"upperLetter", "%1)"}, "alphaUcParenBoth": {"upperLetter", "(%1)"},
	"romanLcPeriod": {"lowerRoman", "%1."}, "romanLcParenR": {"lowerRoman", "%1)"}, "romanLcParenBoth": {"lowerRoman", "(%1)"},
	"romanUcPeriod": {"upperRoman", "%1."}, "romanUcParenR": {"upperRoman", "%1)"}, "romanUcParenBoth": {"upperRoman", "(%1)"},
}

// readBullet reads how the properties of a paragraph number it, if they do.
func readBullet(s *stream) (listLevel, error) {
	var l listLevel
	err := s.children(func(e element) error {
		switch e.Name.Local {
		case "buAutoNum":
			format, ok := bulletFormats[e.attr("type")]
			if !ok {
				format = bulletFormats["arabicPeriod"]
			}
			l = listLevel{format[0], format[1], e.number("startAt", 1, 1, 1<<15)}
		case "buChar":
			l = listLevel{"bullet", e.attr("char"), 1}
		}
		return s.skip()
	})
	return l, err
}

// readGrid reads an a:tbl.
func readGrid(s *stream, f *flow) error {
	var widths []int
	begun := false
	begin := func() {
		if !begun {
			begun = true
			f.table(widths)
		}
	}
	err := s.children(func(e element) error {
		switch e.Name.Local {
		case "tblGrid":
			return s.children(func(e element) error {
				if len(widths) < maxColumns {
					widths = append(widths, e.number("w", 0, 0, maxEMU)/emuPerTwip)
				}
				return s.skip()
			})
		case "tr":
			begin()
			f.row()
			err := readCells(s, f)
			f.endRow()
			return err
		}
		return s.skip()
	})
	begin()
	f.endTable()
	return err
}

func readCells(s *stream, f *flow) error {
	return s.children(func(e element) error {
		switch {
		case e.Name.Local != "tc", e.on("hMerge", false): // one with the cell before it
			return s.skip()
		case e.on("vMerge", false):
			f.covered(e.number("gridSpan", 1, 1, maxColumns))
			return s.skip()
		}
		f.cell(e.number("gridSpan", 1, 1, maxColumns))
		err := s.children(func(e element) error {
			if e.Name.Local != "txBody" {
				return s.skip()
			}
			return readText(s, f, slideNumbers{})
		})
		f.endCell()
		return err
	})
}

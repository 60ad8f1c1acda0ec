package office

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dasheval/checker/evidence"
)

// An odt is an OpenDocument text (ISO/IEC 26300) being read.
type odt struct {
	*document
	archive *archive
	styles  odtStyles
	lists   odtLists
	started bool   // the first paragraph has begun
	drop    bool   // what is read is hidden
	font    string // of what is read, if a style names one
}

func convertODT(d *document, data []byte) error {
	a, err := openArchive(data, d.stop)
	if err != nil {
		return err
	}
	if err := odtEncrypted(a); err != nil {
		return err
	}
	o := &odt{document: d, archive: a}
	o.styles.byName, o.styles.resolved = make(map[string]odtStyle), make(map[string]odtStyle)
	o.lists.styles = make(map[string][]listLevel)
	o.lists.last = make(map[string]int)
	o.lists.byID = make(map[string]int)
	if a.has("styles.xml") {
		err := a.read("styles.xml", func(s *stream, _ element) error { return o.parts(s) })
		if err := a.optional(err); err != nil {
			return err
		}
	}
	return a.read("content.xml", func(s *stream, root element) error {
		if root.Name.Local != "document-content" {
			return fmt.Errorf("%w: root element %s", evidence.ErrCorrupt, root.Name.Local)
		}
		return o.parts(s)
	})
}

// odtEncrypted reads the manifest, which tells whether members are encrypted.
func odtEncrypted(a *archive) error {
	if a.has("encrypted-package") {
		return evidence.ErrEncrypted
	}
	const manifest = "META-INF/manifest.xml"
	if !a.has(manifest) {
		return nil
	}
	locked := false
	err := a.read(manifest, func(s *stream, _ element) error {
		return s.children(func(file element) error {
			if p := file.attr("full-path"); p != "content.xml" && p != "styles.xml" {
				return s.skip()
			}
			return s.children(func(e element) error {
				locked = locked || e.Name.Local == "encryption-data"
				return s.skip()
			})
		})
	})
	if locked {
		return evidence.ErrEncrypted
	}
	return a.optional(err)
}

// parts reads what content.xml and styles.xml are made of.
func (o *odt) parts(s *stream) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "styles", "automatic-styles":
			return o.definitions(s)
		case "master-styles":
			return s.children(func(e element) error {
				if e.Name.Local != "master-page" {
					return s.skip()
				}
				return o.master(s)
			})
		case "body":
			return s.children(func(e element) error {
				if e.Name.Local != "text" {
					return fmt.Errorf("%w: body of kind %s", evidence.ErrUnsupported, e.Name.Local)
				}
				return o.blocks(s, o.body)
			})
		}
		return s.skip()
	})
}

// maxMasters bounds the headers and footers of all master pages.
const maxMasters = 200

// master reads the headers and footers of a master page.
func (o *odt) master(s *stream) error {
	return s.children(func(e element) error {
		name := e.Name.Local
		if e.attr("display") == "false" || len(o.headers)+len(o.footers) >= maxMasters {
			return s.skip()
		}
		switch {
		case strings.HasPrefix(name, "header"):
			return o.blocks(s, o.header())
		case strings.HasPrefix(name, "footer"):
			return o.blocks(s, o.footer())
		}
		return s.skip()
	})
}

// blocks reads the paragraphs, lists and tables in the current element.
// Elements that are only containers, such as sections and indexes, are looked
// through.
func (o *odt) blocks(s *stream, f *flow) error {
	return s.children(func(e element) error { return o.block(s, f, e) })
}

func (o *odt) block(s *stream, f *flow, e element) error {
	switch name := e.Name.Local; name {
	case "p", "h":
		return o.paragraph(s, f, e, o.outline(e))
	case "list":
		return o.readList(s, f, e, nil)
	case "table":
		return o.table(s, f)
	case "soft-page-break":
		if len(f.levels) == 1 {
			f.begin(props{})
			f.page()
			f.end()
		}
		return s.skip()
	case "section":
		if e.attr("display") == "none" {
			return s.skip()
		}
		return o.blocks(s, f)
	case "frame", "custom-shape", "g", "rect", "ellipse", "circle", "polygon", "path", "line", "connector", "caption":
		f.begin(props{})
		err := o.drawing(s, f, e)
		f.end()
		return err
	default:
		if odtSilent(e) {
			return s.skip()
		}
		return o.blocks(s, f)
	}
}

// odtSilent reports whether the content of an element is no part of the text:
// what was deleted, notes of reviewers, templates of indexes, form controls.
func odtSilent(e element) bool {
	switch name := e.Name.Local; name {
	case "tracked-changes", "deletion", "annotation", "forms", "event-listeners", "binary-data", "number", "ruby-text",
		"script", "scripts", "hidden-text", "dde-connection-decls", "sequence-decls", "variable-decls", "user-field-decls",
		"alphabetical-index-auto-mark-file", "glue-point", "math", "encryption-data":
		return name != "hidden-text" || e.attr("is-hidden") != "false"
	case "title", "desc":
		return strings.Contains(e.Name.Space, "svg")
	default:
		return strings.HasSuffix(name, "-source")
	}
}

// paragraph reads a text:p or text:h.
func (o *odt) paragraph(s *stream, f *flow, e element, at position) error {
	st := o.styles.resolve("paragraph", e.attr("style-name"))
	p := st.props
	p.num, p.level = at.num, at.level
	// A master page begins a page, save with the text itself.
	p.pageBreak = st.breakBefore || st.master && o.started && f == o.body
	o.started = o.started || f == o.body
	f.begin(p)
	err := o.styled(st, func() error { return o.inline(s, f) })
	if st.breakAfter {
		f.page()
	}
	f.end()
	return err
}

// styled calls read, whose text is in the style.
func (o *odt) styled(st odtStyle, read func() error) error {
	drop, font := o.drop, o.font
	if st.hidden != nil {
		o.drop = *st.hidden
	}
	if st.font != "" {
		o.font = st.font
	}
	err := read()
	o.drop, o.font = drop, font
	return err
}

// words adds text, in which characters of a symbol font are in a private area.
func (o *odt) words(f *flow, s string) {
	for !o.drop {
		i := strings.IndexFunc(s, func(r rune) bool { return r >= 0xf000 && r <= 0xf0ff })
		if i < 0 {
			f.words(s)
			return
		}
		f.words(s[:i])
		r, n := utf8.DecodeRuneInString(s[i:])
		f.symbol(o.font, int(r))
		s = s[i+n:]
	}
}

// maxSpaces bounds the spaces that one element stands for.
const maxSpaces = 200

// inline reads the content of a paragraph or of an element in it.
func (o *odt) inline(s *stream, f *flow) error {
	return s.content(func(e element) error {
		switch e.Name.Local {
		case "span", "a":
			st := o.styles.resolve("text", e.attr("style-name"))
			return o.styled(st, func() error { return o.inline(s, f) })
		case "s":
			if !o.drop {
				f.text(strings.Repeat(" ", e.number("c", 1, 0, maxSpaces)))
			}
		case "tab":
			if !o.drop {
				f.tab()
			}
		case "line-break":
			if !o.drop {
				f.line()
			}
		case "soft-page-break":
			if len(f.levels) == 1 {
				f.page()
			}
		case "note":
			return o.footnote(s, f)
		case "frame", "custom-shape", "g", "rect", "ellipse", "circle", "polygon", "path", "line", "connector", "caption":
			return o.drawing(s, f, e)
		case "variable-set", "user-field-get", "expression":
			if e.attr("display") == "none" {
				return s.skip()
			}
			return o.inline(s, f)
		case "p", "h", "list", "table": // where none should be
			if o.drop {
				return s.skip()
			}
			f.box()
			err := o.block(s, f, e)
			f.endBox()
			return err
		default:
			if odtSilent(e) {
				return s.skip()
			}
			return o.inline(s, f)
		}
		return s.skip()
	}, func(c []byte) { o.words(f, string(c)) })
}

// footnote reads a text:note: the sign of it in the text, the rest below all.
func (o *odt) footnote(s *stream, f *flow) error {
	if o.drop {
		return s.skip()
	}
	f.reference()
	return s.children(func(e element) error {
		if e.Name.Local != "note-body" {
			return s.skip()
		}
		content := o.flow()
		err := o.blocks(s, content)
		o.note(content)
		return err
	})
}

package office

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"dasheval/checker/evidence"
)

// A deck is an Office Open XML presentation (ECMA-376 part 1, 19) being read.
type deck struct {
	*document
	archive *archive
	layouts map[string]places // of slide layouts and masters by name
}

// maxSlides bounds the slides of a presentation.
const maxSlides = 10_000

func convertPPTX(d *document, data []byte) error {
	a, err := openArchive(data, d.stop)
	if err != nil {
		return err
	}
	main, err := a.main("ppt/presentation.xml")
	if err != nil {
		return err
	}
	rels, err := a.relations(main)
	if err != nil {
		return err
	}
	var ids []string
	err = a.read(main, func(s *stream, root element) error {
		if root.Name.Local != "presentation" {
			return fmt.Errorf("%w: root element %s", evidence.ErrCorrupt, root.Name.Local)
		}
		return s.children(func(e element) error {
			if e.Name.Local != "sldIdLst" {
				return s.skip()
			}
			return s.children(func(e element) error {
				if len(ids) == maxSlides {
					return fmt.Errorf("%w: more than %d slides", evidence.ErrTooLarge, maxSlides)
				}
				ids = append(ids, e.relation())
				return s.skip()
			})
		})
	})
	if err != nil {
		return err
	}
	k := &deck{document: d, archive: a, layouts: make(map[string]places)}
	for _, id := range ids {
		if target := rels[id].target; a.has(target) {
			if err := k.slide(target); err != nil {
				return err
			}
		}
	}
	return nil
}

// relation returns the id of a relation; an element may have an id of its own
// beside it.
func (e element) relation() string {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Name.Space != "" {
			return a.Value
		}
	}
	return ""
}

// A shape is what stands at one place of a slide.
type shape struct {
	x, y    int64
	content *flow
}

// slideRow is the height in EMU that shapes may differ in and still stand side by
// side: a tenth of an inch.
const slideRow = 91440

// slide writes a slide on a page of its own.
func (k *deck) slide(name string) error {
	rels, err := k.archive.relations(name)
	if err != nil {
		return err
	}
	defaults, err := k.layout(related(rels, "slideLayout"))
	if err != nil {
		return err
	}
	sl := slide{deck: k, defaults: defaults, rels: rels}
	err = k.archive.read(name, func(s *stream, root element) error {
		if !root.on("show", true) {
			return nil
		}
		return sl.shapes(s, offset{})
	})
	if err != nil {
		return err
	}
	slices.SortStableFunc(sl.found, func(a, b shape) int {
		return cmp.Or(cmp.Compare(a.y/slideRow, b.y/slideRow), cmp.Compare(a.x, b.x))
	})
	if len(sl.found) == 0 {
		return nil
	}
	if !k.body.empty() {
		k.body.page()
		k.body.end()
	}
	for _, sh := range sl.found {
		k.body.add(sh.content)
	}
	return nil
}

// places are where placeholders stand, by their type and by their index.
type places map[string]offset

// An offset is a place in EMU, known or not, and what a group moves it by.
type offset struct {
	x, y  int64
	known bool
}

// keys returns what a placeholder is looked for by, first the best.
func (e element) keys() []string {
	kind := e.attr("type")
	switch kind {
	case "ctrTitle":
		kind = "title"
	case "", "obj", "subTitle":
		kind = "body"
	}
	if idx := e.attr("idx"); idx != "" {
		return []string{"#" + idx, kind}
	}
	return []string{kind}
}

// layout returns where the placeholders of a layout and its master stand.
func (k *deck) layout(name string) (places, error) {
	if out, ok := k.layouts[name]; ok || !k.archive.has(name) {
		return out, nil
	}
	out := make(places)
	k.layouts[name] = out
	rels, err := k.archive.relations(name)
	if err != nil {
		return nil, err
	}
	if master := related(rels, "slideMaster"); master != "" {
		p, err := k.layout(master)
		if err != nil {
			return nil, err
		}
		for key, at := range p {
			if key[0] != '#' { // numbers are those of the master
				out[key] = at
			}
		}
	}
	err = k.archive.read(name, func(s *stream, _ element) error { return out.read(s, nil) })
	return out, k.archive.optional(err)
}

// read collects placeholders; in a shape it fills in that.
func (p places) read(s *stream, in *placeholder) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "sp":
			var ph placeholder
			err := p.read(s, &ph)
			if ph.at.known && len(p) < maxMembers {
				for _, key := range ph.keys {
					p[key] = ph.at
				}
			}
			return err
		case "ph":
			if in != nil {
				in.keys = e.keys()
			}
		case "off":
			if in != nil {
				in.at = readOffset(e)
			}
		}
		return p.read(s, in)
	})
}

type placeholder struct {
	keys []string
	at   offset
}

func readOffset(e element) offset {
	x, errX := strconv.ParseInt(e.attr("x"), 10, 64)
	y, errY := strconv.ParseInt(e.attr("y"), 10, 64)
	return offset{min(max(x, -maxEMU), maxEMU), min(max(y, -maxEMU), maxEMU), errX == nil && errY == nil}
}

// maxEMU bounds places and sizes: some 14 metres.
const maxEMU = 500_000_000

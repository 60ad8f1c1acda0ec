package office

import (
	"fmt"
	"path"
	"strings"

	"dasheval/checker/evidence"
)

// What a workbook may hold.
const (
	maxCells   = 1_000_000 // with text, on all sheets
	maxStrings = 2_000_000
	maxMerges  = 200_000
	maxStyles  = 100_000
	lastColumn = 16_384
	lastRow    = 1_048_576
)

// A workbook is an Office Open XML workbook (ECMA-376 part 1, 18) being read.
type workbook struct {
	*document
	archive *archive
	strings []string // shared ones
	styles  []int    // number formats of the cell styles
	codes   map[int]string
	parsed  map[string][]section // of format codes
	date0   int                  // 1462 where days are counted from 1904
	cells   int
	sheets  int // written
}

func convertXLSX(d *document, data []byte) error {
	a, err := openArchive(data, d.stop)
	if err != nil {
		return err
	}
	main, err := a.main("xl/workbook.xml")
	if err != nil {
		return err
	}
	rels, err := a.relations(main)
	if err != nil {
		return err
	}
	w := &workbook{document: d, archive: a, codes: make(map[int]string), parsed: make(map[string][]section)}
	if name := related(rels, "sharedStrings"); name != "" {
		if err := a.optional(a.read(name, w.readStrings)); err != nil {
			return err
		}
	}
	if name := related(rels, "styles"); name != "" {
		if err := a.optional(a.read(name, w.readStyles)); err != nil {
			return err
		}
	}
	sheets, err := w.list(main)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		target := rels[s.id]
		if target.kind != "worksheet" || !a.has(target.target) { // a chart, a macro
			continue
		}
		if err := w.sheet(s.name, target.target); err != nil {
			return err
		}
	}
	return nil
}

// main returns the main member of an Office Open XML package.
func (a *archive) main(usual string) (string, error) {
	rels, err := a.relations("")
	if err != nil {
		return "", err
	}
	name := related(rels, "officeDocument")
	if name == "" || !a.has(name) {
		name = usual
	}
	switch {
	case path.Ext(name) == ".bin":
		return "", fmt.Errorf("%w: binary workbook", evidence.ErrUnsupported)
	case !a.has(name):
		return "", fmt.Errorf("%w: no main member", evidence.ErrCorrupt)
	}
	return name, nil
}

// A sheetEntry is a sheet as the workbook lists it.
type sheetEntry struct{ name, id string }

// list reads which sheets are shown.
func (w *workbook) list(main string) ([]sheetEntry, error) {
	var out []sheetEntry
	err := w.archive.read(main, func(s *stream, root element) error {
		if root.Name.Local != "workbook" {
			return fmt.Errorf("%w: root element %s", evidence.ErrCorrupt, root.Name.Local)
		}
		return s.children(func(e element) error {
			switch e.Name.Local {
			case "workbookPr":
				if e.on("date1904", false) {
					w.date0 = 1462
				}
			case "sheets":
				return s.children(func(e element) error {
					if state := e.attr("state"); (state == "" || state == "visible") && len(out) < maxMembers {
						out = append(out, sheetEntry{e.attr("name"), e.attr("id")})
					}
					return s.skip()
				})
			}
			return s.skip()
		})
	})
	return out, err
}

// readStrings reads the shared strings.
func (w *workbook) readStrings(s *stream, _ element) error {
	return s.children(func(e element) error {
		if e.Name.Local != "si" {
			return s.skip()
		}
		if len(w.strings) == maxStrings {
			return fmt.Errorf("%w: more than %d strings", evidence.ErrTooLarge, maxStrings)
		}
		t, err := readRich(s)
		w.strings = append(w.strings, t)
		return err
	})
}

// readRich reads a string, which may be made of runs; phonetic guides are left
// out.
func readRich(s *stream) (string, error) {
	var b strings.Builder
	err := s.children(func(e element) error {
		switch e.Name.Local {
		case "t":
			t, err := s.text()
			b.WriteString(t)
			return err
		case "r":
			t, err := readRich(s)
			b.WriteString(t)
			return err
		}
		return s.skip()
	})
	return unescapeXstring.Replace(b.String()), err
}

// unescapeXstring undoes the escapes that matter of ECMA-376 part 1, 22.9.2.19.
var unescapeXstring = strings.NewReplacer("_x000D_", "", "_x000d_", "", "_x000A_", "\n", "_x000a_", "\n", "_x0009_", "\t", "_x005F_", "_", "\r", "")

// readStyles reads which number formats the cell styles have.
func (w *workbook) readStyles(s *stream, _ element) error {
	return s.children(func(e element) error {
		switch e.Name.Local {
		case "numFmts":
			return s.children(func(e element) error {
				if len(w.codes) < maxStyles {
					w.codes[e.number("numFmtId", 0, 0, 1<<30)] = e.attr("formatCode")
				}
				return s.skip()
			})
		case "cellXfs":
			return s.children(func(e element) error {
				if len(w.styles) < maxStyles {
					w.styles = append(w.styles, e.number("numFmtId", 0, 0, 1<<30))
				}
				return s.skip()
			})
		}
		return s.skip()
	})
}

// code returns the format code of a cell style.
func (w *workbook) code(style int) string {
	if style < 0 || style >= len(w.styles) {
		return ""
	}
	id := w.styles[style]
	if c, ok := w.codes[id]; ok {
		return c
	}
	return builtin[id]
}

// sections returns the parsed format of a cell style.
func (w *workbook) sections(style int) []section {
	code := w.code(style)
	out, ok := w.parsed[code]
	if !ok {
		out = parseFormat(code)
		w.parsed[code] = out
	}
	return out
}

package docx

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"dasheval/checker/evidence"
	"dasheval/checker/text"
)

// ole2 starts a compound file, the container of encrypted Office documents.
var ole2 = []byte{0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1}

// Read reads a DOCX of size bytes. Headers come first on the first page;
// footnotes, endnotes and footers, in this order, last on the last page. A
// broken part other than the main one is left out.
//
// An error wraps evidence.ErrEmpty, ErrEncrypted, ErrTooLarge or ErrCorrupt.
func Read(r io.ReaderAt, size int64, limits Limits) (*text.Document, error) {
	if size <= 0 {
		return nil, fmt.Errorf("read docx: %w", evidence.ErrEmpty)
	}
	head := make([]byte, len(ole2))
	if n, _ := r.ReadAt(head, 0); bytes.Equal(head[:n], ole2) {
		return nil, fmt.Errorf("read docx: compound file: %w", evidence.ErrEncrypted)
	}
	limits = limits.withDefaults()
	a, err := openArchive(r, size, limits)
	if err != nil {
		return nil, fmt.Errorf("read docx: %w", err)
	}
	d := reader{archive: a, layout: newLayout(limits.MaxText)}
	doc, err := d.document()
	if err != nil {
		return nil, fmt.Errorf("read docx: %w", err)
	}
	return doc, nil
}

// A reader reads the parts of one document into its layout.
type reader struct {
	archive   *archive
	styles    styles
	numbering numbering
	layout    *layout
	chunks    map[string]string // altChunk parts by relationship id
	footnotes int               // references seen so far
}

func (d *reader) document() (*text.Document, error) {
	name, meta, err := d.root()
	if err != nil {
		return nil, err
	}
	rels, err := d.archive.relations(name)
	if err := optional(err); err != nil {
		return nil, err
	}
	d.chunks = make(map[string]string)
	parts := make(map[string][]string)
	for _, rel := range rels {
		parts[rel.kind] = append(parts[rel.kind], rel.target)
		if rel.kind == "aFChunk" {
			d.chunks[rel.id] = rel.target
		}
	}
	if err := d.definitions(parts); err != nil {
		return nil, err
	}
	if err := d.secondary(parts["header"]); err != nil {
		return nil, err
	}
	if err := d.main(name); err != nil {
		return nil, err
	}
	for _, kind := range []string{"footnotes", "endnotes", "footer"} {
		if err := d.secondary(parts[kind]); err != nil {
			return nil, err
		}
	}
	return &text.Document{Format: "docx", Pages: d.layout.finish(), Meta: meta}, nil
}

// root finds the main part by the relationships of the package and reads the
// metadata they name.
func (d *reader) root() (main string, meta map[string]string, err error) {
	rels, err := d.archive.relations("")
	if err := optional(err); err != nil {
		return "", nil, err
	}
	meta = make(map[string]string)
	for _, rel := range rels {
		switch rel.kind {
		case "officeDocument":
			if main == "" && d.archive.has(rel.target) {
				main = rel.target
			}
		case "core-properties", "extended-properties", "extendedProperties":
			if err := optional(d.archive.meta(rel.target, meta)); err != nil {
				return "", nil, err
			}
		}
	}
	if main == "" {
		main = "word/document.xml"
	}
	if !d.archive.has(main) {
		return "", nil, fmt.Errorf("%w: no main part", evidence.ErrCorrupt)
	}
	return main, meta, nil
}

// definitions reads the styles and list definitions, without which the text
// is still worth reading.
func (d *reader) definitions(parts map[string][]string) error {
	for _, name := range parts["styles"] {
		if err := optional(d.archive.read(name, d.styles.read)); err != nil {
			return err
		}
	}
	for _, name := range parts["numbering"] {
		if err := optional(d.archive.read(name, d.numbering.read)); err != nil {
			return err
		}
	}
	return nil
}

func (d *reader) main(name string) error {
	return d.archive.read(name, func(p *part) error {
		if p.root.Name.Local != "document" {
			return fmt.Errorf("%w: root element %s", evidence.ErrCorrupt, p.root.Name.Local)
		}
		return d.blocks(p, pageFrame)
	})
}

// secondary reads parts beside the main one, each distinct text once.
func (d *reader) secondary(names []string) error {
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	f := pageFrame
	f.fixed = true
	seen := make(map[string]bool)
	for _, name := range names {
		before := d.layout.mark()
		err := d.archive.read(name, func(p *part) error { return d.blocks(p, f) })
		shown := d.layout.since(before)
		if err != nil || shown == "" || seen[shown] {
			d.layout.rollback(before)
		}
		if err := optional(err); err != nil {
			return err
		}
		seen[shown] = true
	}
	return nil
}

// optional drops the error of a part that the document can do without. A
// broken limit stays: it says something about the whole file.
func optional(err error) error {
	if errors.Is(err, evidence.ErrTooLarge) {
		return err
	}
	return nil
}

// meta adds the document properties of a part to m.
func (a *archive) meta(name string, m map[string]string) error {
	return a.read(name, func(p *part) error {
		return p.children(func(e element) error {
			key := strings.ToLower(e.Name.Local)
			switch key {
			case "title", "creator", "created", "modified", "application":
				s, err := p.text()
				if s = strings.TrimSpace(s); s != "" {
					m[key] = s
				}
				return err
			}
			return p.skip()
		})
	})
}

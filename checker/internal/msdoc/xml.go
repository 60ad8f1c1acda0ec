package msdoc

import (
	"bytes"
	"fmt"
	"strings"
)

const namespaces = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"` +
	` xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"` +
	` xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"` +
	` xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"`

// An xmlWriter writes the elements of a part.
type xmlWriter struct{ bytes.Buffer }

// attr returns an attribute, with the space before it.
func attr(name string, value any) string {
	var b strings.Builder
	escape(&b, fmt.Sprint(value))
	return " " + name + `="` + b.String() + `"`
}

// start begins a part.
func (w *xmlWriter) start(root string) {
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>`)
	w.open(root, namespaces)
}

func (w *xmlWriter) open(name, attrs string)  { w.WriteString("<" + name + attrs + ">") }
func (w *xmlWriter) close(name string)        { w.WriteString("</" + name + ">") }
func (w *xmlWriter) empty(name, attrs string) { w.WriteString("<" + name + attrs + "/>") }

// characters writes text.
func (w *xmlWriter) characters(s string) {
	w.WriteString(`<w:r><w:t xml:space="preserve">`)
	escape(w, s)
	w.WriteString(`</w:t></w:r>`)
}

// escape writes text without what XML cannot contain.
func escape(w interface {
	WriteString(string) (int, error)
	WriteRune(rune) (int, error)
}, s string) {
	for _, r := range s {
		switch {
		case r == '<':
			w.WriteString("&lt;")
		case r == '&':
			w.WriteString("&amp;")
		case r == '"':
			w.WriteString("&quot;")
		case r >= ' ' && r != 0xfffe && r != 0xffff, r == '\t':
			w.WriteRune(r)
		}
	}
}

// indent writes the indent of a paragraph, if it has one.
func (w *xmlWriter) indent(p *pap) {
	attrs := ""
	if p.left != nil {
		attrs = attr("w:left", *p.left)
	}
	switch {
	case p.first == nil:
	case *p.first < 0:
		attrs += attr("w:hanging", -*p.first)
	default:
		attrs += attr("w:firstLine", *p.first)
	}
	if attrs != "" {
		w.empty("w:ind", attrs)
	}
}

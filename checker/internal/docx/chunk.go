package docx

import (
	"fmt"
	"html"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"dasheval/checker/evidence"
)

// chunk lays out a part embedded as a w:altChunk, if it is HTML or plain
// text. One that cannot be read is left out.
func (d *reader) chunk(name string, f frame) error {
	if name == "" {
		return nil
	}
	if err := d.layout.spend(chunkCost); err != nil {
		return err
	}
	s, err := d.archive.text(name)
	if err != nil {
		return optional(err)
	}
	if !utf8.ValidString(s) {
		if s, err = charmap.Windows1252.NewDecoder().String(s); err != nil {
			return nil
		}
	}
	head := strings.TrimSpace(s)
	for _, other := range []string{`{\rtf`, "PK\x03\x04", "MIME-Version:"} {
		if strings.HasPrefix(head, other) {
			return nil
		}
	}
	if strings.HasPrefix(head, "<") {
		s = stripTags(s)
	}
	if err := d.layout.spend(len(s)); err != nil {
		return err
	}
	for para := range strings.SplitSeq(s, "\n") {
		if para = strings.TrimSpace(para); para == "" {
			continue
		}
		g := new(paragraph)
		for i, cell := range strings.Split(para, "\t") {
			if i > 0 {
				g.text = append(g.text, tabMark)
			}
			g.add(cell)
		}
		if err := d.layout.paragraph(f, g, ""); err != nil {
			return err
		}
	}
	return nil
}

// text returns a part that is no XML.
func (a *archive) text(name string) (string, error) {
	rc, err := a.open(name)
	if err != nil {
		return "", err
	}
	defer rc.Close()
	in, _ := decodeUTF16(rc)
	b, err := io.ReadAll(io.LimitReader(in, a.limits.MaxText+1))
	if err == nil && int64(len(b)) > a.limits.MaxText {
		err = fmt.Errorf("%w: more than %d bytes of text", evidence.ErrTooLarge, a.limits.MaxText)
	}
	return string(b), reasoned(name, err)
}

// silent are the HTML elements whose content is not shown.
var silent = []string{"script", "style", "template", "title"}

// stripTags returns the text of HTML: one line for each block, with tabs
// between the cells of a row.
func stripTags(s string) string {
	var b strings.Builder
	for s != "" {
		before, after, found := strings.Cut(s, "<")
		b.WriteString(strings.Map(flat, html.UnescapeString(before)))
		if !found {
			break
		}
		if comment, ok := strings.CutPrefix(after, "!--"); ok {
			_, s, _ = strings.Cut(comment, "-->")
			continue
		}
		tag, rest, _ := strings.Cut(after, ">")
		s = rest
		name := tagName(tag)
		switch name {
		case "br", "p", "/p", "div", "/div", "tr", "/tr", "li", "/li", "table", "/table", "body", "/body", "hr",
			"h1", "/h1", "h2", "/h2", "h3", "/h3", "h4", "/h4", "h5", "/h5", "h6", "/h6":
			b.WriteByte('\n')
		case "/td", "/th":
			b.WriteByte('\t')
		}
		if slices.Contains(silent, name) {
			s = from(s, "</"+name)
		}
	}
	return b.String()
}

// from returns s from the end tag on, "" if there is none.
func from(s, tag string) string {
	for {
		i := strings.Index(s, "</")
		if i < 0 {
			return ""
		}
		if s = s[i:]; len(s) >= len(tag) && strings.EqualFold(s[:len(tag)], tag) {
			return s
		}
		s = s[2:]
	}
}

// flat makes line ends in the source of HTML the spaces that they are.
func flat(r rune) rune {
	if r < ' ' {
		return ' '
	}
	return r
}

func tagName(tag string) string {
	end := strings.IndexAny(strings.TrimPrefix(tag, "/"), " \t\r\n/")
	if end < 0 {
		return strings.ToLower(tag)
	}
	return strings.ToLower(tag[:len(tag)-len(strings.TrimPrefix(tag, "/"))+end])
}

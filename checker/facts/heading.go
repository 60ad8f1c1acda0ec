package facts

import (
	"strings"
	"unicode"

	"dasheval/rules"
)

// A heading is what stands at the top of a document below its letterhead: the
// title lines of a form, a decree or a cover, and the subject line of a letter.
type heading struct {
	text       string // cleaned, lines joined by spaces
	fold       string
	rows       [2]int // first row and the one after the last
	letterhead [2]int // rows of the letterhead
}

const (
	maxHeadingRows  = 12
	maxHeadingBytes = 420
	maxSearchRows   = 40 // a heading begins within so many rows
)

// heading finds the letterhead and the heading of d.
func (r *Reader) heading(d *Document) heading {
	var h heading
	h.letterhead = r.letterhead(d)
	rows := d.view.rows
	var parts []string
	size := 0
	start := h.letterhead[1]
	h.rows = [2]int{start, start}
	org, matter := false, false
	for i := start; i < min(len(rows), start+maxSearchRows); i++ {
		row := rows[i]
		fold := strings.TrimSpace(row.fold)
		if fold == "" {
			continue
		}
		if m := rules.First(r.words["subject.hal"], row.fold); m != nil {
			parts = append(parts, strings.TrimSpace(row.clean[m[0]:m[1]]))
			h.rows[1] = i + 1
			matter = true
			break
		}
		if rules.MatchAny(r.words["heading.skip"], fold) {
			continue
		}
		if len(parts) > 0 && rules.MatchAny(r.words["signature.anchor"], fold) {
			break
		}
		if rules.MatchAny(r.words["heading.stop"], fold) {
			// Table forms name themselves in their first labels: "Nomor SOP".
			if len(parts) > 0 || i > start+3 {
				break
			}
		}
		if !r.titleLike(row) {
			if len(parts) > 0 {
				break
			}
			org = false
			continue
		}
		// The bodies that a cover names are not what the document is about.
		if org = r.namesBody(fold, org && len(parts) == 0); org {
			continue
		}
		if len(parts) == 0 {
			h.rows[0] = i
		}
		// A paragraph of a Word document is one row, however long.
		part := strings.ToValidUTF8(row.clean[:min(len(row.clean), 2*maxHeadingBytes)], "")
		parts = append(parts, strings.ReplaceAll(strings.TrimSpace(part), "\t", " "))
		size += len(part)
		h.rows[1] = i + 1
		if len(parts) >= maxHeadingRows || size > maxHeadingBytes {
			break
		}
	}
	if !matter {
		// A memo names itself first and its matter among its labels.
		for i := h.rows[1]; i < min(len(rows), h.rows[1]+maxHeadingRows); i++ {
			if m := rules.First(r.words["subject.hal"], rows[i].fold); m != nil {
				parts = append(parts, strings.TrimSpace(rows[i].clean[m[0]:m[1]]))
				break
			}
		}
	}
	h.text = strings.Join(parts, " ")
	h.fold = foldSameLength(h.text)
	return h
}

// namesBody reports whether a line of a letterhead or cover names a body, or
// goes on with the name above it. A line that names a kind of document does
// neither.
func (r *Reader) namesBody(fold string, above bool) bool {
	if rules.MatchAny(r.words["org.start"], fold) {
		return true
	}
	if !above {
		return false
	}
	return !r.namesType(fold)
}

// namesType reports whether a line begins as the title of a kind of document.
func (r *Reader) namesType(fold string) bool {
	for _, t := range r.pack.Types {
		for _, p := range t.Title {
			if m := p.Find(fold); m != nil && m[0] == 0 {
				return true
			}
		}
	}
	return false
}

// titleLike reports whether a row reads as a title: mostly capitals, or short
// and without the marks of a sentence or a label.
func (r *Reader) titleLike(row row) bool {
	s := strings.TrimSpace(row.clean)
	upper, lower := 0, 0
	for _, c := range s {
		switch {
		case unicode.IsUpper(c):
			upper++
		case unicode.IsLower(c):
			lower++
		}
	}
	switch {
	case upper+lower < 3:
		return false
	case upper >= 3*lower:
		return true
	}
	words := strings.Fields(s)
	return len(words) <= 14 && len(s) < 110 && !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, ";") &&
		!strings.Contains(s, ":") && unicode.IsUpper([]rune(s)[0])
}

// letterhead returns the rows of the letterhead: from the first row that names
// a body to the last address line, if an address follows within a few rows.
func (r *Reader) letterhead(d *Document) [2]int {
	rows := d.view.rows
	first, last := -1, -1
	for i := 0; i < min(len(rows), 14); i++ {
		fold := strings.TrimSpace(rows[i].fold)
		if r.namesType(fold) {
			if first < 0 {
				return [2]int{0, 0} // a cover: the title stands above the unit
			}
			if last >= 0 {
				break // what comes after the title is not of the letterhead
			}
		}
		if first < 0 && rules.MatchAny(r.words["org.start"], fold) {
			if i > 5 {
				break
			}
			first = i
		}
		if first >= 0 && rules.MatchAny(r.words["letterhead.address"], fold) {
			if last >= 0 && i > last+2 {
				break
			}
			last = i
		}
	}
	if first < 0 || last < first {
		return [2]int{0, 0}
	}
	// A continued address line, such as the rest of a mail address.
	for last+1 < len(rows) && last+1 < first+14 {
		next := strings.TrimSpace(rows[last+1].fold)
		if next == "" || strings.Contains(next, " ") || !strings.Contains(next, ".") {
			break
		}
		last++
	}
	return [2]int{first, last + 1}
}

package facts

import (
	"strings"

	"dasheval/rules"
)

// The parts of every document. A type adds its sections by their ids.
const (
	partLetterhead = "letterhead" // the kop
	partHeading    = "heading"    // title lines
	partBody       = "body"       // from below the heading to the attachment
	partAttachment = "attachment" // the lampiran, to the end
	partSignature  = "signature"  // blocks from the title to the name
	partTable      = "table"      // lines of several cells
)

// Anatomy names the parts that every document may have, in order.
func Anatomy() []string {
	return []string{partLetterhead, partHeading, partBody, partAttachment, partSignature, partTable}
}

// Stretches returns where a part of the document stands, as offsets into
// [Document.Folded]: a part of [Anatomy] or a section of the type. A section
// goes on to the next one, to the signatures or to the attachment.
func (d *Document) Stretches(part string) [][2]int { return d.anatomy[part] }

// dissect finds the parts of d.
func (r *Reader) dissect(d *Document, h heading) {
	rows, fold := d.view.rows, d.view.fold
	d.anatomy = map[string][][2]int{}
	start := func(row int) int {
		if row < len(rows) {
			return rows[row].start
		}
		return len(fold)
	}
	add := func(part string, from, to int) {
		if from < to {
			d.anatomy[part] = append(d.anatomy[part], [2]int{from, to})
		}
	}
	add(partLetterhead, start(h.letterhead[0]), start(h.letterhead[1]))
	add(partHeading, start(h.rows[0]), start(h.rows[1]))
	body, end := start(h.rows[1]), len(fold)
	if m := rules.First(r.words["attachment.heading"], fold[body:]); m != nil && len(rows) > 6 && body+m[0] > rows[6].start {
		end = body + m[0]
	}
	add(partBody, body, end)
	add(partAttachment, end, len(fold))

	stops := []int{end}
	for _, b := range d.Blocks {
		from, to := d.view.block(b, end)
		add(partSignature, from, to)
		if from < to {
			stops = append(stops, from)
		}
	}
	var starts []int
	for _, at := range d.sections {
		starts = append(starts, at)
	}
	for id, at := range d.sections {
		to := len(fold)
		for _, list := range [][]int{starts, stops} {
			for _, s := range list {
				if s > at && s < to {
					to = s
				}
			}
		}
		add(id, at, to)
	}
	first := -1
	for i := range len(rows) + 1 {
		cells := i < len(rows) && strings.Contains(rows[i].clean, "\t")
		switch {
		case cells && first < 0:
			first = i
		case !cells && first >= 0:
			add(partTable, start(first), start(i))
			first = -1
		}
	}
}

// block returns where a signature block stands: from the last line that has
// its title above the last, before the attachment, that has its name. Blocks of
// the attachment are looked for there.
func (v *view) block(b Block, attachment int) (from, to int) {
	const most = 12 // lines
	name := strings.LastIndex(v.clean[:min(attachment, len(v.clean))], b.Name)
	if name < 0 {
		name = strings.LastIndex(v.clean, b.Name)
	}
	if b.Name == "" || name < 0 {
		return 0, 0
	}
	last := v.rowAt(name)
	first := last
	for i := last; i >= max(0, last-most); i-- {
		if words := strings.Fields(b.Title); len(words) > 0 && strings.Contains(v.rows[i].clean, words[0]) {
			first = i
			break
		}
	}
	to = len(v.clean)
	if last+2 < len(v.rows) {
		to = v.rows[last+2].start
	}
	return v.rows[first].start, to
}

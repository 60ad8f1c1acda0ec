package facts

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"dasheval/checker/text"
)

// Agree corrects the numbers of documents that were recognised in pictures by
// those of the whole pile: the codes in them recur, and where most documents write
// PL46, the one that reads PL.46 was read badly. What was read stays in Read.
//
// The running number of a document recurs nowhere, and is not touched.
func Agree(docs []*Document) {
	votes := map[string]map[string]int{} // by shape: the ways to write a part, and how often
	each(docs, func(d *Document) {
		weight := 1
		if d.Origin == text.Layer {
			weight = 3 // nobody had to recognise it
		}
		for _, part := range codes(d.Facts["number"].Value) {
			shape := shapeOf(part)
			if votes[shape] == nil {
				votes[shape] = map[string]int{}
			}
			votes[shape][part] += weight
		}
	})
	each(docs, func(d *Document) {
		f, ok := d.Facts["number"]
		if !ok || d.Origin != text.OCR {
			return
		}
		parts := strings.Split(f.Value, "/")
		for i, part := range parts {
			if i > 0 {
				parts[i] = usual(votes[shapeOf(part)], part)
			}
		}
		if value := strings.Join(parts, "/"); value != f.Value {
			if d.Read == nil {
				d.Read = map[string]string{}
			}
			d.Read["number"] = f.Value
			f.Value = value
			d.Facts["number"] = f
		}
	})
}

// each calls f with every document and every part of a merged one.
func each(docs []*Document, f func(*Document)) {
	for _, d := range docs {
		f(d)
		for _, p := range d.Parts {
			f(p)
		}
	}
}

// codes returns the parts of a number that may recur: all but the first.
func codes(number string) []string {
	return strings.Split(number, "/")[1:]
}

// usual returns the way most documents write a part, if far more write it so than
// as it was read.
func usual(ways map[string]int, part string) string {
	const far = 3 // times as often
	best := part
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		if ways[way] > ways[best] {
			best = way
		}
	}
	if ways[best] >= far*ways[part] {
		return best
	}
	return part
}

// alike maps signs that recognition takes for one another to one of them.
var alike = strings.NewReplacer("O", "0", "Q", "0", "D", "0", "I", "1", "L", "1", "|", "1", "!", "1", "S", "5", "B", "8", "Z", "2", "G", "6")

var noSign = regexp.MustCompile(`[^A-Z0-9]+`)

// shapeOf returns a part of a number without what recognition gets wrong: points,
// spaces, and which of two signs that look alike it is.
func shapeOf(part string) string {
	return alike.Replace(noSign.ReplaceAllString(strings.ToUpper(part), ""))
}

package facts

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"dasheval/checker/text"
)

// Agree corrects the numbers of documents that were recognised in pictures by
// those of the whole pile: the codes in them recur, and where most documents write
// PL46, the one that reads PL.46 was read badly. A month in Roman figures is that of
// the document's date. What was read stays in Read.
//
// The running number of a document recurs nowhere, and is not touched.
func Agree(docs []*Document) {
	v := votes{map[string]map[string]int{}, map[string]map[string]int{}, 0}
	each(docs, v.count)
	each(docs, func(d *Document) {
		f, ok := d.Facts["number"]
		if !ok || d.Origin != text.OCR {
			return
		}
		if value := v.mend(f.Value, d.Date("date")); value != f.Value {
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

// votes counts how the documents of a pile write the parts of their numbers: by
// shape, the ways to write it and how often.
type votes struct {
	parts, words map[string]map[string]int
	roman        int // months in Roman figures, less those in digits
}

// written is what a document counts that nobody had to recognise.
const written = 3

func (v *votes) count(d *Document) {
	weight := 1
	if d.Origin == text.Layer {
		weight = written
	}
	add := func(to map[string]map[string]int, s string) {
		shape := shapeOf(s)
		if to[shape] == nil {
			to[shape] = map[string]int{}
		}
		to[shape][s] += weight
	}
	number := d.Facts["number"].Value
	parts := strings.Split(number, "/")
	for _, part := range parts[1:] {
		add(v.parts, part)
	}
	for _, word := range word.FindAllString(number, -1) {
		if letter.MatchString(word) {
			add(v.words, word)
		}
	}
	if i := monthAt(parts); i > 0 {
		switch {
		case len(parts[i]) > 1 && romans[parts[i]] > 0:
			v.roman += weight
		case digitsOf(parts[i]) == parts[i] && parts[i] != "1" && parts[i] != "11":
			v.roman -= weight
		}
	}
}

// mend returns a number as the pile writes it.
func (v *votes) mend(number string, day time.Time) string {
	parts := strings.Split(strings.TrimLeft(number, "|!:;,.'\" "), "/")
	for i := range parts[1:] {
		parts[i+1] = usual(v.parts, parts[i+1])
	}
	if i := monthAt(parts); i > 0 {
		parts[i] = v.month(parts[i], day)
	}
	// What stands between other signs than a slash recurs too.
	return word.ReplaceAllStringFunc(strings.Join(parts, "/"), func(w string) string {
		ways := v.words[shapeOf(w)]
		if best := most(ways, w); letter.MatchString(best) && outvotes(ways, best, w) && romans[w] == 0 {
			return best
		}
		if class.MatchString(w) {
			return strings.ReplaceAll(w, "0", "O")
		}
		return w
	})
}

var (
	word   = regexp.MustCompile(`[A-Za-z0-9|!]+`)
	letter = regexp.MustCompile(`[A-Za-z]`)
	// A class of papers is two capitals, such as OT or HK, of which one may have
	// been read as a nought.
	class = regexp.MustCompile(`^(?:0[A-Z]|[A-Z]0)$`)
	year  = regexp.MustCompile(`^(?:19|20)\d\d$`)
)

// monthAt returns the index of the part of a number that is the place of a month:
// the one before the year at its end; 0 if there is none.
func monthAt(parts []string) int {
	if n := len(parts); n >= 3 && year.MatchString(parts[n-1]) {
		return n - 2
	}
	return 0
}

// romans are the months in Roman figures.
var romans = map[string]int{"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10, "XI": 11, "XII": 12}

// stroke maps what recognition takes an I of a Roman figure for to I.
var stroke = strings.NewReplacer("1", "I", "l", "I", "|", "I", "!", "I", "T", "I", "J", "I", "i", "I", "v", "V", "x", "X")

// month returns a month in Roman figures that was read badly. A part of digits may
// be a month as well: then the pile tells whether it writes Roman ones.
func (v *votes) month(part string, day time.Time) string {
	figure := stroke.Replace(part)
	if part == "" || strings.Trim(figure, "IVX") != "" || romans[part] > 0 || digitsOf(part) == part && v.roman <= 0 {
		return part
	}
	if !day.IsZero() {
		for name, m := range romans {
			// A stroke more or less is lost easily.
			if m == int(day.Month()) && max(len(name)-len(figure), len(figure)-len(name)) <= 1 {
				return name
			}
		}
	}
	if romans[figure] > 0 {
		return figure
	}
	return part
}

// usual returns the way most documents write a part, if far more write it so than
// as it was read. A slash may have been read as one and a stroke.
func usual(ways map[string]map[string]int, part string) string {
	shape := shapeOf(part)
	for _, s := range []string{shape, strings.TrimPrefix(shape, "1"), strings.TrimSuffix(shape, "1")} {
		if best := most(ways[s], part); outvotes(ways[s], best, part) && (s == shape || letter.MatchString(best) && len(best) >= 3) {
			return best
		}
	}
	return part
}

// most returns the way that is written most often, part if none is.
func most(ways map[string]int, part string) string {
	best := part
	for _, way := range slices.Sorted(maps.Keys(ways)) {
		if ways[way] > ways[best] {
			best = way
		}
	}
	return best
}

// outvotes reports whether far more documents write a part so than as it was read.
func outvotes(ways map[string]int, best, part string) bool {
	const far = 3 // times as often
	return best != part && ways[best] >= far*max(ways[part], 1)
}

// alike maps signs that recognition takes for one another to one of them.
var alike = strings.NewReplacer("O", "0", "Q", "0", "D", "0", "I", "1", "L", "1", "|", "1", "!", "1", "S", "5", "B", "8", "Z", "2", "G", "6")

var noSign = regexp.MustCompile(`[^A-Z0-9|!]+`)

// shapeOf returns a part of a number without what recognition gets wrong: points,
// spaces, and which of two signs that look alike it is.
func shapeOf(part string) string {
	return alike.Replace(noSign.ReplaceAllString(strings.ToUpper(part), ""))
}

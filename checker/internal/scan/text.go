package scan

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// A Word is one that text recognition read, box in pixels.
type Word struct {
	X0, Y0, X1, Y1 int
	Text           string
	Confidence     float64 // 0 to 100
}

func (w Word) box() box { return box{w.X0, w.Y0, w.X1, w.Y1} }

const (
	// confident is what recognition is sure of.
	confident = 60
	// certain is the confidence from which on a word that stands alone is
	// print; signatures have been read as words with up to 82.
	certain = 85
	// tall is how many times the usual height of words the strokes in a word
	// of print may have: signatures read as words are taller. Of doubtful
	// words it is less.
	tall, tallDoubtful = 1.6, 1.35
	// letterWidth is the most width of a letter in heights of words.
	letterWidth = 1.4
	// dense is the share of its box that a piece of print fills from which on
	// it is that: at 150 dpi letters that ran together fill 0.48 to 0.8, and
	// the strokes of flat signatures 0.28 to 0.47.
	dense = 0.5
	// typeHeight is how many times the usual height of words such letters
	// have; words with letters above and below the line reach 1.5.
	typeHeight = 1.55
	// maxWords bounds the comparison of each word with each.
	maxWords = 4000
	// usualHeight is the height of words in millimetres on a page where few
	// were recognised: that of 11 points.
	usualHeight = 3.0
)

// textHeight returns the usual height of words on the page, in pixels.
func (p *Picture) textHeight(words []Word) int {
	var heights []int
	for _, w := range words {
		if w.Confidence >= confident && utf8.RuneCountInString(w.Text) >= 3 && w.Y1 > w.Y0 {
			heights = append(heights, w.Y1-w.Y0)
		}
	}
	if len(heights) < 5 {
		return p.mm(usualHeight)
	}
	slices.Sort(heights)
	// Fine print and banners are no measure of a signature.
	return min(p.mm(6), max(p.mm(1.5), heights[len(heights)/2]))
}

// printed returns the words that are print. parts are the components of the
// mask that the words lie in, height is the usual height of words. Boxes of
// words often reach to the ruled line below them, so what counts is the height
// of the strokes inside.
func printed(words []Word, parts []component, height int) []Word {
	words = words[:min(len(words), maxWords)]
	at := newIndex(parts, 3*height)
	var out []Word
	for _, w := range words {
		if signs(w.Text) == 0 {
			continue
		}
		l := look(w, at, height)
		// No letter is as wide as some strokes that are read as one.
		letter := letterWidth * float64(max(height, l.highest))
		if l.coloured || float64(w.X1-w.X0) > letter*float64(utf8.RuneCountInString(w.Text)) {
			continue
		}
		relative := float64(l.highest) / float64(height)
		beside := inLine(w, words)
		switch {
		case w.Confidence >= certain && relative <= tall,
			w.Confidence >= confident && relative <= tall && beside,
			w.Confidence >= confident && relative <= tallDoubtful && l.fill >= dense,
			w.Confidence < confident && relative <= tall && beside,
			w.Confidence >= confident && l.spelled(w):
			out = append(out, w)
		}
	}
	return out
}

// A looks is how the strokes in a word look.
type looks struct {
	letters         int     // components as high as a letter
	widest, highest int     // of any component
	fill            float64 // share of their boxes that they fill
	coloured        bool    // most pixels are
}

func look(w Word, at *index, height int) looks {
	var l looks
	area, colours, boxes := 0, 0, 0
	b := w.box().grown(2)
	at.each(b, func(c component) {
		if !b.contains((c.x0+c.x1)/2, (c.y0+c.y1)/2) {
			return
		}
		area += c.area
		boxes += c.width() * c.height()
		colours += c.coloured
		if c.height()*5 >= 2*height { // neither dots nor accents
			l.letters++
		}
		l.widest = max(l.widest, c.width())
		l.highest = max(l.highest, c.height())
	})
	l.fill = float64(area) / float64(max(1, boxes))
	l.coloured = 2*colours > area
	return l
}

// spelled reports whether the word has about as many components as letters, and
// none as wide as a stroke of a pen through all of them. It lets through
// headings, which are taller than other words.
func (l looks) spelled(w Word) bool {
	n := utf8.RuneCountInString(w.Text)
	return n >= 3 && 2*l.letters >= n && l.letters <= n+1 && l.letters >= 3 &&
		2*l.widest <= 3*l.highest
}

// signs counts the letters and figures in s; smudges are read as other signs.
func signs(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// inLine reports whether another word that recognition is sure of stands
// beside w. The number of a row does not make a word of what is beside it.
func inLine(w Word, words []Word) bool {
	h := w.Y1 - w.Y0
	for _, o := range words {
		if o == w || o.Confidence < confident || signs(o.Text) < 3 {
			continue
		}
		overlap := min(w.Y1, o.Y1) - max(w.Y0, o.Y0)
		gap := max(w.X0, o.X0) - min(w.X1, o.X1)
		if 2*overlap >= min(h, o.Y1-o.Y0) && gap <= 2*h {
			return true
		}
	}
	return false
}

// isType reports whether a component is one or more letters that ran together.
func isType(c component, height int) bool {
	return float64(c.height()) <= typeHeight*float64(height) && 2*c.coloured < c.area &&
		float64(c.area) >= dense*float64(c.width()*c.height())
}

// inText reports whether a component of the height of words stands on the line
// of a word of print, close beside it: a word that was not read.
func inText(c component, text []Word, height int) bool {
	if float64(c.height()) > typeHeight*float64(height) || 2*c.coloured > c.area {
		return false
	}
	for _, w := range text {
		overlap := min(c.y1, w.Y1) - max(c.y0, w.Y0)
		gap := max(c.x0, w.X0) - min(c.x1, w.X1)
		if 10*overlap >= 7*min(c.height(), w.Y1-w.Y0) && 2*gap <= 3*height && signs(w.Text) >= 3 {
			return true
		}
	}
	return false
}

// letterRows marks the components that are letters of print which recognition
// did not read: at least four beside each other, of like height, on one
// baseline. It returns which components they are.
func letterRows(parts []component, height int) []bool {
	out := make([]bool, len(parts))
	var letters []int
	for i, c := range parts {
		if c.height()*5 >= 2*height && c.height() <= 4*height && c.width() <= 5*height {
			letters = append(letters, i)
		}
	}
	next := neighbours(parts, letters, height)
	seen := make([]bool, len(parts))
	for _, i := range letters {
		if seen[i] {
			continue
		}
		var row []int
		for j := i; j >= 0 && !seen[j]; j = next[j] {
			seen[j] = true
			row = append(row, j)
		}
		if isRow(parts, row) {
			for _, j := range row {
				out[j] = true
			}
		}
	}
	return out
}

// neighbours returns for each component that is a letter the index of the next
// one to the right in its row, or -1. letters is put in order from the left.
func neighbours(parts []component, letters []int, height int) []int {
	slices.SortStableFunc(letters, func(i, j int) int { return parts[i].x0 - parts[j].x0 })
	next := make([]int, len(parts))
	for i := range next {
		next[i] = -1
	}
	// The last letter so far in each band of rows; a letter enters all bands
	// that it covers.
	last := map[int]int{}
	band := max(1, height/4)
	for _, j := range letters {
		c := parts[j]
		best := -1
		for b := c.y0 / band; b <= (c.y1-1)/band; b++ {
			i, ok := last[b]
			last[b] = j
			if !ok || i == best {
				continue
			}
			d := parts[i]
			overlap := min(c.y1, d.y1) - max(c.y0, d.y0)
			low, high := min(c.height(), d.height()), max(c.height(), d.height())
			if 10*overlap >= 6*low && high <= 2*low && c.x0-d.x1 <= high && (best < 0 || d.x1 > parts[best].x1) {
				best = i
			}
		}
		if best >= 0 {
			next[best] = j
		}
	}
	return next
}

// isRow reports whether the components stand on one baseline.
func isRow(parts []component, row []int) bool {
	if len(row) < 4 {
		return false
	}
	lows := make([]int, len(row))
	heights := make([]int, len(row))
	for i, j := range row {
		lows[i], heights[i] = parts[j].y1, parts[j].height()
	}
	slices.Sort(lows)
	slices.Sort(heights)
	base, height := lows[len(lows)/2], heights[len(heights)/2]
	on := 0
	for _, low := range lows {
		if d := low - base; 5*d <= height && -5*d <= height {
			on++
		}
	}
	return 5*on >= 3*len(row)
}

package facts

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"dasheval/checker/text"
	"dasheval/rules"
)

// A view is the text of a document as one string, with the way back from each
// byte to its place. Lines that repeat at the foot of the pages are left out:
// they would break sentences that run over a page.
type view struct {
	rows  []row
	clean string
	fold  string // the same length as clean
	paged bool

	furniture []row // what was left out

	// A view that is shelved has nothing but these.
	shelved       bool
	words, places record
}

// A row is one line of the text.
type row struct {
	clean, fold string
	start       int // of the row in view.fold
	page        int // index into Document.Pages
	number      int // page number
	line        text.Line
}

// newView builds the view of the pages of doc.
func (r *Reader) newView(doc *text.Document) *view {
	footer := r.words["signature.electronic_footer"]
	v := &view{paged: doc.Paged}
	repeated := repeatedFeet(doc)
	var clean, fold strings.Builder
	for i := range doc.Pages {
		p := &doc.Pages[i]
		for j := range p.Lines {
			line := p.Lines[j]
			if p.Origin == text.OCR {
				line.Words = r.mend(line.Words)
			}
			line.Words = text.JoinSpaced(line.Words)
			c := text.Clean(line.Text())
			one := row{clean: c, fold: foldSameLength(c), page: i, number: p.Number, line: line}
			low := doc.Paged && p.Height > 0 && p.Lines[j].Box.Y0 > 0.8*p.Height
			if low && (repeated[footKey(one.fold)] || rules.MatchAny(footer, one.fold)) ||
				doc.Paged && isPageNumber(one.fold) && (low || j == 0) {
				v.furniture = append(v.furniture, one)
				continue
			}
			one.start = clean.Len()
			clean.WriteString(one.clean)
			clean.WriteByte('\n')
			fold.WriteString(one.fold)
			fold.WriteByte('\n')
			v.rows = append(v.rows, one)
		}
	}
	v.clean, v.fold = clean.String(), fold.String()
	return v
}

// foldSameLength lower-cases s without changing the length of any character,
// so that offsets into the folded text are offsets into the clean one.
func foldSameLength(s string) string {
	return strings.Map(func(r rune) rune {
		if l := unicode.ToLower(r); utf8.RuneLen(l) == utf8.RuneLen(r) {
			return l
		}
		return r
	}, s)
}

// footKey is a foot line without its digits, which count the pages.
func footKey(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

// repeatedFeet returns the keys of lines that stand in the lowest fifth of more
// than half of the pages, of at least two.
func repeatedFeet(doc *text.Document) map[string]bool {
	if !doc.Paged || len(doc.Pages) < 2 {
		return nil
	}
	count := map[string]int{}
	for _, p := range doc.Pages {
		seen := map[string]bool{}
		for _, l := range p.Lines {
			if l.Box.Y0 < 0.8*p.Height {
				continue
			}
			if k := footKey(foldSameLength(text.Clean(l.Text()))); k != "" && !seen[k] {
				seen[k] = true
				count[k]++
			}
		}
	}
	out := map[string]bool{}
	for k, n := range count {
		if n >= 2 && 2*n > len(doc.Pages) {
			out[k] = true
		}
	}
	return out
}

func isPageNumber(s string) bool {
	s = strings.Trim(s, " -|\t.")
	if s == "" || len(s) > 3 {
		return false
	}
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}

// rowAt returns the index of the row that holds byte i.
func (v *view) rowAt(i int) int {
	n := sort.Search(len(v.rows), func(k int) bool { return v.rows[k].start > i })
	return max(n-1, 0)
}

// maxQuote is the length, in bytes, that a quote is cut to.
const maxQuote = 160

// place returns the place of bytes start to end: the box of the words on the
// first row that the bytes touch, and up to maxQuote bytes of text.
func (v *view) place(start, end int) Place {
	if len(v.rows) == 0 {
		return Place{}
	}
	r := v.rows[v.rowAt(start)]
	stop := min(end, r.start+len(r.clean))
	p := Place{Paragraph: r.line.Paragraph, Box: r.line.Box}
	if v.paged {
		p.Page, p.Paragraph = r.number, 0
		if b := wordBox(r, start-r.start, stop-r.start); !b.Empty() {
			p.Box = b
		}
	}
	q := v.clean[min(start, len(v.clean)):min(max(end, start), len(v.clean))]
	p.Quote = quote(q)
	if p.Quote == "" {
		p.Quote = quote(r.clean)
	}
	return p
}

// quote makes one line of s and cuts it at a character.
func quote(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	if len(s) <= maxQuote {
		return s
	}
	cut := maxQuote
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + "…"
}

// wordBox returns the box of the words of r that bytes from to to of its clean
// text touch. Cleaning may change lengths, so words are found by counting the
// fields of the text, not its bytes.
func wordBox(r row, from, to int) text.Box {
	if from < 0 || from > len(r.clean) || to < from {
		return r.line.Box
	}
	first := len(strings.Fields(r.clean[:from]))
	last := len(strings.Fields(r.clean[:min(to, len(r.clean))]))
	if from > 0 && first > 0 && !isSpace(r.clean[from-1]) {
		first--
	}
	var b text.Box
	for i := first; i < min(last, len(r.line.Words)); i++ {
		b = b.Union(r.line.Words[i].Box)
	}
	return b
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' }

// fact makes a Fact of bytes start to end.
func (v *view) fact(start, end int, sure float64) Fact {
	return Fact{Value: strings.TrimSpace(v.clean[start:end]), At: v.place(start, end), Sure: sure}
}

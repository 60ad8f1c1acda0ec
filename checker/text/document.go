package text

import "strings"

// Origin tells where the text of a page came from, which is how far it can be
// trusted.
type Origin string

const (
	// Layer is text that the producing program wrote.
	Layer Origin = "layer"
	// Hidden is the invisible layer that a scanner's text recognition laid
	// over a picture of the page. It is read and marked; nothing may be called
	// met on its strength alone.
	Hidden Origin = "hidden"
	// OCR is text that dasheval recognised itself.
	OCR Origin = "ocr"
	// None is a page without text.
	None Origin = "none"
)

// The readers of pages.
const (
	Native    = "native"
	Pdfium    = "pdfium"
	Tesseract = "tesseract"
)

// A Box is a rectangle in points (1/72 inch), origin at the top left of the
// page, y growing downward. X0 <= X1 and Y0 <= Y1.
type Box struct{ X0, Y0, X1, Y1 float64 }

// Empty reports whether b covers nothing.
func (b Box) Empty() bool { return b.X1 <= b.X0 || b.Y1 <= b.Y0 }

// Overlaps reports whether b and c share more than an edge.
func (b Box) Overlaps(c Box) bool {
	return min(b.X1, c.X1) > max(b.X0, c.X0) && min(b.Y1, c.Y1) > max(b.Y0, c.Y0)
}

// Union returns the smallest box that covers both b and c; an empty box adds
// nothing.
func (b Box) Union(c Box) Box {
	if b == (Box{}) {
		return c
	}
	if c == (Box{}) {
		return b
	}
	return Box{min(b.X0, c.X0), min(b.Y0, c.Y0), max(b.X1, c.X1), max(b.Y1, c.Y1)}
}

// A Word is a run of characters without a space.
type Word struct {
	Text string
	Box  Box
	// Confidence is how sure text recognition was, 1 to 100; 0 for text that
	// nobody had to recognise.
	Confidence uint8
}

// A Line is a run of words on one baseline, in the order of the file. Cells of
// one table row that stand side by side are one line of several segments; see
// [Line.Segments].
type Line struct {
	Words []Word
	Box   Box

	// Paragraph counts the paragraphs of an unpaged document from 1; it is 0
	// on a page.
	Paragraph int
	// Table, Row and Column place the line in a table of an unpaged document,
	// each from 1; they are 0 outside of tables and on pages.
	Table, Row, Column int
}

// Text returns the words of the line, joined by spaces; a gap as wide as a
// table column or a tab becomes a tab.
func (l Line) Text() string {
	segs := l.Segments()
	parts := make([]string, len(segs))
	for i, s := range segs {
		parts[i] = s.Text()
	}
	return strings.Join(parts, "\t")
}

// A Segment is a stretch of a line without a gap wide enough to be a column
// boundary.
type Segment struct {
	Words []Word
	Box   Box
}

// Text returns the words of the segment, joined by spaces.
func (s Segment) Text() string {
	var b strings.Builder
	for i, w := range s.Words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// columnGap is the white space, in heights of the line, from which on two
// words belong to different columns. Ordinary word gaps are 0.25 to 0.4;
// justified lines reach about 1.2.
const columnGap = 1.6

// Segments splits the line at its column gaps. It returns at least one
// segment for a line that has words.
func (l Line) Segments() []Segment {
	if len(l.Words) == 0 {
		return nil
	}
	height := l.Box.Y1 - l.Box.Y0
	if height <= 0 {
		height = 10
	}
	var out []Segment
	start := 0
	for i := 1; i <= len(l.Words); i++ {
		if i < len(l.Words) {
			gap := l.Words[i].Box.X0 - l.Words[i-1].Box.X1
			if gap < columnGap*height && gap > -columnGap*height*4 {
				continue
			}
		}
		s := Segment{Words: l.Words[start:i]}
		for _, w := range s.Words {
			s.Box = s.Box.Union(w.Box)
		}
		out = append(out, s)
		start = i
	}
	return out
}

// An Image is a picture placed on a page or in a paragraph.
type Image struct {
	Box       Box
	Paragraph int // in an unpaged document, else 0
	// Width and Height are the size of the picture itself in pixels, 0 if
	// unknown.
	Width, Height int
}

// A Field is a form field or annotation of a page with what it holds.
type Field struct {
	Kind  string // "text", "signature", "note", …
	Name  string
	Value string
	Box   Box
}

// A Mark is something on the picture of a page that is not printed text: what a
// pen or a stamp left, a pasted picture, or a QR code.
type Mark struct {
	Kind MarkKind
	Box  Box
	// Area is the inked part of it in mm², Longest the longer side of its largest
	// connected part in mm, and Colour the share of it that is not grey, 0 to 1.
	Area, Longest, Colour float64
	// Payload is what a QR code says, "" if it cannot be read.
	Payload string
	// Words is what text recognition took it for, if anything.
	Words string
}

// A MarkKind tells kinds of marks apart.
type MarkKind string

// The kinds of marks.
const (
	Ink MarkKind = "ink"
	QR  MarkKind = "qr"
)

// A Grid is a ruled table on the picture of a page.
type Grid struct {
	// Rows and Columns are the edges of rows and columns in points, ascending.
	Rows, Columns []float64
	// Ink holds for each cell, row by row, the longer side in mm of the largest
	// connected thing in it that is no printed text.
	Ink []float64
}

// Cell returns the box of a cell, both from 0.
func (g Grid) Cell(row, column int) Box {
	return Box{X0: g.Columns[column], X1: g.Columns[column+1], Y0: g.Rows[row], Y1: g.Rows[row+1]}
}

// InkAt returns the entry of Ink for a cell, both from 0.
func (g Grid) InkAt(row, column int) float64 { return g.Ink[row*(len(g.Columns)-1)+column] }

// A Grade says how well the text of a pictured page was recognised.
type Grade string

// The grades, best first. A page that is no picture has none.
const (
	Good     Grade = "good"
	Fair     Grade = "fair"
	Poor     Grade = "poor"
	NoText   Grade = "none" // nothing was recognised, or nobody tried
	Ungraded Grade = ""
)

// A Page is one page of a document, or one stretch of an unpaged document
// between page breaks.
type Page struct {
	Number        int // from 1
	Width, Height float64
	Lines         []Line
	Images        []Image
	Fields        []Field
	Origin        Origin
	// Raster is the share of the page, 0 to 1, that pictures cover.
	Raster float64
	// Engine names the reader of the page, [Native], [Pdfium] or [Tesseract]; it is
	// empty where a format has one reader only.
	Engine string
	// Doubts are the reasons why the native engine was not relied on, if any.
	Doubts []string

	// Grade tells how well a pictured page was read. Marks and Grids are what
	// else is on such a page; on other pages Marks are the QR codes. Skew is by how much it stands askew, in degrees
	// counter-clockwise. All boxes are those of the page set straight.
	Grade Grade
	Skew  float64
	Marks []Mark
	Grids []Grid
}

// A Document is what an evidence file says.
type Document struct {
	Format string // "pdf", "docx", …: by content, not by name
	// Photo is true if the file is a picture, of a page or of anything else.
	Photo bool
	// Paged is true if page numbers and boxes are those that a reader sees.
	Paged bool
	Pages []Page
	// Total is the number of pages in the file, which is more than len(Pages)
	// if a limit cut reading short. It is 0 in an unpaged document.
	Total int
	// Meta holds the metadata of the file, such as "title" and "producer".
	// It is a hint at best.
	Meta map[string]string
	// Signatures are the cryptographic signatures of the file, in order of time
	// as far as the file tells.
	Signatures []Signature
	// Requests are the signature lines of a Word document.
	Requests []Request
}

// Lines returns the number of lines on all pages.
func (d *Document) Lines() int {
	n := 0
	for _, p := range d.Pages {
		n += len(p.Lines)
	}
	return n
}

// Origin returns the origin of the document's text: Hidden if any page with
// text has a hidden layer, else OCR if any was recognised, else Layer if there
// is text, else None. A hidden layer that agrees with what was recognised is as
// good as that.
func (d *Document) Origin() Origin {
	out := None
	rank := map[Origin]int{None: 0, Layer: 1, OCR: 2, Hidden: 3}
	for _, p := range d.Pages {
		from := p.Origin
		if from == Hidden && (p.Grade == Good || p.Grade == Fair) {
			from = OCR
		}
		if rank[from] > rank[out] {
			out = from
		}
	}
	return out
}

// scanned is the part of a page that a picture covers from which on a page
// without text is taken for a scan.
const scanned = 0.5

// Unread returns the runs of pages, as the first and the last of each, that were
// not read for certain: pages beyond a limit, scanned ones that nobody recognised
// or that are recognised badly, and pages in doubt that no other engine decided
// on.
func (d *Document) Unread() [][2]int {
	var out [][2]int
	add := func(first, last int) {
		if n := len(out); n > 0 && out[n-1][1] == first-1 {
			out[n-1][1] = last
		} else if first <= last {
			out = append(out, [2]int{first, last})
		}
	}
	gaps := d.Total > len(d.Pages)
	next := 1
	for _, p := range d.Pages {
		if gaps && p.Number > next {
			add(next, p.Number-1)
		}
		next = p.Number + 1
		if p.unread() {
			add(p.Number, p.Number)
		}
	}
	if gaps {
		add(next, d.Total)
	}
	return out
}

// unread reports whether nobody read the page for certain.
func (p *Page) unread() bool {
	switch p.Engine {
	case Tesseract: // a page without words is a photo
		return p.Grade == Poor
	case Native:
		if len(p.Doubts) > 0 {
			return true
		}
	}
	return p.Origin == Hidden || p.Pictured()
}

// fewLetters is what programs that scan and sign write on a page beside its
// picture, in letters, at most.
const fewLetters = 80

// Pictured reports whether the page is a picture of one: whatever text it has is
// that of a scanner, or stands at its head and foot, where stamps of programs
// stand.
func (p *Page) Pictured() bool {
	if p.Raster < scanned {
		return false
	}
	const head, foot = 0.1, 0.85 // shares of the height
	n := 0
	for _, l := range p.Lines {
		if middle := (l.Box.Y0 + l.Box.Y1) / 2; middle > head*p.Height && middle < foot*p.Height {
			for _, w := range l.Words {
				n += len(w.Text)
			}
		}
	}
	return p.Origin == Hidden || n < fewLetters
}

// Plain returns the text of the document, lines ended by newlines and pages
// separated by form feeds.
func (d *Document) Plain() string {
	var b strings.Builder
	for i, p := range d.Pages {
		if i > 0 {
			b.WriteByte('\f')
		}
		for _, l := range p.Lines {
			b.WriteString(l.Text())
			b.WriteByte('\n')
		}
	}
	return b.String()
}

package native

import (
	"context"
	"errors"

	"dasheval/checker/internal/pdf"
	"dasheval/checker/text"
)

// A state is the graphics state, as far as it moves text.
type state struct {
	ctm     matrix // to the page as displayed
	font    *font
	size    float64
	char    float64 // Tc
	word    float64 // Tw
	scale   float64 // Tz, 1 for 100 %
	leading float64
	rise    float64
	mode    int
}

// A reader interprets the content of one page.
type reader struct {
	*file
	state
	stack         []state
	tm, line      matrix // text matrix, and that of the start of the line
	width, height float64

	glyphs    []pdf.Glyph
	images    []text.Image
	only      placed   // the picture, if it is the only thing drawn beside text
	squares   []placed // pictures that may be codes
	others    int      // things drawn beside it and text
	path      path
	strokes   []text.Image // drawings that a hand may have made
	shown     int          // characters that are visible so far
	hidden    int
	drawn     int // objects
	operators int
	unknown   int  // operators
	graphics  bool // a gs operator was met
	pen       pen
	count     int // characters of this operator so far
	recent    [8]shownText
	shows     int
	open      map[uint32]bool // forms being drawn
	marks     []mark
	doubts    doubts
}

func (r *reader) doubt(all ...Doubt) { r.doubts.add(all...) }

const (
	maxArgs    = 1 << 17 // of one operator, the parts of a TJ
	maxGlyphs  = 1 << 21 // of a page
	maxStack   = 1000
	maxDepth   = 12 // of forms
	maxUnknown = 10 // operators of a page
	checkEvery = 1 << 10
)

var (
	errOperators = errors.New("too many operators")
)

// doubtOf returns the doubt that an error gives.
func doubtOf(err error) Doubt {
	switch {
	case errors.Is(err, errFilter):
		return Filter
	case errors.Is(err, errLong), errors.Is(err, errOperators):
		return TooMuch
	}
	return Damaged
}

// run interprets content.
func (r *reader) run(ctx context.Context, content []byte, s *scope, depth int) error {
	l := lexer{data: content}
	args := r.args[:0]
	r.args = nil // a form within takes its own
	defer func() { r.args = args }()
	for {
		t := l.next()
		switch t.kind {
		case endOfData:
			return nil
		case openArray, closeArray:
		case keyword:
			if r.operators++; r.operators%checkEvery == 0 {
				if err := ctx.Err(); err != nil {
					return err
				}
				if r.operators > r.limits.MaxOperators {
					return errOperators
				}
			}
			if err := r.operator(ctx, string(t.b), operands(args), s, &l, depth); err != nil {
				return err
			}
			args = args[:0]
			l.reset()
		default:
			if len(args) < maxArgs {
				args = append(args, t)
			}
		}
	}
}

// operands are the tokens before an operator.
type operands []token

// num returns the i-th number of the last n operands, 0 if there is none.
func (o operands) num(i, n int) float64 {
	if i += len(o) - n; i >= 0 && i < len(o) {
		return o[i].num
	}
	return 0
}

// last returns the bytes of the last operand.
func (o operands) last() []byte {
	if len(o) == 0 {
		return nil
	}
	return o[len(o)-1].b
}

func (o operands) matrix() matrix {
	return matrix{A: o.num(0, 6), B: o.num(1, 6), C: o.num(2, 6), D: o.num(3, 6), E: o.num(4, 6), F: o.num(5, 6)}
}

// operator carries out one operator, ISO 32000-1, annex A.
func (r *reader) operator(ctx context.Context, op string, args operands, s *scope, l *lexer, depth int) error {
	switch op {
	case "q":
		if len(r.stack) < maxStack {
			r.stack = append(r.stack, r.state)
		} else {
			r.doubt(TooMuch)
		}
	case "Q":
		if n := len(r.stack); n > 0 {
			r.state, r.stack = r.stack[n-1], r.stack[:n-1]
		}
	case "cm":
		r.ctm = args.matrix().Then(r.ctm)
	case "gs":
		r.graphics = true
	case "BT":
		r.tm, r.line = identity, identity
		r.pen.moved = byMove
	case "Tf":
		if len(args) >= 2 {
			r.font = r.fontNamed(ctx, s, args[len(args)-2].b)
			r.size = args.num(1, 2)
		}
	case "Tc":
		r.char = args.num(0, 1)
	case "Tw":
		r.word = args.num(0, 1)
	case "Tz":
		r.scale = args.num(0, 1) / 100
	case "TL":
		r.leading = args.num(0, 1)
	case "Ts":
		r.rise = args.num(0, 1)
		r.pen.moved = byMove
	case "Tr":
		r.mode = int(args.num(0, 1))
	case "Td":
		r.move(args.num(0, 2), args.num(1, 2))
	case "TD":
		r.leading = -args.num(1, 2)
		r.move(args.num(0, 2), args.num(1, 2))
	case "Tm":
		r.tm = args.matrix()
		r.line = r.tm
		r.pen.moved = byMove
	case "T*":
		r.move(0, -r.leading)
	case "Tj":
		r.showOne(args.last())
	case "TJ":
		r.showSpaced(args)
	case "'":
		r.move(0, -r.leading)
		r.showOne(args.last())
	case "\"":
		r.word, r.char = args.num(0, 3), args.num(1, 3)
		r.move(0, -r.leading)
		r.showOne(args.last())
	case "Do":
		return r.do(ctx, s, args.last(), depth)
	case "BI":
		r.inlineImage(l)
	case "BMC":
		r.mark("")
	case "BDC":
		r.mark(actualText(s, args))
	case "EMC":
		r.endMark()
	case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh":
		r.drawn++
		r.others++
		r.painted()
	case "n":
		r.path = path{}
	case "m", "l", "c", "v", "y":
		r.follow(op, args)
	case "ET", "MP", "DP", "BX", "EX", "w", "J", "j", "M", "d", "ri", "i", "h", "re",
		"W", "W*", "d0", "d1", "CS", "cs", "SC", "SCN", "sc", "scn", "G", "g", "RG", "rg", "K", "k",
		"true", "false", "null":
	default:
		if r.unknown++; r.unknown > maxUnknown {
			r.doubt(Garbled)
		}
	}
	return nil
}

// move begins a new line of text at (x, y) from the start of this one.
func (r *reader) move(x, y float64) {
	r.line.E, r.line.F = r.line.Point(x, y)
	r.tm = r.line
	r.pen.moved = byMove
}

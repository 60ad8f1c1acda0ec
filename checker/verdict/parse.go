package verdict

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// maxFormula bounds the length of a formula in bytes, and with it how deep the
// parser can nest.
const maxFormula = 1000

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenName   // of an input
	tokenSymbol // operator, parenthesis, comma or word of the language
)

type token struct {
	kind   tokenKind
	text   string
	column int
}

func (t token) String() string {
	if t.kind == tokenEnd {
		return "end"
	}
	return strconv.Quote(t.text)
}

func (t token) errorf(format string, args ...any) error {
	return fmt.Errorf("column %d: "+format, append([]any{t.column}, args...)...)
}

func (t token) is(symbol string) bool { return t.kind == tokenSymbol && t.text == symbol }

var formulaWords = []string{"if", "else", "and", "or", "min", "max"}

func scan(expr string) ([]token, error) {
	if len(expr) > maxFormula {
		return nil, fmt.Errorf("formula has %d bytes, at most %d are allowed", len(expr), maxFormula)
	}
	var out []token
	for i := 0; i < len(expr); {
		rest, t := expr[i:], token{column: i + 1}
		switch c := expr[i]; {
		case c == ' ' || c == '\t' || c == '\n':
			i++
			continue
		case digit(c):
			t.kind, t.text = tokenNumber, prefix(rest, func(c byte) bool { return digit(c) || c == '.' })
		case letter(c):
			t.kind, t.text = tokenName, prefix(rest, func(c byte) bool { return letter(c) || digit(c) })
			if slices.Contains(formulaWords, t.text) {
				t.kind = tokenSymbol
			}
		case strings.HasPrefix(rest, "=="):
			t.kind, t.text = tokenSymbol, "=="
		case strings.IndexByte("+-*/(),", c) >= 0:
			t.kind, t.text = tokenSymbol, rest[:1]
		default:
			return nil, t.errorf("unexpected character %q", []rune(rest)[0])
		}
		out = append(out, t)
		i += len(t.text)
	}
	return append(out, token{column: len(expr) + 1}), nil
}

func digit(c byte) bool  { return '0' <= c && c <= '9' }
func letter(c byte) bool { return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == '_' }

func prefix(s string, ok func(byte) bool) string {
	n := 0
	for n < len(s) && ok(s[n]) {
		n++
	}
	return s[:n]
}

// power is how strongly an operator binds. "if" binds weakest.
var power = map[string]int{"if": 1, "or": 2, "and": 3, "==": 4, "+": 5, "-": 5, "*": 6, "/": 6}

const powerNegate = 7

// A parser climbs operator powers (a Pratt parser).
type parser struct {
	tokens  []token
	at      int
	inputs  []string
	unknown []error
}

func (p *parser) peek() token { return p.tokens[p.at] }

func (p *parser) next() token {
	t := p.tokens[p.at]
	if t.kind != tokenEnd {
		p.at++
	}
	return t
}

func (p *parser) expect(symbol string) error {
	if t := p.next(); !t.is(symbol) {
		return t.errorf("expected %q, got %s", symbol, t)
	}
	return nil
}

// expression parses what binds more strongly than the power given.
func (p *parser) expression(above int) (node, error) {
	left, err := p.operand()
	for err == nil {
		t := p.peek()
		if t.kind != tokenSymbol || power[t.text] <= above {
			return left, nil
		}
		p.next()
		if t.text == "if" {
			left, err = p.choice(left)
			continue
		}
		var right node
		right, err = p.expression(power[t.text])
		left = binary(t.text, left, right)
	}
	return nil, err
}

// choice parses the rest of "A if C else B" behind "if". B may be a choice
// itself, C may not.
func (p *parser) choice(a node) (node, error) {
	condition, err := p.expression(power["if"])
	if err != nil {
		return nil, err
	}
	if err := p.expect("else"); err != nil {
		return nil, err
	}
	b, err := p.expression(0)
	return choose(condition, a, b), err
}

func (p *parser) operand() (node, error) {
	t := p.next()
	switch {
	case t.kind == tokenNumber:
		x, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			return nil, t.errorf("%s is not a number", t)
		}
		return constant(x), nil
	case t.kind == tokenName:
		if !slices.Contains(p.inputs, t.text) {
			p.unknown = append(p.unknown,
				t.errorf("unknown input %s; the item has %s", t, strings.Join(p.inputs, ", ")))
		}
		return input(t.text), nil
	case t.is("-"):
		a, err := p.expression(powerNegate)
		return negate(a), err
	case t.is("("):
		a, err := p.expression(0)
		if err != nil {
			return nil, err
		}
		return a, p.expect(")")
	case t.is("min"), t.is("max"):
		return p.call(t.text)
	}
	return nil, t.errorf("expected a number, an input or %q, got %s", "(", t)
}

// call parses the arguments of min or max, of which there is at least one.
func (p *parser) call(name string) (node, error) {
	if err := p.expect("("); err != nil {
		return nil, err
	}
	out, err := p.expression(0)
	for err == nil && p.peek().is(",") {
		p.next()
		var a node
		a, err = p.expression(0)
		out = binary(name, out, a)
	}
	if err != nil {
		return nil, err
	}
	return out, p.expect(")")
}

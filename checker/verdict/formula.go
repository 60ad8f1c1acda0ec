package verdict

import (
	"errors"
	"fmt"
	"math"
)

// ErrDivisionByZero is what [Formula.Eval] returns, wrapped, when the numbers
// make a divisor zero, such as a percentage of no complaints. The worksheet
// shows an error then; the caller decides which score that is.
var ErrDivisionByZero = errors.New("division by zero")

// A Formula is a compiled expression over the inputs of a numeric item.
type Formula struct {
	source string
	root   node
}

// A node computes one part of an expression.
type node func(values map[string]float64) (float64, error)

// Compile reads the formula of an item. It knows decimal numbers, the names in
// inputs, + - * /, ==, and, or, parentheses, min(…), max(…) and the choice
// "A if C else B", with the precedence and the laziness of Python: the branch
// not taken is not computed. Truth is a number: 1 for true, 0 for false.
//
// Errors name the column, from 1 in bytes. All unknown names are reported at
// once. Inputs that the expression does not use are allowed.
func Compile(expr string, inputs []string) (*Formula, error) {
	tokens, err := scan(expr)
	if err != nil {
		return nil, err
	}
	p := &parser{tokens: tokens, inputs: inputs}
	root, err := p.expression(0)
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != tokenEnd {
		return nil, t.errorf("unexpected %s after the expression", t)
	}
	if err := errors.Join(p.unknown...); err != nil {
		return nil, err
	}
	return &Formula{source: expr, root: root}, nil
}

// String returns the source of the formula.
func (f *Formula) String() string { return f.source }

// Eval computes the formula. Values are by input name. The result is finite and
// is not limited to [0, 1]: an index of 87.65 on a scale of 4 shows as such, for
// the caller to report. It is an error if a value that is needed is absent or
// not finite, if a divisor is zero ([ErrDivisionByZero]), or on overflow.
func (f *Formula) Eval(values map[string]float64) (float64, error) {
	x, err := f.root(values)
	if err != nil {
		return 0, fmt.Errorf("compute %q: %w", f.source, err)
	}
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, fmt.Errorf("compute %q: the result is not finite", f.source)
	}
	return x, nil
}

func constant(x float64) node {
	return func(map[string]float64) (float64, error) { return x, nil }
}

func input(name string) node {
	return func(values map[string]float64) (float64, error) {
		x, ok := values[name]
		switch {
		case !ok:
			return 0, fmt.Errorf("no value for %s", name)
		case math.IsNaN(x) || math.IsInf(x, 0):
			return 0, fmt.Errorf("value for %s is not finite", name)
		}
		return x, nil
	}
}

func negate(a node) node {
	return func(values map[string]float64) (float64, error) {
		x, err := a(values)
		return -x, err
	}
}

// choose computes a if the condition holds, else b, and never both.
func choose(condition, a, b node) node {
	return func(values map[string]float64) (float64, error) {
		c, err := condition(values)
		switch {
		case err != nil:
			return 0, err
		case c != 0:
			return a(values)
		}
		return b(values)
	}
}

// binary computes an operator. The right side of "and" and "or" is computed only
// if the left side does not settle the matter.
func binary(op string, a, b node) node {
	switch op {
	case "and":
		return choose(a, truth(b), constant(0))
	case "or":
		return choose(a, constant(1), truth(b))
	}
	return func(values map[string]float64) (float64, error) {
		x, err := a(values)
		if err != nil {
			return 0, err
		}
		y, err := b(values)
		if err != nil {
			return 0, err
		}
		return apply(op, x, y)
	}
}

func truth(a node) node { return choose(a, constant(1), constant(0)) }

func apply(op string, x, y float64) (float64, error) {
	switch op {
	case "+":
		return x + y, nil
	case "-":
		return x - y, nil
	case "*":
		return x * y, nil
	case "/":
		if y == 0 {
			return 0, ErrDivisionByZero
		}
		return x / y, nil
	case "==":
		if x == y {
			return 1, nil
		}
		return 0, nil
	case "min":
		return min(x, y), nil
	case "max":
		return max(x, y), nil
	}
	panic("verdict: operator " + op + " is parsed but not computed")
}

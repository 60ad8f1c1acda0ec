package verdict_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/verdict"
	"dasheval/rules"
)

func TestFormulaEval(t *testing.T) {
	values := map[string]float64{"a": 3, "b": 4, "zero": 0, "x_1": 10}
	for expr, want := range map[string]float64{
		"1":                                 1,
		"0.25":                              0.25,
		"a + b * 2":                         11,
		"(a + b) * 2":                       14,
		"b - a - 2":                         -1,
		"x_1 / 2 / 5":                       1,
		"-a + b":                            1,
		"-a * -b":                           12,
		"min(1, a / b)":                     0.75,
		"min(1, b / a)":                     1,
		"max(a, b, x_1)":                    10,
		"min(a)":                            3,
		"1 if a == 3 else 2":                1,
		"1 if a == 4 else 2":                2,
		"1 + 1 if a == 3 else 9":            2,
		"1 if a == 4 else 2 if b==4 else 3": 2,
		"a == 3 and b == 4":                 1,
		"a == 3 and b == 5":                 0,
		"a == 0 or b == 4":                  1,
		"zero or zero":                      0,
		"a == 3 or 1 / zero":                1,
		"zero and 1 / zero":                 0,
		"1 if zero == 0 else 1 / zero":      1,
		"1 == 1 or 1 == 2 and 1 == 2":       1,
	} {
		f, err := verdict.Compile(expr, []string{"a", "b", "zero", "x_1"})
		require.NoError(t, err, expr)
		got, err := f.Eval(values)
		require.NoError(t, err, expr)
		assert.InDelta(t, want, got, 1e-12, expr)
		assert.Equal(t, expr, f.String())
	}
}

func TestCompileErrors(t *testing.T) {
	for expr, want := range map[string]string{
		"":                        `column 1: expected a number, an input or "(", got end`,
		"min(1, done / due":       `column 18: expected ")", got end`,
		"min 1":                   `column 5: expected "(", got "1"`,
		"done due":                `column 6: unexpected "due" after the expression`,
		"done = due":              `column 6: unexpected character '='`,
		"done % due":              `column 6: unexpected character '%'`,
		"done × 2":                `column 6: unexpected character '×'`,
		"1 if done":               `column 10: expected "else", got end`,
		"1.2.3":                   `column 1: "1.2.3" is not a number`,
		"done +":                  `column 7: expected a number, an input or "(", got end`,
		"dane / duo":              "column 1: unknown input \"dane\"; the item has done, due\ncolumn 8: unknown input \"duo\"; the item has done, due",
		"done.due":                `column 5: unexpected character '.'`,
		"if":                      `column 1: expected a number, an input or "(", got "if"`,
		strings.Repeat("(", 5000): "formula has 5000 bytes, at most 1000 are allowed",
	} {
		_, err := verdict.Compile(expr, []string{"done", "due"})
		require.Error(t, err, expr)
		assert.Equal(t, want, err.Error(), expr)
	}
}

func TestFormulaEvalErrors(t *testing.T) {
	compile := func(expr string) *verdict.Formula {
		f, err := verdict.Compile(expr, []string{"a", "b"})
		require.NoError(t, err, expr)
		return f
	}
	_, err := compile("min(1, a / b)").Eval(map[string]float64{"a": 1, "b": 0})
	require.ErrorIs(t, err, verdict.ErrDivisionByZero)
	assert.Equal(t, `compute "min(1, a / b)": division by zero`, err.Error())

	_, err = compile("a / b").Eval(map[string]float64{"a": 1})
	assert.EqualError(t, err, `compute "a / b": no value for b`)
	_, err = compile("a").Eval(map[string]float64{"a": math.NaN()})
	assert.EqualError(t, err, `compute "a": value for a is not finite`)
	_, err = compile("a * a").Eval(map[string]float64{"a": 1e300})
	assert.EqualError(t, err, `compute "a * a": the result is not finite`)
}

// TestRealFormulas computes the corner cases of the worksheet, and that every
// formula of the instrument compiles.
func TestRealFormulas(t *testing.T) {
	p, _ := realPack(t)
	formulas := map[string]*verdict.Formula{}
	for _, item := range p.Items() {
		if item.Formula == "" {
			continue
		}
		f, err := verdict.Compile(item.Formula, inputIDs(item))
		require.NoError(t, err, item.Code)
		formulas[item.Code] = f
	}
	assert.Len(t, formulas, 10)

	breaches := formulas["A.II.3.iii.a"]
	for _, c := range []struct{ last, now, want float64 }{{0, 0, 1}, {4, 1, 0.75}, {4, 4, 0}, {2, 5, 0}, {3, 0, 1}} {
		got, err := breaches.Eval(map[string]float64{"lalu": c.last, "ini": c.now})
		require.NoError(t, err)
		assert.InDelta(t, c.want, got, 1e-12, "%v", c)
	}
	_, err := breaches.Eval(map[string]float64{"lalu": 0, "ini": 2})
	assert.ErrorIs(t, err, verdict.ErrDivisionByZero, "from none to some")
	_, err = formulas["A.II.5.ii.a"].Eval(map[string]float64{"harus": 0, "selesai": 0})
	assert.ErrorIs(t, err, verdict.ErrDivisionByZero, "no complaints")
}

func FuzzCompile(f *testing.F) {
	for _, seed := range []string{
		"min(1, a / b)", "1 if a==0 and b==0 else max(0, (a-b)/a)", "a / 4", "-(a or b)*2", "1..2", "((((", "a if", "é",
	} {
		f.Add(seed, 1.0, 0.0)
	}
	f.Fuzz(func(t *testing.T, expr string, a, b float64) {
		formula, err := verdict.Compile(expr, []string{"a", "b"})
		if err != nil {
			return
		}
		got, err := formula.Eval(map[string]float64{"a": a, "b": b})
		if err == nil && (math.IsNaN(got) || math.IsInf(got, 0)) {
			t.Errorf("%q of %v, %v is %v without an error", expr, a, b, got)
		}
	})
}

// inputIDs lists the inputs of an item. The index of a survey has none of its
// own in the instrument: its answer is the number.
func inputIDs(item *rules.Item) []string {
	if len(item.Inputs) == 0 {
		return []string{"nilai"}
	}
	var out []string
	for _, input := range item.Inputs {
		out = append(out, input.ID)
	}
	return out
}

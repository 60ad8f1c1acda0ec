package verdict_test

import (
	"errors"
	"fmt"

	"dasheval/checker/verdict"
	"dasheval/rules"
)

// Two items share a sub-area of 3 points. One is known, one still open.
func ExampleTally() {
	pack := &rules.Pack{
		Components: []*rules.Component{{Code: "X", Weight: 3, Parts: []*rules.Part{
			{Code: "X.I", Weight: 3, Areas: []*rules.Area{
				{Code: "X.I.1", Number: 1, Weight: 3, Subareas: []*rules.Subarea{
					{Code: "X.I.1.i", Weight: 3, Items: []*rules.Item{
						{Code: "X.I.1.i.a", Weight: 1.5}, {Code: "X.I.1.i.b", Weight: 1.5},
					}},
				}},
			}},
		}}},
		Gates: []*rules.Gate{{ID: "area-1", Predicate: "WBK", Scope: []string{"X.I.1"}, Min: 1.8}},
	}
	scores, err := verdict.Tally(pack, map[string]verdict.Mark{
		"X.I.1.i.a": {Score: verdict.Interval{Low: 1, High: 1}},
		"X.I.1.i.b": {Score: verdict.Interval{Low: 0, High: 0.5}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("points", scores.Total.Low, "to", scores.Total.High)

	gates, err := verdict.Gates(pack, scores, "WBK")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%s %s, up to %.1f points missing\n", gates[0].Gate.ID, gates[0].Outcome, gates[0].Gap.High)

	fixes, err := verdict.Fixes(pack, []verdict.ItemGain{{Code: "X.I.1.i.b", Points: 1.5}}, gates)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("repair %s: +%.1f, %.1f closer to %v\n", fixes[0].Code, fixes[0].Points, fixes[0].Closer, fixes[0].Gates)
	// Output:
	// points 1.5 to 2.25
	// area-1 open, up to 0.3 points missing
	// repair X.I.1.i.b: +1.5, 0.3 closer to [area-1]
}

func ExampleCompile() {
	f, err := verdict.Compile("min(1, done / due)", []string{"done", "due"})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Eval(map[string]float64{"done": 3, "due": 4}))
	_, err = f.Eval(map[string]float64{"done": 0, "due": 0})
	fmt.Println(errors.Is(err, verdict.ErrDivisionByZero))

	_, err = verdict.Compile("min(1, done / deu)", []string{"done", "due"})
	fmt.Println(err)
	// Output:
	// 0.75 <nil>
	// true
	// column 15: unknown input "deu"; the item has done, due
}

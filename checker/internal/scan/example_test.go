package scan_test

import (
	"fmt"

	"dasheval/checker/internal/scan"
)

// A letter is turned upright and searched for what is not print. A program for
// text recognition would read p.PGM(); here the words are known.
func Example() {
	s := letter(200, 9, "ink")
	p := scan.New(s.scanned(scanner{skew: -0.8}), 200).Scaled(200)
	p = p.Rotated(p.Skew())
	for _, k := range p.Marks(s.words) {
		fmt.Println(k.Kind, k.Longest > 10, len(inside([]scan.Mark{k}, s.blocks[0].room)) == 1)
	}
	// Output: ink true true
}

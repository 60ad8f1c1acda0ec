package check

import (
	"strings"

	"dasheval/checker/facts"
)

// top is the place of the first words of a document, for what is absent.
func top(d *facts.Document) facts.Place {
	n := len(d.Clean())
	return d.Place(0, min(n, 80))
}

// place is where a fact stands, or the top of the document for one that was
// read from the heading as a whole.
func place(d *facts.Document, f facts.Fact) facts.Place {
	if f.At == (facts.Place{}) {
		return top(d)
	}
	return f.At
}

// lastPlace is the place of the last words of a document, where a signature
// would stand.
func lastPlace(d *facts.Document) facts.Place {
	s := strings.TrimRight(d.Clean(), "\n \t")
	from := max(strings.LastIndexByte(s, '\n'), 0)
	return d.Place(from+min(1, from), len(s))
}

package pdfsig

import "dasheval/checker/text"

// A fault is why a signature is not valid. A nil fault is none.
type fault struct {
	state  text.Judgement
	cause  text.Cause
	detail string
}

func broken(cause text.Cause, detail string) *fault {
	return &fault{text.Broken, cause, detail}
}

func altered(cause text.Cause, detail string) *fault {
	return &fault{text.Altered, cause, detail}
}

func undecided(cause text.Cause, detail string) *fault {
	return &fault{text.Undecided, cause, detail}
}

func untrusted(cause text.Cause, detail string) *fault {
	return &fault{text.ValidUntrusted, cause, detail}
}

// severity orders the states of faults. What is certainly wrong weighs more
// than what could not be found out.
var severity = map[text.Judgement]int{
	text.ValidUntrusted: 1, text.Undecided: 2, text.Altered: 3, text.Broken: 4,
}

// worse returns the worse of two faults, the first of equals.
func worse(a, b *fault) *fault {
	switch {
	case a == nil:
		return b
	case b == nil || severity[a.state] >= severity[b.state]:
		return a
	}
	return b
}

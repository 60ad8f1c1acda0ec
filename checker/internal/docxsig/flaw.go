package docxsig

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dasheval/checker/text"
)

// A flaw is an error with the judgement that it leads to.
type flaw struct {
	state  text.Judgement
	cause  text.Cause
	detail string
}

func (f *flaw) Error() string { return fmt.Sprintf("%s, %s: %s", f.state, f.cause, f.detail) }

func altered(cause text.Cause, detail string) error   { return &flaw{text.Altered, cause, detail} }
func broken(cause text.Cause, detail string) error    { return &flaw{text.Broken, cause, detail} }
func undecided(cause text.Cause, detail string) error { return &flaw{text.Undecided, cause, detail} }
func untrusted(cause text.Cause, detail string) error {
	return &flaw{text.ValidUntrusted, cause, detail}
}

// judged returns the signature that err leads to; nil is a valid one.
func judged(err error) text.Signature {
	var f *flaw
	switch {
	case err == nil:
		return text.Signature{State: text.Valid}
	case errors.As(err, &f):
		return text.Signature{State: f.state, Cause: f.cause, Detail: clip(f.detail)}
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return text.Signature{State: text.Undecided, Cause: text.CauseLimit, Detail: err.Error()}
	}
	return text.Signature{State: text.Undecided, Cause: text.CauseFormat, Detail: clip(err.Error())}
}

// limited tells whether err says no more than that too much was asked.
func limited(err error) bool { return err != nil && judged(err).Cause == text.CauseLimit }

// list names a few of many, sorted.
func list(names []string) string {
	const most = 5
	names = slices.Compact(slices.Sorted(slices.Values(names)))
	if n := len(names) - most; n > 0 {
		return fmt.Sprintf("%s, +%d", strings.Join(names[:most], ", "), n)
	}
	return strings.Join(names, ", ")
}

package pdfsig

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"maps"
	"slices"
	"strings"

	"dasheval/checker/internal/native"
)

// A comparer compares objects of the signed revision, old, with those of the
// final file, new, and all that they refer to.
//
// Graphs of objects have loops. Two objects count as equal while they are being
// compared, and so a loop is equal if nothing in it differs.
type comparer struct {
	ctx                context.Context // a comparer lives as long as one comparison
	old, new           *native.Revision
	oldPages, newPages map[native.Ref]int
	known, assumed     map[[2]native.Ref]bool // equal, and taken to be
	steps              int
	err                error
}

// Bounds on one comparison.
const (
	maxSteps = 20_000_000
	maxGraph = 10_000 // levels of references
)

var errSteps = errors.New("objects refer to one another too often")

// same reports whether two values show the same. What it assumed is forgotten
// if they do not.
func (c *comparer) same(a, b any) bool {
	c.assumed = map[[2]native.Ref]bool{}
	return c.settle(c.equal(a, b, 0))
}

// sameBut is same for dictionaries, but for some entries.
func (c *comparer) sameBut(a, b *native.Dict, without []string) bool {
	c.assumed = map[[2]native.Ref]bool{}
	return c.settle(a != nil && b != nil && c.equalDict(a, b, without, 0))
}

func (c *comparer) settle(equal bool) bool {
	if equal {
		maps.Copy(c.known, c.assumed)
	}
	return equal && c.failed() == nil
}

// failed returns why the comparison says nothing, nil if it does.
func (c *comparer) failed() error { return cmp.Or(c.err, c.old.Err(), c.new.Err()) }

func (c *comparer) equal(a, b any, level int) bool {
	if c.steps++; c.steps > maxSteps || level > maxGraph {
		c.err = errSteps
		return false
	}
	if c.steps%1000 == 0 && c.ctx.Err() != nil {
		c.err = c.ctx.Err()
		return false
	}
	x, ok1 := a.(native.Ref)
	y, ok2 := b.(native.Ref)
	if ok1 && ok2 {
		pair := [2]native.Ref{x, y}
		if c.known[pair] || c.assumed[pair] {
			return true
		}
		// Pages are compared one by one, not from where others refer to them.
		if n := c.oldPages[x]; n != 0 || c.newPages[y] != 0 {
			return n == c.newPages[y]
		}
		c.assumed[pair] = true
	}
	if ok1 {
		a = c.old.Get(a)
	}
	if ok2 {
		b = c.new.Get(b)
	}
	switch a := a.(type) {
	case native.Number:
		b, ok := b.(native.Number)
		return ok && (a == b || plain(a) && plain(b) && a.Float() == b.Float())
	case native.String:
		b, ok := b.(native.String)
		return ok && a.Value == b.Value
	case native.Array:
		b, ok := b.(native.Array)
		return ok && slices.EqualFunc(a, b, func(a, b any) bool { return c.equal(a, b, level+1) })
	case *native.Dict:
		b, ok := b.(*native.Dict)
		return ok && c.equalDict(a, b, nil, level)
	case *native.Stream:
		b, ok := b.(*native.Stream)
		return ok && c.equalDict(a.Dict, b.Dict, aside, level) && bytes.Equal(c.old.Body(a), c.new.Body(b))
	}
	return a == b
}

// plain reports whether all readers take a number for the same.
func plain(n native.Number) bool {
	digits := strings.TrimLeft(string(n[:min(1, len(n))]), "+-") + string(n[min(1, len(n)):])
	return strings.Trim(digits, "0123456789.") == "" && strings.Count(digits, ".") <= 1
}

// aside are entries of streams that say nothing about what is shown.
var aside = []string{"StructParent", "StructParents", "Metadata", "LastModified", "PieceInfo"}

// equalDict compares dictionaries but for some entries.
func (c *comparer) equalDict(a, b *native.Dict, without []string, level int) bool {
	x, y := entries(a, without), entries(b, without)
	return slices.EqualFunc(x, y, func(x, y native.Entry) bool {
		return x.Key == y.Key && c.equal(x.Value, y.Value, level+1)
	})
}

// entries returns the entries of a dictionary by key. Those that come twice
// keep their order, because readers take the first or the last.
func entries(d *native.Dict, without []string) []native.Entry {
	var out []native.Entry
	for _, e := range d.Entries {
		if !slices.Contains(without, e.Key) {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b native.Entry) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// Package pipe runs one stage of the pipeline on many items at a time.
package pipe

import (
	"context"
	"iter"

	"golang.org/x/sync/errgroup"
)

// Map calls f on the items of in, at most n at a time, and yields the results
// in the order of the items.
//
// An error of one item is passed on in its place and does not stop the
// others: one damaged file must not hide the state of the rest. When ctx is
// done before the last result is taken, the sequence ends with its error. When
// the caller breaks off, by break or by panic, Map cancels the context given
// to f and returns only after every call of f has, and in is no longer read.
// The result can be ranged over as often as in can.
func Map[In, Out any](
	ctx context.Context, n int, in iter.Seq2[In, error],
	f func(context.Context, In) (Out, error),
) iter.Seq2[Out, error] {
	type result struct {
		out Out
		err error
	}
	return func(yield func(Out, error) bool) {
		var g errgroup.Group
		ctx, cancel := context.WithCancel(ctx)
		defer func() {
			cancel()
			_ = g.Wait() // the errors are in the slots
		}()

		// Each item gets a slot, queued in order. The queue bounds the work:
		// n-1 slots wait in it while the caller waits for the oldest.
		slots := make(chan chan result, max(n, 1)-1)
		g.Go(func() error {
			defer close(slots)
			for item, err := range in {
				if ctx.Err() != nil {
					return nil // select below would pick at random
				}
				slot := make(chan result, 1) // f never blocks on its slot
				select {
				case slots <- slot:
				case <-ctx.Done():
					return nil
				}
				if err != nil {
					slot <- result{err: err}
					continue
				}
				g.Go(func() error {
					out, err := f(ctx, item)
					slot <- result{out, err}
					return nil
				})
			}
			return nil
		})

		for slot := range slots {
			r := <-slot
			if !yield(r.out, r.err) {
				return
			}
		}
		if err := ctx.Err(); err != nil { // not yet canceled from here
			var none Out
			yield(none, err)
		}
	}
}

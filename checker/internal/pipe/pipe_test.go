package pipe_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"dasheval/checker/internal/pipe"
)

// upTo yields 0 to n-1.
func upTo(n int) iter.Seq2[int, error] {
	return func(yield func(int, error) bool) {
		for i := range n {
			if !yield(i, nil) {
				return
			}
		}
	}
}

func TestMapKeepsOrder(t *testing.T) {
	for _, workers := range []int{-1, 0, 1, 2, 8, 100} {
		t.Run(fmt.Sprint(workers), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				slowFirst := func(_ context.Context, i int) (int, error) {
					time.Sleep(time.Duration(40-i) * time.Millisecond)
					return i * i, nil
				}
				seq := pipe.Map(t.Context(), workers, upTo(40), slowFirst)
				for range 2 {
					var got []int
					for v, err := range seq {
						require.NoError(t, err)
						got = append(got, v)
					}
					require.Len(t, got, 40)
					for i, v := range got {
						assert.Equal(t, i*i, v, "item %d", i)
					}
				}
			})
		})
	}
}

func TestMapOfNothing(t *testing.T) {
	for range pipe.Map(t.Context(), 4, upTo(0), func(context.Context, int) (int, error) { return 0, nil }) {
		assert.Fail(t, "a result of no item")
	}
}

func TestMapIsBounded(t *testing.T) {
	for _, workers := range []int{1, 3, 8} {
		synctest.Test(t, func(t *testing.T) {
			var running, most atomic.Int64
			f := func(context.Context, int) (int, error) {
				now := running.Add(1)
				for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
				}
				time.Sleep(time.Millisecond)
				running.Add(-1)
				return 0, nil
			}
			for _, err := range pipe.Map(t.Context(), workers, upTo(50), f) {
				require.NoError(t, err)
			}
			assert.EqualValues(t, workers, most.Load(), "calls at a time")
		})
	}
}

func TestMapPassesErrorsInPlace(t *testing.T) {
	broken, unread := errors.New("broken"), errors.New("unread")
	in := func(yield func(int, error) bool) {
		_ = yield(0, nil) && yield(1, unread) && yield(2, nil) && yield(3, nil)
	}
	f := func(_ context.Context, i int) (string, error) {
		if i == 2 {
			return "", broken
		}
		return fmt.Sprint(i), nil
	}
	var out []string
	var errs []error
	for v, err := range pipe.Map(t.Context(), 2, in, f) {
		out, errs = append(out, v), append(errs, err)
	}
	assert.Equal(t, []string{"0", "", "", "3"}, out)
	assert.Equal(t, []error{nil, unread, broken, nil}, errs)
}

func TestMapWaitsWhenCallerBreaksOff(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var running atomic.Int64
		closed := false
		in := func(yield func(int, error) bool) {
			defer func() { closed = true }()
			upTo(1000)(yield)
		}
		f := func(ctx context.Context, i int) (int, error) {
			running.Add(1)
			defer running.Add(-1)
			if i > 0 {
				<-ctx.Done() // ends only when Map cancels
				time.Sleep(time.Second)
			}
			return i, nil
		}
		for v, err := range pipe.Map(t.Context(), 4, in, f) {
			require.NoError(t, err)
			assert.Zero(t, v)
			break
		}
		assert.Zero(t, running.Load(), "calls still running")
		assert.True(t, closed, "input still being read")

		assert.PanicsWithValue(t, "caller", func() {
			for range pipe.Map(t.Context(), 4, in, f) {
				panic("caller")
			}
		})
		assert.Zero(t, running.Load(), "calls still running after a panic")
	})
}

func TestMapEndsWithContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		f := func(ctx context.Context, i int) (int, error) {
			if i == 5 {
				cancel()
			}
			return i, ctx.Err()
		}
		var n int
		var last error
		for _, err := range pipe.Map(ctx, 3, upTo(1000), f) {
			n, last = n+1, err
		}
		assert.ErrorIs(t, last, context.Canceled)
		assert.Less(t, n, 20, "results after the end")
	})
}

func TestMapEndsWithContextDoneDuringLastItem(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := func(_ context.Context, i int) (int, error) {
		if i == 2 {
			cancel()
		}
		return i, nil
	}
	var errs []error
	for _, err := range pipe.Map(ctx, 8, upTo(3), f) {
		errs = append(errs, err)
	}
	require.NotEmpty(t, errs)
	assert.ErrorIs(t, errs[len(errs)-1], context.Canceled)
}

func TestMapOfDoneContextCallsNothing(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var errs []error
	for _, err := range pipe.Map(ctx, 8, upTo(3), func(context.Context, int) (int, error) {
		assert.Fail(t, "called")
		return 0, nil
	}) {
		errs = append(errs, err)
	}
	assert.Equal(t, []error{context.Canceled}, errs)
}

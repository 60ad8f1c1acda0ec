package main

import (
	"time"

	"github.com/schollz/progressbar/v3"
)

// A progress shows on a terminal how many files are read and how long the rest
// will take. A nil progress shows nothing.
type progress struct{ bar *progressbar.ProgressBar }

// progress returns a display on standard error, or nil if that is no terminal
// or nobody wants one.
func (a *app) progress(quiet bool) *progress {
	if quiet || a.verbose || !terminal(a.stderr) {
		return nil
	}
	return &progress{progressbar.NewOptions(1,
		progressbar.OptionSetWriter(a.stderr),
		progressbar.OptionSetDescription(a.label("progress.read")),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(true),
		progressbar.OptionSetWidth(30),
		progressbar.OptionThrottle(100*time.Millisecond),
		progressbar.OptionClearOnFinish(),
	)}
}

// step tells how many of the files found so far are read. A display that
// cannot be written is no reason to stop.
func (p *progress) step(read, found int) {
	if p == nil {
		return
	}
	// One more than found: a full bar would end the display too early.
	p.bar.ChangeMax(found + 1)
	_ = p.bar.Set(read)
}

func (p *progress) done() {
	if p != nil {
		_ = p.bar.Finish()
	}
}

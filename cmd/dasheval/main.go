// Command dasheval tells which documents of a pile of evidence are missing or do
// not comply with the criteria of an integrity zone evaluation.
//
// One file holds one command. The commands parse flags, layer the settings and
// carry reports out; all else is in package checker.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"
)

// version is set by the linker.
var version = "dev"

// Garbage may grow to so many percent of what is in use. Time counts more with a
// small pile, and memory with a large one, of which much is in use to the end.
const (
	gcLoad    = 400 // while a pack is read
	gcSmall   = 200
	gcLarge   = 50
	largePile = 2000 // files
)

// tuneGC sets how much garbage there may be, unless the user has said it by GOGC.
func tuneGC(percent int) {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
}

func main() {
	tuneGC(gcSmall)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

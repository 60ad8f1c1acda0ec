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

// gcPercent lets garbage grow to three quarters of what is in use. Of a large pile
// much is in use to the end: memory grows by 15 KB a file instead of 20, for a
// few hundredths of the time.
const gcPercent = 75

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(gcPercent)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

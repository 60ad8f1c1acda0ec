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
	"syscall"
)

// version is set by the linker.
var version = "dev"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

package main

import (
	"os"

	"dasheval/checker/extract"

	"github.com/spf13/cobra"
)

// workerName is the hidden command that makes the program a reading process.
const workerName = "worker"

func newWorker(*app) *cobra.Command {
	return &cobra.Command{
		Use: workerName, Hidden: true, Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return extract.ServeWorker(os.Stdin, os.Stdout) },
	}
}

// workerCommand is the command line of a reading process, nil if the system does
// not tell where the program is: then it reads by itself.
func workerCommand() []string { return extract.Self(workerName) }

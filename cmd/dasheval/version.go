package main

import (
	"fmt"
	"runtime"
	"strings"

	"dasheval/checker/extract"
	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

func newVersion(a *app) *cobra.Command {
	cmd := a.command("version", "version", func(*cobra.Command, []string) error {
		_, err := fmt.Fprintf(a.stdout, "dasheval %s (%s, %s/%s, %s, engines: %s)\n",
			version, runtime.Version(), runtime.GOOS, runtime.GOARCH, report.Schema, strings.Join(extract.Engines(), " "))
		return err
	})
	cmd.Args = a.needs(0, 0, "")
	return cmd
}

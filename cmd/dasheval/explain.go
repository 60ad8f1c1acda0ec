package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"strings"

	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

// An explainCommand holds the flags of one call that are no settings.
type explainCommand struct {
	app            *app
	report         string
	noColor, quiet bool
	reveal         bool
}

func newExplain(a *app) *cobra.Command {
	c := &explainCommand{app: a}
	cmd := a.command("explain", "explain ITEM|FILE [PATH…]", c.run)
	cmd.Args = a.needs(1, -1, "error.args.explain")
	a.settingFlags(cmd, append(reading, "year", "today", "predicate", "pack")...)
	f := cmd.Flags()
	f.StringVar(&c.report, "report", "", a.label("flag.report"))
	f.BoolVar(&c.noColor, "no-color", false, a.label("flag.no-color"))
	f.BoolVar(&c.quiet, "quiet", false, a.label("flag.quiet"))
	f.BoolVar(&c.reveal, "reveal-pii", false, a.label("flag.reveal-pii"))
	return cmd
}

func (c *explainCommand) run(cmd *cobra.Command, args []string) error {
	a, name, paths := c.app, args[0], args[1:]
	if (c.report == "") == (len(paths) == 0) {
		return a.fail(exitUsage, "error.explain.source")
	}
	if err := a.exist(paths); err != nil {
		return err
	}
	s, err := a.load(cmd, paths)
	if err != nil {
		return err
	}
	var r *report.Report
	var failure error
	if c.report != "" {
		r, failure = a.saved(c.report)
	} else {
		r, failure = a.evaluate(cmd.Context(), s, paths, c.quiet)
	}
	if r == nil {
		return failure
	}
	if !c.reveal {
		report.Mask(r)
	}
	var b bytes.Buffer
	err = report.Explain(&b, r, name, a.say.Lang(), report.Options{Color: a.color(c.noColor)})
	var unknown *report.UnknownError
	switch {
	case errors.As(err, &unknown) && len(unknown.Nearest) > 0:
		return a.fail(exitUsage, "error.explain.near", name, strings.Join(unknown.Nearest, ", "))
	case errors.As(err, &unknown):
		return a.fail(exitUsage, "error.explain.unknown", name)
	case err != nil:
		return err
	}
	if err := a.print(&b); err != nil {
		return err
	}
	return failure
}

// saved reads a report that check has written as JSON.
func (a *app) saved(file string) (*report.Report, error) {
	raw, err := os.ReadFile(file)
	if err != nil {
		return nil, a.fail(exitUsage, "error.path", file)
	}
	var r report.Report
	if err := json.Unmarshal(raw, &r); err != nil || r.Schema != report.Schema {
		return nil, a.fail(exitUsage, "error.explain.report", file, report.Schema)
	}
	if err := report.Sound(&r); err != nil {
		return nil, a.fail(exitUsage, "error.report.damaged", file, err)
	}
	return &r, nil
}

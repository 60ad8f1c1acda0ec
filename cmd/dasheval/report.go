package main

import (
	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

// A reportCommand holds the flags of one call that are no settings.
type reportCommand struct {
	app *app
	showing
	pile []string // paths of the evidence, for pictures
}

func newReport(a *app) *cobra.Command {
	c := &reportCommand{app: a}
	cmd := a.command("report", "report RUN.json", func(cmd *cobra.Command, args []string) error { return c.run(cmd, args[0]) })
	cmd.Long = a.label("help.report.long", formatNames())
	cmd.Args = a.needs(1, 1, "error.args.report")
	a.settingFlags(cmd, "format", "pack")
	c.flags(a, cmd.Flags())
	cmd.Flags().StringArrayVar(&c.pile, "pile", nil, a.label("flag.pile"))
	return cmd
}

func (c *reportCommand) run(cmd *cobra.Command, file string) error {
	a := c.app
	s, err := a.load(cmd, nil)
	if err != nil {
		return err
	}
	if err := a.exist(c.pile); err != nil {
		return err
	}
	plan, err := a.planned(s, &c.showing, append(c.pile, file))
	if err != nil {
		return err
	}
	r, err := a.saved(file)
	if err != nil {
		return err
	}
	a.stale(r)
	switch {
	case !c.reveal:
		report.Mask(r)
	case r.Masked:
		return a.fail(exitUsage, "error.report.masked", file)
	}
	if err := a.show(cmd.Context(), s, r, &c.showing, plan, c.pile); err != nil {
		return err
	}
	a.code = report.ExitCode(r)
	return nil
}

package main

import (
	"bytes"
	"errors"

	"dasheval/checker"
	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

// A verifyCommand holds the flags of one call that are no settings.
type verifyCommand struct {
	app            *app
	noColor, quiet bool
	reveal         bool
}

func newVerify(a *app) *cobra.Command {
	c := &verifyCommand{app: a}
	cmd := a.command("verify", "verify PATH…", c.run)
	cmd.Args = a.needs(1, -1, "error.args.path")
	a.settingFlags(cmd, append(reading, "format", "today", "pack")...)
	cmd.Flags().BoolVar(&c.noColor, "no-color", false, a.label("flag.no-color"))
	cmd.Flags().BoolVar(&c.quiet, "quiet", false, a.label("flag.quiet"))
	cmd.Flags().BoolVar(&c.reveal, "reveal-pii", false, a.label("flag.reveal-pii"))
	return cmd
}

func (c *verifyCommand) run(cmd *cobra.Command, paths []string) error {
	a := c.app
	if err := a.exist(paths); err != nil {
		return err
	}
	s, err := a.load(cmd, paths)
	if err != nil {
		return err
	}
	if err := a.plainly(s); err != nil {
		return err
	}
	pack, src, cfg, err := a.inputs(s, paths)
	if err != nil {
		return err
	}
	bar := a.progress(c.quiet)
	cfg.Progress = bar.step
	v, err := checker.Verify(cmd.Context(), pack, src, cfg)
	bar.done()
	switch {
	case cmd.Context().Err() != nil:
		return a.fail(exitInterrupted, "error.interrupted")
	case errors.Is(err, checker.ErrNothing):
		return a.nothing(paths)
	case errors.Is(err, checker.ErrReading):
		return a.unreadable(err)
	case err != nil:
		return err
	}
	if !c.reveal {
		report.MaskVerification(v)
	}
	var b bytes.Buffer
	if err := report.WriteVerification(&b, v, s.text("format"), a.say.Lang(), report.Options{Color: a.color(c.noColor)}); err != nil {
		return err
	}
	a.code = report.VerifyCode(v)
	return a.print(&b)
}

package main

import (
	"bytes"
	"strings"

	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

// A diffCommand holds the flags of one call that are no settings.
type diffCommand struct {
	app     *app
	out     string
	format  string
	noColor bool
}

func newDiff(a *app) *cobra.Command {
	c := &diffCommand{app: a}
	cmd := a.command("diff", "diff OLD.json NEW.json", func(_ *cobra.Command, args []string) error { return c.run(args[0], args[1]) })
	cmd.Args = a.needs(2, 2, "error.args.diff")
	f := cmd.Flags()
	f.StringVarP(&c.out, "out", "o", "-", a.label("flag.diff.out"))
	f.StringVar(&c.format, "format", "", a.label("flag.diff.format"))
	f.BoolVar(&c.noColor, "no-color", false, a.label("flag.no-color"))
	f.Lookup("out").DefValue = ""
	return cmd
}

func (c *diffCommand) run(old, now string) error {
	a := c.app
	format, err := c.chosen()
	if err != nil {
		return err
	}
	if err := a.writable([]string{old, now}, c.out); err != nil {
		return err
	}
	before, err := a.saved(old)
	if err != nil {
		return err
	}
	after, err := a.saved(now)
	if err != nil {
		return err
	}
	report.Mask(before) // what one of them hides is no difference
	report.Mask(after)
	d := report.Diff(before, after)
	if d.Worse() {
		a.code = report.ExitNotMet
	}
	var b bytes.Buffer
	if err := format.Write(&b, d, a.say.Lang(), report.Options{Color: c.out == "-" && a.color(c.noColor)}); err != nil {
		return err
	}
	if c.out == "-" {
		return a.print(&b)
	}
	return a.save(c.out, b.Bytes())
}

// chosen returns the form that --format names, or else the ending of the file.
func (c *diffCommand) chosen() (report.DiffFormat, error) {
	var names []string
	for _, f := range report.DiffFormats() {
		names = append(names, f.Name)
		if c.format == f.Name || c.format == "" && strings.HasSuffix(strings.ToLower(c.out), f.Ext) {
			return f, nil
		}
	}
	for _, f := range report.DiffFormats() {
		if c.format == "" && f.Name == "text" {
			return f, nil
		}
	}
	return report.DiffFormat{}, c.app.fail(exitUsage, "error.setting", "--format", c.format, c.app.label("error.setting.format", strings.Join(names, ", ")))
}

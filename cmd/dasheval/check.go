package main

import (
	"io"
	"os"
	"slices"

	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

// A checkCommand holds the flags of one call that are no settings.
type checkCommand struct {
	app *app
	showing
	json, was, baseline string
	quiet, strict       bool
}

func newCheck(a *app) *cobra.Command {
	c := &checkCommand{app: a}
	cmd := a.command("check", "check PATH…", c.run)
	cmd.Long = a.label("help.check.long", formatNames())
	cmd.Args = a.needs(1, -1, "error.args.path")
	a.settingFlags(cmd, append(reading, "format", "year", "today", "predicate", "pack", "waivers")...)
	f := cmd.Flags()
	c.flags(a, f)
	f.StringVar(&c.json, "json", "", a.label("flag.json"))
	f.StringVar(&c.was, "was", "", a.label("flag.was"))
	f.StringVar(&c.baseline, "baseline", "", a.label("flag.baseline"))
	f.BoolVar(&c.strict, "strict-waivers", false, a.label("flag.strict-waivers"))
	f.BoolVar(&a.frozen, "frozen", false, a.label("flag.frozen"))
	f.BoolVar(&c.quiet, "quiet", false, a.label("flag.quiet"))
	return cmd
}

func (c *checkCommand) run(cmd *cobra.Command, paths []string) error {
	a := c.app
	if err := a.exist(paths); err != nil {
		return err
	}
	s, err := a.load(cmd, paths)
	if err != nil {
		return err
	}
	if c.json != "" {
		c.out = append(c.out, "json:"+c.json)
		if len(c.out) == 1 {
			c.out = append([]string{"-"}, c.out...) // --json stands beside the report
		}
	}
	plan, err := a.planned(s, &c.showing, slices.Concat(paths, []string{c.was, c.baseline, s.text("waivers")}))
	if err != nil {
		return err
	}
	earlier, err := a.earlier(c.was)
	if err != nil {
		return err
	}
	baseline, err := a.earlier(c.baseline)
	if err != nil {
		return err
	}
	r, failure := a.evaluate(cmd.Context(), s, paths, c.quiet)
	if r == nil {
		return failure
	}
	if earlier != nil {
		report.Compare(r, earlier)
	}
	if !c.reveal {
		report.Mask(r)
	}
	if baseline != nil {
		report.Mask(baseline)
		report.Against(r, baseline)
	}
	if err := a.show(cmd.Context(), s, r, &c.showing, plan, paths); err != nil {
		return err
	}
	a.code = report.ExitCode(r)
	if failure == nil && len(r.Documents) == 0 {
		return a.nothing(paths)
	}
	if failure == nil && c.strict {
		return a.unused(r)
	}
	if n := len(r.Unused()); n > 0 {
		a.note("note.decisions", n)
	}
	return failure
}

// earlier reads a saved run; no name gives none.
func (a *app) earlier(file string) (*report.Report, error) {
	if file == "" {
		return nil, nil
	}
	return a.saved(file)
}

// color reports whether standard output takes colours: it is a terminal and
// nobody has asked for none (no-color.org).
func (a *app) color(no bool) bool {
	return !no && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(a.stdout)
}

// print copies what a command has to say to standard output.
func (a *app) print(r io.Reader) error {
	if _, err := io.Copy(a.stdout, r); err != nil {
		return a.fail(exitInternal, "error.write", "stdout", err)
	}
	return nil
}

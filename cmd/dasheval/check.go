package main

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"

	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

// A checkCommand holds the flags of one call that are no settings.
type checkCommand struct {
	app                 *app
	out, json, was      string
	all, noColor, quiet bool
}

func newCheck(a *app) *cobra.Command {
	c := &checkCommand{app: a}
	cmd := a.command("check", "check PATH…", c.run)
	cmd.Args = a.needs(1, -1, "error.args.path")
	a.settingFlags(cmd, append(reading, "format", "year", "today", "predicate", "pack")...)
	f := cmd.Flags()
	f.StringVar(&c.out, "out", "-", a.label("flag.out"))
	f.StringVar(&c.json, "json", "", a.label("flag.json"))
	f.StringVar(&c.was, "was", "", a.label("flag.was"))
	f.BoolVar(&a.frozen, "frozen", false, a.label("flag.frozen"))
	f.BoolVar(&c.all, "all", false, a.label("flag.all"))
	f.BoolVar(&c.noColor, "no-color", false, a.label("flag.no-color"))
	f.BoolVar(&c.quiet, "quiet", false, a.label("flag.quiet"))
	f.Lookup("out").DefValue = ""
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
	if err := a.writable(paths, c.out, c.json); err != nil {
		return err
	}
	var earlier *report.Report
	if c.was != "" {
		if earlier, err = a.saved(c.was); err != nil {
			return err
		}
	}
	r, failure := a.evaluate(cmd.Context(), s, paths, c.quiet)
	if r == nil {
		return failure
	}
	if earlier != nil {
		report.Compare(r, earlier)
	}
	opt := report.Options{All: c.all, Color: c.out == "-" && a.color(c.noColor)}
	if err := a.write(r, s.text("format"), c.out, opt); err != nil {
		return err
	}
	if c.json != "" {
		if err := a.write(r, "json", c.json, opt); err != nil {
			return err
		}
	}
	a.code = report.ExitCode(r)
	if failure == nil && len(r.Documents) == 0 {
		return a.nothing(paths)
	}
	return failure
}

// color reports whether standard output takes colours: it is a terminal and
// nobody has asked for none (no-color.org).
func (a *app) color(no bool) bool {
	return !no && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb" && terminal(a.stdout)
}

// writable reports at once, before the long work, that a report could not be
// written for want of a folder, or must not be: what lies in the pile is
// evidence, and is never written to.
func (a *app) writable(pile []string, files ...string) error {
	var errs []error
	seen := map[string]bool{}
	for _, f := range files {
		if f == "" || f == "-" {
			continue
		}
		info, err := os.Stat(filepath.Dir(f))
		if err != nil || !info.IsDir() {
			errs = append(errs, a.fail(exitUsage, "error.out", f, filepath.Dir(f)))
			continue
		}
		target := resolved(f)
		if seen[target] {
			errs = append(errs, a.fail(exitUsage, "error.out.twice", f))
		}
		seen[target] = true
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			errs = append(errs, a.fail(exitUsage, "error.out.folder", f))
		}
		for _, p := range pile {
			if rel, err := filepath.Rel(resolved(p), target); err == nil && filepath.IsLocal(rel) {
				errs = append(errs, a.fail(exitUsage, "error.out.pile", f, p))
			}
		}
	}
	return errors.Join(errs...)
}

// resolved returns the place that a path leads to, links followed as far as
// they exist.
func resolved(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// write writes the report to a file, or to standard output if that is "-".
func (a *app) write(r *report.Report, format, file string, opt report.Options) error {
	out, place := a.stdout, "stdout"
	if file != "-" {
		f, err := os.Create(file)
		if err != nil {
			return a.fail(exitInternal, "error.write", file, err)
		}
		defer f.Close() // reported below if it matters
		out, place = f, file
	}
	b := bufio.NewWriter(out)
	if err := errors.Join(formatNamed(format).Write(b, r, a.say.Lang(), opt), b.Flush()); err != nil {
		return a.fail(exitInternal, "error.write", place, err)
	}
	if f, ok := out.(*os.File); ok && file != "-" {
		if err := f.Close(); err != nil {
			return a.fail(exitInternal, "error.write", place, err)
		}
	}
	return nil
}

// print copies what a command has to say to standard output.
func (a *app) print(r io.Reader) error {
	if _, err := io.Copy(a.stdout, r); err != nil {
		return a.fail(exitInternal, "error.write", "stdout", err)
	}
	return nil
}

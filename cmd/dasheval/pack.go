package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"

	"dasheval/checker/evidence"
	"dasheval/checker/report"
	"dasheval/checker/submission"

	"github.com/spf13/cobra"
)

// A packCommand holds the flags of one call that are no settings.
type packCommand struct {
	app            *app
	out            string
	quiet, missing bool
}

func newPack(a *app) *cobra.Command {
	c := &packCommand{app: a}
	cmd := a.command("pack", "pack PATH…", c.run)
	cmd.Args = a.needs(1, -1, "error.args.path")
	a.settingFlags(cmd, append(reading, "year", "today", "predicate", "pack", "waivers")...)
	f := cmd.Flags()
	f.StringVarP(&c.out, "out", "o", "", a.label("flag.pack.out"))
	f.BoolVar(&c.missing, "allow-missing", false, a.label("flag.pack.missing"))
	f.BoolVar(&c.quiet, "quiet", false, a.label("flag.quiet"))
	return cmd
}

func (c *packCommand) run(cmd *cobra.Command, paths []string) error {
	a := c.app
	if c.out == "" {
		return a.fail(exitUsage, "error.pack.out")
	}
	if err := errors.Join(a.exist(paths), a.writable(paths, c.out)); err != nil {
		return err
	}
	s, err := a.load(cmd, paths)
	if err != nil {
		return err
	}
	r, err := a.evaluate(cmd.Context(), s, paths, c.quiet)
	if err != nil {
		return err
	}
	if len(r.Documents) == 0 {
		return a.nothing(paths)
	}
	if missing := submission.Missing(r); len(missing) > 0 && !c.missing {
		return a.fail(report.ExitNotMet, "error.pack.missing", len(missing), strings.Join(missing, ", "))
	}
	m, err := submission.Plan(r, a.say.Lang())
	if err != nil {
		return err
	}
	files, err := filesOf(cmd.Context(), paths)
	if err != nil {
		return err
	}
	open := func(source string) (io.ReadCloser, error) {
		f, ok := files[source]
		if !ok || f.Open == nil {
			return nil, os.ErrNotExist
		}
		return f.Open()
	}
	err = replace(c.out, func(w io.Writer) error { return submission.Write(w, r, m, open, a.say.Lang()) })
	var changed *submission.ChangedError
	switch {
	case errors.As(err, &changed):
		err = a.fail(exitInternal, "error.pack.changed", changed.Source)
	case err != nil:
		err = a.fail(exitInternal, "error.write", c.out, err)
	}
	if err != nil {
		return err
	}
	a.note("note.pack", c.out, len(m.Files), len(m.Missing), len(m.Ignored))
	return nil
}

// filesOf lists the files at paths by the path that reports have for them.
func filesOf(ctx context.Context, paths []string) (map[string]evidence.File, error) {
	src, err := evidence.Roots(paths, evidence.Options{})
	if err != nil {
		return nil, err
	}
	out := map[string]evidence.File{}
	for f, err := range src.Files(ctx) {
		if err != nil {
			return nil, err
		}
		if f.Ignore == "" && !f.Archive {
			out[f.Path] = f
		}
	}
	return out, nil
}

package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"dasheval/checker"
	"dasheval/checker/profile"

	"github.com/spf13/cobra"
)

// An initCommand holds the flags of one call that are no settings.
type initCommand struct {
	app                 *app
	write, force, quiet bool
}

func newInit(a *app) *cobra.Command {
	c := &initCommand{app: a}
	cmd := a.command("init", "init PATH", c.run)
	cmd.Args = a.needs(1, 1, "error.args.path")
	a.settingFlags(cmd, append(reading, "year", "today", "predicate", "pack")...)
	f := cmd.Flags()
	f.BoolVar(&c.write, "write", false, a.label("flag.write"))
	f.BoolVar(&c.force, "force", false, a.label("flag.force"))
	f.BoolVar(&c.quiet, "quiet", false, a.label("flag.quiet"))
	return cmd
}

func (c *initCommand) run(cmd *cobra.Command, paths []string) error {
	a, ctx := c.app, cmd.Context()
	if err := a.exist(paths); err != nil {
		return err
	}
	file := filepath.Join(paths[0], settingsName)
	if c.write {
		if info, err := os.Stat(paths[0]); err != nil || !info.IsDir() {
			return a.fail(exitUsage, "error.init.folder", paths[0])
		}
		if _, err := os.Stat(file); err == nil && !c.force {
			return a.fail(exitUsage, "error.init.exists", file)
		}
	}
	s, err := a.load(cmd, paths)
	if err != nil {
		return err
	}
	pack, src, cfg, err := a.inputs(s, paths)
	if err != nil {
		return err
	}
	bar := a.progress(c.quiet)
	cfg.Progress = bar.step
	unit, err := checker.Profile(ctx, pack, src, cfg)
	bar.done()
	switch {
	case errors.Is(err, checker.ErrNothing):
		return a.nothing(paths)
	case ctx.Err() != nil:
		return a.fail(exitInterrupted, "error.interrupted")
	case err != nil:
		return err
	}
	text := a.proposal(unit, cfg.Predicate)
	if !c.write {
		return a.print(strings.NewReader(text))
	}
	return a.settle(file, text, c.force)
}

// settle writes the settings file, the only one that dasheval writes into a
// pile, and never over another one unless forced.
func (a *app) settle(file, text string, force bool) error {
	flags := os.O_WRONLY | os.O_CREATE | os.O_TRUNC
	if !force {
		flags = os.O_WRONLY | os.O_CREATE | os.O_EXCL
	}
	if info, err := os.Lstat(file); err == nil && !info.Mode().IsRegular() {
		return a.fail(exitUsage, "error.init.exists", file) // a link may lead to evidence
	}
	out, err := os.OpenFile(file, flags, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return a.fail(exitUsage, "error.init.exists", file)
	}
	if err == nil {
		_, err = out.WriteString(text)
		err = errors.Join(err, out.Close())
	}
	if err != nil {
		return a.fail(exitInternal, "error.write", file, err)
	}
	return a.print(strings.NewReader(a.label("init.written", file) + "\n"))
}

// proposal writes a unit as a settings file, with remarks on what to check.
func (a *app) proposal(u *profile.Unit, predicate string) string {
	var b strings.Builder
	remark := func(indent, key string) {
		for line := range strings.SplitSeq(strings.TrimSpace(a.label(key)), "\n") {
			fmt.Fprintf(&b, "%s# %s\n", indent, line)
		}
	}
	// What is not known stands as a remark, to be filled in.
	entry := func(indent, key, value string) {
		if value == "" || value == `""` || value == "0" {
			fmt.Fprintf(&b, "%s# %s:\n", indent, key)
			return
		}
		fmt.Fprintf(&b, "%s%s: %s\n", indent, key, value)
	}
	remark("", "init.head")
	b.WriteString("unit:\n")
	remark("  ", "init.name")
	fmt.Fprintf(&b, "  name: %s\n", quoted(u.Name))
	remark("  ", "init.aliases")
	aliases := make([]string, len(u.Aliases))
	for i, s := range u.Aliases {
		aliases[i] = quoted(s)
	}
	fmt.Fprintf(&b, "  aliases: [%s]\n", strings.Join(aliases, ", "))
	remark("  ", "init.ministry")
	fmt.Fprintf(&b, "  ministry: %s\n", quoted(u.Ministry))
	remark("  ", "init.staff")
	entry("  ", "staff", strconv.Itoa(u.Staff))
	remark("  ", "init.heads")
	if len(u.Heads) == 0 {
		b.WriteString("  heads: []\n")
	} else {
		b.WriteString("  heads:\n")
	}
	for _, h := range u.Heads {
		fmt.Fprintf(&b, "    - name: %s\n", quoted(h.Name))
		entry("      ", "nip", quoted(h.NIP))
		entry("      ", "title", quoted(h.Title))
		entry("      ", "from", day(h.From))
		entry("      ", "to", day(h.To))
		if h.Acting {
			b.WriteString("      acting: true\n")
		}
	}
	remark("", "init.year")
	entry("", "year", strconv.Itoa(u.Year))
	remark("", "init.predicate")
	if predicate == "" {
		predicate = u.Predicate
	}
	entry("", "predicate", predicate)
	return b.String()
}

// quoted writes s as a YAML string in double quotes; JSON strings are some.
func quoted(s string) string { return strconv.Quote(s) }

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return strconv.Quote(t.Format(time.DateOnly))
}

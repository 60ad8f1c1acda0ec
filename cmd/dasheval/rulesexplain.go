package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"dasheval/checker/words"
	"dasheval/rules"

	"github.com/spf13/cobra"
)

func newRulesExplain(a *app) *cobra.Command {
	origin := false
	cmd := a.command("rules.explain", "explain ITEM|TYPE", func(cmd *cobra.Command, args []string) error {
		pack, err := a.packOf(cmd)
		if err != nil {
			return err
		}
		of, err := a.entry(pack, args[0])
		if err != nil {
			return err
		}
		var b bytes.Buffer
		for _, o := range pack.Origins(of, a.say.Lang()) {
			if !origin {
				fmt.Fprintf(&b, "%-28s %s\n", o.Field, o.Value)
				continue
			}
			at := o.Pos.String()
			if pack.Owns(o.Pos) {
				at = pack.ID + ":" + at
			}
			fmt.Fprintf(&b, "%-28s %-60s %s\n", o.Field, cut(o.Value, 60), at)
		}
		return a.print(&b)
	})
	cmd.Args = a.needs(1, 1, "args.rules.explain")
	a.settingFlags(cmd, "pack")
	cmd.Flags().BoolVar(&origin, "origin", false, a.label("flag.rules.origin"))
	return cmd
}

// cut shortens s to so many characters.
func cut(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// entry returns the item or document type with the name.
func (a *app) entry(pack *rules.Pack, name string) (any, error) {
	var known []string
	for _, it := range pack.Items() {
		if strings.EqualFold(it.Code, name) {
			return it, nil
		}
		known = append(known, it.Code)
	}
	for _, t := range pack.Types {
		if t.ID == name {
			return t, nil
		}
		known = append(known, t.ID)
	}
	slices.Sort(known)
	if near := words.Nearest(name, known, 3); len(near) > 0 {
		return nil, a.fail(exitUsage, "error.rules.entry.near", name, pack.ID, strings.Join(near, ", "))
	}
	return nil, a.fail(exitUsage, "error.rules.entry", name, pack.ID)
}

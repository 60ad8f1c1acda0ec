package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"
)

func newConfig(a *app) *cobra.Command { return a.group("config", "config", newConfigShow(a)) }

func newConfigShow(a *app) *cobra.Command {
	withOrigin := false
	cmd := a.command("config.show", "show [PATH…]", func(cmd *cobra.Command, paths []string) error {
		if err := a.exist(paths); err != nil {
			return err
		}
		s, err := a.load(cmd, paths)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		show := func(name, value string, o origin) {
			if value == "" {
				value = a.label("config.auto." + name)
			}
			if !withOrigin {
				fmt.Fprintf(&b, "%-10s %s\n", name, value)
				return
			}
			from := a.label("config.origin." + o.layer)
			if o.place != "" {
				from += " " + o.place
			}
			fmt.Fprintf(&b, "%-10s %-24s %s\n", name, value, from)
		}
		for _, k := range knownSettings {
			value, o := s.value(k.name)
			show(k.name, value, o)
		}
		if u := s.unit(); u != nil {
			show("unit", u.Name, origin{"file", s.file.at("unit")})
		} else {
			show("unit", "", origin{"default", ""})
		}
		return a.print(&b)
	})
	cmd.Args = cobra.ArbitraryArgs
	a.settingFlags(cmd, append(reading, "format", "year", "today", "predicate", "pack", "waivers")...)
	cmd.Flags().BoolVar(&withOrigin, "origin", false, a.label("flag.origin"))
	return cmd
}

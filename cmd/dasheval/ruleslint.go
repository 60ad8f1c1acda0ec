package main

import (
	"bytes"
	"errors"
	"fmt"

	"dasheval/checker/check"
	"dasheval/rules"

	"github.com/spf13/cobra"
)

func newRulesLint(a *app) *cobra.Command {
	return a.command("rules.lint", "lint [PACK…]", func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			args = rules.BuiltinIDs()
		}
		var out bytes.Buffer
		for _, name := range args {
			pack, _, err := a.loadPack(name)
			if err == nil {
				err = a.bound(pack, name)
			}
			if err != nil {
				return errors.Join(a.print(&out), err)
			}
			found := append(rules.Lint(pack), check.Doubts(pack)...)
			for _, m := range found {
				fmt.Fprintln(&out, m)
			}
			fmt.Fprintln(&out, a.label("rules.lint.count", pack.ID, pack.Version, len(found)))
			if len(found) > 0 {
				a.code = exitFailed
			}
		}
		return a.print(&out)
	})
}

package main

import (
	"bytes"
	"fmt"
	"strings"

	"dasheval/rules"

	"github.com/spf13/cobra"
)

func newRulesDiff(a *app) *cobra.Command {
	cmd := a.command("rules.diff", "diff OLD NEW", func(_ *cobra.Command, args []string) error {
		var packs [2]*rules.Pack
		for i, name := range args {
			var err error
			if packs[i], _, err = a.loadPack(name); err != nil {
				return err
			}
		}
		var b bytes.Buffer
		changes := rules.Diff(packs[0], packs[1])
		section := ""
		for _, c := range changes {
			if c.What != section {
				section = c.What
				fmt.Fprintln(&b, a.label("rules.diff."+section))
			}
			fmt.Fprintln(&b, "  "+a.change(c))
		}
		fmt.Fprintln(&b, a.label("rules.diff.count", packs[0].ID, packs[0].Version, packs[1].ID, packs[1].Version, len(changes)))
		return a.print(&b)
	})
	cmd.Args = a.needs(2, 2, "args.diff")
	return cmd
}

// change says in words what changed.
func (a *app) change(c rules.Change) string {
	head := strings.TrimSpace(c.ID + " " + c.Name.In(a.say.Lang()))
	if head == "" {
		head = a.label("rules.diff.whole")
	}
	if c.Field == "" {
		return head + ": " + a.label("rules.diff."+c.Kind)
	}
	// Fields within named parts keep the name of the part: evidence.sk.period.
	parts := strings.Split(c.Field, ".")
	for i, p := range parts {
		parts[i] = a.say.Name("field", p)
	}
	field := strings.Join(parts, " · ")
	switch c.Kind {
	case "added":
		return fmt.Sprintf("%s: %s: %s: %s", head, field, a.label("rules.diff.added"), c.New)
	case "removed":
		return fmt.Sprintf("%s: %s: %s: %s", head, field, a.label("rules.diff.removed"), c.Old)
	}
	none := a.label("rules.diff.none")
	from, to := c.Old, c.New
	if from == "" {
		from = none
	}
	if to == "" {
		to = none
	}
	if len(c.Added)+len(c.Removed) == 0 {
		return fmt.Sprintf("%s: %s: %s → %s", head, field, from, to)
	}
	var entries []string
	for _, x := range c.Added {
		entries = append(entries, "+ "+x)
	}
	for _, x := range c.Removed {
		entries = append(entries, "− "+x)
	}
	return fmt.Sprintf("%s: %s: %s", head, field, strings.Join(entries, "  "))
}

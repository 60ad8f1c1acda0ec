package main

import (
	"bytes"
	"fmt"

	"github.com/spf13/cobra"
)

func newRules(a *app) *cobra.Command {
	return a.group("rules", "rules", newRulesList(a), newRulesExplain(a), newRulesNew(a), newRulesTest(a), newRulesLint(a),
		newRulesDiff(a), newRulesLock(a), newRulesAdd(a), newRulesDocs(a))
}

func newRulesList(a *app) *cobra.Command {
	types := false
	cmd := a.command("rules.list", "list", func(cmd *cobra.Command, _ []string) error {
		s, err := a.load(cmd, nil)
		if err != nil {
			return err
		}
		pack, err := a.pack(s)
		if err != nil {
			return err
		}
		var b bytes.Buffer
		lang := a.say.Lang()
		if types {
			for _, t := range pack.Types {
				fmt.Fprintf(&b, "%-20s %-30s %s\n", t.Family, t.ID, t.Name.In(lang))
			}
			return a.print(&b)
		}
		for _, item := range pack.Items() {
			fmt.Fprintf(&b, "%-14s %s\n", item.Code, item.Title.In(lang))
			for _, q := range item.Evidence {
				name := q.Document
				if t := pack.Type(q.Document); t != nil {
					name = t.Name.In(lang)
				}
				fmt.Fprintf(&b, "%-14s - %s: %s\n", "", a.say.Name("need", string(q.Need)), name)
			}
		}
		return a.print(&b)
	})
	cmd.Args = a.needs(0, 0, "")
	a.settingFlags(cmd, "pack")
	cmd.Flags().BoolVar(&types, "types", false, a.label("flag.types"))
	return cmd
}

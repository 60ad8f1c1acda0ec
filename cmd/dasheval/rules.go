package main

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"

	"dasheval/checker/facts"
	"dasheval/rules"

	"github.com/spf13/cobra"
)

func newRules(a *app) *cobra.Command {
	return a.group("rules", "rules", newRulesList(a), newRulesExplain(a), newRulesNew(a), newRulesTest(a), newRulesLint(a),
		newRulesDiff(a), newRulesLock(a), newRulesAdd(a), newRulesDocs(a))
}

func newRulesList(a *app) *cobra.Command {
	types, names := false, false
	cmd := a.command("rules.list", "list", func(cmd *cobra.Command, _ []string) error {
		pack, err := a.packOf(cmd)
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
		if names {
			listNames(&b, a, pack)
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
	cmd.Flags().BoolVar(&names, "names", false, a.label("flag.names"))
	return cmd
}

// listNames lists what rules may name besides items and document types.
func listNames(b *bytes.Buffer, a *app, pack *rules.Pack) {
	lang := a.say.Lang()
	section := func(key string) { fmt.Fprintln(b, a.label("rules.names."+key)) }
	row := func(id, text string) { fmt.Fprintf(b, "  %-32s %s\n", id, text) }
	section("signers")
	for _, id := range slices.Sorted(maps.Keys(pack.Signers)) {
		row(id, pack.Signers[id].Text.In(lang))
	}
	section("periods")
	for _, id := range slices.Sorted(maps.Keys(pack.Periods)) {
		row(id, pack.Periods[id].Text.In(lang))
	}
	section("answers")
	for _, id := range slices.Sorted(maps.Keys(pack.AnswerTypes)) {
		row(id, strings.Join(slices.Sorted(maps.Keys(pack.AnswerTypes[id].Scores)), " "))
	}
	section("parts")
	row(strings.Join(facts.Anatomy(), " "), "")
	section("facts")
	row(strings.Join(facts.Names(), " "), "")
	section("findings")
	for _, id := range slices.Sorted(maps.Keys(pack.Severity)) {
		row(id, pack.Severity[id])
	}
}

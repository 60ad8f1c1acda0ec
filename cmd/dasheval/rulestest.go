package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"dasheval/checker"
	"dasheval/checker/cases"
	"dasheval/rules"

	"github.com/spf13/cobra"
)

// exitFailed is the exit code of a command that found the rules wanting.
const exitFailed = 1

func newRulesTest(a *app) *cobra.Command {
	var t rulesTest
	cmd := a.command("rules.test", "test [PACK…]", func(cmd *cobra.Command, args []string) error {
		t.app = a
		if len(args) == 0 {
			args = rules.BuiltinIDs()
		}
		failed := false
		for _, name := range args {
			ok, err := t.pack(cmd.Context(), name)
			if err != nil {
				return errors.Join(a.print(&t.out), err)
			}
			failed = failed || !ok
		}
		if failed {
			a.code = exitFailed
		}
		if len(t.only) > 0 && t.ran == 0 {
			return a.fail(exitUsage, "error.rules.run", strings.Join(t.only, ", "))
		}
		return a.print(&t.out)
	})
	cmd.Flags().StringSliceVar(&t.only, "run", nil, a.label("flag.rules.run"))
	cmd.Flags().BoolVar(&t.coverage, "coverage", false, a.label("flag.rules.coverage"))
	cmd.Flags().BoolVar(&t.mutate, "mutate", false, a.label("flag.rules.mutate"))
	return cmd
}

// A rulesTest is one call of "rules test".
type rulesTest struct {
	*app
	only             []string
	coverage, mutate bool
	ran              int // cases
	out              bytes.Buffer
}

// pack tests one pack and reports whether all is well.
func (t *rulesTest) pack(ctx context.Context, name string) (bool, error) {
	pack, fsys, err := t.loadPack(name)
	if err != nil {
		return false, err
	}
	var engine *checker.Engine
	if len(pack.Vocabulary.Patterns) > 0 { // a library may have no words to read by
		if engine, err = checker.Bind(pack); err != nil {
			return false, t.rulesError(name, err)
		}
	}
	suites, err := cases.Load(fsys)
	if err == nil {
		err = cases.Mistaken(pack, suites)
	}
	if err != nil {
		return false, t.rulesError(name, err)
	}
	if suites = cases.Own(suites, t.only); len(suites) == 0 || engine == nil {
		fmt.Fprintln(&t.out, t.label("rules.test.none", pack.ID))
		return true, nil
	}
	outcomes, err := cases.Run(ctx, engine, suites)
	if err != nil {
		return false, err
	}
	t.ran += len(outcomes)
	ok := t.outcomes(pack, outcomes)
	if t.coverage {
		ok = t.covered(cases.Cover(pack, outcomes)) && ok
	}
	if t.mutate {
		mutants, err := cases.Mutate(ctx, engine, pack, suites)
		if err != nil {
			return false, err
		}
		ok = t.mutants(mutants) && ok
	}
	return ok, nil
}

// outcomes lists the cases that failed, and counts.
func (t *rulesTest) outcomes(pack *rules.Pack, list []*cases.Outcome) bool {
	failed := 0
	for _, o := range list {
		if o.Passed() {
			continue
		}
		failed++
		fmt.Fprintf(&t.out, "✗ %s  (%s)\n", o.Name(), o.Case.Pos)
		for _, w := range o.Absent {
			is := ""
			if w.ID == "" {
				is = "  " + t.label("rules.test.verdict", o.Verdict(w.Where))
			}
			fmt.Fprintf(&t.out, "    %s  %s%s\n", t.label("rules.test.absent"), w, is)
		}
		for _, s := range o.Surplus {
			fmt.Fprintf(&t.out, "    %s  %s\n", t.label("rules.test.surplus"), s)
		}
	}
	fmt.Fprintln(&t.out, t.label("rules.test.count", pack.ID, pack.Version, len(list), failed))
	return failed == 0
}

// covered lists what no case exercises.
func (t *rulesTest) covered(c cases.Coverage) bool {
	for _, g := range c.Gaps {
		var lacks []string
		if g.Pass {
			lacks = append(lacks, t.label("rules.test.pass"))
		}
		if g.Fail {
			lacks = append(lacks, t.label("rules.test.fail"))
		}
		fmt.Fprintf(&t.out, "✗ %s · %s · %s  (%s)\n", g.Of, g.Check, strings.Join(lacks, ", "), g.Pos)
	}
	fmt.Fprintln(&t.out, t.label("rules.test.covered", c.Uses-len(c.Gaps), c.Uses))
	if c.Items > 0 {
		fmt.Fprintln(&t.out, t.label("rules.test.items", c.Items-len(c.Untold), c.Items))
	}
	return len(c.Gaps) == 0
}

// mutants lists the changes that nobody noticed.
func (t *rulesTest) mutants(list []cases.Mutant) bool {
	slipped := slices.DeleteFunc(slices.Clone(list), func(m cases.Mutant) bool { return m.Noticed })
	for _, m := range slipped {
		fmt.Fprintln(&t.out, "✗ "+t.label("rules.test.mutant", m.Suite.Path, m.File, m.Type, m.What))
	}
	fmt.Fprintln(&t.out, t.label("rules.test.mutants", len(list)-len(slipped), len(list)))
	return len(slipped) == 0
}

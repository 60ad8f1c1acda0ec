package main

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"dasheval/checker/check"
	"dasheval/checker/words"

	"github.com/spf13/cobra"
)

// newChecks returns the help topic "checks", a command below help.
func newChecks(a *app) *cobra.Command {
	cmd := a.command("checks", "checks [NAME]", func(_ *cobra.Command, args []string) error {
		var b bytes.Buffer
		if len(args) == 0 {
			a.listChecks(&b)
			return a.print(&b)
		}
		c := check.Named(args[0])
		if c == nil {
			return a.unknownCheck(args[0])
		}
		a.explainCheck(&b, c)
		return a.print(&b)
	})
	cmd.Args = a.needs(0, 1, "")
	cmd.ValidArgs = checkNames()
	return cmd
}

// checkNames returns the names of all checks, in order.
func checkNames() []string {
	var out []string
	for _, c := range check.All() {
		out = append(out, c.Name)
	}
	return out
}

func (a *app) unknownCheck(name string) error {
	if near := words.Nearest(name, checkNames(), 1); len(near) > 0 {
		return a.fail(exitUsage, "error.check.near", name, near[0])
	}
	return a.fail(exitUsage, "error.check.unknown", name)
}

// listChecks writes a line for each check, by scope.
func (a *app) listChecks(b *bytes.Buffer) {
	for _, s := range []struct {
		scope check.Scope
		head  string
	}{
		{check.Document, a.label("checks.scope.document")},
		{check.Requirement, a.label("checks.scope.requirement")},
		{check.Pile, a.label("checks.scope.pile")},
	} {
		fmt.Fprintf(b, "%s\n", s.head)
		for _, c := range check.All() {
			if c.Scope == s.scope {
				fmt.Fprintf(b, "  %-16s %s\n", c.Name, c.Doc.Title.In(a.say.Lang()))
			}
		}
		fmt.Fprintln(b)
	}
	fmt.Fprintf(b, "%s\n\n%s\n", a.label("checks.note"), a.label("checks.more"))
}

// explainCheck writes all that is to be said about a check.
func (a *app) explainCheck(b *bytes.Buffer, c *check.Check) {
	lang := a.say.Lang()
	fmt.Fprintf(b, "%s: %s\n\n", c.Name, c.Doc.Title.In(lang))
	paragraph(b, "", c.Doc.About.In(lang))
	if len(c.Doc.Params) > 0 {
		fmt.Fprintf(b, "\n%s\n", a.label("checks.params"))
		for _, p := range c.Doc.Params {
			paragraph(b, fmt.Sprintf("  %-10s ", p.Name), p.Text.In(lang))
		}
	}
	fmt.Fprintf(b, "\n%s\n", a.label("checks.rule"))
	for line := range strings.Lines(c.Doc.Rule + "\n") {
		fmt.Fprintf(b, "  %s", line)
	}
	fmt.Fprintf(b, "\n%s\n", a.label("checks.examples"))
	paragraph(b, fmt.Sprintf("  %-8s ", a.label("checks.before")), c.Doc.Before)
	paragraph(b, fmt.Sprintf("  %-8s ", a.label("checks.after")), c.Doc.After)
	fmt.Fprintf(b, "\n%s\n", a.label("checks.findings"))
	for _, id := range c.IDs {
		message, _ := a.say.Finding(id, nil)
		paragraph(b, fmt.Sprintf("  %-24s ", id), message)
	}
	fmt.Fprintf(b, "\n%s\n", a.label("checks.since", c.Doc.Since))
}

// paragraph writes s behind head, in lines of at most 80 columns that begin
// below its first word.
func paragraph(b *bytes.Buffer, head, s string) {
	const width = 80
	indent := utf8.RuneCountInString(head)
	line, used := head, indent
	for _, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		switch {
		case used == indent:
		case used+1+n > width:
			fmt.Fprintln(b, line)
			line, used = strings.Repeat(" ", indent), indent
		default:
			line, used = line+" ", used+1
		}
		line, used = line+word, used+n
	}
	fmt.Fprintln(b, line)
}

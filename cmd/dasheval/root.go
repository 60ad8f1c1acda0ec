package main

import (
	"errors"
	"fmt"
	"strings"

	"dasheval/checker/words"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// commands lists the commands. Adding one is one file and one line here.
var commands = []func(*app) *cobra.Command{
	newCheck, newReport, newDiff, newWaivers, newPack, newExplain, newVerify, newText, newDoctor, newInit, newRules, newConfig, newVersion, newWorker,
}

func newRoot(a *app) *cobra.Command {
	root := a.group("root", "dasheval")
	root.SilenceErrors, root.SilenceUsage = true, true
	root.PersistentFlags().String("lang", "", a.label("flag.lang"))
	root.PersistentFlags().BoolVarP(&a.verbose, "verbose", "v", false, a.label("flag.verbose"))
	for _, command := range commands {
		root.AddCommand(command(a))
	}
	root.SetFlagErrorFunc(a.flagError)
	a.translate(root)
	return root
}

// group returns a command that does nothing but hold others.
func (a *app) group(key, use string, members ...*cobra.Command) *cobra.Command {
	cmd := a.command(key, use, func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return a.unknownCommand(cmd, args[0])
		}
		return cmd.Help()
	})
	cmd.Args = cobra.ArbitraryArgs
	cmd.AddCommand(members...)
	return cmd
}

// command returns a command whose texts are the labels help.KEY.short, .long
// and .example.
func (a *app) command(key, use string, do func(*cobra.Command, []string) error) *cobra.Command {
	return &cobra.Command{
		Use: use, Short: a.label("help." + key + ".short"), Long: a.label("help." + key + ".long"),
		Example: strings.TrimRight(a.label("help."+key+".example"), "\n"), RunE: do,
		DisableFlagsInUseLine: true,
	}
}

// translate puts the words of the reader into what cobra adds by itself.
func (a *app) translate(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help", "completion":
			c.Short = a.label("help." + c.Name() + ".short")
			c.Long = a.label("help." + c.Name() + ".long")
		}
		if c.Name() == "help" {
			c.AddCommand(newChecks(a))
		}
		for _, shell := range c.Commands() {
			if c.Name() == "completion" {
				shell.Short = a.label("help.completion.shell", shell.Name())
			}
		}
	}
	var each func(*cobra.Command)
	each = func(c *cobra.Command) {
		c.InitDefaultHelpFlag()
		c.Flags().Lookup("help").Usage = a.label("flag.help")
		for _, sub := range c.Commands() {
			each(sub)
		}
	}
	each(root)
	root.SetUsageTemplate(strings.NewReplacer(
		"Usage:", a.label("help.usage"),
		"Examples:", a.label("help.examples"),
		"Available Commands:", a.label("help.commands"),
		"Global Flags:", a.label("help.global"),
		"Flags:", a.label("help.flags"),
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`,
		a.label("help.more", "{{.CommandPath}}"),
		"[command]", a.label("help.command"),
	).Replace(root.UsageTemplate()))
}

func (a *app) unknownCommand(cmd *cobra.Command, name string) error {
	var names []string
	for _, c := range cmd.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	if near := words.Nearest(name, names, 1); len(near) > 0 {
		return a.fail(exitUsage, "error.command.near", name, near[0])
	}
	return a.fail(exitUsage, "error.command", name, cmd.CommandPath())
}

// flagError says what is wrong with a flag and which one may have been meant.
func (a *app) flagError(cmd *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var bare *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		var names []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, f.Name) })
		name := unknown.GetSpecifiedName()
		if near := words.Nearest(name, names, 1); len(near) > 0 && len(name) > 1 {
			return a.fail(exitUsage, "error.flag.near", "--"+name, "--"+near[0])
		}
		dash := "--"
		if unknown.GetSpecifiedShortnames() != "" {
			dash = "-"
		}
		return a.fail(exitUsage, "error.flag", dash+name, cmd.CommandPath())
	case errors.As(err, &bare):
		return a.fail(exitUsage, "error.flag.bare", "--"+bare.GetFlag().Name)
	}
	return a.fail(exitUsage, "error.flag.other", err)
}

// needs returns a check that a command has from low to high arguments; a
// negative high is no limit. The label says what is missing.
func (a *app) needs(low, high int, key string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < low:
			return a.fail(exitUsage, "error.args", a.label(key), fmt.Sprintf("%q", cmd.CommandPath()+" --help"))
		case high >= 0 && len(args) > high:
			return a.fail(exitUsage, "error.args.many", args[high], fmt.Sprintf("%q", cmd.CommandPath()+" --help"))
		}
		return nil
	}
}

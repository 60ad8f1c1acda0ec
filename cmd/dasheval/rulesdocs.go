package main

import (
	"bytes"
	"path/filepath"
	"strconv"
	"strings"

	"dasheval/checker/checklist"
	"dasheval/rules"

	"github.com/spf13/cobra"
)

// A rulesDocs holds the flags of one call of "rules docs".
type rulesDocs struct {
	*app
	format, out string
	year        int
}

func newRulesDocs(a *app) *cobra.Command {
	d := &rulesDocs{app: a}
	cmd := a.command("rules.docs", "docs [PACK]", func(_ *cobra.Command, args []string) error {
		name := rules.Standard
		if len(args) > 0 {
			name = args[0]
		}
		return d.run(name)
	})
	cmd.Args = a.needs(0, 1, "")
	cmd.Flags().StringVar(&d.format, "format", "", a.label("flag.rules.docs.format"))
	cmd.Flags().StringVar(&d.out, "out", "-", a.label("flag.rules.docs.out"))
	cmd.Flags().IntVar(&d.year, "year", 0, a.label("flag.rules.docs.year"))
	return cmd
}

func (d *rulesDocs) run(name string) error {
	format, err := d.chosen()
	if err != nil {
		return err
	}
	if d.year != 0 && (d.year < 2000 || d.year > 2100) {
		return d.fail(exitUsage, "error.setting", "--year", strconv.Itoa(d.year), d.label("error.setting.year"))
	}
	if err := d.writable(nil, d.out); err != nil {
		return err
	}
	pack, _, err := d.loadPack(name)
	if err != nil {
		return err
	}
	list, err := checklist.New(pack, d.year)
	if err != nil {
		return d.rulesError(name, err)
	}
	if len(list.Items()) == 0 {
		return d.fail(exitUsage, "error.rules.docs.none", name)
	}
	var b bytes.Buffer
	if err := format.Write(&b, list, d.say.Lang()); err != nil {
		return err
	}
	if d.out == "-" {
		return d.print(&b)
	}
	return d.save(d.out, b.Bytes())
}

// chosen returns the format that --format names, or else the ending of the file.
func (d *rulesDocs) chosen() (checklist.Format, error) {
	name, names := d.format, []string(nil)
	if name == "" {
		name = strings.TrimPrefix(strings.ToLower(filepath.Ext(d.out)), ".")
	}
	if name == "" {
		name = "md"
	}
	for _, f := range checklist.Formats() {
		if f.Name != name {
			names = append(names, f.Name)
			continue
		}
		if name == "docx" && d.out == "-" && terminal(d.stdout) {
			return f, d.fail(exitUsage, "error.rules.docs.screen")
		}
		return f, nil
	}
	return checklist.Format{}, d.fail(exitUsage, "error.setting", "--format", name, d.label("error.rules.docs.format", strings.Join(names, ", ")))
}

package main

import (
	"embed"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"

	"dasheval/checker/check"
	"dasheval/checker/words"
	"dasheval/rules"

	"github.com/spf13/cobra"
)

// scaffold holds the files that "rules new" begins with. NAME stands for the id
// that the author gives.
//
//go:embed scaffold
var scaffold embed.FS

func newRulesNew(a *app) *cobra.Command {
	extends, in := "", ""
	pack := a.command("rules.new.pack", "pack DIR", func(_ *cobra.Command, args []string) error {
		return a.newPack(args[0], extends)
	})
	pack.Args = a.needs(1, 1, "args.new.pack")
	pack.Flags().StringVar(&extends, "extends", "naskah-dinas", a.label("flag.rules.extends"))
	part := func(kind string) *cobra.Command {
		cmd := a.command("rules.new."+kind, kind+" ID", func(_ *cobra.Command, args []string) error {
			return a.newPart(kind, in, args[0])
		})
		cmd.Args = a.needs(1, 1, "args.new."+kind)
		cmd.Flags().StringVar(&in, "in", ".", a.label("flag.rules.in"))
		return cmd
	}
	check := a.command("rules.new.check", "check NAME", func(_ *cobra.Command, args []string) error {
		return a.newCheckUse(args[0])
	})
	check.Args = a.needs(1, 1, "args.new.check")
	return a.group("rules.new", "new", pack, part("type"), part("item"), check)
}

// newPack makes the folder of a pack that extends another one.
func (a *app) newPack(dir, extends string) error {
	full, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	id := filepath.Base(full)
	if !rules.ValidID(id) || deviceName.MatchString(id) {
		return a.fail(exitUsage, "error.new.packid", id)
	}
	if _, err := os.Stat(filepath.Join(dir, "pack.yaml")); err == nil {
		return a.fail(exitUsage, "error.new.exists", filepath.Join(dir, "pack.yaml"))
	}
	base, err := rules.Builtins(extends)
	if err != nil {
		return a.fail(exitUsage, "error.new.extends", extends, strings.Join(rules.BuiltinIDs(), ", "))
	}
	parent, err := rules.Load(base, nil)
	if err != nil {
		return err
	}
	from := "scaffold/pack"
	if len(parent.Items()) > 0 {
		from = "scaffold/practice"
	}
	replace := strings.NewReplacer("NAME", id, "EXTENDS", extends+"@"+parent.Version)
	if err := a.copyScaffold(from, dir, replace); err != nil {
		return err
	}
	return a.writeSchemas(dir)
}

// partID is how document types and items are named.
var partID = map[string]*regexp.Regexp{
	"type": regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`),
	"item": regexp.MustCompile(`^[A-Za-z0-9]+(\.[A-Za-z0-9]+)+$`),
}

// deviceName is what Windows takes for a device, whatever stands behind a point.
var deviceName = regexp.MustCompile(`(?i)^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)`)

// newPart makes a document type or an item in the pack, with its first case.
func (a *app) newPart(kind, dir, id string) error {
	if _, err := os.Stat(filepath.Join(dir, "pack.yaml")); err != nil {
		return a.fail(exitUsage, "error.new.pack", dir)
	}
	if !partID[kind].MatchString(id) || len(id) > 64 || deviceName.MatchString(id) {
		return a.fail(exitUsage, "error.new.id."+kind, id)
	}
	if fsys, lib, err := rules.Open(dir); err == nil && kind == "item" {
		// A pack in the middle of a change may not load; then the loader tells later.
		if pack, err := rules.Load(fsys, lib); err == nil && !pack.Holds(id) {
			return a.fail(exitUsage, "error.new.place", id)
		}
	}
	return a.copyScaffold("scaffold/"+kind, dir, strings.NewReplacer("NAME", id))
}

// copyScaffold writes files that are not there yet and tells their names.
func (a *app) copyScaffold(from, to string, replace *strings.Replacer) error {
	return fs.WalkDir(scaffold, from, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := scaffold.ReadFile(name)
		if err != nil {
			return err
		}
		target := filepath.Join(to, filepath.FromSlash(replace.Replace(strings.TrimPrefix(name, from+"/"))))
		if _, err := os.Stat(target); err == nil {
			return a.fail(exitUsage, "error.new.exists", target)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(target, []byte(replace.Replace(string(data))), 0o644); err != nil {
			return err
		}
		_, err = fmt.Fprintln(a.stdout, a.label("rules.new.made", target))
		return err
	})
}

// writeSchemas puts the schemas beside the pack, so that editors find them
// without a network.
func (a *app) writeSchemas(dir string) error {
	at := filepath.Join(dir, ".schema")
	if err := os.MkdirAll(at, 0o755); err != nil {
		return err
	}
	for _, kind := range rules.Kinds() {
		data, err := rules.Schema(kind)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(at, path.Base(kind)+".schema.json"), data, 0o644); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintln(a.stdout, a.label("rules.new.schemas", at))
	return err
}

// newCheckUse prints how a pack asks for a check, to be put below checks.
func (a *app) newCheckUse(name string) error {
	var names []string
	for _, c := range check.All() {
		if c.Scope != check.Document {
			continue
		}
		if names = append(names, c.Name); c.Name == name {
			_, err := fmt.Fprintf(a.stdout, "# %s\n%s\n", c.Doc.Title.In(a.say.Lang()), c.Doc.Rule)
			return err
		}
	}
	if near := words.Nearest(name, names, 1); len(near) > 0 {
		return a.fail(exitUsage, "error.new.check.near", name, near[0])
	}
	return a.fail(exitUsage, "error.new.check", name, strings.Join(names, ", "))
}

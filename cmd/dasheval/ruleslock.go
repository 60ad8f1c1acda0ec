package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"unicode/utf8"

	"dasheval/rules"

	"github.com/goccy/go-yaml"
	"github.com/spf13/cobra"
)

// lockName is the file that pins rules, in the working folder.
const lockName = "dasheval.lock"

// A lock pins a pack and all that it is made of.
type lock struct {
	Pack   string  `yaml:"pack"`
	SHA256 string  `yaml:"sha256"` // over all files of all layers
	Layers []layer `yaml:"layers"`
}

type layer struct {
	ID      string `yaml:"id"`
	Version string `yaml:"version"`
	SHA256  string `yaml:"sha256"`
}

func lockOf(p *rules.Pack) lock {
	out := lock{Pack: p.ID, SHA256: p.SHA256}
	for _, l := range p.Layers {
		out.Layers = append(out.Layers, layer{l.ID, l.Version, l.SHA256})
	}
	return out
}

func newRulesLock(a *app) *cobra.Command {
	cmd := a.command("rules.lock", "lock", func(cmd *cobra.Command, _ []string) error {
		pack, err := a.packOf(cmd)
		if err != nil {
			return err
		}
		data, err := yaml.Marshal(lockOf(pack))
		if err != nil {
			return err
		}
		text := "# " + a.label("rules.lock.head") + "\n" + string(data)
		if err := writeLock(text); err != nil {
			return err
		}
		_, err = fmt.Fprintln(a.stdout, a.label("rules.lock.made", lockName, pack.ID, pack.Version, pack.SHA256[:12]))
		return err
	})
	cmd.Args = a.needs(0, 0, "")
	a.settingFlags(cmd, "pack")
	return cmd
}

// maxLock is the largest lock file, in bytes.
const maxLock = 64 << 10

// readLock reads the lock file, which somebody else may have put there.
func readLock() ([]byte, error) {
	info, err := os.Lstat(lockName)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular() || info.Size() > maxLock:
		return nil, errNoLock
	}
	data, err := os.ReadFile(lockName)
	if err == nil && (!utf8.Valid(data) || bytes.ContainsAny(data, "[{&*\x00")) {
		return nil, errNoLock
	}
	return data, err
}

var errNoLock = errors.New("this is no lock file")

// writeLock writes the lock file anew; a link in its place is not followed.
func writeLock(text string) error {
	if info, err := os.Lstat(lockName); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("%s: %w", lockName, errNoLock)
	}
	f, err := os.CreateTemp(".", lockName+"-*")
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), lockName)
	}
	if err != nil {
		err = errors.Join(err, os.Remove(f.Name()))
	}
	return err
}

// locked reports rules that are not those of the lock file.
func (a *app) locked(pack *rules.Pack) error {
	data, err := readLock()
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return a.fail(exitUsage, "error.lock.none", lockName)
	case err != nil:
		return a.fail(exitUsage, "error.lock.read", lockName, err)
	}
	var want lock
	if err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(&want); err != nil {
		return a.fail(exitUsage, "error.lock.read", lockName, err)
	}
	have := lockOf(pack)
	if have.Pack == want.Pack && have.SHA256 == want.SHA256 {
		return nil
	}
	if have.Pack != want.Pack {
		return a.fail(exitUsage, "error.lock.pack", lockName, want.Pack, have.Pack)
	}
	for _, l := range have.Layers {
		if !slices.Contains(want.Layers, l) {
			return a.fail(exitUsage, "error.lock.differs", lockName, l.ID, l.Version, l.SHA256[:min(12, len(l.SHA256))])
		}
	}
	return a.fail(exitUsage, "error.lock.differs", lockName, have.Pack, pack.Version, have.SHA256[:12])
}

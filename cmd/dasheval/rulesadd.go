package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dasheval/rules"

	"github.com/spf13/cobra"
)

// gitURL tells a source that git fetches from a path on disk.
var gitURL = regexp.MustCompile(`^(?:(?:https?|ssh|git|file)://|[\w.-]+@[\w.-]+:)`)

// Limits of a pack that is taken over.
const (
	gitTime  = 2 * time.Minute
	maxAdded = 64 << 20 // bytes
)

func newRulesAdd(a *app) *cobra.Command {
	to := ""
	cmd := a.command("rules.add", "add SOURCE", func(cmd *cobra.Command, args []string) error {
		return a.addPack(cmd.Context(), args[0], to)
	})
	cmd.Args = a.needs(1, 1, "args.add")
	cmd.Flags().StringVar(&to, "to", "packs", a.label("flag.rules.to"))
	return cmd
}

// addPack copies the pack of a source into a folder of packs, if it is sound.
func (a *app) addPack(ctx context.Context, source, to string) error {
	from := source
	if gitURL.MatchString(source) {
		dir, err := os.MkdirTemp("", "dasheval-pack-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		if err := a.clone(ctx, source, dir); err != nil {
			return err
		}
		from = dir
	}
	fsys, err := rules.Files(from)
	if err != nil {
		return a.fail(exitUsage, "error.pack.open", err)
	}
	pack, err := rules.Load(fsys, rules.Beside(to))
	if err != nil {
		return a.rulesError(source, err)
	}
	if err := a.bound(pack, source); err != nil {
		return err
	}
	if slices.Contains(rules.BuiltinIDs(), pack.ID) {
		return a.fail(exitUsage, "error.add.builtin", pack.ID)
	}
	target := filepath.Join(to, pack.ID)
	if err := os.MkdirAll(to, 0o755); err != nil {
		return err
	}
	// What is there, a link too, is somebody else's.
	if err := os.Mkdir(target, 0o755); errors.Is(err, fs.ErrExist) {
		return a.fail(exitUsage, "error.new.exists", target)
	} else if err != nil {
		return err
	}
	if err := copyPack(fsys, target); err != nil {
		return errors.Join(err, os.RemoveAll(target))
	}
	_, err = fmt.Fprintln(a.stdout, a.label("rules.add.made", pack.ID, pack.Version, target, pack.SHA256[:12]))
	return err
}

// clone fetches a repository with the git of the system; "#REF" behind the URL
// names a branch or tag. Nothing in it is run.
func (a *app) clone(ctx context.Context, source, dir string) error {
	url, ref, _ := strings.Cut(source, "#")
	safe := []string{"-c", "core.hooksPath=" + os.DevNull, "-c", "protocol.ext.allow=never", "-c", "core.symlinks=false"}
	fetch := append(slices.Clone(safe), "clone", "--quiet", "--depth", "1", "--no-recurse-submodules", "--no-checkout")
	if ref != "" {
		fetch = append(fetch, "--branch="+ref)
	}
	ctx, cancel := context.WithTimeout(ctx, gitTime)
	defer cancel()
	if _, err := a.git(ctx, url, append(fetch, "--", url, dir)...); err != nil {
		return err
	}
	// How large the files are is known before any is written.
	list, err := a.git(ctx, url, append(slices.Clone(safe), "-C", dir, "ls-tree", "-r", "-l", "HEAD")...)
	if err != nil {
		return err
	}
	total := int64(0)
	for line := range strings.Lines(list) {
		if f := strings.Fields(line); len(f) > 3 {
			size, _ := strconv.ParseInt(f[3], 10, 64) // "-" for a submodule
			total += size
		}
	}
	if total > maxAdded {
		return a.fail(exitUsage, "error.git", url, fmt.Sprintf("%d MB", total>>20))
	}
	_, err = a.git(ctx, url, append(slices.Clone(safe), "-C", dir, "checkout", "--quiet", "HEAD")...)
	return err
}

// git runs the git of the system and returns what it says.
func (a *app) git(ctx context.Context, url string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.Env = append(os.Environ(), "GIT_TERMINAL_PROMPT=0", "GIT_SSH_COMMAND=ssh -oBatchMode=yes")
	cmd.WaitDelay = time.Second
	said, err := cmd.CombinedOutput()
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return "", a.fail(exitInterrupted, "error.interrupted.add")
	case errors.Is(err, exec.ErrNotFound):
		return "", a.fail(exitUsage, "error.git.none")
	case err != nil:
		return "", a.fail(exitUsage, "error.git", url, strings.TrimSpace(string(said)))
	}
	return string(said), nil
}

// copyPack writes the rules, cases and explanations of a pack into a new folder.
func copyPack(fsys fs.FS, target string) error {
	left := int64(maxAdded)
	return fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != "." && strings.HasPrefix(path.Base(name), "."):
			return fs.SkipDir
		case !e.Type().IsRegular() || !slices.Contains([]string{".yaml", ".txtar", ".md"}, path.Ext(name)):
			return nil
		}
		in, err := fsys.Open(name)
		if err != nil {
			return err
		}
		defer in.Close()
		data, err := io.ReadAll(io.LimitReader(in, left+1))
		if left -= int64(len(data)); err == nil && left < 0 {
			err = fmt.Errorf("the pack is larger than %d bytes", maxAdded)
		}
		if err != nil {
			return err
		}
		file := filepath.Join(target, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		return os.WriteFile(file, data, 0o644)
	})
}

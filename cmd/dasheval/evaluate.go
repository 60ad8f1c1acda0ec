package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dasheval/checker"
	"dasheval/checker/evidence"
	"dasheval/checker/extract"
	"dasheval/checker/report"
	"dasheval/rules"

	"github.com/spf13/cobra"
)

// pack loads the rule pack that the settings name: a folder, a .zip file or one
// that the program carries.
func (a *app) pack(s *settings) (*rules.Pack, error) {
	name := s.text("pack")
	if name == "" {
		name = rules.Standard
	}
	pack, _, err := a.loadPack(name)
	if err != nil {
		return nil, err
	}
	if a.frozen {
		return pack, a.locked(pack)
	}
	return pack, nil
}

// packOf loads the rule pack that the settings of a command name.
func (a *app) packOf(cmd *cobra.Command) (*rules.Pack, error) {
	s, err := a.load(cmd, nil)
	if err != nil {
		return nil, err
	}
	return a.pack(s)
}

// loadPack loads the pack with the name. Its files come with it.
func (a *app) loadPack(name string) (*rules.Pack, fs.FS, error) {
	fsys, lib, err := a.packFiles(name)
	if err != nil {
		return nil, nil, err
	}
	// Much is made and nothing dropped while a pack is read.
	tuneGC(gcLoad)
	defer tuneGC(gcSmall)
	pack, err := rules.Load(fsys, lib)
	if err != nil {
		return nil, nil, a.rulesError(name, err)
	}
	return pack, fsys, nil
}

// bound reports what the engine finds wrong in a pack. A library may have no words
// to read by, and is then nothing to bind.
func (a *app) bound(pack *rules.Pack, name string) error {
	if len(pack.Vocabulary.Patterns) == 0 {
		return nil
	}
	if _, err := checker.Bind(pack); err != nil {
		return a.rulesError(name, err)
	}
	return nil
}

// packFiles opens the pack with the name, and the library of what it extends.
func (a *app) packFiles(name string) (fs.FS, rules.Library, error) {
	if fsys, err := rules.Builtins(name); err == nil {
		return fsys, nil, nil
	}
	if _, err := os.Stat(name); err != nil {
		return nil, nil, a.fail(exitUsage, "error.pack", name, strings.Join(rules.BuiltinIDs(), ", "))
	}
	fsys, lib, err := rules.Open(name)
	if err != nil {
		return nil, nil, a.fail(exitUsage, "error.pack.open", err)
	}
	return fsys, lib, nil
}

// rulesError shows the mistakes of a pack, each with the line that it is in.
func (a *app) rulesError(name string, err error) error {
	var b strings.Builder
	mistakes := rules.Mistakes(err)
	if len(mistakes) == 0 {
		return err
	}
	fmt.Fprintln(&b, a.label("error.rules", name, len(mistakes)))
	for _, m := range mistakes {
		fmt.Fprintln(&b, m.Error())
		for line := range strings.Lines(m.Excerpt()) {
			fmt.Fprintln(&b, "    "+strings.TrimRight(line, "\n"))
		}
	}
	return &exitError{exitUsage, b.String()}
}

// aimed reports a predicate that the pack knows nothing of.
func (a *app) aimed(s *settings, pack *rules.Pack) error {
	known, value := pack.Predicates(), s.text("predicate")
	if value == "" || slices.Contains(known, value) {
		return nil
	}
	_, origin := s.value("predicate")
	if len(known) == 0 {
		return a.fail(exitUsage, "error.predicate.none", a.origin("predicate", origin), value, pack.ID)
	}
	return a.fail(exitUsage, "error.setting", a.origin("predicate", origin), value, a.label("error.setting.predicate", strings.Join(known, ", ")))
}

// exist reports every path that is not there.
func (a *app) exist(paths []string) error {
	var errs []error
	for _, p := range paths {
		if _, err := os.Stat(p); err != nil {
			errs = append(errs, a.fail(exitUsage, "error.path", p))
		}
	}
	return errors.Join(errs...)
}

// config turns settings into those of the library.
func (a *app) config(s *settings) (checker.Config, error) {
	roots, err := a.trust(s)
	return checker.Config{
		Workers: s.number("workers"), Today: s.today(), Year: s.number("year"), Predicate: s.text("predicate"),
		Lang: a.say.Lang(), Unit: s.unit(), CacheDir: cacheDir(), Engine: s.text("engine"), MaxSize: s.size("max-size"), MaxTime: s.duration("max-time"),
		MaxMemory: s.size("max-memory"), Worker: workerCommand(), OCR: s.ocr(),
		Trust: roots, Version: version, Log: a.log(),
	}, err
}

// cacheDir is where compiled code is kept, "" if the user has no such place.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "dasheval")
}

// inputs returns what every reading of piles needs: the rules, the evidence at
// paths and the settings of the library.
func (a *app) inputs(s *settings, paths []string) (*rules.Pack, evidence.Source, checker.Config, error) {
	pack, err := a.pack(s)
	if err != nil {
		return nil, nil, checker.Config{}, err
	}
	if err := a.aimed(s, pack); err != nil {
		return nil, nil, checker.Config{}, err
	}
	src, err := evidence.Roots(paths, evidence.Options{})
	if err != nil {
		return nil, nil, checker.Config{}, err
	}
	cfg, err := a.config(s)
	return pack, src, cfg, err
}

// evaluate checks the piles at paths. An interrupted run gives both a report,
// marked partial, and an error.
func (a *app) evaluate(ctx context.Context, s *settings, paths []string, quiet bool) (*report.Report, error) {
	if err := a.exist(paths); err != nil {
		return nil, err
	}
	pack, src, cfg, err := a.inputs(s, paths)
	if err != nil {
		return nil, err
	}
	if file := s.text("waivers"); file != "" {
		if cfg.Decisions, err = a.decisions(file); err != nil {
			return nil, err
		}
	}
	bar := a.progress(quiet)
	cfg.Progress = func(read, found int) {
		if read == largePile {
			tuneGC(gcLarge)
		}
		bar.step(read, found)
	}
	r, err := checker.Run(ctx, pack, src, cfg)
	bar.done()
	switch {
	case err == nil:
		return r, nil
	case errors.Is(err, checker.ErrNothing):
		return nil, a.nothing(paths)
	case ctx.Err() != nil:
		return r, a.fail(exitInterrupted, "error.interrupted")
	case errors.Is(err, checker.ErrReading):
		return nil, a.unreadable(err)
	}
	return nil, err
}

// unreadable turns an error of reading into one for people.
func (a *app) unreadable(err error) error {
	switch {
	case errors.Is(err, extract.ErrNoOCR):
		return a.fail(exitUsage, "error.ocr.none", after(err, extract.ErrNoOCR))
	case errors.Is(err, extract.ErrOCRLanguage):
		return a.fail(exitUsage, "error.ocr.language", strings.TrimPrefix(after(err, extract.ErrOCRLanguage), ": "))
	}
	return a.fail(exitInternal, "error.reading", err)
}

// after returns what the text of err says behind that of cause.
func after(err, cause error) string {
	_, rest, _ := strings.Cut(err.Error(), cause.Error())
	return rest
}

func (a *app) nothing(paths []string) error {
	return a.fail(exitNothing, "error.nothing", strings.Join(paths, ", "))
}

package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"dasheval/checker/report"
)

// An output is one report to write: its form, and its file or "-" for standard
// output.
type output struct {
	format report.Format
	file   string
}

// formName is what looks like the name of a form before a colon, and not like the
// drive of a path.
var formName = regexp.MustCompile(`^[a-z][a-z0-9-]+$`)

// outputs reads the values of --out: FORM:FILE, or FILE alone whose form is that
// of --format or of the ending of its name. None means standard output.
func (a *app) outputs(values []string, s *settings) ([]output, error) {
	chosen := *report.FormatNamed(s.text("format"))
	_, origin := s.value("format")
	var outs []output
	var errs []error
	for _, v := range values {
		name, file, found := strings.Cut(v, ":")
		name = strings.ToLower(name)
		if f := report.FormatNamed(name); found && f != nil {
			outs = append(outs, output{*f, file})
			continue
		}
		if found && formName.MatchString(name) {
			errs = append(errs, a.fail(exitUsage, "error.out.form", v, name, formatNames()))
			continue
		}
		o := output{chosen, v}
		if origin.layer == "default" && v != "-" {
			if f := report.FormatNamed(v); f != nil && filepath.Ext(v) == "" {
				o = output{*f, "-"} // -o digest
			} else if f := formatEnding(filepath.Ext(v)); f != nil {
				o.format = *f
			}
		}
		outs = append(outs, o)
	}
	if len(outs) == 0 {
		outs = []output{{chosen, "-"}}
	}
	for i, o := range outs {
		if o.file == "" {
			outs[i].file = "-"
		}
		if outs[i].file == "-" && o.format.Binary && terminal(a.stdout) {
			errs = append(errs, a.fail(exitUsage, "error.out.screen", o.format.Name, o.format.Name, o.format.Ext))
		}
	}
	return outs, errors.Join(errs...)
}

// plainly reports a form that only reports have, for commands that write text or
// JSON.
func (a *app) plainly(s *settings) error {
	value, from := s.value("format")
	if value == "text" || value == "json" {
		return nil
	}
	return a.fail(exitUsage, "error.setting", a.origin("format", from), value, a.label("error.setting.format", "text, json"))
}

// formatEnding returns the format that files with the ending hold, or nil.
func formatEnding(ext string) *report.Format {
	for _, f := range report.Formats() {
		if f.Ext != "" && strings.EqualFold(f.Ext, ext) {
			return &f
		}
	}
	return nil
}

// files lists where the outputs go.
func files(outs []output) []string {
	var names []string
	for _, o := range outs {
		names = append(names, o.file)
	}
	return names
}

// writable reports at once, before the long work, that a report could not be
// written for want of a folder, or must not be: what lies in the pile is
// evidence, and is never written to.
func (a *app) writable(pile []string, files ...string) error {
	var errs []error
	seen := map[string]bool{}
	for _, f := range files {
		if f == "" || f == "-" {
			continue
		}
		info, err := os.Stat(filepath.Dir(f))
		if err != nil || !info.IsDir() {
			errs = append(errs, a.fail(exitUsage, "error.out", f, filepath.Dir(f)))
			continue
		}
		target := resolved(f)
		if seen[target] {
			errs = append(errs, a.fail(exitUsage, "error.out.twice", f))
		}
		seen[target] = true
		if info, err := os.Stat(f); err == nil && info.IsDir() {
			errs = append(errs, a.fail(exitUsage, "error.out.folder", f))
		} else if err == nil && !info.Mode().IsRegular() {
			continue // a pipe or a device is written to as it is
		} else if probe, err := os.CreateTemp(filepath.Dir(f), ".dasheval-*"); err != nil {
			errs = append(errs, a.fail(exitUsage, "error.out.denied", f, filepath.Dir(f)))
		} else {
			_ = probe.Close()
			_ = os.Remove(probe.Name())
		}
		for _, p := range pile {
			if p == "" {
				continue
			}
			if rel, err := filepath.Rel(resolved(p), target); err == nil && filepath.IsLocal(rel) {
				errs = append(errs, a.fail(exitUsage, "error.out.pile", f, p))
			}
		}
	}
	return errors.Join(errs...)
}

// resolved returns the place that a path leads to, links followed as far as
// they exist.
func resolved(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		path = abs
	}
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return real
	}
	if dir, err := filepath.EvalSymlinks(filepath.Dir(path)); err == nil {
		return filepath.Join(dir, filepath.Base(path))
	}
	return path
}

// lacking turns an error of writing into one for people.
func (a *app) lacking(file string, err error) error {
	var e *report.QuestionsError
	if errors.Is(err, report.ErrTemplate) {
		return a.fail(exitUsage, "error.letter.template")
	}
	if !errors.As(err, &e) {
		return a.fail(exitInternal, "error.write", file, err)
	}
	return a.fail(exitUsage, "error.questions.items", len(e.Items), strings.Join(e.Items, ", "))
}

// writeAll writes the report on the pile to every output.
func (a *app) writeAll(r *report.Report, outs []output, opt report.Options, pile []string) error {
	var errs []error
	for _, o := range outs { // one that fails loses no other
		opt.Base = base(o.file, pile)
		errs = append(errs, a.write(r, o, opt))
	}
	return errors.Join(errs...)
}

// base leads from the folder of a file to that of the pile, as an address; "" if
// the pile is no one folder, or lies nowhere that leads from there.
func base(file string, pile []string) string {
	if file == "-" || len(pile) != 1 {
		return ""
	}
	if info, err := os.Stat(pile[0]); err != nil || !info.IsDir() {
		return ""
	}
	rel, err := filepath.Rel(filepath.Dir(resolved(file)), resolved(pile[0]))
	if err != nil {
		return ""
	}
	return (&url.URL{Path: filepath.ToSlash(rel)}).EscapedPath()
}

// write writes the report to a file, or to standard output if that is "-".
func (a *app) write(r *report.Report, o output, opt report.Options) error {
	if o.file == "-" {
		b := bufio.NewWriter(a.stdout)
		if err := errors.Join(o.format.Write(b, r, a.say.Lang(), opt), b.Flush()); err != nil {
			return a.lacking("stdout", err)
		}
		return nil
	}
	opt.Color = false
	err := replace(o.file, func(w io.Writer) error { return o.format.Write(w, r, a.say.Lang(), opt) })
	if err != nil {
		return a.lacking(o.file, err)
	}
	if terminal(a.stderr) { // a person wants to know where it is
		a.note("note.written", o.file)
	}
	return nil
}

// replace writes a file anew. Until all of it is written, an earlier one of the name
// stays; a link is followed, and what is no regular file (a pipe, a device) is
// written to as it is.
func replace(file string, write func(io.Writer) error) (err error) {
	file = resolved(file)
	mode := os.FileMode(0o666)
	if info, err := os.Stat(file); err == nil {
		mode = info.Mode().Perm()
		if !info.Mode().IsRegular() {
			f, err := os.OpenFile(file, os.O_WRONLY, 0)
			if err != nil {
				return err
			}
			return written(f, write)
		}
	}
	part := fmt.Sprintf("%s.%08x.part", file, rand.Uint32())
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	if err = written(f, write); err == nil {
		err = os.Rename(part, file)
	}
	if err != nil {
		_ = os.Remove(part)
	}
	return err
}

func written(f *os.File, write func(io.Writer) error) error {
	b := bufio.NewWriter(f)
	return errors.Join(write(b), b.Flush(), f.Close())
}

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"dasheval/checker/extract"
	"dasheval/checker/report"

	"github.com/spf13/cobra"
)

// A doctor says what is installed and what is missing.
type doctor struct {
	*app
	lines []string
	lacks bool
}

func newDoctor(a *app) *cobra.Command {
	cmd := a.command("doctor", "doctor", func(cmd *cobra.Command, _ []string) error {
		s, err := a.load(cmd, nil)
		if err != nil {
			return err
		}
		d := &doctor{app: a}
		d.good("doctor.program", version, runtime.GOOS+"/"+runtime.GOARCH)
		d.good("doctor.pdf", strings.Join(extract.Engines(), ", "))
		d.ocr(cmd, s)
		d.cache()
		d.trusted(s)
		if d.lacks {
			a.code = report.ExitInconclusive
		}
		return a.print(strings.NewReader(strings.Join(d.lines, "\n") + "\n"))
	})
	cmd.Args = a.needs(0, 0, "")
	a.settingFlags(cmd, "ocr", "ocr-lang", "tesseract", "trust")
	return cmd
}

func (d *doctor) line(mark, key string, args ...any) {
	d.lines = append(d.lines, mark+" "+printable(d.label(key, args...)))
}
func (d *doctor) good(key string, args ...any) { d.line("✓", key, args...) }
func (d *doctor) note(key string, args ...any) { d.line("-", key, args...) }

func (d *doctor) lack(key string, args ...any) {
	d.lacks = true
	d.line("✗", key, args...)
}

// more adds lines below the last one.
func (d *doctor) more(key string, args ...any) {
	for line := range strings.Lines(d.label(key, args...)) {
		d.lines = append(d.lines, "    "+strings.TrimRight(line, "\n"))
	}
}

func (d *doctor) ocr(cmd *cobra.Command, s *settings) {
	if s.text("ocr") == extract.OCROff {
		d.note("doctor.ocr.off")
		return
	}
	p, err := extract.FindOCR(cmd.Context(), s.ocr())
	switch {
	case errors.Is(err, extract.ErrOCRLanguage):
		d.lack("doctor.ocr.language", p.Version, p.Path, strings.Join(p.Languages, " "))
	case errors.Is(err, extract.ErrOCRFails):
		d.lack("doctor.ocr.fails", p.Version, p.Path)
	case err != nil:
		d.lack("doctor.ocr.none")
		d.more("doctor.ocr.effect")
	default:
		d.good("doctor.ocr", p.Version, p.Path, p.Language)
		if s.text("ocr-lang") == "" && p.Language != indonesian {
			d.lack("doctor.ocr.english")
			break
		}
		return
	}
	d.more("doctor.ocr.install." + installation())
}

// indonesian is the language that is read with if nothing else is asked for.
const indonesian = "ind"

// installation names the instructions for this system.
func installation() string {
	switch runtime.GOOS {
	case "windows", "darwin":
		return runtime.GOOS
	}
	return "linux"
}

func (d *doctor) cache() {
	dir := cacheDir()
	if dir == "" {
		d.note("doctor.cache.none")
		return
	}
	err := os.MkdirAll(dir, 0o700)
	if err == nil {
		var f *os.File
		if f, err = os.CreateTemp(dir, "*.tmp"); err == nil {
			err = errors.Join(f.Close(), os.Remove(f.Name()))
		}
	}
	if err != nil {
		d.note("doctor.cache.closed", dir)
		return
	}
	d.good("doctor.cache", dir, fmt.Sprintf("%.0f MB", float64(size(dir))/(1<<20)))
}

// size adds up the files below dir, as far as they can be seen.
func size(dir string) int64 {
	var n int64
	_ = filepath.Walk(dir, func(_ string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			n += info.Size()
		}
		return nil
	})
	return n
}

func (d *doctor) trusted(s *settings) {
	roots, err := d.trust(s)
	switch {
	case err != nil:
		d.lacks = true
		d.lines = append(d.lines, "✗ "+printable(err.Error()))
	case len(roots) == 0:
		d.note("doctor.trust.none")
	default:
		d.good("doctor.trust", len(roots), s.text("trust"))
		for _, c := range roots {
			d.lines = append(d.lines, "    "+printable(fmt.Sprintf("%s, %s", c.Subject.CommonName, c.NotAfter.Format("2006-01-02"))))
		}
	}
}

package ocr

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// What can be wrong with text recognition.
var (
	// ErrNone says that there is no tesseract on this machine.
	ErrNone = errors.New("tesseract is not installed")
	// ErrLanguage says that tesseract lacks the data of a language.
	ErrLanguage = errors.New("tesseract lacks a language")
	// ErrTime says that a page took longer than it may.
	ErrTime = errors.New("text recognition takes too long")
)

// languages are those that are looked for, best first: the second one costs a
// quarter more time than the first and reads Indonesian no better, the last one
// slightly worse.
var languages = []string{"ind", "ind+eng", "eng"}

// A Program is a tesseract that works.
type Program struct {
	Path      string   // of the executable
	Version   string   // such as "5.3.0"
	Languages []string // installed, sorted
	Language  string   // read with, such as "ind" or "ind+eng"
	// PageTime is the longest time for one page; 0 means one minute.
	PageTime time.Duration

	env  []string
	data string // folder of the language data, "" if it does not say
}

// Find returns the tesseract to use: the one at path, which may be a folder, if
// it is not empty; else one beside this program, as in a portable folder; else
// the one that the system finds. language is what to read with, "" means
// Indonesian or else English.
//
// Its error wraps [ErrNone] or [ErrLanguage]; with the latter comes the
// program.
func Find(ctx context.Context, path, language string) (*Program, error) {
	for _, c := range candidates(path) {
		p := &Program{Path: c}
		if p.ask(ctx) {
			return p, p.choose(language)
		}
	}
	if path != "" {
		return nil, fmt.Errorf("%w: %s", ErrNone, path)
	}
	return nil, ErrNone
}

// candidates lists where the program may be, best first.
func candidates(path string) []string {
	name := "tesseract"
	if runtime.GOOS == "windows" {
		name += ".exe"
	}
	if path != "" {
		if abs, err := filepath.Abs(path); err == nil {
			path = abs // else the system looks for it in the path
		}
		return []string{path, filepath.Join(path, name)}
	}
	var out []string
	if self, err := os.Executable(); err == nil {
		if real, err := filepath.EvalSymlinks(self); err == nil {
			self = real
		}
		dir := filepath.Dir(self)
		out = append(out, filepath.Join(dir, name), filepath.Join(dir, "tesseract", name))
	}
	if found, err := exec.LookPath(name); err == nil {
		out = append(out, found)
	}
	if runtime.GOOS == "windows" { // its installer does not set the path
		for _, root := range []string{"ProgramFiles", "LOCALAPPDATA"} {
			if dir := os.Getenv(root); dir != "" {
				out = append(out, filepath.Join(dir, "Tesseract-OCR", name), filepath.Join(dir, "Programs", "Tesseract-OCR", name))
			}
		}
	}
	return out
}

// ask asks the program what it is and knows. It reports whether it answers as
// tesseract does.
func (p *Program) ask(ctx context.Context) bool {
	if info, err := os.Stat(p.Path); err != nil || info.IsDir() {
		return false
	}
	const enough = 20 * time.Second // a virus scanner may look at it first
	ctx, cancel := context.WithTimeout(ctx, enough)
	defer cancel()
	p.env = environment(p.Path)
	version, err := p.output(ctx, "--version")
	if err != nil {
		return false
	}
	words := strings.Fields(version)
	if len(words) < 2 || words[0] != "tesseract" {
		return false
	}
	p.Version = strings.TrimPrefix(words[1], "v")
	list, err := p.output(ctx, "--list-langs")
	if err != nil {
		return false
	}
	head, rest, _ := strings.Cut(list, "\n")
	if parts := strings.Split(head, `"`); len(parts) == 3 {
		p.data = parts[1]
	}
	for line := range strings.Lines(rest) {
		if l := strings.TrimSpace(line); l != "" {
			p.Languages = append(p.Languages, l)
		}
	}
	slices.Sort(p.Languages)
	return true
}

// output returns what the program says, on either stream: versions differ.
func (p *Program) output(ctx context.Context, args ...string) (string, error) {
	b, err := p.command(ctx, args...).CombinedOutput()
	return string(b), err
}

func (p *Program) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.Path, args...)
	cmd.Env = p.env
	cmd.SysProcAttr = attributes()
	cmd.WaitDelay = 2 * time.Second
	return cmd
}

// environment returns what the program has to know of its surroundings. One
// thread for each page: pages are read side by side.
func environment(path string) []string {
	env := []string{"OMP_THREAD_LIMIT=1", "LC_ALL=C"}
	for _, name := range []string{"SYSTEMROOT", "TEMP", "TMP", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"} {
		if v, ok := os.LookupEnv(name); ok {
			env = append(env, name+"="+v)
		}
	}
	// A portable folder holds the data beside the program.
	data := filepath.Join(filepath.Dir(path), "tessdata")
	if info, err := os.Stat(data); err == nil && info.IsDir() {
		return append(env, "TESSDATA_PREFIX="+data)
	}
	if v, ok := os.LookupEnv("TESSDATA_PREFIX"); ok {
		env = append(env, "TESSDATA_PREFIX="+v)
	}
	return env
}

// choose sets the language to read with.
func (p *Program) choose(language string) error {
	wanted := languages
	if language != "" {
		wanted = []string{language}
	}
	for _, l := range wanted {
		if !slices.ContainsFunc(strings.Split(l, "+"), func(one string) bool { return !slices.Contains(p.Languages, one) }) {
			p.Language = l
			return nil
		}
	}
	return fmt.Errorf("%w: %s", ErrLanguage, wanted[0])
}

// models tells the language data that p reads with apart from other data of the
// same language: by their length.
func (p *Program) models() string {
	var out []string
	for _, l := range strings.Split(p.Language, "+") {
		size := int64(0)
		if info, err := os.Stat(filepath.Join(p.data, l+".traineddata")); err == nil && p.data != "" {
			size = info.Size()
		}
		out = append(out, fmt.Sprintf("%s:%d", l, size))
	}
	return strings.Join(out, "+")
}

// maxTable is longer than what is read on one page, in bytes.
const maxTable = 900 << 10

// A Layout tells how the text of a picture is laid out.
type Layout byte

// The layouts, by their numbers in tesseract's page segmentation modes.
const (
	Page  Layout = 3 // a page of any kind
	Block Layout = 6 // lines below one another
)

// Valid reports whether l is one of the layouts.
func (l Layout) Valid() bool { return l == Page || l == Block }

// Read reads a picture, a PGM file of so many pixels per inch, and returns a
// table for [Parse]. Its error is that of ctx, wraps [ErrTime], or says
// that the program failed.
func (p *Program) Read(ctx context.Context, pgm []byte, dpi int, layout Layout) ([]byte, error) {
	limit := p.PageTime
	if limit <= 0 {
		limit = time.Minute
	}
	page, cancel := context.WithTimeoutCause(ctx, limit, ErrTime)
	defer cancel()
	// The table is asked for by its variable: a portable folder may lack the
	// file of settings of that name.
	cmd := p.command(page, "stdin", "stdout", "--dpi", strconv.Itoa(dpi), "-l", p.Language, "--psm", strconv.Itoa(int(layout)), "-c", "tessedit_create_tsv=1")
	cmd.Stdin = bytes.NewReader(pgm)
	out := &limited{left: maxTable}
	cmd.Stdout = out
	err := cmd.Run()
	switch {
	case ctx.Err() != nil:
		return nil, context.Cause(ctx)
	case page.Err() != nil:
		return nil, fmt.Errorf("%w: more than %s for a page", ErrTime, limit)
	case err != nil:
		return nil, fmt.Errorf("run tesseract: %w", err)
	}
	return out.b, nil
}

// A limited writer keeps the first bytes.
type limited struct {
	b    []byte
	left int
}

func (l *limited) Write(b []byte) (int, error) {
	n := min(len(b), l.left)
	l.b = append(l.b, b[:n]...)
	l.left -= n
	return len(b), nil
}

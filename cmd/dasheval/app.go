package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"strings"

	"dasheval/checker/words"

	"golang.org/x/term"
)

// Exit codes that no report decides; the others are those of report.ExitCode.
const (
	exitUsage       = 2
	exitNothing     = 4
	exitInternal    = 70
	exitInterrupted = 130
)

// An app is what the commands share during one call of run.
type app struct {
	stdout, stderr io.Writer
	say            *words.Catalogue
	verbose        bool
	frozen         bool // rules must be those of the lock file
	code           int  // exit code of a command that did its work
}

// run is the program: it does what args ask and returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (code int) {
	a := &app{stdout: stdout, stderr: stderr}
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(stderr, "dasheval: %s\n", a.label("error.internal", r))
			code = exitInternal
		}
	}()
	if err := a.speak(earlyLang(args)); err != nil {
		fmt.Fprintf(stderr, "dasheval: %v\n", err)
		return exitUsage
	}
	root := newRoot(a)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return a.code
	}
	for line := range strings.SplitSeq(strings.TrimSpace(err.Error()), "\n") {
		fmt.Fprintf(stderr, "dasheval: %s\n", printable(line))
	}
	var e *exitError
	switch {
	case errors.As(err, &e):
		return e.code
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitUsage
}

// speak sets the language of messages, "" meaning the default.
func (a *app) speak(lang string) error {
	say, err := words.New(lang)
	if errors.Is(err, words.ErrLanguage) {
		// The one message that cannot be in the language asked for.
		if a.say, err = words.New(""); err != nil {
			return err
		}
		return a.fail(exitUsage, "error.lang", lang, strings.Join(words.Languages(), ", "))
	}
	a.say = say
	return err
}

// label renders a label even before a language is known.
func (a *app) label(key string, args ...any) string {
	if a.say == nil {
		return key
	}
	return a.say.Label(key, args...)
}

// earlyLang finds the language before flags are parsed, because help and
// mistakes in flags need it.
func earlyLang(args []string) string {
	for i, arg := range args {
		if arg == "--" {
			break
		}
		if v, ok := strings.CutPrefix(arg, "--lang="); ok {
			return v
		}
		if arg == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	return os.Getenv("DASHEVAL_LANG")
}

// An exitError ends the program with a code and a message for the user.
type exitError struct {
	code int
	text string
}

func (e *exitError) Error() string { return e.text }

// fail returns an error with a code, its text the label with its args.
func (a *app) fail(code int, key string, args ...any) error {
	return &exitError{code, a.label(key, args...)}
}

// note tells the user something that stops nothing.
func (a *app) note(key string, args ...any) {
	fmt.Fprintf(a.stderr, "dasheval: %s\n", printable(a.label(key, args...)))
}

// log returns the log of the operator: standard error if asked for, else nil.
func (a *app) log() *slog.Logger {
	if !a.verbose {
		return nil
	}
	return slog.New(slog.NewTextHandler(a.stderr, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// terminal reports whether w is a terminal.
func terminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

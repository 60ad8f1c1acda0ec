package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dasheval/checker/extract"
	"dasheval/checker/profile"
	"dasheval/checker/report"
	"dasheval/checker/words"
	"dasheval/rules"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"
)

// A setting is one value that a flag, the environment, the settings file or
// the default gives. Its name is that of the flag and of the key in the file;
// in the environment it is DASHEVAL_NAME.
type setting struct {
	name     string
	fallback string
	// valid reports whether a value that is not empty can be used; the label
	// error.setting.NAME says what is wanted otherwise.
	valid func(string) bool
	want  []any // what the label names
}

var knownSettings = []setting{
	{"lang", "id", func(s string) bool { _, err := words.New(s); return err == nil }, nil},
	{"format", "text", func(s string) bool { return report.FormatNamed(s) != nil }, []any{formatNames()}},
	{"year", "", func(s string) bool { n, err := strconv.Atoi(s); return err == nil && n >= 2000 && n <= 2100 }, nil},
	{"today", "", func(s string) bool { _, err := time.Parse(time.DateOnly, s); return err == nil }, nil},
	{"predicate", "", nil, nil},
	{"pack", "", nil, nil},
	{"waivers", "", nil, nil},
	{"workers", "", func(s string) bool { n, err := strconv.Atoi(s); return err == nil && n > 0 && n <= 1024 }, nil},
	{"engine", extract.Auto, func(s string) bool { return slices.Contains(extract.Engines(), s) }, []any{strings.Join(extract.Engines(), ", ")}},
	{"max-size", "200MB", func(s string) bool { _, ok := parseSize(s); return ok }, nil},
	{"max-time", "60s", func(s string) bool { d, err := time.ParseDuration(s); return err == nil && d > 0 }, nil},
	{"max-memory", "1GB", func(s string) bool { n, ok := parseSize(s); return ok && n >= minMemory && n <= maxMemory }, nil},
	{"ocr", extract.OCRAuto, func(s string) bool { return slices.Contains(extract.OCRModes(), s) }, []any{strings.Join(extract.OCRModes(), ", ")}},
	{"ocr-lang", "", func(s string) bool { return languageName.MatchString(s) }, nil},
	{"ocr-pages", "60", func(s string) bool { n, err := strconv.Atoi(s); return err == nil && n > 0 && n <= 10_000 }, nil},
	{"ocr-time", "10m", func(s string) bool { d, err := time.ParseDuration(s); return err == nil && d > 0 }, nil},
	{"trust", "", func(s string) bool { info, err := os.Stat(s); return err == nil && info.IsDir() }, nil},
	{"tesseract", "", func(s string) bool { _, err := os.Stat(s); return err == nil }, nil},
}

// languageName is what tesseract calls languages, several joined by "+". It
// becomes an argument of a program.
var languageName = regexp.MustCompile(`^[A-Za-z0-9_]+(\+[A-Za-z0-9_]+)*$`)

// reading names the settings of every command that reads evidence.
var reading = []string{"workers", "engine", "max-size", "max-time", "max-memory", "ocr", "ocr-lang", "ocr-pages", "ocr-time", "tesseract", "trust"}

// What a reading process can be limited to: less does not hold the PDF engine,
// and more it cannot use.
const (
	minMemory = 512 << 20
	maxMemory = 4 << 30
)

// Settings holds the layered settings of one call.
type settings struct {
	v    *viper.Viper
	cmd  *cobra.Command
	file *settingsFile // never nil; without a path if there is no file
}

// settingsName is the file that gives the settings of a pile, in its folder.
const settingsName = "dasheval.yaml"

// load layers the settings for a command on the piles at paths: flag over
// environment over file over default. All mistakes come at once. From then on
// the app speaks the language that was set.
func (a *app) load(cmd *cobra.Command, paths []string) (*settings, error) {
	s := &settings{v: viper.New(), cmd: cmd, file: &settingsFile{}}
	s.v.SetEnvPrefix("DASHEVAL")
	s.v.SetEnvKeyReplacer(strings.NewReplacer("-", "_"))
	s.v.AutomaticEnv()
	for _, k := range knownSettings {
		s.v.SetDefault(k.name, k.fallback)
		if f := cmd.Flags().Lookup(k.name); f != nil {
			if err := s.v.BindPFlag(k.name, f); err != nil {
				return nil, err
			}
		}
	}
	path, named, err := a.settingsPath(cmd, paths)
	if err != nil {
		return nil, err
	}
	if path != "" {
		if s.file, err = a.readSettings(path); err != nil {
			return nil, err
		}
		if err := a.trusted(s.file, named); err != nil {
			return nil, err
		}
		if err := s.v.MergeConfigMap(s.file.values); err != nil {
			return nil, err
		}
	}
	var errs []error
	for _, k := range knownSettings {
		value, origin := s.value(k.name)
		if value != "" && k.valid != nil && !k.valid(value) {
			errs = append(errs, a.fail(exitUsage, "error.setting", a.origin(k.name, origin), value, a.label("error.setting."+k.name, k.want...)))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s, a.speak(s.text("lang"))
}

// settingsPath returns the settings file to read, "" if there is none.
func (a *app) settingsPath(cmd *cobra.Command, paths []string) (path string, named bool, err error) {
	own := os.Getenv("DASHEVAL_CONFIG")
	if f := cmd.Flags().Lookup("config"); f != nil && f.Changed {
		own = f.Value.String()
	}
	if own != "" {
		if _, err := os.Stat(own); err != nil {
			return "", false, a.fail(exitUsage, "error.path", own)
		}
		return own, true, nil
	}
	found := ""
	for _, p := range paths {
		file := filepath.Join(p, settingsName)
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		if found != "" && found != file {
			return "", false, a.fail(exitUsage, "error.config.two", found, file)
		}
		found = file
	}
	return found, false, nil
}

// ours names the settings that a pile must not give for itself: whoever hands it in
// would choose which program runs here, whom to trust, and what does not count.
var ours = []string{"pack", "tesseract", "trust", "waivers"}

// trusted reports settings in the file of a pile that only the user may give. A file
// that the user has named may hold them.
func (a *app) trusted(f *settingsFile, named bool) error {
	var errs []error
	for _, name := range ours {
		value, has := f.values[name]
		if _, err := rules.Builtins(fmt.Sprint(value)); name == "pack" && err == nil {
			continue // nothing that comes with the pile
		}
		if has && !named {
			errs = append(errs, a.fail(exitUsage, "error.config.ours", f.at(name)+": "+name, name, strings.ToUpper("dasheval_"+name)))
		}
	}
	return errors.Join(errs...)
}

// An origin is the layer that a value comes from.
type origin struct {
	layer string // flag, env, file or default
	place string // the flag, the variable, or file and line
}

// value returns a setting and where it comes from.
func (s *settings) value(name string) (string, origin) {
	value := s.v.GetString(name)
	variable := "DASHEVAL_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	switch {
	case s.cmd.Flags().Changed(name):
		return value, origin{"flag", "--" + name}
	case os.Getenv(variable) != "":
		return value, origin{"env", variable}
	case s.v.InConfig(name):
		return value, origin{"file", s.file.at(name)}
	}
	return value, origin{"default", ""}
}

// origin names a setting at the place it comes from, for messages.
func (a *app) origin(name string, o origin) string {
	switch o.layer {
	case "file":
		return o.place + ": " + name
	case "default":
		return name
	}
	return o.place
}

func (s *settings) text(name string) string { return s.v.GetString(name) }

func (s *settings) number(name string) int { n, _ := strconv.Atoi(s.text(name)); return n }

func (s *settings) today() time.Time {
	t, _ := time.Parse(time.DateOnly, s.text("today"))
	return t
}

func (s *settings) size(name string) int64 { n, _ := parseSize(s.text(name)); return n }

func (s *settings) duration(name string) time.Duration {
	d, _ := time.ParseDuration(s.text(name))
	return d
}

// ocr returns how the text of pictures is to be recognised.
func (s *settings) ocr() extract.OCR {
	return extract.OCR{
		Mode: s.text("ocr"), Language: s.text("ocr-lang"), Program: s.text("tesseract"),
		MaxPages: s.number("ocr-pages"), MaxTime: s.duration("ocr-time"), CacheDir: cacheDir(),
	}
}

// unit returns the profile that the settings file gives, or nil.
func (s *settings) unit() *profile.Unit { return s.file.unit }

// parseSize reads a number of bytes such as 200MB, 64KB or 1048576.
func parseSize(s string) (int64, bool) {
	s = strings.ToUpper(strings.TrimSpace(s))
	unit := int64(1)
	for _, u := range []struct {
		name string
		size int64
	}{{"GB", 1 << 30}, {"MB", 1 << 20}, {"KB", 1 << 10}, {"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}, {"B", 1}} {
		if rest, ok := strings.CutSuffix(s, u.name); ok {
			s, unit = strings.TrimSpace(rest), u.size
			break
		}
	}
	n, err := strconv.ParseInt(s, 10, 64)
	return n * unit, err == nil && n > 0 && n <= (1<<62)/unit
}

// formatNames lists the forms of a report.
func formatNames() string {
	var names []string
	for _, f := range report.Formats() {
		names = append(names, f.Name)
	}
	return strings.Join(names, ", ")
}

// settingFlags adds the flags of the named settings, and --config, to a command.
func (a *app) settingFlags(cmd *cobra.Command, names ...string) {
	for _, name := range names {
		cmd.Flags().String(name, "", a.label("flag."+name))
	}
	cmd.Flags().String("config", "", a.label("flag.config"))
}

package cases

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"dasheval/checker/profile"
	"dasheval/rules"

	"golang.org/x/tools/txtar"
)

// A Suite is one file of cases.
type Suite struct {
	Path     string // of the file, within the pack
	About    string // what it shows, in words
	Settings Settings
	Cases    []*Case // the first holds all files of the suite, the others change them
}

// Settings are what cases are judged by.
type Settings struct {
	Year     int
	Today    time.Time
	Unit     *profile.Unit // nil means inferred from the evidence
	Criteria []string      // codes whose findings without a document are wanted too
}

// A Case is evidence and the findings wanted of it.
type Case struct {
	Name  string // "" for the first
	Pos   rules.Pos
	Files []File
	Want  []Want
}

// A File is one evidence file of a case. A name without .pdf or .docx stands for
// both: the case then runs once with each.
type File struct {
	Name   string
	Markup string // see testpdf.Layout
}

// A Want is one finding or verdict that a case wants. Empty parts may be
// anything.
type Want struct {
	Pos      rules.Pos
	ID       string // of a finding, or "" for a verdict
	Severity string
	Where    string // the file, or the evidence line of a finding without one; the item of a verdict
	Place    string // page number, or "¶" and the number of a paragraph; "-" for none
	Quote    *string
	Rest     []string // section, field or evidence line
	Verdict  string
}

// String returns the want as it is written.
func (w Want) String() string {
	if w.ID == "" {
		return "verdict " + w.Where + " " + w.Verdict
	}
	parts := []string{w.ID}
	for _, s := range []string{w.Severity, w.Where, w.Place} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	if w.Quote != nil {
		parts = append(parts, strconv.Quote(*w.Quote))
	}
	return strings.Join(append(parts, w.Rest...), " ")
}

// Limits of the cases of a pack.
const (
	maxSuite  = 1 << 20 // bytes of a file, and of the evidence that it makes
	maxSuites = 1000
	maxTotal  = 16 << 20 // bytes of all files
	maxFiles  = 200      // of evidence in a suite
	maxLines  = 20_000   // of a suite
)

// Load reads all suites of a pack, in order of path. All mistakes come joined.
func Load(pack fs.FS) ([]*Suite, error) {
	var out []*Suite
	l := &loader{}
	total := 0
	err := fs.WalkDir(pack, "tests", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil && name == "tests":
			return fs.SkipAll // a pack without cases
		case err != nil:
			return err
		case e.IsDir() || path.Ext(name) != ".txtar":
			return nil
		}
		if !e.Type().IsRegular() {
			return fmt.Errorf("%s is a link or no file; packs hold files of their own", name)
		}
		if len(out) == maxSuites {
			l.mistake(rules.Pos{File: name}, "the pack has more than %d files of cases", maxSuites)
			return fs.SkipAll
		}
		data, err := read(pack, name)
		if err != nil {
			return err
		}
		if len(data) > maxSuite {
			l.mistake(rules.Pos{File: name}, "the file is larger than %d bytes", maxSuite)
			return nil
		}
		if total += len(data); total > maxTotal {
			l.mistake(rules.Pos{File: name}, "the cases of the pack are larger than %d bytes", maxTotal)
			return fs.SkipAll
		}
		out = append(out, l.suite(name, data))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read cases: %w", err)
	}
	return out, l.joined()
}

// read reads a file up to one byte more than allowed.
func read(pack fs.FS, name string) ([]byte, error) {
	f, err := pack.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSuite+1))
}

type loader struct {
	file     string
	mistakes []error
	sources  map[string][]byte // suites with mistakes may be shown
}

func (l *loader) joined() error {
	return rules.Cite(errors.Join(l.mistakes...), func(file string) []byte { return l.sources[file] })
}

func (l *loader) mistake(pos rules.Pos, format string, args ...any) {
	l.mistakes = append(l.mistakes, &rules.Mistake{Pos: pos, Text: fmt.Sprintf(format, args...)})
}

// isControl reports whether a character steers a terminal and stands in no text.
func isControl(r rune) bool { return r != '\n' && r != '\t' && r != '\r' && unicode.IsControl(r) }

// A line is one line of a suite with its number.
type line struct {
	n    int
	text string
}

const (
	wantSection = "want"
	casePrefix  = "case:"
)

func (l *loader) suite(name string, data []byte) *Suite {
	l.file = name
	if l.sources == nil {
		l.sources = map[string][]byte{}
	}
	l.sources[name] = data
	s := &Suite{Path: name}
	if at := strings.IndexFunc(string(data), isControl); at >= 0 || !utf8.Valid(data) || bytes.Count(data, []byte("\n")) > maxLines {
		s.Cases = []*Case{{}}
		l.mistake(rules.Pos{File: name}, "the file is no plain text in UTF-8 of at most %d lines", maxLines)
		return s
	}
	ar := txtar.Parse(data)
	if len(ar.Files) > maxFiles {
		ar.Files = ar.Files[:maxFiles]
		l.mistake(rules.Pos{File: name}, "the suite has more than %d sections", maxFiles)
	}
	first := &Case{Pos: rules.Pos{File: name, Line: 1, Column: 1}}
	s.Cases = []*Case{first}
	at := 1 + strings.Count(string(ar.Comment), "\n")
	l.settings(s, lines(ar.Comment, 1))
	wanted := false
	for _, f := range ar.Files {
		body := lines(f.Data, at+1)
		at += 1 + strings.Count(string(f.Data), "\n")
		title, isCase := strings.CutPrefix(f.Name, casePrefix)
		switch {
		case f.Name == wantSection:
			wanted = true
			first.Want = l.wants(body)
		case isCase:
			pos := rules.Pos{File: name, Line: body.at - 1, Column: 1}
			s.Cases = append(s.Cases, l.change(first, strings.TrimSpace(title), pos, body.lines))
		case !fs.ValidPath(f.Name):
			l.mistake(rules.Pos{File: name, Line: body.at - 1, Column: 1}, "%q is no path inside a pile", f.Name)
		default:
			if len(s.Cases) > 1 {
				l.mistake(rules.Pos{File: name, Line: body.at - 1, Column: 1}, "file %q stands behind a case; files come first", f.Name)
			}
			first.Files = append(first.Files, File{f.Name, string(f.Data)})
		}
	}
	if !wanted {
		l.mistake(first.Pos, "there is no section %q; it lists the findings, or is empty", wantSection)
	}
	if len(first.Files) == 0 {
		l.mistake(first.Pos, "there is no evidence file, such as \"-- sk --\"")
	}
	return s
}

// A body is the lines of a section.
type body struct {
	at    int // number of the first
	lines []line
}

func lines(data []byte, at int) body {
	b := body{at: at}
	for text := range strings.Lines(string(data)) {
		b.lines = append(b.lines, line{at + len(b.lines), strings.TrimRight(text, "\r\n")})
	}
	return b
}

func (l *loader) pos(x line) rules.Pos { return rules.Pos{File: l.file, Line: x.n, Column: 1} }

// settingKeys are what the comment of a suite may set.
var settingKeys = []string{"year", "today", "unit", "ministry", "head", "criteria"}

func (l *loader) settings(s *Suite, b body) {
	var about []string
	set := &s.Settings
	unit := &profile.Unit{}
	for _, x := range b.lines {
		key, value, ok := strings.Cut(x.text, ":")
		if !ok || !slices.Contains(settingKeys, key) {
			if near := rules.Nearest(key, settingKeys); ok && near != "" && !strings.Contains(key, " ") {
				l.mistake(l.pos(x), "%q is no setting; did you mean %q?", key, near)
			}
			about = append(about, x.text)
			continue
		}
		value = strings.TrimSpace(value)
		var err error
		switch key {
		case "year":
			set.Year, err = strconv.Atoi(value)
		case "today":
			set.Today, err = time.Parse(time.DateOnly, value)
		case "unit":
			unit.Name, set.Unit = value, unit
		case "ministry":
			unit.Ministry = value
		case "head":
			var h profile.Official
			if h, err = official(value); err == nil {
				unit.Heads = append(unit.Heads, h)
			}
		case "criteria":
			set.Criteria = append(set.Criteria, strings.Fields(value)...)
		}
		if err != nil {
			l.mistake(l.pos(x), "%s: %q: %v", key, value, err)
		}
	}
	if set.Unit == nil && (unit.Ministry != "" || len(unit.Heads) > 0) {
		l.mistake(rules.Pos{File: l.file, Line: 1, Column: 1}, "ministry and head want the line \"unit: NAME\"")
	}
	s.About = strings.TrimSpace(strings.Join(about, "\n"))
	if set.Year == 0 {
		l.mistake(rules.Pos{File: l.file, Line: 1, Column: 1}, "the line \"year: 2025\" is missing: by which year is it judged?")
	}
	if set.Today.IsZero() {
		set.Today = time.Date(set.Year, 12, 31, 0, 0, 0, 0, time.UTC)
	}
}

// official reads "NAME | NIP | TITLE | FROM | TO"; what follows the name may
// lack.
func official(s string) (profile.Official, error) {
	var parts [5]string
	given := strings.Split(s, "|")
	if len(given) > len(parts) {
		return profile.Official{}, fmt.Errorf("want NAME | NIP | TITLE | FROM | TO")
	}
	for i, p := range given {
		parts[i] = strings.TrimSpace(p)
	}
	out := profile.Official{Name: parts[0], NIP: parts[1], Title: parts[2]}
	for i, day := range []*time.Time{&out.From, &out.To} {
		if s := parts[3+i]; s != "" {
			d, err := time.Parse(time.DateOnly, s)
			if err != nil {
				return out, err
			}
			*day = d
		}
	}
	return out, nil
}

// wants reads the lines of a section that lists findings.
func (l *loader) wants(b body) []Want {
	var out []Want
	for _, x := range b.lines {
		if s := strings.TrimSpace(x.text); s != "" && !strings.HasPrefix(s, "#") {
			out = append(out, l.want(x, s))
		}
	}
	return out
}

// want reads "ID [SEVERITY] [FILE|LINE [PAGE]] ["QUOTE"] [REST]", or "verdict
// CODE VERDICT".
func (l *loader) want(x line, s string) Want {
	w := Want{Pos: l.pos(x)}
	if before, after, ok := strings.Cut(s, ` "`); ok {
		end := strings.LastIndex(after, `"`)
		quote := ""
		var err error
		if end >= 0 {
			quote, err = strconv.Unquote(`"` + after[:end+1])
		}
		if end < 0 || err != nil {
			l.mistake(w.Pos, "a quote stands between two quotation marks")
			return w
		}
		w.Quote, w.Rest = &quote, strings.Fields(after[end+1:])
		s = before
	}
	f := strings.Fields(s)
	if len(f) == 0 {
		l.mistake(w.Pos, "want the id of a finding, such as \"signature.none\"")
		return w
	}
	if f[0] == "verdict" {
		if len(f) != 3 {
			l.mistake(w.Pos, "want \"verdict CODE VERDICT\", such as \"verdict A.I.1.i.a met\"")
			return w
		}
		w.Where, w.Verdict = f[1], f[2]
		return w
	}
	w.ID, f = f[0], f[1:]
	if len(f) > 0 && slices.Contains([]string{"error", "warning", "info"}, f[0]) {
		w.Severity, f = f[0], f[1:]
	}
	if n := len(f); n > 1 && isPlace(f[n-1]) {
		w.Place, f = f[n-1], f[:n-1]
	}
	w.Where = strings.Join(f, " ") // names of files may hold spaces
	return w
}

func isPlace(s string) bool {
	_, err := strconv.Atoi(strings.TrimPrefix(s, "¶"))
	return s == "-" || err == nil && len(s) < 4 // names of files end in years
}

// changeKeys are the lines of a case that changes the first.
var changeKeys = []string{"file", "replace", "with", "remove", "after", "add", "want", "verdict"}

// change makes a case of another by what the lines say:
//
//	file: NAME       the next lines are about this file; else about the only one, or all
//	replace: TEXT    wherever it stands …
//	with: TEXT       … by this
//	remove: TEXT     drops every line that holds it
//	after: TEXT      behind the line that holds it …
//	add: LINE        … or at the end of the file
//	want: FINDING    one line each; none means that nothing is found
//	verdict: CODE VERDICT
//
// "\t" and "\n" stand for a tab and the end of a line.
func (l *loader) change(first *Case, name string, pos rules.Pos, body []line) *Case {
	c := &Case{Name: name, Pos: pos, Files: slices.Clone(first.Files)}
	if name == "" {
		l.mistake(pos, "a case has a name, as in \"-- case: no number --\"")
	}
	target, old, behind := "", "", ""
	var pending line // a "replace" or "after" that waits for what follows
	escaped := strings.NewReplacer(`\t`, "\t", `\n`, "\n")
	for _, x := range body {
		if s := strings.TrimSpace(x.text); s == "" || strings.HasPrefix(s, "#") {
			continue
		}
		key, value, ok := strings.Cut(x.text, ":")
		value = strings.TrimPrefix(value, " ")
		if !ok || !slices.Contains(changeKeys, key) {
			near := ""
			if ok {
				near = rules.Nearest(key, changeKeys)
			}
			if near != "" {
				near = fmt.Sprintf("; did you mean %q?", near)
			}
			l.mistake(l.pos(x), "a line of a case begins with one of %s and a colon%s", strings.Join(changeKeys, ", "), near)
			continue
		}
		text := escaped.Replace(value)
		if pending.n > 0 && key != "with" && key != "add" {
			l.mistake(l.pos(pending), "nothing follows: \"replace\" wants \"with\", and \"after\" wants \"add\"")
			pending = line{}
		}
		changed := true
		switch key {
		case "file":
			target = value
			if !slices.ContainsFunc(c.Files, func(f File) bool { return f.Name == value }) {
				l.mistakes = append(l.mistakes, rules.UnknownName(l.pos(x), "file", value, fileNames(c)))
			}
		case "replace":
			old, pending = text, x
		case "with":
			changed = old != "" && c.edit(target, func(s string) string {
				if len(s)+strings.Count(s, old)*(len(text)-len(old)) > maxSuite {
					l.mistake(l.pos(x), "the evidence grows beyond %d bytes", maxSuite)
					return s
				}
				return strings.ReplaceAll(s, old, text)
			})
			old, pending = "", line{}
		case "remove":
			changed = c.edit(target, func(s string) string { return without(s, text) })
		case "after":
			behind, pending = text, x
		case "add":
			changed = c.edit(target, func(s string) string {
				if len(s)+len(text) > maxSuite {
					l.mistake(l.pos(x), "the evidence grows beyond %d bytes", maxSuite)
					return s
				}
				return insert(s, behind, text)
			})
			behind, pending = "", line{}
		case "want":
			c.Want = append(c.Want, l.want(x, strings.TrimSpace(value)))
		case "verdict":
			c.Want = append(c.Want, l.want(x, "verdict "+strings.TrimSpace(value)))
		}
		if !changed {
			l.mistake(l.pos(x), "%s: this changes nothing: the text does not stand in the first case", key)
		}
	}
	if pending.n > 0 {
		l.mistake(l.pos(pending), "nothing follows: \"replace\" wants \"with\", and \"after\" wants \"add\"")
	}
	return c
}

// edit changes the file with the name, or all of them, and reports whether that
// made a difference.
func (c *Case) edit(name string, f func(string) string) bool {
	changed := false
	for i := range c.Files {
		if name != "" && c.Files[i].Name != name {
			continue
		}
		s := f(c.Files[i].Markup)
		changed = changed || s != c.Files[i].Markup
		c.Files[i].Markup = s
	}
	return changed
}

// without drops the lines that hold text.
func without(s, text string) string {
	var b strings.Builder
	for x := range strings.Lines(s) {
		if !strings.Contains(x, text) {
			b.WriteString(x)
		}
	}
	return b.String()
}

// insert puts a line behind the first that holds behind, or at the end.
func insert(s, behind, text string) string {
	if behind == "" {
		return s + text + "\n"
	}
	var b strings.Builder
	done := false
	for x := range strings.Lines(s) {
		b.WriteString(x)
		if !done && strings.Contains(x, behind) {
			b.WriteString(text + "\n")
			done = true
		}
	}
	return b.String()
}

// compareWants orders wants so that the ones that say most choose first.
func compareWants(a, b Want) int {
	weight := func(w Want) int {
		n := 2 * len(w.Rest)
		if w.Quote != nil {
			n += 3
		}
		for _, s := range []string{w.Severity, w.Where, w.Place} {
			if s != "" {
				n++
			}
		}
		return n
	}
	return cmp.Compare(weight(b), weight(a))
}

// Own returns the suites whose path holds one of the names, all of them if there
// is none.
func Own(suites []*Suite, names []string) []*Suite {
	if len(names) == 0 {
		return suites
	}
	return slices.DeleteFunc(slices.Clone(suites), func(s *Suite) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return strings.Contains(s.Path, n) })
	})
}

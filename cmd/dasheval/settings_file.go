package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dasheval/checker/profile"
	"dasheval/checker/words"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// A settingsFile is dasheval.yaml as read.
type settingsFile struct {
	path   string
	values map[string]any // settings by name, as written
	lines  map[string]int
	unit   *profile.Unit // nil if the file names no unit
}

func (f *settingsFile) at(name string) string { return fmt.Sprintf("%s:%d", f.path, f.lines[name]) }

// unitKeys and headKeys are the keys of a unit and of one of its heads.
var (
	unitKeys = []string{"name", "aliases", "ministry", "staff", "heads"}
	headKeys = []string{"name", "nip", "title", "from", "to", "acting"}
)

// Limits of a settings file: bytes, and brackets, which the parser would nest
// at great cost.
const (
	maxSettings = 64 << 10
	maxBrackets = 1000
)

// readSettings reads dasheval.yaml. Keys and kinds that do not belong there
// are mistakes with file and line, and all of them come at once.
func (a *app) readSettings(path string) (*settingsFile, error) {
	// The file of a pile is as foreign as its evidence.
	info, err := os.Stat(path)
	if err != nil {
		return nil, a.fail(exitUsage, "error.path", path)
	}
	if !info.Mode().IsRegular() || info.Size() > maxSettings {
		return nil, a.fail(exitUsage, "error.config.kind", path)
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, a.fail(exitUsage, "error.path", path)
	}
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // as Notepad begins a file
	if !utf8.Valid(raw) || bytes.IndexByte(raw, 0) >= 0 {
		return nil, a.fail(exitUsage, "error.config.encoding", path)
	}
	if bytes.Count(raw, []byte("["))+bytes.Count(raw, []byte("{")) > maxBrackets {
		return nil, a.fail(exitUsage, "error.config.kind", path)
	}
	doc, err := parser.ParseBytes(raw, 0)
	if err != nil {
		return nil, a.fail(exitUsage, "error.config.yaml", place(path, err))
	}
	f := &settingsFile{path: path, values: map[string]any{}, lines: map[string]int{}}
	var errs []error
	for _, d := range doc.Docs {
		switch d.Body.(type) {
		case nil, *ast.NullNode, *ast.CommentGroupNode, *ast.MappingNode, *ast.MappingValueNode:
		default:
			return nil, a.fail(exitUsage, "error.config.mapping", path)
		}
		for key, value := range entries(d.Body) {
			name, line := key.GetToken().Value, key.GetToken().Position.Line
			f.lines[name] = line
			switch scalar, ok := value.(ast.ScalarNode); {
			case name == "unit":
				errs = append(errs, a.readUnit(f, value))
			case !isSetting(name):
				errs = append(errs, a.unknownKey(path, line, name, settingNames()))
			case !ok:
				errs = append(errs, a.fail(exitUsage, "error.config.scalar", f.at(name), name))
			case scalar.Type() != ast.NullType:
				f.values[name] = scalar.GetToken().Value
			}
		}
	}
	return f, errors.Join(errs...)
}

// entries yields the keys and values of a mapping; any other node has none.
func entries(n ast.Node) func(func(ast.Node, ast.Node) bool) {
	return func(yield func(ast.Node, ast.Node) bool) {
		var values []*ast.MappingValueNode
		switch n := n.(type) {
		case *ast.MappingNode:
			values = n.Values
		case *ast.MappingValueNode:
			values = []*ast.MappingValueNode{n}
		}
		for _, v := range values {
			if !yield(v.Key, v.Value) {
				return
			}
		}
	}
}

func isSetting(name string) bool {
	for _, k := range knownSettings {
		if k.name == name {
			return true
		}
	}
	return false
}

// settingNames lists every key that may stand in the file.
func settingNames() []string {
	names := []string{"unit"}
	for _, k := range knownSettings {
		names = append(names, k.name)
	}
	return names
}

func (a *app) unknownKey(path string, line int, name string, known []string) error {
	at := fmt.Sprintf("%s:%d", path, line)
	if near := words.Nearest(name, known, 1); len(near) > 0 {
		return a.fail(exitUsage, "error.config.near", at, name, near[0])
	}
	return a.fail(exitUsage, "error.config.key", at, name, strings.Join(known, ", "))
}

// readUnit reads the profile of the unit.
func (a *app) readUnit(f *settingsFile, node ast.Node) error {
	var errs []error
	for key, value := range entries(node) {
		errs = append(errs, a.known(f.path, key, unitKeys))
		if list, ok := value.(*ast.SequenceNode); ok && key.GetToken().Value == "heads" {
			for _, head := range list.Values {
				for key := range entries(head) {
					errs = append(errs, a.known(f.path, key, headKeys))
				}
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	var in struct {
		Name     string
		Aliases  []string
		Ministry string
		Staff    int
		Heads    []struct {
			Name, NIP, Title, From, To string
			Acting                     bool
		}
	}
	if err := yaml.NodeToValue(node, &in); err != nil {
		return a.fail(exitUsage, "error.config.yaml", place(f.path, err))
	}
	at := f.at("unit")
	f.unit = &profile.Unit{Name: in.Name, Aliases: in.Aliases, Ministry: in.Ministry, Staff: in.Staff}
	for _, h := range in.Heads {
		from, errFrom := a.day(at, h.From)
		to, errTo := a.day(at, h.To)
		nip := strings.ReplaceAll(h.NIP, " ", "")
		if _, err := strconv.ParseUint(nip, 10, 64); nip != "" && (err != nil || len(nip) != 18) {
			errs = append(errs, a.fail(exitUsage, "error.config.nip", at, h.NIP))
		}
		errs = append(errs, errFrom, errTo)
		f.unit.Heads = append(f.unit.Heads, profile.Official{
			Name: h.Name, NIP: nip, Title: h.Title, From: from, To: to, Acting: h.Acting,
		})
	}
	return errors.Join(errs...)
}

func (a *app) known(path string, key ast.Node, keys []string) error {
	t := key.GetToken()
	for _, k := range keys {
		if k == t.Value {
			return nil
		}
	}
	return a.unknownKey(path, t.Position.Line, t.Value, keys)
}

// day reads a day of the file; "" is an open end.
func (a *app) day(at, s string) (time.Time, error) {
	if s == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return t, a.fail(exitUsage, "error.setting", at+": unit.heads", s, a.label("error.setting.today"))
	}
	return t, nil
}

// place writes an error of the YAML library on one line, as FILE:LINE:COLUMN.
func place(path string, err error) string {
	text, _, _ := strings.Cut(err.Error(), "\n")
	if rest, ok := strings.CutPrefix(text, "["); ok {
		if at, message, ok := strings.Cut(rest, "] "); ok {
			return path + ":" + at + ": " + message
		}
	}
	return path + ": " + text
}

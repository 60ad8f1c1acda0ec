// Package words holds every sentence that dasheval says to a reader, in
// Indonesian and English.
//
// The main idea is that words come last: stages and reports carry ids and
// parameters, and a [Catalogue] turns them into sentences when the language of
// the reader is known. The sentences are data, one set of files for each
// language. The package promises that all languages hold the same keys and that
// every sentence reads well with any of its parameters absent.
package words

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"text/template"

	"github.com/goccy/go-yaml"
)

//go:embed *.yaml
var files embed.FS

// languages lists the codes of the languages, the default first.
var languages = []string{"id", "en"}

// Languages returns the codes of the known languages, the default first.
func Languages() []string { return slices.Clone(languages) }

// ErrLanguage is wrapped by the error of [New] for a language that is not
// known.
var ErrLanguage = errors.New("unknown language")

// A Catalogue renders messages in one language. It is safe for concurrent use.
type Catalogue struct {
	lang     string
	findings map[string]sentence
	labels   map[string]string
}

// A sentence is what is wrong and what to do about it.
type sentence struct{ text, fix *template.Template }

// New returns the catalogue of a language, "" meaning the default. The error
// for an unknown language wraps [ErrLanguage] and names the known ones.
func New(lang string) (*Catalogue, error) {
	if lang == "" {
		lang = languages[0]
	}
	if !slices.Contains(languages, lang) {
		return nil, fmt.Errorf("%w %q; known are %s", ErrLanguage, lang, strings.Join(languages, ", "))
	}
	c := &Catalogue{lang: lang, findings: map[string]sentence{}, labels: map[string]string{}}
	names, err := fs.Glob(files, lang+"*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		if err := c.load(name); err != nil {
			return nil, fmt.Errorf("load words %s: %w", name, err)
		}
	}
	return c, nil
}

func (c *Catalogue) load(name string) error {
	raw, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	var in struct {
		Findings map[string]struct {
			Text string `yaml:"text"`
			Fix  string `yaml:"fix"`
		} `yaml:"findings"`
		Labels map[string]string `yaml:"labels"`
	}
	if err := yaml.UnmarshalWithOptions(raw, &in, yaml.Strict()); err != nil {
		return err
	}
	for _, id := range slices.Sorted(maps.Keys(in.Findings)) {
		f := in.Findings[id]
		text, errText := c.parse(id, f.Text)
		fix, errFix := c.parse(id+" (fix)", f.Fix)
		if err := errors.Join(errText, errFix); err != nil {
			return err
		}
		c.findings[id] = sentence{text, fix}
	}
	maps.Copy(c.labels, in.Labels)
	return nil
}

func (c *Catalogue) parse(name, text string) (*template.Template, error) {
	return template.New(name).Option("missingkey=zero").Funcs(template.FuncMap{
		"date":   c.Dates,
		"period": c.Periods,
		"window": c.Window,
	}).Parse(text)
}

// Lang returns the code of the language.
func (c *Catalogue) Lang() string { return c.lang }

// Knows reports whether there is a message for the finding id.
func (c *Catalogue) Knows(id string) bool {
	_, ok := c.findings[id]
	return ok
}

// Finding renders the message of a finding and the action that mends it. Absent
// parameters count as empty. A parameter that is a phrase of the rules comes in
// both languages, the English one as NAME_en. An unknown id gives the id and no
// action.
func (c *Catalogue) Finding(id string, params map[string]string) (message, fix string) {
	s, ok := c.findings[id]
	if !ok {
		return id, ""
	}
	params = c.own(params)
	return render(s.text, params), render(s.fix, params)
}

// own returns the parameters with those of the language in place of the others.
func (c *Catalogue) own(params map[string]string) map[string]string {
	out := maps.Clone(params)
	for name, value := range params {
		if plain, ok := strings.CutSuffix(name, "_"+c.lang); ok && value != "" {
			out[plain] = value
		}
	}
	return out
}

// render executes t. A template that fails is a mistake in the catalogue, which
// the tests find; a reader still gets what was rendered.
func render(t *template.Template, params map[string]string) string {
	if params == nil {
		params = map[string]string{}
	}
	var b strings.Builder
	if err := t.Execute(&b, params); err != nil {
		return t.Name()
	}
	return strings.TrimSpace(b.String())
}

// Has reports whether the label exists.
func (c *Catalogue) Has(key string) bool {
	_, ok := c.labels[key]
	return ok
}

// Label returns the label with its args put in as by [fmt.Sprintf]. An unknown
// key is returned as it is.
func (c *Catalogue) Label(key string, args ...any) string {
	text, ok := c.labels[key]
	switch {
	case !ok:
		return key
	case len(args) == 0:
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Name returns the label "kind.name", or the name itself if there is none: names
// such as match reasons can be newer than the catalogue.
func (c *Catalogue) Name(kind, name string) string {
	if text, ok := c.labels[kind+"."+name]; ok {
		return text
	}
	return name
}

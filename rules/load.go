package rules

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
)

// maxFile is the largest file of a pack, in bytes.
const maxFile = 4 << 20

//go:embed packs/lke-zi-2021/*.yaml packs/lke-zi-2021/types/*.yaml packs/lke-zi-2021/criteria/*.yaml
var packs embed.FS

// Builtin returns the pack that the program carries: LKE ZI 2021.
func Builtin() (*Pack, error) {
	sub, err := fs.Sub(packs, "packs/lke-zi-2021")
	if err != nil {
		return nil, err
	}
	return Load(sub)
}

// Load reads the pack in fsys, in the layout of docs/rules.md. If the pack has
// mistakes, the error joins a [*Mistake] for each, sorted by file and position,
// and the pack is nil.
func Load(fsys fs.FS) (*Pack, error) {
	files, err := packFiles(fsys)
	if err != nil {
		return nil, err
	}
	l := &loader{
		decoder: decoder{places: map[any]Pos{}},
		pack: &Pack{
			items:      map[string]*Item{},
			types:      map[string]*Type{},
			Vocabulary: &Vocabulary{},
		},
	}
	digest := sha256.New()
	for _, name := range files {
		data, err := readFile(fsys, name)
		if err != nil {
			return nil, err
		}
		if len(data) > maxFile {
			l.mistake(Pos{File: name}, "the file is larger than %d bytes", maxFile)
			l.unparsed = true
			continue
		}
		fmt.Fprintf(digest, "%s\x00%d\x00", name, len(data))
		digest.Write(data)
		l.readInto(name, data)
	}
	for _, name := range []string{"pack.yaml", "vocabulary.yaml", "subjects.yaml"} {
		if !slices.Contains(files, name) {
			l.mistake(Pos{File: name}, "the file is missing")
			l.unparsed = true
		}
	}
	if !l.unparsed { // else what the file names would count as unknown
		l.link()
		l.validate()
	}
	if len(l.mistakes) > 0 {
		slices.SortStableFunc(l.mistakes, compareMistakes)
		var errs []error
		for _, m := range l.mistakes {
			errs = append(errs, m)
		}
		return nil, errors.Join(errs...)
	}
	l.pack.SHA256 = hex.EncodeToString(digest.Sum(nil))
	l.pack.scanner = newScanner(l.patterns)
	return l.pack, nil
}

// packFiles lists the YAML files of a pack in order of name. The folder tests
// holds cases, not rules.
func packFiles(fsys fs.FS) ([]string, error) {
	var out []string
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name == "tests":
			return fs.SkipDir
		case !e.IsDir() && slices.Contains([]string{".yaml", ".yml"}, path.Ext(name)):
			out = append(out, name)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list pack: %w", err)
	}
	slices.Sort(out)
	return out, nil
}

// readFile reads a file up to one byte more than allowed.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read pack: %w", err)
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read pack: %s: %w", name, err)
	}
	return data, nil
}

// A loader builds a pack from its files.
type loader struct {
	decoder
	pack  *Pack
	found []*Item // as they stand in the files
	codes map[string]bool
}

// header is what pack.yaml holds, next to what the rest of the pack adds.
type header struct {
	ID          string                 `yaml:"id,required"`
	Version     string                 `yaml:"version,required"`
	Title       Text                   `yaml:"title,required"`
	Regulation  string                 `yaml:"regulation,required"`
	TotalWeight float64                `yaml:"total_weight,required"`
	AnswerTypes map[string]*AnswerType `yaml:"answer_types,required"`
	Periods     map[string]*period     `yaml:"periods,required"`
	Signers     map[string]*Signer     `yaml:"signers,required"`
	Components  []*Component           `yaml:"components,required"`
	Gates       []*Gate                `yaml:"gates"`
	Severity    map[string]string      `yaml:"severity,required" oneof:"error warning info"`
}

// A period is a PeriodRule as it is written.
type period struct {
	ID      string `yaml:"-"`
	Text    Text   `yaml:"text,required"`
	Years   []int  `yaml:"years"` // first and last, as offsets
	About   bool   `yaml:"about"`
	Months  int    `yaml:"months"`
	InForce bool   `yaml:"in_force"`
}

// readInto decodes one file into its part of the pack.
func (l *loader) readInto(name string, data []byte) {
	dir, _ := path.Split(name)
	switch {
	case name == "pack.yaml":
		var h header
		l.decodeFile(name, data, &h)
		l.header(&h)
	case name == "vocabulary.yaml":
		l.decodeFile(name, data, l.pack.Vocabulary)
	case name == "subjects.yaml":
		l.decodeFile(name, data, &l.pack.Subjects)
	case dir == "types/" && strings.HasSuffix(name, ".yaml"):
		var types []*Type
		l.decodeFile(name, data, &types)
		l.pack.Types = append(l.pack.Types, types...)
	case dir == "criteria/" && strings.HasSuffix(name, ".yaml"):
		var items []*Item
		l.decodeFile(name, data, &items)
		l.found = append(l.found, items...)
	default:
		l.mistake(Pos{File: name},
			"no such file in a pack; it holds pack.yaml, vocabulary.yaml, subjects.yaml, types/*.yaml and criteria/*.yaml")
	}
}

func (l *loader) header(h *header) {
	p := l.pack
	p.ID, p.Version, p.Title, p.Regulation, p.TotalWeight = h.ID, h.Version, h.Title, h.Regulation, h.TotalWeight
	p.Components, p.Gates, p.Severity = h.Components, h.Gates, h.Severity
	p.AnswerTypes, p.Signers = h.AnswerTypes, h.Signers
	l.places[&p.TotalWeight] = l.at(&h.TotalWeight)
	p.Periods = map[string]*PeriodRule{}
	for id, s := range h.Periods {
		r := &PeriodRule{ID: id, Text: s.Text, About: s.About, Months: s.Months}
		ways := 0
		for _, used := range []bool{s.Years != nil, s.Months != 0, s.InForce} {
			if used {
				ways++
			}
		}
		switch at := l.at(&s.ID); {
		case ways != 1:
			l.mistake(at, "period %q wants one of years, months and in_force", id)
		case s.Months < 0:
			l.mistake(at, "period %q has a negative number of months", id)
		case s.Years != nil && (len(s.Years) != 2 || s.Years[0] > s.Years[1]):
			l.mistake(at, "period %q wants the first and the last year, such as [-1, 0]", id)
		case s.Years != nil:
			r.FromYear, r.ToYear = &s.Years[0], &s.Years[1]
		}
		p.Periods[id] = r
	}
}

// share puts the patterns of the vocabulary in place of each "=name" that asks
// for them.
func (l *loader) share(list []*Pattern) []*Pattern {
	var out []*Pattern
	for _, p := range list {
		name, shared := "", false
		if p != nil {
			name, shared = strings.CutPrefix(p.Source, "=")
		}
		switch found := l.pack.Vocabulary.Patterns[name]; {
		case !shared:
			out = append(out, p)
		case found == nil:
			l.mistake(p.Pos, "%s", unknown("pattern list of the vocabulary", name, slices.Collect(maps.Keys(l.pack.Vocabulary.Patterns))))
		default:
			out = append(out, found...)
		}
	}
	return out
}

// link builds the indexes and sets the pointers back to what holds a value.
func (l *loader) link() {
	p := l.pack
	for _, t := range p.Types {
		t.Title, t.Strong, t.Not = l.share(t.Title), l.share(t.Strong), l.share(t.Not)
		for _, s := range t.Sections {
			s.Pattern = l.share(s.Pattern)
		}
		for _, f := range t.Fields {
			f.Label = l.share(f.Label)
		}
	}
	for _, s := range p.Signers {
		s.Titles = l.share(s.Titles)
	}
	for _, s := range p.Subjects {
		s.Pattern = l.share(s.Pattern)
	}
	for _, t := range p.Types {
		if t.ID == "" {
			continue
		}
		if p.types[t.ID] != nil {
			l.mistake(l.at(&t.ID), "document type %q stands already at %s", t.ID, l.at(&p.types[t.ID].ID))
			continue
		}
		p.types[t.ID] = t
	}
	type home struct {
		subarea *Subarea
		area    *Area
		part    *Part
	}
	homes := map[string]home{}
	for _, c := range p.Components {
		for _, part := range c.Parts {
			if len(part.Areas) == 0 {
				homes[part.Code] = home{part: part}
			}
			for _, a := range part.Areas {
				for _, s := range a.Subareas {
					homes[s.Code] = home{s, a, part}
				}
			}
		}
	}
	for _, it := range l.found {
		if it.Code == "" {
			continue
		}
		if first := p.items[it.Code]; first != nil {
			l.mistake(l.at(&it.Code), "item %q stands already at %s", it.Code, l.at(&first.Code))
			continue
		}
		p.items[it.Code] = it
		dot := max(strings.LastIndexByte(it.Code, '.'), 0)
		h, ok := homes[it.Code[:dot]]
		switch {
		case !ok:
			l.mistake(l.at(&it.Code), "item %q belongs to no sub-area of pack.yaml", it.Code)
		case h.subarea != nil:
			h.subarea.Items = append(h.subarea.Items, it)
		default:
			h.part.Items = append(h.part.Items, it)
		}
		it.Subarea, it.Area, it.Part = h.subarea, h.area, h.part
	}
}

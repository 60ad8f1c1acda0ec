package rules

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"golang.org/x/mod/semver"
)

// Limits of a pack, so that one from a stranger costs little before it is
// refused.
const (
	maxFile   = 4 << 20 // bytes of a file
	maxFiles  = 2000
	maxPack   = 64 << 20 // bytes of all files
	maxLayers = 8
)

// Load reads the pack in fsys, in the layout of docs/rules.md. Packs that it
// extends are taken from lib; nil means those that the program carries. If the
// pack has mistakes, the error joins a [*Mistake] for each, sorted by file and
// position, and the pack is nil.
func Load(fsys fs.FS, lib Library) (*Pack, error) {
	if lib == nil {
		lib = Builtins
	}
	l := &loader{
		decoder: decoder{places: map[any]Pos{}, sources: map[string][]byte{}},
		lib:     lib,
		digest:  sha256.New(),
		pack: &Pack{
			items:       map[string]*Item{},
			types:       map[string]*Type{},
			periods:     map[string]Pos{},
			severityAt:  map[string]Pos{},
			AnswerTypes: map[string]*AnswerType{},
			Periods:     map[string]*PeriodRule{},
			Signers:     map[string]*Signer{},
			Severity:    map[string]string{},
			Vocabulary: &Vocabulary{Months: map[string]int{}, Patterns: map[string][]*Pattern{},
				Words: map[string][]string{}, Synonyms: map[string][]string{}},
		},
	}
	if err := l.layer(fsys, "", nil); err != nil {
		return nil, err
	}
	if !l.unparsed { // else what the file names would count as unknown
		l.link()
		l.compile(l.pack.Vocabulary)
		l.validate()
	}
	if len(l.mistakes) > 0 {
		return nil, Cite(l.joined(), func(file string) []byte { return l.sources[file] })
	}
	p := l.pack
	p.SHA256 = hex.EncodeToString(l.digest.Sum(nil))
	p.scanner = newScanner(l.patterns)
	p.places, p.single, p.sources = l.places, l.single, l.sources
	return p, nil
}

// Cite adds to each mistake in err the line that it is in, from the files of the
// pack: what the engine finds is shown like what the loader finds.
func (p *Pack) Cite(err error) error {
	return Cite(err, func(file string) []byte { return p.sources[file] })
}

// lineWith returns the place of a text that a line of a file begins with, or the
// file.
func lineWith(data []byte, file, text string) Pos {
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		if bare := strings.TrimLeft(line, " "); strings.HasPrefix(bare, text) {
			return Pos{file, n, len(line) - len(bare) + 1}
		}
	}
	return Pos{File: file}
}

// layer reads one pack, after the one that it extends. Its files are named
// below prefix in messages; above are the ids of the packs that extend it.
func (l *loader) layer(fsys fs.FS, prefix string, above []string) error {
	files, err := packFiles(fsys)
	if err != nil {
		return err
	}
	data := map[string][]byte{}
	own, total := sha256.New(), 0
	for _, name := range files {
		d, err := readFile(fsys, name)
		if err != nil {
			return err
		}
		total += len(d)
		if len(d) > maxFile {
			l.mistake(Pos{File: prefix + name}, "the file is larger than %d bytes", maxFile)
			l.unparsed = true
			continue
		}
		if total > maxPack {
			l.mistake(Pos{File: prefix + name}, "the pack is larger than %d bytes", maxPack)
			l.unparsed = true
			return nil
		}
		data[name] = d
		l.sources[prefix+name] = d
		for _, h := range []hash.Hash{own, l.digest} {
			fmt.Fprintf(h, "%s\x00%d\x00", prefix+name, len(d))
			h.Write(d)
		}
	}
	if len(files) > maxFiles {
		l.mistake(Pos{File: prefix + files[maxFiles]}, "the pack has more than %d files", maxFiles)
		l.unparsed = true
		return nil
	}
	h := &header{}
	trees := parseAll(prefix, data)
	if tree, ok := trees[packFile]; ok {
		l.decodeFile(prefix+packFile, tree, h)
	} else {
		l.mistake(Pos{File: prefix + packFile}, "the file is missing")
		l.unparsed = true
	}
	if h.Extends != "" {
		if err := l.parent(h, prefix, append(above, h.ID)); err != nil {
			return err
		}
	} else if _, ok := data[vocabularyFile]; !ok && len(h.Components) > 0 {
		l.mistake(Pos{File: prefix + vocabularyFile}, "the file is missing")
		l.unparsed = true
	}
	l.header(h)
	for _, name := range files {
		if tree, ok := trees[name]; ok && name != packFile {
			l.readInto(prefix, name, tree)
		}
	}
	if h.Override.pairs != nil && !l.unparsed {
		l.file = prefix + packFile
		l.override(h.Override)
	}
	if h.ID != "" {
		l.pack.Layers = append(l.pack.Layers, Layer{ID: h.ID, Version: h.Version, SHA256: hex.EncodeToString(own.Sum(nil))})
	}
	return nil
}

// parent reads the pack that h extends.
func (l *loader) parent(h *header, prefix string, above []string) error {
	at := l.at(&h.Extends)
	id, least, _ := strings.Cut(h.Extends, "@")
	switch {
	case !packID.MatchString(id):
		l.mistake(at, "%q names no pack: an id has lower-case letters, digits and hyphens", id)
	case least != "" && !semver.IsValid("v"+least):
		l.mistake(at, "%q is no version, such as 1.2.0", least)
	case slices.Contains(above, id):
		l.mistake(at, "packs extend one another in a circle: %s", strings.Join(append(above, id), " → "))
	case len(above) >= maxLayers:
		l.mistake(at, "more than %d packs extend one another", maxLayers)
	default:
		fsys, err := l.lib(id)
		if err != nil {
			l.mistake(at, "%v", err)
			break
		}
		if err := l.layer(fsys, id+":", above); err != nil {
			return err
		}
		if n := len(l.pack.Layers); n > 0 && least != "" {
			if have := "v" + l.pack.Layers[n-1].Version; semver.Major(have) != semver.Major("v"+least) || semver.Compare(have, "v"+least) < 0 {
				l.mistake(at, "pack %s has version %s, and %s of the same major version or a later one is asked for", id, have[1:], least)
			}
		}
		return nil
	}
	l.unparsed = true
	return nil
}

// The files of a pack.
const (
	packFile       = "pack.yaml"
	vocabularyFile = "vocabulary.yaml"
	subjectsFile   = "subjects.yaml"
)

// packFiles lists the YAML files of a pack in order of name. The folder tests
// holds cases, not rules.
func packFiles(fsys fs.FS) ([]string, error) {
	var out []string
	err := fs.WalkDir(fsys, ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && (name == "tests" || strings.HasPrefix(path.Base(name), ".") && name != "."):
			return fs.SkipDir
		case !e.IsDir() && slices.Contains([]string{".yaml", ".yml"}, path.Ext(name)):
			if !e.Type().IsRegular() {
				return fmt.Errorf("%s is a link or no file; packs hold files of their own", name)
			}
			if out = append(out, name); len(out) > maxFiles+1 {
				return fs.SkipAll
			}
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

// A loader builds a pack from its files and those of the packs it extends.
type loader struct {
	decoder
	lib    Library
	digest hash.Hash
	pack   *Pack
	found  []*Item // as they stand in the files
	codes  map[string]bool
	lines  map[string]bool // ids of all evidence lines
}

// header is what pack.yaml holds, next to what the rest of the pack adds.
type header struct {
	ID      string `yaml:"id,required"`
	URN     string `yaml:"urn"`
	Version string `yaml:"version,required"`
	Title   Text   `yaml:"title,required"`
	// Extends names the pack that this one changes or adds to, with the least
	// version after "@" if that matters.
	Extends     string                 `yaml:"extends"`
	Languages   []string               `yaml:"languages"`
	Effective   effective              `yaml:"effective"`
	Regulation  string                 `yaml:"regulation"`
	TotalWeight float64                `yaml:"total_weight"`
	AnswerTypes map[string]*AnswerType `yaml:"answer_types"`
	Periods     map[string]*period     `yaml:"periods"`
	Signers     map[string]*Signer     `yaml:"signers"`
	Components  []*Component           `yaml:"components"`
	Gates       []*Gate                `yaml:"gates"`
	Severity    map[string]string      `yaml:"severity" oneof:"error warning info"`
	Override    overrides              `yaml:"override"`
}

// effective is the time in which an instrument is in force.
type effective struct {
	From string `yaml:"from"` // YYYY-MM-DD
	To   string `yaml:"to"`
}

// A period is a PeriodRule as it is written.
type period struct {
	ID     string `yaml:"-"`
	Text   Text   `yaml:"text,required"`
	Years  []int  `yaml:"years"` // first and last, as offsets
	About  bool   `yaml:"about"`
	Months int    `yaml:"months"`
	// Sliding lets the months lie anywhere between the first day of the year
	// before and the day of judgement.
	Sliding bool `yaml:"sliding"`
	InForce bool `yaml:"in_force"`
}

// readInto decodes one file into its part of the pack.
func (l *loader) readInto(prefix, name string, tree parsed) {
	p := l.pack
	dir, _ := path.Split(name)
	switch {
	case name == vocabularyFile:
		var v Vocabulary
		l.decodeFile(prefix+name, tree, &v)
		l.vocabulary(&v)
	case name == subjectsFile:
		var subjects []*Subject
		l.decodeFile(prefix+name, tree, &subjects)
		p.Subjects = append(p.Subjects, subjects...)
	case dir == "types/" && strings.HasSuffix(name, ".yaml"):
		var types []*Type
		l.decodeFile(prefix+name, tree, &types)
		p.Types = append(p.Types, types...)
	case dir == "criteria/" && strings.HasSuffix(name, ".yaml"):
		var items []*Item
		l.decodeFile(prefix+name, tree, &items)
		l.found = append(l.found, items...)
	default:
		l.mistake(Pos{File: prefix + name},
			"no such file in a pack; it holds pack.yaml, vocabulary.yaml, subjects.yaml, types/*.yaml and criteria/*.yaml")
	}
}

// join adds the entries of what a pack extends and its own, which may not meet.
func join[T any](l *loader, what string, into map[string]T, own map[string]T, at func(string) Pos) {
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if _, ok := into[name]; ok {
			l.mistake(at(name), "%s %q stands already in the pack that this one extends; what changes it stands under override", what, name)
			continue
		}
		into[name] = own[name]
	}
}

func (l *loader) vocabulary(v *Vocabulary) {
	have := l.pack.Vocabulary
	join(l, "month", have.Months, v.Months, func(string) Pos { return l.at(&v.Months) })
	join(l, "pattern list", have.Patterns, v.Patterns, func(name string) Pos {
		if list := v.Patterns[name]; len(list) > 0 {
			return list[0].Pos
		}
		return l.at(&v.Patterns)
	})
	join(l, "word list", have.Words, v.Words, func(string) Pos { return l.at(&v.Words) })
	join(l, "synonym", have.Synonyms, v.Synonyms, func(string) Pos { return l.at(&v.Synonyms) })
	if v.Affixes != nil {
		have.Affixes = v.Affixes
	}
	if at := l.at(&v.Months); at.Line > 0 {
		l.places[&have.Months] = at
	}
}

func (l *loader) header(h *header) {
	p := l.pack
	p.ID, p.Version, p.Title = h.ID, h.Version, h.Title
	l.places[&p.Title] = l.at(&h.Title)
	l.identity(h)
	if h.Regulation != "" {
		p.Regulation = h.Regulation
		l.places[&p.Regulation] = l.at(&h.Regulation)
	}
	if at := l.at(&h.TotalWeight); at.Line > 0 {
		p.TotalWeight = h.TotalWeight
		l.places[&p.TotalWeight] = at
	}
	p.Components = append(p.Components, h.Components...)
	p.Gates = append(p.Gates, h.Gates...)
	for id := range h.Severity {
		p.severityAt[id] = lineWith(l.sources[l.file], l.file, id+":")
	}
	join(l, "finding", p.Severity, h.Severity, func(string) Pos { return l.at(&h.Severity) })
	join(l, "answer type", p.AnswerTypes, h.AnswerTypes, func(id string) Pos { return l.at(&h.AnswerTypes[id].ID) })
	join(l, "signer", p.Signers, h.Signers, func(id string) Pos { return l.at(&h.Signers[id].ID) })
	periods := map[string]*PeriodRule{}
	for id, s := range h.Periods {
		periods[id] = l.period(id, s)
		p.periods[id] = l.at(&s.ID)
	}
	join(l, "period", p.Periods, periods, func(id string) Pos { return l.at(&h.Periods[id].ID) })
}

// identity checks by what a pack is named and in force.
func (l *loader) identity(h *header) {
	p := l.pack
	if h.ID != "" && !packID.MatchString(h.ID) {
		l.mistake(l.at(&h.ID), "%q is no id of a pack: it has lower-case letters, digits and hyphens", h.ID)
	}
	if h.Version != "" && !semver.IsValid("v"+h.Version) {
		l.mistake(l.at(&h.Version), "%q is no semantic version, such as 1.2.0", h.Version)
	}
	if p.URN = h.URN; p.URN == "" {
		p.URN = "urn:dasheval:pack:" + h.ID
	} else if !urn.MatchString(h.URN) {
		l.mistake(l.at(&h.URN), "%q is no URN, such as urn:dasheval:pack:%s (RFC 8141)", h.URN, h.ID)
	}
	if p.Languages == nil || h.Languages != nil {
		p.Languages = h.Languages
	}
	for i := range h.Languages {
		if lang := h.Languages[i]; lang != "id" && lang != "en" {
			l.mistake(l.at(&h.Languages[i]), "%s", unknown("language", lang, []string{"id", "en"}))
		}
	}
	if p.Languages == nil {
		p.Languages = []string{"id", "en"}
	}
	if h.Effective != (effective{}) {
		p.From, p.To = l.day(&h.Effective.From), l.day(&h.Effective.To)
	}
	if !p.To.IsZero() && p.To.Before(p.From) {
		l.mistake(l.at(&h.Effective.To), "the last day stands before the first")
	}
}

// day reads a date of a pack; "" is the zero time.
func (l *loader) day(s *string) time.Time {
	if *s == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.DateOnly, *s)
	if err != nil {
		l.mistake(l.at(s), "%q is no day, such as 2025-12-31", *s)
	}
	return t
}

// period makes a rule of a period as it is written.
func (l *loader) period(id string, s *period) *PeriodRule {
	r := &PeriodRule{ID: id, Text: s.Text, About: s.About, Months: s.Months, Sliding: s.Sliding}
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
	case s.Sliding && s.Months == 0:
		l.mistake(at, "period %q: only months slide", id)
	case s.About && s.Years == nil:
		l.mistake(at, "period %q: only years can be what a document is about", id)
	case s.Years != nil && (len(s.Years) != 2 || s.Years[0] > s.Years[1]):
		l.mistake(at, "period %q wants the first and the last year, such as [-1, 0]", id)
	case s.Years != nil:
		r.FromYear, r.ToYear = &s.Years[0], &s.Years[1]
	}
	return r
}

// share puts the patterns of the vocabulary in place of each "=name" that asks
// for them.
func (d *decoder) share(list []*Pattern, v *Vocabulary) []*Pattern {
	var out []*Pattern
	for _, p := range list {
		name, shared := "", false
		if p.shared() {
			name, shared = p.Source[1:], true
		}
		switch found := v.Patterns[name]; {
		case !shared:
			out = append(out, p)
		case found == nil:
			d.mistake(p.Pos, "%s", unknown("pattern list of the vocabulary", name, slices.Collect(maps.Keys(v.Patterns))))
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
		t.Title, t.Strong, t.Not = l.share(t.Title, p.Vocabulary), l.share(t.Strong, p.Vocabulary), l.share(t.Not, p.Vocabulary)
		for _, s := range t.Sections {
			s.Pattern = l.share(s.Pattern, p.Vocabulary)
		}
		for _, f := range t.Fields {
			f.Label = l.share(f.Label, p.Vocabulary)
		}
	}
	for _, s := range p.Signers {
		s.Titles = l.share(s.Titles, p.Vocabulary)
	}
	for _, s := range p.Subjects {
		s.Pattern = l.share(s.Pattern, p.Vocabulary)
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
	slices.SortStableFunc(l.found, func(a, b *Item) int { return compareCodes(a.Code, b.Code) })
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

// compareCodes orders codes as people count: numbers by value, letters by
// alphabet. Divisions have the order of pack.yaml.
func compareCodes(a, b string) int {
	for a != "" && b != "" {
		x, restA := codeToken(a)
		y, restB := codeToken(b)
		if c := cmp.Or(len(x)-len(y), strings.Compare(x, y)); c != 0 && isDigit(x) && isDigit(y) {
			return c
		}
		if c := strings.Compare(x, y); c != 0 {
			return c
		}
		a, b = restA, restB
	}
	return len(a) - len(b)
}

// codeToken cuts a run of digits, or of what is none, off a code.
func codeToken(s string) (token, rest string) {
	n := 1
	for n < len(s) && isDigit(s[n:n+1]) == isDigit(s[:1]) {
		n++
	}
	return strings.TrimLeft(s[:n], "0"), s[n:]
}

func isDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

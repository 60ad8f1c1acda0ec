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
	"sync"
	"unicode"

	"golang.org/x/mod/semver"
)

// Limits of a pack, so that one from a stranger costs little before it is
// refused.
const (
	maxFile   = 512 << 10 // bytes of a file
	maxFiles  = 2000
	maxPack   = 8 << 20 // bytes of all files
	maxLayers = 8
	maxSlow   = 500 // patterns without a literal; the built-in packs have some 80
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
		decoder: decoder{places: map[any]Pos{}, sources: sources{}},
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
		return nil, Cite(l.joined(), l.sources.file)
	}
	slow := 0
	for _, p := range l.patterns {
		if p.later == nil && p.literals == nil {
			if slow++; slow > maxSlow {
				return nil, Cite(&Mistake{Pos: p.Pos, Text: fmt.Sprintf(
					"more than %d patterns have no word that a text must hold to match them; each of them is run on every document", maxSlow)}, l.sources.file)
			}
		}
	}
	p := l.pack
	p.SHA256 = hex.EncodeToString(l.digest.Sum(nil))
	patterns := l.patterns
	p.scanner = sync.OnceValue(func() *scanner { return newScanner(patterns) })
	p.places, p.single, p.sources = l.places, l.single, l.sources
	return p, nil
}

// Cite adds to each mistake in err the line that it is in, from the files of the
// pack: what the engine finds is shown like what the loader finds.
func (p *Pack) Cite(err error) error {
	return Cite(err, p.sources.file)
}

// sources holds the files of a pack and of those it extends, by name.
type sources map[string][]byte

func (s sources) file(name string) []byte { return s[name] }

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
	_, carried := fsys.(carriedFS)
	files, err := packFiles(fsys)
	if err != nil {
		return err
	}
	data := map[string][]byte{}
	own, total := sha256.New(), 0
	for _, name := range files {
		if strings.ContainsFunc(name, func(r rune) bool { return r == ':' || unicode.IsControl(r) }) {
			l.mistake(Pos{File: prefix + packFile}, "a file of the pack has a sign in its name that none may have: %q", clip(name))
			l.unparsed = true
			continue
		}
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
	l.defers(carried)
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
	l.defers(carried)
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

// defers sets whether patterns of what is read next are compiled at their first
// use, as those of the packs of the program.
func (l *loader) defers(carried bool) {
	l.later = nil
	if carried {
		l.later = l.pack.Vocabulary
	}
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
		if n := len(l.pack.Layers); n > 0 && l.pack.Layers[n-1].ID != id {
			l.mistake(at, "the pack that stands there is %q", clip(l.pack.Layers[n-1].ID))
		} else if n > 0 && least != "" {
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

// share puts the patterns of the vocabulary in place of each "=name" that asks
// for them.
func (d *decoder) share(list []*Pattern, v *Vocabulary) []*Pattern {
	var out []*Pattern
	named := map[string]bool{}
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
		case !named[name]:
			named[name] = true
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

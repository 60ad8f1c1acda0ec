package rules_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// library serves packs from memory.
func library(packs map[string]map[string]string) rules.Library {
	return func(id string) (fs.FS, error) {
		if p, ok := packs[id]; ok {
			return folder(p), nil
		}
		return nil, errors.New("there is no pack " + id)
	}
}

const child = `id: child
version: 1.0.0
title: {id: anak, en: child}
extends: small
`

// load loads a pack that extends small.
func load(own string) (*rules.Pack, error) {
	return rules.Load(folder(map[string]string{"pack.yaml": own}), library(map[string]map[string]string{"small": small}))
}

func TestOverride(t *testing.T) {
	p, err := load(child + `total_weight: 10
override:
  types:
    sk:
      number: optional
      name: {en: Ruling}
      title+: ['\bpenetapan\b']
      checks-: [signature]
      checks+: [date, {phrase: {text: x, any: [y]}}]
  items:
    A.I.1.i.a:
      topic: {strong+: [tim inti], weak: [tim]}
      evidence:
        sk: {period: tahun_berjalan, min_count: 2}
  subjects:
    tim: {disable: true}
  periods:
    berlaku: {text: {id: 'dua tahun', en: two years}, years: [-1, 0]}
  signers:
    kepala: {titles+: ['^direktur\b'], parties: 2}
  severity: {signature.none: warning, other: info}
  vocabulary:
    months: {februari: 2}
    words: {honorific+: [prof], label: [nomor]}
    patterns: {number.label+: ['^no\b']}
  divisions:
    A.I.1: {title: {id: Perubahan}}
  gates:
    total: {min: 6}
`)
	require.NoError(t, err)
	sk := p.Type("sk")
	assert.Equal(t, "optional", sk.Number)
	assert.Equal(t, rules.Text{ID: "Keputusan", EN: "Ruling"}, sk.Name, "the other language stays")
	assert.Len(t, sk.Title, 2)
	assert.True(t, sk.Title[1].Match("penetapan"))
	require.Len(t, sk.Checks, 2)
	assert.Equal(t, "date", sk.Checks[0].Name)
	assert.Equal(t, "phrase", sk.Checks[1].Name)
	it := p.Item("A.I.1.i.a")
	assert.Len(t, it.Topic.Strong, 2)
	assert.Len(t, it.Topic.Weak, 1)
	assert.Equal(t, "tahun_berjalan", it.Evidence[0].Period)
	assert.Equal(t, 2, it.Evidence[0].MinCount)
	assert.Empty(t, p.Subjects)
	require.NotNil(t, p.Periods["berlaku"].FromYear)
	assert.Equal(t, 2, p.Signers["kepala"].Parties)
	assert.Len(t, p.Signers["kepala"].Titles, 2)
	assert.Equal(t, map[string]string{"signature.none": "warning", "other": "info"}, p.Severity)
	assert.Equal(t, map[string]int{"januari": 1, "februari": 2}, p.Vocabulary.Months)
	assert.Equal(t, map[string][]string{"honorific": {"dr", "prof"}, "label": {"nomor"}}, p.Vocabulary.Words)
	assert.Len(t, p.Vocabulary.Patterns["number.label"], 2)
	assert.Equal(t, "Perubahan", p.Components[0].Parts[0].Areas[0].Title.ID)
	assert.Equal(t, 6.0, p.Gates[0].Min)
	assert.Equal(t, []string{"small", "child"}, []string{p.Layers[0].ID, p.Layers[1].ID})
	assert.Equal(t, "urn:dasheval:pack:child", p.URN)
}

// TestOrigins holds that each field names the file that set it.
func TestOrigins(t *testing.T) {
	p, err := load(child + "override:\n  items:\n    A.I.1.i.a:\n      evidence:\n        sk: {period: tahun_berjalan}\n")
	require.NoError(t, err)
	at := map[string]string{}
	for _, o := range p.Origins(p.Item("A.I.1.i.a"), "id") {
		at[o.Field] = fmt.Sprint(o.Pos, " ", o.Value)
	}
	assert.Equal(t, "pack.yaml:9:14 tahun_berjalan", at["evidence.sk.period"])
	assert.Equal(t, "small:criteria/area-1.yaml:11:17 sk", at["evidence.sk.document"])
	assert.Equal(t, "small:criteria/area-1.yaml:8:19 [tim kerja]", at["topic.strong"])
	assert.Equal(t, "small:criteria/area-1.yaml:4:11 6", at["weight"])
	assert.Equal(t, "small:criteria/area-1.yaml:6:15 Ya", at["levels.Ya.level"])
}

func TestLayersTellMistakes(t *testing.T) {
	for name, c := range map[string]struct{ own, want string }{
		"nothing to override": {"override: {types: {skk: {number: none}}}",
			`pack.yaml:5:20: there is nothing to override: unknown name "skk"; did you mean "sk"?`},
		"unknown section": {"override: {type: {sk: {number: none}}}",
			`pack.yaml:5:12: unknown key "type"; did you mean "types"?`},
		"unknown field": {"override: {types: {sk: {numbr: none}}}",
			`pack.yaml:5:25: unknown key "numbr"; did you mean "number"?`},
		"value not allowed": {"override: {types: {sk: {number: non}}}",
			`pack.yaml:5:33: "number": unknown value "non"; did you mean "none"?; allowed are required, optional, none`},
		"no list": {"override: {types: {sk: {number+: none}}}",
			`pack.yaml:5:25: "number" is no list: nothing can be added to it or taken from it`},
		"not in the list": {"override: {types: {sk: {checks-: [number]}}}",
			`pack.yaml:5:25: "checks-": "number" is not in the list`},
		"the id": {"override: {types: {sk: {id: surat}}}",
			`pack.yaml:5:25: "id" names the entry and stays as it is; disable the entry and add another`},
		"disable and more": {"override: {types: {sk: {disable: true, number: none}}}",
			`pack.yaml:5:25: "disable": true stands alone in what it removes`},
		"disabled but used": {"override: {types: {sk: {disable: true}}}",
			`small:criteria/area-1.yaml:11:17: unknown document type "sk"`},
		"pattern": {"override: {types: {sk: {title+: ['(a']}}}",
			"pack.yaml:5:34: pattern does not compile: missing closing ): `(a`"},
		"entry twice": {"signers: {kepala: {text: a, parties: 1}}",
			`pack.yaml:5:11: signer "kepala" stands already in the pack that this one extends; what changes it stands under override`},
		"weights": {"override: {items: {A.I.1.i.a: {weight: 5}}}",
			`small:pack.yaml:28:64: the weights of the items of A.I.1.i add up to 5, not 6`},
		"forms": {"override: {items: {A.I.1.i.a: {topic: {strong+: ['<tim kerja']}}}}",
			`pack.yaml:5:50: "<tim": a word whose forms are meant stands between < and >`},
		"effective": {"effective: {from: 2025-12-31, to: 2024-01-01}",
			`pack.yaml:5:35: the last day stands before the first`},
		"urn": {"urn: 'http://x'", `pack.yaml:5:6: "http://x" is no URN, such as urn:dasheval:pack:child (RFC 8141)`},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := load(child + c.own + "\n")
			assert.Nil(t, p)
			assert.EqualError(t, err, c.want)
		})
	}
}

// TestExtends holds what a pack may extend.
func TestExtends(t *testing.T) {
	chain := map[string]map[string]string{"small": small}
	extends := func(id, of string) map[string]string {
		return map[string]string{"pack.yaml": strings.NewReplacer("child", id, "extends: small", "extends: "+of).Replace(child)}
	}
	for i := range 12 {
		chain[fmt.Sprint("p", i)] = extends(fmt.Sprint("p", i), fmt.Sprint("p", i+1))
	}
	chain["a"], chain["b"] = extends("a", "b"), extends("b", "a")
	for of, want := range map[string]string{
		"small@1.0.0":      "",
		"small@1.1.0":      `pack.yaml:4:10: pack small has version 1.0.0, and 1.1.0 of the same major version or a later one is asked for`,
		"small@2.0.0":      `pack.yaml:4:10: pack small has version 1.0.0, and 2.0.0 of the same major version or a later one is asked for`,
		"small@x":          `pack.yaml:4:10: "x" is no version, such as 1.2.0`,
		"nowhere":          `pack.yaml:4:10: there is no pack nowhere`,
		"../../etc/passwd": `pack.yaml:4:10: "../../etc/passwd" names no pack: an id has lower-case letters, digits and hyphens`,
		"child":            `pack.yaml:4:10: packs extend one another in a circle: child → child`,
		"a":                `b:pack.yaml:4:10: packs extend one another in a circle: child → a → b → a`,
		"p0":               `p6:pack.yaml:4:10: more than 8 packs extend one another`,
	} {
		t.Run(of, func(t *testing.T) {
			_, err := rules.Load(folder(extends("child", of)), library(chain))
			if want == "" {
				assert.NoError(t, err)
				return
			}
			assert.EqualError(t, err, want)
		})
	}
}

// TestOpen reads packs from disk: folders, archives, and neighbours of both.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	put := func(name, content string) {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600))
	}
	put("child/pack.yaml", child)
	archive := func(top string) string {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		for name, content := range small {
			w, err := z.Create(top + name)
			require.NoError(t, err)
			_, err = w.Write([]byte(content))
			require.NoError(t, err)
		}
		require.NoError(t, z.Close())
		return b.String()
	}
	open := func(name string) (*rules.Pack, error) {
		fsys, lib, err := rules.Open(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		return rules.Load(fsys, lib)
	}
	_, err := open("child")
	assert.ErrorContains(t, err, "nor is there small or small.zip beside the pack")
	for name, content := range map[string]string{"small.zip": archive(""), "inner.zip": archive("small-1.0/")} {
		put(name, content)
		p, err := open(name)
		require.NoError(t, err, name)
		assert.Equal(t, "small", p.ID)
	}
	p, err := open("child")
	require.NoError(t, err)
	assert.Equal(t, "small", p.Layers[0].ID)
	put("bad.zip", "PK nonsense")
	_, err = open("bad.zip")
	assert.Error(t, err)
	put("some.txt", "")
	_, err = open("some.txt")
	assert.ErrorContains(t, err, "neither a folder nor a .zip file")

	// A link out of the pack is not followed.
	put("secret.yaml", "password: x\n")
	if err := os.Symlink(filepath.Join(dir, "secret.yaml"), filepath.Join(dir, "child", "vocabulary.yaml")); err == nil {
		_, err = open("child")
		assert.ErrorContains(t, err, "vocabulary.yaml is a link or no file")
	}
}

// TestExcerpt shows the line of a mistake with a caret.
func TestExcerpt(t *testing.T) {
	_, err := load(child + "override: {types: {skk: {number: none}}}\n")
	list := rules.Mistakes(err)
	require.Len(t, list, 1)
	assert.Equal(t, "override: {types: {skk: {number: none}}}\n                   ^", list[0].Excerpt())
	assert.Nil(t, rules.Mistakes(errors.New("other")))
}

// FuzzOverride holds that no override breaks the loader.
func FuzzOverride(f *testing.F) {
	f.Add("types:\n  sk: {checks-: [signature], title+: [a], name: {id: x}}\n")
	f.Add("items:\n  A.I.1.i.a:\n    evidence+: [{}]\n    levels: {Ya: {disable: true}}\n    topic: ~\n")
	f.Add("signers: {kepala: ~}\nperiods: {x: {years: [1]}}\nseverity: {a+: b}\nvocabulary: {affixes: {melt: {}}}\n")
	f.Add("divisions: {A: {parts: [], weight-: 1}}\ngates: {total: {scope-: [A, A]}}\ntotal_weight: []\n")
	f.Fuzz(func(t *testing.T, s string) {
		var b strings.Builder
		for line := range strings.Lines(s) {
			b.WriteString("  " + line)
		}
		p, err := load(child + "override:\n" + b.String())
		if (p == nil) != (err != nil) {
			t.Fatalf("pack %v, error %v", p, err)
		}
	})
}

// BenchmarkLoadBuiltin loads the standard pack, which two libraries stand below.
func BenchmarkLoadBuiltin(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := rules.Builtin(); err != nil {
			b.Fatal(err)
		}
	}
}

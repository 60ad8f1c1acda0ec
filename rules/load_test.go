package rules_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// small is a pack without mistakes.
var small = map[string]string{
	"pack.yaml": `id: small
version: 1.0.0
title: {id: Kecil, en: Small}
regulation: none
total_weight: 10
answer_types:
  ya_tidak: {scores: {Ya: 1, Tidak: 0}}
  percent: {max: 1}
periods:
  tahun_berjalan: {text: {id: tahun ini, en: this year}, years: [0, 0]}
  berlaku: {text: {id: berlaku, en: in force}, in_force: true}
signers:
  kepala: {text: {id: kepala, en: head}, head: true, parties: 1, titles: ['^kepala\b']}
components:
  - code: A
    title: {id: A, en: A}
    weight: 6
    parts:
      - code: A.I
        title: {id: A, en: A}
        weight: 6
        areas:
          - code: A.I.1
            number: 1
            title: {id: A, en: A}
            weight: 6
            subareas:
              - {code: A.I.1.i, title: {id: A, en: A}, weight: 6}
  - code: B
    title: {id: B, en: B}
    weight: 4
    parts:
      - {code: B.I, title: {id: B, en: B}, weight: 4}
gates:
  - {id: total, predicate: WBK, text: {id: total, en: total}, scope: [A, B.I.a], min: 5}
severity:
  signature.none: error
`,
	"vocabulary.yaml": `months: {januari: 1}
patterns:
  number.label: ['^nomor\b']
words:
  honorific: [dr]
`,
	"subjects.yaml": `- id: tim
  text: {id: tim, en: team}
  patterns: ['\btim\b']
  items: [A.I.1.i.a]
`,
	"types/a.yaml": `- id: sk
  name: {id: Keputusan, en: Decree}
  family: arahan
  form: decree
  title: ['\bkeputusan\b']
  number: required
  date: required
  anchor: determined
  signer: kepala
  signature: required
  checks: [signature]
`,
	"criteria/area-1.yaml": `- code: A.I.1.i.a
  title: {id: tim, en: team}
  answer: ya_tidak
  weight: 6
  levels:
    - {level: Ya, text: {id: ya, en: yes}, hold: all}
    - {level: Tidak, text: {id: tidak, en: no}, hold: none}
  topic: {strong: [tim kerja]}
  evidence:
    - id: sk
      document: sk
      shows: {id: tim, en: team}
      need: required
      identified: topic
      signer: kepala
      period: berlaku
      min_count: 1
      signature: required
      checks: [stamp]
`,
	"criteria/hasil.yaml": `- code: B.I.a
  title: {id: hasil, en: result}
  answer: percent
  weight: 4
  formula: x
  inputs: [{id: x, title: {id: x, en: x}}]
  evidence: []
`,
}

func folder(files map[string]string) fs.FS {
	out := fstest.MapFS{}
	for name, text := range files {
		out[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return out
}

func TestLoad(t *testing.T) {
	p, err := rules.Load(folder(small), nil)
	require.NoError(t, err)
	it := p.Item("A.I.1.i.a")
	require.NotNil(t, it)
	assert.Equal(t, "A.I.1", it.Area.Code)
	assert.Equal(t, "A.I", it.Part.Code)
	assert.Equal(t, 1.0, it.Levels[0].Score)
	assert.Equal(t, "A.I.1.i.a/sk", it.Evidence[0].ID)
	assert.Same(t, it, it.Evidence[0].Item)
	assert.Equal(t, []rules.CheckUse{{Name: "stamp", Pos: rules.Pos{File: "criteria/area-1.yaml", Line: 19, Column: 16}}}, it.Evidence[0].Checks)
	assert.Equal(t, rules.Pos{File: "types/a.yaml", Line: 1, Column: 3}, p.Type("sk").Pos)
	assert.Nil(t, p.Item("B.I.a").Subarea)
	assert.Len(t, p.Items(), 2)
	assert.Len(t, p.SHA256, 64)
	assert.NotNil(t, p.Scan("keputusan").Find(p.Type("sk").Title[0]))
	assert.Nil(t, p.Periods["berlaku"].FromYear)
	assert.Equal(t, "kepala", p.Signers["kepala"].ID)
}

func TestLoadTellsEveryMistake(t *testing.T) {
	for _, c := range []struct {
		name      string
		file      string
		old, new  string // old "" replaces the whole file
		want      []string
		unchanged bool
	}{
		{name: "unknown key", file: "types/a.yaml", old: "family:", new: "famly:", want: []string{
			`types/a.yaml:1:3: missing key "family"`,
			`types/a.yaml:3:3: unknown key "famly"; did you mean "family"?`}},
		{name: "key in a flow mapping", file: "criteria/area-1.yaml", old: "hold: all", new: "holt: all", want: []string{
			`criteria/area-1.yaml:6:44: unknown key "holt"; did you mean "hold"?`}},
		{name: "duplicate key", file: "types/a.yaml", old: "  form: decree\n", new: "  form: decree\n  form: letter\n", want: []string{
			`types/a.yaml:5:3: key "form" stands already in line 4`}},
		{name: "wrong kinds", file: "criteria/area-1.yaml", old: "weight: 6\n", new: "weight: enam\n", want: []string{
			`criteria/area-1.yaml:4:11: "weight" wants a number, not text`}},
		{name: "weight of nothing", file: "criteria/area-1.yaml", old: "weight: 6\n", new: "weight: 0\n", want: []string{
			`criteria/area-1.yaml:4:11: a weight is more than 0`,
			`pack.yaml:28:64: the weights of the items of A.I.1.i add up to 0, not 6`}},
		{name: "number for text", file: "pack.yaml", old: "version: 1.0.0", new: "version: 1", want: []string{
			`pack.yaml:2:10: "version" wants text, not a number; put it in quotes`}},
		{name: "scalar for list", file: "types/a.yaml", old: "checks: [signature]", new: "checks: signature", want: []string{
			`types/a.yaml:11:11: "checks" wants a list, not text`}},
		{name: "empty value", file: "types/a.yaml", old: "form: decree", new: "form:", want: []string{
			`types/a.yaml:4:3: "form" is empty`}},
		{name: "value not allowed", file: "types/a.yaml", old: "anchor: determined", new: "anchor: determine", want: []string{
			`types/a.yaml:8:11: "anchor": unknown value "determine"; did you mean "determined"?; allowed are determined, letter, meeting, place_date, effective, year`}},
		{name: "references", file: "criteria/area-1.yaml", old: "document: sk\n", new: "document: skk\n      accepts: [ssk]\n", want: []string{
			`criteria/area-1.yaml:11:17: unknown document type "skk"; did you mean "sk"?`,
			`criteria/area-1.yaml:12:17: unknown document type "ssk"; did you mean "sk"?`}},
		{name: "signer and period", file: "criteria/area-1.yaml", old: "signer: kepala\n      period: berlaku", new: "signer: kepla\n      period: selamanya", want: []string{
			`criteria/area-1.yaml:15:15: unknown signer "kepla"; did you mean "kepala"?`,
			`criteria/area-1.yaml:16:15: unknown period "selamanya"`}},
		{name: "answer type", file: "criteria/area-1.yaml", old: "answer: ya_tidak", new: "answer: ya_tdk", want: []string{
			`criteria/area-1.yaml:3:11: unknown answer type "ya_tdk"; did you mean "ya_tidak"?`}},
		{name: "levels", file: "criteria/area-1.yaml", old: "level: Ya,", new: "level: Iya,", want: []string{
			`criteria/area-1.yaml:1:3: item "A.I.1.i.a" lacks level "Ya"`,
			`criteria/area-1.yaml:6:15: unknown level "Iya"; did you mean "Ya"?`}},
		{name: "level that counts", file: "criteria/area-1.yaml", old: "hold: all", new: "line: skm, count: 4", want: []string{
			`criteria/area-1.yaml:6:50: unknown evidence line "skm"; did you mean "sk"?`}},
		{name: "topic absent", file: "criteria/area-1.yaml", old: "  topic: {strong: [tim kerja]}\n", new: "", want: []string{
			`criteria/area-1.yaml:13:19: identified by topic, but neither the item nor the line has a topic`}},
		{name: "pattern", file: "types/a.yaml", old: `'\bkeputusan\b'`, new: `'(keputusan'`, want: []string{
			"types/a.yaml:5:11: pattern does not compile: missing closing ): `(keputusan`"}},
		{name: "shared patterns", file: "types/a.yaml", old: `'\bkeputusan\b'`, new: `'=number.lable'`, want: []string{
			`types/a.yaml:5:11: unknown pattern list of the vocabulary "number.lable"; did you mean "number.label"?`}},
		{name: "empty pattern", file: "types/a.yaml", old: `'\bkeputusan\b'`, new: `'(keputusan)?'`, want: []string{
			`types/a.yaml:5:11: pattern matches the empty text and so every document`}},
		{name: "phrase", file: "criteria/area-1.yaml", old: "[tim kerja]", new: "['re:[a']", want: []string{
			"criteria/area-1.yaml:8:20: pattern does not compile: missing closing ]: `[a`"}},
		{name: "weights", file: "pack.yaml", old: "total_weight: 10", new: "total_weight: 11", want: []string{
			`pack.yaml:5:15: the weights of the components add up to 10, not 11`}},
		{name: "codes", file: "pack.yaml", old: "{code: A.I.1.i,", new: "{code: A.I.2.i,", want: []string{
			`criteria/area-1.yaml:1:9: item "A.I.1.i.a" belongs to no sub-area of pack.yaml`,
			`pack.yaml:28:24: A.I.2.i has no items`,
			`pack.yaml:28:24: code "A.I.2.i" does not continue "A.I.1"`}},
		{name: "gate scope", file: "pack.yaml", old: "B.I.a", new: "B.I.b", want: []string{
			`pack.yaml:35:74: unknown code "B.I.b"; did you mean "B.I.a"?`}},
		{name: "severity", file: "pack.yaml", old: "signature.none: error", new: "signature.none: eror", want: []string{
			`pack.yaml:37:19: "signature.none": unknown value "eror"; did you mean "error"?; allowed are error, warning, info`}},
		{name: "period", file: "pack.yaml", old: "in_force: true", new: "in_force: true, months: 3", want: []string{
			`pack.yaml:11:3: period "berlaku" wants one of years, months and in_force`}},
		{name: "subject item", file: "subjects.yaml", old: "A.I.1.i.a", new: "A.I.1.i.b", want: []string{
			`subjects.yaml:4:11: unknown item "A.I.1.i.b"; did you mean "A.I.1.i.a"?`}},
		{name: "month", file: "vocabulary.yaml", old: "januari: 1", new: "januari: 13", want: []string{
			`vocabulary.yaml:1:9: month "januari" is 13, not 1 to 12`}},
		{name: "anchor and alias", file: "types/a.yaml", old: "form: decree", new: "form: &f decree\n  generic: *f", want: []string{
			`types/a.yaml:4:9: anchors and aliases are not allowed; write the value out`,
			`types/a.yaml:5:12: anchors and aliases are not allowed; write the value out`}},
		{name: "syntax", file: "subjects.yaml", new: "- id: [a\n", want: []string{
			`subjects.yaml:1:7: sequence end token ']' not found`}},
		{name: "empty file", file: "subjects.yaml", new: "# nothing\n", want: []string{
			`subjects.yaml: the file is empty`}},
		{name: "two documents", file: "subjects.yaml", new: "[]\n---\n[]\n", want: []string{
			`subjects.yaml:3:1: a file holds one YAML document`}},
		{name: "file out of place", file: "type/b.yaml", new: "[]\n", want: []string{
			`type/b.yaml: no such file in a pack; it holds pack.yaml, vocabulary.yaml, subjects.yaml, types/*.yaml and criteria/*.yaml`}},
		{name: "duplicate type", file: "types/b.yaml", new: small["types/a.yaml"], want: []string{
			`types/b.yaml:1:7: document type "sk" stands already at types/a.yaml:1:7`}},
		{name: "duplicate item", file: "criteria/x.yaml", new: small["criteria/hasil.yaml"], want: []string{
			`criteria/x.yaml:1:9: item "B.I.a" stands already at criteria/hasil.yaml:1:9`}},
		{name: "nesting", file: "subjects.yaml", new: strings.Repeat("[", 100) + "\n", want: []string{
			`subjects.yaml:1:64: nested too deeply`}},
		{name: "keys", file: "subjects.yaml", new: strings.Repeat("a: b\n", 2000), want: []string{
			`subjects.yaml:1000:2: a mapping has at most 999 keys`}},
		{name: "parts", file: "subjects.yaml", new: strings.Repeat("- a\n", 60000), want: []string{
			`subjects.yaml:50001:1: the file has too many parts; split it`}},
		{name: "size", file: "subjects.yaml", new: strings.Repeat("#\n", 3<<20), want: []string{
			`subjects.yaml: the file is larger than 524288 bytes`}},
		{name: "tests are not rules", file: "tests/a.yaml", new: "nonsense: true\n", unchanged: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := map[string]string{}
			for name, text := range small {
				files[name] = text
			}
			if c.old == "" {
				files[c.file] = c.new
			} else {
				require.Contains(t, files[c.file], c.old)
				files[c.file] = strings.Replace(files[c.file], c.old, c.new, 1)
			}
			p, err := rules.Load(folder(files), nil)
			if c.unchanged {
				require.NoError(t, err)
				return
			}
			require.Error(t, err)
			assert.Nil(t, p)
			assert.Equal(t, strings.Join(c.want, "\n"), err.Error())
			var m *rules.Mistake
			assert.ErrorAs(t, err, &m)
		})
	}
}

func TestLoadMissingFile(t *testing.T) {
	files := map[string]string{}
	for name, text := range small {
		files[name] = text
	}
	delete(files, "vocabulary.yaml")
	_, err := rules.Load(folder(files), nil)
	assert.EqualError(t, err, "vocabulary.yaml: the file is missing")
}

func TestDigestSeesEveryFile(t *testing.T) {
	first, err := rules.Load(folder(small), nil)
	require.NoError(t, err)
	for name, text := range small {
		files := map[string]string{}
		for n, t := range small {
			files[n] = t
		}
		files[name] = text + "# a remark\n"
		p, err := rules.Load(folder(files), nil)
		require.NoError(t, err)
		assert.NotEqual(t, first.SHA256, p.SHA256, name)
	}
}

func TestBuiltin(t *testing.T) {
	p, err := rules.Builtin()
	require.NoError(t, err)
	subareas, inputs := 0, 0
	for _, c := range p.Components {
		for _, part := range c.Parts {
			for _, a := range part.Areas {
				subareas += len(a.Subareas)
			}
		}
	}
	for _, it := range p.Items() {
		inputs += len(it.Inputs)
	}
	assert.Equal(t, "lke-zi-2021", p.ID)
	assert.Equal(t, 42, subareas)
	assert.Len(t, p.Items(), 113)
	assert.Len(t, p.Types, 68)
	assert.Len(t, p.Subjects, 17)
	assert.Len(t, p.Gates, 24)
	t.Log(inputs, "inputs")
}

// A loader reads bytes from outside: no panic, no hang, and a pack or mistakes.
func FuzzLoad(f *testing.F) {
	f.Add([]byte(small["pack.yaml"]), []byte(small["types/a.yaml"]))
	f.Add([]byte("a: &a [*a]"), []byte("- ? - - - [{"))
	f.Add([]byte("? a\n: b\n? [c]\n: |\n  d\n"), []byte("- !!binary x\n- <<: {}\n---\n"))
	f.Add([]byte("id: 1e999\nweight: .nan\n'x': \"\\u0000\"\n"), []byte("- {id: , name: ~, title: [~, '(?i)', '\\pL{1,1000}']}"))
	f.Fuzz(func(t *testing.T, pack, types []byte) {
		files := map[string]string{}
		for name, text := range small {
			files[name] = text
		}
		files["pack.yaml"], files["types/a.yaml"] = string(pack), string(types)
		p, err := rules.Load(folder(files), nil)
		if (p == nil) != (err != nil) {
			t.Fatalf("pack %v, error %v", p, err)
		}
	})
}

func ExampleLoad() {
	_, err := rules.Load(fstest.MapFS{
		"pack.yaml":       {Data: []byte(strings.Replace(small["pack.yaml"], "severity:", "severty:", 1))},
		"vocabulary.yaml": {Data: []byte(small["vocabulary.yaml"])},
		"subjects.yaml":   {Data: []byte(small["subjects.yaml"])},
		"types/a.yaml":    {Data: []byte(small["types/a.yaml"])},
		"criteria/a.yaml": {Data: []byte(small["criteria/area-1.yaml"] + small["criteria/hasil.yaml"])},
	}, nil)
	fmt.Println(err)
	// Output:
	// pack.yaml:36:1: unknown key "severty"; did you mean "severity"?
}

package rules_test

import (
	"strings"
	"testing"

	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tidy is small without anything doubtful.
func tidy() map[string]string {
	files := map[string]string{}
	for name, text := range small {
		files[name] = text
	}
	edit := func(name, old, by string) { files[name] = strings.ReplaceAll(files[name], old, by) }
	edit("criteria/area-1.yaml", "  weight: 6\n", "  weight: 6\n  basis: Pasal 1\n")
	edit("criteria/area-1.yaml", "period: berlaku", "period: tahun_berjalan")
	edit("criteria/hasil.yaml", "  weight: 4\n", "  weight: 4\n  basis: Pasal 2\n")
	edit("types/a.yaml", "checks: [signature]", "checks: [signature, number, date]")
	edit("pack.yaml", "  berlaku: {text: {id: berlaku, en: in force}, in_force: true}\n", "")
	return files
}

func TestLint(t *testing.T) {
	for name, c := range map[string]struct{ file, old, by, want string }{
		"nothing":                 {},
		"translation":             {"types/a.yaml", "{id: Keputusan, en: Decree}", "Keputusan", `types/a.yaml:2:9: the text is in one language only; the pack speaks id and en`},
		"one language":            {"pack.yaml", "title: {id: Kecil, en: Small}", "title: Kecil\nlanguages: [id]", ""},
		"text of a check":         {"types/a.yaml", "number, date]", "number, date, {phrase: {text: x, any: [y]}}]", `types/a.yaml:11:47: the text is in one language only; the pack speaks id and en`},
		"article":                 {"criteria/area-1.yaml", "  basis: Pasal 1\n", "", `criteria/area-1.yaml:1:3: item A.I.1.i.a names no article that lays it down (basis)`},
		"confidence":              {"criteria/area-1.yaml", "      document: sk\n", "      document: sk\n      confidence: low\n", `criteria/area-1.yaml:11:7: the confidence of A.I.1.i.a/sk is low, and no note says why`},
		"example":                 {"criteria/area-1.yaml", "      document: sk\n", "      document: sk\n      example: {id: Keputusan tentang Tim Kerja, en: Decree on the team}\n", ""},
		"example of another type": {"criteria/area-1.yaml", "      document: sk\n", "      document: sk\n      example: {id: Laporan Tim Kerja, en: Report}\n", `criteria/area-1.yaml:11:7: the example of A.I.1.i.a/sk, "Laporan Tim Kerja", has the title of none of its document types`},
		"example off topic":       {"criteria/area-1.yaml", "      document: sk\n", "      document: sk\n      example: {id: Keputusan tentang Arsip, en: Decree}\n", `criteria/area-1.yaml:11:7: the example of A.I.1.i.a/sk, "Keputusan tentang Arsip", is not about its topic`},
		"confidence told":         {"criteria/area-1.yaml", "      document: sk\n", "      document: sk\n      confidence: low\n      note: x\n", ""},
		"check twice":             {"types/a.yaml", "[signature, number, date]", "[signature, number, date, number]", `types/a.yaml:11:37: check "number" stands already in line 11`},
		"double":                  {"criteria/area-1.yaml", "[tim kerja]", "[tim kerja, tim kerja]", `criteria/area-1.yaml:9:31: dead alternative in "strong": "tim kerja" stands already in line 9`},
		"ruled out":               {"criteria/area-1.yaml", "{strong: [tim kerja]}", "{strong: [tim kerja|pokja zi], not: [tim kerja, zi]}", `criteria/area-1.yaml:9:20: dead alternative in "strong": wherever "tim kerja|pokja zi" stands, "zi" of "not" rules the topic out`},
		"dead not":                {"criteria/area-1.yaml", "{strong: [tim kerja]}", "{strong: [tim kerja], not: [agen perubahan, agen]}", `criteria/area-1.yaml:9:38: dead alternative in "not": wherever "agen perubahan" stands, "agen" is found already`},
		"over-broad":              {"criteria/area-1.yaml", "[tim kerja]", "[di|ke sk]", `criteria/area-1.yaml:9:20: over-broad: "di|ke sk" consists of words that say nothing`},
		"accepts itself":          {"criteria/area-1.yaml", "document: sk\n", "document: sk\n      accepts: [sk]\n", `criteria/area-1.yaml:11:7: dead alternative: A.I.1.i.a/sk accepts "sk", which it asks for anyway`},
		"too many":                {"criteria/area-1.yaml", "min_count: 1", "min_count: 5\n      cadence: quarterly", `criteria/area-1.yaml:11:7: unreachable: A.I.1.i.a/sk wants 5 documents, and its period has room for 4`},
		"supporting only":         {"criteria/area-1.yaml", "need: required", "need: supporting", `criteria/area-1.yaml:1:3: level Ya of item A.I.1.i.a holds by needed lines, but all lines are supporting`},
		"future":                  {"pack.yaml", "years: [0, 0]", "years: [1, 2]", `criteria/area-1.yaml:11:7: unreachable: the period of A.I.1.i.a/sk lies behind the evaluation year`},
		"orphan type":             {"types/b.yaml", "", strings.ReplaceAll(small["types/a.yaml"], "id: sk", "id: st"), `types/b.yaml:1:3: orphan: no evidence line asks for type "st" or accepts it`},
		"orphan signer":           {"pack.yaml", "signers:\n", "signers:\n  lain: {text: {id: a, en: b}}\n", `pack.yaml:12:3: orphan: nothing names the signer "lain"`},
		"orphan period":           {"pack.yaml", "periods:\n", "periods:\n  lain: {text: {id: a, en: b}, in_force: true}\n", `pack.yaml:10:3: orphan: no evidence line has the period "lain"`},
		"orphan answer":           {"pack.yaml", "answer_types:\n", "answer_types:\n  lain: {max: 3}\n", `pack.yaml:7:3: orphan: no item has the answer type "lain"`},
	} {
		t.Run(name, func(t *testing.T) {
			files := tidy()
			switch {
			case c.file == "":
			case c.old == "":
				files[c.file] = c.by
			default:
				require.Contains(t, files[c.file], c.old)
				files[c.file] = strings.Replace(files[c.file], c.old, c.by, 1)
			}
			if name == "over-broad" {
				files["vocabulary.yaml"] += "  stop: [di, ke]\n"
			}
			p, err := rules.Load(folder(files), nil)
			require.NoError(t, err)
			var got []string
			for _, m := range rules.Lint(p) {
				got = append(got, m.Error())
			}
			assert.Equal(t, c.want, strings.Join(got, "\n"))
		})
	}
}

// TestBuiltinIsTidy holds that the packs of the program have nothing doubtful.
func TestBuiltinIsTidy(t *testing.T) {
	for _, id := range rules.BuiltinIDs() {
		fsys, err := rules.Builtins(id)
		require.NoError(t, err)
		p, err := rules.Load(fsys, nil)
		require.NoError(t, err)
		assert.Empty(t, rules.Lint(p), id)
		assert.NotPanics(t, func() { p.Scan("all patterns are compiled for the first text") }, id)
	}
}

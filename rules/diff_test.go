package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"dasheval/rules"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestDiff names every kind of change once.
func TestDiff(t *testing.T) {
	older, err := rules.Load(folder(small), nil)
	require.NoError(t, err)
	files := map[string]string{}
	for name, text := range small {
		files[name] = text
	}
	edit := func(name, old, by string) {
		require.Contains(t, files[name], old)
		files[name] = strings.Replace(files[name], old, by, 1)
	}
	edit("pack.yaml", "weight: 6\n    parts", "weight: 7\n    parts")
	edit("pack.yaml", "total_weight: 10", "total_weight: 11")
	edit("pack.yaml", "        weight: 6\n        areas", "        weight: 7\n        areas")
	edit("pack.yaml", "            weight: 6\n            subareas", "            weight: 7\n            subareas")
	edit("pack.yaml", "title: {id: A, en: A}, weight: 6}", "title: {id: A, en: A}, weight: 7}")
	edit("pack.yaml", "years: [0, 0]", "years: [-1, 0]")
	edit("pack.yaml", "signature.none: error", "signature.none: warning\n  number.missing: error")
	edit("pack.yaml", "min: 5", "min: 6")
	edit("criteria/area-1.yaml", "weight: 6", "weight: 7")
	edit("criteria/area-1.yaml", "strong: [tim kerja]", "strong: [tim kerja, pokja]")
	edit("criteria/area-1.yaml", "      period: berlaku\n      min_count: 1\n", "      period: tahun_berjalan\n      min_count: 1\n")
	files["criteria/area-1.yaml"] += "    - {id: foto, document: sk, shows: {id: foto, en: photo}, need: supporting, identified: type, period: berlaku}\n"
	edit("types/a.yaml", "number: required", "number: optional")
	newer, err := rules.Load(folder(files), nil)
	require.NoError(t, err)
	var got []string
	for _, c := range rules.Diff(older, newer) {
		got = append(got, fmt.Sprintf("%s %s %s %s: %s → %s", c.Kind, c.What, c.ID, c.Field, c.Old, c.New))
	}
	assert.Equal(t, []string{
		"changed pack  total_weight: 10 → 11",
		"changed division A weight: 6 → 7",
		"changed division A.I weight: 6 → 7",
		"changed division A.I.1 weight: 6 → 7",
		"changed division A.I.1.i weight: 6 → 7",
		"changed item A.I.1.i.a weight: 6 → 7",
		"changed item A.I.1.i.a topic.strong: [tim kerja] → [tim kerja, pokja]",
		"changed item A.I.1.i.a evidence.sk.period: berlaku → tahun_berjalan",
		"added item A.I.1.i.a evidence.foto:  → foto / photo",
		"changed gate total min: 5 → 6",
		"changed type sk number: required → optional",
		"changed period tahun_berjalan days: years: [0, 0], about: false → years: [-1, 0], about: false",
		"added severity number.missing :  → ",
		"changed severity signature.none value: error → warning",
	}, got)
	assert.Empty(t, rules.Diff(older, older))
	back := rules.Diff(newer, older)
	assert.Contains(t, fmt.Sprint(back), "removed item A.I.1.i.a")
}

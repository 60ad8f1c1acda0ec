package check_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"dasheval/checker/check"
	"dasheval/checker/words"
	"dasheval/rules"

	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestEveryCheckIsExplained holds that the doc of a check is complete, in both
// languages.
func TestEveryCheckIsExplained(t *testing.T) {
	for _, c := range check.All() {
		t.Run(c.Name, func(t *testing.T) {
			d := c.Doc
			both(t, "title", d.Title)
			assert.NotEqual(t, ".", d.Title.ID[len(d.Title.ID)-1:], "a title has no final period")
			both(t, "about", d.About)
			for what, s := range map[string]string{"before": d.Before, "after": d.After, "since": d.Since} {
				assert.NotEmpty(t, s, what)
			}
			assert.NotEqual(t, d.Before, d.After)
			var rule any
			assert.NoError(t, yaml.Unmarshal([]byte(d.Rule), &rule), "rule")
			assert.NotNil(t, rule, "rule")
			if c.Scope == check.Document {
				assert.Contains(t, d.Rule, c.Name, "the rule names the check")
			}
			var documented []string
			for _, p := range d.Params {
				both(t, p.Name, p.Text)
				documented = append(documented, p.Name)
			}
			assert.Equal(t, keys(c), documented, "parameters")
		})
	}
}

// TestRulesGiveParameters holds that the rule of a check with parameters is one
// use of it, with parameters that it knows.
func TestRulesGiveParameters(t *testing.T) {
	for _, c := range check.All() {
		if c.Params == nil {
			continue
		}
		var uses []map[string]map[string]any
		require.NoError(t, yaml.Unmarshal([]byte(c.Doc.Rule), &uses), c.Name)
		require.Len(t, uses, 1, c.Name)
		for name := range uses[0][c.Name] {
			assert.Contains(t, keys(c), name, "%s: the rule gives a parameter that is none", c.Name)
		}
	}
}

// TestFindingsHaveWords holds that whatever a check reports can be said.
func TestFindingsHaveWords(t *testing.T) {
	for _, lang := range words.Languages() {
		say, err := words.New(lang)
		require.NoError(t, err)
		for _, c := range check.All() {
			assert.True(t, slices.IsSorted(c.IDs), "%s: findings in order", c.Name)
			for _, id := range c.IDs {
				assert.True(t, say.Knows(id), "%s: no words in %s for %s", c.Name, lang, id)
			}
		}
	}
}

// both holds that a text stands in both languages and is no copy.
func both(t *testing.T, what string, text rules.Text) {
	t.Helper()
	assert.NotEmpty(t, text.ID, what)
	assert.NotEmpty(t, text.EN, what)
	assert.NotEqual(t, text.ID, text.EN, "%s: one text in both languages", what)
}

// keys lists the parameters that a pack can give a check, in order.
func keys(c *check.Check) []string {
	if c.Params == nil {
		return nil
	}
	var out []string
	for _, f := range reflect.VisibleFields(reflect.TypeOf(c.Params()).Elem()) {
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if name != "" && name != "-" {
			out = append(out, name)
		}
	}
	return out
}

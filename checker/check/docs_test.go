package check_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"dasheval/checker/check"
	"dasheval/checker/words"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite docs/checks.md")

const docsFile = "../../docs/checks.md"

// TestDocsAreMadeOfTheChecks holds docs/checks.md to the docs of the checks; run
// "go test -update" after a change of one.
func TestDocsAreMadeOfTheChecks(t *testing.T) {
	say, err := words.New("en")
	require.NoError(t, err)
	got := page(say)
	if *update {
		require.NoError(t, os.WriteFile(docsFile, []byte(got), 0o644))
	}
	want, err := os.ReadFile(docsFile)
	require.NoError(t, err)
	assert.Equal(t, string(want), got)
}

// page renders docs/checks.md.
func page(say *words.Catalogue) string {
	var index, b strings.Builder
	for _, s := range []struct {
		scope check.Scope
		label string
	}{
		{check.Document, "document"}, {check.Requirement, "requirement"}, {check.Pile, "pile"},
	} {
		name, when, _ := strings.Cut(say.Label("checks.scope."+s.label), ": ")
		name = name[:1] + strings.ToLower(name[1:])
		fmt.Fprintf(&index, "\n**%s**: %s.\n\n| Check | Examines that | Bahasa Indonesia |\n|---|---|---|\n", name, when)
		for _, c := range check.All() {
			if c.Scope == s.scope {
				fmt.Fprintf(&index, "| [%[1]s](#%[1]s) | %s | %s |\n", c.Name, c.Doc.Title.EN, c.Doc.Title.ID)
				entry(&b, say, c)
			}
		}
	}
	return "# Checks\n\n<!-- Made of the docs of the checks by \"go test ./checker/check -update\"; change those. -->\n\n" +
		"What rule packs can ask of evidence. `dasheval help checks NAME` prints the same, in Indonesian or English; how packs are written\n" +
		"stands in [rules.md](rules.md), how findings are reported in [report.md](report.md).\n\n" +
		strings.Join(strings.Fields(say.Label("checks.note")), " ") + "\n" + index.String() + b.String()
}

// entry renders one check.
func entry(b *strings.Builder, say *words.Catalogue, c *check.Check) {
	d := c.Doc
	capital := strings.ToUpper(d.Title.EN[:1]) + d.Title.EN[1:]
	fmt.Fprintf(b, "\n## %s\n\n%s · *%s*\n\n%s\n", c.Name, capital, d.Title.ID, d.About.EN)
	if len(d.Params) > 0 {
		b.WriteString("\n| Parameter | Meaning |\n|---|---|\n")
		for _, p := range d.Params {
			fmt.Fprintf(b, "| `%s` | %s |\n", p.Name, p.Text.EN)
		}
	}
	fmt.Fprintf(b, "\n```yaml\n%s\n```\n\n- Fails: %s\n- Passes: %s\n\n| Finding | Says |\n|---|---|\n", d.Rule, d.Before, d.After)
	for _, id := range c.IDs {
		message, _ := say.Finding(id, nil)
		fmt.Fprintf(b, "| `%s` | %s |\n", id, message)
	}
	fmt.Fprintf(b, "\n%s\n", say.Label("checks.since", d.Since))
}

package report_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"dasheval/checker/report"

	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/tools/txtar"
)

const schemaFile = "../../docs/report.schema.json"

// TestSchemaIsPublished holds docs/report.schema.json to the Go types; run
// "go test -update" after a change of the report.
func TestSchemaIsPublished(t *testing.T) {
	r := jsonschema.Reflector{Anonymous: true}
	require.NoError(t, r.AddGoComments("dasheval/checker/report", "."))
	s := r.Reflect(&report.Report{})
	s.ID = "https://dasheval.invalid/report.schema.json"
	s.Title = report.Schema
	allow(s)
	var got bytes.Buffer
	enc := json.NewEncoder(&got)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	require.NoError(t, enc.Encode(s))
	if *update {
		require.NoError(t, os.WriteFile(schemaFile, got.Bytes(), 0o644))
	}
	want, err := os.ReadFile(schemaFile)
	require.NoError(t, err)
	assert.Equal(t, string(want), got.String())
}

// allow says in the schema what Go types cannot: names may be added within a
// major version, and pointers may be null.
func allow(s *jsonschema.Schema) {
	nullable := map[string][]string{
		"Document": {"pages", "unreadable_reason"},
		"At":       {"page", "box", "paragraph"},
		"Finding":  {"page", "box", "paragraph"},
	}
	for name, def := range s.Definitions {
		def.AdditionalProperties = nil
		for _, key := range nullable[name] {
			p, ok := def.Properties.Get(key)
			if !ok {
				continue
			}
			description := p.Description
			p.Description = ""
			def.Properties.Set(key, &jsonschema.Schema{
				AnyOf: []*jsonschema.Schema{p, {Type: "null"}}, Description: description,
			})
		}
	}
}

// TestReportsFollowTheSchema validates what the JSON format writes, of full and
// of empty reports.
func TestReportsFollowTheSchema(t *testing.T) {
	schema, err := validator.NewCompiler().Compile(schemaFile)
	require.NoError(t, err)
	check := func(t *testing.T, in *report.Report) {
		doc, err := validator.UnmarshalJSON(strings.NewReader(written(t, in, "json", "id", report.Options{})))
		require.NoError(t, err)
		assert.NoError(t, schema.Validate(doc))
	}
	each(t, func(t *testing.T, _ *txtar.Archive, in *report.Report) { check(t, in) })
	check(t, &report.Report{})

	doc, err := validator.UnmarshalJSON(strings.NewReader(`{"schema": 1}`))
	require.NoError(t, err)
	assert.Error(t, schema.Validate(doc), "what is no report is told")
}

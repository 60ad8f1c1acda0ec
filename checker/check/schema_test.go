package check_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"dasheval/checker/check"
	"dasheval/rules"

	"github.com/goccy/go-yaml"
	"github.com/invopop/jsonschema"
	validator "github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const schemaDir = "../../rules/schema/" + rules.SchemaVersion

// TestSchemasArePublished holds the JSON Schemas of the files of packs to the Go
// types; run "go test -update" after a change of the format.
func TestSchemasArePublished(t *testing.T) {
	for _, kind := range rules.Kinds() {
		path := filepath.Join(schemaDir, kind+".schema.json")
		got := schemaOf(t, kind)
		if *update {
			require.NoError(t, os.WriteFile(path, got, 0o644))
		}
		want, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got), kind)
	}
}

// A describer makes the schema of one kind of file.
type describer struct {
	reflector jsonschema.Reflector
	types     map[string]reflect.Type // by the name of their definition
}

func schemaOf(t *testing.T, kind string) []byte {
	t.Helper()
	d := &describer{types: map[string]reflect.Type{}}
	d.reflector = jsonschema.Reflector{Anonymous: true, FieldNameTag: "yaml", Mapper: d.special}
	for _, dir := range []string{"../../rules", "."} {
		require.NoError(t, d.reflector.AddGoComments("dasheval/checker/check", dir))
	}
	p := rules.Prototype(kind)
	d.walk(reflect.TypeOf(p))
	s := d.reflector.Reflect(p)
	s.ID = jsonschema.ID("https://dasheval.invalid/" + rules.SchemaVersion + "/" + kind + ".schema.json")
	s.Title = "dasheval " + kind + ".yaml, " + rules.SchemaVersion
	if kind == "types" || kind == "criteria" || kind == "pack" {
		d.checks(s)
	}
	if kind == "pack" {
		for _, more := range []any{[]*rules.Type{}, []*rules.Item{}, []*rules.Subject{}, &rules.Vocabulary{}} {
			d.walk(reflect.TypeOf(more))
			for name, def := range d.reflector.Reflect(more).Definitions {
				s.Definitions[name] = def
			}
		}
	}
	d.tags(s)
	if kind == "pack" {
		d.overrides(s)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	require.NoError(t, enc.Encode(s))
	return out.Bytes()
}

func ref(name string) *jsonschema.Schema { return &jsonschema.Schema{Ref: "#/$defs/" + name} }

// special describes the types that decode themselves.
func (d *describer) special(t reflect.Type) *jsonschema.Schema {
	switch t {
	case reflect.TypeFor[rules.Text]():
		return &jsonschema.Schema{Description: "a phrase for people: {id: …, en: …}, or one text for both languages", OneOf: []*jsonschema.Schema{
			{Type: "string", MinLength: ptr(uint64(1))},
			languages(),
		}}
	case reflect.TypeFor[rules.Pattern]():
		return &jsonschema.Schema{Type: "string", MinLength: ptr(uint64(1)), Description: "a pattern (RE2 on folded text), or a phrase where phrases are asked for"}
	case reflect.TypeFor[rules.CheckUse]():
		return ref("CheckUse")
	}
	if t.Name() == "overrides" {
		return ref("Override")
	}
	return nil
}

func ptr[T any](v T) *T { return &v }

// languages is the schema of a text in two languages.
func languages() *jsonschema.Schema {
	m := jsonschema.NewProperties()
	for _, lang := range []string{"id", "en"} {
		m.Set(lang, &jsonschema.Schema{Type: "string"})
	}
	return &jsonschema.Schema{Type: "object", Properties: m, AdditionalProperties: jsonschema.FalseSchema, MinProperties: ptr(uint64(1))}
}

// walk remembers the types of all structs below t.
func (d *describer) walk(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		d.walk(t.Elem())
	case reflect.Struct:
		if _, ok := d.types[t.Name()]; ok {
			return
		}
		d.types[t.Name()] = t
		for i := range t.NumField() {
			if tag := t.Field(i).Tag.Get("yaml"); tag != "" && tag != "-" {
				d.walk(t.Field(i).Type)
			}
		}
	}
}

// tags says what the yaml and oneof tags of the fields say.
func (d *describer) tags(s *jsonschema.Schema) {
	for name, def := range s.Definitions {
		t, ok := d.types[name]
		if !ok || def.Properties == nil {
			continue
		}
		def.Required = nil
		for i := range t.NumField() {
			key, option, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
			p, ok := def.Properties.Get(key)
			if !ok {
				continue
			}
			if option == "required" {
				def.Required = append(def.Required, key)
			}
			allowed := strings.Fields(t.Field(i).Tag.Get("oneof"))
			if len(allowed) == 0 {
				continue
			}
			if p.AdditionalProperties != nil && p.Type == "object" {
				p = p.AdditionalProperties
			}
			for _, a := range allowed {
				p.Enum = append(p.Enum, a)
			}
		}
	}
}

// checks adds the definition of how a check is asked for.
func (d *describer) checks(s *jsonschema.Schema) {
	var plain []any
	with := jsonschema.NewProperties()
	for _, c := range check.All() {
		if c.Scope != check.Document {
			continue
		}
		if c.Params == nil {
			plain = append(plain, c.Name)
			continue
		}
		params := c.Params()
		t := reflect.TypeOf(params).Elem()
		d.walk(t)
		described := d.reflector.Reflect(params)
		for name, def := range described.Definitions {
			s.Definitions[name] = def
		}
		def := s.Definitions[t.Name()]
		for _, p := range c.Doc.Params {
			if at, ok := def.Properties.Get(p.Name); ok {
				at.Description = p.Text.EN
			}
		}
		def.Properties.Set("severity", &jsonschema.Schema{Type: "string", Enum: []any{"error", "warning", "info"}, Description: "of the findings of this use"})
		use := ref(t.Name())
		use.Description = c.Doc.Title.EN
		with.Set(c.Name, use)
	}
	s.Definitions["CheckUse"] = &jsonschema.Schema{OneOf: []*jsonschema.Schema{
		{Type: "string", Enum: plain},
		{Type: "object", Properties: with, AdditionalProperties: jsonschema.FalseSchema, MinProperties: ptr(uint64(1)), MaxProperties: ptr(uint64(1))},
	}}
}

// overrides adds the definition of changes to what a pack extends.
func (d *describer) overrides(s *jsonschema.Schema) {
	s.Definitions["effective"].Required = nil
	for _, name := range []string{"Type", "Item", "Subject", "Gate", "Signer", "AnswerType", "Vocabulary", "Topic", "Requirement", "Section", "FieldRule", "Level", "Input", "Affixes"} {
		d.changes(s, name)
	}
	s.Definitions["DivisionChange"] = &jsonschema.Schema{Type: "object", Properties: jsonschema.NewProperties(), AdditionalProperties: jsonschema.FalseSchema}
	for _, key := range []string{"title", "weight"} {
		p, _ := s.Definitions["Area"].Properties.Get(key)
		s.Definitions["DivisionChange"].Properties.Set(key, p)
	}
	table := func(name string) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "object", AdditionalProperties: ref(name)}
	}
	o := jsonschema.NewProperties()
	for key, name := range map[string]string{"types": "Type", "items": "Item", "subjects": "Subject", "gates": "Gate", "signers": "Signer", "answer_types": "AnswerType", "divisions": "Division"} {
		o.Set(key, table(name+"Change"))
	}
	o.Set("vocabulary", ref("VocabularyChange"))
	o.Set("periods", table("period"))
	o.Set("total_weight", &jsonschema.Schema{Type: "number"})
	o.Set("severity", &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "string", Enum: []any{"error", "warning", "info"}}})
	keys := slices.Sorted(o.KeysFromOldest())
	sorted := jsonschema.NewProperties()
	for _, k := range keys {
		v, _ := o.Get(k)
		sorted.Set(k, v)
	}
	s.Definitions["Override"] = &jsonschema.Schema{Type: "object", Properties: sorted, AdditionalProperties: jsonschema.FalseSchema,
		Description: "changes to what the pack extends, by id or code, field by field"}
}

// changes adds the definition of a change to an entry: any of its fields, lists
// also with + and -, or disable.
func (d *describer) changes(s *jsonschema.Schema, name string) {
	def := s.Definitions[name]
	out := jsonschema.NewProperties()
	for pair := def.Properties.Oldest(); pair != nil; pair = pair.Next() {
		key, p := pair.Key, pair.Value
		if (key == "id" || key == "code" || key == "level") && name != "Text" {
			continue
		}
		free := *p
		switch {
		case p.Type == "array" && p.Items != nil && strings.HasPrefix(p.Items.Ref, "#/$defs/") && s.Definitions[strings.TrimPrefix(p.Items.Ref, "#/$defs/")] != nil && p.Items.Ref != "#/$defs/CheckUse":
			inner := strings.TrimPrefix(p.Items.Ref, "#/$defs/")
			out.Set(key, &jsonschema.Schema{Description: p.Description, OneOf: []*jsonschema.Schema{
				{Type: "array", Items: p.Items}, {Type: "object", AdditionalProperties: ref(inner + "Change")}}})
			out.Set(key+"+", &jsonschema.Schema{Type: "array", Items: p.Items, Description: "adds to " + key})
		case p.Type == "array":
			out.Set(key, &free)
			out.Set(key+"+", &jsonschema.Schema{Type: "array", Items: p.Items, Description: "adds to " + key})
			out.Set(key+"-", &jsonschema.Schema{Type: "array", Items: p.Items, Description: "takes from " + key})
		case p.Ref != "":
			out.Set(key, ref(strings.TrimPrefix(p.Ref, "#/$defs/")+"Change"))
		default:
			out.Set(key, &free)
		}
	}
	out.Set("disable", &jsonschema.Schema{Type: "boolean", Description: "true, alone: the entry is removed"})
	s.Definitions[name+"Change"] = &jsonschema.Schema{Type: "object", Properties: out, AdditionalProperties: jsonschema.FalseSchema}
}

// TestPacksFollowTheSchemas validates every file of the packs of the program and
// of the samples, and a mistake.
func TestPacksFollowTheSchemas(t *testing.T) {
	compiled := map[string]*validator.Schema{}
	for _, kind := range rules.Kinds() {
		data, err := rules.Schema(kind)
		require.NoError(t, err)
		doc, err := validator.UnmarshalJSON(bytes.NewReader(data))
		require.NoError(t, err)
		c := validator.NewCompiler()
		require.NoError(t, c.AddResource(kind+".json", doc))
		compiled[kind], err = c.Compile(kind + ".json")
		require.NoError(t, err)
	}
	seen := 0
	for _, glob := range []string{"../../rules/packs/*/*.yaml", "../../rules/packs/*/*/*.yaml", "../../samples/packs/*/*.yaml", "../../samples/packs/*/*/*.yaml"} {
		paths, err := filepath.Glob(glob)
		require.NoError(t, err)
		for _, path := range paths {
			kind := strings.TrimSuffix(filepath.Base(path), ".yaml")
			if dir := filepath.Base(filepath.Dir(path)); dir == "types" || dir == "criteria" {
				kind = dir
			}
			data, err := os.ReadFile(path)
			require.NoError(t, err)
			assert.NoError(t, valid(t, compiled[kind], data), path)
			seen++
		}
	}
	assert.Greater(t, seen, 20)
	assert.Error(t, valid(t, compiled["types"], []byte("- {id: x, name: {id: x}, famly: y}")))
	assert.Error(t, valid(t, compiled["pack"], []byte("id: x\nversion: 1.0.0\ntitle: x\noverride: {types: {sk: {numbr: none}}}")))
}

func valid(t *testing.T, s *validator.Schema, data []byte) error {
	t.Helper()
	raw, err := yaml.YAMLToJSON(data)
	require.NoError(t, err)
	doc, err := validator.UnmarshalJSON(bytes.NewReader(raw))
	require.NoError(t, err)
	return s.Validate(doc)
}

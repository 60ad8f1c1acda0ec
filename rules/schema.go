package rules

import "embed"

// SchemaVersion is the version of the format of packs. It changes only when
// packs that were right before are no longer.
const SchemaVersion = "v1"

//go:embed schema
var schemas embed.FS

// Schema returns the JSON Schema of a kind of file, one of [Kinds].
func Schema(kind string) ([]byte, error) {
	return schemas.ReadFile("schema/" + SchemaVersion + "/" + kind + ".schema.json")
}

// Kinds names the kinds of files in a pack.
func Kinds() []string { return []string{"criteria", "pack", "subjects", "types", "vocabulary"} }

// Prototype returns an empty value of what a kind of file holds, for those who
// describe the format.
func Prototype(kind string) any {
	switch kind {
	case "criteria":
		return []*Item{}
	case "pack":
		return &header{}
	case "subjects":
		return []*Subject{}
	case "types":
		return []*Type{}
	}
	return &Vocabulary{}
}

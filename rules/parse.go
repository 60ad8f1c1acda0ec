package rules

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The parser recurses into lists and mappings; these bound how deep.
const (
	maxDepth  = 64  // brackets within brackets
	maxInline = 16  // block lists that begin on one line
	maxIndent = 256 // column at which a line begins
	maxKeys   = 999 // keys of a block mapping; the parser's time grows with their square
	maxTokens = 100_000
)

// A parsed is the content of a file before it is decoded.
type parsed struct {
	body     ast.Node // nil after a mistake
	mistakes []*Mistake
}

// parseAll parses files by name, several at a time: that takes longer than all
// the rest of loading.
func parseAll(prefix string, data map[string][]byte) map[string]parsed {
	names := slices.Sorted(maps.Keys(data))
	found := make([]parsed, len(names))
	sideBySide(len(names), func(i int) {
		d := decoder{file: prefix + names[i]}
		found[i] = parsed{d.parse(data[names[i]]), d.mistakes}
	})
	out := map[string]parsed{}
	for i, name := range names {
		out[name] = found[i]
	}
	return out
}

// parse returns the content of the one document in data, or nil after a mistake.
func (d *decoder) parse(data []byte) ast.Node {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		d.mistake(Pos{File: d.file}, "the file is no text in UTF-8; save it as UTF-8")
		return nil
	}
	if n := bytes.Count(data, []byte("[")) + bytes.Count(data, []byte("{")) + bytes.Count(data, []byte(",")) + bytes.Count(data, []byte(":")) +
		bytes.Count(data, []byte("- ")); n > maxTokens {
		d.mistake(Pos{File: d.file}, "the file has too many parts; split it")
		return nil
	}
	tokens := lexer.Tokenize(string(data))
	if !d.checkTokens(tokens) {
		return nil
	}
	f, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		d.syntaxError(err)
		return nil
	}
	var bodies []ast.Node
	for _, doc := range f.Docs {
		if doc.Body != nil && doc.Body.Type() != ast.CommentType {
			bodies = append(bodies, doc.Body)
		}
	}
	switch len(bodies) {
	case 0:
		d.mistake(Pos{File: d.file}, "the file is empty")
		return nil
	case 1:
		return bodies[0]
	}
	d.mistake(d.pos(bodies[1]), "a file holds one YAML document")
	return nil
}

// checkTokens refuses what would let a small file grow or nest without bound.
func (d *decoder) checkTokens(tokens token.Tokens) bool {
	if len(tokens) > maxTokens {
		d.mistake(d.tokenPos(tokens[maxTokens]), "the file has too many parts; split it")
		return false
	}
	before := len(d.mistakes)
	depth, line, inline := 0, 0, 0
	keys := map[int]int{} // of the open block mappings, by column
	for i, t := range tokens {
		if t.Position.Line != line {
			line, inline = t.Position.Line, 0
			maps.DeleteFunc(keys, func(column, _ int) bool { return column > t.Position.Column })
			if t.Position.Column > maxIndent {
				d.mistake(d.tokenPos(t), "nested too deeply")
			}
		}
		switch t.Type {
		case token.AnchorType, token.AliasType, token.MergeKeyType:
			d.mistake(d.tokenPos(t), "anchors and aliases are not allowed; write the value out")
		case token.TagType, token.DirectiveType:
			d.mistake(d.tokenPos(t), "YAML tags and directives are not allowed")
		case token.InvalidType:
			d.mistake(d.tokenPos(t), "%s", firstLine(t.Error))
		case token.SequenceStartType, token.MappingStartType:
			if depth++; depth == maxDepth {
				d.mistake(d.tokenPos(t), "nested too deeply")
			}
		case token.SequenceEndType, token.MappingEndType:
			depth--
		case token.MappingValueType:
			if depth > 0 || i == 0 {
				continue
			}
			column := tokens[i-1].Position.Column
			if keys[column]++; keys[column] == maxKeys+1 {
				d.mistake(d.tokenPos(t), "a mapping has at most %d keys", maxKeys)
			}
		case token.SequenceEntryType, token.MappingKeyType:
			if inline++; inline == maxInline {
				d.mistake(d.tokenPos(t), "nested too deeply")
			}
		}
	}
	return len(d.mistakes) == before
}

func (d *decoder) syntaxError(err error) {
	var at yaml.Error
	if errors.As(err, &at) && at.GetToken() != nil {
		d.mistake(d.tokenPos(at.GetToken()), "%s", at.GetMessage())
		return
	}
	d.mistake(Pos{File: d.file}, "%s", firstLine(err.Error()))
}

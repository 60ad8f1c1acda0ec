package decision

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// lists names the lists of a file by the kind of what stands in them.
var lists = []struct {
	key  string
	kind Kind
}{{"waivers", Waiver}, {"attestations", Attestation}}

// readYAML reads a file of the form
//
//	zone: Asia/Jakarta
//	waivers:
//	  - item: A.I.1.i.a
//	    reason: …
//	attestations:
//	  - item: A.I.5.iii.a
//	    reason: …
func readYAML(name string, raw []byte) (out []Decision, err error) {
	defer func() {
		if r := recover(); r != nil { // the parser has been seen to panic on odd input
			out, err = nil, &Mistake{name, "form", fmt.Sprint(r)}
		}
	}()
	file, err := parser.ParseBytes(raw, 0)
	if err != nil {
		text, _, _ := strings.Cut(err.Error(), "\n")
		return nil, &Mistake{name, "form", text}
	}
	var errs []error
	zone := ""
	for _, doc := range file.Docs {
		for key, value := range pairs(doc.Body) {
			place := fmt.Sprintf("%s:%d", name, key.GetToken().Position.Line)
			switch key := key.GetToken().Value; key {
			case "zone":
				zone = text(value)
			case lists[0].key, lists[1].key:
				kind := lists[0].kind
				if key == lists[1].key {
					kind = lists[1].kind
				}
				list, ok := value.(*ast.SequenceNode)
				if !ok && value.Type() != ast.NullType {
					errs = append(errs, &Mistake{place, "form", key})
				}
				if !ok {
					continue
				}
				for _, n := range list.Values {
					d, err := readOne(name, kind, n)
					out, errs = append(out, d), append(errs, err)
				}
			default:
				errs = append(errs, &Mistake{place, "key", key})
			}
		}
		if doc.Body != nil && doc.Body.Type() != ast.MappingType && doc.Body.Type() != ast.MappingValueType && doc.Body.Type() != ast.NullType {
			errs = append(errs, &Mistake{name + ":1", "form", ""})
		}
	}
	for i := range out {
		if out[i].Zone == "" {
			out[i].Zone = zone
		}
		errs = append(errs, out[i].check())
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

func readOne(name string, kind Kind, n ast.Node) (Decision, error) {
	d := Decision{Kind: kind, Place: fmt.Sprintf("%s:%d", name, n.GetToken().Position.Line)}
	var errs []error
	for key, value := range pairs(n) {
		known := false
		for _, f := range fields {
			if f.key == key.GetToken().Value {
				*f.at(&d), known = text(value), true
			}
		}
		if !known {
			errs = append(errs, &Mistake{fmt.Sprintf("%s:%d", name, key.GetToken().Position.Line), "key", key.GetToken().Value})
		}
	}
	return d, errors.Join(errs...)
}

// pairs yields the keys and values of a mapping; any other node has none.
func pairs(n ast.Node) func(func(ast.Node, ast.Node) bool) {
	return func(yield func(ast.Node, ast.Node) bool) {
		var values []*ast.MappingValueNode
		switch n := n.(type) {
		case *ast.MappingNode:
			values = n.Values
		case *ast.MappingValueNode:
			values = []*ast.MappingValueNode{n}
		}
		for _, v := range values {
			if !yield(v.Key, v.Value) {
				return
			}
		}
	}
}

// text returns a scalar as it is written, "" for anything else.
func text(n ast.Node) string {
	switch n := n.(type) {
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value)
	case ast.ScalarNode:
		if n.Type() == ast.NullType {
			return ""
		}
		return strings.TrimSpace(n.GetToken().Value)
	}
	return ""
}

// WriteYAML writes decisions as a file that [Read] takes.
func WriteYAML(w io.Writer, list []Decision) error {
	var b bytes.Buffer
	for _, l := range lists {
		first := true
		for _, d := range list {
			if d.Kind != l.kind {
				continue
			}
			if first {
				fmt.Fprintf(&b, "%s:\n", l.key)
				first = false
			}
			start := "  - "
			for _, f := range fields {
				value := *f.at(&d)
				if value == "" && f.key != "reason" {
					continue
				}
				quoted, err := yaml.MarshalWithOptions(value, yaml.UseSingleQuote(true))
				if err != nil {
					return err
				}
				s := strings.TrimSpace(string(quoted))
				if strings.Contains(value, "\n") || s == value && f.key == "expires" {
					s = fmt.Sprintf("%q", value)
				}
				fmt.Fprintf(&b, "%s%s: %s\n", start, f.key, s)
				start = "    "
			}
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

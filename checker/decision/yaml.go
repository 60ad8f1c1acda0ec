package decision

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// lists names the lists of a file by the kind of what stands in them.
var lists = []struct {
	key  string
	kind Kind
}{{"waivers", Waiver}, {"attestations", Attestation}}

// maxBrackets bounds what the parser would nest at great cost.
const maxBrackets = 1000

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
	raw = bytes.TrimPrefix(raw, []byte("\ufeff")) // as Notepad begins a file
	if !utf8.Valid(raw) || bytes.Count(raw, []byte("["))+bytes.Count(raw, []byte("{"))+bytes.Count(raw, []byte("? ")) > maxBrackets {
		return nil, &Mistake{name, "form", "UTF-8, [ {"}
	}
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
				var ok bool
				if zone, ok = text(value); !ok {
					errs = append(errs, &Mistake{place, "scalar", key})
				}
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
	out = slices.DeleteFunc(out, func(d Decision) bool { return d.unfilled })
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
	empty := false // there is a place for the reason
	if n.Type() != ast.MappingType && n.Type() != ast.MappingValueType {
		errs = append(errs, &Mistake{d.Place, "form", n.GetToken().Value})
	}
	for key, value := range pairs(n) {
		known := false
		for _, f := range fields {
			if f.key != key.GetToken().Value {
				continue
			}
			known, empty = true, empty || f.key == "reason"
			v, ok := text(value)
			if !ok || *f.at(&d) != "" {
				errs = append(errs, &Mistake{fmt.Sprintf("%s:%d", name, key.GetToken().Position.Line), "scalar", f.key})
			}
			*f.at(&d) = v
		}
		if !known {
			errs = append(errs, &Mistake{fmt.Sprintf("%s:%d", name, key.GetToken().Position.Line), "key", key.GetToken().Value})
		}
	}
	d.unfilled = empty && d.Reason+d.Approver+d.Letter+d.Expires+d.Zone+d.Level == ""
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

// text returns a plain value as it is written, or false for a list, a mapping, or
// what stands for something else (an alias or a tag): it must not be taken for no
// value, which would widen a decision.
func text(n ast.Node) (string, bool) {
	switch n := n.(type) {
	case *ast.LiteralNode:
		return strings.TrimSpace(n.Value.Value), true
	case *ast.NullNode:
		return "", true
	case *ast.StringNode, *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		return strings.TrimSpace(n.GetToken().Value), true
	}
	return "", false
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
			if about := strings.Join(strings.Fields(d.About), " "); about != "" {
				fmt.Fprintf(&b, "  # %s\n", about)
			}
			start := "  - "
			for _, f := range fields {
				value := *f.at(&d)
				if value == "" && f.key != "reason" {
					continue
				}
				s, err := scalar(value)
				if err != nil {
					return err
				}
				fmt.Fprintf(&b, "%s%s: %s\n", start, f.key, s)
				start = "    "
			}
		}
	}
	_, err := w.Write(b.Bytes())
	return err
}

// plainly matches what YAML reads as the text that it is, without quotes.
var plainly = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_./-]*( [A-Za-z0-9_./-]+)*$`)

// words that YAML reads as something else.
var reserved = regexp.MustCompile(`(?i)^(null|true|false|yes|no|on|off|y|n)$`)

// scalar writes a text on one line so that YAML reads it back. JSON strings are
// YAML strings.
func scalar(s string) (string, error) {
	if plainly.MatchString(s) && !reserved.MatchString(s) {
		return s, nil
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(s)
	return strings.TrimSpace(b.String()), err
}

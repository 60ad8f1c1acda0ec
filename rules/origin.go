package rules

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// An Origin tells which place of which file set a field.
type Origin struct {
	Field string // path of the field, such as "evidence.sk.period"
	Value string // as it is written; "" for what has fields of its own
	Pos   Pos    // files of a pack that is extended begin with its id and a colon
}

// Origins returns the fields of an item or document type, in the order of the
// format, each with the place that set it. Texts are in the language.
func (p *Pack) Origins(of any, lang string) []Origin {
	var out []Origin
	walk("", "", reflect.ValueOf(of).Elem(), func(path, _ string, f, of reflect.Value) {
		at, ok := p.places[f.Addr().Interface()]
		switch {
		case !ok && f.Kind() == reflect.String && f.String() != "":
			at = p.places[of.Addr().Interface()]
		case !ok:
			return
		}
		o := Origin{Field: path, Pos: at}
		if !named(f.Type()) {
			o.Value = spelt(f, lang)
		}
		out = append(out, o)
	})
	return out
}

// walk visits the fields of a struct that the format has, in order, each with its
// path, the path of the innermost named part that it is in ("" for none) and the
// struct that holds it. A list of named parts is visited before what it holds; of
// other structs only the fields are.
func walk(path, part string, v reflect.Value, visit func(path, part string, f, of reflect.Value)) {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		f := v.Field(i)
		field := strings.TrimPrefix(path+"."+name, ".")
		switch {
		case named(f.Type()):
			visit(field, part, f, v)
			for j := range f.Len() {
				e := f.Index(j).Elem()
				id := nameOf(e)
				inner := field + "." + id[strings.LastIndexByte(id, '/')+1:]
				walk(inner, inner, e, visit)
			}
		case f.Kind() == reflect.Pointer && f.Type().Elem().Kind() == reflect.Struct && f.Type() != reflect.TypeFor[*Pattern]():
			if !f.IsNil() {
				walk(field, part, f.Elem(), visit)
			}
		default:
			visit(field, part, f, v)
		}
	}
}

// spelt shows a value as it is written, texts in the language.
func spelt(v reflect.Value, lang string) string {
	switch x := v.Interface().(type) {
	case Text:
		return x.In(lang)
	case CheckUse:
		return x.String()
	case map[string]float64:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, fmt.Sprintf("%s: %v", k, x[k.String()]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	if v.Kind() != reflect.Slice {
		return fmt.Sprint(v.Interface())
	}
	return "[" + strings.Join(entriesOf(v), ", ") + "]"
}

// entriesOf shows the entries of a list as they are written.
func entriesOf(v reflect.Value) []string {
	var out []string
	for i := range v.Len() {
		if u, ok := v.Index(i).Interface().(CheckUse); ok {
			out = append(out, u.String())
			continue
		}
		out = append(out, label(v.Index(i)))
	}
	return out
}

// sortedKeys returns the keys of a table of names in order.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}

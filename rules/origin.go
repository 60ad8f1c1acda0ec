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
	p.origins("", lang, reflect.ValueOf(of).Elem(), &out)
	return out
}

func (p *Pack) origins(path, lang string, v reflect.Value, out *[]Origin) {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("yaml"), ",")
		if name == "" || name == "-" {
			continue
		}
		f := v.Field(i)
		at, ok := p.places[f.Addr().Interface()]
		switch {
		case !ok && f.Kind() == reflect.String && f.String() != "":
			at = p.places[v.Addr().Interface()]
		case !ok:
			continue
		}
		field := strings.TrimPrefix(path+"."+name, ".")
		switch {
		case named(f.Type()):
			*out = append(*out, Origin{Field: field, Pos: at})
			for j := range f.Len() {
				e := f.Index(j).Elem()
				id := nameOf(e)
				p.origins(field+"."+id[strings.LastIndexByte(id, '/')+1:], lang, e, out)
			}
		case f.Kind() == reflect.Pointer && f.Type().Elem().Kind() == reflect.Struct && f.Type() != reflect.TypeFor[*Pattern]():
			if !f.IsNil() {
				p.origins(field, lang, f.Elem(), out)
			}
		default:
			*out = append(*out, Origin{field, spelt(f, lang), at})
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
	var parts []string
	for i := range v.Len() {
		if u, ok := v.Index(i).Interface().(CheckUse); ok {
			parts = append(parts, u.String())
			continue
		}
		parts = append(parts, label(v.Index(i)))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// sortedKeys returns the keys of a table of names in order.
func sortedKeys(v reflect.Value) []reflect.Value {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	return keys
}

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
	Value string // as it is written, shortened; "" for what has fields of its own
	Pos   Pos    // files of a pack that is extended begin with its id and a colon
}

// Origins returns the fields of an item or document type, in the order of the
// format, each with the place that set it.
func (p *Pack) Origins(of any) []Origin {
	var out []Origin
	p.origins("", reflect.ValueOf(of).Elem(), &out)
	return out
}

func (p *Pack) origins(path string, v reflect.Value, out *[]Origin) {
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
				p.origins(field+"."+id[strings.LastIndexByte(id, '/')+1:], e, out)
			}
		case f.Kind() == reflect.Pointer && f.Type().Elem().Kind() == reflect.Struct && f.Type() != reflect.TypeFor[*Pattern]():
			if !f.IsNil() {
				p.origins(field, f.Elem(), out)
			}
		default:
			*out = append(*out, Origin{field, written(f), at})
		}
	}
}

// written shows a value as it is written, shortened.
func written(v reflect.Value) string {
	const most = 60
	s := spelt(v)
	if r := []rune(s); len(r) > most {
		s = string(r[:most-1]) + "…"
	}
	return s
}

// spelt shows a value as it is written.
func spelt(v reflect.Value) string {
	switch x := v.Interface().(type) {
	case Text:
		return x.ID
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
